"""The command that does at once what the scheduler rings for."""

import json
import threading
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone, translation

from accounts import sessions
from accounts.models import Role
from assessments import waves
from assessments.models import Wave
from planning import mailing, reviews
from planning.documents import issuing, making
from planning.models import Document, Message
from tests.factories import make_closed_wave, make_wave
from tests.planning.mail_samples import a_member, a_plan, a_review, a_service, oslo

pytestmark = pytest.mark.django_db

NOTHING = {"handed_over": 0, "to_be_tried_again": 0, "failed": 0, "expired": 0, "uncertain": 0}


def run_due(*words) -> dict:
    """What the command prints; nothing but one JSON object may stand there."""
    out = StringIO()
    call_command("run_due", *words, stdout=out)
    return json.loads(out.getvalue())


def test_with_nothing_to_do_it_says_so():
    summary = run_due("--as-of", "2026-11-24T08:00")

    assert summary == {
        "as_of": "2026-11-24T08:00:00+01:00",
        "plans": {"made": 0, "failed": 0},
        "reminders_planned": 0,
        "messages": NOTHING,
    }


def test_it_reminds_of_a_review_on_the_day_it_is_due_and_never_twice(mailoutbox):
    service = a_service()
    a_member(service)
    a_member(service, Role.PRACTITIONER)
    a_review(service, "2026-12-01 13:00")

    too_early = run_due("--as-of", "2026-11-24T07:59")
    due = run_due("--as-of", "2026-11-24T08:00")
    again = run_due("--as-of", "2026-11-24T08:00")
    later = run_due("--as-of", "2026-11-29")

    assert (too_early["reminders_planned"], too_early["messages"]) == (2, NOTHING)
    assert due["messages"] == NOTHING | {"handed_over": 2}
    assert again["messages"] == later["messages"] == NOTHING
    assert len(mailoutbox) == 2


def test_a_plan_that_waits_is_made_and_its_readers_hear_of_it(mailoutbox):
    service = a_service()
    leader = a_member(service, email="kari@example.org")
    with translation.override("en"):
        plan = issuing.issue(service=service, by=leader, language="en", as_of=timezone.localdate())

    summary = run_due()
    again = run_due()

    plan.refresh_from_db()
    assert plan.state == Document.State.READY
    assert summary["plans"] == {"made": 1, "failed": 0}
    assert summary["messages"] == NOTHING | {"handed_over": 1}
    assert again["plans"] == {"made": 0, "failed": 0}
    (mail,) = mailoutbox
    assert mail.subject == "Action plan no. 1 is ready"
    assert mail.attachments[0][1] == bytes(plan.file.page_one)


def test_a_day_alone_means_its_end(mailoutbox):
    service = a_service()
    a_member(service)
    a_review(service, "2026-12-01 13:00")

    assert run_due("--as-of", "2026-11-24")["messages"]["handed_over"] == 1


@pytest.mark.parametrize(
    "moment", ["tomorrow", "2026-02-30", "2026-11-24T25:00", "24.11.2026", "2026-W48-2", "20261124", "", "2026-11-24T"]
)
def test_a_moment_that_is_none_ends_it_with_a_sentence(moment, capsys):
    with pytest.raises(CommandError, match="is not a moment that exists") as refused:
        call_command("run_due", "--as-of", moment)

    assert refused.value.returncode == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        ("2027-03-27T08:00", "2027-03-27T08:00:00+01:00"),
        ("2027-03-28T08:00", "2027-03-28T08:00:00+02:00"),
        ("2027-10-31 08:00", "2027-10-31T08:00:00+01:00"),
        ("2027-06-01T08:00:00Z", "2027-06-01T10:00:00+02:00"),
    ],
)
def test_l10_a_moment_without_an_offset_is_on_the_wall_clock_of_oslo(moment, utc):
    assert run_due("--as-of", moment)["as_of"] == utc


