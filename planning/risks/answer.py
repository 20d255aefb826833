"""What a rule answers: a status with its evidence, in codes and figures. Words are `planning.wording`'s."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Value = str | int | Decimal | date | None
EvidenceKind = Literal["measured", "reported", "group"]


class Status(StrEnum):
    """How an entry of the catalogue stands; worst first when several speak: see `worse`."""

    FLAGGED = "flagged"
    WATCH = "watch"
    CLEAR = "clear"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a status is unknown."""

    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"
    PAUSED = "paused"
    TOO_FEW_PEOPLE = "too_few_people"


@dataclass(frozen=True)
class Record:
    """A pointer to one record behind a piece of evidence: its kind and its number in the snapshot."""

    kind: Literal[
        "person",
        "goal",
        "action",
        "conflict",
        "review",
        "observation",
        "fidelity",
        "vision",
        "decision",
        "adaptation",
        "support",
        "confirmation",
        "funding",
        "recommendation",
    ]
    number: int


@dataclass(frozen=True)
class Evidence:
    """One piece of evidence: `code` names the sentence, `values` fill it.

    `kind` says how it is known; `status` what this piece alone would give.
    `on` is the day of the fact, for `since`.
    """

    kind: EvidenceKind
    code: str
    status: Status
    values: tuple[tuple[str, Value], ...] = ()
    on: date | None = None
    records: tuple[Record, ...] = ()

    def value(self, name: str) -> Value:
        """The value of that name; KeyError when there is none."""
        return dict(self.values)[name]


@dataclass(frozen=True)
class Answer:
    """A catalogue entry with its state for one service on one day."""

    key: str
    theme: int
    status: Status
    reason: Reason | None = None  # for unknown
    since: date | None = None  # the day of the oldest fact that now makes the rule speak
    severity: Decimal | None = None  # the rule's one figure; higher is worse
    evidence: tuple[Evidence, ...] = ()
