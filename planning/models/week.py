"""One week: how much of the time set aside was kept, and how much IMR work fell in own time.

A week's check-ins are taken until its Sunday. On the next Monday its total is there for others, and stays as it
is (quality point F16): nothing of a single person's week is ever shown to anybody else. `planning.weeks` writes and
reads these; nothing else does.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service

MONDAY = 1  # as ISO counts the days of a week


FEWEST_REPORTERS = 3  # from how many people on a week counts (quality point F16)


class WeekCheckIn(models.Model):
    """What one practitioner says of one week of their own: theirs alone, and gone with them."""

    class Kept(models.IntegerChoices):
        """How much of the time set aside was kept, in quarters."""

        ALL = 4, _("All of it")
        MOST = 3, _("Most of it")
        HALF = 2, _("About half")
        LITTLE = 1, _("A little")
        NONE = 0, _("None of it")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="week_check_ins")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="week_check_ins")
    week = models.DateField()  # its Monday
    # What was set aside for this person when they answered: that is what the answer is about.
    set_aside_hours = models.DecimalField(max_digits=5, decimal_places=2)
    kept = models.PositiveSmallIntegerField(_("How much of it did you keep?"), choices=Kept.choices)
    own_time_hours = models.DecimalField(
        _("Hours of IMR work in your own time"),
        max_digits=4,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(40))],
    )

    class Meta:
        verbose_name = _("Weekly check-in")
        constraints = [
            models.UniqueConstraint(fields=["member", "week"], name="one_check_in_per_member_and_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=MONDAY), name="check_in_week_is_a_monday"),
            models.CheckConstraint(condition=Q(kept__lte=4), name="check_in_kept_in_quarters"),
            models.CheckConstraint(
                condition=Q(own_time_hours__gte=0, own_time_hours__lte=40), name="check_in_own_time_between_0_and_40"
            ),
            models.CheckConstraint(condition=Q(set_aside_hours__gte=0), name="check_in_set_aside_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} week of {self.week}"


class HoursOfWeekQuerySet(models.QuerySet):
    """Sets of weekly totals that people talk about."""

    def released(self, on: date) -> "HoursOfWeekQuerySet":
        """Those that others may know of on that day: of a week that is over, in which enough people reported."""
        return self.filter(week__lte=on - timedelta(days=on.weekday() + 7), reported__gte=FEWEST_REPORTERS)


class HoursOfWeek(models.Model):
    """A week's total: of the whole service, of nobody in particular; made here, or come with a dossier.

    While the week runs, each check-in makes it anew, and nobody may know it. From the Monday after it is there for
    others and nobody writes it again, whatever becomes of the check-ins, the allocations or the people behind it.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="hours_of_weeks")
    week = models.DateField()  # its Monday
    reported = models.PositiveSmallIntegerField()  # how many people
    set_aside_hours = models.DecimalField(max_digits=6, decimal_places=2)  # with `kept_hours` 0: the share is not told
    kept_hours = models.DecimalField(max_digits=6, decimal_places=2)
    own_time_hours = models.DecimalField(max_digits=6, decimal_places=2)

    objects = HoursOfWeekQuerySet.as_manager()

    class Meta:
        verbose_name = _("Hours of a week")
        constraints = [
            models.UniqueConstraint(fields=["service", "week"], name="one_total_of_hours_per_week"),
            models.CheckConstraint(condition=Q(week__iso_week_day=MONDAY), name="hours_week_is_a_monday"),
            models.CheckConstraint(
                condition=Q(set_aside_hours__gte=0, kept_hours__gte=0, kept_hours__lte=models.F("set_aside_hours"))
                & Q(own_time_hours__gte=0),
                name="hours_kept_at_most_set_aside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} week of {self.week}"


class ConflictsOfWeek(models.Model):
    """A week's released conflicts as they came with a dossier: how many of which reason, and the answers to them."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="conflicts_of_weeks")
    released_on = models.DateField()  # the Monday after the week in which they were logged
    reasons = models.JSONField()  # {code of PriorityConflict.Reason: how many}
    answers = models.JSONField(default=list)  # [{"on": ISO day, "state": code of ConflictAnswer.State}]

    class Meta:
        verbose_name = _("Conflicts of a week")
        constraints = [
            models.UniqueConstraint(fields=["service", "released_on"], name="one_total_of_conflicts_per_week"),
            models.CheckConstraint(
                condition=Q(released_on__iso_week_day=MONDAY), name="conflicts_released_on_a_monday"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} released {self.released_on}"


class HoursShown(models.Model):
    """A practitioner of a small team agrees that the service's hours are shown although fewer than three report.

    Its being there is the consent; taking it back removes it, and the hours with it (quality point F15).
    """

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="hours_shown")
    since = models.DateField()

    class Meta:
        verbose_name = _("Consent to show our hours")

    def __str__(self) -> str:
        return f"{self.member_id} since {self.since}"
