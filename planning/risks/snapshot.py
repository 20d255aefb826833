"""One service's record as of a date, frozen: all that the rules ever see.

No names and no free text: what is not here cannot leak. `number` only tells records apart and lets a
page link to the record behind a piece of evidence; it appears in no sentence, value or document.
``None`` means *absent*: the record does not say. An empty tuple means that the record holds none of
these; whether that means "none" or "nobody wrote it down" is for each rule to decide (see `absence`).

Dates are days in the service's time zone. Hours are hours per week unless a name says otherwise.
Facts dated after `as_of` are left out by whoever builds a snapshot.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Role = Literal["leader", "stand_in", "practitioner", "supervisor"]
Effect = Literal["hinders", "helps"]
Source = Literal["review", "focus_group", "site_visit", "supervision", "other"]
Work = Literal["session", "preparation", "supervision", "monitoring", "travel"]
HowChosen = Literal["jointly", "volunteered", "in_passing", "appointed"]
DecisionKind = Literal["continue", "expand", "adapt", "stop"]
DecidedBy = Literal["leader", "together", "next_level", "practitioners"]
Basis = Literal["outcomes", "impressions", "resources"]
FundingKind = Literal["money", "posts", "start_up"]
ReadinessItem = Literal["eligible", "capacity", "briefing"]
ListName = Literal[
    "vision",
    "expectations",
    "acknowledgements",
    "goals",
    "allocations",
    "reviews",
    "decisions",
    "expansions",
    "adaptations",
    "support",
    "confirmations",
    "funding",
    "supervision",
    "staff_changes",
    "outcomes",
    "fidelity",
    "recommendations",
]


@dataclass(frozen=True)
class Person:
    """Somebody of the service, with or without a login; a `supervisor` is somebody from outside who supervises."""

    number: int
    role: Role
    started_on: date | None = None  # delivering IMR, or in post
    trained_on: date | None = None
    how_chosen: HowChosen | None = None
    leaves_on: date | None = None
    successor: int | None = None  # the number of who is named to take over
    handed_over_on: date | None = None  # what was open, decided and promised was handed over to this person
    supervises: bool = False
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
    """A priority conflict as part of its week's total: dated by the Monday of the release, named or not."""

    number: int
    released_on: date
    answered_on: date | None = None


@dataclass(frozen=True)
class Review:
    """A review that was held."""

    number: int
    held_on: date
    barrier_examined: bool
    looked_at_outcomes: bool = False


@dataclass(frozen=True)
class FidelityRating:
    """A total on the IMR Fidelity Scale (1-5), unrounded."""

    rated_on: date
    total: Decimal


@dataclass(frozen=True)
class Expectation:
    """The written statement of what is expected that is in force, and who has taken note of it."""

    published_on: date
    acknowledged: tuple[tuple[int, date], ...] = ()  # (number of the person, day)


@dataclass(frozen=True)
class Week:
    """One week's released total of the check-ins: of the service, of nobody in particular.

    `reported`: how many people; with fewer than three the week does not count (quality point F16), and how many
    they were is not told: it is nought.
    """

    week: date  # its Monday
    reported: int
    set_aside: Decimal  # hours
    kept: Decimal  # hours, at most `set_aside`
    own_time: Decimal  # hours


@dataclass(frozen=True)
class Decision:
    """What was decided on the practice. The last three are of an expansion only."""

    number: int
    kind: DecisionKind
    decided_on: date
    decided_by: DecidedBy | None = None
    basis: Basis | None = None
    patients: int | None = None  # how many patients' outcomes were behind it
    look_again_on: date | None = None
    goals_behind: bool | None = None
    hours_behind: bool | None = None
    training_behind: bool | None = None


@dataclass(frozen=True)
class Adaptation:
    """A change to the programme that is in use on the day."""

    number: int
    in_use_from: date
    has_reason: bool = False
    has_evidence: bool = False
    decided_on: date | None = None
    look_again_on: date | None = None


