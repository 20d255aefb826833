"""A frozen plan becomes a document: page 1 that stands alone, then everything in full.

Reads `Document.content` (see `planning.documents.plan_content`) and nothing else, so that the same plan can be made
again at any time, with the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from planning.documents import pages, plan_chart, rendering
from planning.documents.limits import MAX_CHARACTERS
from planning.documents.pages import TEMPLATE_VERSION, Made, checksum, shorten
from planning.models import Document


@dataclass(frozen=True)
class Room:
    """How many characters of each text page 1 has room for."""

    vision: int
    title: int
    evidence: int
    act: int
    owner: int = 60
    service: int = 100
    issuer: int = 60
    compact: bool = False  # less space between the lines and rows


# Tried in turn until page 1 is one page. The last one fits whatever the record holds.
ROOMS = (
    Room(vision=520, title=120, evidence=200, act=150),
    Room(vision=360, title=100, evidence=130, act=100, owner=40),
    Room(vision=240, title=80, evidence=90, act=70, owner=30, service=70, compact=True),
    Room(vision=140, title=60, evidence=50, act=45, owner=25, service=50, compact=True),
    Room(vision=60, title=20, evidence=18, act=12, owner=6, service=16, issuer=20, compact=True),
)

# With at most so many characters page 1 is not tried alone before the whole plan is laid out: that takes a seventh of
# the time. The first room holds 1 340 in the lines of a usual plan; where less is too much, the next room is tried.
SURELY_FIT = 1_300

# For reading on a screen, where only the vision is as on paper: it has a chapter of its own.
ROOM_ON_SCREEN = Room(
    vision=ROOMS[0].vision,
    title=MAX_CHARACTERS,
    evidence=MAX_CHARACTERS,
    act=MAX_CHARACTERS,
    owner=MAX_CHARACTERS,
    service=MAX_CHARACTERS,
    issuer=MAX_CHARACTERS,
)


def make_document(
    content: dict, *, version: str = TEMPLATE_VERSION, on_step: Callable[[str], None] = pages.nobody_follows
) -> Made:
    """Lay the plan out and write it, whole and as page 1 alone.

    `on_step` hears of each step of `Document.Step` as it begins. Raises `rendering.RenderingError` when the document
    cannot be made.
    """
    kind = Document.Kind.ACTION_PLAN
    style = pages.stylesheet_of(content, kind=kind, version=version)
    for room in ROOMS:
        if _characters(_page_one(content, room)) > SURELY_FIT:
            page_one = plan_html(content, room, version=version, only_page_one=True)
            if rendering.lay_out(page_one, stylesheet=style).page_of("details") != 2:
                continue
        layout = rendering.lay_out(plan_html(content, room, version=version), stylesheet=style)
        if layout.page_of("details") == 2:
            on_step(Document.Step.WRITING)
            made = Made(
                pdf=pages.written(layout, content, kind=kind),
                # The page that goes by mail carries no data: it would hold what the page does not show, names and all,
                # in an inbox and wherever it is sent on to; and whoever wants the whole has it where they sign in.
                page_one=layout.first_page(identifier=checksum(content).encode()),
                pages=layout.pages,
            )
            on_step(Document.Step.STORING)
            return made
    raise rendering.RenderingError("Page 1 of the plan does not fit on one page.")


def whole_html(content: dict, *, version: str = TEMPLATE_VERSION) -> str:
    """The plan as HTML for reading on a screen: nothing is shortened, and no page is named."""
    return plan_html(content, ROOM_ON_SCREEN, version=version, on_screen=True)


def plan_html(
    content: dict,
    room: Room,
    *,
    version: str = TEMPLATE_VERSION,
    only_page_one: bool = False,
    on_screen: bool = False,
) -> str:
    """The plan as HTML in its own language; `only_page_one` leaves the later chapters empty."""
    with translation.override(content["language"]):
        context = {**_context(content, room), "only_page_one": only_page_one, "on_screen": on_screen}
    return pages.as_html(content, context, kind=Document.Kind.ACTION_PLAN, version=version)


def _context(content: dict, room: Room) -> dict:
    """What the templates ask for."""
    issue = content["issue"]
    service = content["service"]
    name = _("%(practice)s at %(service)s") % {"practice": service["practice"], "service": service["name"]}
    if issue["number"]:
        title = _("Action plan no. %(number)s: %(name)s") % {"number": issue["number"], "name": name}
    else:
        title = _("Action plan, draft: %(name)s") % {"name": name}
    page_one = _page_one(content, room)
    return {
        "plan": content,
        "title": title,
        "page_one": page_one,
        "hours_chart": plan_chart.hours_chart(content["time"]),
        "fidelity_chart": plan_chart.fidelity_chart(content["fidelity"]),
        "outcomes_chart": plan_chart.outcomes_chart(content.get("assessments", [])),
        "flagged": [entry for entry in content["open"] if entry["status"] == "flagged"],
        "watched": [entry for entry in content["open"] if entry["status"] != "flagged"],
        "chapters": _chapters(content, page_one),
    }


def _page_one(content: dict, room: Room) -> dict:
    """The texts of page 1, shortened to the room there is."""
    vision = content["vision"]["text"] if content["vision"] else ""
    short_vision = shorten(" ".join(vision.split()), room.vision)
    decision = content["decision"]
    return {
        "compact": room.compact,
        "service": shorten(content["service"]["name"], room.service),
        "vision": short_vision,
        "vision_cut": short_vision != vision,
        "matters": [
            {
                **matter,
                "title": shorten(matter["title"], room.title),
                "evidence": shorten(matter["evidence"], room.evidence),
                "act": shorten(matter["act"], room.act),
                "owner": shorten(matter["owner"], room.owner),
                "state": matter["kind"] if matter["kind"] in ("flagged", "watch") else "late",
            }
            for matter in content["matters"]
        ],
        "more": _first_left_out(content),
        "owner": shorten(content["issue"]["owner"], room.issuer),
        "decision": _sentence(shorten(decision["text"] or decision["about"], room.evidence)) if decision else "",
        "decision_owner": shorten(decision["owner"], room.owner) if decision else "",
    }


def _characters(page_one: dict) -> int:
    """How many characters the texts of page 1 have that differ from plan to plan."""
    texts = [page_one[name] for name in ("service", "vision", "decision")]
    texts += [matter[name] for matter in page_one["matters"] for name in ("title", "evidence", "act", "owner")]
    return sum(map(len, texts))


def _first_left_out(content: dict) -> str:
    """The chapter in which the first of what page 1 had no room for begins."""
    shown = len(content["matters"])
    flagged = sum(entry["status"] == "flagged" for entry in content["open"])
    if shown < flagged:
        return "flags"
    return "watch" if shown < len(content["open"]) else "actions"


def _chapters(content: dict, page_one: dict) -> list[tuple[str, str]]:
    """(anchor, title) of each chapter there is."""
    watched = any(entry["status"] != "flagged" for entry in content["open"])
    chapters = [
        ("vision", _("The vision in full"), page_one["vision_cut"]),
        ("flags", _("Flags"), True),
        ("watch", _("To watch"), watched),
        ("accepted", _("Accepted for a time"), bool(content.get("accepted"))),
        ("actions", _("Open actions"), True),
        ("led", _("What the leader did"), "leader_acts" in content),
        ("goals", _("Goals"), True),
        ("time", _("Time"), True),
        ("conflicts", _("What displaced IMR"), True),
        ("reviews", _("Reviews"), True),
        ("fidelity", _("Fidelity"), True),
        ("assessments", _("Other assessments"), "assessments" in content),
        ("strengths", _("In place"), True),
        ("unknown", _("Not known"), True),
        ("changes", _changes_title(content), "changes" in content),
        ("sources", _("How this plan came about"), True),
    ]
    return [(anchor, title) for anchor, title, there in chapters if there]


def _changes_title(content: dict) -> str:
    """What the chapter of changes is called."""
    since = content.get("changes", {}).get("since")
    return _("What changed since no. %(number)s") % {"number": since["number"]} if since else _("What changed")


def _sentence(text: str) -> str:
    """`text` with an end."""
    return text if text.endswith((".", "!", "?", "…")) else text + "."
