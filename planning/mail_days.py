"""At most one scheduled mail a day and three a week to one person, in all services together (quality point M04).

The row that leads a mail keeps its person and its day, and the two are unique: that is the claim of the day.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta

from planning.clock import moment, monday_of, next_monday
from planning.ledger import day_in_oslo, next_working_day
from planning.models import Message

MOST_A_WEEK = 3
FIRST_OF_A_WEEK = time(10)  # by then the mail of its first working day has gone out


def has_room(used: Collection[date], today: date, *, cannot_wait: bool) -> bool:
    """Whether one more scheduled mail may go to a person today, who got one on each of the days `used`.

    The third of a week is kept for what cannot wait until the next one.
    """
    week = {day for day in used if monday_of(day) == monday_of(today)}
    return today not in week and len(week) < (MOST_A_WEEK if cannot_wait else MOST_A_WEEK - 1)


def cannot_wait(ends: Iterable[datetime], *, at: datetime) -> bool:
    """Whether something of what is due would be over before the first mail of next week; `ends`: of their periods."""
    first_mail = moment(next_working_day(next_monday(day_in_oslo(at))), FIRST_OF_A_WEEK)
    return any(end < first_mail for end in ends)


def days_used(people: Collection[int], *, at: datetime) -> dict[int, set[date]]:
    """By person the days of the running week on which a scheduled mail went out, or may have.

    A row keeps its day until it is known that nobody got the mail, and also where it is sent again by hand.
    """
    monday = monday_of(day_in_oslo(at))
    rows = Message.objects.filter(person__in=people, mail_day__gte=monday, mail_day__lt=monday + timedelta(days=7))
    used: dict[int, set[date]] = {}
    for person, day in rows.values_list("person_id", "mail_day"):
        used.setdefault(person, set()).add(day)
    return used
