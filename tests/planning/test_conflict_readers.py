"""Who may know what of a priority conflict, from when on, and what the trail keeps of it."""

import dataclasses
import uuid
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import access, audit
from accounts.access import Permission
from accounts.models import LEADING_ROLES, AuditEvent, Role
from planning import conflicts
from planning.clock import monday_of, next_monday
from planning.models import ConflictAnswer, PriorityConflict
from planning.snapshots import take_snapshot
from tests.factories import (
    at_noon,
    make_action,
    make_adviser,
    make_agreement,
    make_answer,
    make_conflict,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stand_in,
    make_stranger,
    make_user,
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


def detailed(author, **fields) -> PriorityConflict:
    """An entry in which everything was said."""
    said = {
        "displaced": "session",
        "hours": Decimal("1.5"),
        "wanted_help": "cover",
        "note": "I was called out twice",
    }
    return make_conflict(author, **said | fields)


# ------------------------------------------------------------------------------------------------
# F13: the people shown as readers are those who can read
# ------------------------------------------------------------------------------------------------

DAYS = [date(2026, 11, 23) + timedelta(days=number) for number in range(7)]
LEAVES = st.sampled_from([None, None, None, -1, 0, 1, 3, 7, 8, 30])


@st.composite
def somebody(draw, roles):
    return {
        "role": draw(st.sampled_from(roles)),
        "login": draw(st.sampled_from(["yes", "yes", "yes", "none", "closed"])),
        "leaves_in": draw(LEAVES),
    }


@st.composite
def teams(draw):
    """One to five practitioners, one of whom writes; leaders, stand-ins and guests; some left, some without login."""
    return draw(st.lists(somebody([Role.PRACTITIONER]), min_size=0, max_size=4)) + draw(
        st.lists(somebody([Role.LEADER, Role.STAND_IN, Role.ADVISER, Role.SPONSOR]), min_size=0, max_size=5)
    )


def make_team(team, *, today):
    service = make_service()
    author = make_practitioner(service)
    for person in team:
        leaves_on = None if person["leaves_in"] is None else today + timedelta(days=person["leaves_in"])
        user = None if person["login"] == "none" else make_user(is_active=person["login"] == "yes", password="")
        make_member(service, role=person["role"], user=user, login=user is not None, leaves_on=leaves_on)
    return author


def what_they_get(member, conflict, *, today) -> list[conflicts.SeenConflict]:
    """What somebody gets to see of an entry on the days until everybody may, by the way every page takes."""
    seen = []
    for number in range((next_monday(today) - today).days + 1):
        on = today + timedelta(days=number)
        if member.user is None or not member.user.is_active:
            continue  # cannot sign in
        visitor = access.membership_of(member.user, conflict.service.key, on=on)
        if visitor is None or not access.may(visitor, Permission.SEE_CONFLICTS):
            continue  # the wall
        seen += [entry for entry in conflicts.list_for(visitor, on=on) if entry.pk == str(conflict.pk)]
    return seen


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(team=teams(), today=st.sampled_from(DAYS), named=st.booleans())
def test_f13_the_people_shown_as_readers_are_exactly_those_who_get_the_entry(team, today, named):
    with transaction.atomic(), time_machine.travel(datetime.combine(today, datetime.min.time()), tick=False):
        author = make_team(team, today=today)

        with_name, without_name = conflicts.readers(author, named=named, on=today)

        conflict = make_conflict(author, named=named)
        got = {
            member: what_they_get(member, conflict, today=today)
            for member in author.service.members.select_related("user").exclude(pk=author.pk)
        }
        assert set(with_name) == {member for member, seen in got.items() if any(entry.author for entry in seen)}
        assert set(without_name) == {
            member for member, seen in got.items() if seen and not any(entry.author for entry in seen)
        }
        assert [member.role for member in with_name if member.role not in LEADING_ROLES] == []
        assert named or not with_name
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(team=teams(), logged_on=st.sampled_from(DAYS), later=st.integers(0, 20), named=st.booleans(), show=st.booleans())
def test_f14_nobody_else_knows_more_than_week_reason_and_what_was_displaced(team, logged_on, later, named, show):
    on = logged_on + timedelta(days=later)
    with transaction.atomic(), time_machine.travel(datetime.combine(logged_on, datetime.min.time()), tick=False):
        author = make_team(team, today=logged_on)
        conflict = detailed(author, named=named, show_note=show)

        for member in author.service.members.exclude(pk=author.pk):
            seen = conflicts.seen_by(member, conflict, on=on)
            leads = member.role in LEADING_ROLES
            if seen is None:
                released = on >= next_monday(logged_on) or (named and leads)
                reads = member.role in (*LEADING_ROLES, Role.PRACTITIONER)
                assert not (released and reads and member.user_id and member.is_present(on))
            elif not (named and leads):
                assert dataclasses.asdict(seen) == {
                    "pk": str(conflict.pk),
                    "week": monday_of(logged_on),
                    "reason": "acute",
                    "displaced": "session",
                    "note": "I was called out twice" if show else None,
                    "own": False,
                    "named": False,
                    "editable": False,
                } | dict.fromkeys(("author", "happened_on", "hours", "wanted_help", "answer", "answered_on", "action"))
                assert on >= next_monday(logged_on)
        transaction.set_rollback(True)


def test_f13_with_a_name_the_leaders_read_it_at_once_and_colleagues_on_monday_without(service, now):
    author = make_practitioner(service)
    leader, stand_in, colleague = make_leader(service), make_stand_in(service), make_practitioner(service, name="Asta")

    assert conflicts.readers(author, named=True, on=WEDNESDAY) == ([leader, stand_in], [colleague])
    assert conflicts.readers(author, named=False, on=WEDNESDAY) == ([], [colleague, leader, stand_in])


def test_f13_who_leaves_before_monday_reads_an_entry_with_a_name_only(service, now):
    author = make_practitioner(service)
    leader = make_leader(service, leaves_on=WEDNESDAY + timedelta(days=2))

    assert conflicts.readers(author, named=True, on=WEDNESDAY) == ([leader], [])
    assert conflicts.readers(author, named=False, on=WEDNESDAY) == ([], [])


# ------------------------------------------------------------------------------------------------
# F14: without a name
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make_reader", [make_leader, make_stand_in, make_practitioner])
def test_f14_without_a_name_others_know_nothing_before_monday(service, now, make_reader):
    conflict = detailed(make_practitioner(service))
    reader = make_reader(service)

    sunday = MONDAY_AFTER - timedelta(days=1)

    assert conflicts.seen_by(reader, conflict, on=sunday) is None
    assert conflicts.list_for(reader, on=sunday) == []
    assert conflicts.waiting_for(reader, on=sunday) == []
    assert conflicts.counts_by_reason(service, on=sunday) == []
    assert take_snapshot(service, sunday).conflicts == ()
    assert conflicts.seen_by(reader, conflict, on=MONDAY_AFTER) is not None


@pytest.mark.parametrize("make_reader", [make_adviser, make_sponsor])
def test_single_entries_are_never_for_guests(service, now, make_reader):
    conflict = detailed(make_practitioner(service), named=True)
    reader = make_reader(service)

    assert conflicts.seen_by(reader, conflict, on=MONDAY_AFTER) is None
    assert conflicts.list_for(reader, on=MONDAY_AFTER) == []


def test_nobody_of_another_service_reads_an_entry(service, now):
    conflict = detailed(make_practitioner(service), named=True)

    assert conflicts.seen_by(make_stranger(), conflict, on=MONDAY_AFTER) is None


def test_the_author_knows_all_of_it_at_once(service, now):
    author = make_practitioner(service)
    conflict = detailed(author)

    seen = conflicts.seen_by(author, conflict, on=WEDNESDAY)

    assert (seen.own, seen.author, seen.happened_on, seen.hours) == (True, "Per Dahl", WEDNESDAY, Decimal("1.5"))
    assert (seen.wanted_help, seen.note, seen.editable) == ("cover", "I was called out twice", True)


def test_the_leader_sees_an_entry_with_a_name_at_once_but_the_words_only_when_shown(service, now):
    conflict = detailed(make_practitioner(service), named=True)
    leader = make_leader(service)

    seen = conflicts.seen_by(leader, conflict, on=WEDNESDAY)

    assert (seen.author, seen.happened_on, seen.hours, seen.wanted_help) == (
        "Per Dahl",
        WEDNESDAY,
        Decimal("1.5"),
        "cover",
    )
    assert seen.note is None
    conflict.show_note = True
    assert conflicts.seen_by(leader, conflict, on=WEDNESDAY).note == "I was called out twice"


def test_f14_colleagues_cannot_tell_an_entry_with_a_name_from_one_without(service, now):
    author, colleague = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    with_name, without = detailed(author, named=True), detailed(author)

    assert conflicts.seen_by(colleague, with_name, on=WEDNESDAY) is None
    seen = [
        dataclasses.replace(conflicts.seen_by(colleague, conflict, on=MONDAY_AFTER), pk="")
        for conflict in (with_name, without)
    ]
    assert seen[0] == seen[1]


THURSDAY, FRIDAY, NEXT_TUESDAY = date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("named", "answered_on", "colleague_reads"),
    [
        (False, MONDAY_AFTER, MONDAY_AFTER),
        (False, NEXT_TUESDAY, NEXT_TUESDAY),
        (True, WEDNESDAY, MONDAY_AFTER),
        (True, MONDAY_AFTER - timedelta(days=1), MONDAY_AFTER),
        (True, MONDAY_AFTER, MONDAY_AFTER),
        (True, NEXT_TUESDAY, NEXT_TUESDAY),
    ],
)
def test_f14_the_day_of_an_answer_tells_colleagues_no_day_before_the_monday(
    service, now, named, answered_on, colleague_reads
):
    author, colleague = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    leader, stand_in = make_leader(service), make_stand_in(service)
    conflict = detailed(author, named=named)
    make_answer(conflict, by=leader, answered_on=answered_on)

    def reads(member):
        return conflicts.seen_by(member, conflict, on=NEXT_TUESDAY).answered_on

    assert reads(colleague) == colleague_reads
    assert {reads(member) for member in (author, leader, stand_in)} == {answered_on}


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize(
    ("opened_on", "due_on", "closed_on", "told"),
    [
        (MONDAY_AFTER, None, None, True),
        (MONDAY_AFTER, MONDAY_AFTER, None, True),
        (MONDAY_AFTER, NEXT_TUESDAY, MONDAY_AFTER, True),
        (THURSDAY, None, None, False),
        (THURSDAY, NEXT_TUESDAY, None, False),
        (MONDAY_AFTER, FRIDAY, None, False),
        (THURSDAY, NEXT_TUESDAY, THURSDAY, False),
        (MONDAY_AFTER, FRIDAY, NEXT_TUESDAY, False),
    ],
)
def test_f14_an_action_that_was_opened_due_or_done_before_the_monday_is_not_told_to_colleagues(
    service, now, named, opened_on, due_on, closed_on, told
):
    author, colleague, leader = (
        make_practitioner(service),
        make_practitioner(service, name="Asta"),
        make_leader(service),
    )
    state = "done" if closed_on else "open"
    action = make_action(service, opened_on=opened_on, due_on=due_on, closed_on=closed_on, state=state)
    conflict = detailed(author, named=named)
    make_answer(conflict, state="planned", by=leader, action=action)

    seen = {
        member: conflicts.seen_by(member, conflict, on=NEXT_TUESDAY).action for member in (author, leader, colleague)
    }

    assert seen == {author: action, leader: action, colleague: action if told else None}


