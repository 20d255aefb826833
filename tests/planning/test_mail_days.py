"""What the clock plans for a person goes in one mail: one a day at most and three a week, and never twice."""

import re
from collections import Counter
from datetime import date, datetime, timedelta
from itertools import product

import pytest
from django.conf import settings as django_settings
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Member, Role
from assessments import waves
from planning import composing, ledger, mail_days, mailing, opt_outs, reminders
from planning.clock import monday_of
from planning.models import Message, OptOut, Review
from tests.factories import make_action, make_conflict, make_vision, make_wave
from tests.planning.mail_samples import a_member, a_plan, a_review, a_service, oslo
from tests.planning.site import main_text

K, S = Message.Kind, Message.State
TUESDAY = oslo("2026-11-24 08:00")
DAY = timedelta(days=1)


# The rule


@settings(suppress_health_check=[HealthCheck.too_slow])  # on a machine under load
@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=60))
def test_m04_never_two_a_day_nor_four_a_week_whatever_falls_due(due):
    used: list[date] = []
    for number, cannot_wait in due:
        day = date(2026, 1, 1) + number * DAY
        if mail_days.has_room(used, day, cannot_wait=cannot_wait):
            used.append(day)

    assert len(used) == len(set(used))
    assert max(Counter(map(monday_of, used)).values(), default=0) <= 3


@pytest.mark.parametrize(
    ("used", "cannot_wait", "room"),
    [
        ([], False, True),
        (["2026-11-23"], False, True),
        (["2026-11-23", "2026-11-24"], False, False),
        (["2026-11-23", "2026-11-24"], True, True),
        (["2026-11-23", "2026-11-24", "2026-11-25"], True, False),
        (["2026-11-26"], True, False),
        (["2026-11-20", "2026-11-19", "2026-11-18"], False, True),
    ],
)
def test_m04_the_third_of_a_week_is_kept_for_what_cannot_wait(used, cannot_wait, room):
    days = {date.fromisoformat(day) for day in used}

    assert mail_days.has_room(days, date(2026, 11, 26), cannot_wait=cannot_wait) is room


@pytest.mark.parametrize(("end", "cannot"), [("2026-11-30 09:59", True), ("2026-11-30 10:00", False)])
def test_m04_what_ends_before_mondays_mail_cannot_wait(end, cannot):
    assert mail_days.cannot_wait([oslo("2026-12-20 10:00"), oslo(end)], at=oslo("2026-11-26 09:00")) is cannot


@pytest.mark.parametrize(("end", "cannot"), [("2027-03-30 09:59", True), ("2027-03-30 10:00", False)])
def test_m04_where_monday_is_a_holiday_what_ends_before_tuesdays_mail_cannot_wait(end, cannot):
    assert mail_days.cannot_wait([oslo(end)], at=oslo("2027-03-24 09:00")) is cannot


# Merged


@pytest.fixture
def both_services():
    """Kari leads one service and practises in another; both have something due to her on Tuesday."""
    north, south = a_service("north"), a_service("south")
    kari = a_member(north, name="Kari Nes", email="kari@example.org")
    Member.objects.create(service=south, user=kari.user, name="Kari Nes", role=Role.PRACTITIONER)
    a_plan(north, 4)
    a_review(north, "2026-12-01 13:00")
    make_vision(south, text="VISION-TEXT", published_on=TUESDAY.date() - 7 * DAY)
    reminders.plan_due(TUESDAY)
    return kari


@pytest.mark.django_db
def test_m04_what_is_due_to_a_person_in_all_services_is_one_mail(both_services, mailoutbox):
    assert Message.objects.count() == 2
    (key,) = mailing.due(TUESDAY)

    assert mailing.send(key, at=TUESDAY) == S.HANDED_OVER

    (mail,) = mailoutbox
    assert mail.subject == "Review on Tuesday 1 December"
    assert mail.to == ["kari@example.org"]
    assert "Also\n\nService SOUTH: something to read that you have not said yet you have read.\nhttp" in mail.body
    assert len(mail.attachments) == 1
    assert set(Message.objects.values_list("state", flat=True)) == {S.HANDED_OVER}
    lead, carried = Message.objects.get(pk=key), Message.objects.exclude(pk=key).get()
    assert (lead.person, lead.mail_day, lead.lead) == (both_services.user, TUESDAY.date(), None)
    assert (carried.lead, carried.mail_day, carried.handed_over_at) == (lead, None, lead.handed_over_at)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "nb"])
