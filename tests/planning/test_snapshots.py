"""What a snapshot holds, what it never holds, and what taking many of them costs."""

import dataclasses
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import get_args, get_type_hints

import pytest
import time_machine
from django.utils import timezone

from accounts.models import Member, Role
from planning.capacity import PARAMETERS
from planning.models import (
    CapacityParameter,
    ConfirmedEmpty,
    Decision,
    Funding,
    Observation,
    ReadinessCheck,
    Work,
)
from planning.risks import snapshot as frozen
from planning.snapshots import take_snapshot, take_snapshots
from tests.factories import (
    LEADERSHIP,
    at_noon,
    make_acknowledgement,
    make_action,
    make_adaptation,
    make_adviser,
    make_agreement,
    make_allocation,
    make_answer,
    make_caseload_month,
    make_confirmation,
    make_confirmed_empty,
    make_conflict,
    make_conflicts_of_week,
    make_decision,
    make_expectation,
    make_funding,
    make_goal,
    make_hours_of_week,
    make_leader,
    make_leadership_rating,
    make_member,
    make_observation,
    make_organisation_rating,
    make_outcome_round,
    make_own_leadership_rating,
    make_pause,
    make_practitioner,
    make_rating,
    make_readiness_check,
    make_recommendation,
    make_review,
    make_series,
    make_service,
    make_sponsor,
    make_stand_in,
    make_supervision,
    make_support,
    make_vision,
    make_week_check_in,
)
from tests.planning.site import client_of

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
MONDAY = date(2026, 11, 30)  # the next one
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
NAMES = ("Zacharias Zetterlund", "Yngvild Ytterdal", "Xerxes Xaver", "Wenche Wold")
TEXTS = (
    *("qwombat", "qvision", "qminutes", "qobserved", "qaction", "qgoal", "qwhy", "qtold", "qanswer"),
    *("qexpected", "qdecided", "qotherwise", "qreason", "qevidence", "qwanted", "qadvice", "qsource"),
)


def make_record(*, names=NAMES, login=True):
    """A service with a row of everything, full of words that nobody may find in a snapshot."""
    service = make_service(
        name=f"Service of {names[0]}", started_on=TODAY - 700 * DAY, project_ends_on=TODAY + 100 * DAY
    )
    leader = make_leader(service, name=names[0], login=login)
    practitioner = make_practitioner(service, name=names[1], successor=leader, login=login)
    colleague = make_practitioner(service, name=names[2], started_on=TODAY - 90 * DAY, login=login)
    make_adviser(service, name=names[3], supervises=True, leaves_on=TODAY - 5 * DAY, login=login)
    make_agreement(service, purpose="qwhy", information="qtold", recorded_by=leader)
    make_vision(service, text="qvision", published_by=leader)
    make_acknowledgement(make_expectation(service, text="qexpected", published_by=leader), practitioner)
    make_goal(service, outcome="qgoal", owner=leader, first_step="qgoal")
    make_goal(service, outcome="qgoal", state="reached", ended_on=TODAY)
    rating = make_rating(service)
    advice = make_recommendation(rating, text="qadvice")
    make_action(service, title="qaction", owner=practitioner, moved_by=leader, moved_on=TODAY, recommendation=advice)
    make_allocation(practitioner)
    make_week_check_in(colleague)
    make_hours_of_week(service)
    conflict = make_conflict(colleague, logged_at=timezone.now() - 20 * DAY, note="qwombat", show_note=True)
    make_answer(conflict, text="qanswer", by=leader)
    make_conflict(colleague, named=True, note="qwombat")
    make_conflicts_of_week(service)
    make_series(service, created_on=TODAY - MONTH)
    review = make_review(service, closed_at=timezone.now() - 10 * DAY, minutes="qminutes")
    make_observation(service, review=review, text="qobserved", by=practitioner)
    make_decision(service, text="qdecided")
    make_adaptation(service, what="qotherwise", reason="qreason", evidence="qevidence")
    make_support(service, wanted="qwanted")
    make_confirmation(service)
    make_funding(service)
    make_supervision(service)
    make_readiness_check(service)
    make_caseload_month(service)
    CapacityParameter.objects.create(service=service, name="sessions", value=38, source="qsource")
    make_pause(service, restarted_on=TODAY - DAY)
    make_organisation_rating(service)
    make_leadership_rating(service)
    make_own_leadership_rating(leader, shared_on=TODAY)
    make_outcome_round(service)
    make_confirmed_empty(service, by=leader)
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


