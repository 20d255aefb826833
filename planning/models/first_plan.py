"""The steps to a first plan, when a leader does not want to see them any more."""

from django.db import models

from accounts.models import Member, Service


class FirstPlanPutAway(models.Model):
    """A leader has put the steps to a first plan away. What is done of them is never stored: the record says it."""

    service = models.OneToOneField(Service, on_delete=models.CASCADE, related_name="first_plan_put_away")
    on = models.DateField()
    by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.service_id} on {self.on}"
