"""Mail that comes back: the address rests, its person and those who lead are told, and a forged report does nothing."""

import smtplib
from datetime import timedelta
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, Role
from assessments import waves
from planning import addresses, bounces, mailing, reminders
from planning.models import MailTrouble, Message
from tests.factories import make_wave
from tests.planning.mail_samples import a_member, a_plan, a_service, oslo
from tests.planning.site import main_text

S = Message.State
AT = oslo("2026-11-24 09:00")
REPORT = """From: MAILER-DAEMON@mail.example.org
To: holdfast@localhost
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such
 mailbox

--b
Content-Type: {part}

Message-ID: {message_id}
Subject: Action plan

{text}
--b--
"""


def report(
    message, *, status="5.1.1", action="failed", address=None, message_id=None, part="text/rfc822-headers"
) -> bytes:
    return REPORT.format(
        address=address or message.recipient.user.email,
        action=action,
        status=status,
        message_id=message_id or mailing.message_id(message),
        part=part,
        text="" if part == "text/rfc822-headers" else "The text.",
    ).encode()


@pytest.fixture
def leader(db, time_machine):
    time_machine.move_to(AT)
    return a_member(a_service(), name="Kari Nes", email="kari@example.org")


@pytest.fixture
def nora(leader):
    return a_member(leader.service, Role.PRACTITIONER, name="Nora Berg", email="nora@example.org")


def sent_to(member, number=1):
    reminders.plan_ready(a_plan(member.service, number), at=AT)
    message = Message.objects.get(document__number=number, recipient=member)
    mailing.send(message.pk, at=AT)
    return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize("part", ["text/rfc822-headers", "message/rfc822"])
def test_m12_a_report_of_a_refusal_pauses_the_address(nora, part):
    message = sent_to(nora)

    assert bounces.read(report(message, part=part), at=AT) == bounces.Outcome.HARD

    assert addresses.is_paused(nora.user)
    assert MailTrouble.objects.get().said == "550 no such mailbox"
    reminders.plan_ready(a_plan(nora.service, 2), at=AT)
    waiting = Message.objects.get(document__number=2, recipient=nora)
    assert waiting.pk not in mailing.due(AT)
    assert mailing.send(waiting.pk, at=AT) is None
    assert mailing.expire(waiting.expires_at) >= 1


def test_m12_three_soft_ones_within_seven_days_do_likewise_and_no_report_counts_twice(nora):
    messages = [sent_to(nora, number) for number in (1, 2, 3)]
    outcomes = []
    for message, days in zip(messages, (0, 3, 6), strict=True):
        at = AT + timedelta(days=days)
        outcomes.append(bounces.read(report(message, status="4.2.2"), at=at))
        bounces.read(report(message, status="4.2.2"), at=at)
        outcomes.append(addresses.is_paused(nora.user))

    assert outcomes == ["soft", False, "soft", False, "soft", True]


def test_m12_soft_ones_further_apart_pause_nothing(nora):
    for number, days in ((1, 0), (2, 4), (3, 8)):
        bounces.read(report(sent_to(nora, number), status="4.2.2"), at=AT + timedelta(days=days))

    assert not addresses.is_paused(nora.user)


@pytest.fixture
def asked(leader, nora):
    """What the clock sends to Nora of a survey: to her address, as nobody needs a login to answer."""
    emails = ["Nora@example.org", *(f"asked{number}@example.org" for number in range(4))]
    wave = make_wave(leader.service, about=leader, by=leader, at=AT, emails=emails)
    waves.remind(wave, by=leader, on=AT.date())
    reminders.plan_due(AT)
    return Message.objects.get(invitation__email=emails[0], kind=Message.Kind.WAVE_AGAIN)


def test_m12_a_report_of_mail_to_somebody_asked_in_a_survey_pauses_the_address_of_their_login(asked, nora):
    Message.objects.update(state=S.HANDED_OVER, claimed_at=AT)

    assert bounces.read(report(asked, address="nora@example.org"), at=AT) == bounces.Outcome.HARD
    assert addresses.is_paused(nora.user)


