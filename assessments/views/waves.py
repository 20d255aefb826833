"""Waves as the service sees them: the list, one of them, and what those who run one can do.

Nobody is shown who has answered, nor how many have while it is open.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.models import Role
from accounts.pages import Page
from accounts.record_pages import RecordFormPage, RecordRow, one_or_404
from assessments import wave_results, waves
from assessments.figures import day
from assessments.forms.waves import OpenWaveForm, ReplyForm, WaveConfirmForm
from assessments.models import OwnLeadershipRating, Wave, WaveInvitation
from assessments.views.rated import RatedList
from assessments.wording import CONVERSATION

OWN_BEFORE, OWN_AFTER = timedelta(days=183), timedelta(days=60)  # of the closing: an own rating to put beside it


def title_of(wave: Wave) -> str:
    """A wave by its days."""
    return gettext("Survey opened on %(day)s, about %(leader)s") % {
        "day": day(timezone.localdate(wave.opened_at)),
        "leader": wave.leader.name,
    }


def answered_words(wave: Wave) -> str:
    """Of a closed wave, how many are behind its result; where there is none, not how many it were."""
    rating = wave.leadership or wave.sustainment
    if rating is None:
        return gettext("Fewer than %(minimum)d answered, so nothing is shown") % {"minimum": wave.minimum}
    return gettext("%(answers)d of %(invited)d invited answered") % {
        "answers": rating.answers,
        "invited": wave.invited,
    }


class Waves(RatedList):
    """The waves of the service, the latest first. Their figures leave with the lists of results, and nowhere twice."""

    permission = Permission.SEE_RECORD
    edit_permission = Permission.RUN_WAVE
    title = _("Surveys of the staff")
    intro = _(
        "Fifteen short questions to the leader's whole team, three minutes on a phone: how IMR is led here, and "
        "whether it is still used. Every six months is enough."
    )
    related = "waves"
    name = "wave"
    order = ("-opened_at", "-pk")
    add_label = _("Ask the team")
    empty_text = _("The team has not been asked yet. Have the e-mail addresses of everybody the leader leads at hand.")
    back = ("leadership_ratings", _("Leadership"))
    instrument_key = "ils"

    def records(self):
        """With what their lines say."""
        return super().records().select_related("leader", "leadership", "sustainment")

    def row(self, wave: Wave):
        """Its days; how many answered, once it is closed."""
        if wave.closed_at:
            closed = gettext("closed on %(day)s") % {"day": day(timezone.localdate(wave.closed_at))}
            return title_of(wave), [closed, answered_words(wave)]
        return title_of(wave), [gettext("open until %(day)s") % {"day": day(wave.closes_on)}]

    def rows(self):
        """Each leads to its page, for everybody who may read the list."""
        return [
            RecordRow(title, tuple(map(str, facts)), reverse("wave", args=[self.service.key, wave.pk]))
            for wave in self.records()
            for title, facts in [self.row(wave)]
        ]


class WaveMixin:
    """Finds the wave in the address."""

    section = "standing"

    @cached_property
    def wave(self) -> Wave:
        """A wave of this service."""
        waves_here = self.service.waves.select_related("leader", "opened_by", "leadership", "sustainment", "service")
        return one_or_404(waves_here, pk=self.kwargs["wave_pk"])


class WavePage(WaveMixin, Page):
    """One wave: while it is open what those who run it need, afterwards its result."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/wave.html"

    def get_title(self):
        """By its days."""
        return title_of(self.wave)

    def own_rating(self) -> OwnLeadershipRating | None:
        """The leader's own rating nearest before or soon after the closing, if the reader may see it."""
        wave = self.wave
        closed_on = timezone.localdate(wave.closed_at)
        return (
            wave.leader.own_leadership_ratings.filter(Q(shared_on__isnull=False) | Q(leader=self.member))
            .filter(rated_on__gte=closed_on - OWN_BEFORE, rated_on__lte=closed_on + OWN_AFTER)
            .order_by("-rated_on", "-pk")
            .first()
        )

    def get_context_data(self, **kwargs):
        """What is so, and what can be done."""
        wave = self.wave
        context = {"wave": wave, "closes_on": day(wave.closes_on)}
        context |= self.result() if wave.closed_at else self.running()
        return super().get_context_data(**context, **kwargs)

    def running(self) -> dict:
        """An open one: whom it was sent to, for those who run it."""
        wave = self.wave
        runs = self.may(Permission.RUN_WAVE)
        return {
            "runs": runs,
            "enough": runs and waves.enough(wave),
            "reminder": day(wave.remind_on) if wave.remind_on else "",
            "may_remind": runs and (wave.remind_on is None or wave.remind_on > self.today),
            "invitations": wave.invitations.order_by("email") if runs else (),
        }

    def result(self) -> dict:
        """A closed one."""
        wave = self.wave
        own = self.own_rating()
        mine = wave.leader_id == self.member.pk and self.member.role == Role.LEADER
        return {
            "closed_on": day(timezone.localdate(wave.closed_at)),
            "answered": answered_words(wave),
            "leadership": wave_results.leadership_of(wave, own=own),
            "sustainment": wave_results.sustainment_of(wave),
            "own": own,
            "own_on": day(own.rated_on) if own else "",
            "own_is_private": bool(own and own.shared_on is None),
            "may_rate": mine and own is None,
            "may_reply": self.may(Permission.EDIT_RECORD),
            "conversation": CONVERSATION,
        }


