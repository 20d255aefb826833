"""Where the lines of a chart go."""

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import charts
from accounts.charts import Bar, Point

numbers = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=100)
hours = st.fractions(min_value=0, max_value=500, max_denominator=20)


def share(text: str) -> float:
    """A place across as a number."""
    assert text.endswith("%")
    return float(text[:-1])


def test_bars_are_as_long_as_their_figures():
    drawn = charts.bars(
        [
            Bar("Needed", "8 to 12 h", until=12, least=8, middle=9),
            Bar("Promised", "6 h", until=6),
            Bar("Displaced", "1.5 h", since=Fraction("4.5"), until=6),
            Bar("Kept", "not known"),
        ]
    )
    needed, promised, displaced, kept = drawn.rows

    assert (needed.kind, needed.width, needed.rest_x, needed.rest_width) == ("range", "66.67%", "66.67%", "33.33%")
    assert needed.middle_x == "75%"
    assert (promised.kind, promised.x, promised.width) == ("whole", "0%", "50%")
    assert (displaced.kind, displaced.x, displaced.width) == ("part", "37.5%", "12.5%")
    assert kept.kind == "unknown"
    assert [row.top for row in drawn.rows] == ["0", "52", "104", "156"]
    assert drawn.height == 208


def test_a_figure_of_nought_is_a_bar_without_length_and_no_unknown_one():
    (nought,) = charts.bars([Bar("Kept", "0 h", until=0)]).rows

    assert (nought.kind, nought.width) == ("whole", "0%")


def test_bars_of_a_scale_are_drawn_against_its_end():
    two, bound = charts.bars([Bar("Two", "2", until=2), Bar("Bound", "3 or more", least=3, until=4)], end=4).rows

    assert (two.width, bound.width, bound.rest_width) == ("50%", "75%", "25%")


@given(st.lists(st.tuples(hours, hours), max_size=6))
def test_no_bar_leaves_the_drawing(pairs):
    figures = [Bar("", "", least=min(pair), until=max(pair)) for pair in pairs]
    figures += [Bar("", "", since=min(pair), until=max(pair)) for pair in pairs]

    for row in charts.bars(figures).rows:
        assert 0 <= share(row.x) + share(row.width) <= 100.02
        assert 0 <= share(row.rest_x) + share(row.rest_width) <= 100.02


@pytest.mark.parametrize(("least", "most", "expected"), [
    (0, 10, [0, 5, 10]),
    (3, 4, [3, "3.5", 4]),
    ("2.9", "3.9", ["2.5", 3, "3.5", 4]),
    (7, 7, [6, "6.5", 7, "7.5", 8]),
    (12, 988, [0, 500, 1000]),
    (-3, 5, [-5, 0, 5]),
    ("0.01", "0.03", ["0.01", "0.015", "0.02", "0.025", "0.03"]),
])  # fmt: skip
def test_a_scale_has_round_figures(least, most, expected):
    assert charts.ticks(Fraction(least), Fraction(most)) == [Fraction(one) for one in expected]


@given(numbers, numbers)
def test_a_scale_holds_both_ends_and_is_short(one, other):
    least, most = min(one, other), max(one, other)
    found = charts.ticks(least, most)

    assert found[0] <= least
    assert most <= found[-1]
    assert 2 <= len(found) <= charts.MOST_TICKS
    assert len({later - earlier for earlier, later in pairwise(found)}) == 1


@given(st.lists(st.tuples(st.integers(700_000, 750_000), numbers), min_size=1, max_size=40), st.booleans())
def test_points_lie_within_the_drawing_and_higher_figures_higher(pairs, joined):
    points = [Point(at, value) for at, value in sorted(pairs)]
    drawn = charts.run_chart(points, in_words=str, median=points[0].value, joined=joined)

    assert len(drawn.dots) == len(points)
    assert len(drawn.lines) == (len(points) - 1 if joined else 0)
    for dot in drawn.dots:
        assert 13 <= share(dot.x) <= 97
        assert charts.TOP_Y <= float(dot.y) <= charts.BOTTOM_Y
    highest = max(range(len(points)), key=lambda number: points[number].value)
    assert float(drawn.dots[highest].y) == min(float(dot.y) for dot in drawn.dots)


def test_points_are_as_far_apart_as_their_days():
    drawn = charts.run_chart([Point(100, 1), Point(101, 2), Point(110, 3)], in_words=str, joined=False)

    assert [dot.x for dot in drawn.dots] == ["13%", "21.4%", "97%"]
    assert drawn.median is None


def test_a_single_point_stands_in_the_middle():
    drawn = charts.run_chart([Point(100, 4)], in_words=str)

    assert drawn.dots == (charts.Dot("55%", "98"),)