def test_m05_m08_a_merged_mail_has_one_button_and_a_way_to_stop_each_part(both_services, language, client):
    both_services.user.language = language
    both_services.user.save()
    rows = sorted(Message.objects.all(), key=lambda row: mailing.GRAVITY[row.kind])

    mail = mailing.compose(*rows, at=TUESDAY)

    html = mail.alternatives[0][0]
    assert len(re.findall(r'style="display:inline-block', html)) == 1
    assert len(mail.subject) <= 60
    for member in Member.objects.all():
        kind = K.REVIEW_SOON if member.role == Role.LEADER else K.TO_READ
        path = f"/mail/stop/{opt_outs.token(member, kind=kind)}/"
        assert path in mail.body
        assert path in html
    header = mail.message()["List-Unsubscribe"]
    client.post("/mail/stop/" + header.strip("<>").partition("/mail/stop/")[2], {"List-Unsubscribe": "One-Click"})
    assert list(OptOut.objects.values_list("kind", flat=True)) == [K.REVIEW_SOON]


@pytest.mark.django_db
def test_m04_a_second_mail_of_the_day_waits_for_the_next(mailoutbox):
    service = a_service()
    nora = a_member(service, Role.PRACTITIONER, name="Nora")
    a_review(service, "2026-12-01 13:00")
    reminders.plan_due(TUESDAY)
    mailing.send(mailing.due(TUESDAY)[0], at=TUESDAY)
    make_vision(service, published_on=TUESDAY.date() - 7 * DAY)
    later = TUESDAY + timedelta(hours=1)
    reminders.plan_due(later)
    waiting = Message.objects.get(kind=K.TO_READ, recipient=nora)

    assert mailing.due(later) == []
    assert mailing.send(waiting.pk, at=later) is None
    assert mailing.due(TUESDAY + DAY) == [waiting.pk]
    assert mailing.send(waiting.pk, at=TUESDAY + DAY) == S.HANDED_OVER
    assert len(mailoutbox) == 2


@pytest.mark.django_db
def test_m04_three_a_week_the_rest_stays_planned_and_expires_in_sight(mailoutbox):
    service = a_service()
    a_member(service, Role.PRACTITIONER, name="Nora")
    sent, monday = [], oslo("2026-11-23 08:00")
    for number in range(5):
        at = monday + number * DAY
        Message.objects.create(
            service=service,
            kind=K.REVIEW_SOON,
            recipient=service.members.get(),
            review=(review := a_review(service, f"2026-11-{26 + number} 13:00")),
            period=reminders.review_period(review),
            not_before=at,
            expires_at=oslo("2026-11-29 12:00"),
        )
        sent += [mailing.send(key, at=at) for key in mailing.due(at)]

    assert sent == [S.HANDED_OVER] * 3
    assert Message.objects.filter(state=S.PLANNED).count() == 2
    assert mailing.expire(oslo("2026-11-29 12:00")) == 2
    assert set(Message.objects.filter(state=S.EXPIRED).values_list("trouble", flat=True)) == {"too_late"}


@pytest.mark.django_db
def test_news_of_a_plan_answers_an_act_and_is_not_counted(mailoutbox):
    service = a_service()
    a_member(service)
    a_review(service, "2026-12-01 13:00")
    reminders.plan_due(TUESDAY)
    reminders.plan_ready(a_plan(service), at=TUESDAY)

    states = [mailing.send(key, at=TUESDAY) for key in mailing.due(TUESDAY)]

    assert states == [S.HANDED_OVER] * 2
    assert len(mailoutbox) == 2


@pytest.mark.django_db
def test_what_is_no_longer_true_falls_out_of_the_mail_and_the_rest_goes(both_services, mailoutbox):
    lead = Message.objects.get(kind=K.REVIEW_SOON)
    lead.review.state = "cancelled"
    lead.review.save()

    assert mailing.send(lead.pk, at=TUESDAY) == S.EXPIRED

    (mail,) = mailoutbox
    assert "read" in mail.subject
    assert "Also" not in mail.body
    assert Message.objects.get(kind=K.TO_READ).state == S.HANDED_OVER


