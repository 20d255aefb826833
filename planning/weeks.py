"""The weekly check-in: how much of the time set aside was kept, and how much IMR work fell in own time.

What others may know of a week is decided here and nowhere else (quality points F15 and F16; the ground rule that
nobody sees who has not logged):

- Before the Monday after: nothing.
- A week counts when at least three people reported. Of a week that does not count others know nothing at all, not
  even whether anybody reported: in a team of two that would name the one who did not.
- Of a week that counts they know one total: how many it rests on, the hours set aside for the whole service, the
  hours kept, the hours in own time. What was kept is the mean of the shares that those who reported kept, applied to
  the hours of the whole service. Each report weighs the same in it, whosever it is: with weights that the leader knows
  (15, 9.5 and 6 hours) one total would fit one set of answers alone, and so tell each of them.
- The share is told only where it is not nearly one person's: at least three practitioners have hours set aside, and
  none of them more than half. There a week counts when three of *them* reported. Elsewhere the total is of own time
  alone. Which of the two a service is follows from its allocations, not from who reported.
- The total is a row of its own (`HoursOfWeek`), made anew with every check-in of the running week. Once the week is
  over nobody writes it: it stays as it was released, whatever becomes of allocations, people and check-ins. Longer
  times are sums of such weeks, so that no two of them differ by less than a week of three people.

A check-in itself is read by nobody but the person who made it. It leaves no line in the trail: the line would tell
that somebody reported. That a week counts does.

Where too few report, the practitioners of a service can agree that its hours are shown all the same (`agreed_weeks`):

- Everybody agrees or nothing is shown: each one who can check in, reporting or not. Were it enough that those agree who
  reported, the hours would show just when the others had not, and so tell who did not report.
- Nobody's agreement outlasts the chance to take it back. With a report of somebody who cannot check in here any more
  nothing is shown, and weeks in which somebody still was here who has left are not either.
- One who agrees shows the weeks that are saved already, and can hide them again at any time: what agreements there are
  when somebody looks decides, and nothing of the hours is kept besides the check-ins.
- Hours kept that the total of a week tells are never told a second time by other figures. What everybody agreed to is
  for the service's own team on its own pages; rules, plans, files, mail and advisers know released totals alone.
- Whether anybody agreed is told to nobody while the hours do not show. The trail says that somebody did, from the next
  Monday on, and not who.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Sum
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.access import Permission, may, members_who_may
from accounts.models import Member, Role, Service
from planning.capacity import round_half_up
from planning.clock import moment, monday_of
from planning.models import Allocation, HoursOfWeek, HoursShown, WeekCheckIn
from planning.models.week import FEWEST_REPORTERS
from planning.risks import snapshot as frozen

WEEK = timedelta(days=7)
SHOWN_WEEKS = 16  # full weeks back in which a week that does not count is named as such: what rules look at
READ_WEEKS = 104  # full weeks back in which a week that counts is read: a pause may lie between


class NotThisWeek(ValidationError):
    """The check-in is of another week than the running one."""

    def __init__(self, *, over: bool):
        super().__init__(
            _("That week is over, and its total is made. Open the page again to check in for this week.")
            if over
            else _("That week has not begun. Open the page again to check in for this week."),
            code="closed" if over else "ahead",
        )


class NotYours(ValidationError):
    """Somebody who does not deliver the practice here has no week to report."""

    def __init__(self):
        super().__init__(_("Only practitioners of this service check in on their week."), code="role")


# One's own


def set_aside_for(member: Member, *, on: date) -> Decimal:
    """Hours a week set aside for somebody, by the allocations in force on that day."""
    return member.allocations.in_force(on).aggregate(hours=Sum("hours_per_week"))["hours"] or Decimal(0)


def own_week(member: Member, *, on: date) -> WeekCheckIn | None:
    """What somebody said of their own week that `on` lies in."""
    return member.week_check_ins.filter(week=monday_of(on)).first()


@transaction.atomic
def save(member: Member, *, week: date, kept: int | None, own_time_hours: Decimal, on: date) -> WeekCheckIn:
    """Save what somebody says of their running week, new or changed; `week` is its Monday.

    `kept` in quarters (`WeekCheckIn.Kept`); without hours set aside it is not asked and counts for nothing.
    Raises `NotThisWeek`, `NotYours`, and ValidationError for what is no answer.
    """
    if week != monday_of(on):
        raise NotThisWeek(over=week < monday_of(on))
    if member.role != Role.PRACTITIONER or member.guest:
        raise NotYours
    # Two who save at the same moment must take turns, or each would leave the other out of the total.
    service = Service.objects.select_for_update().get(pk=member.service_id)
    check_in = own_week(member, on=on) or WeekCheckIn(service=service, member=member, week=week)
    check_in.set_aside_hours = set_aside_for(member, on=on)
    check_in.kept = kept if check_in.set_aside_hours else WeekCheckIn.Kept.NONE
    check_in.own_time_hours = own_time_hours
    check_in.full_clean()
    check_in.save()
    _make_total(service, week=week, on=on)
    return check_in


# The total


def _make_total(service: Service, *, week: date, on: date) -> None:
    """Make the total of the running week anew; none is kept of a week that does not count."""
    hours = _hours_by_member(service, on=on)
    check_ins = list(service.week_check_ins.filter(week=week))
    practitioners = set(service.members.filter(role=Role.PRACTITIONER, guest=False).values_list("pk", flat=True))
    made = total_of(check_ins, {pk: of_one for pk, of_one in hours.items() if pk in practitioners}, sum(hours.values()))
    if made is None:
        service.hours_of_weeks.filter(week=week).delete()
        return
    total, new = HoursOfWeek.objects.update_or_create(service=service, week=week, defaults=made)
    if new:
        audit.record(code="week.counted", by=None, service=service, obj=total, at=released_at(week))


def _hours_by_member(service: Service, *, on: date) -> dict[int, Decimal]:
    """Hours a week set aside by the people's primary keys."""
    of_service = Allocation.objects.in_force(on).filter(service=service)
    return dict(of_service.values_list("member").annotate(hours=Sum("hours_per_week")).order_by("member"))


