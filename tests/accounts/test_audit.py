"""The audit trail: one transaction with the change, read in words, silent about who and when where that is promised."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.audit_words import SENTENCES
from accounts.models import AuditEvent
from accounts.views.audit import EVENTS_A_PAGE
from tests.factories import make_conflict, make_leader, make_practitioner, make_service

ROOT = Path(__file__).resolve().parents[2]


def audit_page(client, member, query=""):
    client.force_login(member.user)
    return client.get(reverse("audit", args=[member.service.key]) + query).content.decode()


@pytest.mark.django_db
def test_the_page_tells_who_did_what_when_newest_first(client):
    leader = make_leader()
    at = datetime(2025, 3, 4, 12, 30, tzinfo=UTC)
    audit.record(code="member.added", by=leader.user, service=leader.service, at=at)
    audit.record(code="member.invited", by=leader.user, service=leader.service, at=at + timedelta(hours=1))

    page = audit_page(client, leader)

    assert page.index("Sent an invitation to sign in") < page.index("Added a person")
    assert "Kari Nes" in page
    assert "Tue 4 Mar 2025 13:30" in page  # Oslo


@pytest.mark.django_db
def test_other_services_events_are_not_there(client):
    leader = make_leader()
    other = make_leader(make_service(), name="Tor Berg")
    audit.record(code="member.added", by=other.user, service=other.service)
    audit.record(code="session.started", by=leader.user)

    page = audit_page(client, leader)

    assert "Added a person" not in page
    assert "Signed in" not in page


@pytest.mark.django_db
def test_events_outlive_the_person_and_say_so(client):
    leader = make_leader()
    gone = make_practitioner(leader.service, name="Nina Foss")
    audit.record(code="member.joined", by=gone.user, service=leader.service)
    gone.user.delete()

    page = audit_page(client, leader)

    assert "Somebody who has left" in page
    assert "Nina Foss" not in page.split("<h1>")[1]


@pytest.mark.django_db
def test_what_the_clock_did_is_holdfasts(client):
    leader = make_leader()
    audit.record(code="member.added", by=None, service=leader.service)

    assert '"action-who">Holdfast<' in audit_page(client, leader)


@pytest.mark.django_db
def test_f14_entries_without_a_name_show_a_day_no_time_and_only_once_released(client):
    leader = make_leader()
    now = timezone.now()
    for days in (-7, 7):
        audit.record(code="conflict.logged", by=None, service=leader.service, at=now + timedelta(days=days))

    page = audit_page(client, leader)

    assert re.findall(r'"action-who">(.*?)<', page) == ["Without a name"]
    assert not re.search(r"<time[^>]*>[^<]*\d\d:\d\d", page)


@pytest.mark.django_db
@pytest.mark.parametrize("named", [True, False])
def test_f14_of_an_entry_that_was_withdrawn_nothing_shows(client, named):
    leader = make_leader()
    conflict = make_conflict(make_practitioner(leader.service))
    by = conflict.author.user if named else None
    for code in ("conflict.logged", "conflict.withdrawn"):
        audit.record(code=code, by=by, service=leader.service, obj=conflict)

    assert "conflict" not in audit_page(client, leader).split("<h1>")[1]


@pytest.mark.django_db
def test_a_changed_role_is_told_in_words(client):
    leader = make_leader()
    audit.record(
        code="member.role_changed", by=leader.user, service=leader.service, role_before="practitioner", role="leader"
    )

    assert "from Practitioner to Leader" in audit_page(client, leader)


@pytest.mark.django_db
def test_long_trails_are_paged_and_asked_for_in_few_questions(client, django_assert_max_num_queries):
    leader = make_leader()
    for _event in range(EVENTS_A_PAGE + 1):
        audit.record(code="member.added", by=leader.user, service=leader.service)

    client.force_login(leader.user)
    with django_assert_max_num_queries(9):
        first = client.get(reverse("audit", args=[leader.service.key])).content.decode()
    second = audit_page(client, leader, "?page=2")
    beyond = audit_page(client, leader, "?page=nonsense")

    assert first.count("Added a person") == EVENTS_A_PAGE
    assert second.count("Added a person") == 1
    assert 'rel="next"' in first
    assert beyond.count("Added a person") == EVENTS_A_PAGE


@pytest.mark.django_db
def test_an_empty_trail_says_what_will_be_in_it(client):
    assert "Nothing has been changed yet." in audit_page(client, make_leader())


@pytest.mark.django_db
def test_the_actor_is_a_random_id_and_nothing_else_of_the_person():
    leader = make_leader()

    event = audit.record(code="member.added", by=leader.user, service=leader.service, obj=leader, role="leader")

    row = str(AuditEvent.objects.filter(pk=event.pk).values().get())
    assert str(leader.user.audit_id) in row
    assert leader.name not in row
    assert leader.user.email not in row


def codes_in_use() -> dict[str, str]:
    """Every audit code written in the sources, with a file that writes it."""
    pattern = re.compile(
        r"""(?:code=|self\.audit\(|_audit\(|audit\.record\(|else |if )\s*f?["']([a-z_]+\.[a-z_{}]+)["']"""
    )
    found = {}
    for app in ("accounts", "assessments", "planning"):
        for path in (ROOT / app).rglob("*.py"):
            for code in pattern.findall(path.read_text()):
                found.setdefault(code, str(path.relative_to(ROOT)))
    return found


def test_every_code_that_is_written_has_a_sentence():
    families = {code.split(".")[0] for code in SENTENCES}
    missing = {
        code: file
        for code, file in codes_in_use().items()
        if code not in SENTENCES and not ("{" in code and code.split(".")[0] in families)
    }

    missing.pop("content.xml", None)  # a part of a file, not a code

    assert not missing, "Add a line for each of these to SENTENCES in accounts/audit_words.py: " + ", ".join(
        f'"{code}" ({file})' for code, file in sorted(missing.items())
    )
