"""Today, taken once at the edge (a view, a task, a command) and passed down from there."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

YEARS = range(1900, 2200)  # rules look months back and ahead; the calendar ends at 1 and 9999


def today() -> date:
    """The day it is in the product's time zone (Europe/Oslo)."""
    return timezone.localdate()


def moment(day: date, at: time) -> datetime:
    """That wall-clock time of that day in the product's time zone."""
    return timezone.make_aware(datetime.combine(day, at))


def next_monday(day: date) -> date:
    """The first Monday after `day`; a Monday gives the next one, so a whole week is always over."""
    return day + timedelta(days=7 - day.weekday())


def monday_of(day: date) -> date:
    """The Monday of the week that `day` lies in."""
    return day - timedelta(days=day.weekday())
