"""What a leader sets of the service itself."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEvent
from tests.factories import make_leader, make_service

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make_leader(make_service("north"))


@pytest.fixture
def client_of_leader(leader):
    client = Client()
    client.force_login(leader.user)
    return client


def test_a_leader_says_when_imr_began(leader, client_of_leader):
    began = timezone.localdate() - timedelta(days=200)
    sent = {"name": "North team", "setting": "primary", "started_on": began.isoformat(), "language": "nb"}

    response = client_of_leader.post("/services/north/settings/", sent)

    leader.service.refresh_from_db()
    assert response.status_code == 302
    assert (leader.service.name, leader.service.started_on, leader.service.language) == ("North team", began, "nb")
    assert AuditEvent.objects.filter(code="service.changed", actor=leader.user.audit_id).count() == 1


def test_f09_imr_cannot_have_begun_tomorrow(leader, client_of_leader):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {"name": "North team", "started_on": tomorrow.isoformat(), "language": "en"}

    response = client_of_leader.post("/services/north/settings/", sent)

    assert "leave it empty until IMR has begun" in response.content.decode()
    leader.service.refresh_from_db()
    assert leader.service.started_on is None


def test_a_leader_says_when_the_project_ends_also_ahead(leader, client_of_leader):
    ends = timezone.localdate() + timedelta(days=200)
    sent = {"name": "North team", "project_ends_on": ends.isoformat(), "language": "nb"}

    client_of_leader.post("/services/north/settings/", sent)

    leader.service.refresh_from_db()
    assert leader.service.project_ends_on == ends


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True)])
def test_f09_a_project_that_brought_imr_did_not_end_before_imr_began(leader, client_of_leader, days, taken):
    began = timezone.localdate() - timedelta(days=200)
    sent = {
        "name": "North team",
        "started_on": began.isoformat(),
        "project_ends_on": (began + timedelta(days=days)).isoformat(),
        "language": "en",
    }

    response = client_of_leader.post("/services/north/settings/", sent)

    leader.service.refresh_from_db()
    assert (leader.service.project_ends_on is not None) == taken
    assert ("Give a day on or after the one on which IMR began." in response.content.decode()) != taken
