"""What a mail says and carries, and how the minute's tick gets it out."""

import re
from datetime import UTC, date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail as django_mail
from django.test import Client
from django.utils import timezone, translation

from accounts import invitations
from accounts.models import AuditEvent, Invitation, Role, Service
from assessments import waves
from config.celery import app
from planning import mailing, opt_outs, reminders, tasks
from planning.models import Document, Message, Review
from planning.risks.months import add_months
from tests.factories import (
    make_action,
    make_answers,
    make_conflict,
    make_expectation,
    make_pause,
    make_vision,
    make_wave,
)
from tests.planning.mail_samples import a_big_page, a_member, a_plan, a_review, a_service, oslo

pytestmark = pytest.mark.django_db
S = Message.State
K = Message.Kind
LANGUAGES = ["en", "nb"]
AT = oslo("2026-11-24 09:00")
FRIDAY = oslo("2026-11-27 09:00")
MONDAY = oslo("2026-11-23 09:00")
BEFORE_IT = oslo("2026-11-30 09:00")
WITH_PLAN = (K.PLAN_READY, K.REVIEW_SOON, K.REVIEW_TOMORROW, K.RESTART_DUE)  # the kinds that carry the plan on a page


def a_message(kind, *, language="en", number=4, **service):
    """A planned message of a kind, about a plan with a page one and what its kind is about."""
    where = a_service(**service)
    role = Role.LEADER if kind in (K.RESTART_DUE, K.CONFLICTS_WAITING, K.VISIT_DUE) else Role.PRACTITIONER
    role = Role.SPONSOR if kind == K.MEMO_READY else role
    member = a_member(where, role, name="Nora Ås", language=language)
    plan = a_plan(where, number)
    if kind == K.PLAN_READY:
        reminders.plan_ready(plan, at=AT)
    elif kind == K.MEMO_READY:
        memo = a_plan(where, number, kind=Document.Kind.MEMO)
        reminders.memo_ready(memo, at=AT)
    elif kind == K.VISIT_DUE:
        Service.objects.filter(pk=where.pk).update(started_on=add_months(AT.date(), -6))
        reminders.plan_due(AT)
    elif kind == K.DIGEST:
        for days in (-3, 2):
            make_action(where, owner=member, title="ACTION-TEXT", due_on=MONDAY.date() + timedelta(days=days))
        reminders.plan_due(MONDAY)
    elif kind == K.REVIEW_TOMORROW:
        a_review(where, "2026-12-01 13:00")
        reminders.plan_due(BEFORE_IT)
        return Message.objects.get(recipient=member, kind=kind)
    elif kind == K.RESTART_DUE:
        make_pause(where, paused_on=AT.date() - timedelta(days=90), restart_planned_on=AT.date())
        reminders.plan_due(AT)
    elif kind == K.WEEK_DUE:
        opt_outs.start_again(member, kind=kind)
        member.opt_ins.update(made_at=AT - timedelta(days=30))
        reminders.plan_due(FRIDAY)
    elif kind == K.CONFLICTS_WAITING:
        author = a_member(where, Role.PRACTITIONER, name="AUTHOR-TEXT")
        make_conflict(author, note="NOTE-TEXT", show_note=True, named=True, logged_at=AT - timedelta(days=7))
        reminders.plan_due(AT)
    elif kind in Message.OF_WAVES:
        return a_wave_message(where, kind, language=language)
    elif kind == K.TO_READ:
        make_vision(where, text="VISION-TEXT", published_on=AT.date() - timedelta(days=7))
        make_expectation(where, text="EXPECTED-TEXT", published_on=AT.date() - timedelta(days=8))
        reminders.plan_due(AT)
    elif kind == K.REVIEW_INVITATION:
        a_review(where, "2026-12-15 13:00", told_at=AT - timedelta(hours=1))
        reminders.plan_due(AT)
    else:
        a_review(where, "2026-12-01 13:00")
        reminders.plan_due(AT)
    return Message.objects.get(recipient=member, kind=kind)


def a_wave_message(where, kind, *, language="en"):
    """A planned message to somebody who was asked in a survey; of the last kind after it has closed with a reply."""
    leader = a_member(where, name="Kari Nes")
    wave = make_wave(
        where, about=leader, by=leader, language=language, at=AT, closes_on=AT.date() + timedelta(days=14), people=5
    )
    if kind == K.WAVE_AGAIN:
        waves.remind(wave, by=leader, on=AT.date())
    if kind == K.WAVE_RESULT:
        make_answers(wave, 1, 2, 3, 2, 2, at=AT)
        waves.close(wave, at=AT, by=leader)
        waves.reply(wave, text="REPLY-TEXT", by=leader, on=AT.date())
    reminders.plan_due(AT)
    return Message.objects.filter(kind=kind).order_by("pk").first()


