"""The page on which leaders take the record of their service out."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import AuditEvent
from planning.dossiers.reading import understand
from tests.factories import make_leader
from tests.planning.dossiers.samples import take_out
from tests.planning.site import client_of, full_site, main_text, oslo

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(clock):
    return full_site("own")


def ask(client, site, names: str):
    """Ask for the file; the answer to the form."""
    return client.post(site.url("dossier"), {"names": names})


@pytest.mark.parametrize(("names", "with_names"), [("without", False), ("with", True)])
def test_a_leader_gets_the_file(site, names, with_names):
    client = client_of(site.leader)

    response = client.get(ask(client, site, names).url)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="holdfast-own-2026-11-25.json"'
    assert "no-store" in response["Cache-Control"]
    assert response.content.decode() == take_out(site.service, timezone.localdate(), with_names=with_names)
    assert ("Kari Nes" in response.content.decode()) is with_names
    understand(response.content)


def test_s09_asking_leaves_a_line_in_the_trail_and_opening_none(site):
    client = client_of(site.leader)

    asked = ask(client, site, "with")
    before = AuditEvent.objects.count()
    client.get(asked.url)
    client.get(asked.url)

    assert AuditEvent.objects.count() == before
    event = AuditEvent.objects.get(code="dossier.exported")
    assert (event.service_key, event.actor, event.details) == ("own", site.leader.user.audit_id, {"with_names": True})
    assert "Took out the record as a file" in main_text(client.get(site.url("audit")))


def test_without_an_answer_nothing_leaves(site):
    response = client_of(site.leader).post(site.url("dossier"), {})

    assert "Choose whether the names of people are in the file." in main_text(response)
    assert not AuditEvent.objects.filter(code="dossier.exported").exists()


def test_the_address_of_the_file_is_of_one_person_one_service_and_a_quarter_of_an_hour(site, clock):
    client = client_of(site.leader)
    asked = ask(client, site, "with").url
    other = full_site("other")
    both = make_leader(other.service, user=site.leader.user)

    assert client_of(site.stand_in).get(asked).url == site.url("dossier")
    assert client.get(asked.replace("/own/", "/other/")).url == other.url("dossier")
    assert client.get(site.url("dossier_file")).url == site.url("dossier")
    assert client.get(site.url("dossier_file") + "?asked=anything").url == site.url("dossier")
    assert client.get(asked[:-1] + ("x" if asked[-1] != "x" else "y")).url == site.url("dossier")
    clock.shift(timedelta(minutes=15))
    client.force_login(site.leader.user)  # the password is too old by then, too
    assert client.get(asked).status_code == 200
    clock.shift(timedelta(seconds=2))
    assert client.get(asked).url == site.url("dossier")
    assert both.pk


@pytest.mark.parametrize("role", ["practitioner", "adviser", "sponsor"])
def test_others_neither_find_nor_get_it(site, role):
    client = client_of(site.people[role])

    assert site.url("dossier") not in client.get(site.url("documents")).content.decode()
    assert client.get(site.url("dossier")).status_code == 403
    assert ask(client, site, "without").status_code == 403
    assert client.get(ask(client_of(site.leader), site, "without").url).status_code == 403


def test_it_is_found_among_the_documents_and_says_what_leaves(site):
    client = client_of(site.leader, language="en")

    assert f'href="{site.url("dossier")}"' in client.get(site.url("documents")).content.decode()
    text = main_text(client.get(site.url("dossier")))
    for words in (
        "Texts leave as they were written",
        "totals of a week",
        "Single check-ins and single conflicts",
        "trail",
    ):
        assert words in text


def test_l10_the_file_is_of_the_day_in_oslo(site):
    with time_machine.travel(oslo("2027-01-01T00:30"), tick=False):
        client = client_of(site.leader)
        response = client.get(ask(client, site, "without").url)

    assert json.loads(response.content)["as_of"] == "2027-01-01"
    assert 'filename="holdfast-own-2027-01-01.json"' in response["Content-Disposition"]
