"""The words of the instruments in the active language: names of items, and what each is about.

They stand in the definitions. The names are the instrument's, the sentences ours and short; whoever rates has the
official form at hand.
"""

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.instruments import Confidence, Instrument, Item, Text


def _in_active_language(text: Text) -> str:
    return text.nb if (get_language() or "").startswith("nb") else text.en


# A text of a definition in the language that is active when it is shown.
said = lazy(_in_active_language, str)


def about(instrument: Instrument, item: Item) -> str:
    """How a recommendation names an item."""
    return f"{instrument.key}:{item.key}"


def named(item: Item) -> str:
    """An item with its number on the form."""
    return f"{item.number} {said(item.name)}"


BANDS = {"high": _("high"), "moderate": _("moderate"), "low": _("low")}

CHANGES = {
    1: _("higher than the time before"),
    0: _("about the same as the time before"),
    -1: _("lower than the time before"),
}

KEPT_AS_LIMIT = _(
    "Saved. Of so few answers a mean near an end of the scale could tell who said what, so only a limit is kept of it."
)
# Of a mean that lies beyond what few answers may show: the figure is the limit (`assessments.models.leadership`).
BOUNDS = {"most": _("this or more"), "least": _("this or less"), "": ""}

CHECK = _("Check against the official form.")


def note_on(confidence: Confidence) -> str:
    """What is said beside an anchor or a name that no published text confirms; empty for others."""
    return str(CHECK) if confidence.needs_checking else ""


# What every page with a result says (instruments: rules common to all).
CONVERSATION = _("A figure to talk about. It ranks nobody and decides nothing about a single patient.")
OURS = _("The explanations here are ours: rate with the official form at hand.")