def test_f14_colleagues_cannot_tell_by_its_answer_an_entry_with_a_name_from_one_without(service, now):
    author, colleague = make_practitioner(service), make_practitioner(service, name="Asta Ro")
    leader = make_leader(service)
    with_name, without = detailed(author, named=True), detailed(author)
    make_answer(with_name, by=leader, answered_on=WEDNESDAY)
    make_answer(without, by=leader, answered_on=MONDAY_AFTER)

    seen = [
        dataclasses.replace(conflicts.seen_by(colleague, conflict, on=NEXT_TUESDAY), pk="", answer=None)
        for conflict in (with_name, without)
    ]

    assert seen[0] == seen[1]


def test_f14_the_list_tells_no_order_of_arrival(service, now):
    author, leader = make_practitioner(service), make_leader(service)
    keys = sorted(uuid.uuid4() for _entry in range(5))
    logged_first_to_last = [make_conflict(author, id=key) for key in (keys[3], keys[0], keys[4], keys[1], keys[2])]

    listed = [entry.pk for entry in conflicts.list_for(leader, on=MONDAY_AFTER)]

    assert len(logged_first_to_last) == 5
    assert listed == [str(key) for key in keys]  # by the random key, within week and reason


def test_f14_the_week_of_an_entry_is_that_in_which_it_happened(service, now):
    conflict = make_conflict(make_practitioner(service), happened_on=date(2026, 11, 13))

    assert conflicts.seen_by(make_leader(service), conflict, on=MONDAY_AFTER).week == date(2026, 11, 9)