@pytest.mark.django_db
def test_a_survey_reminder_goes_with_the_other_mail_of_whoever_has_a_login(mailoutbox):
    service = a_service()
    leader = a_member(service, name="Kari Nes")
    nora = a_member(service, Role.PRACTITIONER, name="Nora", email="person0@example.org")
    wave = make_wave(
        service, about=leader, by=leader, at=TUESDAY - 5 * DAY, closes_on=TUESDAY.date() + 9 * DAY, people=5
    )
    invitation = wave.invitations.order_by("pk").first()
    type(invitation).objects.filter(pk=invitation.pk).update(email=nora.user.email)
    reminders.plan_due(TUESDAY - 5 * DAY)
    Message.objects.update(state=S.HANDED_OVER)
    waves.remind(wave, by=leader, on=TUESDAY.date())
    a_review(service, "2026-12-01 13:00")
    reminders.plan_due(TUESDAY)

    for key in mailing.due(TUESDAY):
        mailing.send(key, at=TUESDAY)

    hers = [mail for mail in mailoutbox if mail.to == [nora.user.email]]
    assert len(hers) == 1
    assert hers[0].subject == "Review on Tuesday 1 December"
    assert "fifteen short questions" in hers[0].body


# Once


@pytest.mark.django_db
def test_m01_a_crash_leaves_the_day_claimed_and_all_rows_uncertain(both_services, monkeypatch, mailoutbox):
    monkeypatch.setattr(mailing, "_compose_and_hand_over", lambda rows, at: None)
    (key,) = mailing.due(TUESDAY)
    mailing.send(key, at=TUESDAY)
    monkeypatch.undo()

    assert mailing.due(TUESDAY) == []
    Message.objects.update(claimed_at=TUESDAY)
    assert mailing.mark_uncertain(TUESDAY + timedelta(minutes=16)) == 2
    assert mailing.due(TUESDAY + timedelta(minutes=16)) == []
    assert mailoutbox == []


