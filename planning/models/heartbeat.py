"""When clock, worker and sender last said that they run: one row each."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from planning import heartbeats


class Heartbeat(models.Model):
    """The last beat of one of three hearts; what it means for them to be late is told in `planning.heartbeats`."""

    class Name(models.TextChoices):
        BEAT = heartbeats.BEAT, _("Scheduler")
        WORKER = heartbeats.WORKER, _("Worker")
        SENDER = heartbeats.SENDER, _("Sender of messages")

    name = models.CharField(max_length=10, choices=Name.choices, primary_key=True)
    at = models.DateTimeField()
    detail = models.CharField(max_length=100, blank=True)  # which machine, or that it was `run_due`
    handed_over_at = models.DateTimeField(null=True, blank=True)  # the sender's: when a message was last taken

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M:%S}"
