"""What mail is due to whom, on which day of Europe/Oslo, and when it is no longer true."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts import access
from accounts.models import Role
from planning import ledger, opt_outs, reminders
from planning.models import Document, Message, Review
from tests.factories import make_pause
from tests.planning.mail_samples import a_member, a_plan, a_review, a_service, oslo

pytestmark = pytest.mark.django_db

NOON = oslo("2026-11-23 12:00")


def names(messages=None) -> set[str]:
    rows = Message.objects.all() if messages is None else messages
    return set(rows.values_list("recipient__name", flat=True))


# Plan ready


def test_news_of_a_plan_goes_to_leader_stand_in_and_practitioners_with_a_login():
    service = a_service()
    for role in Role:
        a_member(service, role, name=role.value)
    a_member(service, Role.PRACTITIONER, name="no login", login=False)
    a_member(service, Role.LEADER, name="leads as a guest", guest=True)
    a_member(service, Role.PRACTITIONER, name="left", leaves_on=NOON.date() - timedelta(days=1))
    a_member(service, Role.PRACTITIONER, name="last day", leaves_on=NOON.date())
    barred = a_member(service, Role.PRACTITIONER, name="barred")
    barred.user.is_active = False
    barred.user.save()
    a_member(a_service("g"), name="somebody else's leader")

    count = reminders.plan_ready(a_plan(service), at=NOON)

    assert names() == {Role.LEADER, Role.STAND_IN, Role.PRACTITIONER, "last day", "leads as a guest"}
    assert count == 5


def test_whoever_hears_of_a_document_may_read_it():
    assert set(ledger.ROLES) <= set(access.roles_with(access.Permission.SEE_DOCUMENTS))


def test_m01_news_of_a_plan_is_planned_once_however_often_it_is_asked_for():
    service = a_service()
    a_member(service)
    plan = a_plan(service)

    for _time in range(3):
        reminders.plan_ready(plan, at=NOON)

    message = Message.objects.get()
    assert (message.kind, message.period, message.document) == (Message.Kind.PLAN_READY, f"plan:{plan.pk}", plan)
    assert message.not_before <= NOON
    assert message.expires_at == NOON + timedelta(days=3)


def test_l01_without_the_plan_there_is_no_news_of_it():
    service = a_service()
    a_member(service)
    plan = a_plan(service)

    with transaction.atomic():
        reminders.plan_ready(plan, at=NOON)
        transaction.set_rollback(True)

    assert not Message.objects.exists()


# Review soon


@pytest.mark.parametrize(
    ("at", "planned"),
    [
        ("2026-11-23 23:59", 0),
        ("2026-11-24 00:00", 1),
        ("2026-11-24 08:00", 1),
        ("2026-12-01 12:59", 1),
        ("2026-12-01 13:00", 0),
        ("2026-12-02 00:00", 0),
    ],
)
@pytest.mark.usefixtures("no_digest")
def test_a_reminder_is_due_from_seven_days_before_the_day_of_the_review_until_it_begins(at, planned):
    service = a_service()
    a_member(service)
    a_review(service, "2026-12-01 13:00")

    assert reminders.plan_due(oslo(at)) == planned
    assert Message.objects.count() == planned


def test_a_reminder_waits_for_the_morning_and_for_no_longer_than_the_review():
    service = a_service()
    a_member(service)
    review = a_review(service, "2026-12-01 13:00")

    reminders.plan_due(oslo("2026-11-24 00:01"))

    message = Message.objects.get()
    assert message.not_before == oslo("2026-11-24 08:00")
    assert message.expires_at == review.starts_at
    assert message.period == f"review:7:{review.pk}:2026-12-01"


@pytest.mark.parametrize("state", [Review.State.HELD, Review.State.CANCELLED])
def test_a_review_that_is_not_to_come_reminds_nobody(state):
    service = a_service()
    a_member(service)
    a_review(service, state=state, closed_at=NOON if state == Review.State.HELD else None)

    assert reminders.plan_due(oslo("2026-11-25 12:00")) == 0


@pytest.mark.parametrize(
    ("review", "before", "first"),
    [
        # The clock goes forward on 28 March 2027 and back on 31 October 2027, both within these seven days.
        ("2027-04-01 00:30", "2027-03-24 23:59", "2027-03-25 00:00"),
        ("2027-04-04 23:30", "2027-03-27 23:59", "2027-03-28 00:00"),
        ("2027-03-28 03:00", "2027-03-20 23:59", "2027-03-21 00:00"),
        ("2027-11-01 00:30", "2027-10-24 23:59", "2027-10-25 00:00"),
        ("2027-11-07 23:30", "2027-10-30 23:59", "2027-10-31 00:00"),
        ("2027-10-31 02:30", "2027-10-23 23:59", "2027-10-24 00:00"),
        # 29 February and the turn of the year
        ("2028-03-07 09:00", "2028-02-28 23:59", "2028-02-29 00:00"),
        ("2028-01-05 09:00", "2027-12-28 23:59", "2027-12-29 00:00"),
    ],
)
def test_l10_the_seven_days_are_counted_on_the_calendar_of_oslo(review, before, first):
    service = a_service()
    a_member(service)
    a_review(service, review)

    assert reminders.plan_due(oslo(before)) == 0
    assert reminders.plan_due(oslo(first)) == 1


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        ("2027-03-27", datetime(2027, 3, 27, 7, tzinfo=UTC)),
        ("2027-03-28", datetime(2027, 3, 28, 6, tzinfo=UTC)),
        ("2027-10-30", datetime(2027, 10, 30, 6, tzinfo=UTC)),
        ("2027-10-31", datetime(2027, 10, 31, 7, tzinfo=UTC)),
    ],
)
def test_l10_the_morning_is_at_eight_on_both_sides_of_a_clock_change(day, in_utc):
    service = a_service()
    a_member(service)
    midnight = oslo(f"{day} 00:00")
    a_review(service, f"{midnight.date() + timedelta(days=7)} 13:00")

    reminders.plan_due(midnight)

    assert Message.objects.get().not_before == in_utc


def test_m01_planning_again_and_again_plans_once():
    service = a_service()
    a_member(service)
    a_member(service, Role.PRACTITIONER, name="Ola")
    a_review(service)

    planned = [reminders.plan_due(oslo(f"2026-11-24 {hour:02}:30")) for hour in range(24)]

    assert planned[0] == 2
    assert sum(planned) == 2
    assert Message.objects.count() == 2


def test_somebody_who_joins_in_time_is_reminded_too():
    service = a_service()
    a_member(service)
    a_review(service)
    reminders.plan_due(oslo("2026-11-24 09:00"))
    a_member(service, Role.PRACTITIONER, name="new")

    reminders.plan_due(oslo("2026-11-26 09:00"))

    assert names() == {"Kari Nes", "new"}


def test_planning_takes_the_same_number_of_queries_for_many_services(django_assert_num_queries):
    for key in ("a", "b", "c", "d"):
        service = a_service(key)
        a_member(service)
        a_review(service)
    at = oslo("2026-11-24 09:00")
    reminders.plan_due(at)

    # reviews, pauses, decisions, people, opt-outs, rows; pauses that end; visions and expectations to read; entries;
    # surveys; reviews told of already; visits; the digest: whether there is one, people, pauses, decisions, opt-outs,
    # five for what is due, rows; reviews to tell calendars of
    with django_assert_num_queries(25):
        reminders.plan_due(at)


@pytest.mark.django_db(transaction=True)
def test_m01_two_clocks_planning_at_the_same_moment_plan_once():
    service = a_service()
    a_member(service)
    a_member(service, Role.PRACTITIONER, name="Ola")
    a_review(service)
    plan = a_plan(service)
    barrier = threading.Barrier(4)
    troubles = []

    def run():
        try:
            barrier.wait(10)
            reminders.plan_due(oslo("2026-11-24 09:00"))
            reminders.plan_ready(plan, at=NOON)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    assert Message.objects.filter(kind=Message.Kind.REVIEW_SOON).count() == 2
    assert Message.objects.filter(kind=Message.Kind.PLAN_READY).count() == 2


# Is it still true?


def reminder(service=None):
    service = service or a_service()
    member = a_member(service)
    review = a_review(service)
    reminders.plan_due(oslo("2026-11-24 00:01"))
    return Message.objects.get(recipient=member, review=review)


MORNING = oslo("2026-11-24 08:00")


def test_a_reminder_is_true_while_nothing_has_changed():
    assert reminders.why_moot(reminder(), at=MORNING) == ""


def test_a_reminder_of_a_review_that_moved_to_another_day_is_moot_and_the_new_day_has_its_own():
    message = reminder()
    message.review.starts_at = oslo("2026-11-30 13:00")
    message.review.save()

    assert reminders.why_moot(message, at=MORNING) == Message.Reason.REVIEW_CHANGED
    assert reminders.plan_due(MORNING) == 1
    assert Message.objects.latest("pk").period.endswith(":2026-11-30")


def test_a_review_that_moved_within_its_day_is_still_the_same_reminder():
    message = reminder()
    message.review.starts_at = oslo("2026-12-01 15:00")
    message.review.save()

    assert reminders.why_moot(message, at=MORNING) == ""
    assert reminders.plan_due(MORNING) == 0


def test_a_review_that_moved_away_and_back_reminds_after_all():
    message = reminder()
    Message.objects.update(state=Message.State.EXPIRED, trouble=Message.Reason.REVIEW_CHANGED)

    assert reminders.plan_due(oslo("2026-11-25 00:01")) == 1

    message.refresh_from_db()
    assert message.state == Message.State.PLANNED
    assert message.not_before == oslo("2026-11-25 08:00")


@pytest.mark.parametrize("state", [Message.State.HANDED_OVER, Message.State.UNCERTAIN, Message.State.FAILED])
def test_m01_planning_brings_nothing_back_that_may_have_been_sent(state):
    reminder()
    Message.objects.update(state=state)

    assert reminders.plan_due(MORNING) == 0
    assert Message.objects.get().state == state


def test_a_cancelled_review_makes_its_reminder_moot():
    message = reminder()
    message.review.state = Review.State.CANCELLED

    assert reminders.why_moot(message, at=MORNING) == Message.Reason.REVIEW_CHANGED


def test_m13_what_is_past_its_period_is_too_late():
    message = reminder()

    assert reminders.why_moot(message, at=message.expires_at) == Message.Reason.TOO_LATE


def test_somebody_who_left_or_lost_the_login_hears_nothing():
    message = reminder()
    message.recipient.leaves_on = oslo("2026-11-23 12:00").date()
    message.recipient.save()
    assert reminders.why_moot(message, at=MORNING) == Message.Reason.NOT_HERE

    message.recipient.leaves_on = None
    message.recipient.save()
    message.recipient.user.is_active = False
    message.recipient.user.save()
    assert reminders.why_moot(message, at=MORNING) == Message.Reason.NOT_HERE


def test_somebody_who_now_only_advises_hears_nothing():
    message = reminder()
    message.recipient.role = Role.ADVISER
    message.recipient.save()

    assert reminders.why_moot(message, at=MORNING) == Message.Reason.NOT_HERE


def test_somebody_who_asked_for_no_more_reminders_gets_none_but_still_hears_of_plans():
    message = reminder()
    opt_outs.stop(message.recipient, kind=Message.Kind.REVIEW_SOON)

    assert reminders.why_moot(message, at=MORNING) == Message.Reason.OPTED_OUT
    Message.objects.all().delete()
    assert reminders.plan_due(MORNING) == 0
    assert reminders.plan_ready(a_plan(message.service), at=NOON) == 1
    assert reminders.why_moot(Message.objects.get(), at=NOON) == ""


def test_news_of_a_plan_that_is_not_there_is_moot():
    service = a_service()
    a_member(service)
    plan = a_plan(service)
    reminders.plan_ready(plan, at=NOON)
    Document.objects.update(state=Document.State.QUEUED, made_at=None)

    assert reminders.why_moot(Message.objects.get(), at=NOON) == Message.Reason.PLAN_NOT_READY


def test_the_plan_in_force_is_the_last_one_that_is_ready():
    service = a_service()
    a_plan(service, 1)
    ready = a_plan(service, 2)
    a_plan(service, 3, state=Document.State.QUEUED)
    a_plan(a_service("g"), 4)

    assert service.documents.plans().in_force() == ready


# What does not go through is not lost unseen


@pytest.mark.usefixtures("no_digest")
def test_m01_one_kind_in_trouble_does_not_silence_the_others(monkeypatch, caplog):
    def fail(at):
        raise RuntimeError("no reviews today")

    monkeypatch.setattr(reminders, "_plan_reviews", fail)
    service = a_service()
    a_member(service)
    make_pause(service, paused_on=NOON.date() - timedelta(days=9), restart_planned_on=NOON.date())

    assert reminders.plan_due(NOON) == 1
    assert Message.objects.get().kind == Message.Kind.RESTART_DUE
    assert "no reviews today" in caplog.text


@pytest.mark.parametrize(
    ("issued", "expires"),
    [
        ("2027-03-24 10:00", "2027-04-01 10:10"),  # Wednesday before Easter: Tuesday, Wednesday, Thursday after it
        ("2027-03-24 16:55", "2027-04-02 08:00"),
        ("2026-11-27 15:00", "2026-12-02 15:10"),  # a Friday
    ],
)
def test_m03_news_of_a_plan_lasts_three_working_days(issued, expires, settings):
    settings.QUIET_HOURS = True
    service = a_service()
    a_member(service)
    at = oslo(issued)

    reminders.plan_ready(a_plan(service, at=at), at=at)

    assert Message.objects.get().expires_at == oslo(expires)


def test_m03_what_cannot_leave_before_it_is_over_is_shown_as_too_late_and_stays_so(settings):
    settings.QUIET_HOURS = True
    service = a_service()
    a_member(service)
    a_review(service, "2026-11-23 07:45")  # planned on a Saturday for Monday, before mail leaves

    planned = [reminders._plan_reviews(oslo(at)) for at in ("2026-11-21 12:00", "2026-11-22 12:00")]

    assert planned == [0, 0]
    message = Message.objects.get()
    assert (message.state, message.trouble) == (Message.State.EXPIRED, Message.Reason.TOO_LATE)


@pytest.mark.parametrize(
    ("kind", "state", "moot"),
    [
        (Message.Kind.PLAN_READY, Message.State.HANDED_OVER, Message.Reason.NEWER_ONE),
        (Message.Kind.PLAN_READY, Message.State.PLANNED, Message.Reason.NEWER_ONE),
        (Message.Kind.PLAN_READY, Message.State.FAILED, ""),
        (Message.Kind.PLAN_READY, Message.State.EXPIRED, ""),
        (Message.Kind.REVIEW_SOON, Message.State.HANDED_OVER, ""),
    ],
)
def test_m04_only_news_that_reaches_its_reader_takes_the_place_of_older_news(kind, state, moot):
    service = a_service()
    a_member(service)
    reminders.plan_ready(a_plan(service, 1, at=NOON), at=NOON)
    older = Message.objects.get()
    reminders.plan_ready(a_plan(service, 2, at=NOON), at=NOON)
    Message.objects.exclude(pk=older.pk).update(kind=kind, state=state)

    assert reminders.why_moot(older, at=NOON) == moot


@pytest.mark.usefixtures("no_digest")
def test_m04_what_comes_back_is_the_clocks_again_and_no_longer_somebodys():
    service = a_service()
    a_member(service)
    a_review(service, "2026-11-30 13:00")
    reminders.plan_due(NOON)
    Message.objects.update(state=Message.State.EXPIRED, trouble=Message.Reason.RESTING, by_hand=True)

    assert reminders.plan_due(NOON) == 1
    message = Message.objects.get()
    assert (message.state, message.by_hand) == (Message.State.PLANNED, False)
