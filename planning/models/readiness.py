"""What should be checked before a practice starts, and counts until it is done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Service


class ReadinessCheck(models.Model):
    """Whether one of the three things was checked, as of a day; the latest counts."""

    class Item(models.TextChoices):
        ELIGIBLE = "eligible", _("Which patients IMR could be for, and how many")
        CAPACITY = "capacity", _("Whether they can be seen weekly for a year")
        BRIEFING = "briefing", _("The practitioners were briefed on what IMR asks of them")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="readiness_checks")
    item = models.CharField(_("What"), max_length=10, choices=Item.choices)
    done = models.BooleanField(_("Was it done?"))
    on = models.DateField(_("As of"))

    class Meta:
        verbose_name = _("Preparation")
        constraints = [
            models.UniqueConstraint(fields=["service", "item", "on"], name="one_readiness_check_per_item_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.item}: {self.done}"
