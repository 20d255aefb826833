"""Issuing plans and making their documents: numbered once, claimed before the work, finished whole or not at all."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEvent
from planning.documents import issuing, making, pages, plan_pages
from planning.documents.making import MAX_ATTEMPTS, STUCK_AFTER, UNHEARD_AFTER
from planning.models import Document, DocumentFile, Message
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader():
    return make.make_leader(make.make_service("f"))


@pytest.fixture
def quick(monkeypatch):
    """Documents that take no time, so that the tests are about the row."""
    made = pages.Made(pdf=b"%PDF-1.7 all of it", page_one=b"%PDF-1.7 a page", pages=9)
    monkeypatch.setattr(making, "make_file", lambda document: made)
    return made


@pytest.fixture
def broken(monkeypatch):
    """Documents that cannot be made."""

    def fail(content):
        raise plan_pages.rendering.RenderingError("no ink")

    monkeypatch.setattr(making, "make_file", fail)


def issue(leader, **fields) -> Document:
    fields = {"language": "en", "as_of": timezone.localdate()} | fields
    return issuing.issue(service=leader.service, by=leader, **fields)


def make_it(plan: Document, *, later: timedelta = timedelta()) -> bool:
    return making.make(plan.pk, at=timezone.now() + later)


# Issuing


def test_a_plan_is_numbered_frozen_and_audited(leader):
    first = issue(leader)
    second = issue(leader, language="nb")
    of_another_service = issue(make.make_stranger())

    assert (first.number, second.number, of_another_service.number) == (1, 2, 1)
    assert (first.state, first.attempts) == (Document.State.QUEUED, 0)
    assert second.content["language"] == "nb"
    assert second.content["issue"]["number"] == 2
    assert second.content["issue"]["owner"] == leader.name
    assert second.content["issue"]["verify"] == "http://localhost:8000/services/f/verify/plan/2/"
    events = AuditEvent.objects.filter(code="plan.issued", service_key="f")
    assert [(event.object_id, event.actor) for event in events.order_by("pk")] == [
        (str(first.pk), leader.user.audit_id),
        (str(second.pk), leader.user.audit_id),
    ]


def test_what_is_issued_stays_as_it_was(leader):
    plan = issue(leader)
    checksum = pages.checksum(plan.content)

    make.make_vision(leader.service, text="A new one")
    plan.refresh_from_db()

    assert plan.content["vision"] is None
    assert pages.checksum(plan.content) == checksum


def test_l01_the_row_and_its_audit_event_are_written_together_or_not_at_all(leader, monkeypatch):
    def fail(**_):
        raise RuntimeError("the trail is full")

    monkeypatch.setattr(making.audit, "record", fail)

    with pytest.raises(RuntimeError):
        issue(leader)

    assert not Document.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_the_same_time_get_two_numbers(leader):
    start = threading.Barrier(2)
    numbers, trouble = [], []

    def run():
        try:
            start.wait(10)
            numbers.append(issue(leader).number)
        except Exception as problem:
            trouble.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _time in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert trouble == []
    assert sorted(numbers) == [1, 2]


# Making


def test_the_document_is_stored_with_the_row_that_says_it_is_ready(leader, quick):
    plan = issue(leader)

    assert make_it(plan)

    plan.refresh_from_db()
    assert (plan.state, plan.attempts, plan.reference) == (Document.State.READY, 1, "")
    assert plan.made_at >= plan.started_at
    assert (bytes(plan.file.pdf), bytes(plan.file.page_one)) == (quick.pdf, quick.page_one)
    assert (plan.file.sha256, plan.file.pages) == (quick.sha256, 9)
    assert Message.objects.get(document=plan).recipient == leader


def test_l02_the_same_bell_rung_again_does_nothing(leader, quick):
    plan = issue(leader)
    first = make_it(plan)
    made_at = Document.objects.get(pk=plan.pk).made_at

    again = make_it(plan, later=timedelta(hours=1))

    assert (first, again) == (True, False)
    assert Document.objects.get(pk=plan.pk).made_at == made_at
    assert Message.objects.filter(document=plan).count() == 1


def test_a_plan_that_is_no_longer_there_is_nothing_to_do():
    assert making.make(4711, at=timezone.now()) is False


def test_l02_an_attempt_is_counted_before_its_work_starts(leader, monkeypatch):
    plan = issue(leader)
    seen = []

    def look(content):
        seen.extend(Document.objects.values_list("state", "attempts"))
        raise KeyboardInterrupt  # as if the worker were killed here

    monkeypatch.setattr(making, "make_file", look)

    with pytest.raises(KeyboardInterrupt):
        make_it(plan)

    assert seen == [(Document.State.MAKING, 1)]
    assert list(Document.objects.values_list("state", "attempts")) == [(Document.State.MAKING, 1)]
    assert not DocumentFile.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_document_is_made(leader, monkeypatch):
    plan = issue(leader)
    inside = []
    made = pages.Made(pdf=b"%PDF", page_one=b"%PDF", pages=1)
    monkeypatch.setattr(making, "make_file", lambda document: inside.append(connection.in_atomic_block) or made)

    make_it(plan)

    assert inside == [False]


def test_while_one_makes_it_nobody_else_does(leader, quick):
    plan = issue(leader)
    Document.objects.update(state=Document.State.MAKING, attempts=1, started_at=timezone.now())

    assert not make_it(plan)
    assert not make_it(plan, later=STUCK_AFTER - timedelta(seconds=1))
    assert make_it(plan, later=STUCK_AFTER + timedelta(seconds=1))
    assert Document.objects.get(pk=plan.pk).attempts == 2


def test_an_attempt_that_took_too_long_changes_nothing_any_more(leader, monkeypatch):
    plan = issue(leader)
    made = pages.Made(pdf=b"%PDF of the slow one", page_one=b"%PDF", pages=1)

    def slow(content):
        # Meanwhile the sweep had it made by another worker, which is at it now.
        Document.objects.update(attempts=2, started_at=timezone.now())
        return made

    monkeypatch.setattr(making, "make_file", slow)

    assert not make_it(plan)
    assert list(Document.objects.values_list("state", "attempts")) == [(Document.State.MAKING, 2)]
    assert not DocumentFile.objects.exists()
    assert not Message.objects.exists()


def test_l01_document_row_and_news_are_written_together_or_not_at_all(leader, quick, monkeypatch, caplog):
    plan = issue(leader)

    def fail(plan):
        raise RuntimeError("no room for the news")

    monkeypatch.setattr(making.reminders, "plan_ready", fail)

    assert make_it(plan) is False

    assert not DocumentFile.objects.exists()
    assert Document.objects.get(pk=plan.pk).state == Document.State.QUEUED
    assert "no room for the news" in caplog.text


def test_l02_a_cancelled_attempt_that_ends_late_does_not_touch_the_one_a_person_asked_for_after_it(
    leader, quick, monkeypatch
):
    plan = issue(leader)

    def cancelled_and_asked_for_again(document):
        monkeypatch.setattr(making, "make_file", lambda document: quick)
        making.try_again(making.cancel(plan, by=leader), by=leader)
        assert make_it(plan, later=timedelta(seconds=1))
        raise RuntimeError("the cancelled one fails late")

    monkeypatch.setattr(making, "make_file", cancelled_and_asked_for_again)

    assert make_it(plan) is False
    assert Document.objects.get(pk=plan.pk).state == Document.State.READY


def test_l02_after_three_attempts_it_has_failed_with_a_reference_that_the_log_has_too(leader, broken, caplog):
    plan = issue(leader)

    states = []
    for _time in range(MAX_ATTEMPTS):
        make_it(plan)
        states.append(Document.objects.get(pk=plan.pk).state)
    make_it(plan)  # a bell that comes later still

    plan.refresh_from_db()
    assert states == [Document.State.QUEUED, Document.State.QUEUED, Document.State.FAILED]
    assert plan.attempts == MAX_ATTEMPTS == 3
    assert len(plan.reference) == 8
    assert plan.reference in caplog.text
    assert "no ink" in caplog.text
    assert not DocumentFile.objects.exists()


# Again


def test_l02_a_failed_plan_is_made_after_all_when_a_person_says_so(leader, broken, monkeypatch):
    plan = issue(leader)
    for _time in range(MAX_ATTEMPTS):
        make_it(plan)
    checksum = pages.checksum(plan.content)
    made = pages.Made(pdf=b"%PDF", page_one=b"%PDF", pages=1)

    making.try_again(plan, by=leader)
    waiting = Document.objects.get(pk=plan.pk)
    monkeypatch.setattr(making, "make_file", lambda document: made)
    make_it(plan)

    assert (waiting.state, waiting.attempts, waiting.reference) == (Document.State.QUEUED, 0, "")
    ready = Document.objects.get(pk=plan.pk)
    assert ready.state == Document.State.READY
    assert pages.checksum(ready.content) == checksum
    assert AuditEvent.objects.filter(code="plan.retried", object_id=str(plan.pk)).count() == 1


@pytest.mark.parametrize("state", [Document.State.QUEUED, Document.State.MAKING, Document.State.READY])
def test_only_a_failed_plan_can_be_tried_again(leader, state):
    plan = issue(leader)
    Document.objects.update(state=state, made_at=timezone.now() if state == Document.State.READY else None)

    with pytest.raises(making.NotFailed):
        making.try_again(plan, by=leader)

    assert Document.objects.get(pk=plan.pk).state == state


def test_l01_the_sweep_finds_plans_whose_bell_was_lost(leader):
    plan = issue(leader)

    assert making.sweep(plan.issued_at + UNHEARD_AFTER - timedelta(seconds=1)) == []
    assert making.sweep(plan.issued_at + UNHEARD_AFTER + timedelta(seconds=1)) == [plan.pk]


def test_l01_the_sweep_finds_plans_whose_worker_died_and_gives_up_after_the_third(leader, caplog):
    died, died_thrice, working, ready = (issue(leader) for _time in range(4))
    now = timezone.now()
    long_ago = now - STUCK_AFTER - timedelta(seconds=1)
    being_made = Document.State.MAKING
    Document.objects.filter(pk=died.pk).update(state=being_made, attempts=2, started_at=long_ago)
    Document.objects.filter(pk=died_thrice.pk).update(state=being_made, attempts=3, started_at=long_ago)
    Document.objects.filter(pk=working.pk).update(state=being_made, attempts=3, started_at=now)
    Document.objects.filter(pk=ready.pk).update(state=Document.State.READY, made_at=now)

    rung = making.sweep(now)
    again = making.sweep(now)

    assert rung == again == [died.pk]
    died_thrice.refresh_from_db()
    assert died_thrice.state == Document.State.FAILED
    assert died_thrice.reference in caplog.text
    assert Document.objects.get(pk=working.pk).state == being_made


def test_the_plan_in_force_is_the_latest_whose_document_is_there(leader, quick):
    first, second, third = (issue(leader) for _time in range(3))
    make_it(first)
    make_it(second)

    assert leader.service.documents.plans().in_force() == second
    assert third.number == 3
