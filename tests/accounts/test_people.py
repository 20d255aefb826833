"""The people of a service: who may know what of whom, and changing it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import people
from accounts.models import AuditEvent, Member, Role
from tests.factories import (
    make_adviser,
    make_invitation,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stand_in,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)

PRIVATE = {
    "experience_years": 17,
    "how_chosen": "in_passing",
    "trained_on": date(2024, 3, 4),
    "started_on": date(2023, 2, 1),
    "away_from": date(2026, 12, 5),
    "away_until": date(2027, 1, 6),
    "handed_over_on": date(2023, 3, 9),
    "supervises": True,
    "stopped_on": date(2026, 10, 7),
    "leaves_on": date(2027, 5, 8),
}


def people_page(client, member):
    client.force_login(member.user)
    return client.get(reverse("people", args=[member.service.key])).content.decode()


def change(member, *, by, today=TODAY, **fields):
    for name, value in fields.items():
        setattr(member, name, value)
    return people.change_member(member, by=by, today=today)


# Who sees what


@pytest.fixture
def team():
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        yield make_team()


def make_team():
    service = make_service(language="en")
    leader = make_leader(service)
    other = make_practitioner(service, name="Rut Vik")
    subject = make_practitioner(service, name="Nina Foss", discipline="nursing", successor=other, **PRIVATE)
    make_invitation(make_practitioner(service, name="Not In Yet", login=False), email="not.in.yet@example.org")
    return service, leader, subject, other


PARTICULARS = (
    "17 years of experience",
    "asked in passing",
    "rained by March 4, 2024",
    "ince Feb. 1, 2023",
    "rom Dec. 5, 2026",
    "ntil Jan. 6, 2027",
    "over on March 9, 2023",
    "ives supervision in IMR",
    "on Oct. 7, 2026",
    "day May 8, 2027",
    "Rut Vik takes over",
)


def test_a_leader_sees_all_particulars(client, team):
    _service, leader, _subject, _other = team

    page = people_page(client, leader)

    assert [words for words in PARTICULARS if words not in page] == []
    assert "not.in.yet@example.org" in page


def test_people_see_their_own_particulars(client, team):
    _service, _leader, subject, _other = team

    page = people_page(client, subject)

    assert [words for words in PARTICULARS if words not in page] == []


def test_of_others_a_practitioner_sees_name_role_and_discipline_only(client, team):
    _service, leader, subject, other = team

    page = people_page(client, other)

    assert "Nina Foss" in page
    assert "Nurse or social educator" in page
    assert [words for words in PARTICULARS if words in page] == []
    for address in ("not.in.yet@example.org", leader.user.email, subject.user.email):
        assert address not in page
    assert reverse("member_change", args=[subject.service.key, subject.pk]) not in page


def test_those_who_have_left_are_the_leaders_to_see(client, team):
    service, leader, subject, _other = team
    make_practitioner(service, name="Gone Away", leaves_on=timezone.localdate() - timedelta(days=1))

    assert "Gone Away" in people_page(client, leader)
    assert "Gone Away" not in people_page(client, subject)


def test_the_list_asks_the_database_no_more_for_more_people(client, django_assert_max_num_queries, team):
    service, leader, subject, _other = team
    for _each in range(30):
        make_invitation(make_practitioner(service, login=False, successor=subject), token=f"t{_each}")

    with django_assert_max_num_queries(5):
        here, _gone = people.people_of(service, viewer=leader, today=TODAY)
        assert all(person.facts is not None for person in here)


@pytest.mark.parametrize(
    ("invitation", "state"),
    [
        (None, people.Login.NONE),
        ({}, people.Login.INVITED),
        ({"sent_at": None}, people.Login.NOT_SENT),
        ({"expires_at": timezone.now() - timedelta(days=1)}, people.Login.EXPIRED),
    ],
)
def test_the_leader_sees_how_far_an_invitation_has_come(invitation, state):
    leader = make_leader()
    member = make_practitioner(leader.service, login=False)
    if invitation is not None:
        make_invitation(member, **invitation)

    here, _gone = people.people_of(leader.service, viewer=leader, today=TODAY)

    assert {person.member: person.login for person in here} == {leader: people.Login.YES, member: state}


# Changing


def test_a_person_is_added_through_the_page(client):
    leader = make_leader()
    client.force_login(leader.user)

    response = client.post(
        reverse("member_add", args=[leader.service.key]), {"name": "Eva Lund", "role": "practitioner"}, follow=True
    )

    added = Member.objects.get(name="Eva Lund")
    assert (added.service, added.user, added.guest) == (leader.service, None, False)
    assert "Eva Lund is added." in response.content.decode()
    event = AuditEvent.objects.get(code="member.added")
    assert (event.actor, event.object_id, event.details) == (
        leader.user.audit_id,
        str(added.pk),
        {"role": "practitioner"},
    )


def test_a_stand_in_manages_people_as_a_leader_does(client):
    stand_in = make_stand_in()
    client.force_login(stand_in.user)

    response = client.post(
        reverse("member_add", args=[stand_in.service.key]), {"name": "Eva Lund", "role": "practitioner"}
    )

    assert response.status_code == 302


def test_f06_the_same_person_is_not_added_twice(client):
    leader = make_leader()
    client.force_login(leader.user)
    url = reverse("member_add", args=[leader.service.key])
    data = {"name": "Eva Lund", "role": "practitioner", "submission": "8c1a4d4e-4c52-4e6a-9d0c-0c2b5d1e8f10"}

    first, second = client.post(url, data), client.post(url, data)

    assert first.url == second.url
    assert Member.objects.filter(name="Eva Lund").count() == 1


def test_everything_of_a_person_can_be_changed_through_the_page(client):
    leader = make_leader()
    member = make_practitioner(leader.service)
    other = make_practitioner(leader.service, name="Rut Vik")
    today = timezone.localdate()
    data = {
        "name": "Per Dahl",
        "role": "stand_in",
        "discipline": "social_work",
        "experience_years": "4",
        "how_chosen": "jointly",
        "trained_on": "2024-03-04",
        "started_on": "2023-02-01",
        "handed_over_on": "2023-03-09",
        "supervises": "True",
        "away_from": (today + timedelta(days=3)).isoformat(),
        "away_until": (today + timedelta(days=9)).isoformat(),
        "stopped_on": "2025-10-07",
        "leaves_on": (today + timedelta(days=90)).isoformat(),
        "successor": str(other.pk),
    }
    client.force_login(leader.user)

    response = client.post(reverse("member_change", args=[leader.service.key, member.pk]), data)

    member.refresh_from_db()
    assert response.url == reverse("people", args=[leader.service.key])
    saved = {name: getattr(member, name) for name in data if name != "successor"}
    assert {name: str(value) for name, value in saved.items()} == {k: v for k, v in data.items() if k != "successor"}
    assert member.successor == other


def test_role_changes_are_events_of_their_own_and_texts_stay_out_of_the_trail():
    leader = make_leader()
    member = make_practitioner(leader.service)

    change(member, by=leader, role=Role.STAND_IN, name="Secret Newname", how_chosen="in_passing")

    role, rest = AuditEvent.objects.order_by("pk")
    assert (role.code, role.details) == (
        "member.role_changed",
        {"role_before": "practitioner", "role": "stand_in"},
    )
    assert (rest.code, rest.details) == ("member.changed", {"fields": ["how_chosen", "name"]})
    assert "Secret" not in str(list(AuditEvent.objects.values()))


def test_saving_without_a_change_is_no_event():
    leader = make_leader()

    change(make_practitioner(leader.service), by=leader)

    assert not AuditEvent.objects.exists()


def test_a_change_goes_back_with_its_audit_event(monkeypatch):
    leader = make_leader()
    member = make_practitioner(leader.service)
    monkeypatch.setattr("accounts.audit.AuditEvent.objects.create", _no_room)

    with pytest.raises(OSError, match="no room"):
        change(member, by=leader, role=Role.ADVISER)

    member.refresh_from_db()
    assert member.role == Role.PRACTITIONER


def _no_room(**_fields):
    raise OSError("no room")


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"away_until": "2026-12-24"}, "away_from", "Give the first day away"),
        ({"away_from": "2026-12-24", "away_until": "2026-12-23"}, "away_until", "cannot come before the first"),
        ({"started_on": "2026-01-02", "leaves_on": "2026-01-01"}, "leaves_on", "cannot come before the first"),
        ({"trained_on": "2999-01-01"}, "trained_on", "still to come"),
        ({"stopped_on": "2999-01-01"}, "stopped_on", "still to come"),
        ({"handed_over_on": "2999-01-01"}, "handed_over_on", "until it is handed over"),
        ({"experience_years": "61"}, "experience_years", "at most 60"),
        ({"experience_years": "-1"}, "experience_years", "at least 0"),
        ({"role": "king"}, "role", "Choose one of the answers"),
        ({"name": ""}, "name", "Write the person"),
        ({"name": "x" * 101}, "name", "at most 100 characters"),
    ],
)
def test_f09_what_cannot_be_is_said_at_its_field(client, fields, field, words):
    leader = make_leader()
    client.force_login(leader.user)

    response = client.post(
        reverse("member_add", args=[leader.service.key]), {"name": "Eva", "role": "practitioner"} | fields
    )

    assert words in " ".join(response.context["form"].errors[field])
    assert Member.objects.count() == 1


def test_an_adviser_can_be_the_one_who_supervises(client):
    leader = make_leader()
    client.force_login(leader.user)

    client.post(
        reverse("member_add", args=[leader.service.key]), {"name": "Ada", "role": "adviser", "supervises": "on"}
    )

    assert Member.objects.get(name="Ada").supervises
    assert "ives supervision in IMR" in people_page(client, leader)


@pytest.mark.parametrize("whose", ["stranger", "own", "adviser"])
def test_only_a_colleague_of_the_record_can_take_over(client, whose):
    leader = make_leader()
    member = make_practitioner(leader.service)
    successor = {"stranger": make_practitioner, "own": lambda: member, "adviser": lambda: make_adviser(leader.service)}
    client.force_login(leader.user)

    response = client.post(
        reverse("member_change", args=[leader.service.key, member.pk]),
        {"name": "Per", "role": "practitioner", "successor": str(successor[whose]().pk)},
    )

    assert "successor" in response.context["form"].errors


# Letting people in from the page


def test_the_page_says_that_the_invitation_went_out(client, mailoutbox, django_capture_on_commit_callbacks):
    leader = make_leader()
    member = make_practitioner(leader.service, login=False)
    client.force_login(leader.user)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("member_invite", args=[leader.service.key, member.pk]), {"email": "per@example.org"})

    assert mailoutbox[0].to == ["per@example.org"]
    assert "Invited as per@example.org" in people_page(client, leader)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("backend", "words"),
    [
        ("django.core.mail.backends.locmem.EmailBackend", "The invitation went to per@example.org."),
        ("tests.accounts.test_invitations.NoServer", "The invitation to per@example.org could not be sent."),
    ],
)
def test_right_after_commit_the_page_says_whether_the_mail_was_taken(client, settings, backend, words):
    settings.EMAIL_BACKEND = backend
    leader = make_leader()
    member = make_practitioner(leader.service, login=False)
    client.force_login(leader.user)

    response = client.post(
        reverse("member_invite", args=[leader.service.key, member.pk]), {"email": "per@example.org"}, follow=True
    )

    assert words in response.content.decode()


def test_sending_again_proposes_the_address_used_before(client):
    leader = make_leader()
    member = make_practitioner(leader.service, login=False)
    make_invitation(member, email="per@example.org", sent_at=None)
    client.force_login(leader.user)

    page = client.get(reverse("member_invite", args=[leader.service.key, member.pk])).content.decode()

    assert 'value="per@example.org"' in page


def test_somebody_who_is_in_already_is_not_invited_and_the_page_says_so(client):
    leader = make_leader()
    member = make_practitioner(leader.service)
    client.force_login(leader.user)

    response = client.post(reverse("member_invite", args=[leader.service.key, member.pk]), {"email": "per@example.org"})

    assert "Per Dahl can sign in already." in response.content.decode()


@pytest.mark.parametrize("make", [make_practitioner, make_adviser, make_sponsor])
def test_nobody_else_manages_people(client, make):
    member = make()
    client.force_login(member.user)

    for name, args in (("member_add", []), ("member_change", [member.pk]), ("member_invite", [member.pk])):
        url = reverse(name, args=[member.service.key, *args])
        assert client.get(url).status_code == 403
        assert client.post(url, {"name": "Me", "role": "leader"}).status_code == 403
    assert Member.objects.get(pk=member.pk).role == member.role


def test_a_person_of_another_service_is_not_found(client):
    leader = make_leader()
    stranger = make_member(login=False)
    client.force_login(leader.user)

    for name in ("member_change", "member_invite"):
        assert client.get(reverse(name, args=[leader.service.key, stranger.pk])).status_code == 404
