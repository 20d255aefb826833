"""Weekly check-ins as the rules read them: which weeks count, and what they come to together.

A week's total is of the whole service and of nobody in particular. It counts when at least three people reported:
with fewer, somebody's own hours could be read off it (quality point F16). Of a week that does not count nobody tells
whether two reported, one or none. Longer times are the sums of the weeks that count. A week is here once it is over
and its total released; while the practice rests, weeks do not grow older (`absence.clock`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .absence import clock, days_since
from .answer import Evidence, Status
from .finding import measured
from .people import allocations_in_use
from .snapshot import Snapshot, Week

COUNTED_REPORTERS = 3

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Weeks:
    """Some weeks taken together: those that count, the oldest first, and how many there are with the others."""

    counted: tuple[Week, ...]
    together: int  # counted or not

    @property
    def too_few(self) -> bool:
        """Whether there are weeks and none of them counts."""
        return bool(self.together) and not self.counted

    @property
    def since(self) -> date | None:
        """The Monday of the oldest week that counts."""
        return min((one.week for one in self.counted), default=None)

    @property
    def set_aside(self) -> Decimal:
        """Hours set aside in the weeks that count."""
        return sum((one.set_aside for one in self.counted), Decimal())

    @property
    def lost(self) -> Decimal:
        """Hours that were set aside and not kept."""
        return self.set_aside - sum((one.kept for one in self.counted), Decimal())

    @property
    def share_lost(self) -> Fraction | None:
        """The share of the hours set aside that was not kept, exact; None when no week counts or none had hours."""
        return Fraction(self.lost) / Fraction(self.set_aside) if self.set_aside else None


def last_full_weeks(snapshot: Snapshot, weeks: int, *, before: int = 0) -> Weeks:
    """The last so many weeks that are over, or as many `before` the last so many."""
    monday = snapshot.as_of - timedelta(days=snapshot.as_of.weekday())
    return _together(
        one
        for one in _over(snapshot)
        if before * _WEEK < monday - one.week - _rested(snapshot, one) <= (before + weeks) * _WEEK
    )


def weeks_of_days(snapshot: Snapshot, days: int) -> Weeks:
    """The weeks that lie within the last so many days."""
    return _together(one for one in _over(snapshot) if days_since(snapshot, one.week) < days)


def too_few_reported() -> Evidence:
    """The piece that says why weeks do not count."""
    return measured("too_few_reported", Status.UNKNOWN, people=COUNTED_REPORTERS)


def why_no_share(snapshot: Snapshot, weeks: Weeks) -> list[Evidence]:
    """The piece that says that the share of hours kept is not told lest it be somebody's own; none where it is told.

    Either no week counts; or weeks count and have no hours, though hours are set aside: then too few people hold
    them, or one holds too many, for a share that is of nobody in particular. Nothing either where nobody has hours.
    """
    if weeks.too_few:
        return [too_few_reported()]
    if weeks.counted and not weeks.set_aside and allocations_in_use(snapshot):
        return [measured("share_not_told", Status.UNKNOWN, people=COUNTED_REPORTERS)]
    return []


def _over(snapshot: Snapshot) -> list[Week]:
    """Weeks whose Sunday has passed."""
    return [one for one in snapshot.weeks if one.week + _WEEK <= snapshot.as_of]


def _rested(snapshot: Snapshot, one: Week) -> timedelta:
    """How long the practice has rested since the week began."""
    return snapshot.as_of - clock(snapshot, one.week)


def _together(weeks: Iterable[Week]) -> Weeks:
    known = sorted(weeks, key=lambda one: one.week)
    return Weeks(tuple(one for one in known if one.reported >= COUNTED_REPORTERS), len(known))
