"""Invitations to a survey that did not get through: shown to those who run it, and sent once more.

The invitation goes to every address, so that its failing tells nothing of anybody's answer. A reminder goes to those
alone who have not answered: what became of it is nobody's to see.
"""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.record_pages import one_or_404
from assessments.views import waves
from planning import mailing
from planning.models import Message


def invitations_sent(wave) -> QuerySet[Message]:
    """The mail with the link to each person who was asked."""
    return Message.objects.filter(kind=Message.Kind.WAVE_OPEN, invitation__wave=wave)


class WavePage(waves.WavePage):
    """A survey; while it is open, beside each address whether the invitation got through."""

    def running(self) -> dict:
        """Which addresses the mail failed at, and where nobody knows."""
        context = super().running()
        by_state = {state: set() for state in (Message.State.FAILED, Message.State.UNCERTAIN)}
        if context["runs"]:
            for message in invitations_sent(self.wave).filter(state__in=by_state):
                by_state[message.state].add(message.invitation_id)
        return context | {
            "undelivered": by_state[Message.State.FAILED],
            "uncertain": by_state[Message.State.UNCERTAIN],
        }


class SendInvitationAgain(waves.WaveFormPage):
    """Send an invitation once more that failed, or of which nobody knows."""

    title = _("Send it again?")

    @cached_property
    def message(self) -> Message:
        """The mail to the invitation in the address, which was not taken back."""
        messages = (
            invitations_sent(self.wave).filter(invitation__withdrawn_on__isnull=True).select_related("invitation")
        )
        return one_or_404(messages, invitation=self.kwargs["invitation_pk"])

    def get_intro(self):
        """To whom; check the address first."""
        return _(
            "It goes to %(address)s within a minute or two. If the address is wrong, take the invitation back instead. "
            "If the first mail did arrive after all, it comes twice; the link takes one answer only."
        ) % {"address": self.message.invitation.email}

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