class Parts(HTMLParser):
    """What a reader of the HTML part sees, and what it is made of."""

    def __init__(self, source):
        super().__init__()
        self.text, self.links, self.tags, self.attributes = "", [], [], []
        self.feed(source)
        self.words = " ".join(self.text.split())

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        if tag == "a":
            self.links.append(dict(attributes)["href"])

    def handle_data(self, data):
        self.text += " " + data


def html_of(mail) -> str:
    content, kind = mail.alternatives[0]
    assert kind == "text/html"
    return content


def links_in(mail) -> set[str]:
    """Every address in either part."""
    found = re.findall(r"https?://[^\s<>\"']+", mail.body)
    return {*found, *Parts(html_of(mail)).links} if mail.alternatives else set(found)


# What it says


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", K.values)
def test_m05_text_and_html_say_the_same(kind, language):
    mail = mailing.compose(a_message(kind, language=language), at=AT)

    html = Parts(html_of(mail))
    for line in mail.body.split("\n"):
        line = line.strip().removesuffix(":")
        if line and line != "--":
            assert line in html.words or line in html.links
    assert set(html.links) == links_in(mail)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", K.values)
def test_m05_the_html_is_readable_and_loads_nothing(kind, language):
    html = Parts(html_of(mailing.compose(a_message(kind, language=language), at=AT)))

    assert ("html", "lang", language) in html.attributes
    sizes = [
        int(size)
        for _tag, name, value in html.attributes
        if name == "style"
        for size in re.findall(r"font-size:(\d+)px", value)
    ]
    assert sizes
    assert min(sizes) >= 16
    assert not {"img", "link", "script", "style", "iframe", "object", "svg", "video"} & set(html.tags)
    assert not [value for _tag, name, value in html.attributes if name in ("src", "background", "srcset")]
    assert not [value for _tag, name, value in html.attributes if name == "style" and "url(" in value]


@pytest.mark.parametrize("kind", K.values)
def test_m05_there_is_one_main_action(kind):
    message = a_message(kind)
    html = Parts(html_of(mailing.compose(message, at=AT)))

    buttons = [
        value for tag, name, value in html.attributes if tag == "a" and name == "style" and "background" in value
    ]
    assert len(buttons) == 1
    page = "/answer/" if kind in Message.OF_WAVES else "/services/f/"
    assert html.links[0].startswith(settings.SITE_URL + page)
    assert len(html.links) == (2 if kind in Message.OPTIONAL else 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_m05_every_subject_is_short_and_names_nobody(language):
    message = a_message(K.PLAN_READY, language=language, number=12345, name="Enheten for Oppfølging Nora Ås")
    assert len(mailing.compose(message, at=AT).subject) <= 60
    reminder = Message(kind=K.REVIEW_SOON, recipient=message.recipient, service=message.service, pk=1)
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]
    subjects = []
    for day in days:
        reminder.review = Review(pk=1, service=message.service, starts_at=oslo(f"{day} 13:00"))
        subjects.append(mailing.compose(reminder, at=AT).subject)

    assert len(set(subjects)) == 365
    assert max(map(len, subjects)) <= 60
    for subject in subjects:
        assert not re.search(r"Nora|Ås|Enheten|IMR|\n|\r", subject)


def test_mail_speaks_the_language_of_its_reader_whatever_is_active():
    message = a_message(K.REVIEW_SOON, language="nb")

    with translation.override("en"):
        mail = mailing.compose(message, at=AT)
        assert translation.get_language() == "en"

    assert mail.attachments[0][0] == "handlingsplan-f-4.pdf"
    assert mail.subject == "Gjennomgang tirsdag 1. desember"
    assert "tirsdag 1. desember 2026 kl. 13:00" in mail.body


@pytest.mark.parametrize("kind", K.values)
def test_m14_nothing_of_the_plan_but_its_number_and_date(kind):
    message = a_message(kind)
    content = {"vision": "VISION-TEXT", "conflicts": ["CONFLICT-TEXT"], "flags": [{"title": "FLAG-TEXT"}]}
    Document.objects.update(content=content)
    message.refresh_from_db()

    mail = mailing.compose(message, at=AT)

    whole = mail.subject + mail.body + html_of(mail)
    assert "-TEXT" not in whole
    assert ("22 November 2026" in mail.body) == (kind in (*WITH_PLAN, K.MEMO_READY))


