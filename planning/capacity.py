"""How many hours IMR takes: facts and starting values with their sources, and the formulas over them.

Everything is a figure that a service can replace with its own. Where a source gives a spread there are three
figures, low, typical and high; show a range, never one number. Hours are exact fractions until they are shown.

Sources by code (`Parameter.source`); the words belong to the pages:
`study` Egeland and others 2019 and the project around it; `dutch` Roosenschoon and others' trials of IMR;
`modules` the IMR module tables; `review` a review of drop-out and the Dutch pilot; `protocol` the General
Organizational Index protocol of 2004; `project` Egeland and others 2017; `ours` a starting value of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

Scenario = Literal["low", "typical", "high"]
SCENARIOS: tuple[Scenario, ...] = ("low", "typical", "high")
Source = Literal["study", "dutch", "modules", "review", "protocol", "project", "ours"]
Unit = Literal["minutes", "hours", "sessions", "people", "days", "weeks", "visits", "trips", "percent", "times"]


@dataclass(frozen=True)
class Parameter:
    """One figure of the model: its default in the three cases, its unit, where it comes from."""

    name: str
    unit: Unit
    low: Decimal
    typical: Decimal
    high: Decimal
    source: Source

    def default(self, scenario: Scenario) -> Decimal:
        """The figure that is used where a service has none of its own."""
        return getattr(self, scenario)


def _same(name: str, unit: Unit, value: str, source: Source) -> Parameter:
    return Parameter(name, unit, Decimal(value), Decimal(value), Decimal(value), source)


def _spread(name: str, unit: Unit, low: str, typical: str, high: str, source: Source) -> Parameter:
    return Parameter(name, unit, Decimal(low), Decimal(typical), Decimal(high), source)


PARAMETERS: dict[str, Parameter] = {
    one.name: one
    for one in (
        _same("session_individual", "minutes", "45", "study"),
        _same("session_group", "minutes", "90", "dutch"),
        _same("group_leaders", "people", "2", "dutch"),
        _same("group_size", "people", "6", "ours"),
        _spread("sessions", "sessions", "33", "40", "44", "modules"),
        _spread("preparation_individual", "minutes", "15", "30", "45", "ours"),  # preparation and notes together
        _same("preparation_group", "minutes", "30", "ours"),  # each leader
        _same("notes_group", "minutes", "30", "ours"),
        _spread("supervision", "minutes", "30", "60", "60", "ours"),  # a week, each practitioner
        _same("boosters", "hours", "8", "dutch"),  # two of four hours a year, each practitioner
        _same("training_days", "days", "4", "study"),  # each new practitioner
        _same("training_day", "hours", "7.5", "ours"),
        _same("monitoring", "hours", "1", "ours"),  # a year, each patient
        _same("visits", "visits", "0", "ours"),  # fidelity visits in the year
        _same("visit", "hours", "12", "ours"),
        _same("trips", "trips", "0", "ours"),  # in the year
        _same("trip", "minutes", "0", "ours"),
        _same("working_weeks", "weeks", "44", "ours"),
        _spread("drop_out", "percent", "18", "24", "51", "review"),
        _same("asked_for_each_start", "times", "2.3", "dutch"),
        _same("eligible_share", "percent", "80", "protocol"),
        _same("first_year_patients", "people", "1.4", "project"),  # each trained practitioner
    )
}

NOTHING: Mapping[str, Decimal] = {}


def figure(name: str, scenario: Scenario = "typical", own: Mapping[str, Decimal] = NOTHING) -> Fraction:
    """One figure: the service's own if it has one, in all three cases alike; else the default. KeyError if unknown."""
    return Fraction(own[name] if name in own else PARAMETERS[name].default(scenario))


@dataclass(frozen=True)
class Need:
    """Hours a year by what they go to, and how many weeks a year has for them."""

    session: Fraction
    preparation: Fraction  # and notes
    supervision: Fraction
    training: Fraction  # boosters, and the training of new practitioners in their first year
    monitoring: Fraction
    visits: Fraction
    travel: Fraction
    weeks: Fraction

    @property
    def year(self) -> Fraction:
        """Hours a year, all together."""
        return sum((getattr(self, part) for part in PARTS), Fraction())

    @property
    def week(self) -> Fraction:
        """Hours a working week, all together."""
        return self.year / self.weeks

    def weekly(self, part: str) -> Fraction:
        """Hours a working week of one of `PARTS`."""
        return getattr(self, part) / self.weeks


PARTS = tuple(one.name for one in fields(Need) if one.name != "weeks")


def need(
    *,
    individual: int | Fraction,
    groups: int,
    practitioners: int,
    new: int = 0,
    own: Mapping[str, Decimal] = NOTHING,
    scenario: Scenario = "typical",
) -> Need:
    """The hours a year that so many individual patients, groups and practitioners (`new` of them new) take.

    `own`: the service's own figures by name. Raises ValueError when they leave no working week in the year.
    """

    def of(name: str) -> Fraction:
        return figure(name, scenario, own)

    if not of("working_weeks"):
        raise ValueError("working_weeks: a year needs at least one")
    sessions = of("sessions")
    return Need(
        session=(individual * sessions * of("session_individual")) / 60
        + groups * sessions * of("group_leaders") * of("session_group") / 60,
        preparation=individual * sessions * of("preparation_individual") / 60
        + groups * sessions * (of("group_leaders") * of("preparation_group") + of("notes_group")) / 60,
        supervision=practitioners * of("working_weeks") * of("supervision") / 60,
        training=practitioners * of("boosters") + new * of("training_days") * of("training_day"),
        monitoring=(individual + groups * of("group_size")) * of("monitoring"),
        visits=of("visits") * of("visit"),
        travel=of("trips") * of("trip") / 60,
        weeks=of("working_weeks"),
    )


def _delivery(individual: int, groups: int, own: Mapping[str, Decimal]) -> Fraction:
    hours = need(individual=individual, groups=groups, practitioners=0, own=own)
    return hours.session + hours.preparation


def group_pays_off_from(own: Mapping[str, Decimal] = NOTHING) -> int | None:
    """From how many regular attenders a group takes fewer hours than seeing each alone; None if that takes none."""
    alone = _delivery(1, 0, own)
    return ceil(_delivery(0, 1, own) / alone) if alone else None


def left_after_drop_out(starters: int, scenario: Scenario = "typical", own: Mapping[str, Decimal] = NOTHING) -> int:
    """How many of those who start are still there at the end, whole people."""
    return round_half_up(starters * (100 - figure("drop_out", scenario, own)) / 100)


def to_be_asked(starts: int, own: Mapping[str, Decimal] = NOTHING) -> int:
    """How many patients to ask for so many to start."""
    return ceil(starts * figure("asked_for_each_start", own=own))


def round_half_up(value: Fraction) -> int:
    """The nearest whole number; a half goes up."""
    return floor(value + Fraction(1, 2))