def test_it_counts_what_failed_what_is_uncertain_and_what_is_too_late():
    service = a_service()
    member = a_member(service)
    plan = a_plan(service)
    for number, (state, expires_at) in enumerate(
        [
            (Message.State.CLAIMED, "2026-12-31 12:00"),
            (Message.State.PLANNED, "2026-11-24 08:00"),
            (Message.State.FAILED, "2026-12-31 12:00"),
        ]
    ):
        Message.objects.create(
            service=service,
            kind=Message.Kind.PLAN_READY,
            recipient=member,
            period=f"plan:{number}",
            document=plan,
            state=state,
            not_before=oslo("2026-11-24 07:00"),
            claimed_at=oslo("2026-11-24 07:00"),
            expires_at=oslo(expires_at),
        )

    summary = run_due("--as-of", "2026-11-24T08:00")

    assert summary["messages"] == NOTHING | {"expired": 1, "uncertain": 1}


@pytest.mark.django_db(transaction=True)
def test_l03_two_schedulers_at_the_same_moment_send_nothing_twice(mailoutbox):
    service = a_service()
    for number in range(5):
        a_member(service, Role.PRACTITIONER, name=f"P{number}")
    a_review(service, "2026-12-01 13:00")
    barrier = threading.Barrier(3)
    summaries, troubles = [], []

    def run():
        try:
            barrier.wait(10)
            summaries.append(run_due("--as-of", "2026-11-24T08:00"))
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)

    assert troubles == []
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted({mail.to[0] for mail in mailoutbox})
    assert len(mailoutbox) == 5
    assert sum(summary["messages"]["handed_over"] for summary in summaries) == 5


# Without a worker, all of a tick is done here, and nothing in trouble stops the rest


def test_l01_it_closes_surveys_whose_last_day_is_over_and_forgets_the_addresses_of_old_ones(time_machine):
    time_machine.move_to(oslo("2026-11-25 09:30"), tick=False)
    over, old = make_wave(closes_on=date(2026, 11, 27)), make_closed_wave(None, 2, 2, 2, 2, 2)
    Wave.objects.filter(pk=old.pk).update(closed_at=timezone.now() - waves.ADDRESSES_KEPT)

    run_due("--as-of", "2026-11-28T08:00")

    over.refresh_from_db()
    assert over.closed_at
    assert over.invitations.exists()
    assert not old.invitations.exists()


def fail(*_words, **_more):
    raise RuntimeError("the mail clerk is ill")


@pytest.mark.parametrize(
    ("where", "name"),
    [(reviews, "keep_ahead"), (waves, "close_due"), (making, "make"), (making, "sweep"), (sessions, "forget_ended")],
)
def test_l01_one_step_in_trouble_stops_no_mail_and_ends_in_a_sentence(where, name, monkeypatch, mailoutbox, caplog):
    service = a_service()
    leader = a_member(service)
    a_review(service, "2026-12-01 13:00")
    issuing.issue(service=service, by=leader, language="en", as_of=timezone.localdate())
    monkeypatch.setattr(where, name, fail)

    with pytest.raises(CommandError, match="Not everything could be done"):
        run_due("--as-of", "2026-11-24T08:00")

    assert "Review" in " ".join(mail.subject for mail in mailoutbox)
    assert "the mail clerk is ill" in caplog.text


def test_l01_one_message_in_trouble_stops_no_other(monkeypatch, mailoutbox, caplog):
    service = a_service()
    for number in range(3):
        a_member(service, Role.PRACTITIONER, name=f"P{number}")
    a_review(service, "2026-12-01 13:00")
    send, tried = mailing.send, []

    def send_but_one(pk, *, at):
        tried.append(pk)
        return fail() if len(tried) == 1 else send(pk, at=at)

    monkeypatch.setattr(mailing, "send", send_but_one)

    with pytest.raises(CommandError, match="Not everything could be done"):
        run_due("--as-of", "2026-11-24T08:00")

    assert len(mailoutbox) == 2
    assert f"failed for no. {tried[0]}" in caplog.text
