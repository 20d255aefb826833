"""Priority conflicts: changed, answered, counted; the gate before logging; the Monday of release."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent
from planning import conflicts
from planning.clock import monday_of
from planning.models import Action, ConflictAnswer, LoggingAgreement, PriorityConflict
from tests.factories import (
    at_noon,
    make_agreement,
    make_answer,
    make_conflict,
    make_conflicts_of_week,
    make_leader,
    make_practitioner,
    make_service,
    make_stand_in,
)

pytestmark = pytest.mark.django_db

WEDNESDAY = date(2026, 11, 25)
MONDAY_AFTER = date(2026, 11, 30)
WEDNESDAY_MORNING = "2026-11-25T09:30:00+01:00"


def oslo(text: str) -> datetime:
    """That wall-clock time in Oslo."""
    return timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def service():
    service = make_service()
    make_agreement(service)
    return service


@pytest.fixture
def now():
    with time_machine.travel(WEDNESDAY_MORNING, tick=False):
        yield


# ------------------------------------------------------------------------------------------------
# Changing
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", [False, True])
def test_f14_an_entry_can_be_changed_until_everybody_may_know_of_it(service, now, named):
    """Named or not: a change that only one with a name allows would tell the colleagues that it carries one."""
    conflict = make_conflict(make_practitioner(service), named=named)

    assert conflicts.is_editable(conflict, on=MONDAY_AFTER - timedelta(days=1))
    assert not conflicts.is_editable(conflict, on=MONDAY_AFTER)
    with pytest.raises(conflicts.NoLongerOpen):
        conflicts.add_detail(conflict, on=MONDAY_AFTER)


def test_an_entry_with_a_name_can_be_changed_until_it_is_answered(service, now):
    conflict = make_conflict(make_practitioner(service), named=True)
    assert conflicts.is_editable(conflict, on=WEDNESDAY)

    make_answer(conflict)

    stored = PriorityConflict.objects.get(pk=conflict.pk)
    assert not conflicts.is_editable(stored, on=WEDNESDAY)
    with pytest.raises(conflicts.NoLongerOpen):
        conflicts.add_detail(stored, on=WEDNESDAY)


def test_a_name_that_is_taken_back_in_time_hides_the_entry_until_monday(service, now):
    leader = make_leader(service)
    conflict = make_conflict(make_practitioner(service), named=True)
    assert conflicts.seen_by(leader, conflict, on=WEDNESDAY).author == "Per Dahl"

    conflict.named = False
    conflicts.add_detail(conflict, on=WEDNESDAY)

    stored = PriorityConflict.objects.get(pk=conflict.pk)
    assert stored.released_on == MONDAY_AFTER
    assert conflicts.seen_by(leader, stored, on=WEDNESDAY) is None
    assert conflicts.seen_by(leader, stored, on=MONDAY_AFTER).author is None


def test_a_name_cannot_be_taken_back_once_colleagues_may_have_read_the_entry(service, now):
    conflict = make_conflict(make_practitioner(service), named=True)
    conflict.named = False

    with pytest.raises(conflicts.NoLongerOpen):
        conflicts.add_detail(conflict, on=MONDAY_AFTER)
    assert PriorityConflict.objects.get(pk=conflict.pk).named


def test_what_was_withdrawn_meanwhile_can_be_neither_changed_nor_answered(service, now):
    conflict = make_conflict(make_practitioner(service), named=True)
    leader = make_leader(service)
    conflicts.withdraw(PriorityConflict.objects.get(pk=conflict.pk))

    with pytest.raises(conflicts.Withdrawn):
        conflicts.add_detail(conflict, on=WEDNESDAY)
    with pytest.raises(conflicts.Withdrawn):
        conflicts.answer(conflict=conflict, state="seen", text="", by=leader, on=WEDNESDAY)
    assert not ConflictAnswer.objects.exists()


def test_undo_is_offered_for_ten_minutes(service):
    logged_at = oslo("2026-11-25T09:30")
    conflict = make_conflict(make_practitioner(service), logged_at=logged_at)

    assert conflicts.can_undo(conflict, at=logged_at + timedelta(minutes=10))
    assert not conflicts.can_undo(conflict, at=logged_at + timedelta(minutes=10, seconds=1))


# ------------------------------------------------------------------------------------------------
# Answers
# ------------------------------------------------------------------------------------------------


def test_an_answer_can_bring_an_action(service, now):
    leader = make_leader(service)
    conflict = make_conflict(make_practitioner(service), named=True)

    reply = conflicts.answer(
        conflict=conflict,
        state="planned",
        text="We swap",
        by=leader,
        on=WEDNESDAY,
        action_title="Agree on cover",
        action_due_on=MONDAY_AFTER,
        action_owner=leader,
    )

    action = Action.objects.get()
    assert reply.action == action
    assert (action.service, action.title, action.due_on, action.owner) == (
        service,
        "Agree on cover",
        MONDAY_AFTER,
        leader,
    )
    assert (action.entry, action.opened_on, action.moved_by) == ("crowded-out", WEDNESDAY, leader)
    codes = list(AuditEvent.objects.filter(actor=leader.user.audit_id).order_by("pk").values_list("code", flat=True))
    assert codes == ["action.opened", "conflict.answered"]


def test_answering_again_changes_the_answer_but_not_its_first_day(service, now):
    leader, stand_in = make_leader(service), make_stand_in(service)
    conflict = make_conflict(make_practitioner(service), named=True)
    conflicts.answer(conflict=conflict, state="seen", text="", by=leader, on=WEDNESDAY)

    conflicts.answer(conflict=conflict, state="done", text="Swapped", by=stand_in, on=MONDAY_AFTER)

    reply = ConflictAnswer.objects.get()
    assert (reply.state, reply.text, reply.by, reply.answered_on) == ("done", "Swapped", stand_in, WEDNESDAY)


def test_the_leader_has_what_is_released_unanswered_and_not_the_leaders_own_to_answer(service, now):
    leader = make_leader(service)
    waits = make_conflict(make_practitioner(service), named=True)
    make_conflict(make_practitioner(service, name="Asta Ro"))  # not yet released
    make_answer(make_conflict(waits.author, named=True))
    make_conflict(leader, named=True)  # from the time before this one led

    assert [entry.pk for entry in conflicts.waiting_for(leader, on=WEDNESDAY)] == [str(waits.pk)]
    assert conflicts.waiting_for(waits.author, on=MONDAY_AFTER) == []


def test_counts_are_by_reason_most_first_and_of_the_weeks_of_the_last_days_only(service, now):
    author = make_practitioner(service)
    monday = monday_of(WEDNESDAY)
    for reason, released_on in (
        ("meeting", monday),
        ("staff", monday),
        ("staff", monday - timedelta(days=84)),
        ("acute", monday - timedelta(days=91)),
        ("other", MONDAY_AFTER),
    ):
        make_conflict(author, reason=reason, released_on=released_on)

    assert conflicts.counts_by_reason(service, on=WEDNESDAY) == [("Short of staff", 2), ("Meeting", 1)]


def test_an_entry_with_a_name_is_counted_with_the_others_of_its_week(service, now):
    make_conflict(make_practitioner(service), named=True)

    assert conflicts.counts_by_reason(service, on=MONDAY_AFTER - timedelta(days=1)) == []
    assert conflicts.counts_by_reason(service, on=MONDAY_AFTER) == [("Acute patient", 1)]


def test_weeks_that_came_with_a_dossier_are_counted_beside_the_entries(service, now):
    make_conflict(make_practitioner(service), reason="meeting", released_on=monday_of(WEDNESDAY))
    make_conflicts_of_week(service, reasons={"meeting": 2, "staff": 4, "acute": 0})

    assert conflicts.counts_by_reason(service, on=WEDNESDAY) == [("Short of staff", 4), ("Meeting", 3)]


# ------------------------------------------------------------------------------------------------
# S10: the gate
# ------------------------------------------------------------------------------------------------


def test_s10_nothing_can_be_logged_before_the_agreement_is_recorded(now):
    author = make_practitioner()

    with pytest.raises(conflicts.LoggingIsOff):
        conflicts.log(author=author, reason="meeting", named=False, at=at_noon(WEDNESDAY))

    assert not conflicts.logging_is_on(author.service, on=WEDNESDAY)
    assert not PriorityConflict.objects.exists()
    assert not AuditEvent.objects.exists()


def test_s10_recording_the_agreement_opens_the_log(now):
    leader = make_leader()
    agreement = LoggingAgreement(
        purpose="To make room",
        ground="public_task",
        discussed_on=WEDNESDAY,
        discussed_with="Shop steward",
        information="For planning",
        keep_months=12,
        evaluate_on=date(2027, 11, 25),
    )

    conflicts.record_agreement(agreement, by=leader)

    assert conflicts.logging_is_on(leader.service, on=WEDNESDAY)
    assert (agreement.service, agreement.recorded_by) == (leader.service, leader)
    assert AuditEvent.objects.get().code == "agreement.recorded"


@pytest.mark.parametrize(
    ("days_after_evaluation", "warns", "open_"),
    [(-31, False, True), (-30, True, True), (0, True, True), (59, True, True), (60, True, False), (400, True, False)],
)
def test_s10_warns_thirty_days_before_the_evaluation_and_pauses_sixty_days_after(days_after_evaluation, warns, open_):
    service = make_service()
    agreement = make_agreement(service, evaluate_on=date(2027, 3, 1))
    on = date(2027, 3, 1) + timedelta(days=days_after_evaluation)

    assert agreement.warns(on) is warns
    assert agreement.allows_logging(on) is open_
    assert conflicts.logging_is_on(service, on=on) is open_


def test_s10_looking_at_it_again_opens_a_paused_log(now):
    service = make_service()
    make_agreement(service, evaluate_on=WEDNESDAY - timedelta(days=60), recorded_at=oslo("2025-11-25T12:00"))
    assert not conflicts.logging_is_on(service, on=WEDNESDAY)

    make_agreement(service, recorded_at=oslo("2026-11-25T09:00"))

    assert conflicts.logging_is_on(service, on=WEDNESDAY)


# ------------------------------------------------------------------------------------------------
# Time
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "released_on"),
    [
        # A whole week is always over before anybody knows: Monday's entries wait for the next Monday.
        ("2026-11-23T00:00:00+01:00", date(2026, 11, 30)),
        ("2026-11-29T23:59:59+01:00", date(2026, 11, 30)),
        # Half past eleven in the evening in UTC is the next day in Oslo.
        ("2026-11-29T22:30:00+00:00", date(2026, 11, 30)),
        ("2026-11-29T23:30:00+00:00", date(2026, 12, 7)),
        # The clocks go forward on Sunday 28 March 2027 and back on Sunday 31 October 2027.
        ("2027-03-28T21:59:59+00:00", date(2027, 3, 29)),
        ("2027-03-28T22:00:00+00:00", date(2027, 4, 5)),
        ("2027-10-31T22:59:59+00:00", date(2027, 11, 1)),
        ("2027-10-31T23:00:00+00:00", date(2027, 11, 8)),
        # The year's end lies within week 53.
        ("2026-12-31T23:30:00+00:00", date(2027, 1, 4)),
        ("2028-02-29T12:00:00+01:00", date(2028, 3, 6)),
    ],
)
def test_an_entry_without_a_name_is_released_on_the_next_monday_in_oslo(moment, released_on):
    with time_machine.travel(moment, tick=False):
        author = make_practitioner()
        leader = make_leader(author.service)
        make_agreement(author.service)

        conflict = conflicts.log(author=author, reason="staff", named=False, at=timezone.now())

    event = AuditEvent.objects.get()
    assert conflict.released_on == released_on
    assert timezone.localtime(event.at).replace(tzinfo=None) == datetime.combine(released_on, datetime.min.time())
    assert conflicts.seen_by(leader, conflict, on=released_on - timedelta(days=1)) is None
    assert conflicts.seen_by(leader, conflict, on=released_on).week == monday_of(conflict.happened_on)


def test_an_entry_with_a_name_counts_from_the_day_it_was_logged(service):
    with time_machine.travel("2026-11-29T23:30:00+00:00", tick=False):  # Monday in Oslo
        conflict = conflicts.log(author=make_practitioner(service), reason="staff", named=True, at=timezone.now())

    assert conflict.released_on == date(2026, 11, 30)
    assert conflicts.everybody_from(conflict) == date(2026, 12, 7)
