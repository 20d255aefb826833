"""Calendar months: what "6 months" and "month 7 after the start" mean here."""

import calendar
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (earlier when negative).

    The last day of the month stands in where that month is too short: a month after 31 January is
    28 or 29 February.
    """
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month0 + 1, min(day.day, calendar.monthrange(year, month0 + 1)[1]))


def months_passed(day: date, months: int, *, on: date) -> bool:
    """Whether that many whole months have gone by since `day`; on the very day they have."""
    return add_months(day, months) <= on


def older_than(day: date, months: int, *, on: date) -> bool:
    """Whether `day` lies more than that many months back; on the very day it does not."""
    return add_months(day, months) < on
