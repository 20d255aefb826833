"""How counted savings become minutes: buckets of seconds, their median, and the minutes of a month. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

# The longest a saving in each bucket took, in seconds. Narrow where a second counts, wide where it does not.
BUCKETS = (5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 450, 600, 900, 1200, 1800)
BUDGET_MINUTES = 30  # of a leader in a month; the product's promise


def bucket_of(seconds: int) -> str:
    """The bucket that so many seconds fall into; what took longer than the last one falls into that."""
    return str(next((limit for limit in BUCKETS if seconds <= limit), BUCKETS[-1]))


def together(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Buckets of several days as one."""
    return dict(sum((Counter(buckets) for buckets in several), Counter()))


def median_seconds(buckets: Mapping[str, int]) -> Fraction | None:
    """The median of what was counted; None when nothing was.

    All that is known of a saving is its bucket, so each counts as the middle of it. With an even number it is half way
    between the two in the middle.
    """
    ordered = sorted((int(limit), count) for limit, count in buckets.items() if count > 0)
    total = sum(count for _limit, count in ordered)
    if not total:
        return None
    return (_middle_of(_limit_at((total - 1) // 2, ordered)) + _middle_of(_limit_at(total // 2, ordered))) / 2


def _limit_at(position: int, ordered: list[tuple[int, int]]) -> int:
    """The bucket of the saving at that position, counted from the quickest."""
    for limit, count in ordered:
        if position < count:
            return limit
        position -= count
    raise IndexError(position)


def _middle_of(limit: int) -> Fraction:
    """Half way from the bucket before."""
    before = max((other for other in BUCKETS if other < limit), default=0)
    return Fraction(before + limit, 2)


@dataclass(frozen=True)
class FormEffort:
    """What one form cost: how often it was saved, how many fields it shows, how long a saving takes."""

    form: str
    saved: int
    fields: int
    buckets: Mapping[str, int]

    @property
    def median(self) -> Fraction | None:
        """The median of the seconds from opening to saving."""
        return median_seconds(self.buckets)

    @property
    def seconds(self) -> Fraction:
        """What all savings took together, each taken for the median."""
        return self.saved * (self.median or Fraction())


def minutes(efforts: Iterable[FormEffort]) -> int:
    """The minutes of all these forms together, rounded half up."""
    seconds = sum((effort.seconds for effort in efforts), Fraction())
    return int(seconds / 60 + Fraction(1, 2))
