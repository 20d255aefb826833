"""What a snapshot holds, what it never holds, and what taking many of them costs."""

import dataclasses
import random
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from planning.risks import snapshot as frozen
from planning.snapshots import take_snapshot, take_snapshots
from tests.factories import (
    at_noon,
    make_action,
    make_adviser,
    make_agreement,
    make_allocation,
    make_answer,
    make_conflict,
    make_goal,
    make_leader,
    make_member,
    make_observation,
    make_practitioner,
    make_rating,
    make_review,
    make_series,
    make_service,
    make_sponsor,
    make_vision,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def service():
    return make_service()


# Words that stand in rows and must not stand in a snapshot.
NAMES = ("Zacharias Zetterlund", "Yngvild Ytterdal", "Xerxes Xaver")
TEXTS = ("qwombat", "qvision", "qminutes", "qobserved", "qaction", "qgoal", "qwhy", "qtold", "qanswer")


def make_record(*, names=NAMES) -> "make_service":
    """A service with a row of everything, full of words that nobody may find in a snapshot."""
    service = make_service(name=f"Service of {names[0]}")
    leader = make_leader(service, name=names[0])
    practitioner = make_practitioner(service, name=names[1], successor=leader)
    colleague = make_practitioner(service, name=names[2], started_on=TODAY - 90 * DAY)
    make_agreement(service, purpose="qwhy", information="qtold", recorded_by=leader)
    make_vision(service, text="qvision", published_by=leader)
    make_goal(service, outcome="qgoal", owner=leader, first_step="qgoal")
    make_goal(service, outcome="qgoal", state="reached", ended_on=TODAY)
    make_action(service, title="qaction", owner=practitioner, moved_by=leader, moved_on=TODAY)
    make_allocation(practitioner)
    conflict = make_conflict(colleague, logged_at=timezone.now() - 20 * DAY, note="qwombat", show_note=True)
    make_answer(conflict, text="qanswer", by=leader)
    make_conflict(colleague, named=True, note="qwombat")
    make_series(service, created_on=TODAY - MONTH)
    review = make_review(service, closed_at=timezone.now() - 10 * DAY, minutes="qminutes")
    make_observation(service, review=review, text="qobserved", by=practitioner)
    make_rating(service)
    return service


def walk(value):
    """Every value within a frozen dataclass, however deep."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from walk(getattr(value, field.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from walk(one)
    else:
        yield value


# Words that rules go by, and the study's sections; any other text in a snapshot is a leak.
CODES = {
    *("leader", "stand_in", "practitioner", "adviser", "sponsor"),
    *("hinders", "helps", "review", "focus_group", "site_visit", "supervision", "other"),
    *("session", "preparation", "monitoring", "travel"),
    *("jointly", "volunteered", "in_passing", "appointed"),
    *("crowded-out", ""),
}


def test_no_names_and_no_free_text_are_in_a_snapshot():
    snapshot = take_snapshot(make_record(), TODAY)

    values = list(walk(snapshot))

    assert {value for value in values if isinstance(value, str)} <= CODES
    assert {type(value) for value in values} <= {str, int, bool, Decimal, date, type(None)}
    for word in (*NAMES, *TEXTS):
        assert word not in repr(snapshot)
    filled = [field.name for field in dataclasses.fields(snapshot) if getattr(snapshot, field.name) in ((), None)]
    assert filled == ["started_on"]  # the rest of it is really there to be searched


def test_the_number_of_queries_does_not_grow_with_the_number_of_services():
    services = [make_record() for _service in range(30)]

    with CaptureQueriesContext(connection) as for_one:
        take_snapshots(services[:1], TODAY)
    with CaptureQueriesContext(connection) as for_thirty:
        snapshots = take_snapshots(services, TODAY)

    assert len(for_thirty) == len(for_one) <= 14
    assert set(snapshots) == {service.pk for service in services}
    assert all(snapshot.conflicts for snapshot in snapshots.values())


def test_what_is_of_one_service_is_in_no_other_snapshot(service):
    other = make_record()

    snapshots = take_snapshots([service, other], TODAY)

    assert snapshots[service.pk] == frozen.Snapshot(as_of=TODAY, joined_on=service.joined_on)
    assert snapshots[other.pk] == take_snapshot(other, TODAY)


def test_a_snapshot_does_not_depend_on_the_order_in_which_services_are_asked_for():
    services = [make_record() for _service in range(3)]
    shuffled = random.Random(7).sample(services, k=3)

    assert take_snapshots(services, TODAY) == take_snapshots(shuffled, TODAY)


def test_nothing_that_is_dated_later_is_in_a_snapshot(service):
    later = TODAY + DAY
    make_member(service, started_on=later, name="Not yet here")
    practitioner = make_practitioner(service, started_on=TODAY - MONTH, trained_on=later, stopped_on=later)
    make_vision(service, published_on=later)
    make_goal(service, stated_on=later)
    make_action(service, opened_on=later)
    make_allocation(practitioner, starts_on=later)
    make_conflict(practitioner, named=True, released_on=later)
    make_agreement(service, recorded_at=at_noon(later))
    make_series(service, created_on=later)
    make_review(service, starts_at=at_noon(later))
    make_rating(service, rated_on=later)
    make_observation(service, on=later)
    service.joined_on = service.started_on = later

    snapshot = take_snapshot(service, TODAY)

    person = frozen.Person(number=practitioner.pk, role="practitioner", started_on=TODAY - MONTH)
    assert snapshot == frozen.Snapshot(as_of=TODAY, people=(person,))


def test_what_changed_later_is_shown_as_it_was(service):
    """As of a day means: as it stood on that day, as far as the rows still tell."""
    goal = make_goal(service, stated_on=TODAY - MONTH, state="reached", ended_on=TODAY + DAY)
    action = make_action(service, opened_on=TODAY - MONTH, state="done", closed_on=TODAY + DAY)
    make_vision(service, published_on=TODAY - MONTH, looked_at_on=TODAY + DAY)
    conflict = make_conflict(make_practitioner(service), named=True)
    make_answer(conflict, answered_on=TODAY + DAY)

    snapshot = take_snapshot(service, TODAY)

    assert [one.number for one in snapshot.goals] == [goal.pk]
    assert [(one.number, one.closed_on) for one in snapshot.actions] == [(action.pk, None)]
    assert snapshot.vision.looked_at_on == TODAY - MONTH
    assert [one.answered_on for one in snapshot.conflicts] == [None]


def test_a_goal_that_ended_and_a_draft_are_no_goals(service):
    make_goal(service, state="reached", ended_on=TODAY)
    make_goal(service, state="dropped", ended_on=TODAY)
    make_goal(service, state="draft")

    snapshot = take_snapshot(service, TODAY)

    assert snapshot.goals == ()
    assert snapshot.last_goal_ended_on == TODAY
    assert take_snapshot(service, TODAY - DAY).last_goal_ended_on is None


def test_guests_are_not_of_the_record(service):
    leader = make_leader(service)
    make_adviser(service)
    make_sponsor(service)
    make_practitioner(service, guest=True)

    assert [person.number for person in take_snapshot(service, TODAY).people] == [leader.pk]


def test_people_are_told_apart_by_number_and_role(service):
    successor = make_leader(service)
    member = make_practitioner(
        service,
        started_on=TODAY - MONTH,
        trained_on=TODAY - MONTH,
        how_chosen="jointly",
        leaves_on=TODAY + MONTH,
        successor=successor,
        away_from=TODAY - DAY,
        away_until=TODAY + MONTH,
    )

    person = next(one for one in take_snapshot(service, TODAY).people if one.number == member.pk)

    assert person == frozen.Person(
        number=member.pk,
        role="practitioner",
        started_on=TODAY - MONTH,
        trained_on=TODAY - MONTH,
        how_chosen="jointly",
        leaves_on=TODAY + MONTH,
        successor=successor.pk,
        away_from=TODAY - DAY,
        away_until=TODAY + MONTH,
    )


def test_only_leaders_moves_are_the_leaders(service):
    leader, practitioner = make_leader(service), make_practitioner(service)
    make_action(service, moved_by=leader, moved_on=TODAY - DAY)
    make_action(service, moved_by=practitioner, moved_on=TODAY)
    make_action(service, moved_by=leader, moved_on=TODAY + DAY)

    assert take_snapshot(service, TODAY).leader_moved_on == (TODAY - DAY,)


# Conflicts


def test_f14_an_entry_without_a_name_is_absent_before_its_release_and_dated_by_it(service):
    make_conflict(make_practitioner(service))
    monday = date(2026, 11, 30)

    assert take_snapshot(service, monday - DAY).conflicts == ()
    assert take_snapshot(service, monday).conflicts == (frozen.Conflict(number=1, released_on=monday),)


def test_an_entry_with_a_name_counts_from_its_day(service):
    make_conflict(make_practitioner(service), named=True)

    assert take_snapshot(service, TODAY - DAY).conflicts == ()
    assert take_snapshot(service, TODAY).conflicts == (frozen.Conflict(number=1, released_on=TODAY),)


def test_an_answer_is_dated_by_the_day_it_was_first_given(service):
    make_answer(make_conflict(make_practitioner(service), named=True), answered_on=TODAY)

    assert take_snapshot(service, TODAY).conflicts == (frozen.Conflict(number=1, released_on=TODAY, answered_on=TODAY),)


def test_f14_the_numbers_of_entries_tell_neither_who_nor_in_which_order(service):
    per, asta = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    made = [make_conflict(author) for author in (per, asta, per, asta)]
    monday = date(2026, 11, 30)

    snapshot = take_snapshot(service, monday)

    assert [conflict.number for conflict in snapshot.conflicts] == [1, 2, 3, 4]
    assert len({dataclasses.replace(conflict, number=0) for conflict in snapshot.conflicts}) == 1
    assert len(made) == 4


@pytest.mark.parametrize(("evaluate_in", "open_"), [(30, True), (-59, True), (-60, False)])
def test_s10_logging_counts_while_the_agreement_holds(service, evaluate_in, open_):
    make_agreement(service, evaluate_on=TODAY + evaluate_in * DAY)

    since = take_snapshot(service, TODAY).logging_since

    assert since == (TODAY - MONTH if open_ else None)


def test_logging_is_dated_by_the_first_agreement_and_decided_by_the_last(service):
    make_agreement(service, recorded_at=timezone.now() - 400 * DAY, evaluate_on=TODAY - 60 * DAY)
    make_agreement(service, recorded_at=timezone.now() - DAY)

    assert take_snapshot(service, TODAY).logging_since == TODAY - 400 * DAY


def test_a_log_that_stood_closed_in_between_is_open_since_its_opening_again(service):
    make_agreement(service, recorded_at=timezone.now() - 400 * DAY, evaluate_on=TODAY - 61 * DAY)
    make_agreement(service, recorded_at=timezone.now() - DAY)

    assert take_snapshot(service, TODAY).logging_since == TODAY - DAY


# Reviews


def test_reviews_that_were_due_and_those_that_were_held(service):
    held = make_review(service, closed_at=timezone.now() - 40 * DAY)
    examined = make_review(service, closed_at=timezone.now() - 10 * DAY)
    make_observation(service, review=examined)
    make_review(service, starts_at=timezone.now() - 5 * DAY)  # nobody has closed it
    make_review(service, starts_at=timezone.now() - 4 * DAY, state="cancelled")
    make_review(service, starts_at=timezone.now() + 4 * DAY)

    snapshot = take_snapshot(service, TODAY)

    assert snapshot.reviews == (
        frozen.Review(number=held.pk, held_on=TODAY - 40 * DAY, barrier_examined=False),
        frozen.Review(number=examined.pk, held_on=TODAY - 10 * DAY, barrier_examined=True),
    )
    assert snapshot.review_due_on == (TODAY - 40 * DAY, TODAY - 10 * DAY, TODAY - 5 * DAY)


def test_a_review_late_at_night_is_due_on_its_day_in_oslo(service):
    late = timezone.make_aware(datetime(2026, 11, 25, 23, 30))  # 22:30 in UTC
    make_review(service, starts_at=late)
    make_review(service, starts_at=late + timedelta(hours=1))

    assert take_snapshot(service, TODAY).review_due_on == (TODAY,)


def test_the_rhythm_is_that_of_the_running_series(service):
    make_series(service, rule="FREQ=WEEKLY;INTERVAL=2", ended_on=TODAY, created_on=TODAY - MONTH)
    assert take_snapshot(service, TODAY).review_interval_days is None

    make_series(service, rule="FREQ=WEEKLY;INTERVAL=6")

    assert take_snapshot(service, TODAY).review_interval_days == 42


# Observations and ratings


def test_ratings_are_unrounded_and_in_the_order_of_their_dates(service):
    make_rating(service, rated_on=TODAY, total=Decimal("4.1538461538"))
    make_rating(service, rated_on=TODAY - MONTH, total=Decimal("3.5"))

    assert take_snapshot(service, TODAY).fidelity == (
        frozen.FidelityRating(rated_on=TODAY - MONTH, total=Decimal("3.5")),
        frozen.FidelityRating(rated_on=TODAY, total=Decimal("4.1538461538")),
    )


def test_observations_are_carried_without_their_words(service):
    seen = make_observation(service, of_group=True, passage="Results", source="focus_group", effect="helps")

    assert take_snapshot(service, TODAY).observations == (
        frozen.Observation(
            number=seen.pk,
            entry="crowded-out",
            effect="helps",
            on=TODAY,
            source="focus_group",
            of_group=True,
            passage="Results",
        ),
    )


def test_every_role_of_a_snapshot_is_a_role_of_the_record():
    assert set(frozen.Role.__args__) == {Role.LEADER, Role.STAND_IN, Role.PRACTITIONER}