def codes_of(thing: type) -> set[str]:
    """Every word that a field of the frozen dataclasses may hold by its type."""
    codes = set()
    for part in get_args(thing):
        codes |= {part} if isinstance(part, str) else codes_of(part)
    if dataclasses.is_dataclass(thing):
        for hint in get_type_hints(thing).values():
            codes |= codes_of(hint)
    return codes


# Words that rules go by, keys of the catalogue, names of the capacity model; any other text in a snapshot is a leak.
CODES = codes_of(frozen.Snapshot) | set(PARAMETERS) | {"adviser", "sponsor", "crowded-out", ""}


def test_no_names_and_no_free_text_are_in_a_snapshot():
    snapshot = take_snapshot(make_record(), TODAY)

    values = list(walk(snapshot))

    assert {value for value in values if isinstance(value, str)} <= CODES
    assert {type(value) for value in values} <= {str, int, bool, Decimal, date, type(None)}
    for word in (*NAMES, *TEXTS):
        assert word not in repr(snapshot)
    empty = [field.name for field in dataclasses.fields(snapshot) if getattr(snapshot, field.name) in ((), None)]
    assert empty == []  # all of it is really there to be searched


QUERIES = 35  # two of conflicts, goals and actions; one of every other kind of record


@pytest.mark.once
@pytest.mark.timeout(300)
def test_r02_as_many_queries_for_1_for_30_and_for_300_services(django_assert_num_queries):
    services = [make_record(login=False) for _service in range(300)]

    for number in (1, 30, 300):
        with django_assert_num_queries(QUERIES):
            snapshots = take_snapshots(services[:number], TODAY)

        assert set(snapshots) == {service.pk for service in services[:number]}
        assert all(snapshot.recommendations for snapshot in snapshots.values())


def test_r02_as_many_queries_for_an_empty_service_and_for_a_leaders_own_page(service, django_assert_num_queries):
    with django_assert_num_queries(QUERIES):
        take_snapshot(service, TODAY)
    leader = make_own_leadership_rating().leader
    with django_assert_num_queries(QUERIES):
        take_snapshot(leader.service, TODAY, own_rating_of=leader)


def test_what_is_of_one_service_is_in_no_other_snapshot(service):
    other = make_record()

    service.joined_on = TODAY  # no week of it is over yet

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
    make_adviser(service, supervises=True, started_on=later)
    make_vision(service, published_on=later)
    make_expectation(service, published_on=later)
    make_goal(service, stated_on=later)
    make_action(service, opened_on=later)
    make_allocation(practitioner, starts_on=later)
    make_conflict(practitioner, named=True, released_on=later)
    make_conflicts_of_week(service, released_on=MONDAY)
    make_hours_of_week(service, week=MONDAY - 7 * DAY)
    make_agreement(service, recorded_at=at_noon(later))
    make_series(service, created_on=later)
    make_review(service, starts_at=at_noon(later))
    rating = make_rating(service, rated_on=later)
    make_recommendation(rating)
    make_observation(service, on=later)
    make_decision(service, decided_on=later)
    make_adaptation(service, in_use_from=later)
    make_adaptation(service, in_use_from=TODAY - MONTH, in_use_until=TODAY - DAY)
    make_support(service, asked_on=later)
    make_confirmation(service, asked_on=later)
    make_funding(service, decided_on=later)
    make_supervision(service, held_on=later)
    make_readiness_check(service, on=later)
    make_caseload_month(service, month=date(2026, 12, 1))
    make_pause(service, paused_on=later)
    make_organisation_rating(service, rated_on=later)
    make_leadership_rating(service, rated_on=later)
    leader = make_leader(service, started_on=later)
    make_own_leadership_rating(leader, rated_on=later, shared_on=later)
    make_outcome_round(service, measured_on=later)
    make_confirmed_empty(service, on=later)
    service.joined_on = service.started_on = later

    snapshot = take_snapshot(service, TODAY, own_rating_of=leader)

    person = frozen.Person(number=practitioner.pk, role="practitioner", started_on=TODAY - MONTH)
    assert snapshot == frozen.Snapshot(as_of=TODAY, people=(person,))


