"""The reminder that a fidelity visit is due and none is planned: six and twelve months after the start, then each year.

Source: the study's visits at 6 and 12 months, then yearly (`planning.risks.fidelity` flags what was not made). The
months do not go by while the practice rests. A rating from the three months before counts as the visit.
"""

from collections import defaultdict
from datetime import date, datetime, time, timedelta

from accounts.models import LEADING_ROLES, Service
from assessments.models import FidelityRating, Visit
from planning import pauses
from planning.clock import moment
from planning.ledger import MORNING, day_in_oslo, keep, people_of
from planning.models import Message, OptOut
from planning.risks import absence
from planning.risks.months import add_months
from planning.risks.snapshot import Snapshot

FIRST_MONTHS = (6, 12)  # after the start
THEN_EVERY = 12  # months
NEWS_LASTS = timedelta(days=30)  # for which the reminder is caught up
EARLY_BY = timedelta(days=90)  # a rating so long before its day was that visit


def months_until(months: int) -> list[int]:
    """After how many months visits are due, up to the first that is later than so many."""
    later = max(FIRST_MONTHS)
    found = list(FIRST_MONTHS)
    while found[-1] <= months:
        later += THEN_EVERY
        found.append(later)
    return found


def due_days(started_on: date, *, clock: Snapshot, until: date) -> list[date]:
    """The days up to `until` on which visits were or are due, as far as the rests so far are known."""
    whole_months = (until.year - started_on.year) * 12 + until.month - started_on.month
    days = []
    for months in months_until(max(whole_months, 0)):
        day = absence.reached(clock, started_on, (add_months(started_on, months) - started_on).days)
        if day <= until:
            days.append(day)
    return days


def period(day: date) -> str:
    """What a reminder is about: the day on which the visit is due."""
    return f"visit:{day}"


def due_day(message: Message) -> date:
    """The day on which the visit that a reminder is about is due."""
    return date.fromisoformat(message.period.rpartition(":")[2])


def due(services, *, on: date) -> dict[int, date]:
    """By service the day on which a visit was due lately, where none is planned and none was rated."""
    running = services.filter(started_on__lte=on, described=False).exclude(
        pk__in=Visit.objects.ahead().filter(planned_on__gte=on).values("service")
    )
    started = {service.pk: service for service in running}
    clocks = pauses.clocks(started, on=on)
    rated = defaultdict(list)
    for service, day in FidelityRating.objects.filter(service__in=started).values_list("service_id", "rated_on"):
        rated[service].append(day)
    found = {}
    for pk, service in started.items():
        if absence.resting(clocks[pk]):
            continue
        days = due_days(service.started_on, clock=clocks[pk], until=on)
        last = days[-1] if days else None
        lately = last is not None and last > on - NEWS_LASTS and last >= (service.joined_on or last)
        if lately and not any(day > last - EARLY_BY for day in rated[pk]):
            found[pk] = last
    return found


def plan(at: datetime) -> int:
    """Remind those who lead, once for each visit that is due."""
    today = day_in_oslo(at)
    found = due(Service.objects.all(), on=today)
    if not found:
        return 0
    stopped = set(OptOut.objects.filter(kind=Message.Kind.VISIT_DUE).values_list("member_id", flat=True))
    people = people_of(found, on=today)
    wanted = {
        (member.pk, period(day)): Message(
            service_id=service,
            kind=Message.Kind.VISIT_DUE,
            recipient=member,
            period=period(day),
            not_before=moment(today, MORNING),
            expires_at=moment(day + NEWS_LASTS, time.min),
        )
        for service, day in found.items()
        for member in people.get(service, ())
        if member.role in LEADING_ROLES and member.pk not in stopped
    }
    return keep(wanted, Message.objects.filter(kind=Message.Kind.VISIT_DUE, service__in=found), at=at)


def why_moot(message: Message, *, at: datetime) -> str:
    """Why a reminder of a visit is no longer true: one was planned or rated, or the person no longer leads."""
    found = due(Service.objects.filter(pk=message.service_id), on=day_in_oslo(at))
    if message.recipient.role not in LEADING_ROLES or found.get(message.service_id) != due_day(message):
        return Message.Reason.VISIT_PLANNED
    return ""
