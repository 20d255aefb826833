"""A clock that cannot stop unseen: who beats, what the pages say, and what the log is told."""

import logging
import re
from datetime import timedelta
from io import StringIO

import pytest
from celery.signals import after_task_publish
from django.core.management import call_command
from django.test import Client

from accounts.models import Role
from planning import addresses, heartbeats, mailing, reminders, standstill, tasks
from planning.heartbeats import BEAT, SENDER, WORKER
from planning.models import Heartbeat, Message
from tests.planning.mail_samples import a_member, a_plan, a_service, oslo

pytestmark = pytest.mark.django_db
AT = oslo("2026-11-25 10:11")
SILENT = "No messages have gone out since Tue 24 Nov 08:10."
WAITING = "Documents and messages have been waiting since Tue 24 Nov 08:10."


@pytest.fixture(autouse=True)
def now(time_machine):
    time_machine.move_to(AT, tick=False)


@pytest.fixture
def bells(monkeypatch):
    monkeypatch.setattr(tasks.make_document, "apply_async", lambda **_options: None)
    monkeypatch.setattr(tasks.send_message, "apply_async", lambda **_options: None)


@pytest.fixture
def watch(monkeypatch):
    """A process that has been up for a while."""
    watch = standstill.Watch()
    watch.looked -= standstill.LOOK_EVERY
    monkeypatch.setattr(standstill, "watch", watch)
    return watch


def heard() -> dict:
    return dict(Heartbeat.objects.values_list("name", "at"))


def page(member, path="/services/f/outbox/") -> str:
    client = Client()
    client.force_login(member.user)
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


# Who beats


def test_an_executed_tick_is_a_beat_of_worker_and_sender(bells):
    tasks.tick()

    assert heard() == {WORKER: AT, SENDER: AT}
    tasks.tick()
    assert Heartbeat.objects.count() == 2


def test_the_scheduler_beats_when_it_has_rung_the_tick_and_for_nothing_else():
    after_task_publish.send(sender=tasks.send_message.name, headers={}, body=(), exchange="", routing_key="")
    assert heard() == {}

    after_task_publish.send(sender=tasks.tick.name, headers={}, body=(), exchange="", routing_key="")

    assert heard() == {BEAT: AT}


def test_a_heartbeat_that_cannot_be_written_does_not_stop_the_scheduler(monkeypatch, caplog):
    def broken(*_names, at):
        raise RuntimeError("no database")

    monkeypatch.setattr(standstill, "beat", broken)

    tasks.note_ringing()

    assert "no database" in caplog.text


def test_a_beat_costs_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        standstill.beat(BEAT, WORKER, SENDER, at=AT)


def test_the_sender_does_not_beat_while_something_due_lies_untouched(bells):
    service = a_service()
    a_member(service)
    reminders.plan_ready(a_plan(service, at=AT - timedelta(minutes=10)), at=AT)

    tasks.tick()
    assert heard() == {WORKER: AT}

    assert mailing.send(Message.objects.get().pk, at=AT) == Message.State.HANDED_OVER
    tasks.tick()
    assert heard() == {WORKER: AT, SENDER: AT}


def test_a_message_that_was_taken_is_noted_with_the_sender(bells):
    service = a_service()
    a_member(service)
    reminders.plan_ready(a_plan(service), at=AT)
    standstill.beat(SENDER, at=AT)

    tasks.send_message(message_pk=Message.objects.get().pk)

    assert Heartbeat.objects.get(name=SENDER).handed_over_at == AT


def test_run_due_from_cron_stands_in_for_all_three():
    call_command("run_due", stdout=StringIO())

    assert heard() == {BEAT: AT, WORKER: AT, SENDER: AT}
    assert set(Heartbeat.objects.values_list("detail", flat=True)) == {"run_due"}
    assert heartbeats.standing_still(standstill.read(), at=AT) == {}


# What the pages say


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def leader(service):
    return a_member(service, Role.LEADER)


def last_heard(moment: str, *names) -> None:
    standstill.beat(*names or (BEAT, WORKER, SENDER), at=oslo(moment))


@pytest.mark.parametrize("path", ["/services/f/outbox/", "/services/f/", "/services/f/documents/"])
def test_after_26_hours_a_leader_reads_that_no_messages_have_gone_out(leader, path):
    last_heard("2026-11-24 08:10")

    found = page(leader, path)

    assert SILENT in found
    assert WAITING not in found


def test_the_leader_reads_it_in_norwegian(service):
    leader = a_member(service, language="nb")
    last_heard("2026-11-24 08:10")

    assert re.search(r"Ingen meldinger har gått ut siden ti\S* 24\. november 08:10\.", page(leader))


def test_before_26_hours_are_over_it_says_that_documents_and_messages_wait(leader):
    last_heard("2026-11-24 08:12")

    found = page(leader)

    assert "No messages have gone out" not in found
    assert "Documents and messages have been waiting since Tue 24 Nov 08:12." in found


def test_l06_while_the_worker_is_away_the_pages_say_that_what_is_asked_for_is_stored(service, leader):
    last_heard("2026-11-24 08:10", WORKER)
    practitioner = a_member(service, Role.PRACTITIONER)

    assert WAITING in page(leader, "/services/f/")
    assert WAITING in page(practitioner, "/services/f/documents/")
    assert WAITING not in page(practitioner, "/services/f/")


