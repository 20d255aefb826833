"""A frozen handover pack becomes a document: the first ten days, then everything open, decided and promised.

Reads `Document.content` (see `planning.documents.handover_content`) and nothing else.
"""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from planning.documents import pages
from planning.documents.pages import TEMPLATE_VERSION, Made
from planning.models import Document


def make(
    content: dict, *, version: str = TEMPLATE_VERSION, on_step: Callable[[str], None] = pages.nobody_follows
) -> Made:
    """Lay the pack out and write it. Raises `rendering.RenderingError` when it cannot be made."""
    html = handover_html(content, version=version)
    return pages.write(html, content, kind=Document.Kind.HANDOVER, version=version, on_step=on_step)


def whole_html(content: dict, *, version: str = TEMPLATE_VERSION) -> str:
    """The pack as HTML for reading on a screen: no page is named."""
    return handover_html(content, version=version, on_screen=True)


def handover_html(content: dict, *, version: str = TEMPLATE_VERSION, on_screen: bool = False) -> str:
    """The pack as HTML in its own language."""
    with translation.override(content["language"]):
        context = {**_context(content), "on_screen": on_screen}
    return pages.as_html(content, context, kind=Document.Kind.HANDOVER, version=version)


def _context(content: dict) -> dict:
    """What the templates ask for."""
    issue, service = content["issue"], content["service"]
    name = _("%(practice)s at %(service)s") % {"practice": service["practice"], "service": service["name"]}
    if issue["number"]:
        title = _("Handover pack no. %(number)s: %(name)s") % {"number": issue["number"], "name": name}
    else:
        title = _("Handover pack, draft: %(name)s") % {"name": name}
    chapters = _chapters()
    return {
        "pack": content,
        "title": title,
        "name": name,
        "chapters": list(chapters.items()),
        "steps": [{**one, "where": chapters[one["chapter"]]} for one in content["first_days"]],
        "kinds": [kind for kind in content["time"]["kinds"] if kind["hours"] != "0"],
    }


def _chapters() -> dict[str, str]:
    """The title of each chapter by its anchor, in the order in which they stand."""
    return {
        "people": _("Who is who"),
        "vision": _("Where IMR is to be, and what is expected"),
        "decisions": _("Decided"),
        "wanted": _("Asked of the next level"),
        "promises": _("Promised to the staff"),
        "conflicts": _("What displaced IMR"),
        "actions": _("Open actions"),
        "goals": _("Goals"),
        "flags": _("Flags"),
        "accepted": _("Accepted for a time"),
        "time": _("Time"),
        "reviews": _("Reviews"),
        "support": _("Support, money and posts"),
        "adaptations": _("Changes to the programme"),
        "rhythm": _("What comes up when"),
        "unknown": _("Not known"),
    }