class WaveFormPage(WaveMixin, RecordFormPage):
    """A form of a wave, which leads back to it."""

    permission = Permission.RUN_WAVE
    form_class = WaveConfirmForm

    def success_url(self, obj):
        """Back to the wave."""
        return self.here("wave", self.wave.pk)

    def cancel_url(self):
        """Back to the wave."""
        return self.here("wave", self.wave.pk)


class AddWave(RecordFormPage):
    """Open a wave."""

    permission = Permission.RUN_WAVE
    form_class = OpenWaveForm
    section = "standing"
    title = _("Ask the team")
    intro = _(
        "Each person gets a link of their own: fifteen questions, three minutes, no login. Nobody sees who has "
        "answered. When it closes the result is shown to you and to everybody who was asked, and single answers are "
        "deleted."
    )

    def get_intro(self):
        """Says up front when it is too early."""
        refusal = self.refusal()
        return refusal or super().get_intro()

    def refusal(self) -> str:
        """Why no wave can be opened now; empty if one can."""
        if Wave.objects.open().filter(service=self.service).exists():
            return gettext("A survey is open already. Close it before you open another.")
        if again := waves.opens_again(self.service, on=self.today):
            return gettext(
                "The next survey can be opened on %(day)s. Two results so close to each other could be told "
                "apart by the answer of one person."
            ) % {"day": day(again)}
        return ""

    def save(self, form):
        """Open it; refused where another is open or closed a short time ago."""
        if refusal := self.refusal():
            raise ValidationError(refusal)
        data = form.cleaned_data
        return waves.open_wave(
            about=data["leader"],
            emails=data["emails"],
            language=data["language"],
            closes_on=data["closes_on"],
            remind_on=data["remind_on"],
            minimum=data["minimum"],
            by=self.member,
            at=timezone.now(),
        )

    def success_message(self, wave):
        """Open."""
        return _("The survey is open. The invitations go out within a minute or two.")

    def success_url(self, wave):
        """To the wave."""
        return self.here("wave", wave.pk)

    def cancel_url(self):
        """Back to the list."""
        return self.here("waves")


class OpenWaveFormPage(WaveFormPage):
    """A form that makes sense while the wave is open alone."""

    @cached_property
    def wave(self) -> Wave:
        """An open wave of this service."""
        return one_or_404(self.service.waves.open().select_related("leader", "service"), pk=self.kwargs["wave_pk"])


class RemindWave(OpenWaveFormPage):
    """Remind those who have not answered."""

    title = _("Remind those who have not answered?")
    intro = _("They get one mail, once. Neither you nor anybody else sees who they are.")

    def save(self, form):
        """Have them reminded today."""
        if not waves.remind(self.wave, by=self.member, on=self.today):
            raise ValidationError(_("They were reminded already. Once is enough."))
        return self.wave

    def success_message(self, wave):
        """On its way."""
        return _("The reminder goes out to those who have not answered.")


class CloseWave(OpenWaveFormPage):
    """Close before the last day."""

    title = _("Close the survey now?")

    def get_intro(self):
        """What comes of it."""
        if not waves.enough(self.wave):
            return gettext(
                "Fewer than %(minimum)d have answered yet. If you close it now, nothing is shown and the answers are "
                "deleted."
            ) % {"minimum": self.wave.minimum}
        return gettext("The result is kept as it is now. Nobody can answer any more, and it cannot be opened again.")

    def save(self, form):
        """Close it."""
        waves.close(self.wave, at=timezone.now(), by=self.member)
        return self.wave

    def success_message(self, wave):
        """Closed."""
        return _("The survey is closed.")


class TakeBackInvitation(OpenWaveFormPage):
    """Take an invitation back: a wrong address, or somebody who is not of the team."""

    title = _("Take the invitation back?")

    @cached_property
    def invitation(self) -> WaveInvitation:
        """One of the wave's that was not taken back yet."""
        still = self.wave.invitations.filter(withdrawn_on__isnull=True).select_related("wave")
        return one_or_404(still, pk=self.kwargs["invitation_pk"])

    def get_intro(self):
        """Whose, and what stays."""
        return gettext(
            "%(address)s can then no longer answer and gets no more mail. If an answer has come in, it stays in the "
            "result; you are not told whether one has."
        ) % {"address": self.invitation.email}

    def save(self, form):
        """Take it back."""
        waves.take_back(self.invitation, by=self.member, on=self.today)
        return self.invitation

    def success_message(self, invitation):
        """Taken back."""
        return _("Taken back.")


class ReplyToWave(WaveFormPage):
    """The leader says what will come of it."""

    permission = Permission.EDIT_RECORD
    form_class = ReplyForm
    title = _("What will come of it?")
    intro = _(
        "Everybody who was asked reads this beside the result, on the page of their own link, and is told by mail once."
    )

    @cached_property
    def wave(self) -> Wave:
        """A closed wave of this service."""
        closed = self.service.waves.filter(closed_at__isnull=False).select_related("leader", "service")
        return one_or_404(closed, pk=self.kwargs["wave_pk"])

    def get_initial(self):
        """What was said before."""
        return super().get_initial() | {"reply": self.wave.reply}

    def save(self, form):
        """Keep it."""
        waves.reply(self.wave, text=form.cleaned_data["reply"], by=self.member, on=self.today)
        return self.wave

    def success_message(self, wave):
        """Sent."""
        return _("Your reply stands beside the result.")
