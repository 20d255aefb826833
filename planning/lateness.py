"""When something that was due is late: after a few days of grace, so that a date missed by a day is no matter."""

from datetime import date, timedelta

GRACE_DAYS = 3  # a weekend, and the day one comes back to it: the same for goals, actions and questions


def late_since(due_on: date | None, *, on: date) -> date | None:
    """The day on which it was due, once that and the days of grace are past; None before, and without a date."""
    if due_on is None or on <= due_on + timedelta(days=GRACE_DAYS):
        return None
    return due_on
