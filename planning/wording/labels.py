"""Short words for what the rules answer: states, reasons, themes, kinds of evidence."""

from decimal import Decimal

from django.utils.translation import gettext, gettext_lazy, ngettext

from planning.risks.answer import Reason, Status
from planning.risks.fidelity import LOW_FLAG_TOTAL, LOW_WATCH_TOTAL

from .figures import rating

THEMES = {
    1: gettext_lazy("Priorities"),
    2: gettext_lazy("Leader engagement"),
    3: gettext_lazy("Long-term priorities"),
    4: gettext_lazy("Patient reception"),
    5: gettext_lazy("Fidelity in its place"),
}

_STATUS_WORDS = {
    Status.FLAGGED: gettext_lazy("Flagged"),
    Status.WATCH: gettext_lazy("Watch"),
    Status.CLEAR: gettext_lazy("Strength"),
    Status.UNKNOWN: gettext_lazy("Not known"),
}

# The shape that stands before the word (templates/components/shape.html): state is never told by colour alone.
SHAPES = {
    Status.FLAGGED: "square",
    Status.WATCH: "diamond",
    Status.CLEAR: "check",
    Status.UNKNOWN: "ring",
}

_REASONS = {
    Reason.MISSING: gettext_lazy("The record does not say."),
    Reason.NOT_APPLICABLE: gettext_lazy("This does not apply now."),
    Reason.PAUSED: gettext_lazy("IMR is paused or stopped here."),
    Reason.TOO_FEW_PEOPLE: gettext_lazy("Too few people reported for figures that no one can be picked out of."),
}

# How a piece of evidence is known; `evidence.kind_label` says it of the single piece.
KINDS = {
    "measured": gettext_lazy("From the record"),
    "reported": gettext_lazy("Reported by people"),
    "group": gettext_lazy("Reported of a group"),
}


def status_word(status: Status) -> str:
    """The word for a state."""
    return str(_STATUS_WORDS[status])


def state_count(status: Status, count: int) -> str:
    """How many entries are in a state: "2 flagged"; the words of templates/components/state_count.html."""
    words = {
        Status.FLAGGED: ngettext("%(number)s flagged", "%(number)s flagged", count),
        Status.WATCH: ngettext("%(number)s to watch", "%(number)s to watch", count),
        Status.CLEAR: ngettext("%(number)s strength", "%(number)s strengths", count),
        Status.UNKNOWN: ngettext("%(number)s not known", "%(number)s not known", count),
    }
    return words[status] % {"number": count}


def shape(status: Status) -> str:
    """The name of the shape for a state."""
    return SHAPES[status]


def reason_sentence(reason: Reason) -> str:
    """Why something is not known."""
    return str(_REASONS[reason])


def fidelity_note(total: Decimal) -> str:
    """A rating with its band, as judged by raters, and that it does not speak for itself."""
    figure = {"total": rating(total)}
    if total >= LOW_WATCH_TOTAL:
        return gettext("Judged at %(total)s of 5: high. That alone does not keep IMR going.") % figure
    if total >= LOW_FLAG_TOTAL:
        return gettext("Judged at %(total)s of 5: moderate. A rating alone does not keep IMR going.") % figure
    return gettext("Judged at %(total)s of 5: low. A rating alone does not decide whether IMR lasts.") % figure
