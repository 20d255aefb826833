"""A frozen fidelity report becomes a document.

Reads `Document.content` (see `planning.documents.fidelity_content`) and nothing else, so that the same report can be
made again at any time, with the same bytes.
"""

from collections.abc import Callable

from django.utils import translation
from django.utils.translation import gettext as _

from planning.documents import fidelity_chart, pages
from planning.documents.pages import TEMPLATE_VERSION, Made
from planning.models import Document
from planning.templatetags.plan_words import day

KIND = Document.Kind.FIDELITY_REPORT


def make(
    content: dict, *, version: str = TEMPLATE_VERSION, on_step: Callable[[str], None] = pages.nobody_follows
) -> Made:
    """Lay the report out and write it.

    `on_step` hears of each step of `Document.Step` as it begins. Raises `rendering.RenderingError` when it cannot be
    made.
    """
    return pages.write(report_html(content, version=version), content, kind=KIND, version=version, on_step=on_step)


def report_html(content: dict, *, version: str = TEMPLATE_VERSION) -> str:
    """The report as HTML in its own language."""
    with translation.override(content["language"]):
        context = {"report": content, "title": _title(content), "scales": [_scale(one) for one in content["scales"]]}
    return pages.as_html(content, context, kind=KIND, version=version)


def _title(content: dict) -> str:
    words = {
        "number": content["issue"]["number"],
        "service": content["service"]["name"],
        "day": day(content["visit"]["visited_on"]),
    }
    if words["number"]:
        return _("Fidelity report no. %(number)s: %(service)s, visit of %(day)s") % words
    return _("Fidelity report, draft: %(service)s, visit of %(day)s") % words


def _scale(scale: dict) -> dict:
    """A scale with its chart, and its items by what there is to say of them."""
    return {
        **scale,
        "chart": fidelity_chart.profile(scale, scale["profile"]) if scale["profile"] else None,
        "unrated": [one for one in scale["items"] if one["rating"] is None],
        "checks": any(one["check"] for one in scale["items"]),
    }
