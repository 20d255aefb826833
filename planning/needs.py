"""The hours IMR needs today, beside the hours set aside: the one place that takes them from a service's record."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounts.models import Service
from planning import capacity
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