def test_f14_withdrawing_removes_it_everywhere_at_once(service, now):
    author, leader = make_practitioner(service), make_leader(service)
    conflict = detailed(author)
    make_answer(conflict, by=leader)
    assert len(conflicts.list_for(leader, on=MONDAY_AFTER)) == 1

    conflicts.withdraw(conflict)

    assert conflicts.list_for(leader, on=MONDAY_AFTER) == []
    assert conflicts.list_for(author, on=MONDAY_AFTER) == []
    assert conflicts.counts_by_reason(service, on=MONDAY_AFTER) == []
    assert take_snapshot(service, MONDAY_AFTER).conflicts == ()
    assert not ConflictAnswer.objects.exists()


# ------------------------------------------------------------------------------------------------
# The trail
# ------------------------------------------------------------------------------------------------


def mentions(key) -> dict[str, int]:
    """How many rows of which model hold the key of an entry, in whatever field."""
    found = {}
    for model in apps.get_models():
        rows = sum(1 for row in model._default_manager.values() if str(key) in str(row))
        if rows:
            found[model.__name__] = rows
    return found


@pytest.mark.parametrize("named", [False, True])
def test_f05_undo_leaves_nothing_but_a_key_in_the_trail_without_an_actor(service, now, named):
    author = make_practitioner(service)
    conflict = conflicts.log(author=author, reason="meeting", named=named, at=at_noon(WEDNESDAY))
    key = conflict.pk
    assert mentions(key) == {"PriorityConflict": 1, "AuditEvent": 1}

    conflicts.withdraw(conflict)

    assert mentions(key) == {"AuditEvent": 2}
    for event in AuditEvent.objects.filter(object_id=str(key)):
        assert event.actor is None
        assert event.details == {}
        assert event.at == oslo("2026-11-30T00:00")


