"""The ledger of mail as all kinds of reminders use it: who is written to, and one row for each recipient and period."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Member, Role
from planning.clock import moment
from planning.models import Message

OSLO = ZoneInfo("Europe/Oslo")
# Who hears of plans and reviews: those who are to act on them. Advisers and sponsors read when they come by.
ROLES = (Role.LEADER, Role.STAND_IN, Role.PRACTITIONER)
EVENING = time(17)
SATURDAY = 5  # as `weekday()` counts
MORNING = time(8)  # reminders wait for it, on the wall clock of Europe/Oslo


def day_in_oslo(at: datetime) -> date:
    """The day it is in Europe/Oslo at that moment."""
    return timezone.localdate(at, OSLO)


def next_working_moment(at: datetime) -> datetime:
    """That moment, if it lies between 8 and 17 on a weekday in Oslo; else eight o'clock on the next weekday."""
    local = timezone.localtime(at, OSLO)
    if local.weekday() < SATURDAY and MORNING <= local.time() < EVENING:
        return at
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return moment(day, MORNING)


def recipients(services, *, on: date):
    """The leaders, stand-ins and practitioners of the services who can sign in on that day."""
    return (
        Member.objects.with_login()
        .present(on)
        .filter(service__in=services, role__in=ROLES)
        .exclude(user__email="")
        .order_by("pk")
    )


def people_of(service_pks, *, on: date) -> dict[int, list[Member]]:
    """The recipients by service."""
    people: dict[int, list[Member]] = {}
    for member in recipients(service_pks, on=on):
        people.setdefault(member.service_id, []).append(member)
    return people


def keep(wanted: dict[tuple[int, str], Message], rows, *, at: datetime) -> int:
    """Write down what is not among the rows yet, and bring back what was given up; returns how many.

    `wanted` is by recipient and period.
    """
    known = {(row.recipient_id, row.period): row for row in rows}
    new = [message for key, message in wanted.items() if key not in known]
    Message.objects.bulk_create(new, ignore_conflicts=True)
    given_up = [
        row.pk
        for key, row in known.items()
        if key in wanted and row.state == Message.State.EXPIRED and row.trouble != Message.Reason.TOO_LATE
    ]
    back = rows.filter(pk__in=given_up, state=Message.State.EXPIRED, expires_at__gt=at)
    morning = moment(day_in_oslo(at), MORNING)
    return len(new) + back.update(state=Message.State.PLANNED, not_before=morning, trouble="")
