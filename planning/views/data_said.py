"""What our data say: one page for everybody who reads the record, in plain sentences."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from assessments.instrument_notes import InstrumentNote
from assessments.summary import Summary
from assessments.views.rated import note_on_result
from assessments.wording import CONVERSATION
from planning import data_said, effort, reviews
from planning.effort_figures import BUDGET_MINUTES, minutes
from planning.views.effort import of_monitoring
from planning.wording.caseload import month
from planning.wording.data_said import Said, all_said, since_when


@dataclass(frozen=True)
class Part:
    """One source with the way to its page, and where something was measured what there is to say of the instrument."""

    said: Said
    url: str
    note: InstrumentNote | None


# The instrument of each source that is measured with one, and the summary's field of what was measured.
INSTRUMENTS = {
    "fidelity": ("imr_fidelity", "fidelity"),
    "organisation": ("goi", "organisation"),
    "leadership": ("ils", "leadership"),
    "sustainment": ("press", "sustainment"),
    "outcomes": ("imrs", "outcomes"),
}


def note_of(source: str, measured: Summary) -> InstrumentNote | None:
    """Of the latest result of a source; None where nothing was measured."""
    key, field = INSTRUMENTS.get(source, ("", ""))
    results = getattr(measured, field) if field else ()
    return note_on_result(key, results[-1]) if results else None


class DataSaid(Page):
    """Each source: what stands, what is new since the last review, what to do with it."""

    permission = Permission.SEE_RECORD
    template_name = "planning/data_said.html"
    title = _("What our data say")
    intro = _("In plain sentences, from what is recorded. Figures are there to talk about, and to act on.")
    section = "standing"

    def get_context_data(self, **kwargs):
        """The sources; for leaders what the monitoring itself costs."""
        facts = data_said.facts(self.member, on=self.today)
        parts = [
            Part(
                said=one,
                url=reverse(one.page[0], args=[self.service.key, *one.page[1]]),
                note=note_of(one.source, facts.measured),
            )
            for one in all_said(facts)
        ]
        return super().get_context_data(
            parts=parts,
            notes=[part.note for part in parts if part.note],
            since_when=since_when(facts),
            next_review=reviews.next_review(self.service, at=timezone.now()),
            monitoring=self.monitoring() if self.may(Permission.EDIT_RECORD) else None,
            conversation=CONVERSATION,
            **kwargs,
        )

    def monitoring(self) -> dict:
        """The minutes that the forms of the assessments took leaders this month, of the minutes that all may take."""
        found = effort.of_service(self.service, month=self.today)
        monitoring = minutes(of_monitoring(found))
        return {
            "month": month(self.today),
            "minutes": monitoring,
            "over": monitoring > BUDGET_MINUTES,
            "together": minutes(found),
            "budget": BUDGET_MINUTES,
        }