@pytest.mark.parametrize("named", [False, True])
def test_f14_the_trail_knows_no_actor_and_only_the_monday(service, named):
    author = make_practitioner(service)
    with time_machine.travel(WEDNESDAY_MORNING, tick=False):
        conflict = conflicts.log(author=author, reason="meeting", named=named, at=at_noon(WEDNESDAY))
        conflict.note = "My words"
        conflicts.add_detail(conflict, on=WEDNESDAY)
        conflict.named = not named
        conflicts.add_detail(conflict, on=WEDNESDAY)

    events = AuditEvent.objects.filter(object_id=str(conflict.pk)).order_by("pk")

    assert [event.code for event in events] == ["conflict.logged", "conflict.changed", "conflict.visibility"]
    assert {event.at for event in events} == {oslo("2026-11-30T00:00")}
    assert {event.actor for event in events} == {None}
    assert "My words" not in str(list(events.values()))


def test_if_the_trail_cannot_be_written_nothing_is_logged(service, now, monkeypatch):
    def fail(**_anything):
        raise OSError("no room")

    monkeypatch.setattr(audit, "record", fail)

    with pytest.raises(OSError, match="no room"):
        conflicts.log(author=make_practitioner(service), reason="meeting", named=False, at=at_noon(WEDNESDAY))
    assert not PriorityConflict.objects.exists()
