"""The chart of hours in a plan is drawn from what the plan says."""

from base64 import b64decode
from fractions import Fraction

import pytest
from django.utils import translation

from planning.documents import plan_chart
from planning.hours_in_view import Range

WEEK = {"week_on": "2026-11-16", "number": 47, "set_aside": "6", "kept": "4.5", "own_time": "1"}
TIME = {
    "total": "6",
    "recorded": True,
    "need": {"low": "6.9", "typical": "8.2", "high": "9.5"},
    "weeks": [WEEK, WEEK | {"week_on": "2026-11-09", "kept": "3.5"}, WEEK | {"set_aside": "", "kept": ""}],
    "too_few_reported": False,
}


def drawing(image: plan_chart.Image) -> str:
    return b64decode(image.src.removeprefix("data:image/svg+xml;base64,")).decode()


def test_the_figures_are_those_of_the_plan():
    view = plan_chart.in_view(TIME)

    assert view.need == Range(Fraction("6.9"), Fraction("8.2"), Fraction("9.5"))
    assert (view.promised, view.kept, view.displaced) == (6, 4, 2)


@pytest.mark.parametrize(("language", "said", "kept"), [
    ("en", "IMR needs about 8.2 hours a week; 6 are set aside, 4 were kept.", "4 h, counted"),
    ("nb", "IMR trenger omtrent 8,2 timer i uken; 6 er satt av, 4 ble holdt.", "4 t, talt opp"),
])  # fmt: skip
def test_it_is_an_image_in_inks_of_its_own_with_the_sentence(language, said, kept):
    with translation.override(language):
        image = plan_chart.hours_chart(TIME)

    assert image.said == said
    assert kept in drawing(image)
    assert "font-family:Plan" in drawing(image)
    assert "var(" not in drawing(image)


@pytest.mark.parametrize(("changes", "why"), [
    ({"weeks": [], "too_few_reported": True}, "too_few"),
    ({"weeks": [TIME["weeks"][2]]}, "few_hold_hours"),
    ({"weeks": []}, "no_weeks"),
    ({"weeks": [], "recorded": False, "total": "0"}, "nothing_set_aside"),
])  # fmt: skip
def test_what_a_plan_does_not_know_is_not_drawn(changes, why):
    view = plan_chart.in_view(TIME | changes)

    assert (view.kept, view.displaced, view.why_unknown) == (None, None, why)
    assert drawing(plan_chart.hours_chart(TIME | changes)).count("chart-unknown") >= 2


def test_without_a_caseload_the_need_is_not_drawn():
    assert plan_chart.in_view(TIME | {"need": None}).need is None
    assert "not known" in drawing(plan_chart.hours_chart(TIME | {"need": None}))
