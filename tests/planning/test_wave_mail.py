"""Mail to those who were asked: one of each kind at most, true when it leaves, and in nobody's outbox."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from assessments import waves
from planning import addresses, ledger, mailing, reminders, wave_mail
from planning.models import Message
from tests.factories import (
    make_answers,
    make_closed_wave,
    make_leader,
    make_practitioner,
    make_service,
    make_user,
    make_wave,
)
from tests.planning.site import client_of, main_text, oslo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
K, S, R = Message.Kind, Message.State, Message.Reason


def planned(kind) -> list[str]:
    """Who has a row of that kind."""
    return sorted(Message.objects.filter(kind=kind).values_list("invitation__email", flat=True))


def emails(wave, **fields) -> list[str]:
    return sorted(wave.invitations.filter(**fields).values_list("email", flat=True))


def plan():
    return reminders.plan_due(timezone.now())


def send_all(mailoutbox) -> list[str]:
    """What leaves of all that is due now: the addresses."""
    before = len(mailoutbox)
    for pk in mailing.due(timezone.now()):
        mailing.send(pk, at=timezone.now())
    return sorted(mail.to[0] for mail in mailoutbox[before:])


def test_m01_everybody_gets_the_link_once_however_often_it_is_planned(mailoutbox):
    wave = make_wave()

    assert [plan(), plan()] == [6, 0]

    assert send_all(mailoutbox) == emails(wave)
    assert send_all(mailoutbox) == []


def test_each_gets_the_own_link_in_the_language_of_the_invitation(mailoutbox):
    wave = make_wave(language="nb")
    plan()
    send_all(mailoutbox)

    for mail in mailoutbox:
        invitation = wave.invitations.get(email=mail.to[0])
        assert f"/answer/{waves.token(invitation)}/" in mail.body
        assert mail.subject == "Femten korte spørsmål til teamet ditt"
        assert mail.extra_headers["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize(
    ("happened", "reason"),
    [
        (lambda one: waves.take_back(one, by=one.wave.leader, on=date(2026, 11, 25)), R.TAKEN_BACK),
        (lambda one: waves.close(one.wave, at=timezone.now()), R.SURVEY_OVER),
    ],
)
def test_what_is_no_longer_true_is_not_sent(mailoutbox, happened, reason):
    wave = make_wave()
    plan()
    message = Message.objects.order_by("pk").first()

    happened(wave.invitations.get(pk=message.invitation_id))

    assert mailing.send(message.pk, at=timezone.now()) == S.EXPIRED
    message.refresh_from_db()
    assert message.trouble == reason
    assert mailoutbox == []


def test_only_those_who_have_not_answered_are_reminded_and_once(clock, mailoutbox):
    wave = make_wave(remind_on=date(2026, 12, 1))
    plan()
    send_all(mailoutbox)
    make_answers(wave, 2, 2)
    waves.take_back(
        wave.invitations.filter(answered=False).order_by("pk").first(), by=wave.leader, on=date(2026, 11, 26)
    )

    clock.move_to(oslo("2026-11-30T12:00"))
    plan()
    assert planned(K.WAVE_AGAIN) == []
    clock.move_to(oslo("2026-12-01T08:00"))
    plan()

    assert send_all(mailoutbox) == emails(wave, answered=False, withdrawn_on=None)
    clock.move_to(oslo("2026-12-02T08:00"))
    plan()
    assert send_all(mailoutbox) == []


def test_who_answers_between_planning_and_sending_is_not_reminded(clock, mailoutbox):
    wave = make_wave(remind_on=date(2026, 12, 1))
    clock.move_to(oslo("2026-12-01T07:30"))
    plan()
    make_answers(wave, 2)
    Message.objects.filter(kind=K.WAVE_OPEN).delete()
    clock.move_to(oslo("2026-12-01T08:00"))

    assert send_all(mailoutbox) == emails(wave, answered=False)
    assert Message.objects.get(kind=K.WAVE_AGAIN, state=S.EXPIRED).trouble == R.ANSWERED


def test_everybody_who_was_asked_hears_of_the_reply_also_who_was_taken_back_after_answering(mailoutbox):
    wave = make_wave(people=7)
    make_answers(wave, 2, 2, 2, 2, 2)
    gone, gone_after_answering = (
        wave.invitations.get(pk=wave.invitations.filter(answered=False).first().pk),
        (wave.invitations.filter(answered=True).first()),
    )
    for invitation in (gone, gone_after_answering):
        waves.take_back(invitation, by=wave.leader, on=date(2026, 11, 25))
    waves.close(wave, at=timezone.now())
    plan()
    assert planned(K.WAVE_RESULT) == [], "it waits for the leader"

    waves.reply(wave, text="We start with the rota.", by=wave.leader, on=date(2026, 11, 25))
    plan()

    assert send_all(mailoutbox) == sorted(set(emails(wave)) - {gone.email})
    assert all("what the leader says to it" in mail.body for mail in mailoutbox)
    assert not any("rota" in mail.body for mail in mailoutbox)


@pytest.mark.parametrize("steps", [(2, 2, 2, 2, 2), (2, 2)])
def test_without_a_reply_they_are_told_after_a_week_also_where_nothing_is_shown(clock, mailoutbox, steps):
    make_closed_wave(None, *steps, people=5)

    clock.move_to(oslo("2026-12-02T09:29"))
    plan()
    assert planned(K.WAVE_RESULT) == []
    clock.move_to(oslo("2026-12-02T09:30"))
    plan()

    assert len(send_all(mailoutbox)) == 5
    assert not any("what the leader says" in mail.body for mail in mailoutbox)


def test_a_scheduler_that_stood_still_for_a_month_tells_nobody_of_old_news(clock):
    make_closed_wave(None, 2, 2, 2, 2, 2)
    clock.move_to(timezone.now() + wave_mail.REPLY_AWAITED + wave_mail.RESULT_NEWS_LASTS)

    assert plan() == 0


def test_no_mail_of_a_survey_is_in_the_outbox_of_the_service():
    service = make_service("f")
    leader = make_leader(service)
    wave = make_wave(service, remind_on=date(2026, 11, 25))
    plan()
    message = Message.objects.filter(kind=K.WAVE_AGAIN).first()
    client = client_of(leader)

    text = main_text(client.get("/services/f/outbox/"))

    assert not any(email in text for email in emails(wave))
    assert client.get(f"/services/f/outbox/{message.pk}/again/").status_code == 404
    assert wave.invitations.count() == Message.objects.filter(kind=K.WAVE_OPEN).count()


def test_m13_what_was_not_sent_by_the_last_day_is_given_up(clock, mailoutbox):
    wave = make_wave(closes_on=date(2026, 11, 27))
    plan()
    clock.move_to(oslo("2026-11-28T00:00"))

    assert mailing.expire(timezone.now()) == wave.invited
    assert send_all(mailoutbox) == []


def test_who_was_forgotten_leaves_no_mail_behind():
    wave = make_closed_wave(None, 2, 2, 2, 2, 2)
    waves.reply(wave, text="Thank you.", by=wave.leader, on=date(2026, 11, 25))
    plan()

    waves.forget_addresses(timezone.now() + timedelta(days=181))

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-25T10:00", "2026-11-25T10:00"),
        ("2026-11-25T07:59", "2026-11-25T08:00"),
        ("2026-11-25T17:00", "2026-11-26T08:00"),
        ("2026-11-27T16:59", "2026-11-27T16:59"),
        ("2026-11-27T22:40", "2026-11-30T08:00"),
        ("2026-11-28T12:00", "2026-11-30T08:00"),
        ("2027-03-27T12:00", "2027-03-30T08:00"),  # Easter, and the clocks change on its Sunday
        ("2027-10-30T12:00", "2027-11-01T08:00"),  # the clocks change on the Sunday between
    ],
)
def test_m03_mail_of_surveys_waits_for_a_working_day_and_the_morning(moment, expected, settings):
    settings.QUIET_HOURS = True
    at, then = (datetime.fromisoformat(text).replace(tzinfo=ledger.OSLO) for text in (moment, expected))

    assert ledger.next_working_moment(at) == then


def test_m03_without_quiet_hours_it_waits_for_nothing(clock):
    assert ledger.next_working_moment(oslo("2026-11-28T23:00")) == oslo("2026-11-28T23:00")


# Invitations that did not come through


def lose(invitation, *, state=S.FAILED, kind=K.WAVE_OPEN) -> Message:
    """The mail of that kind to that address came to nothing."""
    Message.objects.filter(invitation=invitation, kind=kind).update(state=state, trouble="550 no such person")
    return Message.objects.get(invitation=invitation, kind=kind)


def of_wave(wave, *more) -> str:
    return "/".join(["/services/f/assessments/waves", str(wave.pk), *map(str, more), ""])


@pytest.fixture
def wave():
    return make_wave(make_service("f"), remind_on=date(2026, 11, 25), emails=[f"a{n}@example.org" for n in range(5)])


@pytest.mark.parametrize(
    ("state", "words"),
    [(S.FAILED, "could not be delivered"), (S.UNCERTAIN, "nobody knows whether it arrived")],
)
def test_m02_an_invitation_that_did_not_come_through_is_told_beside_its_address(wave, state, words):
    plan()
    lose(wave.invitations.first(), state=state)

    text = main_text(client_of(wave.leader).get(of_wave(wave)))

    assert "1 invitation did not come through." in text
    assert f"a0@example.org {words} Send again: a0@example.org Take back" in text
    assert text.count(words) == 1
    assert "550" not in text


def test_only_those_who_run_it_see_what_did_not_come_through(wave):
    plan()
    lose(wave.invitations.first())

    text = main_text(client_of(make_practitioner(wave.service)).get(of_wave(wave)))

    assert "come through" not in text
    assert "a0@example.org" not in text


def test_nothing_is_told_of_reminders_as_they_go_to_those_who_have_not_answered(wave):
    plan()
    before = main_text(client_of(wave.leader).get(of_wave(wave)))

    lose(wave.invitations.first(), kind=K.WAVE_AGAIN)

    assert main_text(client_of(wave.leader).get(of_wave(wave))) == before
    again = of_wave(wave, "invitations", wave.invitations.first().pk, "again")
    assert client_of(wave.leader).get(again).status_code == 404


@pytest.mark.parametrize("answered", [True, False])
def test_it_is_sent_again_and_looks_the_same_whether_somebody_has_answered_or_not(wave, mailoutbox, answered):
    plan()
    invitation = wave.invitations.first()
    lose(invitation, state=S.UNCERTAIN)
    if answered:
        make_answers(wave, 2)
    Message.objects.exclude(invitation=invitation, kind=K.WAVE_OPEN).delete()

    response = client_of(wave.leader).post(of_wave(wave, "invitations", invitation.pk, "again"), follow=True)

    assert "It goes out within a minute or two." in main_text(response)
    assert "come through" not in main_text(response)
    assert send_all(mailoutbox) == ["a0@example.org"]


def test_what_was_taken_back_or_arrived_cannot_be_sent_again(wave):
    plan()
    taken_back, arrived = wave.invitations.order_by("pk")[:2]
    lose(taken_back)
    lose(arrived, state=S.HANDED_OVER)
    waves.take_back(taken_back, by=wave.leader, on=date(2026, 11, 25))
    client = client_of(wave.leader)

    assert "come through" not in main_text(client.get(of_wave(wave)))
    for invitation in (taken_back, arrived):
        assert client.post(of_wave(wave, "invitations", invitation.pk, "again")).status_code == 404


def test_f09_an_invitation_whose_time_is_over_is_refused_in_words(wave, clock):
    plan()
    message = lose(wave.invitations.first())
    Message.objects.filter(pk=message.pk).update(expires_at=timezone.now())

    response = client_of(wave.leader).post(of_wave(wave, "invitations", message.invitation_id, "again"))

    assert "or its time is over" in str(response.context["form"].errors)
    assert Message.objects.get(pk=message.pk).state == S.FAILED


# Days on which no mail leaves


def test_m03_a_reminder_for_a_saturday_goes_on_the_friday_before(clock, mailoutbox, settings):
    settings.QUIET_HOURS = True
    wave = make_wave(remind_on=date(2026, 11, 28), closes_on=date(2026, 11, 29))
    plan()
    send_all(mailoutbox)

    clock.move_to(oslo("2026-11-26T12:00"))
    plan()
    assert planned(K.WAVE_AGAIN) == []
    clock.move_to(oslo("2026-11-27T00:05"))
    plan()
    assert planned(K.WAVE_AGAIN) == emails(wave)

    clock.move_to(oslo("2026-11-27T12:00"))
    assert send_all(mailoutbox) == emails(wave)


def test_m02_an_invitation_that_never_left_is_told_beside_its_address_and_cannot_go_any_more(wave, clock):
    plan()
    clock.move_to(oslo("2026-12-10T00:01"))
    mailing.expire(timezone.now())

    page = client_of(wave.leader).get(of_wave(wave))

    assert "5 invitations did not come through." in main_text(page)
    assert "a0@example.org was not sent in time Take back" in main_text(page)


def test_m12_an_invitation_that_waits_for_its_address_to_work_is_told_while_there_is_time(wave):
    asked = make_user("a0@example.org")
    addresses.refused(asked, message_id="<1@x>", said="550 no", at=timezone.now())
    plan()

    text = main_text(client_of(wave.leader).get(of_wave(wave)))

    assert "1 invitation did not come through." in text
    assert "a0@example.org waits, as the address refuses mail Take back" in text


@pytest.mark.parametrize("happened", [R.TAKEN_BACK, R.SURVEY_OVER])
def test_an_invitation_that_was_no_longer_true_is_not_told_as_lost(wave, happened):
    plan()
    Message.objects.filter(kind=K.WAVE_OPEN).update(state=S.EXPIRED, trouble=happened)

    assert not wave_mail.lost_invitations(wave).exists()
