"""What a visit recommends, and how it becomes an action."""

from datetime import date

import pytest

from accounts.models import AuditEvent
from assessments.models import Recommendation
from planning.models import Action, ConfirmedEmpty
from tests.factories import (
    make_action,
    make_adviser,
    make_confirmed_empty,
    make_leader,
    make_practitioner,
    make_rating,
    make_recommendation,
    make_service,
    make_stranger,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def rating(service):
    return make_rating(service, rated_on=date(2026, 11, 20))


def links(response, words: str) -> list[str]:
    """Where the links with these words lead."""
    return [link.get("href") for link in document(response).xpath("//main//a") if link.text_content().startswith(words)]


def test_f04_an_adviser_records_what_the_visit_recommends(service, rating):
    adviser = client_of(make_adviser(service))

    response = adviser.post(
        f"/services/f/fidelity/{rating.pk}/recommend/", {"text": "Meet every second week"}, follow=True
    )

    assert Recommendation.objects.get().rating == rating
    assert "Meet every second week Not taken up yet" in main_text(response)
    assert take_ups(response) == []
    event = AuditEvent.objects.get()
    assert (event.code, event.object_kind, event.service_key) == ("record.added", "recommendation", "f")


def test_f04_a_recommendation_about_an_item_is_shown_with_it_and_can_be_about_another(service, rating):
    client = client_of(make_adviser(service))
    client.post(f"/services/f/fidelity/{rating.pk}/recommend/", {"about": "imr_fidelity:cbt", "text": "Role play"})
    advice = Recommendation.objects.get()
    assert advice.about == "imr_fidelity:cbt"
    assert "10 Cognitive-behavioral techniquesRole play" in main_text(client.get(f"/services/f/fidelity/{rating.pk}/"))

    form = document(client.get(f"/services/f/fidelity/recommendations/{advice.pk}/"))
    assert form.xpath("//select[@name='about']//option[@selected]/@value") == ["imr_fidelity:cbt"]
    for about in ("goi:supervision", ""):
        client.post(
            f"/services/f/fidelity/recommendations/{advice.pk}/", {"about": about, "text": "Train the supervisor"}
        )
        advice.refresh_from_db()
        assert (advice.about, advice.text) == (about, "Train the supervisor")


def take_ups(response) -> list:
    """The forms of one button that take something up."""
    return document(response).xpath("//main//form[contains(@class, 'one-click')]")


def test_f04_a_leader_takes_it_up_with_one_click(service, rating):
    leader = make_leader(service)
    client = client_of(leader)
    recommendation = make_recommendation(rating, text="Meet every second week")
    visit = f"/services/f/fidelity/{rating.pk}/"
    (form,) = take_ups(client.get(visit))
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}

    response = client.post(form.get("action"), sent, follow=True)

    action = Action.objects.get()
    assert (action.recommendation, action.entry, action.service) == (recommendation, "feedback-unused", service)
    assert (action.title, action.owner, action.due_on) == ("Meet every second week", leader, date(2026, 12, 9))
    assert response.redirect_chain == [(visit, 302)]
    text = main_text(response)
    assert "Opened: Meet every second week, Kari Nes, by 9 December 2026. Change" in text
    assert "Taken up: Meet every second week, Kari Nes, by Wed 9 Dec" in text
    assert "Not taken up yet" not in text
    assert take_ups(response) == []

    client.post(form.get("action"), sent)
    assert Action.objects.count() == 1


def test_the_form_for_it_proposes_the_same(service, rating):
    leader = make_leader(service)
    recommendation = make_recommendation(rating, text="Meet every second week")

    form = client_of(leader).get(f"/services/f/actions/new/?recommendation={recommendation.pk}")

    proposed = {name: form.context["form"][name].value() for name in ("title", "owner", "due_on")}
    assert proposed == {"title": "Meet every second week", "owner": leader.pk, "due_on": date(2026, 12, 9)}
    assert "Recommended at the fidelity visit on 20 November 2026." in main_text(form)


def test_a_long_recommendation_is_proposed_as_a_title_that_fits(service, rating):
    recommendation = make_recommendation(rating, text="x" * 300)

    form = client_of(make_leader(service)).get(f"/services/f/actions/new/?recommendation={recommendation.pk}")

    assert len(form.context["form"]["title"].value()) == 200


def test_what_became_of_it_is_shown_to_every_reader(service, rating):
    make_action(
        service,
        title="Meet on Tuesdays",
        recommendation=make_recommendation(rating),
        state="done",
        closed_on=date(2026, 11, 24),
    )

    response = client_of(make_practitioner(service)).get(f"/services/f/fidelity/{rating.pk}/")

    assert "Taken up: Meet on Tuesdays, done Tue 24 Nov" in main_text(response)
    assert links(response, "Meet on Tuesdays") == []


@pytest.mark.parametrize("number", ["{theirs}", "0", "x", ""])
def test_s01_a_recommendation_of_another_service_is_none_here(service, rating, number):
    theirs = make_recommendation(make_rating(make_stranger().service), text="Their own business")
    leader = make_leader(service)
    address = f"/services/f/actions/new/?recommendation={number.format(theirs=theirs.pk)}"
    client = client_of(leader)

    assert "Their own business" not in main_text(client.get(address))
    client.post(address, {"title": "Something", "owner": leader.pk, "due_on": "2026-12-09"})

    action = Action.objects.get()
    assert (action.recommendation, action.entry) == (None, "")


def test_the_page_of_a_rating_of_another_service_is_not_found(service):
    theirs = make_rating(make_stranger().service)

    assert client_of(make_leader(service)).get(f"/services/f/fidelity/{theirs.pk}/").status_code == 404


def test_that_a_visit_recommended_nothing_can_be_said_of_the_latest_one(service, rating):
    earlier = make_rating(service, rated_on=date(2025, 11, 20))
    client = client_of(make_leader(service))
    assert links(client.get(f"/services/f/fidelity/{earlier.pk}/"), "Nothing was recommended") == []
    (address,) = links(client.get(f"/services/f/fidelity/{rating.pk}/"), "Nothing was recommended")

    client.post(address, {})

    assert service.confirmed_empty.get().list == ConfirmedEmpty.List.RECOMMENDATIONS
    assert "It is said that nothing was recommended." in main_text(client.get(f"/services/f/fidelity/{rating.pk}/"))


def test_what_was_said_of_an_earlier_visit_says_nothing_of_this_one(service, rating):
    make_confirmed_empty(service, list=ConfirmedEmpty.List.RECOMMENDATIONS, on=date(2026, 11, 19))

    response = client_of(make_leader(service)).get(f"/services/f/fidelity/{rating.pk}/")

    assert "It is said that nothing was recommended." not in main_text(response)
    assert links(response, "Nothing was recommended") != []


def test_a_recommendation_is_put_right_and_taken_out(service, rating):
    client = client_of(make_adviser(service))
    recommendation = make_recommendation(rating)
    address = f"/services/f/fidelity/recommendations/{recommendation.pk}/"

    client.post(address, {"text": "Meet every week"})
    recommendation.refresh_from_db()
    assert recommendation.text == "Meet every week"

    response = client.post(f"{address}remove/", {})
    assert response.url == f"/services/f/fidelity/{rating.pk}/"
    assert not Recommendation.objects.exists()
