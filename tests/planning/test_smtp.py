"""Mail through a real server: what arrives, and what the ledger says after each kind of trouble.

The server's own count is the truth, not ours.
"""

import io
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pikepdf
import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Role
from config.mail import SmtpBackend
from planning import mailing, reminders
from planning.models import Message
from planning.tasks import send_message
from tests.factories import make_conflict
from tests.planning.mail_samples import a_big_page, a_member, a_page, a_plan, a_review, a_service, oslo
from tests.planning.mail_server import HANG, HANG_UP, MailServer

pytestmark = pytest.mark.django_db
S = Message.State


@pytest.fixture
def server(settings):
    with MailServer() as running:
        settings.EMAIL_BACKEND = "config.mail.SmtpBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = running.port
        settings.EMAIL_TIMEOUT = 5
        yield running


def news(*, page_one=b"%PDF-1.7 page", **member):
    """A plan that has just become ready and the message about it."""
    service = a_service()
    a_member(service, email="kari@example.org", **member)
    reminders.plan_ready(a_plan(service, 4, page_one=page_one))
    return Message.objects.get()


def send(message, *, later=timedelta()):
    state = mailing.send(message.pk, at=timezone.now() + later)
    message.refresh_from_db()
    return state


def text_of(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def test_the_mail_arrives_with_a_plan_on_a_page_that_can_be_opened_and_read(server):
    message = news(page_one=a_page("IMR at Service F, plan no. 4"))

    assert send(message) == S.HANDED_OVER

    (mail,) = server.received
    assert server.recipients == [["kari@example.org"]]
    assert mail["Subject"] == "Action plan no. 4 is ready"
    assert "Action plan no. 4 is ready" in mail.get_body(("plain",)).get_content()
    assert "Action plan no. 4 is ready" in mail.get_body(("html",)).get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_content_type() == "application/pdf"
    assert attached.get_filename() == "action-plan-f-4.pdf"
    with pikepdf.open(io.BytesIO(attached.get_content())) as pdf:
        assert len(pdf.pages) == 1
    assert "IMR at Service F, plan no. 4" in text_of(attached.get_content())
    assert message.state == S.HANDED_OVER
    assert message.handed_over_at is not None
    assert message.attempts == 1


def test_a_reminder_of_a_review_brings_the_newest_plan_on_a_page(server):
    service = a_service()
    a_member(service, Role.PRACTITIONER)
    a_plan(service, 1, page_one=a_page("the old one"))
    a_plan(service, 2, page_one=a_page("the newest one"))
    a_review(service, "2026-12-01 13:00")
    reminders.plan_due(oslo("2026-11-24 00:00"))
    message = Message.objects.get()

    assert mailing.send(message.pk, at=oslo("2026-11-24 07:59")) is None
    assert mailing.send(message.pk, at=oslo("2026-11-24 08:00")) == S.HANDED_OVER

    (mail,) = server.received
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "action-plan-f-2.pdf"
    assert "the newest one" in text_of(attached.get_content())
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "Service F meets for its review in 7 days, on Tuesday 1 December 2026 at 13:00." in text
    message.refresh_from_db()
    assert message.document.number == 2


def test_a_reminder_without_any_plan_goes_without_an_attachment(server):
    service = a_service()
    a_member(service)
    a_review(service, "2026-12-01 13:00")
    reminders.plan_due(oslo("2026-11-24 00:00"))

    mailing.send(Message.objects.get().pk, at=oslo("2026-11-24 08:00"))

    (mail,) = server.received
    assert list(mail.iter_attachments()) == []
    assert "attached" not in mail.get_body(("plain",)).get_content().lower()


@pytest.mark.usefixtures("no_digest")
def test_f17_the_reminder_of_entries_arrives_once_and_can_be_stopped_with_one_click(server):
    service = a_service()
    a_member(service, email="kari@example.org")
    author = a_member(service, Role.PRACTITIONER, name="Nora Berg")
    make_conflict(author, logged_at=oslo("2026-11-11 12:00"), note="SECRET words", show_note=True)
    reminders.plan_due(oslo("2026-11-23 00:00"))
    message = Message.objects.get()

    assert mailing.send(message.pk, at=oslo("2026-11-23 07:59")) is None
    assert mailing.send(message.pk, at=oslo("2026-11-23 08:00")) == S.HANDED_OVER
    assert mailing.send(message.pk, at=oslo("2026-11-23 08:01")) is None

    (mail,) = server.received
    assert server.recipients == [["kari@example.org"]]
    assert mail["Subject"] == "Entries in the log wait for an answer"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/mail/stop/" in mail["List-Unsubscribe"]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "In Service F 1 entry has waited a week or longer for an answer, since week 47." in text
    assert "/services/f/conflicts/ " in text
    assert "SECRET" not in mail.as_string()
    assert "Nora" not in mail.as_string()


def test_m06_a_mail_that_would_be_too_large_goes_with_the_link_alone(server):
    message = news(page_one=a_big_page())

    assert send(message) == S.HANDED_OVER

    (mail,) = server.received
    assert list(mail.iter_attachments()) == []
    text = mail.get_body(("plain",)).get_content()
    assert "attached" not in text
    assert "/services/f/" in text
    assert len(mail.as_bytes()) < 2_000_000


# The same message twice


def test_l02_the_same_bell_twice_sends_one_mail(server):
    message = news()

    send_message(message_pk=message.pk)
    send_message(message_pk=message.pk, a_word_of_a_newer_version=True)

    assert len(server.received) == 1
    message.refresh_from_db()
    assert message.attempts == 1


def test_l02_a_bell_for_a_message_that_is_gone_does_nothing(server):
    send_message(message_pk=404)

    assert server.received == []


@pytest.mark.django_db(transaction=True)
def test_m01_four_workers_rung_for_the_same_message_send_one_mail(server):
    message = news()
    barrier = threading.Barrier(4)
    states, troubles = [], []

    def work():
        try:
            barrier.wait(10)
            states.append(mailing.send(message.pk, at=timezone.now()))
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    assert sorted(states, key=str) == [None, None, None, S.HANDED_OVER]
    assert len(server.received) == 1


# Not taken, provably: tried again, later each time


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        ({"mail": "451 busy"}, "451 busy"),
        ({"mail": "550 not from you"}, "550 not from you"),
        ({"rcpt": "451 greylisted"}, "451 greylisted"),
        ({"rcpt": HANG_UP}, "SMTPServerDisconnected"),
        ({"before data": "451 not now"}, "451 not now"),
    ],
)
def test_l02_mail_refused_before_its_text_is_tried_again_and_arrives_once(server, trouble, said):
    message = news()
    server.trouble = dict(trouble)

    assert send(message) == S.PLANNED
    assert message.trouble == said
    assert message.not_before > timezone.now()
    assert send(message) is None, "it waits"
    server.trouble.clear()
    assert send(message, later=timedelta(minutes=2)) == S.HANDED_OVER

    assert len(server.received) == 1
    assert message.attempts == 2
    assert message.trouble == ""


