"""Hours a week set aside for IMR."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class Work(models.TextChoices):
    """The kinds of IMR work that take time."""

    SESSION = "session", _("Sessions")
    PREPARATION = "preparation", _("Preparation and notes")
    SUPERVISION = "supervision", _("Supervision")
    MONITORING = "monitoring", _("Monitoring")
    TRAVEL = "travel", _("Travel")


class AllocationQuerySet(models.QuerySet):
    """Sets of allocations that people talk about."""

    def in_force(self, on) -> "AllocationQuerySet":
        """Those that hold on that day."""
        return self.filter(Q(starts_on__lte=on), Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Allocation(models.Model):
    """Hours a week set aside for one member and one kind of work, from a day, until a day."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="allocations")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="allocations", verbose_name=_("Who"))
    work = models.CharField(_("For what"), max_length=20, choices=Work.choices)
    hours_per_week = models.DecimalField(
        _("Hours a week"),
        max_digits=4,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.25")), MaxValueValidator(Decimal(40))],
    )
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"), null=True, blank=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_per_week__gt=0, hours_per_week__lte=40), name="allocation_hours_between_0_and_40"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="allocation_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.hours_per_week} h a week, {self.work}"


class Clearance(models.Model):
    """The hours set aside were gone through with the colleagues who carry the rest of the work."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="clearances")
    cleared_on = models.DateField(_("Gone through with the staff on"))
    agreed = models.CharField(
        _("What was agreed on the other work"),
        max_length=300,
        blank=True,
        help_text=_("Who covers what while somebody works with IMR. No names are needed."),
    )

    class Meta:
        verbose_name = _("Agreement with colleagues")

    def __str__(self) -> str:
        return f"{self.service.key} {self.cleared_on}"
