"""What an operator sees of mail in all services: what is stuck, what waits, and addresses that refuse it."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.pages import SignedInPage
from planning import operators


class OperatorMessages(SignedInPage):
    """For those whom the installation names as its operators; to everybody else there is no such page."""

    template_name = "planning/operator_messages.html"
    title = _("Mail of all services")

    def dispatch(self, request, *args, **kwargs):
        """Nobody else learns that the page is there."""
        if request.user.is_authenticated and not operators.is_operator(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """The figures and the rows that need somebody."""
        return super().get_context_data(report=operators.report(timezone.now()), today=self.today, **kwargs)
