"""What if: the hours set aside against the hours needed, week by week, as planned and with a change.

Hours end where they were set aside until a day, and where the person they are for leaves or stops. Need follows the
practitioners who are there, as their supervision and training are part of it. Today's patients and groups stay as
they are: who finishes is taken to be followed by somebody new. Patients who are added thin out evenly over a year by
the share that drops out, as a programme takes ten to twelve months; a group goes on with those who are left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from planning.capacity import NOTHING, SCENARIOS, Need, Scenario, figure, need
from planning.risks.months import months_passed
from planning.risks.need import NEW_FOR_MONTHS

WEEKS = 52
WEEK = timedelta(days=7)
FRIDAY = 4  # days after Monday; what ends on a Friday lasts the whole week


@dataclass(frozen=True)
class Hours:
    """Hours a week for one person: from a day, to the last day on which the person is there to use them."""

    person: int
    hours: Fraction
    first_on: date
    last_on: date | None = None

    def hold(self, on: date) -> bool:
        """Whether they hold on that day."""
        return self.first_on <= on and (self.last_on is None or on <= self.last_on)


@dataclass(frozen=True)
class Practitioner:
    """Somebody who delivers the practice, to the last day here."""

    number: int
    started_on: date | None = None
    last_on: date | None = None

    def there(self, on: date) -> bool:
        """Whether they are there on that day."""
        return self.last_on is None or on <= self.last_on

    def new(self, on: date) -> bool:
        """Whether their training is still to be counted."""
        return self.started_on is not None and not months_passed(self.started_on, NEW_FOR_MONTHS, on=on)


@dataclass(frozen=True)
class Planned:
    """What is so today and what is planned."""

    on: date
    individual: int
    groups: int
    practitioners: tuple[Practitioner, ...]
    hours: tuple[Hours, ...]
    own: Mapping[str, Decimal] = field(default_factory=dict)  # the service's own figures


@dataclass(frozen=True)
class Change:
    """What is asked about: from a day on, somebody leaves, hours go, patients or groups come."""

    from_on: date
    leaves: int | None = None  # the number of a person
    fewer_hours: Fraction = Fraction()
    patients: int = 0
    groups: int = 0
    drop_out: Scenario = "typical"


@dataclass(frozen=True)
class Week:
    """One week: what is set aside, and the need in the three cases, on the day on which it is tightest."""

    on: date  # its Monday; for the first one the day that is looked from
    hours: Fraction
    low: Fraction
    typical: Fraction
    high: Fraction
    short: frozenset[Scenario] = frozenset()  # the cases in which the hours are not enough on some day of it

    def fits(self, scenario: Scenario) -> bool:
        """Whether the hours are enough."""
        return scenario not in self.short


def walk(planned: Planned, change: Change | None = None, *, weeks: int = WEEKS) -> tuple[Week, ...]:
    """The running week and those after it. Hours that end on a Tuesday are missing in that week already."""
    monday = planned.on - timedelta(days=planned.on.weekday())
    turning = _turning_days(planned, change)
    walked = []
    for number in range(weeks):
        first = max(planned.on, monday + number * WEEK)
        friday = monday + number * WEEK + timedelta(days=FRIDAY)
        days = [week_on(planned, change, on) for on in (first, *(one for one in turning if first < one <= friday))]
        tightest = min(days, key=lambda one: one.hours - one.typical)
        walked.append(replace(tightest, on=first, short=frozenset().union(*(one.short for one in days))))
    return tuple(walked)


def _turning_days(planned: Planned, change: Change | None) -> list[date]:
    """The days from which on there are other hours or other people, in order."""
    after_last = [one.last_on + timedelta(days=1) for one in (*planned.hours, *planned.practitioners) if one.last_on]
    return sorted({*after_last, *(one.first_on for one in planned.hours), *([change.from_on] if change else ())})


def week_on(planned: Planned, change: Change | None, on: date) -> Week:
    """How it is on one day."""
    if change is not None and on < change.from_on:
        change = None
    gone = change.leaves if change else None
    hours = sum((one.hours for one in planned.hours if one.person != gone and one.hold(on)), Fraction())
    if change:
        hours = max(Fraction(), hours - change.fewer_hours)
    needs = {scenario: need_on(planned, change, on, scenario).week for scenario in SCENARIOS}
    short = frozenset(scenario for scenario in SCENARIOS if hours < needs[scenario])
    return Week(on=on, hours=hours, short=short, **needs)


def need_on(planned: Planned, change: Change | None, on: date, scenario: Scenario) -> Need:
    """The need on one day, after the change where there is one."""
    there = [one for one in planned.practitioners if one.there(on) and not (change and one.number == change.leaves)]
    return need(
        individual=planned.individual + (left_of_added(change, on, planned.own) if change else 0),
        groups=planned.groups + (change.groups if change else 0),
        practitioners=len(there),
        new=sum(one.new(on) for one in there),
        own=planned.own,
        scenario=scenario,
    )


def left_of_added(change: Change, on: date, own: Mapping[str, Decimal] = NOTHING) -> Fraction:
    """How many of the patients who were added are still there, on average."""
    lost = figure("drop_out", change.drop_out, own) / 100
    gone_by = min(Fraction((on - change.from_on) // WEEK, WEEKS), Fraction(1))
    return change.patients * (1 - lost * gone_by)


def first_short(weeks: Iterable[Week], scenario: Scenario) -> Week | None:
    """The first week in which the hours are not enough; None when they are in all."""
    return next((week for week in weeks if not week.fits(scenario)), None)


def turns(weeks: Iterable[Week]) -> list[Week]:
    """The weeks in which hours change, or whether they are enough; the first one always."""
    found: list[Week] = []
    before = None
    for week in weeks:
        now = (week.hours, *(week.fits(scenario) for scenario in SCENARIOS))
        if now != before:
            found.append(week)
        before = now
    return found
