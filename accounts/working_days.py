"""The days on which people in Norway work: mail leaves on them, and people are asked to answer by them."""

from datetime import date, timedelta
from functools import cache

SATURDAY = 5  # as `weekday()` counts
ONE_DAY = timedelta(days=1)


@cache
def _holidays(year: int) -> frozenset[date]:
    """The public holidays of Norway. The library takes a third of a second to load, which few processes need."""
    from holidays import country_holidays

    return frozenset(country_holidays("NO", years=year))


def is_working_day(day: date) -> bool:
    """Whether people in Norway work on that day: neither a weekend nor a public holiday."""
    return day.weekday() < SATURDAY and day not in _holidays(day.year)


def next_working_day(day: date) -> date:
    """That day if people work on it, else the next one on which they do."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def last_working_day(day: date) -> date:
    """That day if people work on it, else the last one before it on which they do."""
    while not is_working_day(day):
        day -= ONE_DAY
    return day


def working_day_after(day: date) -> date:
    """The first day after that one on which people work."""
    return next_working_day(day + ONE_DAY)
