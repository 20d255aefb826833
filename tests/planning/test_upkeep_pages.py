"""Pages of changes to the programme, supervision, preparation; what reviews say of outcomes; the plan's links."""

import uuid
from datetime import date, timedelta

import pytest

from accounts.forms import SUBMISSION
from accounts.models import AuditEvent
from planning import empty_lists
from planning.models import Adaptation, ConfirmedEmpty, ReadinessCheck, Supervision
from planning.readiness import latest
from tests.factories import (
    at_noon,
    make_acceptance,
    make_adaptation,
    make_adviser,
    make_leader,
    make_observation,
    make_practitioner,
    make_readiness_check,
    make_review,
    make_service,
    make_supervision,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return make_leader(service)


@pytest.fixture
def practitioner(service):
    return make_practitioner(service)


def sent(**data) -> dict:
    return {name: str(value) for name, value in data.items()} | {SUBMISSION: str(uuid.uuid4())}


def seen(member, address) -> str:
    return main_text(client_of(member).get(f"/services/f/{address}"))


def codes() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("code", flat=True))


# Changes to the programme


def test_a_change_says_what_it_lacks_to_be_a_considered_one(service, leader):
    make_adaptation(service, what="No home assignments", reason="They were not done")

    shown = seen(leader, "record/adaptations/")

    assert "No home assignments since 26 September 2026" in shown
    assert "lacks what speaks for it, a decision and a date to look at it again" in shown


def test_a_considered_change_says_when_it_is_looked_at_again_and_an_ended_one_lacks_nothing(service, leader):
    make_adaptation(
        service, reason="r", evidence="e", decided_on=TODAY - DAY, look_again_on=date(2027, 5, 20), what="Considered"
    )
    make_adaptation(service, what="Ended", in_use_until=TODAY - DAY)

    shown = seen(leader, "record/adaptations/")

    assert "to be looked at again on 20 May 2027" in shown
    assert "until 24 November 2026" in shown
    assert "lacks" not in shown


def test_a_change_is_recorded_put_right_and_taken_out(service, leader):
    client = client_of(leader)
    address = "/services/f/record/adaptations/"

    client.post(f"{address}new/", sent(what="No home assignments", in_use_from=TODAY))
    adaptation = Adaptation.objects.get()
    client.post(f"{address}{adaptation.pk}/", sent(what="No home assignments", in_use_from=TODAY, reason="Not done"))
    adaptation.refresh_from_db()
    assert adaptation.reason == "Not done"
    client.post(f"{address}{adaptation.pk}/remove/", sent())

    assert not Adaptation.objects.exists()
    assert codes() == ["record.added", "record.changed", "record.removed"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"decided_on": TODAY + DAY}, "it has to have been decided"),
        ({"decided_on": TODAY}, None),
        ({"in_use_until": TODAY - DAY}, "Give a day on or after the first one, or leave this empty."),
        ({"in_use_until": TODAY}, None),
    ],
)
def test_f09_what_a_change_may_be(service, leader, changes, message):
    response = client_of(leader).post(
        "/services/f/record/adaptations/new/", sent(what="No home assignments", in_use_from=TODAY, **changes)
    )

    assert (response.status_code == 302) == (message is None)
    assert message is None or message in main_text(response)


def test_that_the_programme_is_used_as_it_is_can_be_said(service, leader):
    assert "We use the programme as it is" in seen(leader, "record/adaptations/")

    client_of(leader).post("/services/f/record/nothing/adaptations/", sent())

    assert empty_lists.since(service, ConfirmedEmpty.List.ADAPTATIONS, on=TODAY) == TODAY


# Supervision


@pytest.mark.parametrize("make", [make_leader, make_practitioner])
def test_f01_supervision_of_today_is_recorded_by_one_tap(service, make):
    client = client_of(make(service, name="Somebody"))
    opened = document(client.get("/services/f/record/supervision/"))
    form = opened.get_element_by_id("page-form")
    assert form.xpath("string(.//button)") == "Supervision took place today"
    assert {one.get("type") for one in form.xpath(".//input")} == {"hidden"}
    data = {one.get("name"): one.get("value") for one in form.xpath(".//input")}

    first = client.post(form.get("action"), data, follow=True)
    again = client.post(form.get("action"), data)

    assert [one.held_on for one in Supervision.objects.all()] == [TODAY]
    assert again.status_code == 302
    assert "Today's supervision is recorded." in main_text(first)
    assert "25 November 2026" in main_text(first)
    assert document(first).xpath("//form[@id='page-form']") == []
    assert codes() == ["record.added"]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (TODAY + DAY, "it has to have taken place"),
        (TODAY - 7 * DAY, "Supervision on that day is recorded already."),
        (TODAY - 8 * DAY, None),
    ],
)
def test_f09_a_day_of_supervision_is_past_and_recorded_once(service, practitioner, day, message):
    make_supervision(service, held_on=TODAY - 7 * DAY)
    make_supervision(held_on=TODAY - 8 * DAY)  # of another service

    response = client_of(practitioner).post("/services/f/record/supervision/new/", sent(held_on=day))

    assert (response.status_code == 302) == (message is None)
    assert message is None or message in main_text(response)


