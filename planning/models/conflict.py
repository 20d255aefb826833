"""What displaced IMR, who may know of it, and what the leader answered."""

import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from planning.clock import monday_of
from planning.models.action import Action

UNDO_MINUTES = 10  # quality point F05
EVALUATE_WITHIN_MONTHS = 12
WARN_DAYS_BEFORE_EVALUATION = 30
PAUSE_DAYS_AFTER_EVALUATION = 60


class LoggingAgreement(models.Model):
    """What conflict logging is for in this service, and with whom that was discussed.

    Norwegian law treats following what single employees do with their time as a control measure
    (Working Environment Act, chapter 9), so nothing is logged before this is recorded. The latest counts.
    """

    class Ground(models.TextChoices):
        LEGITIMATE_INTEREST = "legitimate_interest", _("Legitimate interest, weighed and written down")
        PUBLIC_TASK = "public_task", _("A task in the public interest")
        LEGAL_DUTY = "legal_duty", _("A legal duty to secure sound services")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="logging_agreements")
    purpose = models.TextField(_("What is the log for?"), max_length=1000)
    ground = models.CharField(_("Legal ground"), max_length=30, choices=Ground.choices)
    discussed_on = models.DateField(_("Discussed with the employees' representatives on"))
    discussed_with = models.CharField(_("With whom"), max_length=200)
    information = models.TextField(_("What practitioners are told"), max_length=2000)
    keep_months = models.PositiveSmallIntegerField(
        _("How long notes are kept"), choices=[(12, _("12 months")), (24, _("24 months"))], default=24
    )
    evaluate_on = models.DateField(_("When this is looked at again"))
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(keep_months__in=[12, 24]), name="agreement_keeps_notes_12_or_24_months")
        ]

    def __str__(self) -> str:
        return f"{self.service.key}, evaluated {self.evaluate_on}"

    @property
    def pauses_on(self):
        """The first day on which logging stands still unless the agreement was looked at again."""
        return self.evaluate_on + timedelta(days=PAUSE_DAYS_AFTER_EVALUATION)

    def allows_logging(self, on) -> bool:
        """Whether conflicts can be logged under this agreement on that day."""
        return on < self.pauses_on

    def warns(self, on) -> bool:
        """Whether the evaluation is near or late, so that people should be told."""
        return on >= self.evaluate_on - timedelta(days=WARN_DAYS_BEFORE_EVALUATION)


class ConflictQuerySet(models.QuerySet):
    """Sets of conflicts that people talk about."""

    def known_to_everybody(self, on) -> "ConflictQuerySet":
        """Those that everybody may know of on that day who may know of any; before it not even a count may show.

        The same day as `planning.conflict_weeks.everybody_from` gives for one entry.
        """
        return self.filter(Q(named=False, released_on__lte=on) | Q(named=True, released_on__lt=monday_of(on)))

    def known_to_leaders(self, on) -> "ConflictQuerySet":
        """Those that the leaders may know of on that day: of one with a name earlier than everybody else."""
        return self.filter(released_on__lte=on)

    def unanswered(self) -> "ConflictQuerySet":
        """Those without any answer of the leader's."""
        return self.filter(answer__isnull=True)


class PriorityConflict(models.Model):
    """Something displaced IMR. The random key tells neither who nor when."""

    class Reason(models.TextChoices):
        ACUTE = "acute", _("Acute patient")
        STAFF = "staff", _("Short of staff")
        MEETING = "meeting", _("Meeting")
        DOCUMENTATION = "documentation", _("Documentation")
        OTHER_PROGRAMME = "other_programme", _("Other programme")
        OTHER = "other", _("Something else")

    class Displaced(models.TextChoices):
        SESSION = "session", _("A session")
        PREPARATION = "preparation", _("Preparation")
        SUPERVISION = "supervision", _("Supervision")
        MONITORING = "monitoring", _("Monitoring")
        OTHER = "other", _("Something else")

    class Help(models.TextChoices):
        COVER = "cover", _("Somebody to cover for me")
        TIME = "time", _("Time that is left alone")
        DECISION = "decision", _("A decision on what goes first")
        TALK = "talk", _("A talk with the leader")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="conflicts")
    author = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, related_name="conflicts")
    named = models.BooleanField(default=False)
    reason = models.CharField(_("What took the time?"), max_length=20, choices=Reason.choices)
    happened_on = models.DateField(_("When"))
    displaced = models.CharField(_("What was displaced"), max_length=20, choices=Displaced.choices, blank=True)
    hours = models.DecimalField(_("About how many hours"), max_digits=4, decimal_places=2, null=True, blank=True)
    wanted_help = models.CharField(_("What would help"), max_length=20, choices=Help.choices, blank=True)
    note = models.CharField(_("In your own words"), max_length=140, blank=True)
    show_note = models.BooleanField(_("Show my words to those who see the entry"), default=False)
    logged_at = models.DateTimeField(default=timezone.now)
    released_on = models.DateField()  # to leaders. Named: the day it was logged; unnamed: the Monday after

    objects = ConflictQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=40), name="conflict_hours_between_0_and_40"
            )
        ]
        indexes = [models.Index(fields=["service", "released_on"], name="conflict_by_release")]

    def __str__(self) -> str:
        return f"{self.service.key} {self.id}"


class ConflictAnswer(models.Model):
    """The leader's reply to a conflict."""

    class State(models.TextChoices):
        SEEN = "seen", _("Seen")
        PLANNED = "planned", _("Planned")
        DONE = "done", _("Done")
        NOT_NOW = "not_now", _("Not now")

    conflict = models.OneToOneField(PriorityConflict, on_delete=models.CASCADE, related_name="answer")
    state = models.CharField(_("Answer"), max_length=10, choices=State.choices)
    text = models.CharField(_("In a sentence"), max_length=300, blank=True)
    action = models.ForeignKey(Action, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers")
    answered_on = models.DateField()  # the first time; a later change of mind does not move it
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(state="not_now") | ~Q(text=""), name="answer_not_now_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.conflict}: {self.state}"