def test_what_changed_later_is_shown_as_it_was(service):
    """As of a day means: as it stood on that day, as far as the rows still tell."""
    goal = make_goal(service, stated_on=TODAY - MONTH, state="reached", ended_on=TODAY + DAY)
    action = make_action(service, opened_on=TODAY - MONTH, state="done", closed_on=TODAY + DAY)
    make_vision(service, published_on=TODAY - MONTH, looked_at_on=TODAY + DAY)
    practitioner = make_practitioner(service)
    make_answer(make_conflict(practitioner, logged_at=at_noon(TODAY - 7 * DAY)), answered_on=TODAY + DAY)
    make_acknowledgement(make_expectation(service), practitioner, on=TODAY + DAY)
    support = make_support(service, answer="agreed", answered_on=TODAY + DAY)
    confirmation = make_confirmation(service, answered_on=TODAY + DAY, confirmed=True)
    adaptation = make_adaptation(service, in_use_until=TODAY + DAY, decided_on=TODAY + DAY)
    make_pause(service, restarted_on=TODAY + DAY)
    make_outcome_round(service, fed_back_on=TODAY + DAY)
    advice = make_recommendation(make_rating(service))
    make_rating(service, rated_on=TODAY + DAY)  # its visit is not the last one yet
    make_action(service, opened_on=TODAY + DAY, recommendation=advice)
    leader = make_leader(service, handed_over_on=TODAY + DAY)
    make_own_leadership_rating(leader, shared_on=TODAY + DAY)

    snapshot = take_snapshot(service, TODAY)

    assert [one.number for one in snapshot.goals] == [goal.pk]
    assert [(one.number, one.closed_on) for one in snapshot.actions] == [(action.pk, None)]
    assert snapshot.vision.looked_at_on == TODAY - MONTH
    assert [one.answered_on for one in snapshot.conflicts] == [None]
    assert snapshot.expectation.acknowledged == ()
    assert snapshot.supports == (frozen.Support(number=support.pk, asked_on=TODAY - 60 * DAY),)
    assert snapshot.confirmations == (frozen.Confirmation(number=confirmation.pk, asked_on=TODAY - 60 * DAY),)
    assert snapshot.adaptations == (frozen.Adaptation(number=adaptation.pk, in_use_from=TODAY - 60 * DAY),)
    assert snapshot.pauses == (frozen.Pause(paused_on=TODAY - MONTH),)
    assert [one.fed_back_on for one in snapshot.outcomes] == [None]
    assert [(one.number, one.taken_up) for one in snapshot.recommendations] == [(advice.pk, False)]
    assert [one.handed_over_on for one in snapshot.people] == [None, None]
    assert snapshot.own_leadership == ()


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


def test_advisers_who_supervise_come_in_from_outside_also_when_they_have_left(service):
    gone = make_adviser(service, supervises=True, leaves_on=TODAY - MONTH)
    here = make_adviser(service, supervises=True, started_on=TODAY - MONTH)
    make_adviser(service, supervises=True, guest=True)
    make_adviser(service)

    assert take_snapshot(service, TODAY).people == (
        frozen.Person(number=gone.pk, role="supervisor", supervises=True, leaves_on=TODAY - MONTH),
        frozen.Person(number=here.pk, role="supervisor", supervises=True, started_on=TODAY - MONTH),
    )


# What was agreed, decided and backed


def test_the_expectation_in_force_has_the_acknowledgements_of_its_own_version(service):
    first, second = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    old = make_expectation(service, published_on=TODAY - 90 * DAY)
    new = make_expectation(service, version=2, published_on=TODAY - MONTH)
    make_acknowledgement(old, first, on=TODAY - 80 * DAY)
    make_acknowledgement(new, second, on=TODAY - DAY)
    make_acknowledgement(new, first, on=TODAY)
    make_acknowledgement(new, make_practitioner(service, guest=True))
    make_acknowledgement(new, make_adviser(service))

    assert take_snapshot(service, TODAY).expectation == frozen.Expectation(
        published_on=TODAY - MONTH, acknowledged=((first.pk, TODAY), (second.pk, TODAY - DAY))
    )


def test_decisions_carry_everything_but_their_words(service):
    later = make_decision(
        service,
        kind="expand",
        decided_on=TODAY,
        decided_by="",
        basis="",
        patients=None,
        goals_behind=True,
        hours_behind=False,
    )
    earlier = make_decision(service, look_again_on=TODAY + MONTH)

    assert take_snapshot(service, TODAY).decisions == (
        frozen.Decision(
            number=earlier.pk,
            kind="continue",
            decided_on=TODAY - MONTH,
            decided_by="together",
            basis="outcomes",
            patients=12,
            look_again_on=TODAY + MONTH,
        ),
        frozen.Decision(number=later.pk, kind="expand", decided_on=TODAY, goals_behind=True, hours_behind=False),
    )


def test_of_an_adaptation_it_is_known_what_is_behind_it(service):
    considered = make_adaptation(
        service,
        in_use_from=TODAY - MONTH,
        in_use_until=TODAY,
        reason="Two patients each",
        evidence=" ",
        decided_on=TODAY - MONTH,
        look_again_on=TODAY + MONTH,
    )

    assert take_snapshot(service, TODAY).adaptations == (
        frozen.Adaptation(
            number=considered.pk,
            in_use_from=TODAY - MONTH,
            has_reason=True,
            has_evidence=False,
            decided_on=TODAY - MONTH,
            look_again_on=TODAY + MONTH,
        ),
    )