@pytest.mark.django_db
def test_m01_what_a_person_has_sent_again_goes_by_itself_and_is_not_counted(both_services, mailoutbox):
    Message.objects.update(state=S.UNCERTAIN, claimed_at=TUESDAY)
    lead = Message.objects.get(kind=K.REVIEW_SOON)
    Message.objects.filter(pk=lead.pk).update(person=both_services.user, mail_day=TUESDAY.date())
    row = Message.objects.get(kind=K.TO_READ)
    Message.objects.filter(pk=row.pk).update(lead=lead)

    mailing.send_again(row, by=both_services, at=TUESDAY)

    assert mailing.due(TUESDAY) == [row.pk]
    assert mailing.send(row.pk, at=TUESDAY) == S.HANDED_OVER
    assert len(mailoutbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("reached", [False, True])
def test_m01_a_mail_sent_again_by_hand_takes_nothing_along_and_keeps_the_day(both_services, mailoutbox, reached):
    (key,) = mailing.due(TUESDAY)
    mailing.send(key, at=TUESDAY)
    Message.objects.update(state=S.UNCERTAIN, handed_over_at=None)
    mailoutbox.clear()
    mailing.send_again(Message.objects.get(pk=key), by=both_services, at=TUESDAY)

    with override_settings(EMAIL_BACKEND=django_settings.EMAIL_BACKEND if reached else NO_SERVER):
        assert mailing.send(key, at=TUESDAY) == (S.HANDED_OVER if reached else S.PLANNED)

    lead, carried = Message.objects.get(pk=key), Message.objects.exclude(pk=key).get()
    assert (carried.state, carried.lead) == (S.UNCERTAIN, None)
    assert (lead.person, lead.mail_day) == (both_services.user, TUESDAY.date())
    assert mail_days.days_used([both_services.user_id], at=TUESDAY) == {both_services.user_id: {TUESDAY.date()}}
    assert len(mailoutbox) == reached


NO_SERVER = "tests.planning.test_mail_days.NoServer"


class NoServer(BaseEmailBackend):
    """A mail server that nobody can connect to."""

    began = accepted = False

    def send_messages(self, mails):
        raise ConnectionRefusedError


# What is faulty


@pytest.mark.django_db
@pytest.mark.parametrize("faulty", [K.REVIEW_SOON, K.TO_READ])
def test_l02_a_row_that_cannot_be_checked_is_counted_and_holds_up_no_other(
    both_services, mailoutbox, monkeypatch, faulty
):
    def cannot_tell(message, *, at):
        raise ZeroDivisionError

    monkeypatch.setitem(reminders.WHY_MOOT, faulty, cannot_tell)
    at = TUESDAY
    for _tick in range(4):
        for key in mailing.due(at):
            mailing.send(key, at=at)
        at += DAY

    row, other = Message.objects.get(kind=faulty), Message.objects.exclude(kind=faulty).get()
    assert (row.state, row.attempts, row.trouble) == (S.FAILED, 3, Message.Reason.NOT_MADE)
    assert (other.state, other.attempts) == (S.HANDED_OVER, 1)
    assert len(mailoutbox) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("faulty", [K.REVIEW_SOON, K.TO_READ])
def test_l02_a_row_that_cannot_be_put_together_fails_alone(both_services, mailoutbox, monkeypatch, faulty):
    def cannot_tell(message, *, on):
        raise ZeroDivisionError

    monkeypatch.setitem(composing.FACTS, faulty, cannot_tell)
    at = TUESDAY
    for _tick in range(8):
        for key in mailing.due(at):
            mailing.send(key, at=at)
        at += timedelta(minutes=5)

    row, other = Message.objects.get(kind=faulty), Message.objects.exclude(kind=faulty).get()
    assert (row.state, row.trouble, row.lead, row.mail_day) == (S.FAILED, Message.Reason.NOT_MADE, None, None)
    assert (other.state, other.trouble, other.mail_day) == (S.HANDED_OVER, "", TUESDAY.date())
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_the_gravest_leads_also_where_it_fell_due_after_the_mail_was_looked_up(both_services, mailoutbox):
    waiting = Message.objects.get(kind=K.TO_READ)

    assert mailing.send(waiting.pk, at=TUESDAY) == S.HANDED_OVER

    lead = Message.objects.get(kind=K.REVIEW_SOON)
    waiting.refresh_from_db()
    assert (lead.lead, lead.mail_day, lead.document.number) == (None, TUESDAY.date(), 4)
    assert (waiting.lead, waiting.mail_day, waiting.document) == (lead, None, None)
    (mail,) = mailoutbox
    assert mail.extra_headers["Message-ID"] == mailing.message_id(lead)


# The quiet hours


@pytest.mark.parametrize(
    ("moment", "may"),
    [
        ("2026-11-25 07:29", False),
        ("2026-11-25 07:30", True),
        ("2026-11-25 16:59", True),
        ("2026-11-25 17:00", False),
        ("2026-11-28 12:00", False),  # a Saturday
        ("2026-12-25 10:00", False),  # a Friday, Christmas
        ("2027-03-25 10:00", False),  # Maundy Thursday
        ("2027-03-26 10:00", False),
        ("2027-03-28 10:00", False),  # the clocks go forward
        ("2027-03-29 10:00", False),  # Easter Monday
        ("2027-03-30 07:29", False),
        ("2027-03-30 07:30", True),
        ("2027-05-17 10:00", False),
        ("2027-05-06 10:00", False),  # Ascension Day
        ("2027-10-29 16:59", True),
        ("2027-10-31 10:00", False),  # the clocks go back
        ("2027-11-01 07:29", False),
        ("2027-11-01 07:30", True),
    ],
)
@override_settings(QUIET_HOURS=True)
def test_m03_quiet_between_17_and_7_30_on_weekends_and_holidays(moment, may):
    assert ledger.may_leave(oslo(moment)) is may


@given(
    st.integers(1, 10_000),
    st.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2028-12-31")),
    st.timedeltas(timedelta(hours=1), timedelta(days=20)),
)
@override_settings(QUIET_HOURS=True)
def test_m03_every_moment_for_a_reminder_is_a_working_morning_or_the_last_chance(person, moment, lasts):
    at = moment.replace(tzinfo=ledger.OSLO)

    found = ledger.mail_moment(person, at=at, expires_at=at + lasts)

    assert found >= at
    assert ledger.may_leave(found)
    local = found.astimezone(ledger.OSLO)
    assert 8 <= local.hour < 10 or found == ledger.next_working_moment(at)


@override_settings(QUIET_HOURS=True)
def test_m03_each_person_has_a_minute_of_their_own_and_the_people_are_spread_over_two_hours():
    end = oslo("2027-12-31 12:00")
    minutes = set()
    for person in range(1, 400):
        days = [
            ledger.mail_moment(person, at=oslo(f"{day} 00:05"), expires_at=end)
            for day in ("2027-03-24", "2027-03-28", "2027-10-31")
        ]
        clocks = {day.astimezone(ledger.OSLO).strftime("%H:%M") for day in days}
        assert len(clocks) == 1
        minutes |= clocks

    assert len(minutes) > 100
    assert min(minutes) >= "08:00"
    assert max(minutes) < "10:00"


@pytest.mark.django_db
@override_settings(QUIET_HOURS=True)
@pytest.mark.parametrize("start", ["2027-03-24", "2027-10-27"])
def test_m03_around_a_clock_change_nothing_leaves_outside_the_hours(start, mailoutbox, time_machine):
    service = a_service()
    for number in range(2):
        a_member(service, Role.PRACTITIONER, name=f"P{number}")
    first = date.fromisoformat(start)
    for days in (2, 5, 8, 9, 10, 11, 12):
        a_review(service, f"{first + days * DAY} 13:00")
    left = []

    for days, clock in product(range(7), ("02:30", "07:15", "08:00", "09:00", "10:00", "16:59", "17:00")):
        at = oslo(f"{first + days * DAY} {clock}")
        time_machine.move_to(at, tick=False)
        mailing.expire(at)
        reminders.plan_due(at)
        before = len(mailoutbox)
        for key in mailing.due(at):
            mailing.send(key, at=at)
        left += [at] * (len(mailoutbox) - before)

    assert left
    for moment in left:
        assert ledger.is_working_day(moment.date())
        assert "07:30" <= moment.strftime("%H:%M") < "17:00"
    by_person: dict = {}
    for mail, moment in zip(mailoutbox, left, strict=True):
        by_person.setdefault(mail.to[0], []).append(moment.date())
    for days in by_person.values():
        assert len(days) == len(set(days))
        weeks = [monday_of(day) for day in days]
        assert max(weeks.count(week) for week in weeks) <= 3


@pytest.mark.django_db
@override_settings(QUIET_HOURS=True)
def test_m03_news_of_a_plan_issued_before_a_long_weekend_waits_for_its_end_and_is_still_news(mailoutbox):
    service = a_service()
    a_member(service)
    at = oslo("2027-03-24 17:30")  # the evening before Maundy Thursday
    reminders.plan_ready(a_plan(service, at=at), at=at)
    message = Message.objects.get()

    assert message.not_before == oslo("2027-03-30 08:00")
    assert mailing.send(message.pk, at=oslo("2027-03-27 10:00")) is None
    assert mailing.send(message.pk, at=oslo("2027-03-30 08:00")) == S.HANDED_OVER


@pytest.mark.django_db
@override_settings(QUIET_HOURS=True)
def test_m04_a_plan_issued_twice_within_ten_minutes_is_one_mail_about_the_latest(mailoutbox):
    service = a_service()
    a_member(service)
    first, second = oslo("2026-11-25 10:00"), oslo("2026-11-25 10:07")
    reminders.plan_ready(a_plan(service, 1, at=first), at=first)
    reminders.plan_ready(a_plan(service, 2, at=second), at=second)
    states = []

    for minute in range(60):
        at = first + timedelta(minutes=minute)
        states += [mailing.send(key, at=at) for key in mailing.due(at)]

    assert states == [S.EXPIRED, S.HANDED_OVER]
    (mail,) = mailoutbox
    assert mail.subject == "Action plan no. 2 is ready"
    assert Message.objects.get(state=S.EXPIRED).trouble == Message.Reason.NEWER_ONE


@pytest.fixture
def left_over(monkeypatch, settings):
    """A reminder to Kari of a review on Monday, left over from the Monday before; it is Tuesday, her minute is 9:31."""
    monkeypatch.setattr(ledger, "crc32", lambda _person: 91)
    settings.QUIET_HOURS = True
    service = a_service()
    kari = a_member(service)
    a_review(service, "2026-11-30 13:00")
    reminders.plan_due(oslo("2026-11-23 08:00"))
    assert Message.objects.get().not_before == oslo("2026-11-23 09:31")
    return kari


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("clock", "ends", "leaves"),
    [
        ("07:29", "2026-11-24 09:00", False),
        ("07:30", "2026-11-24 09:00", True),
        ("07:30", "2026-11-24 09:31", True),
        ("07:30", "2026-11-24 10:31", True),
        ("07:30", "2026-11-24 10:32", False),
        ("07:30", "2026-11-30 13:00", False),
        ("08:00", "2026-11-30 13:00", False),
        ("09:30", "2026-11-30 13:00", False),
        ("09:31", "2026-11-30 13:00", True),
        ("16:59", "2026-11-30 13:00", True),
        ("17:00", "2026-11-30 13:00", False),
    ],
)
def test_m04_what_was_left_over_waits_for_its_persons_minute_unless_it_is_over_soon(left_over, clock, ends, leaves):
    Message.objects.update(expires_at=oslo(ends))

    assert bool(mailing.due(oslo(f"2026-11-24 {clock}"))) is leaves


