"""Charts: plain figures in, coordinates out. The drawings are templates in `templates/components`.

Across, everything is in percent of the width and down in pixels: a drawing then fills whatever width it is given, on a
phone as on paper, and its letters stay as large as those around it. Coordinates are strings, as no language may put a
comma into them. Why charts are drawn this way: docs/decisions/0011.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Literal

Number = Fraction | int
ACROSS = 100


def percent(share: Number) -> str:
    """A place across as SVG writes it: "37.5%"."""
    rounded = floor(Fraction(share) * ACROSS * 100 + Fraction(1, 2)) / 100
    return f"{rounded:g}%"


def pixels(value: Number) -> str:
    """A place down as SVG writes it: "24", "24.5"."""
    rounded = floor(Fraction(value) * 10 + Fraction(1, 2)) / 10
    return f"{rounded:g}"


# ------------------------------------------------------------------------------------------------
# Bars
# ------------------------------------------------------------------------------------------------

ROW_HEIGHT = 52  # of a bar with its words above it

Kind = Literal["whole", "part", "range", "unknown"]


@dataclass(frozen=True)
class Bar:
    """One figure for a chart of bars. None for `until` is a figure that is not known, never nought.

    `since`: where the bar begins, for one that goes on where another ends. `least`: for a range, whose most is `until`.
    """

    label: str
    words: str  # the figure in words
    until: Number | None = None
    since: Number = 0
    least: Number | None = None
    middle: Number | None = None  # what is most likely within a range
    note: str = ""


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its places."""

    label: str
    words: str
    note: str
    kind: Kind
    top: str
    x: str = "0%"
    width: str = "0%"
    rest_x: str = "0%"  # of a range, the part that may or may not be
    rest_width: str = "0%"
    middle_x: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars one below the other, from the same nought to the same end."""

    rows: tuple[DrawnBar, ...]
    height: int


def bars(figures: Sequence[Bar], *, end: Number | None = None) -> Bars:
    """Where bars go that are as long as their figures; `end`: what the whole width stands for, if not the longest."""
    longest = Fraction(end) if end else _longest(figures)
    return Bars(
        rows=tuple(_bar(one, number, longest) for number, one in enumerate(figures)), height=ROW_HEIGHT * len(figures)
    )


def _longest(figures: Sequence[Bar]) -> Fraction:
    longest = max((Fraction(one.until) for one in figures if one.until is not None), default=Fraction(0))
    return longest or Fraction(1)


def _bar(one: Bar, number: int, longest: Fraction) -> DrawnBar:
    words = {"label": one.label, "words": one.words, "note": one.note, "top": pixels(number * ROW_HEIGHT)}
    if one.until is None:
        return DrawnBar(kind="unknown", **words)
    until, since = Fraction(one.until) / longest, Fraction(one.since) / longest
    if one.least is None:
        return DrawnBar(kind="part" if since else "whole", x=percent(since), width=percent(until - since), **words)
    least = Fraction(one.least) / longest
    return DrawnBar(
        kind="range",
        width=percent(least),
        rest_x=percent(least),
        rest_width=percent(until - least),
        middle_x=percent(Fraction(one.middle) / longest) if one.middle is not None else "",
        **words,
    )


# ------------------------------------------------------------------------------------------------
# A figure over time
# ------------------------------------------------------------------------------------------------

RUN_HEIGHT = 236
FIRST_X, LAST_X = Fraction(13, 100), Fraction(97, 100)  # left of it stand the figures of the scale
FIGURES_X = Fraction(11, 100)  # where they end
TOP_Y, BOTTOM_Y = 16, 180
DAYS_AT, MEDIAN_AT = 204, 228  # the baselines of the days below, and of what the dashed line is
LIMITS_AT = 248  # and of what the dotted lines are
MOST_TICKS = 5


@dataclass(frozen=True)
class Point:
    """A figure at a time; `at` only tells how far apart points are (a day as its ordinal, say)."""

    at: int
    value: Number


@dataclass(frozen=True)
class Dot:
    """A point with its place; `marked`: with a ring around it."""

    x: str
    y: str
    marked: bool = False


@dataclass(frozen=True)
class Line:
    """A line from one place to another."""

    x1: str
    y1: str
    x2: str
    y2: str


@dataclass(frozen=True)
class Tick:
    """A line of the scale with its figure in words."""

    value: Fraction
    y: str
    letters_y: str
    words: str


@dataclass(frozen=True)
class Run:
    """A run chart's places: its points in their order, the lines between them, the median, limits, the scale."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    median: Line | None
    first_x: str = percent(FIRST_X)
    figures_x: str = percent(FIGURES_X)
    days_y: str = str(DAYS_AT)
    median_y: str = str(MEDIAN_AT)
    height: int = RUN_HEIGHT
    limits: tuple[Line, ...] = ()
    limits_y: str = str(LIMITS_AT)


def run_chart(
    points: Sequence[Point],
    *,
    in_words: Callable[[Fraction], str],
    median: Number | None = None,
    joined: bool = True,
    limits: Sequence[Number] = (),
    marked: Collection[int] = (),
) -> Run:
    """Where the points of a run chart go, at least one; `joined`: with lines between them.

    `in_words`: a figure of the scale as the language writes it. `limits`: figures with a line of their own.
    `marked`: the points, counted from 1, with a ring around them.
    """
    values = [Fraction(one.value) for one in points] + [Fraction(one) for one in (median, *limits) if one is not None]
    scale = ticks(min(values), max(values))
    first, last = min(one.at for one in points), max(one.at for one in points)

    def x(at: int) -> str:
        share = Fraction(at - first, last - first) if last > first else Fraction(1, 2)
        return percent(FIRST_X + share * (LAST_X - FIRST_X))

    def y(value: Number) -> Fraction:
        return BOTTOM_Y - (Fraction(value) - scale[0]) / (scale[-1] - scale[0]) * (BOTTOM_Y - TOP_Y)

    def across(value: Number) -> Line:
        height = pixels(y(value))
        return Line(percent(FIRST_X), height, percent(LAST_X), height)

    dots = tuple(Dot(x(one.at), pixels(y(one.value)), number in marked) for number, one in enumerate(points, 1))
    pairs = pairwise(dots) if joined else ()
    return Run(
        dots=dots,
        lines=tuple(Line(one.x, one.y, other.x, other.y) for one, other in pairs),
        ticks=tuple(Tick(value, pixels(y(value)), pixels(y(value) + 4), in_words(value)) for value in scale),
        median=across(median) if median is not None else None,
        height=RUN_HEIGHT + (LIMITS_AT - MEDIAN_AT if limits else 0),
        limits=tuple(map(across, limits)),
    )


def ticks(least: Fraction, most: Fraction) -> list[Fraction]:
    """Round figures from below the least to above the most, evenly apart: steps of 1, 2 or 5 of some power of ten."""
    if least == most:
        least, most = least - 1, most + 1
    power = 0
    while Fraction(10) ** power > most - least:
        power -= 1
    while Fraction(10) ** (power + 1) <= most - least:
        power += 1
    # Of the steps that fit, the smallest; the largest here always does: at most two of it lie between the ends.
    steps = [factor * Fraction(10) ** (power + shift) for shift in (-1, 0, 1) for factor in (1, 2, 5)]
    for step in steps:
        first, last = floor(least / step), ceil(most / step)
        if last - first + 1 <= MOST_TICKS:
            break
    return [number * step for number in range(first, last + 1)]
