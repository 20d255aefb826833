"""Forms that were sent and done: how long they are remembered."""

from datetime import datetime, timedelta

from accounts.models import Submission

REMEMBERED_DAYS = 30  # nobody sends a form again that has lain open for longer


def forget_submissions(at: datetime) -> int:
    """Forget submissions of more than `REMEMBERED_DAYS` ago; returns how many."""
    forgotten, _by_model = Submission.objects.filter(at__lt=at - timedelta(days=REMEMBERED_DAYS)).delete()
    return forgotten