@pytest.mark.parametrize("moment", ["2026-11-25 10:10", "2026-11-25 10:09"])
def test_where_all_runs_nothing_is_said(leader, moment):
    last_heard(moment)

    found = page(leader)

    assert "have gone out since" not in found
    assert "have been waiting since" not in found


def test_where_nothing_was_ever_heard_of_no_page_guesses_since_when(leader):
    found = page(leader)

    assert "have gone out since" not in found
    assert "have been waiting since" not in found


def test_a_quiet_weekend_is_no_standstill(leader, time_machine):
    time_machine.move_to(oslo("2026-11-30 07:00"), tick=False)
    last_heard("2026-11-30 06:59")
    Heartbeat.objects.filter(name=SENDER).update(handed_over_at=oslo("2026-11-27 09:00"))

    assert "have gone out since" not in page(leader)


def test_m13_a_mail_server_that_took_nothing_for_26_hours_is_told_to_the_leader(service, leader):
    last_heard("2026-11-25 10:10")
    reminders.plan_ready(a_plan(service), at=AT)
    Message.objects.update(attempts=7, created_at=oslo("2026-11-24 08:10"), not_before=AT + timedelta(hours=1))

    assert SILENT in page(leader)

    standstill.note_handed_over(AT)
    assert "have gone out since" not in page(leader)


def test_only_those_who_see_the_messages_read_that_none_go_out(service, leader):
    last_heard("2026-11-24 08:10")

    for role in (Role.PRACTITIONER, Role.ADVISER, Role.SPONSOR):
        assert "have gone out since" not in page(a_member(service, role), "/services/f/")


# What the log is told


def errors(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


def test_a_page_tells_the_operator_of_a_standstill_once(leader, watch, caplog):
    last_heard("2026-11-24 08:10")

    page(leader)
    watch.looked -= standstill.LOOK_EVERY
    page(leader)

    assert errors(caplog) == [
        "Standstill: nothing was heard of beat since 2026-11-24T07:10:00+00:00",
        "Standstill: nothing was heard of sender since 2026-11-24T07:10:00+00:00",
        "Standstill: nothing was heard of worker since 2026-11-24T07:10:00+00:00",
    ]


def test_the_next_standstill_is_told_again(leader, watch, caplog, time_machine):
    for moment in ("2026-11-25 10:00", "2026-11-25 11:00", "2026-11-25 11:00"):
        last_heard(moment)
        time_machine.move_to(oslo(moment) + timedelta(minutes=4), tick=False)
        watch.looked -= standstill.LOOK_EVERY
        page(leader)

    assert errors(caplog) == [
        "Standstill: nothing was heard of beat since 2026-11-25T09:00:00+00:00",
        "Standstill: nothing was heard of worker since 2026-11-25T09:00:00+00:00",
        "Standstill: nothing was heard of beat since 2026-11-25T10:00:00+00:00",
        "Standstill: nothing was heard of worker since 2026-11-25T10:00:00+00:00",
    ]


def test_a_process_looks_at_most_once_a_minute_and_not_when_it_has_just_started(leader, monkeypatch, caplog):
    monkeypatch.setattr(standstill, "watch", standstill.Watch())
    last_heard("2026-11-24 08:10")

    page(leader)

    assert errors(caplog) == []


def test_a_tick_tells_that_the_sender_stands_still(bells, watch, caplog, service, leader):
    last_heard("2026-11-24 08:10", SENDER)
    reminders.plan_ready(a_plan(service), at=AT)
    Message.objects.update(not_before=AT - timedelta(hours=3))

    tasks.tick()

    assert errors(caplog) == ["Standstill: nothing was heard of sender since 2026-11-24T07:10:00+00:00"]


# Not a standstill


@pytest.fixture
def refused(service, leader):
    """A message that was tried in vain for a day."""
    last_heard("2026-11-25 10:10")
    reminders.plan_ready(a_plan(service), at=AT)
    Message.objects.update(attempts=7, created_at=oslo("2026-11-24 08:10"), not_before=AT + timedelta(hours=1))
    assert heartbeats.MESSAGES in standstill.standing_still(standstill.read(), at=AT)
    return Message.objects.get()


def still_silent(at=AT) -> bool:
    return heartbeats.MESSAGES in standstill.standing_still(standstill.read(), at=at)


def test_l08_one_try_in_vain_on_a_monday_morning_is_no_standstill_since_friday(refused, settings):
    settings.QUIET_HOURS = True
    monday = oslo("2026-11-30 08:05")
    last_heard("2026-11-30 08:04")
    Message.objects.update(attempts=1, created_at=oslo("2026-11-26 00:05"))
    assert not still_silent(monday)

    Message.objects.update(attempts=7, created_at=oslo("2026-11-27 08:00"))
    assert not still_silent(monday)
    assert still_silent(oslo("2026-11-30 10:01"))


def test_l08_what_waits_for_a_person_or_for_an_address_is_no_standstill(refused, leader):
    Message.objects.update(by_hand=True)
    assert not still_silent()

    Message.objects.update(by_hand=False)
    assert still_silent()
    addresses.refused(leader.user, message_id="<1@x>", said="550 no", at=AT)
    assert not still_silent()