def released_at(week: date) -> datetime:
    """The moment from which others may know the total of the week with that Monday."""
    return moment(week + WEEK, time.min)


def tells_share(hours: Iterable[Decimal]) -> bool:
    """Whether the share kept of these people's hours is nobody's own: three have hours, and none more than half."""
    with_hours = [one for one in hours if one > 0]
    return len(with_hours) >= FEWEST_REPORTERS and 2 * max(with_hours) <= sum(with_hours)


def total_of(check_ins: list[WeekCheckIn], hours: Mapping[int, Decimal], whole: Decimal) -> dict | None:
    """The fields of a week's total, as far as others may know them; None for a week that does not count.

    `hours`: what is set aside for each practitioner; `whole`: for the service. Hours kept are rounded to tenths,
    half up, and never more than was set aside.
    """
    told = tells_share((dict(hours) | {one.member_id: one.set_aside_hours for one in check_ins}).values())
    counting = [one for one in check_ins if one.set_aside_hours > 0] if told else check_ins
    if len(counting) < FEWEST_REPORTERS:
        return None
    return {
        "reported": len(counting),
        "set_aside_hours": whole if told else Decimal(0),
        "kept_hours": kept_of(counting, whole) if told else Decimal(0),
        "own_time_hours": sum((one.own_time_hours for one in check_ins), Decimal(0)),
    }


def kept_of(counting: list[WeekCheckIn], whole: Decimal) -> Decimal:
    """Hours kept of `whole`: the mean share that these kept of theirs, in tenths of an hour, half up."""
    return _in_tenths(Fraction(whole) * sum(one.kept for one in counting) / (4 * len(counting)), whole)


def _in_tenths(hours: Fraction, whole: Decimal) -> Decimal:
    """Hours in tenths, half up, and never more than `whole`."""
    return min(whole, Decimal(round_half_up(10 * hours)) / 10)


def released(services: Iterable[Service], as_of: date) -> dict[int, tuple[frozen.Week, ...]]:
    """The weeks that others may know of on that day, by the services' primary keys, the oldest first.

    Those that count, of the last two years. And for a service that runs here each of the last sixteen that does not,
    with nought for everything: too few reported, and whether that was nobody, one or two is not told.
    """
    services = list(services)
    this_monday = monday_of(as_of)
    weeks: dict[int, dict[date, frozen.Week]] = {service.pk: {} for service in services}
    for service in services:
        if service.joined_on is not None and not service.described:
            for number in range(1, SHOWN_WEEKS + 1):
                week = this_monday - number * WEEK
                if week >= monday_of(service.joined_on):
                    weeks[service.pk][week] = frozen.Week(week, 0, Decimal(0), Decimal(0), Decimal(0))
    totals = HoursOfWeek.objects.released(as_of).filter(service__in=weeks, week__gte=this_monday - READ_WEEKS * WEEK)
    for total in totals:
        weeks[total.service_id][total.week] = frozen.Week(
            week=total.week,
            reported=total.reported,
            set_aside=total.set_aside_hours,
            kept=total.kept_hours,
            own_time=total.own_time_hours,
        )
    return {pk: tuple(of_one[week] for week in sorted(of_one)) for pk, of_one in weeks.items() if of_one}


