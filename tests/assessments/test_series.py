"""B07: a run chart tells change from chance by the median, and says nothing with fewer than ten points."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments import series

SIXTEEN = [Decimal(tenths) / 10 for tenths in (31, 30, 34, 29, 32, 33, 30, 31, 35, 36, 37, 36, 38, 37, 39, 38)]
figures = st.decimals(min_value=-1000, max_value=1000, places=2)


def decimals(*values) -> list[Decimal]:
    return [Decimal(value) for value in values]


def test_b07_sixteen_points_that_moved_show_both_signals():
    found = series.run(SIXTEEN)

    assert (found.median, found.used, found.longest, found.crossings) == (Decimal("3.45"), 16, 8, 1)
    assert (found.longest_by_chance, found.fewest_by_chance) == (7, 4)
    assert found.signals == ("shift", "crossings")


@pytest.mark.parametrize(("points", "longest", "crossings"), [
    (10, 6, 2),
    (12, 7, 3),
    (16, 7, 4),
    (20, 7, 6),
    (24, 8, 8),
    (30, 8, 10),
])  # fmt: skip
def test_b07_what_chance_brings_about(points, longest, crossings):
    assert (series.longest_by_chance(points), series.fewest_crossings(points)) == (longest, crossings)


def test_b07_nine_points_have_no_median_and_ten_have():
    nine, ten = series.run(SIXTEEN[:9]), series.run(SIXTEEN[:10])

    assert (nine.points, nine.enough, nine.judged, nine.signals) == (9, False, False, ())
    assert (ten.points, ten.enough, ten.judged) == (10, True, True)


@pytest.mark.parametrize(("row", "limit", "signals"), [(6, 6, ()), (7, 7, ()), (8, 7, ("shift",))])
def test_b07_a_row_one_longer_than_chance_allows_is_a_signal(row, limit, signals):
    found = series.run(decimals(1, 3, 1, 3, 1, *[3] * row), baseline=4)

    assert (found.median, found.longest, found.longest_by_chance) == (2, row, limit)
    assert found.signals == signals


@pytest.mark.parametrize(("values", "crossings", "signals"), [
    (decimals(1, 1, 1, 1, 1, 3, 3, 3, 3, 3), 1, ("crossings",)),
    (decimals(1, 1, 1, 1, 3, 3, 3, 3, 3, 1), 2, ()),
])  # fmt: skip
def test_b07_one_crossing_fewer_than_chance_allows_is_a_signal(values, crossings, signals):
    found = series.run(values)

    assert found.crossings == crossings
    assert found.signals == signals


def test_b07_points_on_the_median_count_neither_way():
    found = series.run(decimals(1, 2, 2, 3, 2, 1, 3, 2, 2, 2, 2))

    assert (found.points, found.median, found.used, found.longest) == (11, 2, 4, 1)
    assert not found.judged  # four points off the median are too few for the rules
    assert found.signals == ()


def test_b07_a_figure_that_never_changed_shows_no_change():
    found = series.run(decimals(*[4] * 12))

    assert (found.median, found.used, found.longest, found.signals) == (4, 0, 0, ())


def test_b07_five_that_rise_one_after_another_are_no_signal():
    found = series.run(decimals(2, 9, 1, 8, 3, 4, 5, 6, 7, 1, 9, 2))

    assert found.signals == ()


def test_no_figures_have_no_median():
    with pytest.raises(ValueError, match="no median"):
        series.median([])


@given(st.lists(figures, min_size=10, max_size=60))
def test_b07_what_is_said_does_not_depend_on_the_unit_or_the_direction(values):
    found = series.run(values)
    turned = series.run([-2 * value for value in values])

    assert (turned.longest, turned.crossings, turned.signals) == (found.longest, found.crossings, found.signals)
    assert found.longest <= found.used <= found.points
    assert found.crossings < max(found.used, 1)


@given(st.lists(figures, max_size=9))
def test_b07_with_fewer_than_ten_points_nothing_is_said(values):
    assert series.run(values) == series.Run(points=len(values))
