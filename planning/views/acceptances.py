"""Accepting a flag for a time, and taking that back."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from planning import acceptances
from planning.forms.acceptances import AcceptanceForm
from planning.models import Acceptance
from planning.views.standing import StandingMixin
from planning.wording.entries import TEXTS
from planning.wording.figures import day


class Accept(StandingMixin, RecordFormPage):
    """Live with a flag until a day, for a reason."""

    permission = Permission.ACCEPT_RISK
    template_name = "planning/acceptance_add.html"
    form_class = AcceptanceForm
    title = _("Accept it for a time")
    intro = _("It leaves “Do now” until that day, and stays listed. It comes back by itself if it gets worse.")
    section = "standing"

    @cached_property
    def entry(self):
        """The entry in the address; 404 when the catalogue has none such."""
        try:
            return self.standing.entry(self.kwargs["entry_key"])
        except KeyError:
            raise Http404 from None

    def get_context_data(self, **kwargs):
        """The entry."""
        return super().get_context_data(entry=self.entry, **kwargs)

    def save(self, form):
        """Accept it as it stands."""
        data = form.cleaned_data
        return acceptances.accept(
            self.entry.key,
            reason=data["reason"],
            until=data["until"],
            by=self.member,
            on=self.today,
            answer=self.entry.answer,
        )

    def success_message(self, acceptance):
        """Until when."""
        return gettext("Accepted until %(day)s.") % {"day": day(acceptance.until)}

    def success_url(self, acceptance):
        """Back to the entry."""
        return self.cancel_url()

    def cancel_url(self):
        """Back to the entry."""
        return self.here("entry", self.kwargs["entry_key"])


class TakeBackAcceptance(RecordFormPage):
    """End an acceptance before its day."""

    permission = Permission.ACCEPT_RISK
    form_class = ConfirmForm
    title = _("Take the acceptance back?")
    section = "standing"

    @cached_property
    def acceptance(self) -> Acceptance:
        """The acceptance in the address."""
        return one_or_404(self.service.acceptances, pk=self.kwargs["record_pk"])

    def get_intro(self):
        """Of which entry."""
        return gettext("It comes up under “Do now” and “Also open” again: %(title)s") % {
            "title": TEXTS[self.acceptance.entry].title
        }

    def save(self, form):
        """End it today."""
        return acceptances.take_back(self.acceptance, by=self.member, on=self.today)

    def success_message(self, acceptance):
        """Taken back."""
        return _("Taken back.")

    def success_url(self, acceptance):
        """To the entry."""
        return self.here("entry", self.acceptance.entry)

    def cancel_url(self):
        """To the entry."""
        return self.here("entry", self.acceptance.entry)