def test_l02_mail_is_tried_again_when_nobody_answers(server, settings):
    message = news()
    with MailServer() as gone:
        settings.EMAIL_PORT = gone.port

    assert send(message) == S.PLANNED
    assert message.trouble == "ConnectionRefusedError"

    settings.EMAIL_PORT = server.port
    assert send(message, later=timedelta(minutes=2)) == S.HANDED_OVER
    assert len(server.received) == 1


def test_m13_a_server_that_is_down_is_asked_less_and_less_often_until_the_news_is_old(server):
    message = news()
    server.trouble = {"rcpt": "451 later"}
    start = at = timezone.now()
    waits = []

    while mailing.send(message.pk, at=at) == S.PLANNED:
        message.refresh_from_db()
        waits.append(round((message.not_before - at).total_seconds() / 60))
        at = message.not_before

    assert waits[:7] == [1, 5, 15, 60, 180, 360, 360]
    assert at - start >= timedelta(days=reminders.PLAN_NEWS_LASTS)
    assert mailing.expire(at) == 1
    message.refresh_from_db()
    assert (message.state, message.trouble) == (S.EXPIRED, Message.Reason.TOO_LATE)
    assert server.received == []


# Refused for good


@pytest.mark.parametrize("moment", ["rcpt", "before data", "after data"])
def test_l02_mail_refused_for_good_fails_and_is_not_tried_again(server, moment):
    message = news()
    server.trouble = {moment: "550 no such person"}

    assert send(message) == S.FAILED
    attempts = server.attempts
    assert message.trouble == "550 no such person"
    assert send(message, later=timedelta(hours=1)) is None

    assert server.attempts == attempts


def test_m01_mail_refused_for_now_after_its_text_is_left_to_a_person(server):
    """The server had the whole text. It says that it did not keep it; a second copy is for a person to risk."""
    message = news()
    server.trouble = {"after data": "451 scanner is busy"}

    assert send(message) == S.FAILED
    assert message.trouble == "451 scanner is busy"
    assert send(message, later=timedelta(hours=1)) is None

    assert len(server.received) == 1


# Nobody can tell


