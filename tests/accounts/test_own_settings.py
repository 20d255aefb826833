"""How Holdfast calls and addresses somebody."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Member
from tests.factories import make_leader, make_practitioner

pytestmark = pytest.mark.django_db


def test_a_new_name_shows_in_every_service_and_the_language_changes_at_once(client):
    leader = make_leader()
    elsewhere = make_practitioner(user=leader.user)
    client.force_login(leader.user)
    client.cookies["django_language"] = "en"

    response = client.post(reverse("own_settings"), {"name": "Kari Nes Lie", "language": "nb"}, follow=True)

    leader.user.refresh_from_db()
    assert (leader.user.name, leader.user.language) == ("Kari Nes Lie", "nb")
    assert set(Member.objects.values_list("name", flat=True)) == {"Kari Nes Lie"}
    assert response.context["LANGUAGE_CODE"] == "nb"
    events = AuditEvent.objects.filter(code="member.changed").values_list("service_key", flat=True)
    assert set(events) == {leader.service.key, elsewhere.service.key}


def test_own_settings_need_a_name_and_keep_what_was_typed(client):
    leader = make_leader()
    client.force_login(leader.user)

    response = client.post(reverse("own_settings"), {"name": "", "language": "nb"})

    assert "Write your name." in response.content.decode()
    assert "Kari Nes" in response.content.decode()
    leader.user.refresh_from_db()
    assert leader.user.language == "en"