def test_m12_a_refusal_of_mail_that_a_survey_leads_pauses_the_address(asked, nora, monkeypatch):
    def refuse(_connection, mails):
        raise smtplib.SMTPRecipientsRefused({mails[0].to[0]: (550, b"no such person")})

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.began", False, raising=False)

    assert mailing.send(asked.pk, at=AT) == S.FAILED
    assert addresses.is_paused(nora.user)


def test_m12_a_report_of_mail_to_somebody_without_a_login_changes_nothing(asked, nora):
    Message.objects.update(state=S.HANDED_OVER, claimed_at=AT)
    type(nora.user).objects.filter(pk=nora.user_id).update(email="nora.berg@example.org")

    assert bounces.read(report(asked, address="nora@example.org"), at=AT) == bounces.Outcome.UNKNOWN
    assert not MailTrouble.objects.exists()


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"address": "kari@example.org"}, "unknown mail"),
        ({"message_id": "<plan_ready.1.20260101000000@localhost>"}, "unknown mail"),
        ({"message_id": "<plan_ready.99999999999999999999.20260101000000@localhost>"}, "unknown mail"),
        ({"message_id": "x"}, "unknown mail"),
        ({"action": "delayed"}, "no failure"),
        ({"status": "2.0.0"}, "no failure"),
        ({"status": ""}, "no failure"),
    ],
)
def test_m12_a_forged_or_harmless_report_changes_nothing(nora, changed, outcome):
    message = sent_to(nora)

    assert bounces.read(report(message, **changed), at=AT) == outcome
    assert not MailTrouble.objects.exists()


@given(st.binary(max_size=400))
def test_m12_whatever_is_piped_in_is_answered(content):
    head = b'Content-Type: multipart/report; boundary="b"\n\n--b\nContent-Type: message/delivery-status\n\n'

    assert bounces.read(content, at=AT) in set(bounces.Outcome)
    assert bounces.read(head + content + b"\n--b--", at=AT) in set(bounces.Outcome)


def test_m12_the_person_and_those_who_lead_are_told_in_the_app(leader, nora):
    addresses.refused(nora.user, message_id="<1@x>", said="550 no", at=AT)
    hers, his = Client(), Client()
    hers.force_login(nora.user)
    his.force_login(leader.user)

    assert "Mail to nora@example.org comes back" in main_text(hers.get("/services/f/"))
    assert "Somebody of this service cannot be reached by mail." in main_text(his.get("/services/f/"))
    assert "We could not reach Nora Berg" in main_text(his.get("/services/f/outbox/"))
    assert "cannot be reached" not in main_text(hers.get("/services/f/"))


def test_m12_saying_that_it_works_lets_mail_go_there_again_by_oneself_or_by_a_leader(leader, nora):
    client = Client()
    client.force_login(nora.user)
    addresses.refused(nora.user, message_id="<1@x>", said="550 no", at=AT)
    page = main_text(client.get("/settings/mail/"))
    client.post("/settings/mail/", {"works": "1"})

    assert "My address works" in page
    assert not addresses.is_paused(nora.user)

    addresses.refused(nora.user, message_id="<2@x>", said="550 no", at=AT)
    addresses.works_again(nora.user, by=leader.user, at=AT, service=leader.service)
    assert not addresses.is_paused(nora.user)
    assert AuditEvent.objects.filter(code="message.address_works").count() == 1


def test_m12_another_address_has_no_trouble(nora):
    addresses.refused(nora.user, message_id="<1@x>", said="550 no", at=AT)

    nora.user.email = "nora.berg@example.org"
    nora.user.save()

    assert not addresses.is_paused(nora.user)


def test_the_command_reads_a_file_or_standard_input_and_says_what_came_of_it(nora, tmp_path, monkeypatch, capsys):
    file = tmp_path / "report.eml"
    file.write_bytes(report(sent_to(nora)))
    call_command("read_bounces", str(file))
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"Subject: hello\n\nNo report.")))
    call_command("read_bounces", "-")
    with pytest.raises(CommandError, match="Cannot read"):
        call_command("read_bounces", str(tmp_path / "none"))

    said = capsys.readouterr().out
    assert "refuses mail for good" in said
    assert "This is no report of delivery" in said
    assert Path(file).exists()
