"""What a rule finds in the record alone, before what people report is put beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .answer import Evidence, Reason, Record, Status, Value

FEWEST_SHOWN = 5  # small counts of patients are not told apart outside the team

_ORDER = (Status.FLAGGED, Status.WATCH, Status.CLEAR)


@dataclass(frozen=True)
class Finding:
    """A rule's own status, with the pieces of evidence it rests on.

    `reason` is given with unknown, and only then. `severity` is the rule's one figure; higher is worse.
    It grows when the matter grows, not with each day that passes: somebody who accepts a flag for a
    time must not be told the next morning that it got worse.
    """

    status: Status
    evidence: tuple[Evidence, ...] = ()
    severity: Decimal | None = None
    reason: Reason | None = None


def unknown(*evidence: Evidence, reason: Reason = Reason.MISSING) -> Finding:
    """The record does not decide it; `evidence` is what it does say."""
    return Finding(Status.UNKNOWN, evidence, reason=reason)


def measured(
    code: str, status: Status, *, on: date | None = None, records: tuple[Record, ...] = (), **values: Value
) -> Evidence:
    """A piece of measured evidence; `values` fill its sentence, in the order given."""
    return Evidence("measured", code, status, values=tuple(values.items()), on=on, records=records)


def worse(*statuses: Status) -> Status:
    """The worst of what is known; unknown yields to everything, and is left when nothing is known."""
    return min((one for one in statuses if one in _ORDER), key=_ORDER.index, default=Status.UNKNOWN)


def percent(share: Fraction) -> Decimal:
    """A share as a percentage with one decimal, half up. For showing and for severity: no limit is tested on it."""
    return Decimal((2000 * share.numerator + share.denominator) // (2 * share.denominator)) / 10


def small(count: int) -> int | str:
    """A count of patients as evidence states it: exact from 5, "<5" for 1 to 4, nought as it is.

    In a small place four patients are people whom somebody knows. No limit is tested on it.
    """
    return count if count >= FEWEST_SHOWN or count == 0 else f"<{FEWEST_SHOWN}"


def beside(count: int, other: int, *, certain: int) -> int | str:
    """The other count of a pair of patients as evidence states it: as `small` does, unless `count` could be told by it.

    The status says on which side of a limit the pair lies: of 2, half or fewer is 1. From `certain` on every small
    `count` lies on the same side; below that no more is told of the other one than "<8".
    """
    return small(other) if count == 0 or count >= FEWEST_SHOWN or other >= certain else f"<{certain}"


def said_of(fact: bool | None) -> str:
    """A yes or no as evidence states it: "yes", "no", or "absent" where the record does not say."""
    return "absent" if fact is None else "yes" if fact else "no"
