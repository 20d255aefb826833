"""A figure followed over time as a run chart: what can be said of it, and what cannot.

A run chart shows the figures in their order and their median. It tells chance from change by two counts, of the points
that do not lie on the median: the longest row of points on one side, and how often the line crosses the median. A
change shows as a longer row or as fewer crossings than chance brings about once in twenty. A number of points that
rise or fall one after another says nothing here: five of them are common where nothing has changed.

Whether a change is for the better is not for this module to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import groupby, pairwise
from math import comb, log2
from typing import Literal

FEWEST_POINTS = 10  # with fewer the rules would see change in chance
CHANCE = 20  # one in twenty

Signal = Literal["shift", "crossings"]  # a long row on one side; too few crossings


@dataclass(frozen=True)
class Run:
    """What a series comes to. Without enough points there is no median, and nothing is said of change."""

    points: int
    median: Decimal | None = None
    used: int = 0  # points that do not lie on the median
    longest: int = 0  # the longest row of them on one side
    longest_by_chance: int | None = None  # None: too few points off the median for the rules
    crossings: int = 0
    fewest_by_chance: int | None = None

    @property
    def enough(self) -> bool:
        """Whether there are points enough for a median that stands for something."""
        return self.median is not None

    @property
    def judged(self) -> bool:
        """Whether the rules could be asked."""
        return self.longest_by_chance is not None

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Which of the two rules see more than chance."""
        if self.longest_by_chance is None or self.fewest_by_chance is None:
            return ()
        long: tuple[Signal, ...] = ("shift",) if self.longest > self.longest_by_chance else ()
        few: tuple[Signal, ...] = ("crossings",) if self.crossings < self.fewest_by_chance else ()
        return long + few


def run(values: Sequence[Decimal], *, baseline: int | None = None) -> Run:
    """The rules over figures in their order; `baseline`: the median is that of the first so many, else of all."""
    if len(values) < FEWEST_POINTS:
        return Run(points=len(values))
    centre = median(values[:baseline] if baseline else values)
    above = [value > centre for value in values if value != centre]
    enough = len(above) >= FEWEST_POINTS
    return Run(
        points=len(values),
        median=centre,
        used=len(above),
        longest=max((len(list(row)) for _side, row in groupby(above)), default=0),
        longest_by_chance=longest_by_chance(len(above)) if enough else None,
        crossings=sum(one != other for one, other in pairwise(above)),
        fewest_by_chance=fewest_crossings(len(above)) if enough else None,
    )


def median(values: Sequence[Decimal]) -> Decimal:
    """The figure in the middle; of an even number the mean of the two in the middle. ValueError for none."""
    if not values:
        raise ValueError("no figures, no median")
    ordered = sorted(values)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def longest_by_chance(points: int) -> int:
    """The longest row on one side of the median that so many points may have without a change."""
    return round(log2(points)) + 3


@cache
def fewest_crossings(points: int) -> int:
    """The fewest crossings that so many points may have without a change.

    The 5 % quantile of a binomial distribution: of `points` − 1 steps each crosses the median or does not, both equally
    likely. Counted in whole numbers, so that no rounding decides.
    """
    steps = points - 1
    below = 0
    for crossings in range(points):
        below += comb(steps, crossings)
        if CHANCE * below >= 2**steps:
            return crossings
    return steps
