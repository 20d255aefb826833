"""What the pages of assessments share."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import RecordList
from assessments.instrument_notes import InstrumentNote, flag_of
from assessments.instruments import stored
from assessments.models import WORDINGS
from assessments.wording import BOUNDS, CONVERSATION, said


class Rated:
    """In front of the pages of an assessment: whoever may rate adds and corrects."""

    permission = Permission.RATE_FIDELITY
    section = "standing"


def refuse_what_was_agreed(visits) -> None:
    """Raise ValidationError if a visit has made the rating: two raters agreed on it, and it goes with its visit."""
    if visits.exists():
        raise ValidationError(
            gettext(
                "Two raters agreed on this at a visit, and it stands still. If it is a mistake, take the result back "
                "on the page of the visit."
            )
        )


class RatedList(RecordList):
    """A list of assessments of one kind, and what there is to say of its instrument.

    `instrument_key`: empty for a tool of which we carry no definition; its page says itself where it comes from.
    """

    template_name = "assessments/rated_list.html"
    edit_permission = Permission.RATE_FIDELITY
    section = "standing"
    back = ("fidelity", _("All assessments"))
    instrument_key = ""

    def note(self) -> InstrumentNote | None:
        """Of the version and the wording of the latest."""
        if not self.instrument_key:
            return None
        latest = self.records().first()
        return note_on_result(self.instrument_key, latest)

    def get_context_data(self, **kwargs):
        """Adds the note on the instrument."""
        return super().get_context_data(note=self.note(), conversation=CONVERSATION, **kwargs)


def note_on_result(key: str, result) -> InstrumentNote:
    """What there is to say of a result's instrument; of the instrument alone where there is none."""
    return InstrumentNote.of(stored(key, getattr(result, "version", "")), getattr(result, "wording", ""))


# Columns of a list as a spreadsheet


def instrument_columns(key: str) -> tuple[tuple[str, Callable], ...]:
    """What a result is by: the instrument, its version, the wording, the licence and the citation, in every row."""
    wordings = dict(WORDINGS)

    def flag(result) -> str:
        return flag_of(stored(key, result.version), getattr(result, "wording", ""))

    return (
        (_("Instrument"), lambda result: key),
        (_("Version"), lambda result: result.version),
        (_("Wording"), lambda result: wordings.get(flag(result), "")),
        (_("Licence"), lambda result: said(stored(key, result.version).licence)),
        (_("Source"), lambda result: said(stored(key, result.version).citation)),
    )


def bound_column(part: str, name: str = "") -> tuple[str, Callable]:
    """Whether the mean of a part is only the limit beyond which it lies; `name`: of the part, if there are several."""
    heading = format_lazy("{}: {}", name, _("limit")) if name else _("Limit")
    return heading, lambda result: BOUNDS[result.bounded.get(part, "")]