def test_support_is_agreed_only_when_the_answer_was_yes(service):
    make_support(service, answer="agreed", answered_on=TODAY)
    make_support(service, answer="refused", answered_on=TODAY)
    make_support(service)

    assert [one.agreed_on for one in take_snapshot(service, TODAY).supports] == [TODAY, None, None]


def test_the_next_levels_word_is_carried_with_its_day(service):
    make_confirmation(service, asked_on=TODAY - MONTH, answered_on=TODAY, confirmed=False)
    make_confirmation(service)

    said = [(one.asked_on, one.answered_on, one.confirmed) for one in take_snapshot(service, TODAY).confirmations]

    assert said == [(TODAY - 60 * DAY, None, None), (TODAY - MONTH, TODAY, False)]


def test_money_and_posts_are_carried_also_when_they_have_run_out(service):
    ended = make_funding(service, kind="start_up", decided_on=TODAY - 400 * DAY, until=TODAY - DAY)
    lasting = make_funding(service, kind="posts", until=None)

    assert take_snapshot(service, TODAY).fundings == (
        frozen.Funding(number=ended.pk, kind="start_up", decided_on=TODAY - 400 * DAY, until=TODAY - DAY),
        frozen.Funding(number=lasting.pk, kind="posts", decided_on=TODAY - 60 * DAY),
    )


def test_the_latest_of_each_preparation_counts(service):
    make_readiness_check(service, item="capacity", done=True, on=TODAY - MONTH)
    make_readiness_check(service, item="capacity", done=False, on=TODAY)
    make_readiness_check(service, item="capacity", done=True, on=TODAY + DAY)
    make_readiness_check(service, item="briefing", done=True, on=TODAY - MONTH)

    assert set(take_snapshot(service, TODAY).readiness) == {
        frozen.ReadinessCheck(item="capacity", done=False, on=TODAY),
        frozen.ReadinessCheck(item="briefing", done=True, on=TODAY - MONTH),
    }


def test_caseload_goes_up_to_the_running_month_and_tells_none_from_not_known(service):
    make_caseload_month(service, month=date(2026, 11, 1), individual_patients=0, groups=None, eligible=30)
    make_caseload_month(service, month=date(2026, 10, 1))

    assert take_snapshot(service, TODAY).caseload == (
        frozen.CaseloadMonth(month=date(2026, 10, 1), individual_patients=4, groups=1, sessions_held=10),
        frozen.CaseloadMonth(month=date(2026, 11, 1), individual_patients=0, sessions_held=10, eligible=30),
    )


def test_own_figures_come_by_their_names(service):
    for name, value in (("trips", "2"), ("sessions", "36.5")):
        CapacityParameter.objects.create(service=service, name=name, value=Decimal(value))

    assert take_snapshot(service, TODAY).capacity == (("sessions", Decimal("36.5")), ("trips", Decimal(2)))


def test_lists_said_to_be_empty_come_with_every_day_on_which_it_was_said(service):
    make_confirmed_empty(service, list="support", on=TODAY - MONTH)
    make_confirmed_empty(service, list="support", on=TODAY)
    make_confirmed_empty(service, list="fidelity", on=TODAY - DAY)

    said = [(one.list, one.on) for one in take_snapshot(service, TODAY).confirmed_empty]

    assert said == [("support", TODAY - MONTH), ("fidelity", TODAY - DAY), ("support", TODAY)]


# Conflicts


def test_f14_an_entry_without_a_name_is_absent_before_its_release_and_dated_by_it(service):
    make_conflict(make_practitioner(service))

    assert take_snapshot(service, MONDAY - DAY).conflicts == ()
    assert take_snapshot(service, MONDAY).conflicts == (frozen.Conflict(number=1, released_on=MONDAY),)


def test_f14_an_entry_with_a_name_counts_with_the_others_of_its_week(service):
    make_conflict(make_practitioner(service), named=True)

    assert take_snapshot(service, MONDAY - DAY).conflicts == ()
    assert take_snapshot(service, MONDAY).conflicts == (frozen.Conflict(number=1, released_on=MONDAY),)


def test_an_answer_is_dated_by_the_day_it_was_first_given(service):
    make_answer(make_conflict(make_practitioner(service)), answered_on=MONDAY + DAY)

    known = take_snapshot(service, MONDAY + DAY).conflicts

    assert known == (frozen.Conflict(number=1, released_on=MONDAY, answered_on=MONDAY + DAY),)


