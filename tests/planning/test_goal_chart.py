"""B07: a goal's figures over time, as dots, or with a median and what can be said of change."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from assessments import run_charts
from tests.factories import make_check_in, make_goal, make_leader, make_service
from tests.planning.site import client_of, main_text

FIRST = date(2026, 1, 5)
STILL = (3, 5, 4, 6, 3, 5, 4, 4, 6, 3, 5, 3)
MOVED = (2, 3, 2, 3, 2, 3, 2, 3, 7, 8, 7, 8, 7, 8, 7, 8)


def figures(*values):
    return [(FIRST + number * timedelta(days=14), Decimal(value)) for number, value in enumerate(values)]


def test_b07_one_figure_is_no_chart():
    assert run_charts.shown(figures(3), name="") is None


def test_b07_nine_figures_are_dots_without_median_or_judgement():
    chart = run_charts.shown(figures(*STILL[:9]), name="Sessions")

    assert (len(chart.drawn.dots), chart.drawn.lines, chart.drawn.median) == (9, (), None)
    assert "9 figures: too few points to judge" in chart.sentence
    assert [row.figure for row in chart.rows][:2] == ["6", "4"]  # the latest first


@pytest.mark.parametrize(("values", "words"), [
    (STILL[:10], "10 figures, median 4. So many lie on the median itself"),
    ((3, 5, 2, 6, 3, 5, 2, 6, 3, 5, 2, 6), "12 figures, median 4. They vary as chance lets them"),
    (MOVED, "16 figures, median 5. 8 in a row lie on one side of it; chance brings 7 at most."),
    ((1, 1, 1, 1, 1, 3, 3, 3, 3, 3), "10 figures, median 2. The line crosses it 1 time; chance brings 2 at least."),
])  # fmt: skip
def test_b07_ten_figures_and_more_have_a_median_and_a_sentence(values, words):
    chart = run_charts.shown(figures(*values), name="Sessions")

    assert chart.sentence.startswith(words)
    assert chart.drawn.median is not None
    assert len(chart.drawn.lines) == len(values) - 1


@pytest.mark.django_db
def test_b07_the_goal_page_shows_the_chart_its_sentence_and_its_table():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        leader = make_leader(make_service("f"))
        goal = make_goal(leader.service)
        for on, value in figures(*MOVED):
            make_check_in(goal, on=on, value=value)
        make_check_in(goal, on=FIRST - timedelta(days=7), value=None)  # said without a figure

        response = client_of(leader).get(f"/services/f/plan/goals/{goal.pk}/")

    assert "16 figures, median 5." in main_text(response)
    assert response.content.decode().count('class="chart-dot"') == 16
    assert "style=" not in response.content.decode()