@pytest.mark.django_db
def test_m04_what_was_left_over_goes_with_what_is_planned_that_morning(left_over, mailoutbox):
    morning = oslo("2026-11-24 08:00")
    make_action(left_over.service, owner=left_over, due_on=morning.date())
    reminders.plan_due(morning)

    sent = [mailing.send(key, at=at) for at in (morning, oslo("2026-11-24 09:31")) for key in mailing.due(at)]

    assert sent == [S.HANDED_OVER]
    assert Message.objects.filter(state=S.HANDED_OVER).count() == 2
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_m04_what_cannot_wait_but_is_no_longer_true_sends_nothing_else_early(left_over, mailoutbox):
    called_off = a_review(left_over.service, "2026-11-24 09:00")
    reminders.plan_due(oslo("2026-11-23 08:00"))
    called_off.state = Review.State.CANCELLED
    called_off.save()
    early = oslo("2026-11-24 07:30")
    (key,) = mailing.due(early)

    assert mailing.send(key, at=early) == S.EXPIRED
    assert mailoutbox == []
    (key,) = mailing.due(oslo("2026-11-24 09:31"))
    assert mailing.send(key, at=oslo("2026-11-24 09:31")) == S.HANDED_OVER


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("clock", "why"),
    [
        ("07:00", "Waits for the next working morning."),
        ("08:00", "Waits: the morning's mail goes out between eight and ten."),
        ("09:31", "Waits: a person gets one such mail a day at most, and three a week."),
    ],
)
def test_m02_the_outbox_says_what_a_reminder_waits_for(left_over, client, time_machine, clock, why):
    time_machine.move_to(oslo(f"2026-11-24 {clock}"), tick=False)
    client.force_login(left_over.user)

    assert why in main_text(client.get("/services/f/outbox/"))


