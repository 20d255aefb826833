"""The page of a personal link, for somebody without a login on a phone."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from assessments import waves
from assessments.instruments import ILS, PRESS
from assessments.models import WaveAnswer, WaveInvitation
from assessments.views.wave_answers import DRAFT
from tests.assessments.test_waves import enter
from tests.factories import make_answers, make_closed_wave, make_leader, make_service, make_wave
from tests.planning.site import client_of, document, main_text, oslo, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ALL = {f"ils_{item}": "3" for item in ILS.items} | {f"press_{item}": "2" for item in PRESS.items}


@pytest.fixture
def wave():
    return make_wave(make_leader(make_service("f")).service)


@pytest.fixture
def invitation(wave):
    return wave.invitations.order_by("pk").first()


def link(invitation) -> str:
    return f"/answer/{waves.token(invitation)}/"


def test_the_form_says_who_asks_how_many_what_becomes_of_it_and_the_minimum(client, invitation):
    text = main_text(client.get(link(invitation)))

    for words in (
        "how Kari Nes leads IMR in Service f",
        "6 people of the team are asked, until 9 December 2026",
        "You are asked by Kari Nes.",
        "nothing if fewer than 5 answer. That number is fixed.",
        "without your name, your address or a time",
        "In a small team this is not anonymous",
        "the single answers are deleted",
        "Moullin and others 2021",
        *(one.licence.en for one in (ILS, PRESS)),
    ):
        assert words in text
    assert text.lower().count("anonym") == 1


def test_f15_the_questions_are_those_of_every_form_without_the_note_for_whoever_has_the_official_one(
    client, invitation
):
    tree = document(client.get(link(invitation)))
    text = tree.text_content()

    assert PRESS.described[0].confidence.needs_checking
    assert "Check against the official form." not in text
    assert ILS.described[0].about.en in text
    group = tree.xpath("//fieldset[.//input[@name='ils_plan']]")[0]
    steps = [" ".join(one.text_content().split()) for one in group.xpath(".//label")]
    assert steps == [
        *(f"{step}: {ILS.labels[step].en}" if step in ILS.labels else str(step) for step in range(5)),
        "Skip this one",
    ]


def test_it_is_one_quiet_page_of_fifteen_questions(client, invitation):
    response = client.get(link(invitation))
    tree = document(response)

    assert len(tree.xpath("//fieldset")) == 15
    assert not tree.xpath("//nav")
    assert not tree.xpath("//input[@checked]")
    assert tree.xpath("//meta[@name='robots']/@content") == ["noindex, nofollow"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert [button.text_content() for button in tree.xpath("//form//button")] == [
        "Send my answers",
        "Save and go on later",
    ]


def test_m09_opening_it_changes_nothing_and_sets_no_cookie(client, invitation):
    before = list(WaveInvitation.objects.values_list())
    for method in ("head", "get", "get"):
        assert getattr(client, method)(link(invitation)).status_code == 200

    assert list(WaveInvitation.objects.values_list()) == before
    assert not client.cookies
    assert not Session.objects.exists()


def test_whoever_is_signed_in_besides_is_nobody_here(wave, invitation):
    response = client_of(wave.leader).get(link(invitation))

    assert "Sign out" not in page(response)
    assert "session.js" not in page(response)


def test_sending_keeps_the_answers_and_says_thank_you(client, invitation):
    response = client.post(link(invitation), ALL, follow=True)

    (answer,) = WaveAnswer.objects.all()
    assert answer.leadership == dict.fromkeys(ILS.items, 3)
    assert answer.sustainment == dict.fromkeys(PRESS.items, 2)
    assert "Thank you: your answers have come in" in main_text(response)
    assert "3" not in main_text(response)


def test_f06_sent_twice_it_is_kept_once_with_the_same_page(client, invitation):
    first = client.post(link(invitation), ALL, follow=True)
    second = Client().post(link(invitation), ALL | {"ils_plan": "0"}, follow=True)

    assert main_text(first) == main_text(second)
    assert WaveAnswer.objects.get().leadership["plan"] == 3


def test_items_may_be_left_out_but_not_all(client, invitation):
    response = client.post(link(invitation), {"ils_plan": "none"})
    assert "Answer at least one question" in main_text(response)
    assert page(response).count("Error:") >= 1
    assert not WaveAnswer.objects.exists()

    client.post(link(invitation), {"ils_plan": "4", "ils_knows": "none"})

    assert WaveAnswer.objects.get().leadership == {"plan": 4}


@pytest.mark.parametrize("junk", ["5", "-1", "x", "3.5"])
def test_f09_what_is_no_step_of_the_scale_is_refused_and_the_rest_is_kept(client, invitation, junk):
    response = client.post(link(invitation), ALL | {"ils_plan": junk})

    assert "Choose one of the answers shown" in main_text(response)
    assert len(document(response).xpath("//input[@checked]")) == 14
    assert not WaveAnswer.objects.exists()


# Later


def test_what_was_kept_for_later_is_in_this_browser_alone(client, invitation):
    response = client.post(link(invitation), {"ils_plan": "4", "press_routine": "1", "later": "1"})
    cookie = response.cookies[DRAFT]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (link(invitation), True, "Lax")
    assert not WaveAnswer.objects.exists()
    assert not WaveInvitation.objects.filter(answered=True).exists()
    tree = document(client.get(link(invitation)))
    assert tree.xpath("//input[@checked]/@name") == ["ils_plan", "press_routine"]
    assert not document(Client().get(link(invitation))).xpath("//input[@checked]")


def test_a_draft_of_somebody_else_or_one_that_was_spoilt_is_no_draft(client, wave, invitation):
    kept = client.post(link(invitation), {"ils_plan": "4", "later": "1"}).cookies[DRAFT].value
    other = wave.invitations.order_by("pk")[1]
    for address, value in ((link(other), kept), (link(invitation), kept[:-2]), (link(invitation), "x")):
        browser = Client()
        browser.cookies[DRAFT] = value
        response = browser.get(address)
        assert response.status_code == 200
        assert not document(response).xpath("//input[@checked]")


def test_sending_throws_the_draft_away(client, invitation):
    client.post(link(invitation), {"ils_plan": "4", "later": "1"})

    response = client.post(link(invitation), ALL)

    assert response.cookies[DRAFT].value == ""
    assert response.cookies[DRAFT]["path"] == link(invitation)


# Languages


def test_a06_switching_the_language_keeps_what_was_chosen(client, invitation):
    response = client.post(link(invitation), {"ils_plan": "4", "switch_language": "nb"})

    tree = document(response)
    assert tree.xpath("//html/@lang") == ["nb"]
    assert tree.xpath("//input[@checked]/@name") == ["ils_plan"]
    assert "Send svarene mine" in main_text(response)
    assert tree.xpath("//form[@id='page-form']/@action") == [f"{link(invitation)}?language=nb"]
    assert not WaveAnswer.objects.exists()


def test_the_exact_words_are_shown_and_no_language_that_has_none(client):
    service = make_leader(make_service("f")).service
    enter(service, ILS, "nb")
    wave = make_wave(service, language="nb")

    response = client.get(f"{link(wave.invitations.first())}?language=en")

    assert "EXACT plan nb" in main_text(response)
    assert document(response).xpath("//html/@lang") == ["nb"]
    assert not document(response).xpath("//button[@name='switch_language']")


# What the link shows at other times


def test_a_link_that_we_did_not_make_is_nothing(client, invitation):
    for token in ("x", waves.token(invitation)[:-1], "1:abc"):
        assert client.get(f"/answer/{token}/").status_code == 404
        assert client.post(f"/answer/{token}/", ALL).status_code == 404


def test_one_that_was_taken_back_says_so_and_takes_nothing(client, wave, invitation):
    waves.take_back(invitation, by=wave.leader, on=date(2026, 11, 25))

    response = client.post(link(invitation), ALL, follow=True)

    assert "This invitation was taken back" in main_text(response)
    assert not WaveAnswer.objects.exists()


def test_after_the_last_day_it_takes_nothing_although_nobody_closed_it_yet(client, clock, invitation):
    clock.move_to(oslo("2026-12-10T00:00"))

    response = client.post(link(invitation), ALL, follow=True)

    assert "The last day to answer is over" in main_text(response)
    assert not WaveAnswer.objects.exists()


@pytest.mark.parametrize("who", ["answered", "not answered", "taken back after answering"])
def test_after_closing_everybody_who_was_asked_is_shown_the_result(client, wave, who):
    make_answers(wave, *[{"supportive": 3}] * 5)
    invitation = wave.invitations.filter(answered=who != "not answered").order_by("pk").first()
    if who.startswith("taken"):
        waves.take_back(invitation, by=wave.leader, on=date(2026, 11, 25))
    waves.close(wave, at=timezone.now())

    text = main_text(client.get(link(invitation)))

    assert ("Thank you for answering." in text) is (who != "not answered")
    assert "the team sees most of “Supportive” (3.00 of 4)" in text
    assert "it does not show what anybody answered" in text
    assert "Kari Nes has not replied yet." in text


def test_below_the_minimum_it_shows_nothing_to_anybody(client):
    wave = make_closed_wave(make_service("f"), 2, 2, 2, people=9)

    text = main_text(client.get(link(wave.invitations.first())))

    assert "Fewer than 5 answered, so nothing is shown to anybody." in text
    assert "3" not in text
