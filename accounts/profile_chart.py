"""Charts of a scale with a fixed lowest and highest step: a profile item by item, and totals over the visits.

Places as in `accounts.charts`: across in percent, down in pixels. Pure: the standard library only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from accounts.charts import BOTTOM_Y, FIRST_X, LAST_X, RUN_HEIGHT, TOP_Y, Dot, Number, Point, percent, pixels

LINE_HEIGHT = 44  # of an item with its words above the line
HEAD = 24  # above the first item: the steps of the scale
INSET = Fraction(3, 100)  # so that a dot at either end is whole


@dataclass(frozen=True)
class ProfileItem:
    """One item: its steps now and at the time before; None where it was not rated."""

    label: str
    now: int | None
    before: int | None = None


@dataclass(frozen=True)
class Step:
    """A step of the scale, or a limit on it: its place and its words."""

    at: str
    letters: str
    words: str
    is_limit: bool = False


@dataclass(frozen=True)
class DrawnItem:
    """An item with its places; empty for what is not known."""

    label: str
    letters_y: str
    line_y: str
    now_x: str
    before_x: str


@dataclass(frozen=True)
class Profile:
    """Items one below the other on the same scale."""

    rows: tuple[DrawnItem, ...]
    steps: tuple[Step, ...]
    height: int


def across(step: Number, *, lowest: int, highest: int) -> str:
    """Where a step of the scale lies across the drawing."""
    return percent(INSET + Fraction(step - lowest) / (highest - lowest) * (1 - 2 * INSET))


def profile(items: Sequence[ProfileItem], *, lowest: int, highest: int, limits: Sequence[int] = ()) -> Profile:
    """Where the dots of a profile go."""

    def x(step: int | None) -> str:
        return "" if step is None else across(step, lowest=lowest, highest=highest)

    rows = tuple(
        DrawnItem(
            label=one.label,
            letters_y=pixels(HEAD + number * LINE_HEIGHT + 16),
            line_y=pixels(HEAD + number * LINE_HEIGHT + 30),
            now_x=x(one.now),
            before_x=x(one.before),
        )
        for number, one in enumerate(items)
    )
    steps = tuple(Step(x(step), x(step), str(step), step in limits) for step in range(lowest, highest + 1))
    return Profile(rows=rows, steps=steps, height=HEAD + LINE_HEIGHT * len(items))


@dataclass(frozen=True)
class Totals:
    """Totals as dots over time, on the whole scale, with the lines of its bands. No line joins them: they are few."""

    dots: tuple[Dot, ...]
    steps: tuple[Step, ...]
    first_x: str = percent(FIRST_X)
    figures_x: str = percent(FIRST_X - Fraction(2, 100))
    days_y: str = str(BOTTOM_Y + 24)
    height: int = RUN_HEIGHT - 24


def totals(points: Sequence[Point], *, lowest: int, highest: int, limits: Sequence[int] = ()) -> Totals:
    """Where totals go, at least one."""
    first, last = min(one.at for one in points), max(one.at for one in points)

    def x(at: int) -> str:
        share = Fraction(at - first, last - first) if last > first else Fraction(1, 2)
        return percent(FIRST_X + Fraction(2, 100) + share * (LAST_X - FIRST_X - Fraction(2, 100)))

    def y(value: Number) -> Fraction:
        return BOTTOM_Y - (Fraction(value) - lowest) / (highest - lowest) * (BOTTOM_Y - TOP_Y)

    return Totals(
        dots=tuple(Dot(x(one.at), pixels(y(one.value))) for one in points),
        steps=tuple(
            Step(pixels(y(step)), pixels(y(step) + 4), str(step), step in limits) for step in range(lowest, highest + 1)
        ),
    )
