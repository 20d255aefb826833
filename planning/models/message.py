"""The ledger of mail: one row per recipient, kind and period, whatever crashes."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service, User
from assessments.models import WaveInvitation
from planning.models.document import Document
from planning.models.review import Review


class MessageQuerySet(models.QuerySet):
    """Sets of messages that people talk about."""

    def due(self, at: datetime) -> "MessageQuerySet":
        """Planned ones whose moment has come and whose period is not over."""
        return self.filter(state=Message.State.PLANNED, not_before__lte=at, expires_at__gt=at)

    def scheduled(self) -> "MessageQuerySet":
        """Those that the clock planned, which go in one mail a day; not what a person had sent again."""
        return self.filter(kind__in=Message.SCHEDULED, by_hand=False)

    def of_person(self, user: User) -> "MessageQuerySet":
        """Everything to one person, in all services; to an address that was asked in a survey, by that address."""
        return self.filter(models.Q(recipient__user=user) | models.Q(invitation__email__iexact=user.email))

    def past(self, at: datetime) -> "MessageQuerySet":
        """Planned ones that nobody got within their period."""
        return self.filter(state=Message.State.PLANNED, expires_at__lte=at)

    def for_outbox(self) -> "MessageQuerySet":
        """Those that a service's leaders may know of."""
        return self.exclude(kind__in=Message.PRIVATE)


