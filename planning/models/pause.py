"""A time in which the practice rests."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class PauseQuerySet(models.QuerySet):
    """Sets of pauses that people talk about."""

    def running(self, on) -> "PauseQuerySet":
        """Those in which a practice rests on that day: from the first day on, the day of the restart no longer."""
        return self.filter(Q(restarted_on__isnull=True) | Q(restarted_on__gt=on), paused_on__lte=on)


class Pause(models.Model):
    """The practice is paused from a day, until it starts again. While it rests, no clock runs against it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="pauses")
    paused_on = models.DateField(_("Paused from"))
    restart_planned_on = models.DateField(_("To start again on"), null=True, blank=True)  # for the reminder
    restarted_on = models.DateField(_("Started again on"), null=True, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("Pause")
        constraints = [
            models.CheckConstraint(
                condition=Q(restarted_on__isnull=True) | Q(restarted_on__gt=F("paused_on")),
                name="pause_restarts_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["service"], condition=Q(restarted_on__isnull=True), name="one_running_pause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} from {self.paused_on}"