def test_f14_the_numbers_of_entries_tell_neither_who_nor_in_which_order(service):
    per, asta = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    made = [make_conflict(author) for author in (per, asta, per, asta)]

    snapshot = take_snapshot(service, MONDAY)

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
    assert set(get_args(frozen.Role)) - {"supervisor"} == {Role.LEADER, Role.STAND_IN, Role.PRACTITIONER}


@pytest.mark.parametrize(
    ("of_snapshot", "of_record"),
    [
        (frozen.Work, Work),
        (frozen.Effect, Observation.Effect),
        (frozen.Source, Observation.Source),
        (frozen.HowChosen, Member.HowChosen),
        (frozen.DecisionKind, Decision.Kind),
        (frozen.DecidedBy, Decision.DecidedBy),
        (frozen.Basis, Decision.Basis),
        (frozen.FundingKind, Funding.Kind),
        (frozen.ReadinessItem, ReadinessCheck.Item),
        (frozen.ListName, ConfirmedEmpty.List),
    ],
)
def test_every_code_of_the_record_is_a_code_of_a_snapshot(of_snapshot, of_record):
    assert set(get_args(of_snapshot)) == set(of_record.values)


# Other instruments


def test_only_the_advice_of_the_last_visit_is_carried_and_whether_it_was_taken_up(service):
    make_recommendation(make_rating(service, rated_on=TODAY - 400 * DAY))
    visit = make_rating(service)
    taken_up, left = make_recommendation(visit), make_recommendation(visit)
    make_action(service, recommendation=taken_up, state="dropped", closed_on=TODAY)

    assert take_snapshot(service, TODAY).recommendations == (
        frozen.Recommendation(number=taken_up.pk, given_on=TODAY - MONTH, taken_up=True),
        frozen.Recommendation(number=left.pk, given_on=TODAY - MONTH, taken_up=False),
    )
    make_rating(service, rated_on=TODAY)  # nothing was advised on this visit

    assert take_snapshot(service, TODAY).recommendations == ()


def test_ratings_of_organisation_leadership_and_outcomes_come_unrounded_in_order(service):
    make_organisation_rating(service, rated_on=TODAY, mean=Decimal("3.1666666667"))
    make_organisation_rating(service)
    make_leadership_rating(service, answers=4, minimum=4, bounded={"supportive": "most", "proactive": "least"})
    make_outcome_round(service, patients=7)
    means = {name: Decimal(value) for name, value in LEADERSHIP.items()}

    snapshot = take_snapshot(service, TODAY)

    assert snapshot.organisation == (
        frozen.OrganisationRating(rated_on=TODAY - MONTH, mean=Decimal("3.5")),
        frozen.OrganisationRating(rated_on=TODAY, mean=Decimal("3.1666666667")),
    )
    bounded = (("proactive", "least"), ("supportive", "most"))
    assert snapshot.leadership == (
        frozen.LeadershipRating(rated_on=TODAY - MONTH, answers=4, minimum=4, bounded=bounded, **means),
    )
    assert snapshot.outcomes == (
        frozen.OutcomeRound(measured_on=TODAY - 60 * DAY, patients=7, fed_back_on=TODAY - 53 * DAY),
    )


def test_a_leaders_own_rating_is_that_leaders_alone_until_it_is_shared(service):
    leader, stand_in = make_leader(service), make_stand_in(service)
    rating = make_own_leadership_rating(leader)
    of_stand_in = make_own_leadership_rating(stand_in, rated_on=TODAY - DAY)

    def days(**for_whom):
        return [one.rated_on for one in take_snapshot(service, TODAY, **for_whom).own_leadership]

    assert days() == []
    assert days(own_rating_of=leader) == [rating.rated_on]
    assert days(own_rating_of=stand_in) == [of_stand_in.rated_on]
    assert days(own_rating_of=make_leader(make_service())) == []
    rating.shared_on = TODAY
    rating.save()

    assert days() == [rating.rated_on]
    assert days(own_rating_of=stand_in) == [rating.rated_on, of_stand_in.rated_on]


def test_a_leaders_own_rating_is_shown_on_that_leaders_pages_and_nobody_elses():
    service = make_service("f")
    leader = make_leader(service)
    make_own_leadership_rating(leader)
    readers = [leader, make_stand_in(service), make_practitioner(service), make_adviser(service)]

    for member in readers:
        for address in ("", "standing/", "standing/themes/2/", "standing/self-image-gap/"):
            snapshot = client_of(member).get(f"/services/f/{address}").context["view"].standing.snapshot
            assert bool(snapshot.own_leadership) == (member == leader), (member.role, address)
