"""The page of a survey with what planning knows of its mail: which invitations never came, and sending one again.

Only the first mail, the invitation itself, stands there: it goes to every address, whatever somebody did with it, so
that its fate tells nothing of who has answered. A reminder's would.
"""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_pages import one_or_404
from assessments.views import waves
from planning import mailing, wave_mail
from planning.models import Message


class WavePage(waves.WavePage):
    """One survey; while it is open, beside an address that its invitation did not come through."""

    template_name = "planning/wave.html"

    def running(self):
        """Each invitation with the mail that did not come through, if there is one."""
        context = super().running()
        lost = {message.invitation_id: message for message in wave_mail.lost_invitations(self.wave)}
        for invitation in context["invitations"]:
            invitation.lost = lost.get(invitation.pk)
        return context | {"lost": len(lost) if context["runs"] else 0}


class SendInvitationAgain(waves.OpenWaveFormPage):
    """Send an invitation that did not come through once more."""

    title = _("Send the invitation again?")

    @cached_property
    def message(self) -> Message:
        """The mail that did not come through, of an invitation of this survey that was not taken back."""
        return one_or_404(wave_mail.lost_invitations(self.wave), invitation_id=self.kwargs["invitation_pk"])

    def get_intro(self):
        """What may come of it, and the other way."""
        named = {"address": self.message.invitation.email}
        if self.message.state == Message.State.UNCERTAIN:
            return gettext("Nobody knows whether it arrived. If it did, %(address)s gets it twice.") % named
        return (
            gettext(
                "It goes to %(address)s within a minute or two. If the address itself is wrong, it fails again: take "
                "the invitation back then."
            )
            % named
        )

    def save(self, form):
        """Plan it once more."""
        try:
            mailing.send_again(self.message, by=self.member, at=timezone.now())
        except mailing.CannotSendAgain:
            raise ValidationError(_("It is on its way, has arrived, or its time is over.")) from None
        return self.message

    def success_message(self, message):
        """On its way."""
        return _("It goes out within a minute or two.")
