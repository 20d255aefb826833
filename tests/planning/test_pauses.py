"""A practice that rests: its pages say so, nothing is sent, and its leaders are reminded of the planned restart."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.forms import SUBMISSION
from accounts.models import AuditEvent, Role
from planning import mailing, outbox, pauses, reminders
from planning.models import Message, Pause
from tests.factories import make_decision, make_leader, make_pause, make_practitioner, make_service
from tests.planning.mail_samples import a_member, a_plan, a_review, a_service, oslo
from tests.planning.site import client_of, document, full_site, main_text, service_addresses

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
MORNING = oslo("2026-11-25 08:00")
LIST = "/services/f/record/pauses/"


def sent(**data) -> dict:
    return {name: str(value) for name, value in data.items()} | {SUBMISSION: str(uuid.uuid4())}


@pytest.fixture
def leader(clock):
    return make_leader(make_service("f"))


# Which services rest


@pytest.mark.parametrize(
    ("pause", "rests"),
    [
        ({"paused_on": TODAY}, True),
        ({"paused_on": TODAY + DAY}, False),
        ({"paused_on": TODAY - DAY, "restarted_on": TODAY}, False),
        ({"paused_on": TODAY - DAY, "restarted_on": TODAY + DAY}, True),
        ({"paused_on": TODAY - DAY, "restart_planned_on": TODAY}, True),
    ],
)
def test_a_practice_rests_from_the_first_day_of_a_pause_until_the_day_before_the_restart(pause, rests):
    service, other = make_service(), make_service()
    make_pause(service, **pause)

    assert pauses.resting([service.pk, other.pk], on=TODAY) == ({service.pk} if rests else set())
    assert bool(pauses.running(service, on=TODAY)) == rests
    assert pauses.stopped([service.pk], on=TODAY) == set()


@pytest.mark.parametrize("later", ["continue", "expand", "adapt"])
def test_a_decision_to_stop_holds_until_a_later_one_to_go_on(later):
    service = make_service()
    make_decision(service, kind="continue", decided_on=TODAY - 30 * DAY)
    make_decision(service, kind="stop", decided_on=TODAY - 20 * DAY)
    assert pauses.stopped([service.pk], on=TODAY) == pauses.resting([service.pk], on=TODAY) == {service.pk}
    assert pauses.stopped([service.pk], on=TODAY - 21 * DAY) == set()

    make_decision(service, kind=later, decided_on=TODAY)

    assert pauses.resting([service.pk], on=TODAY) == set()
    assert pauses.resting([service.pk], on=TODAY - DAY) == {service.pk}


def test_a_restart_ends_what_was_decided_before_it():
    service = make_service()
    make_decision(service, kind="stop", decided_on=TODAY - 20 * DAY)
    make_pause(service, paused_on=TODAY - 15 * DAY, restarted_on=TODAY - DAY)

    assert pauses.resting([service.pk], on=TODAY) == set()
    assert pauses.stopped([service.pk], on=TODAY - 2 * DAY) == {service.pk}


def test_it_takes_two_queries_for_any_number_of_services(django_assert_num_queries):
    services = [make_pause().service_id for _one in range(5)]

    with django_assert_num_queries(2):
        assert pauses.resting(services, on=timezone.localdate()) == set(services)


# Every page says so


@pytest.mark.once
@pytest.mark.parametrize(("language", "words"), [("en", "Paused since"), ("nb", "Pause siden")])
def test_every_page_of_a_paused_service_says_so_once_and_at_the_top(clock, language, words):
    site = full_site("f")
    make_pause(site.service, paused_on=TODAY - 10 * DAY)
    looked_at = 0

    for role in ("leader", "practitioner", "adviser", "sponsor"):
        client = client_of(site.people[role], language=language)
        for address in service_addresses():
            response = client.get(site.url(address.name))
            if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
                continue
            (main,) = document(response).xpath("//main")
            assert main_text(response).count(words) == 1, (role, address.name)
            assert words in main[0].text_content(), (role, address.name)
            looked_at += 1

    assert looked_at > 50


def test_a_service_that_is_not_paused_says_nothing(leader):
    make_pause(leader.service, paused_on=TODAY - 10 * DAY, restarted_on=TODAY)
    make_pause(paused_on=TODAY - 10 * DAY)  # another service

    assert "Paused since" not in main_text(client_of(leader).get("/services/f/"))


def test_only_those_who_may_end_a_pause_are_led_to_its_end(leader):
    make_pause(leader.service, paused_on=TODAY - 10 * DAY)
    practitioner = make_practitioner(leader.service)

    assert document(client_of(leader).get("/services/f/")).xpath("//main/div[1]//a/@href") == [LIST]
    assert document(client_of(practitioner).get("/services/f/")).xpath("//main/div[1]//a") == []


def test_knowing_of_a_pause_costs_a_page_no_query(leader):
    counted = []
    client = client_of(leader)
    for pause in (False, True):
        if pause:
            make_pause(leader.service)
        with CaptureQueriesContext(connection) as queries:
            client.get("/services/f/actions/")
        counted.append(len(queries))

    assert counted[0] == counted[1]


# Pausing and starting again


def test_a_leader_pauses_and_starts_again(leader):
    client = client_of(leader)

    paused = client.post(f"{LIST}new/", sent(paused_on=TODAY, restart_planned_on="2027-01-11"), follow=True)
    pause = Pause.objects.get()
    assert "IMR is paused from 25 November 2026." in main_text(paused)
    assert "to start again on 11 January 2027" in main_text(paused)
    (way,) = document(paused).xpath("//main//a[text()='Start IMR again']/@href")
    assert document(paused).xpath("//main//a[text()='Pause IMR']") == []

    too_early = client.post(way, sent(restarted_on=TODAY))
    ahead = client.post(way, sent(restarted_on=TODAY + DAY))
    assert "Give a day after the first day of the pause." in main_text(too_early)
    assert "Give today or an earlier day" in main_text(ahead)
    pause.paused_on = TODAY - 40 * DAY
    pause.save()
    again = client.post(way, sent(restarted_on=TODAY), follow=True)

    pause.refresh_from_db()
    assert pause.restarted_on == TODAY
    assert "IMR goes on from 25 November 2026." in main_text(again)
    assert "Paused since" not in main_text(again)
    assert list(AuditEvent.objects.order_by("pk").values_list("code", flat=True)) == ["record.added", "record.changed"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"paused_on": TODAY, "restart_planned_on": TODAY}, "Give a day after the first day of the pause."),
        ({"paused_on": TODAY, "restart_planned_on": TODAY + DAY}, None),
        ({"paused_on": "2027-11-26"}, "Give a day at most twelve months ahead."),
        ({"paused_on": "2027-11-25"}, None),
        ({"paused_on": TODAY - 50 * DAY}, "There is another pause in these days."),
        ({"paused_on": TODAY - 41 * DAY}, "There is another pause in these days."),
        ({"paused_on": TODAY - 40 * DAY}, None),
    ],
)
def test_what_a_pause_may_be(leader, data, message):
    make_pause(leader.service, paused_on=TODAY - 60 * DAY, restarted_on=TODAY - 40 * DAY)

    response = client_of(leader).post(f"{LIST}new/", sent(**data))

    assert response.status_code == (200 if message else 302)
    assert message is None or message in main_text(response)
    assert Pause.objects.count() == (1 if message else 2)


def test_a_pause_can_be_put_right_but_not_laid_over_another(leader):
    make_pause(leader.service, paused_on=TODAY - 60 * DAY, restarted_on=TODAY - 40 * DAY)
    pause = make_pause(leader.service, paused_on=TODAY - 20 * DAY, restarted_on=TODAY - 10 * DAY)
    client, address = client_of(leader), f"{LIST}{pause.pk}/"

    over = client.post(address, sent(paused_on=TODAY - 41 * DAY, restarted_on=TODAY - 10 * DAY))
    ended_first = client.post(address, sent(paused_on=TODAY - 20 * DAY, restarted_on=TODAY - 20 * DAY))
    ahead = client.post(address, sent(paused_on=TODAY - 20 * DAY, restarted_on=TODAY + DAY))
    right = client.post(address, sent(paused_on=TODAY - 40 * DAY, restarted_on=TODAY))

    assert [response.status_code for response in (over, ended_first, ahead, right)] == [200, 200, 200, 302]
    pause.refresh_from_db()
    assert (pause.paused_on, pause.restarted_on) == (TODAY - 40 * DAY, TODAY)


# Silence


@pytest.fixture
def team():
    """A service with a leader, a stand-in and a practitioner who get mail, and a review in six days."""
    service = a_service()
    for role in (Role.LEADER, Role.STAND_IN, Role.PRACTITIONER):
        a_member(service, role, name=role.value)
    a_review(service, "2026-12-01 13:00")
    return service


RESTS = [(make_pause, {"paused_on": TODAY}), (make_decision, {"kind": "stop", "decided_on": TODAY})]


@pytest.mark.parametrize(("make", "values"), RESTS, ids=["paused", "stopped"])
def test_a_service_that_rests_hears_nothing(team, make, values):
    make(team, **values)

    assert reminders.plan_due(MORNING) == 0
    assert reminders.plan_ready(a_plan(team), at=MORNING) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize(("make", "values"), RESTS, ids=["paused", "stopped"])
def test_what_was_planned_before_the_rest_is_not_sent_in_it(team, make, values):
    reminders.plan_due(MORNING)
    reminders.plan_ready(a_plan(team), at=MORNING)
    make(team, **values)

    reasons = {reminders.why_moot(message, at=MORNING) for message in Message.objects.all()}

    assert reasons == {Message.Reason.RESTING}
    message = Message.objects.first()
    assert mailing.send(message.pk, at=MORNING) == Message.State.EXPIRED
    message.refresh_from_db()
    assert message.why == "IMR was paused or stopped, so nothing was sent."


def test_after_the_restart_what_was_given_up_comes_back(team):
    reminders.plan_due(MORNING)
    pause = make_pause(team, paused_on=TODAY)
    for message in Message.objects.all():
        mailing.send(message.pk, at=MORNING)
    assert set(Message.objects.values_list("state", flat=True)) == {"expired"}
    pause.restarted_on = TODAY + DAY
    pause.save()

    assert reminders.plan_due(MORNING + DAY) == 3
    assert set(Message.objects.values_list("state", flat=True)) == {"planned"}


# The reminder of the restart


def names() -> set[str]:
    return set(Message.objects.values_list("recipient__name", flat=True))


@pytest.mark.parametrize(
    ("planned_on", "at", "new"),
    [
        (TODAY, "2026-11-24 23:59", 0),
        (TODAY, "2026-11-25 00:00", 2),
        (TODAY, "2026-12-01 23:59", 2),
        (TODAY, "2026-12-02 00:00", 0),
        (None, "2026-11-25 08:00", 0),
    ],
)
def test_leaders_are_reminded_on_the_day_of_the_planned_restart_and_nobody_else(team, planned_on, at, new):
    team.reviews.all().delete()
    make_pause(team, paused_on=TODAY - 60 * DAY, restart_planned_on=planned_on)

    assert reminders.plan_due(oslo(at)) == new
    assert names() == ({"leader", "stand_in"} if new else set())
    assert set(Message.objects.values_list("kind", flat=True)) <= {"restart_due"}


def test_m01_the_restart_is_reminded_of_once(team):
    pause = make_pause(team, paused_on=TODAY - 60 * DAY, restart_planned_on=TODAY)

    planned = [reminders.plan_due(MORNING + number * DAY) for number in range(4)]

    assert planned == [2, 0, 0, 0]
    message = Message.objects.first()
    assert message.period == f"restart:{pause.pk}:2026-11-25"
    assert message.not_before == MORNING
    assert message.expires_at == oslo("2026-12-02 00:00")
    assert reminders.why_moot(message, at=MORNING) == ""
    assert outbox.about(message) == "Planned restart on Wednesday 25 November 2026"


def test_a_pause_that_was_given_another_end_or_is_over_reminds_of_nothing(team):
    pause = make_pause(team, paused_on=TODAY - 60 * DAY, restart_planned_on=TODAY)
    reminders.plan_due(MORNING)
    message = Message.objects.first()

    pause.restart_planned_on = TODAY + 3 * DAY
    pause.save()
    assert reminders.why_moot(message, at=MORNING) == Message.Reason.PAUSE_CHANGED
    assert reminders.plan_due(MORNING) == 0
    assert reminders.plan_due(MORNING + 3 * DAY) == 2

    pause.restarted_on = TODAY + 3 * DAY
    pause.save()
    assert reminders.why_moot(Message.objects.last(), at=MORNING + 3 * DAY) == Message.Reason.PAUSE_CHANGED


def test_a_practice_that_was_stopped_meanwhile_is_not_to_start_again(team):
    make_pause(team, paused_on=TODAY - 60 * DAY, restart_planned_on=TODAY)
    reminders.plan_due(MORNING)
    make_decision(team, kind="stop", decided_on=TODAY)

    assert reminders.why_moot(Message.objects.first(), at=MORNING) == Message.Reason.RESTING
    Message.objects.all().delete()
    assert reminders.plan_due(MORNING) == 0
