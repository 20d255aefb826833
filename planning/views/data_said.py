"""What our data say: one page for everybody who reads the record, in plain sentences."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from assessments.wording import CONVERSATION
from planning import data_said, effort, reviews
from planning.effort_figures import BUDGET_MINUTES, minutes
from planning.views.effort import of_monitoring
from planning.wording.caseload import month
from planning.wording.data_said import Said, all_said, since_when


@dataclass(frozen=True)
class Part:
    """One source with the way to its page."""

    said: Said
    url: str


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
        parts = [Part(one, reverse(one.page[0], args=[self.service.key, *one.page[1]])) for one in all_said(facts)]
        return super().get_context_data(
            parts=parts,
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