def test_whoever_may_only_log_supervision_is_not_led_to_changing_it(service, leader, practitioner):
    supervision = make_supervision(service)
    change = f"/services/f/record/supervision/{supervision.pk}/"

    def links(member) -> list[str]:
        return document(client_of(member).get("/services/f/record/supervision/")).xpath("//main//a/@href")

    assert change in links(leader)
    assert change not in links(practitioner)
    assert "/services/f/record/supervision/new/" in links(practitioner)
    adviser = make_adviser(service)
    assert "/services/f/record/supervision/new/" not in links(adviser)
    assert "Supervision took place today" not in seen(adviser, "record/supervision/")


def test_f13_a_practitioner_reads_who_will_see_the_day(service, leader, practitioner):
    assert f"Seen by {leader.name}." in seen(practitioner, "record/supervision/")
    assert f"Seen by {leader.name}." in seen(practitioner, "record/supervision/new/")


# Preparation


def test_the_three_questions_show_their_latest_answer(service, leader):
    make_readiness_check(service, item="eligible", done=False, on=TODAY - 30 * DAY)
    make_readiness_check(service, item="eligible", done=True, on=TODAY - DAY)
    make_readiness_check(service, item="capacity", done=False, on=TODAY - 3 * DAY)
    make_readiness_check(service, item="capacity", done=True, on=TODAY + DAY)

    shown = seen(leader, "record/preparation/")

    assert "and how many? Yes as of Tue 24 Nov" in shown
    assert "weekly for a year? No as of Sun 22 Nov" in shown
    assert "what IMR asks of them? Not known" in shown


def test_only_what_was_answered_is_written(service, leader):
    client = client_of(leader)

    client.post("/services/f/record/preparation/new/", sent(eligible="True", briefing="none", on=TODAY - DAY))
    client.post("/services/f/record/preparation/new/", sent(eligible="False", capacity="True", on=TODAY - DAY))

    rows = ReadinessCheck.objects.order_by("item").values_list("item", "done", "on")
    assert list(rows) == [("capacity", True, TODAY - DAY), ("eligible", False, TODAY - DAY)]
    assert codes() == ["record.added", "record.changed", "record.added"]
    assert [row.done if row else None for _item, row in latest(service, on=TODAY)] == [False, True, None]
    assert [row for _item, row in latest(service, on=TODAY - 2 * DAY)] == [None, None, None]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"on": TODAY}, "Answer at least one of the questions with yes or no."),
        ({"on": TODAY, "eligible": "none"}, "Answer at least one of the questions with yes or no."),
        ({"on": TODAY + DAY, "eligible": "True"}, "Give today or an earlier day."),
        ({"on": TODAY, "eligible": "True"}, None),
    ],
)
def test_f09_preparation_takes_one_answer_of_today_or_before(service, leader, data, message):
    response = client_of(leader).post("/services/f/record/preparation/new/", sent(**data))

    assert (response.status_code == 302) == (message is None)
    assert message is None or message in main_text(response)


# Reviews and the plan


@pytest.mark.parametrize("looked", [True, False])
def test_closing_a_review_says_whether_outcomes_were_looked_at(service, leader, looked):
    review = make_review(service, starts_at=at_noon(TODAY))
    data = {"do": "close", "attendees": leader.pk, "minutes": "We agreed."} | (
        {"looked_at_outcomes": "on"} if looked else {}
    )

    closed = client_of(leader).post(f"/services/f/reviews/{review.pk}/hold/", sent(**data), follow=True)

    review.refresh_from_db()
    assert review.looked_at_outcomes == looked
    assert ("We looked at patient outcomes" in main_text(closed)) == looked


def test_b08_the_agenda_shows_what_is_accepted_for_a_time(leader):
    service = leader.service
    service.joined_on = TODAY
    service.save()
    make_observation(service, entry="programme-burden")
    make_acceptance(service, entry="programme-burden", by=leader)
    review = make_review(service)

    shown = seen(leader, f"reviews/{review.pk}/")

    assert "Accepted for a time" in shown
    assert "Two of us are on leave until the new year." in shown


def test_the_plan_leads_to_decisions_and_changes_to_the_programme(service, leader, practitioner):
    for member in (leader, practitioner, make_adviser(service)):
        links = document(client_of(member).get("/services/f/plan/")).xpath("//main//a/@href")
        assert {"/services/f/record/decisions/", "/services/f/record/adaptations/"} <= set(links)
