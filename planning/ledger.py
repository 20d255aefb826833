"""The ledger of mail as all kinds of reminders use it: who is written to, and one row for each recipient and period."""

from datetime import date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from accounts.models import Member, Role
from accounts.working_days import is_working_day, next_working_day, working_day_after
from planning.clock import moment
from planning.models import Message

OSLO = ZoneInfo("Europe/Oslo")
# Who hears of plans and reviews: those who are to act on them. Advisers and sponsors read when they come by.
ROLES = (Role.LEADER, Role.STAND_IN, Role.PRACTITIONER)
EVENING = time(17)
DAWN = time(7, 30)  # with the evening the bounds of the quiet hours (quality point M03)
MORNING = time(8)  # reminders wait for it, on the wall clock of Europe/Oslo
SPREAD = 120  # minutes from eight on, over which the people get what the clock planned
IN_TIME = timedelta(hours=1)  # a reminder comes that long before its matter is over, or does not wait for its minute
SETTLING = timedelta(minutes=10)  # what is changed again within it is told of once (quality point M04)


def day_in_oslo(at: datetime) -> date:
    """The day it is in Europe/Oslo at that moment."""
    return timezone.localdate(at, OSLO)


def may_leave(at: datetime) -> bool:
    """Whether mail may leave at that moment: between 7:30 and 17 on a working day, on the wall clock of Oslo."""
    local = timezone.localtime(at, OSLO)
    return not settings.QUIET_HOURS or (DAWN <= local.time() < EVENING and is_working_day(local.date()))


def next_working_moment(at: datetime) -> datetime:
    """That moment, if it lies between 8 and 17 on a working day in Oslo; else eight o'clock on the next one."""
    local = timezone.localtime(at, OSLO)
    if not settings.QUIET_HOURS or (is_working_day(local.date()) and MORNING <= local.time() < EVENING):
        return at
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return moment(next_working_day(day), MORNING)


def when_settled(at: datetime) -> datetime:
    """When to tell of something done at that moment: ten minutes later, as it may be done again; not in quiet hours."""
    return next_working_moment(at + SETTLING) if settings.QUIET_HOURS else at


def working_days_later(at: datetime, days: int) -> datetime:
    """The same time of the day in Oslo, that many working days later."""
    local = timezone.localtime(at, OSLO)
    day = local.date()
    for _number in range(days):
        day = working_day_after(day)
    return moment(day, local.time())


def ago_on_working_days(span: timedelta, *, at: datetime) -> datetime:
    """The moment since which that much time has passed, weekends and holidays left out, as no mail leaves on them."""
    if not settings.QUIET_HOURS:
        return at - span
    day = day_in_oslo(at)
    while True:
        midnight = moment(day, time.min)
        if is_working_day(day):
            if at - span >= midnight:
                return at - span
            span -= at - midnight
        at, day = midnight, day - timedelta(days=1)


def minute_of(person: int | None, *, on: date) -> datetime:
    """From when on the clock's mail goes to a person on a working day: a minute between 8 and 10, the same each day.

    Without quiet hours at any time of the day.
    """
    if not settings.QUIET_HOURS:
        return moment(on, time.min)
    minutes = crc32(b"%d" % person) % SPREAD if person else 0
    return moment(on, MORNING) + timedelta(minutes=minutes)


def mail_moment(person: int | None, *, at: datetime, expires_at: datetime) -> datetime:
    """When a reminder planned at `at` goes to a person: at that person's minute of the morning.

    What is planned later than that waits for the next working day, whether or not something went to the person on
    this one: so nobody can tell from the outbox that a person got a mail which is theirs alone to know of. What would
    be over within an hour of it goes at the next moment at which mail may leave, which can be too late as well.
    """
    today = day_in_oslo(at)
    if not settings.QUIET_HOURS:
        return moment(today, MORNING)
    found = minute_of(person, on=next_working_day(today))
    if found < at:
        found = minute_of(person, on=working_day_after(today))
    return found if found + IN_TIME < expires_at else next_working_moment(at)


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
    """Write down what is not among the rows yet, and bring back what was given up; returns how many are to go.

    `wanted` is by recipient and period. What cannot leave before it is over is written down as too late at once, so
    that it can be seen.
    """
    known = {(row.recipient_id, row.period): row for row in rows}
    new = [message for key, message in wanted.items() if key not in known]
    for message in new:
        message.not_before = _moment_for(message, at=at)
        if message.not_before >= message.expires_at:
            message.state, message.trouble = Message.State.EXPIRED, Message.Reason.TOO_LATE
    Message.objects.bulk_create(new, ignore_conflicts=True)
    given_up = [
        row
        for key, row in known.items()
        if key in wanted and row.state == Message.State.EXPIRED and row.trouble != Message.Reason.TOO_LATE
    ]
    back = 0
    for row in given_up:
        not_before = _moment_for(wanted[row.recipient_id, row.period], at=at)
        same = rows.filter(pk=row.pk, state=Message.State.EXPIRED, expires_at__gt=max(at, not_before))
        back += same.update(state=Message.State.PLANNED, not_before=not_before, trouble="", by_hand=False)
    return sum(message.state == Message.State.PLANNED for message in new) + back


def _moment_for(message: Message, *, at: datetime) -> datetime:
    """When a row goes: by the clock's hours of its person, or, where it answers somebody's act, as it says itself."""
    if message.kind not in Message.SCHEDULED:
        return message.not_before
    return mail_moment(message.recipient.user_id, at=max(at, message.not_before), expires_at=message.expires_at)
