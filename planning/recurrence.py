"""Dates of a review series, from its RFC 5545 rule, on the wall clock of Europe/Oslo.

The rule runs on local wall-clock time and only then becomes a moment: a rule kept in UTC would
drift by an hour at the change of clocks.
"""

from collections.abc import Iterator
from datetime import date, datetime

from dateutil.rrule import rrulestr
from django.utils import timezone


def occurrences(rule: str, starts_at: datetime) -> Iterator[datetime]:
    """The moments of a series, the first one first, without end."""
    local_start = timezone.localtime(starts_at).replace(tzinfo=None)
    for local in rrulestr(rule, dtstart=local_start):
        yield timezone.make_aware(local)


def interval_days(rule: str, starts_at: datetime, *, on: date) -> int:
    """Days between the two dates of the series around `on` (the first two when it has not begun)."""
    earlier = later = None
    for moment in occurrences(rule, starts_at):
        earlier, later = later, timezone.localdate(moment)
        if earlier is not None and later > on:
            break
    if earlier is None:
        raise ValueError(f"{rule!r} gives fewer than two dates")
    return (later - earlier).days
