"""The flags that read patient outcomes flip exactly at their limits, from rounds as people record them."""

from datetime import date, timedelta

import pytest
import time_machine

from planning.standing import standing
from tests.factories import make_allocation, make_leader, make_practitioner, make_service
from tests.planning.site import client_of, oslo
from tests.planning.test_outcome_uploads import HEADINGS, bring, csv_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
ROUND = {"form": "patient", "patients": "12", "mean": "3.4"}


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


def record(leader, measured_on: date, **fields):
    """A round as it is typed in."""
    data = ROUND | {"measured_on": measured_on.isoformat()} | fields
    assert client_of(leader).post("/services/f/assessments/outcomes/new/", data).status_code == 302


def bring_in(leader, measured_on: date):
    """The same from the sheet."""
    row = [measured_on.isoformat(), "Filled in by patients", "12", "3.4", *[""] * 6]
    assert bring(leader, csv_of(HEADINGS, row)).status_code == 302


def decide(leader, **fields):
    data = {"kind": "continue", "decided_on": TODAY.isoformat(), "basis": "outcomes", "patients": "12"} | fields
    assert client_of(leader).post("/services/f/record/decisions/new/", data).status_code == 302


def state(leader, key: str) -> str:
    (entry,) = [one for one in standing(leader.service, TODAY).entries if one.key == key]
    return str(entry.status)


@pytest.mark.parametrize("enter", [record, bring_in])
@pytest.mark.parametrize(
    ("measured_on", "status"),
    [
        (date(2026, 7, 26), "clear"),  # a day short of four months ago
        (date(2026, 7, 25), "watch"),
        (date(2026, 5, 26), "watch"),
        (date(2026, 5, 25), "flagged"),  # six months ago to the day
    ],
)
def test_no_outcome_monitoring_watches_after_four_months_and_flags_after_six(leader, enter, measured_on, status):
    decide(leader)
    enter(leader, measured_on)

    assert state(leader, "no-outcome-monitoring") == status


@pytest.mark.parametrize(
    ("decided_on", "status"),
    [
        (date(2026, 7, 26), "clear"),
        (date(2026, 7, 25), "watch"),
        (date(2026, 5, 26), "watch"),
        (date(2026, 5, 25), "flagged"),
    ],
)
def test_no_outcome_monitoring_speaks_of_rounds_that_nobody_used(leader, decided_on, status):
    record(leader, date(2026, 1, 10))
    record(leader, date(2026, 11, 20))
    decide(leader, decided_on=decided_on.isoformat())

    assert state(leader, "no-outcome-monitoring") == status


@pytest.mark.parametrize(
    ("basis", "patients", "status"),
    [
        ("outcomes", "4", "flagged"),
        ("outcomes", "5", "clear"),
        ("outcomes", "", "unknown"),
        ("impressions", "", "flagged"),
    ],
)
def test_judged_by_few_flips_between_four_patients_and_five(leader, basis, patients, status):
    record(leader, date(2026, 11, 20), patients="5", mean="3.4")
    decide(leader, basis=basis, patients=patients)

    assert state(leader, "judged-by-few") == status


@pytest.mark.parametrize(
    ("measured", "fed_back", "status"),
    [
        (30, None, "unknown"),  # not due before its 30th day is over
        (31, None, "flagged"),
        (60, 30, "clear"),
        (61, 30, "flagged"),  # shown on the 31st day
    ],
)
def test_monitoring_fatigue_flips_when_a_round_was_not_shown_within_thirty_days(leader, measured, fed_back, status):
    make_allocation(make_practitioner(leader.service), work="monitoring", hours_per_week=1)
    shown = "" if fed_back is None else (TODAY - timedelta(days=fed_back)).isoformat()
    record(leader, TODAY - timedelta(days=measured), fed_back_on=shown)

    assert state(leader, "monitoring-fatigue") == status


@pytest.mark.parametrize(("work", "status"), [("monitoring", "clear"), ("session", "flagged")])
def test_monitoring_fatigue_flips_when_no_hours_are_set_aside_for_it(leader, work, status):
    make_allocation(make_practitioner(leader.service), work=work, hours_per_week=1)
    record(leader, TODAY - timedelta(days=60), fed_back_on=(TODAY - timedelta(days=50)).isoformat())

    assert state(leader, "monitoring-fatigue") == status
