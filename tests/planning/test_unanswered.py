"""Which entries of the log wait, since when, and when it is time to say so."""

from datetime import date, timedelta

import pytest

from accounts.models import Role
from planning import unanswered
from planning.unanswered import Step
from tests.factories import make_answer, make_conflict, make_conflicts_of_week, make_decision, make_pause
from tests.planning.mail_samples import a_member, a_service, oslo

DAY = timedelta(days=1)
WEDNESDAY = oslo("2026-11-11 12:00")  # without a name it is released on Monday 16 November
MONDAY = date(2026, 11, 16)


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def nora(service):
    return a_member(service, Role.PRACTITIONER, name="Nora Berg")


def reached(service, on: date) -> list[tuple[int, date, date]]:
    return [(step.days, step.released_on, step.reached_on) for step in unanswered.steps_due(on=on).get(service.pk, [])]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("on", "days"),
    [
        ("2026-11-16", []),
        ("2026-11-22", []),
        ("2026-11-23", [7]),
        ("2026-11-29", [7]),
        ("2026-11-30", [14]),
        ("2026-12-06", [14]),
        ("2026-12-07", []),
    ],
)
def test_f17_without_a_name_the_7_and_14_days_run_from_the_monday_of_the_release(service, nora, on, days):
    make_conflict(nora, logged_at=WEDNESDAY)

    assert [step[0] for step in reached(service, date.fromisoformat(on))] == days


@pytest.mark.django_db
def test_f17_with_a_name_they_run_from_the_day_from_which_the_leader_may_know(service, nora):
    make_conflict(nora, logged_at=WEDNESDAY, named=True)
    wednesday = WEDNESDAY.date()

    assert reached(service, wednesday + 6 * DAY) == []
    assert reached(service, wednesday + 7 * DAY) == [(7, wednesday, wednesday + 7 * DAY)]
    assert reached(service, wednesday + 14 * DAY) == [(14, wednesday, wednesday + 14 * DAY)]


@pytest.mark.django_db
def test_f17_what_has_an_answer_or_came_as_a_total_reaches_nothing(service, nora):
    make_answer(make_conflict(nora, logged_at=WEDNESDAY))
    make_conflicts_of_week(service, released_on=MONDAY)

    assert unanswered.steps_due(on=MONDAY + 7 * DAY) == {}
    assert unanswered.waiting(service.pk, on=MONDAY + 7 * DAY) == (0, None)


@pytest.mark.django_db
def test_f17_the_days_stand_still_while_the_practice_rests(service, nora):
    make_conflict(nora, logged_at=WEDNESDAY)
    make_pause(service, paused_on=MONDAY + 5 * DAY, restarted_on=MONDAY + 25 * DAY)

    assert reached(service, MONDAY + 7 * DAY) == []
    assert reached(service, MONDAY + 26 * DAY) == []
    assert unanswered.waiting(service.pk, on=MONDAY + 26 * DAY) == (0, None)
    assert reached(service, MONDAY + 27 * DAY) == [(7, MONDAY, MONDAY + 27 * DAY)]
    assert unanswered.waiting(service.pk, on=MONDAY + 27 * DAY) == (1, MONDAY)


@pytest.mark.django_db
def test_f17_nothing_is_due_where_the_practice_rests(service, nora):
    make_conflict(nora, logged_at=WEDNESDAY)
    make_decision(service, kind="stop", decided_on=MONDAY + 8 * DAY)

    assert reached(service, MONDAY + 7 * DAY) != []
    assert reached(service, MONDAY + 8 * DAY) == []


@pytest.mark.django_db
def test_f14_since_when_is_told_by_the_week_so_that_the_day_of_a_name_does_not_show(service, nora):
    on = MONDAY + 14 * DAY
    for days in range(5):
        make_conflict(nora, logged_at=WEDNESDAY + (5 + days) * DAY, named=True)  # Monday to Friday
    named = unanswered.waiting(service.pk, on=on)
    service.conflicts.all().delete()
    for days in range(5):
        make_conflict(nora, logged_at=WEDNESDAY + (days - 2) * DAY)  # all released on that Monday
    make_conflict(nora, logged_at=oslo("2026-11-20 12:00"))  # on Monday 23 November: a week today
    make_conflict(nora, logged_at=oslo("2026-11-23 12:00"))  # today

    assert named == (5, MONDAY)
    assert unanswered.waiting(service.pk, on=on) == (6, MONDAY)


def test_what_a_reminder_is_about_is_read_back():
    steps = [
        Step(14, MONDAY, MONDAY + 14 * DAY),
        Step(7, MONDAY + 9 * DAY, MONDAY + 16 * DAY),
        Step(7, MONDAY + 7 * DAY, MONDAY + 14 * DAY),
    ]

    period = unanswered.period(steps)

    assert period == "waiting:7:20261123-20261125:14:20261116-20261116"
    assert len(period) <= 60
    assert all(unanswered.is_about(period, step) for step in steps)
    assert unanswered.is_about(period, Step(7, MONDAY + 8 * DAY, MONDAY + 15 * DAY))
    for other in (Step(7, MONDAY, MONDAY), Step(14, MONDAY + 7 * DAY, MONDAY), Step(7, MONDAY + 10 * DAY, MONDAY)):
        assert not unanswered.is_about(period, other)
    assert not unanswered.is_about(unanswered.period(steps[:1]), steps[1])


@pytest.mark.django_db
def test_r02_it_asks_as_often_for_many_services_as_for_one(django_assert_num_queries):
    for key in ("a", "b", "c"):
        make_conflict(a_member(a_service(key), Role.PRACTITIONER), logged_at=WEDNESDAY)

    with django_assert_num_queries(3):  # entries, pauses, decisions
        assert len(unanswered.steps_due(on=MONDAY + 7 * DAY)) == 3
