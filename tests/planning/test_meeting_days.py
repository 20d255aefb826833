"""A meeting that is written up later, and one that is held before its day: who was there, and which day counts."""

from datetime import date

import pytest
import time_machine
from django.urls import reverse

from planning.models import Decision, Observation, Review
from tests.factories import make_practitioner
from tests.planning.meeting_page import DAY, NOW, TODAY, Meeting
from tests.planning.site import client_of, document
from tests.planning.test_form_pages import check_error_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting():
    return Meeting()


def held_last_week(meeting) -> date:
    meeting.review.starts_at = NOW - 7 * DAY
    meeting.review.save()
    return meeting.review.on


def test_b08_a_meeting_written_up_later_takes_who_was_there_then_and_its_own_day(meeting):
    day = held_last_week(meeting)
    left = make_practitioner(meeting.service, name="Ida Moe", leaves_on=day + 2 * DAY)
    gone_before = make_practitioner(meeting.service, name="Per Vik", leaves_on=day - DAY)

    opened = document(meeting.client.get(meeting.url))
    meeting.press("hinders:flag-no-vision")
    meeting.press("decide", decision_kind="continue")
    meeting.press("close", minutes="As it was.", attendees=[meeting.leader.pk, left.pk])

    offered = opened.xpath("//input[@name='attendees']/@value")
    assert str(left.pk) in offered
    assert str(gone_before.pk) not in offered
    owners = opened.xpath("//select[@name='else-owner']/option/@value")
    assert str(left.pk) not in owners  # what is agreed is done by those who are still there
    assert (Observation.objects.get().on, Decision.objects.get().decided_on) == (day, day)
    review = Review.objects.get(pk=meeting.review.pk)
    assert (review.state, review.on) == (Review.State.HELD, day)
    assert set(review.attendees.all()) == {meeting.leader, left}


def test_b08_a_tick_stays_whoever_left_since(meeting):
    meeting.press("draft", attendees=[meeting.leader.pk, meeting.practitioner.pk])
    meeting.practitioner.leaves_on = TODAY - DAY
    meeting.practitioner.save()

    meeting.press("draft", minutes="Later")

    assert set(meeting.review.attendees.all()) == {meeting.leader, meeting.practitioner}


def test_b08_an_observation_of_a_meeting_from_its_own_page_has_the_day_of_the_meeting(meeting):
    day = held_last_week(meeting)
    said = {"entry": "own-time", "effect": "hinders", "text": "We read at home"}

    meeting.client.post(reverse("review_observe", args=[meeting.service.key, meeting.review.pk]), said)

    assert Observation.objects.get().on == day


@pytest.mark.parametrize(
    ("language", "question", "message"),
    [
        (
            "en",
            "It was held today, not on 16 December 2026 as planned",
            "It is planned for 16 December 2026. Tick that it was held today, or save the draft.",
        ),
        (
            "nb",
            "Den ble holdt i dag, ikke 16. desember 2026 som planlagt",
            "Den er planlagt til 16. desember 2026. Kryss av for at den ble holdt i dag, eller lagre utkastet.",
        ),
    ],
)
def test_b08_f07_before_its_day_a_meeting_is_closed_only_when_somebody_says_so(meeting, language, question, message):
    meeting.review.starts_at = NOW + 21 * DAY
    meeting.review.save()
    client = client_of(meeting.leader, language=language)
    said = {"client": client, "minutes": "We met already.", "attendees": [meeting.leader.pk]}

    asked = meeting.press("close", **said)

    tree, lines = check_error_page(asked, language, form=asked.context["form"])
    assert lines == [message]
    box = tree.get_element_by_id("id_held_today")
    assert tree.xpath("//*[@class='summary']//a/@href") == ["#id_held_today"]
    assert tree.xpath("string(//label[@for='id_held_today'])") == question
    assert "checked" not in box.attrib
    assert Review.objects.get(pk=meeting.review.pk).state == Review.State.PLANNED
    meeting.press("hinders:flag-no-vision", client=client)  # it may be prepared
    assert Observation.objects.get().on == TODAY
    meeting.press("close", **said, held_today="on")
    review = Review.objects.get(pk=meeting.review.pk)
    assert (review.state, review.on) == (Review.State.HELD, TODAY)


def test_b08_on_its_day_nobody_is_asked_whether_a_meeting_was_held_today(meeting):
    meeting.review.starts_at = NOW + DAY / 4
    meeting.review.save()

    assert not document(meeting.client.get(meeting.url)).xpath("//*[@name='held_today']")
    meeting.press("close", minutes="Early in the day.", attendees=[meeting.leader.pk])

    assert Review.objects.get(pk=meeting.review.pk).state == Review.State.HELD


@pytest.mark.parametrize(("ahead", "main"), [(0, "Hold the review"), (21, "Put something on the agenda")])
def test_f10_holding_a_meeting_is_the_main_button_from_its_day_on(meeting, ahead, main):
    meeting.review.starts_at = NOW + ahead * DAY
    meeting.review.save()

    tree = document(meeting.client.get(meeting.url.removesuffix("hold/")))

    buttons = tree.xpath("//main//a[contains(@class, 'button')]")
    assert [one.text_content() for one in buttons if "button-second" not in one.get("class")] == [main]
    assert buttons[0].text_content() == main
    assert {one.text_content() for one in buttons} == {"Hold the review", "Put something on the agenda"}
