"""Caseload by month: counts only, nothing about anybody; and what the service knows of its own need for hours."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class CaseloadMonth(models.Model):
    """One month. A field that is empty is not known; nought is a count."""

    COUNTS = (
        "individual_patients",
        "groups",
        "sessions_held",
        "asked",
        "planned_starts",
        "started",
        "completed",
        "dropped_out",
        "eligible",
    )

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="caseload_months")
    month = models.DateField(_("Month"))  # its first day
    individual_patients = models.PositiveIntegerField(_("Patients in individual IMR"), null=True, blank=True)
    groups = models.PositiveIntegerField(_("IMR groups"), null=True, blank=True)
    sessions_held = models.PositiveIntegerField(_("Sessions held"), null=True, blank=True)
    asked = models.PositiveIntegerField(_("Patients asked whether they want IMR"), null=True, blank=True)
    planned_starts = models.PositiveIntegerField(_("Starts that were planned"), null=True, blank=True)
    started = models.PositiveIntegerField(_("Patients who started"), null=True, blank=True)
    completed = models.PositiveIntegerField(_("Patients who completed IMR"), null=True, blank=True)
    dropped_out = models.PositiveIntegerField(_("Patients who dropped out"), null=True, blank=True)
    eligible = models.PositiveIntegerField(_("Patients IMR could be for, in all"), null=True, blank=True)

    class Meta:
        verbose_name = _("Caseload of a month")
        constraints = [
            models.UniqueConstraint(fields=["service", "month"], name="one_caseload_per_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="caseload_month_is_a_first_day"),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.month:%Y-%m}"


class CapacityParameter(models.Model):
    """One of the service's own figures, in place of the default of `planning.capacity`, with where it comes from."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="capacity_parameters")
    name = models.CharField(max_length=40)  # a name of `planning.capacity.PARAMETERS`
    value = models.DecimalField(
        _("Your figure"), max_digits=7, decimal_places=2, validators=[MinValueValidator(Decimal(0))]
    )
    source = models.CharField(_("Where it comes from"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("Own figure for the hours IMR needs")
        constraints = [
            models.UniqueConstraint(fields=["service", "name"], name="one_value_per_capacity_parameter"),
            models.CheckConstraint(condition=Q(value__gte=0), name="capacity_parameter_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.name} = {self.value}"
