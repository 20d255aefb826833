"""Example people: made for one's own machine, and only there."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from accounts.examples import EXAMPLE_PASSWORD, ExamplesRefused, create_examples, shortlist
from accounts.models import AuditEvent, Member, Role, User
from tests.factories import make_invitation, make_leader, make_practitioner, make_service

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
PRODUCTION = {
    "REDIS_URL": "redis://redis.example.org:6379/0",
    "EMAIL_URL": "smtp://mail.example.org:25",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "holdfast.example.org",
}


def make_f():
    """Service F as the study has it: practitioners, no leader of its own on record."""
    service = make_service("F", name="Service F")
    for name in ("Freya", "Faye", "Frida"):
        make_practitioner(service, name=name, login=False)
    return service


@pytest.mark.django_db
def test_everybody_of_the_study_can_be_signed_in_as(client):
    service = make_f()

    examples = create_examples(today=TODAY)

    assert {example.email: example.role for example in examples} == {
        "leader.f@example.org": "leader",
        "freya@example.org": "practitioner",
        "faye@example.org": "practitioner",
        "frida@example.org": "practitioner",
        "adviser@example.org": "adviser",
        "sponsor@example.org": "sponsor",
    }
    for example in examples:
        client.post("/accounts/login/", {"login": example.email, "password": EXAMPLE_PASSWORD})
        assert client.get(reverse("service_home", args=[service.key])).status_code == 200, example
        client.logout()


@pytest.mark.django_db
def test_guests_add_nothing_to_the_record():
    service = make_f()
    before = set(service.members.of_record())

    create_examples(today=TODAY)

    assert set(service.members.of_record()) == before
    assert set(service.members.filter(guest=True).values_list("role", flat=True)) == {"leader", "adviser", "sponsor"}


@pytest.mark.django_db
def test_a_leader_on_record_gets_the_login_and_no_guest_is_made():
    service = make_f()
    leader = make_leader(service, login=False)

    create_examples(today=TODAY)

    assert [member.user.email for member in service.members.filter(role=Role.LEADER)] == ["leader.f@example.org"]
    assert service.members.get(role=Role.LEADER) == leader


@pytest.mark.django_db
def test_one_adviser_and_one_sponsor_look_into_every_service():
    services = [make_service(key) for key in "ABC"]

    create_examples(today=TODAY)

    for email in ("adviser@example.org", "sponsor@example.org"):
        assert User.objects.get(email=email).memberships.count() == len(services)


@pytest.mark.django_db
def test_a_second_run_changes_nothing():
    make_f()
    create_examples(today=TODAY)
    before = (list(Member.objects.values()), list(User.objects.values()), AuditEvent.objects.count())

    again = create_examples(today=TODAY)

    assert (list(Member.objects.values()), list(User.objects.values()), AuditEvent.objects.count()) == before
    assert len(again) == 6


@pytest.mark.django_db
def test_equal_first_names_get_addresses_of_their_own():
    for key in ("a", "b"):
        make_practitioner(make_service(key), name="Åse Ødegård", login=False)

    create_examples(today=TODAY)

    emails = set(Member.objects.filter(role=Role.PRACTITIONER).values_list("user__email", flat=True))
    assert emails == {"ase@example.org", "ase.b@example.org"}


@pytest.mark.django_db
def test_a_service_that_real_people_use_is_left_alone():
    real = make_leader()
    make_practitioner(real.service, login=False)

    assert create_examples(today=TODAY) == []
    assert real.service.members.filter(user__isnull=False).count() == 1


@pytest.mark.django_db
def test_the_short_list_names_one_of_each_kind_and_services_that_differ():
    make_f()
    for key in "ABC":
        make_service(key)

    named = [example.email for example in shortlist(create_examples(today=TODAY))]

    assert named == [
        "leader.f@example.org",
        "freya@example.org",
        "adviser@example.org",
        "sponsor@example.org",
        "leader.c@example.org",
        "leader.a@example.org",
    ]


@pytest.mark.django_db
def test_the_command_prints_the_password_and_whom_to_be(capsys):
    make_f()

    call_command("create_example_accounts")

    printed = capsys.readouterr().out
    assert EXAMPLE_PASSWORD in printed
    assert "leader.f@example.org     leader of Service F" in printed
    assert "freya@example.org        practitioner of Service F" in printed


@pytest.mark.django_db
def test_without_a_service_the_command_says_what_to_run_first():
    with pytest.raises(CommandError, match=r"Run first: \./holdfast manage load_study"):
        call_command("create_example_accounts")


@pytest.mark.django_db
def test_a_real_persons_address_is_not_used():
    service = make_f()
    User.objects.create_user("leader.f@example.org", "a word and another one")

    with pytest.raises(ExamplesRefused, match="login of a real person"):
        create_examples(today=TODAY)

    assert not service.members.filter(user__isnull=False).exists()


# Production


@pytest.mark.django_db
def test_where_examples_are_not_allowed_nothing_is_made(settings):
    settings.EXAMPLE_ACCOUNTS_ALLOWED = False
    make_f()

    with pytest.raises(ExamplesRefused, match="published password"):
        create_examples(today=TODAY)

    assert not User.objects.exists()


def manage(*words, database: Path, script: str | None = None):
    """Run a command with production's settings, on a database of the test's own."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DJANGO_SETTINGS_MODULE",)}
    environment |= PRODUCTION | {"DATABASE_URL": f"sqlite:///{database}", "HOLDFAST_DATA": str(database.parent)}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment,
        input=script,
        capture_output=True,
        text=True,
        timeout=100,
    )


ATTEMPT = """
from django.conf import settings
from django.contrib.auth import authenticate, get_backends
from accounts.models import User
example = User.objects.create_user("freya@example.org", "holdfast-example", is_example=True)
real = User.objects.create_user("real@example.org", "holdfast-example")
print("embedded", settings.EMBEDDED)
print("example", authenticate(None, email="freya@example.org", password="holdfast-example"))
print("session", get_backends()[0].get_user(example.pk))
print("real", authenticate(None, email="real@example.org", password="holdfast-example"))
"""


@pytest.mark.processes
def test_production_refuses_to_make_example_people_and_to_let_them_in(tmp_path):
    database = tmp_path / "production.sqlite3"

    refused = manage("create_example_accounts", database=database)
    migrated = manage("migrate", "--verbosity", "0", database=database)
    attempt = manage("shell", "--verbosity", "0", database=database, script=ATTEMPT)

    assert refused.returncode == 1
    assert "Example accounts have a published password" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert migrated.returncode == 0, migrated.stderr
    assert attempt.stdout.split("\n")[:4] == [
        "embedded False",
        "example None",
        "session None",
        "real real@example.org",
    ], attempt.stderr


@pytest.mark.django_db
def test_a_service_whose_leader_is_invited_is_left_alone():
    service = make_service("north")
    leader = make_leader(service, user=None, login=False)
    make_invitation(leader)
    make_service("south")

    create_examples(today=timezone.localdate())

    leader.refresh_from_db()
    assert leader.user is None
    assert not service.members.filter(user__is_example=True).exists()
