"""B07: the monthly counts over time, for the team alone; a month that still runs or is not known is passed over."""

from datetime import date

import pytest
import time_machine

from planning.risks.months import add_months
from tests.factories import make_adviser, make_caseload_month, make_leader, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text, oslo

pytestmark = pytest.mark.django_db

HERE = "/services/f/time/caseload/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False):
        yield


def months(service, count: int, **fields):
    """So many months up to the one that still runs."""
    for back in range(count):
        make_caseload_month(service, month=add_months(date(2026, 11, 1), -back), **fields)


@pytest.mark.parametrize(
    ("recorded", "words", "limits"),
    [
        (10, "9 figures: too few points to judge.", 0),
        (11, "10 figures, median", 0),
        (12, "11 figures, median", 0),
    ],
)
def test_b07_sessions_held_are_judged_from_ten_months_that_are_over(recorded, words, limits):
    service = make_service("f")
    months(service, recorded)

    page = client_of(make_practitioner(service)).get(HERE)

    assert words in main_text(page)
    assert page.content.decode().count("chart-limit") == limits


def test_b07_each_series_says_which_way_is_better_and_has_its_table():
    service = make_service("f")
    months(service, 4, dropped_out=1)
    make_caseload_month(service, month=date(2026, 5, 1), sessions_held=None, dropped_out=None)

    page = client_of(make_leader(service)).get(HERE)

    frames = document(page).xpath("//figure[@class='chart-frame']")
    said = [frame.xpath("string(figcaption)").split(". ", 2)[-1] for frame in frames]
    assert said == ["Higher is better here.", "Neither more nor less is better in itself.", "Lower is better here."]
    assert [len(frame.xpath(".//tbody/tr")) for frame in frames] == [3, 4, 3]


def test_f15_the_charts_of_the_caseload_are_for_the_team_alone():
    service = make_service("f")
    months(service, 4)

    assert client_of(make_adviser(service)).get(HERE).status_code == 403
