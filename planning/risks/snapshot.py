"""One service's record as of a date, frozen: all that the rules ever see.

No names and no free text: what is not here cannot leak. `number` only tells records apart and lets a
page link to the record behind a piece of evidence; it appears in no sentence, value or document.
``None`` means *absent*: the record does not say. An empty tuple means that the record holds none of
these; whether that means "none" or "nobody wrote it down" is for each rule to decide (see `absence`).

Dates are days in the service's time zone. Hours are hours per week unless a name says otherwise.
Facts dated after `as_of` are left out by whoever builds a snapshot.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Role = Literal["leader", "stand_in", "practitioner"]
Effect = Literal["hinders", "helps"]
Source = Literal["review", "focus_group", "site_visit", "supervision", "other"]
Work = Literal["session", "preparation", "supervision", "monitoring", "travel"]
HowChosen = Literal["jointly", "volunteered", "in_passing", "appointed"]


@dataclass(frozen=True)
class Person:
    """Somebody of the service: leader, stand-in or practitioner, with or without a login."""

    number: int
    role: Role
    started_on: date | None = None  # delivering IMR, or in post
    trained_on: date | None = None
    how_chosen: HowChosen | None = None
    leaves_on: date | None = None
    has_successor: bool = False
    stopped_on: date | None = None  # delivers IMR no longer, though still in the service
    away_from: date | None = None
    away_until: date | None = None

    def present(self, on: date) -> bool:
        """In the service on that day: not yet left. Coming and going within the day counts as present."""
        return self.leaves_on is None or self.leaves_on >= on

    def away(self, on: date) -> bool:
        """Away on that day (leave, illness), by what is recorded."""
        return (
            self.away_from is not None and self.away_from <= on and (self.away_until is None or on <= self.away_until)
        )


@dataclass(frozen=True)
class Vision:
    """The published vision in force."""

    published_on: date
    horizon_on: date
    looked_at_on: date  # published, or confirmed as still right, most lately


@dataclass(frozen=True)
class Goal:
    """A goal that is active on the day: neither reached nor dropped."""

    number: int
    stated_on: date
    has_measure: bool
    owner_role: Role | None
    due_on: date | None


@dataclass(frozen=True)
class Action:
    """Who does what by when; the owner by role only."""

    number: int
    opened_on: date
    owner_role: Role | None
    due_on: date | None
    closed_on: date | None = None  # done or dropped


@dataclass(frozen=True)
class Allocation:
    """Hours a week set aside for one person and one kind of IMR work, in force on the day."""

    person: int
    work: Work
    hours: Decimal
    starts_on: date


@dataclass(frozen=True)
class Conflict:
    """A priority conflict that others may know of: released, dated by its release."""

    number: int
    released_on: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Review:
    """A review that was held."""

    number: int
    held_on: date
    barrier_examined: bool


@dataclass(frozen=True)
class FidelityRating:
    """A total on the IMR Fidelity Scale (1-5), unrounded."""

    rated_on: date
    total: Decimal


@dataclass(frozen=True)
class Observation:
    """What somebody saw that hinders or helps, attached to one entry of the catalogue.

    `of_group`: reported of a group that the service belongs to ("most services"), not of itself.
    `passage`: where the study says it, by section; empty when it does not come from the study.
    """

    number: int
    entry: str
    effect: Effect
    on: date
    source: Source
    of_group: bool = False
    passage: str = ""


@dataclass(frozen=True)
class Snapshot:
    """Everything the rules may know of one service on `as_of`."""

    as_of: date
    described: bool = False  # never run in the product: the first 60 days never end
    joined_on: date | None = None  # the day it began with the product
    started_on: date | None = None  # the day the practice began
    logging_since: date | None = None  # conflicts can be logged since then
    people: tuple[Person, ...] = ()
    vision: Vision | None = None
    goals: tuple[Goal, ...] = ()
    last_goal_ended_on: date | None = None  # a goal was reached or dropped, most lately
    actions: tuple[Action, ...] = ()
    leader_moved_on: tuple[date, ...] = ()  # days on which a leader changed or closed an action
    allocations: tuple[Allocation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    review_interval_days: int | None = None  # None: no schedule
    reviews: tuple[Review, ...] = ()  # held ones
    review_due_on: tuple[date, ...] = ()  # planned dates up to as_of, held or not
    fidelity: tuple[FidelityRating, ...] = ()
    observations: tuple[Observation, ...] = field(default=())
