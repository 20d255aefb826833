"""New services and their first leaders."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent, Invitation, Member, Role, Service
from accounts.services import create_service, free_key, invite_leader
from tests.factories import make_leader, make_member, make_service

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def create(**fields):
    usual = {"name": "Nordlys", "leader_email": "kari@example.org", "today": TODAY, "by": None}
    return create_service(**usual | fields)


def test_a_service_comes_with_a_leader_who_is_invited(django_capture_on_commit_callbacks, mailoutbox):
    with django_capture_on_commit_callbacks(execute=True):
        service, invitation = create(name="  Nordlys  DPS ", leader_email=" Kari@Example.org ", language="en")

    leader = service.members.get()
    assert (service.name, service.key) == ("Nordlys DPS", "nordlys-dps")
    assert (service.language, service.joined_on) == ("en", TODAY)
    assert (leader.role, leader.user, leader.guest) == (Role.LEADER, None, False)
    assert invitation.member == leader
    assert [mail.to for mail in mailoutbox] == [["kari@example.org"]]


def test_what_is_not_known_of_a_new_service_stays_unknown():
    service, invitation = create()

    assert service.started_on is None
    assert service.setting == ""
    assert invitation.member.started_on is None


def test_each_step_is_in_the_trail():
    service, _invitation = create()

    codes = AuditEvent.objects.filter(service_key=service.key).order_by("pk").values_list("code", flat=True)
    assert list(codes) == ["service.created", "member.added", "member.invited"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Nordlys", "nordlys"),
        ("Tromsø og Bodø", "tromso-og-bodo"),
        ("Ålesund DPS", "alesund-dps"),
        ("Værøy", "vaeroy"),
        ("Ærlig & ØYE", "aerlig-oye"),
        ("北極光", "service"),
        ("x" * 90, "x" * 36),
    ],
)
def test_the_key_is_made_from_the_name_in_plain_letters(name, key):
    assert free_key(name) == key


def test_equal_keys_are_numbered_whatever_their_case():
    make_service("Nordlys")
    make_service("nordlys-2")

    assert free_key("Nordlys") == "nordlys-3"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"leader_email": "kari"}, "“kari” is not an e-mail address."),
        ({"leader_email": "kari@example.org\nBcc: all@example.org"}, "is not an e-mail address."),
        ({"name": "  "}, "A service needs a name of at most 100 characters."),
        ({"name": "x" * 101}, "A service needs a name of at most 100 characters."),
        ({"name": "SOLSIDEN"}, "There is a service called “SOLSIDEN” already."),
        ({"key": "sol"}, "The key “sol” is taken."),
        ({"key": "nord lys"}, "The key “nord lys” will not do"),
        ({"key": "../up"}, "The key “../up” will not do"),
        ({"key": "x" * 41}, "will not do"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_made(fields, words):
    make_service("Sol", name="Solsiden")

    with pytest.raises(ValidationError) as problem:
        create(**fields)

    assert words in " ".join(problem.value.messages)
    assert Service.objects.count() == 1
    assert not Invitation.objects.exists()


def test_a_leader_who_has_not_come_is_invited_again_not_added_twice():
    service, first = create()

    again = invite_leader(service=service, email="KARI@example.org", today=TODAY, by=None)

    assert again.member == first.member
    assert service.members.count() == 1


def test_a_service_without_anybody_left_gets_a_new_leader():
    service = make_service()
    make_leader(service, leaves_on=date(2026, 11, 1))

    invitation = invite_leader(service=service, email="new@example.org", today=TODAY, by=None)

    assert invitation.member in Member.objects.present(TODAY)
    assert invitation.member.role == Role.LEADER


def test_somebody_who_is_in_is_not_invited():
    service = make_service()
    member = make_member(service)

    with pytest.raises(ValidationError, match="signs in to this service already"):
        invite_leader(service=service, email=member.user.email, today=TODAY, by=None)
