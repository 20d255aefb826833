"""The address of a person's own calendar."""

from django.db import models
from django.utils import timezone

from accounts.models import User


class CalendarFeed(models.Model):
    """A secret address under which calendar programs read what is a person's own. Only its hash is kept.

    One for each person: another one ends the one before it.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar_feed")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"calendar of {self.user_id}"
