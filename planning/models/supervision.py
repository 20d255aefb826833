"""Supervision in the practice, meeting by meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class Supervision(models.Model):
    """One meeting of supervision that took place. Who was there is not asked: no rule needs it."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="supervisions")
    held_on = models.DateField(_("Supervision took place on"))

    class Meta:
        verbose_name = _("Supervision")
        constraints = [models.UniqueConstraint(fields=["service", "held_on"], name="one_supervision_a_day")]

    def __str__(self) -> str:
        return f"{self.service.key} {self.held_on}"
