"""The bells: rung after commit, short of patience, and nothing but bells."""

import json
import logging
import socket
import time
from datetime import timedelta

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone

from planning import tasks
from planning.documents import issuing, making
from planning.models import Document
from tests import factories as make


@pytest.fixture
def plan(db) -> Document:
    leader = make.make_leader()
    return issuing.issue(service=leader.service, by=leader, language="en", as_of=timezone.localdate())


@pytest.fixture
def bells(monkeypatch) -> list[dict]:
    """Every message handed to the queue."""
    sent: list[dict] = []
    monkeypatch.setattr(tasks.make_document, "apply_async", lambda **options: sent.append(options))
    monkeypatch.setattr(tasks.send_message, "apply_async", lambda **options: sent.append(options))
    return sent


def test_the_task_makes_the_plan_of_its_id_and_ignores_words_it_does_not_know(monkeypatch):
    made = []
    monkeypatch.setattr(making, "make", lambda document_id, at: made.append(document_id))

    tasks.make_document(document_id=7, since="a later version")

    assert made == [7]


# A message of each task as the versions before wrote it: what waits in the queue when a new version is put in place.
OLD_MESSAGES = [
    ("planning.tasks.make_plan", {"plan_id": 7}),
    ("planning.tasks.make_document", {"document_id": 7}),
    ("planning.tasks.send_message", {"message_pk": 7}),
    ("planning.tasks.tick", {}),
]


def test_l09_no_task_of_an_earlier_version_is_unknown_and_each_new_one_has_its_message_here():
    ours = {name for name in current_app.tasks if name.startswith("planning.")}

    assert ours == {name for name, _kwargs in OLD_MESSAGES}


@pytest.mark.parametrize(("name", "kwargs"), OLD_MESSAGES)
def test_l09_a_message_of_an_earlier_version_does_what_it_asked_for(name, kwargs, monkeypatch):
    done = []
    monkeypatch.setattr(making, "make", lambda pk, at: done.append(("made", pk)))
    monkeypatch.setattr(tasks.mailing, "send", lambda pk, at: done.append(("sent", pk)))
    monkeypatch.setattr(tasks.reviews, "keep_ahead", lambda at: done.append(("ticked", None)))
    monkeypatch.setattr(tasks.standstill, "note_tick", lambda at: None)
    monkeypatch.setattr(tasks.standstill, "read", tasks.heartbeats.Moments)

    current_app.tasks[name](**kwargs, of_an_older_version=True)

    assert done[:1] == [
        {"planning.tasks.send_message": ("sent", 7), "planning.tasks.tick": ("ticked", None)}.get(name, ("made", 7))
    ]


@pytest.mark.parametrize("task", [tasks.make_document, tasks.send_message, tasks.tick])
def test_l09_every_task_takes_words_of_another_version(task, db, monkeypatch):
    for name in ("make", "sweep"):
        monkeypatch.setattr(making, name, lambda *_, **__: [])
    monkeypatch.setattr(tasks.mailing, "send", lambda *_, **__: None)
    for step in ("plan_due",):
        monkeypatch.setattr(tasks.reminders, step, lambda at: 0)
    for step in ("expire", "mark_uncertain", "due"):
        monkeypatch.setattr(tasks.mailing, step, lambda at: [])
    monkeypatch.setattr(tasks.reviews, "keep_ahead", lambda at: 0)
    ids = {tasks.make_document: {"document_id": 1}, tasks.send_message: {"message_pk": 1}}.get(task, {})

    task(**ids, unheard_of="x")


@pytest.mark.django_db(transaction=True)
def test_l01_the_bell_rings_after_commit_and_carries_only_the_id(bells):
    leader = make.make_leader()
    with transaction.atomic():
        plan = issuing.issue(service=leader.service, by=leader, language="en", as_of=timezone.localdate())
        tasks.ring_for(plan)
        before = list(bells)

    assert before == []
    assert [bell["kwargs"] for bell in bells] == [{"document_id": plan.pk}]
    assert json.loads(json.dumps(bells[0]["kwargs"])) == bells[0]["kwargs"]


@pytest.mark.django_db(transaction=True)
def test_l01_a_transaction_that_is_undone_rings_for_nothing(bells):
    leader = make.make_leader()
    with transaction.atomic():
        tasks.ring_for(issuing.issue(service=leader.service, by=leader, language="en", as_of=timezone.localdate()))
        transaction.set_rollback(True)

    assert bells == []
    assert not Document.objects.exists()


def test_l01_the_sweep_rings_again_with_a_bell_that_does_not_outlast_the_next_ones(plan, bells):
    later = plan.issued_at + making.UNHEARD_AFTER + timedelta(seconds=1)

    assert tasks.ring_plans(plan.issued_at) == 0
    assert tasks.ring_plans(later) == 1
    assert [bell["kwargs"] for bell in bells] == [{"document_id": plan.pk}]
    assert all(bell["expires"] < 60 and "eta" not in bell and "countdown" not in bell for bell in bells)


def test_l01_a_step_in_trouble_does_not_silence_the_others(plan, bells, monkeypatch, caplog):
    Document.objects.update(issued_at=timezone.now() - timedelta(hours=1))

    def fail(at):
        raise RuntimeError("the mail clerk is ill")

    monkeypatch.setattr(tasks.reminders, "plan_due", fail)

    tasks.tick()

    assert {"document_id": plan.pk} in [bell["kwargs"] for bell in bells]
    assert "the mail clerk is ill" in caplog.text


@pytest.fixture
def nobody_listens():
    """The address of a port that refuses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"redis://127.0.0.1:{taken.getsockname()[1]}/0"


@pytest.fixture
def frozen():
    """The address of a server that takes connections and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(8)
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.parametrize("broker", ["nobody_listens", "frozen"])
def test_l06_a_broker_that_is_down_neither_fails_nor_delays_whoever_rings(broker, request, plan, monkeypatch, caplog):
    caplog.set_level(logging.WARNING)
    monkeypatch.setenv("CELERY_BROKER_WRITE_URL", request.getfixturevalue(broker))
    tasks._ring(plan.pk)  # the first bell of a process loads what it needs, which is not what is measured

    started = time.monotonic()
    tasks._ring(plan.pk)
    took = time.monotonic() - started

    assert took < 1
    assert f"bell for plan {plan.pk}" in caplog.text
    assert Document.objects.get(pk=plan.pk).state == Document.State.QUEUED


def test_m04_a_plan_that_is_made_rings_for_no_message_as_its_news_waits_ten_minutes(monkeypatch):
    rung = []
    monkeypatch.setattr(making, "make", lambda document_id, at: True)
    monkeypatch.setattr(tasks, "ring_messages", rung.append)

    tasks.make_document(document_id=7)

    assert rung == []
