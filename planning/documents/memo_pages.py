"""A frozen memo becomes one page: what to decide and by when first, then what is behind it.

Reads `Document.content` (see `planning.documents.memo_content`) and nothing else. A manager has a minute: whatever the
record holds, the memo stays one page, shortens its texts to the room there is, and says how much it leaves out.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.documents import pages, rendering
from planning.documents.pages import TEMPLATE_VERSION, Made, shorten
from planning.models import Document


@dataclass(frozen=True)
class Room:
    """How many things of each kind the page has room for, and how many characters of each text."""

    wanted: int  # decisions
    text: int  # of a decision
    known: int
    cost: int
    listed: int  # late promises, and what was asked for and not given
    done: int
    line: int  # of what is listed and done
    name: int = 60
    people: int = 4  # to whom
    service: int = 100
    brief: bool = False  # without the limits of the study, and when something was asked
    compact: bool = False  # less space between the lines and rows


# Tried in turn until the memo is one page. The last one fits whatever the record holds.
ROOMS = (
    Room(wanted=4, text=300, known=240, cost=320, listed=4, done=4, line=200),
    Room(wanted=4, text=200, known=160, cost=320, listed=2, done=2, line=120, compact=True),
    Room(
        wanted=3,
        text=150,
        known=100,
        cost=240,
        listed=1,
        done=1,
        line=90,
        name=25,
        people=3,
        service=60,
        brief=True,
        compact=True,
    ),
    Room(
        wanted=3,
        text=90,
        known=0,
        cost=130,
        listed=1,
        done=1,
        line=50,
        name=18,
        people=2,
        service=40,
        brief=True,
        compact=True,
    ),
    Room(
        wanted=2,
        text=70,
        known=0,
        cost=100,
        listed=1,
        done=1,
        line=40,
        name=14,
        people=2,
        service=32,
        brief=True,
        compact=True,
    ),
    Room(
        wanted=2,
        text=24,
        known=0,
        cost=40,
        listed=1,
        done=0,
        line=16,
        name=8,
        people=1,
        service=20,
        brief=True,
        compact=True,
    ),
)

EVERYTHING = 10_000  # more than a record holds of anything
# For reading on a screen: nothing is shortened or left out.
ROOM_ON_SCREEN = Room(
    wanted=EVERYTHING,
    text=EVERYTHING,
    known=EVERYTHING,
    cost=EVERYTHING,
    listed=EVERYTHING,
    done=EVERYTHING,
    line=EVERYTHING,
    name=EVERYTHING,
    people=EVERYTHING,
    service=EVERYTHING,
)


def make(
    content: dict, *, version: str = TEMPLATE_VERSION, on_step: Callable[[str], None] = pages.nobody_follows
) -> Made:
    """Lay the memo out on its one page and write it.

    Raises `rendering.RenderingError` when it cannot be made.
    """
    for room in ROOMS:
        made = pages.write(
            memo_html(content, room, version=version),
            content,
            kind=Document.Kind.MEMO,
            version=version,
            on_step=on_step,
        )
        if made.pages == 1:
            return made
    raise rendering.RenderingError("The memo does not fit on one page.")


def whole_html(content: dict, *, version: str = TEMPLATE_VERSION) -> str:
    """The memo as HTML for reading on a screen: nothing is shortened."""
    return memo_html(content, ROOM_ON_SCREEN, version=version)


def memo_html(content: dict, room: Room = ROOMS[0], *, version: str = TEMPLATE_VERSION) -> str:
    """The memo as HTML in its own language."""
    with translation.override(content["language"]):
        context = _context(content, room)
    return pages.as_html(content, context, kind=Document.Kind.MEMO, version=version)


def _context(content: dict, room: Room) -> dict:
    """What the template asks for."""
    issue, service = content["issue"], content["service"]
    count = len(content["wanted"])
    about = {"practice": service["practice"], "service": shorten(service["name"], room.service), "count": count}
    name = _("%(practice)s at %(service)s") % {"practice": service["practice"], "service": service["name"]}
    if issue["number"]:
        title = _("Memo to the next level no. %(number)s: %(name)s") % {"number": issue["number"], "name": name}
    else:
        title = _("Memo to the next level, draft: %(name)s") % {"name": name}
    return {
        "memo": content,
        "title": title,
        "heading": _heading(count) % about,
        "late": sum(one["late"] for one in content["wanted"]),
        "wanted": [_shortened(one, room) for one in content["wanted"][: room.wanted]],
        "wanted_left_out": max(0, count - room.wanted),
        "to": [shorten(one, room.name) for one in content["to"][: room.people]],
        "to_left_out": max(0, len(content["to"]) - room.people),
        "owner": shorten(issue["owner"], room.name),
        "promised": _listed(content["promised"], room, room.listed),
        "asked_for": _listed(content["asked_for"], room, room.listed),
        "done": _listed(content["done"]["named"], room, room.done),
        "counts": _counts(content["done"]),
        "brief": room.brief,
        "compact": room.compact,
    }


def _heading(count: int) -> str:
    """How much is wanted, in a line; to be filled with the practice and the service."""
    if not count:
        return _("%(practice)s at %(service)s: no decision is wanted now")
    return ngettext(
        "%(practice)s at %(service)s: %(count)d decision is wanted",
        "%(practice)s at %(service)s: %(count)d decisions are wanted",
        count,
    )


def _shortened(one: dict, room: Room) -> dict:
    """A decision that is wanted, its texts shortened to the room there is."""
    return {
        **one,
        "text": shorten(one["text"], room.text),
        "known": shorten(one["known"], room.known),
        "cost": shorten(one["cost"], room.cost),
        "asked_of": shorten(one["asked_of"], room.name),
    }


def _listed(things: list[dict], room: Room, count: int) -> dict:
    """The first of some things, shortened, and how many more there are."""
    shown = [
        {**one, "text": shorten(one["text"], room.line)}
        | ({"owner": shorten(one["owner"], room.name)} if "owner" in one else {})
        for one in things[:count]
    ]
    return {"shown": shown, "left_out": len(things) - len(shown)}


def _counts(done: dict) -> list[str]:
    """How much the service did itself, a few words for each kind of which there is any."""
    counted = [
        (done["reviews"], ngettext("%(count)d review held", "%(count)d reviews held", done["reviews"])),
        (done["actions"], ngettext("%(count)d action done", "%(count)d actions done", done["actions"])),
        (done["goals"], ngettext("%(count)d goal reached", "%(count)d goals reached", done["goals"])),
    ]
    return [words % {"count": count} for count, words in counted if count]
