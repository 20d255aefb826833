"""A monthly figure as an XmR chart: its limits, and which points lie where chance seldom puts them.

Beside the run chart of `assessments.series`, from twelve points on. Pure, and exact: a point on a limit is not outside.
The signals are those of the NHS's "Making data count" (NHSRplotthedots 0.2.2); moving ranges that are far out are kept,
as its spreadsheets do. Whether a change is for the better is not for this module to say.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from typing import Literal

FEWEST_POINTS = 12  # with fewer the limits are for trial only
MOVING_RANGES = Fraction("2.66")  # from the mean to a limit
NEAR = Fraction(2, 3)  # of the way to a limit
ROW = 7  # so many in a row, on one side or all rising or falling

Signal = Literal["outside", "side", "trend", "near_limit"]


@dataclass(frozen=True)
class Limits:
    """The middle of a series and how far chance takes it."""

    points: int  # that they were worked out from
    mean: Fraction
    moving_range: Fraction

    @property
    def trial(self) -> bool:
        """Whether they rest on too few points to be relied on."""
        return self.points < FEWEST_POINTS

    @property
    def reach(self) -> Fraction:
        """From the mean to a limit."""
        return MOVING_RANGES * self.moving_range

    @property
    def low(self) -> Fraction:
        """The lower limit."""
        return self.mean - self.reach

    @property
    def high(self) -> Fraction:
        """The upper limit."""
        return self.mean + self.reach

    @property
    def near_low(self) -> Fraction:
        """Two thirds of the way to the lower limit."""
        return self.mean - NEAR * self.reach

    @property
    def near_high(self) -> Fraction:
        """Two thirds of the way to the upper limit."""
        return self.mean + NEAR * self.reach


def limits(values: Sequence[Decimal], *, baseline: int | None = None) -> Limits:
    """The limits from the first `baseline` figures, or from all. ValueError with fewer than two.

    They are frozen at twelve, and worked out anew only where somebody marks a change and says why.
    """
    first = [Fraction(value) for value in values[:baseline]]
    if len(first) < 2:
        raise ValueError("no limits from fewer than two figures")
    ranges = [abs(later - one) for one, later in pairwise(first)]
    return Limits(len(first), sum(first) / len(first), sum(ranges) / len(ranges))


def signals(values: Sequence[Decimal], within: Limits) -> dict[Signal, tuple[int, ...]]:
    """The points that each rule sees, counted from 1; a rule that sees none is left out."""
    figures = [Fraction(value) for value in values]
    found: dict[Signal, set[int]] = {
        "outside": {at for at, one in enumerate(figures, 1) if not within.low <= one <= within.high},
        "side": set(_in_rows([_side(one, within.mean) for one in figures], ROW)),
        "trend": set(_trends(figures)),
        "near_limit": set(_near(figures, within)),
    }
    return {rule: tuple(sorted(points)) for rule, points in found.items() if points}


def _side(one: Fraction, other: Fraction) -> int:
    return (one > other) - (one < other)


def _in_rows(signs: Sequence[int], long: int) -> Iterator[int]:
    """The places, counted from 1, of rows of so many equal signs; nought stands on no side."""
    at = 1
    for sign, row in groupby(signs):
        length = len(list(row))
        if sign and length >= long:
            yield from range(at, at + length)
        at += length


def _trends(figures: Sequence[Fraction]) -> Iterator[int]:
    """Seven points that all rise or all fall are six steps of one sign."""
    for step in _in_rows([_side(later, one) for one, later in pairwise(figures)], ROW - 1):
        yield from (step, step + 1)


def _near(figures: Sequence[Fraction], within: Limits) -> Iterator[int]:
    """Of three points on one side of the mean, two or more beyond two thirds of the way to the limit: those."""
    sides: tuple[tuple[Callable[[Fraction], bool], Callable[[Fraction], bool]], ...] = (
        (lambda one: one < within.mean, lambda one: one < within.near_low),
        (lambda one: one > within.mean, lambda one: one > within.near_high),
    )
    for at in range(len(figures) - 2):
        three = figures[at : at + 3]
        for on_side, beyond in sides:
            far = [at + place for place, one in enumerate(three, 1) if beyond(one)]
            if len(far) >= 2 and all(map(on_side, three)):
                yield from far
