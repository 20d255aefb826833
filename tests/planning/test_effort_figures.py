"""Buckets of seconds, their median, and the minutes of a month."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.effort_figures import BUCKETS, FormEffort, bucket_of, median_seconds, minutes, together

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("seconds", "bucket"),
    [(0, "5"), (5, "5"), (6, "10"), (30, "30"), (31, "45"), (1799, "1800"), (1800, "1800"), (9999, "1800")],
)
def test_a_saving_falls_into_the_first_bucket_that_holds_it(seconds, bucket):
    assert bucket_of(seconds) == bucket


@pytest.mark.parametrize(
    ("buckets", "expected"),
    [
        ({}, None),
        ({"30": 0}, None),
        ({"5": 1}, 2 * HALF + HALF * 3),  # 0 to 5: in the middle
        ({"30": 4}, 25),  # more than 20, at most 30
        ({"10": 1, "30": 1, "1800": 1}, 25),
        ({"10": 1, "30": 1}, Fraction(15 + 50, 4)),  # half way between 7.5 and 25
        ({"1800": 1, "10": 2}, 15 * HALF),
        ({"10": 2, "30": 2}, Fraction(15 + 50, 4)),
        ({"10": 1, "30": 2}, 25),
    ],
)
def test_the_median_is_the_middle_of_the_bucket_in_the_middle(buckets, expected):
    assert median_seconds(buckets) == expected


@given(st.lists(st.integers(0, 1800), min_size=1, max_size=40))
def test_the_median_is_never_further_off_than_the_bucket_is_wide(seconds):
    counted = together({bucket_of(one): 1} for one in seconds)

    found, true = median_seconds(counted), median(seconds)

    low, high = (max(one for one in (0, *BUCKETS) if one <= true), min(one for one in BUCKETS if one >= true))
    widest = max(after - before for before, after in zip((0, *BUCKETS), BUCKETS, strict=False) if after <= 2 * high)
    assert abs(found - Fraction(true)) <= max(high - low, widest)


def test_the_order_of_the_days_does_not_matter():
    days = [{"5": 1, "30": 2}, {"30": 1}, {"900": 3}]

    assert together(days) == together(reversed(days)) == {"5": 1, "30": 3, "900": 3}


@pytest.mark.parametrize(
    ("efforts", "expected"),
    [
        ([], 0),
        ([(1, {"30": 1})], 0),  # 25 seconds
        ([(2, {"30": 2})], 1),  # 50 seconds
        ([(3, {"30": 3}), (1, {"45": 1})], 2),  # 75 + 37.5 seconds
        ([(40, {"30": 40}), (2, {"300": 2})], 26),
    ],
)
def test_minutes_are_savings_times_median_rounded(efforts, expected):
    assert minutes(FormEffort("form", saved, 3, buckets) for saved, buckets in efforts) == expected
