"""B07: the limits of a monthly series, and the points where chance seldom puts them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.control_limits import limits, signals
from assessments.scoring import rounded

SIXTEEN = [Decimal(tenths) / 10 for tenths in (31, 30, 34, 29, 32, 33, 30, 31, 35, 36, 37, 36, 38, 37, 39, 38)]


def numbers(*values) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_b07_the_limits_of_the_reference():
    found = limits(SIXTEEN)

    assert (found.mean, str(rounded(found.moving_range, 6))) == (Fraction("3.4125"), "0.206667")
    lines = (found.low, found.high, found.near_low, found.near_high)
    assert [str(rounded(line, 4)) for line in lines] == ["2.8628", "3.9622", "3.0460", "3.7790"]


def test_b07_the_signals_of_the_reference():
    assert signals(SIXTEEN, limits(SIXTEEN)) == {"side": tuple(range(1, 17)), "near_limit": (2, 4, 13, 15, 16)}


def test_b07_limits_are_frozen_at_the_points_they_were_worked_out_from():
    values = [*numbers(*[4, 6] * 6), Decimal(40)]

    frozen = limits(values, baseline=12)

    assert (frozen.points, frozen.mean, frozen.moving_range) == (12, 5, 2)
    assert signals(values, frozen) == {"outside": (13,)}


@pytest.mark.parametrize(("points", "trial"), [(11, True), (12, False)])
def test_b07_limits_of_fewer_than_twelve_points_are_for_trial(points, trial):
    assert limits(SIXTEEN[:points]).trial is trial


def test_b07_one_figure_has_no_limits():
    with pytest.raises(ValueError, match="fewer than two"):
        limits(SIXTEEN[:1])


WIDE = limits(numbers(-100, 100))  # mean 0, limits at ±532


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ((532, -532, 532), {}),
        ((533, -533), {"outside": (1, 2)}),
        ((1, -1, 2, 1, 2, 1, 2, 1), {}),
        ((-1, 2, 1, 2, 1, 2, 1, 2), {"side": (2, 3, 4, 5, 6, 7, 8)}),
        ((2, 1, 2, 0, 1, 2, 1, 2), {}),
        ((-3, -2, -1, 0, 1, 2), {}),
        ((-3, -2, -1, 0, 1, 2, 3), {"trend": (1, 2, 3, 4, 5, 6, 7)}),
        ((9, 3, 2, 1, 0, -1, -2, -3), {"trend": (1, 2, 3, 4, 5, 6, 7, 8)}),
        ((-3, -2, -1, 0, 0, 1, 2, 3), {}),
        ((400, 1, 400), {"near_limit": (1, 3)}),
        ((400, -1, 400), {}),
        ((-400, -1, -1), {}),
        ((-400, -400, -1), {"near_limit": (1, 2)}),
        ((400, 400), {}),
    ],
)
def test_b07_each_signal_at_its_limit(values, found):
    assert signals(numbers(*values), WIDE) == found
