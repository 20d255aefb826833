"""The health page: lives, is ready, and what a stranger may hear."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from planning import reminders, standstill
from planning.documents import making
from planning.heartbeats import BEAT, SENDER, WORKER
from planning.models import Document, Message
from tests.planning.mail_samples import a_member, a_plan, a_service

KEY = "a key of whoever runs this"


@pytest.fixture
def running(db):
    standstill.beat(BEAT, WORKER, SENDER, at=timezone.now())


def ready(**headers) -> tuple[int, str]:
    response = Client().get("/readyz", headers=headers)
    return response.status_code, response.content.decode()


def checks(settings) -> dict:
    settings.HEALTH_KEY = KEY
    status, body = ready(**{"X-Health-Key": KEY})
    found = json.loads(body)
    assert (status == 200) is found["ready"]
    return {name: said for name, said in found["checks"].items() if said != "ok"}


def test_l08_a_process_that_answers_lives_and_asks_neither_database_nor_session():
    """Without the database fixture, so any query fails the test."""
    response = Client().get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert response.headers["Cache-Control"].startswith("max-age=0")


def test_l08_all_that_is_needed_runs(running, settings):
    assert ready() == (200, "ok")
    assert checks(settings) == {}


def test_l08_a_stranger_hears_one_word(running, settings):
    settings.HEALTH_KEY = KEY
    standstill.beat(WORKER, at=timezone.now() - timedelta(minutes=4))

    assert ready() == ready(**{"X-Health-Key": "another"}) == (503, "not ok")


def test_l08_without_a_key_an_empty_one_opens_nothing(running, settings):
    settings.HEALTH_KEY = ""

    assert ready(**{"X-Health-Key": ""}) == (200, "ok")


@pytest.mark.parametrize("heart", [BEAT, WORKER])
def test_l08_a_tick_older_than_three_minutes(running, settings, heart):
    standstill.beat(heart, at=timezone.now() - timedelta(minutes=3, seconds=5))

    found = checks(settings)

    assert list(found) == ["tick"]
    assert found["tick"].startswith(f"{heart}: nothing since 20")


def test_l08_a_tick_that_was_never_heard_of(db, settings):
    assert checks(settings) == {"tick": "beat: not heard of yet; worker: not heard of yet"}


def test_l08_a_sender_silent_for_26_hours(running, settings):
    standstill.beat(SENDER, at=timezone.now() - timedelta(hours=26, seconds=5))

    assert list(checks(settings)) == ["sending"]


@pytest.mark.parametrize(("minutes", "late"), [(4, False), (6, True)])
def test_l08_a_document_that_nobody_begins_with(running, settings, minutes, late):
    issued_at = timezone.now() - timedelta(minutes=minutes)
    a_plan(a_service(), state=Document.State.QUEUED, at=issued_at)

    assert list(checks(settings)) == (["jobs"] if late else [])


def test_l08_an_old_document_that_somebody_has_made_again_waits_from_then_on(running, settings):
    service = a_service()
    plan = a_plan(service, state=Document.State.FAILED, at=timezone.now() - timedelta(days=3))

    making.try_again(plan, by=a_member(service))

    assert checks(settings) == {}


@pytest.mark.parametrize(("minutes", "late"), [(4, False), (6, True)])
def test_l08_a_message_that_nobody_sends(running, settings, minutes, late, time_machine):
    at = timezone.now()
    service = a_service()
    a_member(service)
    reminders.plan_ready(a_plan(service), at=at)
    Message.objects.update(not_before=at - timedelta(minutes=minutes))

    assert list(checks(settings)) == (["jobs"] if late else [])


def test_l08_a_broker_that_does_not_answer(running, settings, monkeypatch):
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", "redis://127.0.0.1:1/0")

    found = checks(settings)

    assert list(found) == ["broker"]
    assert "127.0.0.1" not in found["broker"]


def test_l08_a_database_that_does_not_answer(settings):
    """Without the database fixture every query is refused, which is what a lost database looks like from here."""
    assert set(checks(settings)) >= {"database", "jobs", "tick"}


def test_l08_it_is_asked_without_https(settings, client):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/accounts/login/").status_code == 301