def test_a_service_named_to_do_harm_is_only_a_name():
    message = a_message(K.PLAN_READY, name='<b>A & "B"</b>\r\nBcc: x@example.org')

    mail = mailing.compose(message, at=AT)

    assert "<b>" not in html_of(mail)
    assert "&lt;b&gt;A &amp; " in html_of(mail)
    assert '<b>A & "B"</b>' in mail.body
    assert mail.message()["Bcc"] is None
    assert mail.recipients() == [message.recipient.user.email]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-11-24 09:00", "in 7 days, on Tuesday 1 December 2026 at 13:00"),
        ("2026-11-30 23:59", "tomorrow, on Tuesday 1 December 2026 at 13:00"),
        ("2026-12-01 00:00", "today, on Tuesday 1 December 2026 at 13:00"),
    ],
)
def test_a_reminder_that_comes_late_says_how_late_it_is(at, words):
    assert words in mailing.compose(a_message(K.REVIEW_SOON), at=oslo(at)).body


@pytest.mark.parametrize(
    ("starts_at", "clock"),
    [("2027-03-28 03:00", "03:00"), ("2027-10-31 02:30", "02:30"), ("2027-10-31 13:00", "13:00")],
)
def test_l10_the_hour_of_a_review_is_that_of_the_wall_clock_in_oslo(starts_at, clock):
    message = a_message(K.REVIEW_SOON)
    message.review.starts_at = oslo(starts_at)

    assert f"at {clock}." in mailing.compose(message, at=AT).body


# What it carries


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", K.values)
def test_m07_the_headers_say_what_it_is_and_how_to_stop_it(kind, language):
    message = a_message(kind, language=language)

    mail = mailing.compose(message, at=AT).message()

    assert re.fullmatch(rf"<{kind}\.{message.pk}\.\d{{14}}@localhost>", mail["Message-ID"])
    assert mail["Date"]
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    if kind in Message.OPTIONAL:
        assert re.fullmatch(r"<https?://\S+/mail/stop/\S+/>", mail["List-Unsubscribe"])
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    else:
        assert mail["List-Unsubscribe"] is None


def test_m07_every_attempt_at_a_message_has_the_same_id_and_no_other_message_has_it():
    message = a_message(K.PLAN_READY)
    other = Message(kind=message.kind, pk=message.pk + 1, created_at=message.created_at)

    first = mailing.compose(message, at=AT).message()["Message-ID"]
    Message.objects.update(attempts=3, state=S.PLANNED)
    again = mailing.compose(Message.objects.get(), at=AT + timedelta(days=1)).message()["Message-ID"]

    assert first == again != mailing.message_id(other)


@pytest.mark.parametrize("kind", WITH_PLAN)
def test_m06_names_of_files_are_ascii_and_the_whole_is_at_most_two_megabytes(kind):
    message = a_message(kind, language="nb")
    assert mailing.compose(message, at=AT).attachments[0][0].isascii()
    message.document.file.page_one = a_big_page()
    message.document.file.save()

    mail = mailing.compose(message, at=AT)

    assert mail.attachments == []
    assert "vedlagt" not in mail.body.lower()
    assert len(mail.message().as_bytes(linesep="\r\n")) < 2_000_000


# Opening links


def state_of_everything() -> dict:
    return {model: sorted(map(str, model.objects.values_list())) for model in apps.get_models() if model._meta.managed}


def every_mail(client) -> dict[str, list]:
    """One of each template, by the template's name; as it is written for an address that gets it."""
    found = {}
    service = a_service("all")
    member = a_member(service, email="all@example.org")
    plan = a_plan(service)
    reminders.plan_ready(plan, at=AT)
    a_review(service, "2026-12-01 13:00")
    a_review(service, "2026-12-15 13:00", told_at=AT - timedelta(hours=1))
    reader = a_member(service, Role.PRACTITIONER, name="reader")
    make_conflict(reader, named=True, logged_at=AT - timedelta(days=7))
    make_vision(service, published_on=AT.date() - timedelta(days=7))
    reminders.plan_due(AT)
    make_pause(service, paused_on=AT.date() - timedelta(days=90), restart_planned_on=AT.date())
    reminders.plan_due(AT)
    a_message(K.WEEK_DUE)
    for key, kind in (
        ("memo", K.MEMO_READY),
        ("visit", K.VISIT_DUE),
        ("digest", K.DIGEST),
        ("soon", K.REVIEW_TOMORROW),
    ):
        a_message(kind, key=key)
    for number, kind in enumerate(sorted(Message.OF_WAVES)):
        a_wave_message(a_service(f"wave{number}"), kind)
    for message in Message.objects.all():
        found[message.kind] = mailing.compose(message, at=AT)
    invited = a_member(service, Role.PRACTITIONER, name="invited", login=False)
    invitation = Invitation.objects.create(
        member=invited,
        email="new@example.org",
        token_hash=Invitation.hash_of("secret"),
        expires_at=timezone.now() + timedelta(days=14),
    )
    invitations.send(invitation, token="secret", by=member.user)
    found["invitation"] = django_mail.outbox.pop()
    for name, address in [("password_reset_key", "all@example.org"), ("unknown_account", "nobody@example.org")]:
        client.post("/accounts/password/reset/", {"email": address})
        found[name] = django_mail.outbox.pop()
    client.force_login(member.user)
    client.post("/accounts/email/", {"action_add": "", "email": "second@example.org"})
    if django_mail.outbox:
        found["email_confirmation"] = django_mail.outbox.pop()
    return found


