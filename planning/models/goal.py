"""What the service wants to reach, and how it goes."""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from planning.lateness import GRACE_DAYS


class GoalQuerySet(models.QuerySet):
    """Sets of goals that people talk about."""

    def active(self) -> "GoalQuerySet":
        """Neither reached nor dropped; drafts are not yet goals."""
        return self.filter(state=Goal.State.ACTIVE)

    def overdue(self, on: date) -> "GoalQuerySet":
        """Active ones whose date and the days of grace have passed, as `planning.lateness` says it of one."""
        return self.active().filter(due_on__lt=on - timedelta(days=GRACE_DAYS))

    def to_look_at(self, on: date) -> "GoalQuerySet":
        """Active ones whose day to be looked at again has come."""
        return self.active().filter(check_in_on__lte=on)


class Goal(models.Model):
    """An outcome with its measures, owner and date, and a plan for the likeliest obstacle."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        ACTIVE = "active", _("Active")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Dropped")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="goals")
    outcome = models.CharField(
        _("What do you want to reach?"), max_length=200, help_text=_("A result that somebody outside could see.")
    )
    doing_measure = models.CharField(
        _("How will you see that it is being done?"),
        max_length=200,
        blank=True,
        help_text=_("Something you count each month, such as sessions held."),
    )
    result_measure = models.CharField(
        _("How will you see that it works?"),
        max_length=200,
        blank=True,
        help_text=_("A figure for the whole group, such as patients who finish."),
    )
    baseline = models.CharField(_("Where are you today?"), max_length=100, blank=True)
    target = models.CharField(_("Where do you want to be?"), max_length=100, blank=True)
    owner = models.ForeignKey(
        Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="goals", verbose_name=_("Who owns it")
    )
    due_on = models.DateField(_("By when"), null=True, blank=True)
    first_step = models.CharField(_("First step"), max_length=200, blank=True)
    if_obstacle = models.CharField(
        _("If this gets in the way …"), max_length=200, blank=True, help_text=_("The obstacle you find likeliest.")
    )
    then_plan = models.CharField(_("… then we do this"), max_length=200, blank=True)
    check_in_on = models.DateField(_("Look at it again on"), null=True, blank=True)
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.DRAFT)
    stated_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["reached", "dropped"], ended_on__isnull=False)
                | Q(state__in=["draft", "active"], ended_on__isnull=True),
                name="goal_ended_when_reached_or_dropped",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("stated_on")), name="goal_ended_after_stated"
            ),
        ]

    def __str__(self) -> str:
        return self.outcome

    def is_to_be_looked_at(self, on: date) -> bool:
        """Whether its day to be looked at again has come."""
        return self.state == self.State.ACTIVE and self.check_in_on is not None and self.check_in_on <= on

    @property
    def has_measure(self) -> bool:
        """Whether at least one measure is written."""
        return bool(self.doing_measure or self.result_measure)


class GoalCheckIn(models.Model):
    """How a goal stood on a day, as one person sees it: two people may see it differently."""

    class Progress(models.TextChoices):
        ON_TRACK = "on_track", _("On track")
        SLOW = "slow", _("Slower than planned")
        STUCK = "stuck", _("Stuck")

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="check_ins")
    on = models.DateField(_("Date"))
    progress = models.CharField(_("How does it go?"), max_length=10, choices=Progress.choices)
    value = models.DecimalField(_("The figure today"), max_digits=9, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["goal", "on", "by"], name="one_goal_check_in_a_day_and_person")]

    def __str__(self) -> str:
        return f"{self.goal} on {self.on}: {self.progress}"