@pytest.mark.django_db
@override_settings(QUIET_HOURS=True)
def test_what_is_planned_after_ones_moment_waits_for_the_next_morning_whatever_else_went_out(mailoutbox):
    service = a_service()
    got_one, got_none = (a_member(service, Role.PRACTITIONER, name=name) for name in ("Nora", "Ola"))
    at = oslo("2026-11-25 12:00")
    Message.objects.create(
        service=service,
        kind=K.WEEK_DUE,
        recipient=got_one,
        period="week:2026-11-23",
        state=S.HANDED_OVER,
        person=got_one.user,
        mail_day=at.date(),
        expires_at=at,
    )
    a_review(service, "2026-12-02 13:00")

    reminders.plan_due(at)

    days = Message.objects.filter(kind=K.REVIEW_SOON).values_list("not_before", flat=True)
    assert {ledger.day_in_oslo(day) for day in days} == {date(2026, 11, 26)}
    assert mailing.due(oslo("2026-11-25 16:00")) == []
    assert got_none.user_id != got_one.user_id


@pytest.mark.django_db
def test_the_digest_tells_of_counts_and_nobody_gets_an_empty_one(mailoutbox):
    service = a_service()
    kari, nora = a_member(service, name="Kari Nes"), a_member(service, Role.PRACTITIONER, name="Nora")
    a_member(service, Role.PRACTITIONER, name="Ola")
    monday = oslo("2026-11-23 08:00")
    for days in (-4, 0, 6):
        make_action(service, owner=nora, title="ACTION-TEXT", due_on=monday.date() + days * DAY)
    make_action(service, owner=nora, due_on=monday.date() + 7 * DAY)
    make_conflict(nora, named=True, note="NOTE-TEXT", logged_at=monday - 2 * DAY)

    reminders.plan_due(monday)
    for key in mailing.due(monday):
        mailing.send(key, at=monday)

    said = {mail.to[0]: mail.body for mail in django_mail.outbox}
    assert set(said) == {kari.user.email, nora.user.email}
    assert "1 action of yours is past its day.\n2 actions of yours are due this week." in said[nora.user.email]
    assert "entry in the log" not in said[nora.user.email]
    assert "1 entry in the log has no answer yet." in said[kari.user.email]
    assert "-TEXT" not in "".join(said.values())