def test_m09_opening_every_link_of_every_mail_changes_nothing_and_starts_no_session(client):
    mails = every_mail(client)
    templates = {path.name.removesuffix(".subject.txt") for path in Path("templates/emails").glob("*.subject.txt")}
    templates |= {
        path.name.removesuffix("_subject.txt") for path in Path("templates/account/email").glob("*_subject.txt")
    }
    assert set(mails) == templates, "a mail that this test does not open"
    links = {link for mail in mails.values() for link in links_in(mail)}
    assert len(links) >= 5
    before = state_of_everything()

    for link in sorted(links):
        path = re.sub(r"^https?://[^/]+", "", link)
        for method in ("head", "get", "get"):
            scanner = Client()
            response = getattr(scanner, method)(path, follow=True)
            assert response.status_code == 200, f"{method} {path}"
            assert settings.SESSION_COOKIE_NAME not in scanner.cookies, f"{method} {path}"

    assert state_of_everything() == before


# Stopping


def test_m08_one_click_without_a_cookie_stops_reminders_and_nothing_else():
    message = a_message(K.REVIEW_SOON)
    header = mailing.compose(message, at=AT).message()["List-Unsubscribe"]
    path = "/mail/stop/" + header.strip("<>").partition("/mail/stop/")[2]
    program = Client(enforce_csrf_checks=True)

    page = program.get(path)
    assert page.status_code == 200
    assert not reminders.opted_out(message.recipient, kind=K.REVIEW_SOON), "only looking changes nothing"
    for _time in range(2):
        assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200

    assert reminders.opted_out(message.recipient, kind=K.REVIEW_SOON)
    assert not reminders.opted_out(message.recipient, kind=K.PLAN_READY)
    assert mailing.send(message.pk, at=AT) == S.EXPIRED
    assert AuditEvent.objects.filter(code="message.stopped").count() == 1
    assert not Session.objects.exists()
    assert not program.cookies


def test_m08_whoever_stopped_can_start_again_on_the_same_page():
    message = a_message(K.REVIEW_SOON)
    path = f"/mail/stop/{opt_outs.token(message.recipient, kind=K.REVIEW_SOON)}/"
    client = Client()
    client.post(path)

    response = client.post(path, {"start_again": "1"})

    assert "Stop reminders of reviews" in response.content.decode()
    assert not reminders.opted_out(message.recipient, kind=K.REVIEW_SOON)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_we_did_not_make_stops_nothing(client, method):
    message = a_message(K.REVIEW_SOON)
    good = opt_outs.token(message.recipient, kind=K.REVIEW_SOON)
    not_optional = opt_outs.token(message.recipient, kind=K.PLAN_READY)

    for token in (good[:-1] + ("A" if good[-1] != "A" else "B"), "x", not_optional):
        assert getattr(client, method)(f"/mail/stop/{token}/").status_code == 404
    assert not reminders.opted_out(message.recipient, kind=K.REVIEW_SOON)


# Getting it out


@pytest.fixture
def eager():
    """Bells are answered at once, in this process."""
    app.conf.task_always_eager = app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = app.conf.task_eager_propagates = False


def test_l01_the_tick_rings_for_a_message_whose_bell_was_lost(eager, mailoutbox, time_machine):
    message = a_message(K.PLAN_READY)  # planned, and nobody rang
    time_machine.move_to(AT + timedelta(minutes=2))

    tasks.tick()

    message.refresh_from_db()
    assert message.state == S.HANDED_OVER
    assert len(mailoutbox) == 1


