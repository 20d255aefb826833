"""Who is reminded to read a vision or what is expected: once of each version, and only while it is unread."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Role
from planning import expectations, mailing, opt_outs, reminders, visions
from planning.models import Message
from tests.factories import make_acknowledgement, make_expectation, make_pause, make_vision
from tests.planning.mail_samples import a_member, a_service, oslo

pytestmark = pytest.mark.django_db

AT = oslo("2026-11-24 09:00")
TODAY = AT.date()
DAY = timedelta(days=1)
K, S, R = Message.Kind, Message.State, Message.Reason


@pytest.fixture
def service():
    return a_service()


@pytest.fixture
def nora(service):
    return a_member(service, Role.PRACTITIONER, name="Nora Berg")


def periods(member=None) -> list[str]:
    rows = Message.objects.filter(kind=K.TO_READ)
    rows = rows.filter(recipient=member) if member else rows
    return list(rows.order_by("pk").values_list("period", flat=True))


@pytest.mark.parametrize(("days_ago", "reminded"), [(0, 0), (6, 0), (7, 1), (20, 1), (21, 0)])
def test_a_vision_reminds_from_seven_days_after_it_was_published_for_two_weeks(service, nora, days_ago, reminded):
    make_vision(service, published_on=TODAY - days_ago * DAY)

    assert reminders.plan_due(AT) == reminded


def test_only_practitioners_with_a_login_who_have_begun_and_not_stopped_are_reminded(service, nora):
    for role in (Role.LEADER, Role.STAND_IN, Role.ADVISER, Role.SPONSOR):
        a_member(service, role)
    a_member(service, Role.PRACTITIONER, login=False)
    a_member(service, Role.PRACTITIONER, stopped_on=TODAY)
    a_member(service, Role.PRACTITIONER, started_on=TODAY + DAY)
    a_member(service, Role.PRACTITIONER, leaves_on=TODAY - DAY)
    a_member(a_service("g"), Role.PRACTITIONER)
    make_expectation(service, published_on=TODAY - 7 * DAY)

    reminders.plan_due(AT)

    assert list(Message.objects.values_list("recipient", flat=True)) == [nora.pk]


def test_what_is_due_on_the_same_day_is_one_mail(service, nora):
    vision = make_vision(service, published_on=TODAY - 7 * DAY)
    expectation = make_expectation(service, published_on=TODAY - 8 * DAY)

    reminders.plan_due(AT)

    assert periods() == [f"read:vision:{vision.pk}:expectation:{expectation.pk}"]


def test_m01_a_version_reminds_once_however_often_and_together_with_whatever(service, nora):
    vision = make_vision(service, published_on=TODAY - 7 * DAY)
    expectation = make_expectation(service, published_on=TODAY - 5 * DAY)

    for day in range(14):
        for _time in range(2):
            reminders.plan_due(AT + day * DAY)

    assert periods() == [f"read:vision:{vision.pk}", f"read:expectation:{expectation.pk}"]


def test_a_new_version_is_another_reminder_and_an_old_one_none(service, nora):
    make_vision(service, published_on=TODAY - 9 * DAY)
    newer = make_vision(service, version=2, published_on=TODAY - 2 * DAY)

    reminders.plan_due(AT)
    assert periods() == []
    reminders.plan_due(AT + 5 * DAY)

    assert periods() == [f"read:vision:{newer.pk}"]


def test_who_has_read_it_is_not_reminded(service, nora):
    make_vision(service, published_on=TODAY - 7 * DAY)
    make_acknowledgement(make_expectation(service, published_on=TODAY - 7 * DAY), nora)
    visions.acknowledge(nora, on=TODAY)

    assert reminders.plan_due(AT) == 0


def test_a_draft_reminds_nobody(service, nora):
    leader = a_member(service)
    visions.keep_draft(service=service, text="Soon", horizon_on=TODAY + 400 * DAY, by=leader)
    expectations.keep_draft(service=service, text="Soon", by=leader)

    assert reminders.plan_due(AT + 7 * DAY) == 0


def test_while_the_practice_rests_nobody_is_reminded(service, nora):
    make_vision(service, published_on=TODAY - 7 * DAY)
    make_pause(service, paused_on=TODAY - DAY)

    assert reminders.plan_due(AT) == 0


def test_who_reads_one_of_two_before_the_mail_goes_is_asked_for_the_other(service, nora, mailoutbox):
    make_vision(service, published_on=TODAY - 7 * DAY)
    make_expectation(service, published_on=TODAY - 7 * DAY)
    reminders.plan_due(AT)
    visions.acknowledge(nora, on=TODAY)

    assert mailing.send(Message.objects.get().pk, at=AT) == S.HANDED_OVER

    (mail,) = mailoutbox
    assert mail.subject == "To read: what is expected"
    assert "/services/f/plan/expectations/read/" in mail.body


def test_who_has_read_all_before_the_mail_goes_gets_none(service, nora, mailoutbox):
    make_vision(service, published_on=TODAY - 7 * DAY)
    reminders.plan_due(AT)
    visions.acknowledge(nora, on=TODAY)

    assert mailing.send(Message.objects.get().pk, at=AT) == S.EXPIRED

    assert Message.objects.get().trouble == R.NOTHING_TO_READ
    assert not mailoutbox
    assert reminders.plan_due(AT + DAY) == 0


@pytest.mark.parametrize("language", ["en", "nb"])
def test_m05_m14_the_mail_is_short_has_one_link_and_none_of_the_text(service, language, mailoutbox):
    nora = a_member(service, Role.PRACTITIONER, name="Nora Berg", language=language)
    make_vision(service, published_on=TODAY - 7 * DAY, text="SECRET words of the vision")
    make_expectation(service, published_on=TODAY - 7 * DAY, text="SECRET words of what is expected")
    reminders.plan_due(AT)

    mailing.send(Message.objects.get(recipient=nora).pk, at=AT)

    (mail,) = mailoutbox
    assert len(mail.subject) <= 60
    assert "SECRET" not in mail.message().as_string()
    assert "Nora" not in mail.subject
    assert mail.attachments == []
    assert mail.body.count("/services/f/") == 1
    assert "/services/f/plan/" in mail.body


def test_m08_one_click_stops_this_kind_and_no_other(service, nora):
    make_vision(service, published_on=TODAY - 7 * DAY)
    client = Client(enforce_csrf_checks=True)
    path = f"/mail/stop/{opt_outs.token(nora, kind=K.TO_READ)}/"
    assert "Reminders of something to read" in client.get(path).content.decode()

    client.post(path, {"List-Unsubscribe": "One-Click"})

    assert reminders.plan_due(AT) == 0
    assert not reminders.opted_out(nora, kind=K.REVIEW_SOON)


def test_who_wants_reminders_again_gets_the_one_that_was_given_up(service, nora):
    make_vision(service, published_on=TODAY - 7 * DAY)
    reminders.plan_due(AT)
    opt_outs.stop(nora, kind=K.TO_READ)
    assert mailing.send(Message.objects.get().pk, at=AT) == S.EXPIRED
    opt_outs.start_again(nora, kind=K.TO_READ)

    assert reminders.plan_due(AT + DAY) == 1

    assert Message.objects.get().state == S.PLANNED


@pytest.mark.usefixtures("no_digest")
def test_planning_asks_the_database_as_often_for_many_services_as_for_one(django_assert_max_num_queries, service, nora):
    make_vision(service, published_on=TODAY - 7 * DAY)
    for number in range(5):
        other = a_service(f"s{number}")
        a_member(other, Role.PRACTITIONER)
        make_vision(other, published_on=TODAY - 7 * DAY)

    with django_assert_max_num_queries(17):
        reminders.plan_due(AT)

    assert len(periods()) == 6