@pytest.mark.parametrize(("moment", "received"), [("before data", 0), ("after data", 1)])
@pytest.mark.parametrize("trouble", [HANG_UP, HANG])
def test_m01_mail_cut_off_from_its_text_on_is_uncertain_and_never_sent_again_by_itself(
    server, settings, moment, received, trouble
):
    settings.EMAIL_TIMEOUT = 0.5
    message = news()
    server.trouble = {moment: trouble}

    assert send(message) == S.CLAIMED
    assert mailing.mark_uncertain(timezone.now() + timedelta(minutes=14)) == 0
    assert mailing.mark_uncertain(timezone.now() + timedelta(minutes=16)) == 1
    server.trouble.clear()
    for minutes in (0, 20, 600):
        assert send(message, later=timedelta(minutes=minutes)) is None

    assert message.state == S.UNCERTAIN
    assert message.why == "The sending was cut off, so nobody knows whether it arrived."
    assert len(server.received) == received


@pytest.mark.parametrize("trouble", [HANG_UP, HANG, "421 closing"])
def test_m01_mail_that_was_taken_is_handed_over_whatever_the_server_does_next(server, settings, trouble):
    settings.EMAIL_TIMEOUT = 0.5
    message = news()
    server.trouble = {"quit": trouble}

    assert send(message) == S.HANDED_OVER
    assert len(server.received) == 1


def test_m01_a_worker_that_dies_between_claim_and_handing_over_sends_nothing_twice(server, monkeypatch):
    message = news()

    class Killed(BaseException):
        """What a killed process leaves behind: nothing after this line runs."""

    def killed(*_args, **_kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(mailing, "_hand_over", killed)
        with pytest.raises(Killed):
            send(message)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (S.CLAIMED, 1)

    assert send(message) is None
    assert mailing.mark_uncertain(timezone.now() + timedelta(minutes=16)) == 1
    assert send(message, later=timedelta(minutes=17)) is None

    assert server.received == []


def test_m01_a_sending_that_took_a_quarter_of_an_hour_still_says_what_it_knows(server, monkeypatch):
    message = news()
    real = mailing._hand_over

    def slow(*args, **kwargs):
        mailing.mark_uncertain(timezone.now() + timedelta(minutes=16))
        return real(*args, **kwargs)

    monkeypatch.setattr(mailing, "_hand_over", slow)

    assert send(message) == S.HANDED_OVER
    assert message.state == S.HANDED_OVER


def test_no_transaction_is_open_while_the_mail_server_is_spoken_to(server, monkeypatch, transactional_db):
    seen = []
    monkeypatch.setattr(SmtpBackend, "_send", lambda *_args: seen.append(connection.in_atomic_block) or True)

    send(news())

    assert seen == [False]


# The server's address


@pytest.mark.parametrize(("use_ssl", "kind"), [(False, "SMTP"), (True, "SMTP_SSL")])
def test_the_backend_watches_both_kinds_of_connection(settings, use_ssl, kind):
    watched = SmtpBackend(host="mail.example.org", use_ssl=use_ssl).connection_class

    assert kind in [parent.__name__ for parent in watched.__mro__]


def in_production(url) -> subprocess.CompletedProcess:
    """What the settings make of the address of a mail server."""
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": "postgres://holdfast@localhost/holdfast",
        "REDIS_URL": "redis://localhost/0",
        "EMAIL_URL": url,
        "SECRET_KEY": "k" * 60,
        "ALLOWED_HOSTS": "holdfast.example.org",
    }
    names = ["BACKEND", "HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL"]
    ask = f"from config import settings as s; print(*(getattr(s, 'EMAIL_' + name) or '-' for name in {names}))"
    return subprocess.run([sys.executable, "-c", ask], env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("smtp://mail.example.org", "mail.example.org 25 - - - -"),
        ("smtp://mail.example.org:2525", "mail.example.org 2525 - - - -"),
        ("smtp+tls://me:a%40b@mail.example.org", "mail.example.org 587 me a@b True -"),
        ("smtps://me:secret@mail.example.org", "mail.example.org 465 me secret - True"),
    ],
)
def test_production_sends_through_the_backend_that_knows_how_far_a_message_came(url, words):
    found = in_production(url)

    assert found.stdout.split() == ["config.mail.SmtpBackend", *words.split()], found.stderr


@pytest.mark.parametrize("url", ["mail.example.org:587", "https://mail.example.org", "smtp://"])
def test_an_address_that_is_no_mail_servers_stops_the_start_with_a_sentence(url):
    found = in_production(url)

    assert found.returncode == 1
    assert found.stderr.startswith("Holdfast cannot start: EMAIL_URL is not usable; give it the address")
    assert url not in found.stderr, "it may hold a password"
