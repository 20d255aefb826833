"""The ledger of mail: one row per recipient, kind and period, whatever crashes."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from planning.models.document import Plan
from planning.models.review import Review


class MessageQuerySet(models.QuerySet):
    """Sets of messages that people talk about."""

    def due(self, at) -> "MessageQuerySet":
        """Planned ones whose moment has come."""
        return self.filter(state=Message.State.PLANNED, not_before__lte=at)


class Message(models.Model):
    """One mail to one person: planned, claimed before sending, then handed over, or what became of it."""

    class Kind(models.TextChoices):
        PLAN_READY = "plan_ready", _("Action plan ready")
        REVIEW_SOON = "review_soon", _("Review in 7 days")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        CLAIMED = "claimed", _("Being sent")
        HANDED_OVER = "handed_over", _("Handed over")
        FAILED = "failed", _("Failed")
        UNCERTAIN = "uncertain", _("Uncertain")
        EXPIRED = "expired", _("Expired")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    recipient = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="messages")
    period = models.CharField(max_length=60)  # what makes it this one: "plan:12", "review:7:2026-12-01"
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    review = models.ForeignKey(Review, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    not_before = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)  # counted by the claim, before sending
    claimed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)  # why it failed or waits, as the server said
    created_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "period"], name="one_message_per_person_kind_period")
        ]
        indexes = [models.Index(fields=["state", "not_before"], name="message_by_state")]

    def __str__(self) -> str:
        return f"{self.kind} {self.period} {self.state}"
