"""The reminder of a week to those who asked for it: on Fridays, and known to nobody else."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q

from accounts.models import Member, Role
from accounts.working_days import last_working_day
from planning import pauses
from planning.clock import moment, monday_of
from planning.ledger import MORNING, day_in_oslo, keep
from planning.models import Message, OptIn

FRIDAY = 4  # when those who asked for it are reminded of their week; it can be saved until Sunday


def week_period(week: date) -> str:
    """What a reminder of a week is about, by its Monday."""
    return f"week:{week}"


def week_of(message: Message) -> date:
    """The Monday of the week that a reminder is about."""
    return date.fromisoformat(message.period.rpartition(":")[2])


def with_a_week(*, on: date):
    """The practitioners who have a week to report on that day: here, not away, and still using the practice."""
    away = Q(away_from__lte=on) & (Q(away_until__isnull=True) | Q(away_until__gte=on))
    here = Member.objects.with_login().present(on).filter(role=Role.PRACTITIONER, guest=False)
    return here.exclude(away).exclude(stopped_on__lte=on).exclude(user__email="").order_by("pk")


def plan(at: datetime) -> int:
    """On Fridays, remind those who asked for it before that morning and have not saved their week yet.

    Where Friday is a holiday, on the last working day before it. On the days after it, too, for a scheduler that stood
    still then; nobody is reminded twice of one week.
    """
    today = day_in_oslo(at)
    week = monday_of(today)
    last_day = last_working_day(week + timedelta(days=FRIDAY))
    if today < last_day:
        return 0
    morning = moment(last_day, MORNING)
    asked = OptIn.objects.filter(kind=Message.Kind.WEEK_DUE, made_at__lt=morning).values("member")
    people = list(with_a_week(on=today).filter(pk__in=asked).exclude(week_check_ins__week=week))
    resting = pauses.resting({member.service_id for member in people}, on=today)
    wanted = {
        (member.pk, week_period(week)): Message(
            service_id=member.service_id,
            kind=Message.Kind.WEEK_DUE,
            recipient=member,
            period=week_period(week),
            not_before=moment(today, MORNING),
            expires_at=moment(week + timedelta(days=7), time.min),
        )
        for member in people
        if member.service_id not in resting
    }
    return keep(wanted, Message.objects.filter(kind=Message.Kind.WEEK_DUE, period=week_period(week)), at=at)


def why_moot(message: Message, *, at: datetime) -> str:
    """Why a reminder of a week is no longer true; empty when it is."""
    if message.recipient.week_check_ins.filter(week=week_of(message)).exists():
        return Message.Reason.WEEK_SAVED
    has_one = with_a_week(on=day_in_oslo(at)).filter(pk=message.recipient_id).exists()
    return "" if has_one else Message.Reason.AWAY
