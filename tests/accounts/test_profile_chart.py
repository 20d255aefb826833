"""Charts of a scale with fixed ends: every dot lies on its step, and the whole scale is there."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from accounts.charts import Point
from accounts.profile_chart import ProfileItem, profile, totals

steps = st.none() | st.integers(1, 5)


def place(text: str) -> float:
    return float(text.removesuffix("%"))


@given(st.lists(st.tuples(steps, steps), min_size=1, max_size=15))
def test_each_dot_of_a_profile_lies_on_the_line_of_its_step(given_steps):
    items = [ProfileItem(str(number), now, before) for number, (now, before) in enumerate(given_steps)]

    drawn = profile(items, lowest=1, highest=5, limits=(3, 4))

    at = {int(step.words): step.at for step in drawn.steps}
    assert list(at) == [1, 2, 3, 4, 5]
    assert sorted(at.values(), key=place) == list(at.values())
    assert [step.words for step in drawn.steps if step.is_limit] == ["3", "4"]
    assert [(row.now_x, row.before_x) for row in drawn.rows] == [
        (at.get(now, ""), at.get(before, "")) for now, before in given_steps
    ]
    downs = [float(row.line_y) for row in drawn.rows]
    assert downs == sorted(set(downs))
    assert downs[-1] < drawn.height


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.fractions(1, 5)), min_size=1, max_size=9, unique_by=lambda one: one[0])
)
def test_totals_lie_within_the_whole_scale_higher_ones_higher(given_points):
    points = [Point(at, value) for at, value in sorted(given_points)]

    drawn = totals(points, lowest=1, highest=5, limits=(3, 4))

    at = {int(step.words): float(step.at) for step in drawn.steps}
    for point, dot in zip(points, drawn.dots, strict=True):
        assert at[5] <= float(dot.y) <= at[1]
        assert abs(float(dot.y) - float(at[1] - (Fraction(point.value) - 1) / 4 * Fraction(at[1] - at[5]))) < 0.1
        assert place(drawn.first_x) < place(dot.x) <= 97
    across = [place(dot.x) for dot in drawn.dots]
    assert across == sorted(across)


def test_a_single_total_stands_in_the_middle():
    drawn = totals([Point(5, 3)], lowest=1, highest=5)

    assert drawn.dots[0].x == "56%"
    assert not any(step.is_limit for step in drawn.steps)
