"""A service keeps somebody who leads it."""

import threading
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from accounts import people
from accounts.models import AuditEvent, Member, Role
from tests.factories import make_leader, make_stand_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def change(member, *, by, **fields):
    for name, value in fields.items():
        setattr(member, name, value)
    return people.change_member(member, by=by, today=TODAY)


YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize("fields", [{"role": Role.PRACTITIONER}, {"role": Role.STAND_IN}, {"leaves_on": YESTERDAY}])
@pytest.mark.parametrize("login", [True, False])
def test_the_last_leader_stays(fields, login):
    leader = make_leader(login=login)
    manager = make_stand_in(leader.service)

    with pytest.raises(ValidationError, match="Kari Nes is the only leader"):
        change(leader, by=manager, **fields)

    leader.refresh_from_db()
    assert (leader.role, leader.leaves_on) == (Role.LEADER, None)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("fields", [{"leaves_on": TODAY}, {"leaves_on": TOMORROW}, {"stopped_on": YESTERDAY}])
def test_a_last_day_still_to_come_is_told_in_good_time(fields):
    leader = make_leader()

    change(leader, by=leader, **fields)

    assert Member.objects.filter(pk=leader.pk, **fields).exists()


def test_with_a_second_leader_the_first_can_go():
    leader = make_leader()
    second = make_leader(leader.service, name="Liv Moen")

    change(leader, by=second, role=Role.PRACTITIONER)

    assert Member.objects.get(pk=leader.pk).role == Role.PRACTITIONER


@pytest.mark.parametrize("second", [{"login": False}, {"leaves_on": YESTERDAY}])
def test_a_leader_who_cannot_come_in_does_not_replace_one_who_can(second):
    leader = make_leader()
    make_leader(leader.service, name="Liv Moen", **second)

    with pytest.raises(ValidationError, match="only leader who can sign in"):
        change(leader, by=leader, role=Role.PRACTITIONER)


def test_a_leader_of_another_service_does_not_count():
    leader = make_leader()
    make_leader()

    with pytest.raises(ValidationError):
        change(leader, by=leader, role=Role.PRACTITIONER)


def test_the_page_says_why_the_last_leader_stays_and_keeps_what_was_typed(client):
    leader = make_leader()
    client.force_login(leader.user)

    response = client.post(
        reverse("member_change", args=[leader.service.key, leader.pk]), {"name": "Kari N.", "role": "sponsor"}
    )

    page = response.content.decode()
    assert "is the only leader who can sign in. First make somebody else leader" in page
    assert 'value="Kari N."' in page
    assert Member.objects.get(pk=leader.pk).role == Role.LEADER


@pytest.mark.django_db(transaction=True)
def test_two_leaders_who_demote_each_other_leave_one():
    first = make_leader()
    second = make_leader(first.service, name="Liv Moen")
    barrier = threading.Barrier(2, timeout=10)
    outcomes = []

    def demote(whom, by):
        try:
            barrier.wait()
            change(Member.objects.get(pk=whom.pk), by=by, role=Role.PRACTITIONER)
            outcomes.append("done")
        except ValidationError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=demote, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert sorted(outcomes) == ["done", "refused"]
    assert Member.objects.filter(role=Role.LEADER).count() == 1
