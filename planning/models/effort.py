"""What the product itself costs: how long its forms lie open, as counts of a day. Nobody's name, nobody's text."""

from django.db import models
from django.db.models import Q

from accounts.models import Service


class EffortOfDay(models.Model):
    """How often one form was saved on a day in one service, and how long it took from opening to saving.

    `seconds` counts savings by the bucket of seconds they took: {"30": 4} says four took at most 30 s, and more than
    the bucket before. `service` is kept for leaders' forms only: with practitioners' forms a count would tell who has
    logged, so those are counted for all services together.
    """

    day = models.DateField()
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True, blank=True, related_name="effort")
    form = models.CharField(max_length=60)  # the name of its address
    saved = models.PositiveIntegerField(default=0)
    fields = models.PositiveSmallIntegerField(default=0)  # that the form shows
    seconds = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["day", "service", "form"], name="one_effort_per_day_service_and_form"),
            models.UniqueConstraint(
                fields=["day", "form"], condition=Q(service__isnull=True), name="one_effort_per_day_and_form_for_all"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.form}: {self.saved}"
