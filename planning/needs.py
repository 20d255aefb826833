"""The hours IMR needs today, beside the hours set aside: the one place that takes them from a service's record."""

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from accounts.models import Member, Role, Service
from planning import capacity, what_if
from planning.risks import need as facts
from planning.risks.people import active_practitioners, allocations_in_use
from planning.risks.snapshot import Snapshot
from planning.snapshots import take_snapshot


@dataclass(frozen=True)
class TodaysNeed:
    """The need in the three cases, and what it is computed for."""

    month: date  # the caseload that stands for today's
    individual: int
    groups: int
    practitioners: int
    new: int
    low: capacity.Need
    typical: capacity.Need
    high: capacity.Need


@dataclass(frozen=True)
class HoursToday:
    """Hours a week, by kind: needed (None when not known) and set aside for people who are there to use them."""

    need: TodaysNeed | None
    set_aside: dict[str, Fraction]

    @property
    def low(self) -> Fraction | None:
        """The least that is needed a week; None when not known."""
        return self.need.low.week if self.need else None

    @property
    def high(self) -> Fraction | None:
        """The most that is needed a week; None when not known."""
        return self.need.high.week if self.need else None

    @property
    def together(self) -> Fraction:
        """The hours set aside, of all kinds."""
        return sum(self.set_aside.values(), Fraction())


def hours_today(service: Service, as_of: date) -> HoursToday:
    """What a service needs and has set aside on that day."""
    return hours_of(take_snapshot(service, as_of))


def hours_of(snapshot: Snapshot) -> HoursToday:
    """What is needed and set aside, by the same facts as the rule on unprotected time."""
    set_aside: dict[str, Fraction] = {}
    for one in allocations_in_use(snapshot):
        set_aside[one.work] = set_aside.get(one.work, Fraction()) + Fraction(one.hours)
    return HoursToday(need=need_of(snapshot), set_aside=set_aside)


def need_of(snapshot: Snapshot) -> TodaysNeed | None:
    """The need on the snapshot's day; None without a caseload that is recent enough."""
    month = facts.counted_month(snapshot)
    if month is None:
        return None
    return TodaysNeed(
        month=month.month,
        individual=month.individual_patients or 0,
        groups=month.groups or 0,
        practitioners=len(active_practitioners(snapshot)),
        new=facts.new_practitioners(snapshot),
        **{scenario: facts.need_today(snapshot, scenario) for scenario in capacity.SCENARIOS},
    )


# What is planned from today on


def last_day(member: Member) -> date | None:
    """The last day on which somebody is there and delivers the practice; None for no end in sight."""
    stopped = member.stopped_on - timedelta(days=1) if member.stopped_on else None
    return min((one for one in (member.leaves_on, stopped) if one), default=None)


def planned(service: Service, need: TodaysNeed, *, on: date) -> what_if.Planned:
    """What is set aside from now on, who is there, and what the need is computed for."""
    people = service.members.of_record().filter(role=Role.PRACTITIONER).exclude(started_on__gt=on)
    allocations = service.allocations.select_related("member")
    own = {one.name: one.value for one in service.capacity_parameters.all() if one.value or one.name != "working_weeks"}
    return what_if.Planned(
        on=on,
        individual=need.individual,
        groups=need.groups,
        practitioners=tuple(what_if.Practitioner(one.pk, one.started_on, last_day(one)) for one in people),
        hours=tuple(
            what_if.Hours(
                person=one.member_id,
                hours=Fraction(one.hours_per_week),
                first_on=one.starts_on,
                last_on=min((end for end in (one.ends_on, last_day(one.member)) if end), default=None),
            )
            for one in allocations
        ),
        own=own,
    )