class Message(models.Model):
    """One mail to one person: planned, claimed before sending, then handed over, or what became of it."""

    class Kind(models.TextChoices):
        PLAN_READY = "plan_ready", _("Action plan ready")
        MEMO_READY = "memo_ready", _("Memo ready")
        REVIEW_SOON = "review_soon", _("Review in 7 days")
        REVIEW_TOMORROW = "review_tomorrow", _("Review in 1 day")
        RESTART_DUE = "restart_due", _("End of a pause")
        TO_READ = "to_read", _("Something to read")
        WEEK_DUE = "week_due", _("Weekly check-in")
        CONFLICTS_WAITING = "conflicts_waiting", _("Conflicts without an answer")
        VISIT_DUE = "visit_due", _("Fidelity visit due")
        DIGEST = "digest", _("What is due this week")
        REVIEW_INVITATION = "review_invitation", _("Review for your calendar")
        WAVE_OPEN = "wave_open", _("A few questions")
        WAVE_AGAIN = "wave_again", _("A few questions, a second time")
        WAVE_RESULT = "wave_result", _("What the answers came to")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CLAIMED = "claimed", _("Being sent")
        HANDED_OVER = "handed_over", _("Handed over")
        FAILED = "failed", _("Failed")
        UNCERTAIN = "uncertain", _("Uncertain")
        EXPIRED = "expired", _("Expired")

    class Reason(models.TextChoices):
        """Why a message came to nothing, where we know it and not the mail server."""

        TOO_LATE = "too_late", _("Its time passed before it could be sent.")
        NOT_HERE = "not_here", _("The person no longer has a login in this service.")
        OPTED_OUT = "opted_out", _("The person asked for no more of these.")
        REVIEW_CHANGED = "review_changed", _("The review was moved, held or cancelled.")
        PLAN_NOT_READY = "plan_not_ready", _("The plan is no longer there.")
        NEWER_ONE = "newer_one", _("A newer one took its place before it left.")
        NOTHING_DUE = "nothing_due", _("Nothing was due any more.")
        VISIT_PLANNED = "visit_planned", _("A visit was planned or rated meanwhile.")
        RESTING = "resting", _("IMR was paused or stopped, so nothing was sent.")
        PAUSE_CHANGED = "pause_changed", _("The pause is over, or was given another end.")
        WEEK_SAVED = "week_saved", _("The week was saved before the reminder left.")
        AWAY = "away", _("The person is away, or no longer uses IMR.")
        NOTHING_TO_READ = "nothing_to_read", _("It was read meanwhile, or another version took its place.")
        NOTHING_WAITS = "nothing_waits", _("Nothing waited for an answer of the person's any more.")
        TAKEN_BACK = "taken_back", _("The invitation was taken back.")
        ANSWERED = "answered", _("The person had answered by then.")
        SURVEY_OVER = "survey_over", _("The survey was over by then.")
        NOT_MADE = "not_made", _("The message could not be put together.")
        NO_WORD = "no_word", _("The sending was cut off, so nobody knows whether it arrived.")

    # Kinds that a person may stop for themselves; the others come with the role.
    OPTIONAL = frozenset(
        {
            Kind.REVIEW_SOON.value,
            Kind.REVIEW_TOMORROW.value,
            Kind.REVIEW_INVITATION.value,
            Kind.TO_READ.value,
            Kind.WEEK_DUE.value,
            Kind.CONFLICTS_WAITING.value,
            Kind.VISIT_DUE.value,
            Kind.DIGEST.value,
        }
    )
    # Kinds that the clock plans, the gravest first: what is due to a person at one moment goes in one mail, which the
    # gravest leads. The others answer what somebody did, and go by themselves.
    SCHEDULED = (
        Kind.REVIEW_TOMORROW.value,
        Kind.REVIEW_SOON.value,
        Kind.RESTART_DUE.value,
        Kind.CONFLICTS_WAITING.value,
        Kind.VISIT_DUE.value,
        Kind.WAVE_AGAIN.value,
        Kind.TO_READ.value,
        Kind.WEEK_DUE.value,
        Kind.WAVE_RESULT.value,
        Kind.DIGEST.value,
    )
    # Kinds that come only to those who asked for them.
    WANTED = frozenset({Kind.WEEK_DUE.value})
    # Kinds to people asked in a survey, who need no login: by their invitation.
    OF_WAVES = frozenset({Kind.WAVE_OPEN.value, Kind.WAVE_AGAIN.value, Kind.WAVE_RESULT.value})
    # Kinds that show to nobody but the recipient: a reminder of a week tells that it was not saved by Friday, and one
    # of a survey who has not answered.
    PRIVATE = frozenset({Kind.WEEK_DUE.value}) | OF_WAVES

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    recipient = models.ForeignKey(Member, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    invitation = models.ForeignKey(
        WaveInvitation, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    # What makes it this one: "plan:12", "review:7:5:2026-12-01", "restart:3:2027-01-11", "week:2026-11-23",
    # "read:vision:3", "waiting:7:20261116-20261118", "visit:2026-12-01", "digest:2026-11-23", "wave:3",
    # "request:5:2:20261201T1200".
    period = models.CharField(max_length=60)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    # Of the row that leads a mail of scheduled kinds: whose one mail of which day it is. Set by the claim.
    person = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    mail_day = models.DateField(null=True, blank=True)
    # Of a row that goes in another's mail: the one that leads it.
    lead = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried")
    by_hand = models.BooleanField(default=False)  # sent again because a person said so: goes alone, and is not counted
    not_before = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)  # counted by the claim, before sending
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)  # a Reason, or what the mail server said
    created_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "period"], name="one_message_per_person_kind_period"),
            models.UniqueConstraint(fields=["invitation", "kind"], name="one_message_per_invitation_and_kind"),
            models.UniqueConstraint(fields=["person", "mail_day"], name="one_scheduled_mail_a_day"),
            models.CheckConstraint(
                condition=models.Q(recipient__isnull=True) ^ models.Q(invitation__isnull=True),
                name="message_to_a_member_or_an_invitation",
            ),
        ]
        indexes = [models.Index(fields=["state", "not_before"], name="message_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} {self.state}"

    @property
    def why(self) -> str:
        """What became of it, in words; the mail server's own words where it gave some."""
        return str(self.Reason(self.trouble).label) if self.trouble in self.Reason.values else self.trouble


class OptOut(models.Model):
    """A person wants no more mail of one kind from one service."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="opt_outs")
    kind = models.CharField(max_length=20, choices=Message.Kind.choices)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="one_opt_out_per_person_and_kind")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member_id}"


class OptIn(models.Model):
    """A person wants mail of one kind that comes only to those who ask for it."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="opt_ins")
    kind = models.CharField(max_length=20, choices=Message.Kind.choices)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="one_opt_in_per_person_and_kind")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.member_id}"


class LinkOnly(models.Model):
    """A service whose mail carries no plan: only the link to it."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="link_only")
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.service_id}"


class MailTrouble(models.Model):
    """An address of a person refused mail, at once or by a report that came back later."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="mail_troubles")
    address = models.EmailField()  # as it was then: another address has no trouble yet
    message_id = models.CharField(max_length=200)  # of the mail, so that no report counts twice
    hard = models.BooleanField()  # refused for good
    pauses = models.BooleanField()  # nothing more is sent there until somebody says that it works
    said = models.CharField(max_length=200, blank=True)
    met_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)  # somebody said that it works

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "message_id"], name="one_trouble_per_person_and_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {'hard' if self.hard else 'soft'} {self.met_at:%Y-%m-%d}"
