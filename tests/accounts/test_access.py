"""The service's wall: who comes in, who is sent where."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from accounts.access import PERMISSIONS, Permission, ServiceMixin, back_after_sign_in, may, membership_of, roles_with
from accounts.models import Role
from tests.factories import (
    make_adviser,
    make_former,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stranger,
)

PEOPLE, ADD = "people", "member_add"


def address(name, member):
    return reverse(name, args=[member.service.key])


def test_every_role_has_its_row_in_the_table():
    assert set(PERMISSIONS) == set(Role.values)


def test_a_leader_may_do_all_but_what_practitioners_say_of_themselves_and_the_next_level_decides():
    own = {Permission.LOG_CONFLICT, Permission.CHECK_IN_WEEK, Permission.ACKNOWLEDGE}

    assert set(Permission) - PERMISSIONS[Role.LEADER] == own | {Permission.DECIDE}
    assert PERMISSIONS[Role.STAND_IN] == PERMISSIONS[Role.LEADER]


def test_roles_with_a_permission_come_in_their_order():
    assert roles_with(Permission.SEE_PEOPLE) == ["leader", "stand_in", "practitioner"]


def test_a_view_that_names_no_permission_does_not_start():
    class Open(ServiceMixin, View):
        pass

    with pytest.raises(ImproperlyConfigured, match="Open names no permission"):
        Open.as_view()


@pytest.mark.django_db
def test_a_team_mate_comes_in(client):
    leader, practitioner = make_leader(service := make_service()), make_practitioner(service)

    for member in (leader, practitioner):
        client.force_login(member.user)
        assert client.get(address(PEOPLE, member)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_stranger, make_former])
def test_a_stranger_or_former_member_finds_nothing(client, make):
    leader = make_leader()
    outsider = make() if make is make_stranger else make(leader.service)
    client.force_login(outsider.user)

    assert client.get(address(PEOPLE, leader)).status_code == 404
    assert client.post(address(ADD, leader), {"name": "Me", "role": "leader"}).status_code == 404
    assert client.get("/services/no-such-service/people/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_adviser, make_sponsor])
def test_a_member_without_the_right_is_told_so(client, make):
    member = make()
    client.force_login(member.user)

    assert client.get(address(PEOPLE, member)).status_code == 403


@pytest.mark.django_db
def test_a_wrong_method_is_405_for_those_who_may_come_in_and_nothing_for_others(client):
    leader = make_leader()
    client.force_login(leader.user)
    assert client.post(address(PEOPLE, leader)).status_code == 405

    client.force_login(make_stranger().user)
    assert client.post(address(PEOPLE, leader)).status_code == 404


@pytest.mark.django_db
def test_somebody_not_signed_in_signs_in_and_is_back(client):
    leader = make_leader()
    wanted = address(PEOPLE, leader) + "?page=2"

    to_sign_in = client.get(wanted)
    page = client.get(to_sign_in.url)
    back = client.post(to_sign_in.url, {"login": leader.user.email, "password": "a word and another one"})

    assert to_sign_in.url == f"{reverse('account_login')}?next=/services/{leader.service.key}/people/%3Fpage%3D2"
    assert page.status_code == 200
    assert back.url == wanted


@pytest.mark.parametrize(
    ("referrer", "back"),
    [
        ("http://testserver/services/f/goals/?a=1", "/services/f/goals/?a=1"),
        ("https://evil.example/services/f/", "/services/f/goals/3/end/"),
        ("//evil.example/", "/services/f/goals/3/end/"),
        ("", "/services/f/goals/3/end/"),
    ],
)
def test_who_sends_a_form_after_the_session_ended_returns_to_the_page_it_was_on(rf, referrer, back):
    request = rf.post("/services/f/goals/3/end/", headers={"referer": referrer})

    assert back_after_sign_in(request) == back


@pytest.mark.django_db
def test_the_last_day_is_still_a_day_in_the_service():
    today = timezone.localdate()
    member = make_practitioner(leaves_on=today)

    assert membership_of(member.user, member.service.key, on=today) == member
    assert membership_of(member.user, member.service.key, on=today + timedelta(days=1)) is None


@pytest.mark.django_db
def test_a_role_counts_in_its_own_service_only(client):
    leader = make_leader()
    elsewhere = make_practitioner(user=leader.user)
    client.force_login(leader.user)

    assert client.get(address(ADD, leader)).status_code == 200
    assert client.get(address(ADD, elsewhere)).status_code == 403


@pytest.mark.django_db
def test_a_person_who_is_barred_is_out_with_the_next_request(client):
    leader = make_leader()
    client.force_login(leader.user)
    leader.user.is_active = False
    leader.user.save(update_fields=["is_active"])

    assert client.get(address(PEOPLE, leader)).status_code == 302


@pytest.mark.django_db
def test_pages_know_what_their_reader_may_do(client):
    practitioner = make_practitioner()
    client.force_login(practitioner.user)

    response = client.get(address(PEOPLE, practitioner))

    assert response.context["may"] == {each.value: may(practitioner, each) for each in Permission}