def test_l03_the_tick_plans_and_sends_what_is_due_in_oslo(eager, mailoutbox, time_machine):
    service = a_service()
    a_member(service)
    a_review(service, "2026-12-01 13:00")
    sent = {}
    for moment in ("2026-11-23 23:59", "2026-11-24 00:01", "2026-11-24 07:59", "2026-11-24 08:00", "2026-11-24 08:01"):
        time_machine.move_to(oslo(moment), tick=False)
        tasks.tick()
        sent[moment] = len(mailoutbox)

    assert list(sent.values()) == [0, 0, 0, 1, 1]


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
def test_l03_on_the_day_of_a_clock_change_the_mail_goes_at_eight_and_once(eager, mailoutbox, time_machine, day):
    service = a_service()
    a_member(service)
    a_review(service, f"{date.fromisoformat(day) + timedelta(days=7)} 13:00")
    start = oslo(f"{day} 00:00")
    sent_at = []

    for minutes in range(-120, 26 * 60, 10):
        now = start.astimezone(UTC) + timedelta(minutes=minutes)
        time_machine.move_to(now, tick=False)
        tasks.tick()
        if len(mailoutbox) > len(sent_at):
            sent_at.append(timezone.localtime().strftime("%d %H:%M"))

    assert sent_at == [f"{day[-2:]} 08:00"]


def test_l03_two_ticks_at_once_send_one_mail(eager, mailoutbox, time_machine):
    a_message(K.PLAN_READY)
    time_machine.move_to(AT)

    tasks.tick()
    tasks.tick(sent_by="another clock")

    assert len(mailoutbox) == 1


def test_a_step_of_the_tick_in_trouble_does_not_silence_the_others(eager, mailoutbox, time_machine, monkeypatch):
    a_message(K.PLAN_READY)
    time_machine.move_to(AT)

    def plan_due(_at):
        raise RuntimeError("the database has gone for a moment")

    monkeypatch.setattr(reminders, "plan_due", plan_due)

    tasks.tick()

    assert len(mailoutbox) == 1


def test_the_tick_shows_claims_that_nobody_settled_and_ends_what_is_too_late(eager, mailoutbox, time_machine):
    stuck = a_message(K.PLAN_READY)
    Message.objects.update(state=S.CLAIMED, claimed_at=AT)
    late = Message.objects.create(
        service=stuck.service, kind=K.PLAN_READY, recipient=stuck.recipient, period="plan:old", expires_at=AT
    )
    time_machine.move_to(AT + timedelta(minutes=15, seconds=1))

    tasks.tick()

    stuck.refresh_from_db()
    late.refresh_from_db()
    assert (stuck.state, stuck.trouble) == (S.UNCERTAIN, Message.Reason.NO_WORD)
    assert (late.state, late.trouble) == (S.EXPIRED, Message.Reason.TOO_LATE)
    assert mailoutbox == []


def test_l02_a_message_that_cannot_be_put_together_fails_after_three_attempts(mailoutbox):
    message = a_message(K.PLAN_READY)
    Message.objects.update(kind="a_kind_without_words")
    at, states = AT, []

    for _attempt in range(4):
        states.append(mailing.send(message.pk, at=at))
        at += timedelta(minutes=30)

    message.refresh_from_db()
    assert states == [S.PLANNED, S.PLANNED, S.FAILED, None]
    assert (message.attempts, message.trouble) == (3, Message.Reason.NOT_MADE)
    assert mailoutbox == []


@pytest.mark.parametrize("state", [S.FAILED, S.UNCERTAIN])
def test_l02_a_person_can_have_a_stuck_message_sent_again(mailoutbox, state):
    message = a_message(K.PLAN_READY)
    Message.objects.update(state=state, trouble="550 no")

    mailing.send_again(message, by=message.recipient, at=AT)

    assert mailing.send(message.pk, at=AT) == S.HANDED_OVER
    assert len(mailoutbox) == 1
    assert AuditEvent.objects.filter(code="message.sent_again", object_id=str(message.pk)).count() == 1


@pytest.mark.parametrize("state", [S.PLANNED, S.CLAIMED, S.HANDED_OVER, S.EXPIRED])
def test_m01_what_is_not_stuck_cannot_be_sent_again(state):
    message = a_message(K.PLAN_READY)
    Message.objects.update(state=state)

    with pytest.raises(mailing.CannotSendAgain):
        mailing.send_again(message, by=message.recipient, at=AT)

    assert not AuditEvent.objects.filter(code="message.sent_again").exists()


def test_m13_what_is_past_its_period_cannot_be_sent_again():
    message = a_message(K.PLAN_READY)
    Message.objects.update(state=S.FAILED)

    with pytest.raises(mailing.CannotSendAgain):
        mailing.send_again(message, by=message.recipient, at=message.expires_at)