# What everybody agreed to


@transaction.atomic
def show_hours(member: Member, *, show: bool, on: date) -> bool:
    """Somebody agrees that the hours are shown though few report, or takes that back; whether it changed anything.

    Raises `NotYours` for somebody who has no hours to show here.
    """
    if member.role != Role.PRACTITIONER or member.guest:
        raise NotYours
    if show:
        _agreement, changed = HoursShown.objects.get_or_create(member=member, defaults={"since": on})
    else:
        removed, _by_model = HoursShown.objects.filter(member=member).delete()
        changed = bool(removed)
    if changed:
        code = "hours_shown.on" if show else "hours_shown.off"
        audit.record(code=code, by=None, service=member.service, at=released_at(monday_of(on)))
    return changed


def shows_hours(member: Member) -> bool:
    """Whether somebody agreed; for that person alone to know."""
    return HoursShown.objects.filter(member=member).exists()


def may_know_agreed(reader: Member) -> bool:
    """Whether somebody is of the team that such hours are shown to."""
    return may(reader, Permission.SEE_AGREED_HOURS)


def agreed_weeks(reader: Member, *, last: int, on: date) -> tuple[frozen.Week, ...]:
    """Of the last so many full weeks those that do not count and that `reader` may know all the same, oldest first.

    `reported` and the hours in own time are not told: nought.
    """
    if not may_know_agreed(reader):
        return ()
    service, this_monday = reader.service, monday_of(on)
    able = set(
        members_who_may(service, Permission.CHECK_IN_WEEK, on=on).filter(guest=False).values_list("pk", flat=True)
    )
    agreeing = set(HoursShown.objects.filter(member__service=service).values_list("member", flat=True))
    left = service.members.filter(role=Role.PRACTITIONER, leaves_on__lt=on).aggregate(on=Max("leaves_on"))["on"]
    first = this_monday - last * WEEK
    if left is not None:
        first = max(first, monday_of(left) + WEEK)
    counted = service.hours_of_weeks.released(on).filter(set_aside_hours__gt=0).values_list("week", flat=True)
    allocations = list(service.allocations.filter(starts_on__lt=this_monday))

    def whole(week: date) -> Decimal:
        sunday = week + WEEK - date.resolution
        in_force = (
            one for one in allocations if one.starts_on <= sunday and (one.ends_on is None or one.ends_on >= sunday)
        )
        return sum((one.hours_per_week for one in in_force), Decimal(0))

    return told_by_agreement(
        list(service.week_check_ins.filter(week__gte=first, week__lt=this_monday)),
        able=able,
        agreeing=agreeing,
        counted=set(counted),
        whole=whole,
    )


def told_by_agreement(
    check_ins: list[WeekCheckIn],
    *,
    able: set[int],
    agreeing: set[int],
    counted: set[date],
    whole: Callable[[date], Decimal],
) -> tuple[frozen.Week, ...]:
    """What these check-ins come to week by week, if everybody agreed to show it; nothing otherwise.

    `able`: who can check in; `counted`: weeks whose hours kept everybody knows already; `whole`: hours set aside for
    the service in a week.
    """
    if not everybody_agrees(able, {one.member_id for one in check_ins}, agreeing):
        return ()
    weeks = []
    for week in sorted({one.week for one in check_ins} - counted):
        if told := agreed_of([one for one in check_ins if one.week == week], whole(week)):
            weeks.append(frozen.Week(week, 0, *told, Decimal(0)))
    return tuple(weeks)


def everybody_agrees(able: set[int], reporting: set[int], agreeing: set[int]) -> bool:
    """Whether the hours of these people may be shown: of all who can check in, and nobody else reported."""
    return bool(able) and able <= agreeing and reporting <= able


def agreed_of(check_ins: list[WeekCheckIn], whole: Decimal) -> tuple[Decimal, Decimal] | None:
    """Hours set aside for the service and kept in a week that everybody agreed to show; None without hours.

    Here each report weighs as many hours as it is about: whoever agreed let that be worked out, and the figure is exact
    where everybody answered.
    """
    reported = sum(one.set_aside_hours for one in check_ins)
    if not reported or not whole:
        return None
    kept = Fraction(sum(one.kept * one.set_aside_hours for one in check_ins)) / 4
    return whole, _in_tenths(Fraction(whole) * kept / Fraction(reported), whole)