@dataclass(frozen=True)
class Support:
    """Support that was asked for outside the service; `agreed_on` when it was agreed."""

    number: int
    asked_on: date
    agreed_on: date | None = None


@dataclass(frozen=True)
class Confirmation:
    """The next level up was asked (in a memo or a talk) whether the practice is a priority."""

    number: int
    asked_on: date
    answered_on: date | None = None
    confirmed: bool | None = None  # None while unanswered


@dataclass(frozen=True)
class Funding:
    """Money or posts decided; `until` None: until further notice."""

    number: int
    kind: FundingKind
    decided_on: date
    until: date | None = None


@dataclass(frozen=True)
class ReadinessCheck:
    """Whether one of the three preparations was done, by the latest that was said of it."""

    item: ReadinessItem
    done: bool
    on: date


@dataclass(frozen=True)
class CaseloadMonth:
    """Counts of one month that has ended or is running; None: not known, 0: none."""

    month: date  # its first day
    individual_patients: int | None = None
    groups: int | None = None
    sessions_held: int | None = None
    asked: int | None = None
    planned_starts: int | None = None
    started: int | None = None
    completed: int | None = None
    dropped_out: int | None = None
    eligible: int | None = None


@dataclass(frozen=True)
class Pause:
    """A time in which the practice rested; `restarted_on` None: it still does."""

    paused_on: date
    restarted_on: date | None = None


@dataclass(frozen=True)
class LeadershipRating:
    """Means of staff on the Implementation Leadership Scale (0-4), unrounded, and how many answered.

    `minimum`: the smallest number of answers agreed beforehand; with fewer the means are not to be used.
    `bounded`: the sub-scales whose figure is only a limit, each with "most" (it or more) or "least" (it or less).
    """

    rated_on: date
    answers: int
    minimum: int
    proactive: Decimal
    knowledgeable: Decimal
    supportive: Decimal
    perseverant: Decimal
    bounded: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class OwnLeadershipRating:
    """A leader's own rating on the same scale. In a snapshot only if shared, or taken for that leader alone."""

    rated_on: date
    proactive: Decimal
    knowledgeable: Decimal
    supportive: Decimal
    perseverant: Decimal


@dataclass(frozen=True)
class OrganisationRating:
    """A mean on the General Organizational Index (1-5), unrounded."""

    rated_on: date
    mean: Decimal


@dataclass(frozen=True)
class OutcomeRound:
    """Patient outcomes measured once; `fed_back_on`: the day they were shown to the practitioners."""

    measured_on: date
    patients: int
    fed_back_on: date | None = None


@dataclass(frozen=True)
class Recommendation:
    """A recommendation of the visit on `given_on`; `taken_up`: an action comes from it."""

    number: int
    given_on: date
    taken_up: bool


@dataclass(frozen=True)
class ConfirmedEmpty:
    """Somebody said on that day that there is nothing to record in the list."""

    list: ListName
    on: date


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
    project_ends_on: date | None = None  # of the project that brought it; may lie ahead
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
    observations: tuple[Observation, ...] = ()
    expectation: Expectation | None = None  # the one in force
    weeks: tuple[Week, ...] = ()  # released ones, of the last 16 full weeks at least
    decisions: tuple[Decision, ...] = ()
    adaptations: tuple[Adaptation, ...] = ()  # in use
    supports: tuple[Support, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    fundings: tuple[Funding, ...] = ()
    supervised_on: tuple[date, ...] = ()
    readiness: tuple[ReadinessCheck, ...] = ()  # the latest of each item
    caseload: tuple[CaseloadMonth, ...] = ()
    pauses: tuple[Pause, ...] = ()
    leadership: tuple[LeadershipRating, ...] = ()
    own_leadership: tuple[OwnLeadershipRating, ...] = ()
    organisation: tuple[OrganisationRating, ...] = ()
    outcomes: tuple[OutcomeRound, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    confirmed_empty: tuple[ConfirmedEmpty, ...] = ()
    capacity: tuple[tuple[str, Decimal], ...] = ()  # the service's own figures by the names of `planning.capacity`
