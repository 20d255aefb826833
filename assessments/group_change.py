"""What a change of a group's outcome means. Pure: the standard library only; roots are taken to 28 digits.

No figure here is one patient's: what comes in are counts, means and deviations of groups.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import atan, cos, pi, sin, sqrt

from assessments.instruments import Reliability
from assessments.small_numbers import FEWEST_PATIENTS

CONFIDENCE = 0.95
NORMAL = Decimal("1.96")  # the same for a normal distribution


@dataclass(frozen=True)
class Round:
    """What one round of a group came to."""

    patients: int
    mean: Decimal
    sd: Decimal


@dataclass(frozen=True)
class Change:
    """How a mean moved from one round to the next, with the interval that holds the true change 19 times in 20."""

    mean: Decimal
    low: Decimal
    high: Decimal

    @property
    def clear(self) -> bool:
        """Whether chance alone is an unlikely reason: the interval does not hold nought."""
        return self.low > 0 or self.high < 0


def change(before: Round, now: Round) -> Change | None:
    """The change between two rounds; None if one of them has fewer than five patients.

    Who was in both is not known, so they count as two groups (Welch). Where most are the same people, the interval
    is wider than it need be: it errs on the side of saying nothing.
    """
    if min(before.patients, now.patients) < FEWEST_PATIENTS:
        return None
    parts = [Fraction(one.sd) ** 2 / one.patients for one in (before, now)]
    moved, variance = now.mean - before.mean, sum(parts)
    if not variance:
        return Change(moved, moved, moved)
    below = sum(part**2 / (one.patients - 1) for part, one in zip(parts, (before, now), strict=True))
    half = Decimal(t_quantile(int(variance**2 / below))) * _root(variance)
    return Change(moved, moved - half, moved + half)


def deviation(reliability: Reliability, own: Round | None) -> Decimal:
    """The deviation to reckon with: the service's own with patients enough, else the assumed one."""
    return own.sd if own and own.patients >= reliability.own_sd_from else reliability.assumed_sd


def reliable_change(sd: Decimal, retest: Decimal) -> Decimal:
    """The smallest change of one patient beyond the error of measurement: 1.96 · √2 · SD · √(1 − retest)."""
    return NORMAL * Decimal(2).sqrt() * sd * (1 - retest).sqrt()


@dataclass(frozen=True)
class Shares:
    """Of those measured twice: who changed reliably for the better, who did not change, who for the worse."""

    better: Fraction
    same: Fraction
    worse: Fraction


def shares(better: int, same: int, worse: int) -> Shares | None:
    """Counts as shares; None of fewer than five patients."""
    patients = better + same + worse
    if patients < FEWEST_PATIENTS:
        return None
    return Shares(*(Fraction(count, patients) for count in (better, same, worse)))


def _root(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).sqrt()


# Student's distribution, for which the standard library has nothing


@cache
def t_quantile(freedom: int) -> float:
    """How many standard errors to both sides hold 95 % with so many degrees of freedom, to nine decimals."""
    low, high = 0.0, 20.0
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < CONFIDENCE else (low, middle)
    return high


def _within(t: float, freedom: int) -> float:
    """The share of Student's distribution between -t and t (Abramowitz and Stegun 26.7.3 and 26.7.4)."""
    angle = atan(t / sqrt(freedom))
    if freedom % 2 == 0:
        return sin(angle) * _series(freedom // 2, lambda step: (2 * step - 1) / (2 * step), cos(angle), 1.0)
    if freedom == 1:
        return 2 * angle / pi
    odd = _series((freedom - 1) // 2, lambda step: 2 * step / (2 * step + 1), cos(angle), cos(angle))
    return 2 / pi * (angle + sin(angle) * odd)


def _series(terms: int, factor: Callable[[int], float], cosine: float, first: float) -> float:
    total = term = first
    for step in range(1, terms):
        term *= factor(step) * cosine**2
        total += term
    return total
