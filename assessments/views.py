"""Pages of the assessments."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.access import Permission
from accounts.pages import FormPage, Page
from assessments.forms import FidelityForm


class Fidelity(Page):
    """The totals on the IMR Fidelity Scale, the latest first."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/fidelity.html"
    title = _("Fidelity")
    section = "standing"

    def get_context_data(self, **kwargs):
        """The ratings."""
        return super().get_context_data(ratings=self.service.fidelity_ratings.order_by("-rated_on", "-pk"), **kwargs)


class AddFidelity(FormPage):
    """Type in the total of a fidelity visit."""

    permission = Permission.RATE_FIDELITY
    form_class = FidelityForm
    title = _("Fidelity rating")
    intro = _("The mean of the thirteen items, as on the score sheet of the visit.")
    section = "standing"

    def get_form_kwargs(self):
        """Adds the service and the day."""
        return super().get_form_kwargs() | {"service": self.service, "today": self.today}

    def save(self, form):
        """Save it."""
        rating = form.save(commit=False)
        rating.service = self.service
        rating.save()
        audit.record(code="fidelity.rated", by=self.request.user, service=self.service, obj=rating)
        return rating

    def success_message(self, rating):
        """Saved."""
        return _("Rating saved.")

    def success_url(self, rating):
        """Back to the ratings."""
        return reverse("fidelity", args=[self.service.key])

    def cancel_url(self):
        """Back to the ratings."""
        return reverse("fidelity", args=[self.service.key])
