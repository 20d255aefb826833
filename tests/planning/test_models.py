"""The record's constraints, both ways; its named sets; how rows name themselves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from planning.conflict_weeks import everybody_from
from planning.models import (
    Action,
    Allocation,
    Goal,
    LoggingAgreement,
    Observation,
    PriorityConflict,
    Review,
    Vision,
)
from tests.factories import (
    at_noon,
    make_action,
    make_agreement,
    make_allocation,
    make_answer,
    make_check_in,
    make_conflict,
    make_goal,
    make_member,
    make_observation,
    make_practitioner,
    make_review,
    make_series,
    make_service,
    make_vision,
)

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 25)
NEXT = DAY + timedelta(days=1)
NOON = at_noon(DAY)


@pytest.fixture
def service():
    return make_service()


# What each constraint allows and what it refuses: (how the row is made, its values).
ALLOWED = {
    "goal_ended_when_reached_or_dropped": [
        (make_goal, {"state": "draft"}),
        (make_goal, {"state": "active"}),
        (make_goal, {"state": "reached", "stated_on": DAY, "ended_on": DAY}),
        (make_goal, {"state": "dropped", "stated_on": DAY, "ended_on": NEXT}),
    ],
    "goal_ended_after_stated": [(make_goal, {"state": "reached", "stated_on": DAY, "ended_on": DAY})],
    "action_closed_when_not_open": [
        (make_action, {}),
        (make_action, {"state": "done", "closed_on": DAY}),
        (make_action, {"state": "dropped", "closed_on": DAY}),
    ],
    "observation_hinders_or_helps": [
        (make_observation, {"effect": "hinders"}),
        (make_observation, {"effect": "helps"}),
    ],
    "review_closed_when_held": [
        (make_review, {}),
        (make_review, {"state": "cancelled"}),
        (make_review, {"closed_at": NOON}),
    ],
    "vision_looked_at_from_publication_on": [
        (make_vision, {"published_on": None, "looked_at_on": None}),
        (make_vision, {"published_on": DAY, "looked_at_on": DAY}),
        (make_vision, {"published_on": DAY, "looked_at_on": NEXT}),
    ],
    "agreement_keeps_notes_12_or_24_months": [
        (make_agreement, {"keep_months": 12}),
        (make_agreement, {"keep_months": 24}),
    ],
}
REFUSED = {
    "goal_ended_when_reached_or_dropped": [
        (make_goal, {"state": "reached"}),
        (make_goal, {"state": "dropped"}),
        (make_goal, {"state": "draft", "stated_on": DAY, "ended_on": DAY}),
        (make_goal, {"state": "active", "stated_on": DAY, "ended_on": DAY}),
    ],
    "goal_ended_after_stated": [(make_goal, {"state": "reached", "stated_on": NEXT, "ended_on": DAY})],
    "action_closed_when_not_open": [
        (make_action, {"closed_on": DAY}),
        (make_action, {"state": "done"}),
        (make_action, {"state": "dropped"}),
    ],
    "observation_hinders_or_helps": [(make_observation, {"effect": "perhaps"})],
    "review_closed_when_held": [
        (make_review, {"state": "held"}),
        (make_review, {"state": "planned", "closed_at": NOON}),
        (make_review, {"state": "cancelled", "closed_at": NOON}),
    ],
    "vision_looked_at_from_publication_on": [
        (make_vision, {"published_on": DAY, "looked_at_on": DAY - timedelta(days=1)}),
        (make_vision, {"published_on": DAY, "looked_at_on": None}),
        (make_vision, {"published_on": None, "looked_at_on": DAY}),
    ],
    "agreement_keeps_notes_12_or_24_months": [
        (make_agreement, {"keep_months": 0}),
        (make_agreement, {"keep_months": 25}),
    ],
}


def cases(table):
    return [
        pytest.param(make, values, id=f"{constraint}-{number}")
        for constraint, rows in table.items()
        for number, (make, values) in enumerate(rows)
    ]


@pytest.mark.parametrize(("make", "values"), cases(ALLOWED))
def test_what_a_constraint_allows_is_stored(service, make, values):
    assert make(service, **values).pk


@pytest.mark.parametrize(("make", "values"), cases(REFUSED))
def test_what_a_constraint_refuses_is_not_stored(service, make, values):
    model = {
        make_goal: Goal,
        make_action: Action,
        make_observation: Observation,
        make_review: Review,
        make_vision: Vision,
        make_agreement: LoggingAgreement,
    }[make]

    with pytest.raises(IntegrityError), transaction.atomic():
        make(service, **values)
    assert not model.objects.exists()


@pytest.mark.parametrize("hours", ["0.25", "1.5", "40"])
def test_hours_between_nought_and_forty_are_stored(hours):
    assert make_allocation(hours_per_week=Decimal(hours)).pk
    assert make_conflict(hours=Decimal(hours)).pk


@pytest.mark.parametrize("hours", ["0", "-1", "40.25"])
@pytest.mark.parametrize(("make", "name"), [(make_allocation, "hours_per_week"), (make_conflict, "hours")])
def test_other_hours_are_refused(make, name, hours):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**{name: Decimal(hours)})


def test_an_entry_need_not_say_hours():
    assert make_conflict(hours=None).pk


def test_an_allocation_ends_on_its_first_day_or_later():
    assert make_allocation(starts_on=DAY, ends_on=DAY).pk
    assert make_allocation(starts_on=DAY, ends_on=None).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        make_allocation(starts_on=NEXT, ends_on=DAY)


@pytest.mark.parametrize(("state", "text"), [("seen", ""), ("planned", ""), ("done", "x"), ("not_now", "In spring")])
def test_answers_that_are_stored(state, text):
    assert make_answer(make_conflict(), state=state, text=text).pk


def test_not_now_without_a_reason_is_refused():
    with pytest.raises(IntegrityError), transaction.atomic():
        make_answer(make_conflict(), state="not_now", text="")


def test_an_entry_has_one_answer():
    conflict = make_conflict()
    make_answer(conflict)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_answer(conflict)
    assert make_answer(make_conflict()).pk


def test_a_version_of_the_vision_exists_once_in_a_service(service):
    make_vision(service, version=1)
    make_vision(service, version=2)
    make_vision(make_service(), version=1)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_vision(service, version=2)


def test_a_goal_has_one_check_in_a_day_from_each_person(service):
    goal, nora = make_goal(service), make_member(service)
    make_check_in(goal, on=DAY, by=nora)
    make_check_in(goal, on=DAY, by=make_member(service))
    make_check_in(goal, on=NEXT, by=nora)
    make_check_in(make_goal(service), on=DAY, by=nora)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_check_in(goal, on=DAY, by=nora)


def test_a_service_has_one_running_series(service):
    make_series(service, ended_on=DAY)
    make_series(service, ended_on=DAY)
    make_series(service)
    make_series(make_service())

    with pytest.raises(IntegrityError), transaction.atomic():
        make_series(service)


def test_a_series_uses_a_slot_once(service):
    series = make_series(service)
    make_review(service, series=series, slot_at=NOON)
    make_review(service, series=series, slot_at=NOON + timedelta(days=28))
    make_review(service)
    make_review(service)  # meetings outside a series have no slot

    with pytest.raises(IntegrityError), transaction.atomic():
        make_review(service, series=series, slot_at=NOON)


# Named sets


def test_goals_that_are_active_and_overdue(service):
    late = make_goal(service, outcome="late", due_on=DAY - timedelta(days=4))
    due = make_goal(service, outcome="in grace", due_on=DAY - timedelta(days=3))
    make_goal(service, outcome="no date", due_on=None)
    make_goal(service, outcome="a draft", state="draft", due_on=DAY - timedelta(days=9))
    make_goal(service, outcome="reached", state="reached", stated_on=DAY, ended_on=DAY, due_on=DAY - timedelta(days=9))

    assert list(Goal.objects.overdue(DAY)) == [late]
    assert {goal.outcome for goal in Goal.objects.active()} == {"late", "in grace", "no date"}
    assert set(Goal.objects.overdue(NEXT)) == {late, due}


def test_actions_that_are_open_and_late(service):
    late = make_action(service, due_on=DAY - timedelta(days=4))
    due = make_action(service, due_on=DAY - timedelta(days=3))
    without_date = make_action(service, due_on=None)
    make_action(service, state="done", closed_on=DAY, due_on=DAY - timedelta(days=9))

    assert list(Action.objects.late(DAY)) == [late]
    assert set(Action.objects.open()) == {late, due, without_date}


def test_allocations_hold_from_their_first_to_their_last_day():
    allocation = make_allocation(starts_on=DAY, ends_on=NEXT)

    held = [list(Allocation.objects.in_force(DAY + timedelta(days=days))) for days in (-1, 0, 1, 2)]

    assert held == [[], [allocation], [allocation], []]


def test_reviews_that_are_planned_held_and_upcoming(service):
    later = make_review(service, starts_at=NOON + timedelta(days=2))
    sooner = make_review(service, starts_at=NOON)
    past = make_review(service, starts_at=NOON - timedelta(seconds=1))
    held = make_review(service, closed_at=NOON - timedelta(days=1))
    make_review(service, state="cancelled", starts_at=NOON)

    assert list(Review.objects.upcoming(NOON)) == [sooner, later]
    assert set(Review.objects.planned()) == {past, sooner, later}
    assert list(Review.objects.held()) == [held]


def test_the_vision_in_force_is_the_one_published_last(service):
    first = make_vision(service, version=1, published_on=DAY)
    second = make_vision(service, version=2, published_on=DAY)
    make_vision(service, version=3, published_on=NEXT)
    make_vision(service, version=4, published_on=None, looked_at_on=None)

    assert list(Vision.objects.in_force(DAY)) == [second, first]
    assert list(Vision.objects.in_force(DAY - timedelta(days=1))) == []


def test_conflicts_that_everybody_knows_and_that_are_unanswered():
    waiting = make_conflict(released_on=DAY)
    answered = make_conflict(released_on=DAY - timedelta(days=1))
    make_answer(answered)
    make_conflict(released_on=NEXT)

    assert set(PriorityConflict.objects.known_to_everybody(DAY)) == {waiting, answered}
    assert list(PriorityConflict.objects.known_to_everybody(DAY).unanswered()) == [waiting]


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("logged_on", [date(2026, 11, 23) + timedelta(days=number) for number in range(7)])
def test_f14_a_set_of_conflicts_is_known_to_everybody_from_the_same_day_as_each_of_them(named, logged_on):
    conflict = make_conflict(named=named, logged_at=at_noon(logged_on))

    for number in range(-1, 16):
        on = logged_on + timedelta(days=number)
        assert PriorityConflict.objects.known_to_everybody(on).exists() is (on >= everybody_from(conflict)), on
    assert everybody_from(conflict) == date(2026, 11, 30)


def test_a_goal_has_a_measure_when_either_is_written():
    assert Goal(doing_measure="Offers").has_measure
    assert Goal(result_measure="Patients who finish").has_measure
    assert not Goal().has_measure


def test_the_day_of_a_review_is_that_in_oslo():
    review = Review(starts_at=timezone.datetime(2026, 11, 29, 23, 30, tzinfo=timezone.get_fixed_timezone(0)))

    assert review.on == date(2026, 11, 30)


def test_what_a_person_leaves_behind_stays_without_them():
    member = make_practitioner()
    conflict = make_conflict(member)
    goal, action = make_goal(member.service, owner=member), make_action(member.service, owner=member)
    make_allocation(member)

    member.delete()

    assert PriorityConflict.objects.get(pk=conflict.pk).author is None
    assert Goal.objects.get(pk=goal.pk).owner is None
    assert Action.objects.get(pk=action.pk).owner is None
    assert not Allocation.objects.exists()


def test_rows_name_themselves():
    member = make_practitioner(make_service("f"), name="Per Dahl")
    service = member.service
    conflict = make_conflict(member)

    assert str(make_goal(service, outcome="More groups")) == "More groups"
    assert str(make_check_in(make_goal(service, outcome="Offers"), on=DAY)) == "Offers on 2026-11-25: on_track"
    assert str(make_action(service, title="Call Anna")) == "Call Anna"
    assert str(make_allocation(member, hours_per_week="1.5")) == "Per Dahl: 1.5 h a week, session"
    assert str(conflict) == f"f {conflict.pk}"
    assert str(make_answer(conflict)) == f"f {conflict.pk}: seen"
    assert str(make_agreement(service, evaluate_on=DAY)) == "f, evaluated 2026-11-25"
    assert str(make_observation(service, on=DAY)) == "crowded-out hinders 2026-11-25"
    assert str(make_series(service)) == "f FREQ=WEEKLY;INTERVAL=4"
    assert str(make_review(service, starts_at=NOON)) == "f 2026-11-25"
    assert str(make_vision(service, version=3)) == "f version 3"
