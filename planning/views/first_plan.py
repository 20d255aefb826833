"""The steps to a first plan: where one stands, and putting them away."""

from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import WAYS_BACK, Page, WayBack
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage
from planning import first_plan

WAYS_BACK[first_plan.THEN] = WayBack("first_plan", _("Your first plan"))


class FirstPlan(Page):
    """The steps, in any order; each leads back here."""

    permission = Permission.EDIT_RECORD
    template_name = "planning/first_plan.html"
    title = _("Your first plan")
    intro = _("About 20 minutes, in any order. Everything is saved as you go, and can be changed later.")
    section = "plan"

    def get_context_data(self, **kwargs):
        """The steps as they stand, and whether the first page shows them."""
        return super().get_context_data(
            steps=first_plan.steps(self.service, on=self.today),
            wanted=first_plan.is_wanted(self.service),
            **kwargs,
        )


class PutAway(RecordFormPage):
    """Take the steps off the first page."""

    permission = Permission.EDIT_RECORD
    form_class = ConfirmForm
    title = _("Put the steps away?")
    intro = _("The first page shows them no more. You find them again at the end of the page “Plan”.")
    section = "plan"

    def save(self, form):
        """Put them away."""
        return first_plan.put_away(by=self.member, on=self.today)

    def success_message(self, nothing):
        """Put away."""
        return _("The steps are put away.")

    def success_url(self, nothing):
        """To the first page."""
        return self.here("service_home")

    def cancel_url(self):
        """To the first page."""
        return self.here("service_home")
