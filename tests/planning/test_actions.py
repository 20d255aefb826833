"""Actions and observations: opened from anywhere, moved by whoever may, closed on a day; and their pages."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from planning import actions
from planning.models import Action, Observation
from planning.wording.entries import TEXTS
from tests.factories import (
    make_action,
    make_adviser,
    make_leader,
    make_practitioner,
    make_review,
    make_service,
    make_stand_in,
    make_stranger,
)
from tests.planning.site import client_of, document, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


# The functions


def test_opening_an_action_notes_who_and_when(leader):
    action = actions.save(Action(title="Call Anna", entry="no-vision"), by=leader, on=TODAY)

    assert (action.service, action.opened_on, action.moved_on, action.moved_by) == (
        leader.service,
        TODAY,
        TODAY,
        leader,
    )
    event = AuditEvent.objects.get()
    assert (event.code, event.details) == ("action.opened", {"entry": "no-vision"})


def test_changing_an_action_notes_who_moved_it_but_not_another_opening(leader):
    action = make_action(leader.service, opened_on=TODAY - 9 * DAY)

    actions.save(action, by=leader, on=TODAY)

    assert (action.opened_on, action.moved_on, action.moved_by) == (TODAY - 9 * DAY, TODAY, leader)
    assert AuditEvent.objects.get().code == "action.changed"


@pytest.mark.parametrize("state", ["done", "dropped"])
def test_closing_and_opening_again(leader, state):
    action = make_action(leader.service)

    actions.set_state(action, state, by=leader, on=TODAY)
    action.refresh_from_db()
    assert (action.state, action.closed_on, action.moved_by) == (state, TODAY, leader)

    actions.set_state(action, "open", by=leader, on=TODAY + DAY)
    action.refresh_from_db()
    assert (action.state, action.closed_on, action.moved_on) == ("open", None, TODAY + DAY)
    codes = list(AuditEvent.objects.order_by("pk").values_list("code", flat=True))
    assert codes == [f"action.{state}", "action.open"]


def test_what_is_done_stays_done_since_its_day(leader):
    action = make_action(leader.service, state="done", closed_on=TODAY - 5 * DAY)

    actions.set_state(action, "done", by=leader, on=TODAY)

    action.refresh_from_db()
    assert action.closed_on == TODAY - 5 * DAY
    assert not AuditEvent.objects.exists()


# Opening by the page


def test_f04_an_action_is_opened_by_a_plain_form(leader):
    response = client_of(leader).post(
        "/services/f/actions/new/",
        {"title": "Call the next level", "owner": leader.pk, "due_on": "2026-12-09", "behaviour": "perseverant"},
        follow=True,
    )

    action = Action.objects.get()
    assert (action.title, action.owner, action.due_on) == ("Call the next level", leader, date(2026, 12, 9))
    assert (action.behaviour, action.entry, action.review) == ("perseverant", "", None)
    text = main_text(response)
    assert "Action opened." in text
    assert "in 14 days, Wed 9 Dec" in text


@pytest.mark.parametrize("number", range(3))
def test_a_recommended_act_proposes_its_words_owner_and_date(leader, number):
    entry = next(key for key, text in TEXTS.items() if len(text.acts) == 3 and text.acts[0].owner_role == "leader")
    act = TEXTS[entry].acts[number]
    url = f"/services/f/actions/new/?entry={entry}&act={number}"
    opened = document(client_of(leader).get(url))

    assert f"To clear: {TEXTS[entry].title}" in " ".join(opened.xpath("//main")[0].text_content().split())
    assert opened.xpath("//input[@name='title']/@value") == [str(act.text)]
    assert opened.xpath("//input[@name='due_on']/@value") == [str(TODAY + timedelta(days=act.days))]
    if act.owner_role == "leader":
        assert opened.xpath("//select[@name='owner']/option[@selected]/@value") == [str(leader.pk)]
    assert opened.xpath("//input[@type='radio'][@checked]") == []


def test_an_action_from_a_flag_goes_back_to_it(leader):
    response = client_of(leader).post(
        "/services/f/actions/new/?entry=no-vision&act=0",
        {"title": "Write it", "owner": leader.pk, "due_on": "2026-12-09"},
        follow=True,
    )

    assert response.redirect_chain == [("/services/f/standing/no-vision/", 302)]
    assert Action.objects.get().entry == "no-vision"
    assert "Write it" in main_text(response)


@pytest.mark.parametrize(
    "query", ["?entry=nonsense&act=0", "?entry=no-vision&act=99", "?entry=no-vision&act=²", "?entry=no-vision&act=-1"]
)
def test_nonsense_in_the_address_proposes_nothing(leader, query):
    opened = document(client_of(leader).get(f"/services/f/actions/new/{query}"))

    assert opened.xpath("//input[@name='title']/@value") in ([], [""])


@pytest.mark.parametrize("number", ["0", "²", "99999999999999999999999", "x"])
def test_a_review_that_is_not_there_is_left_out(leader, number):
    data = {"title": "Call", "owner": leader.pk, "due_on": "2026-12-09"}

    response = client_of(leader).post(f"/services/f/actions/new/?review={number}", data)

    assert response.url == "/services/f/actions/"
    assert Action.objects.get().review is None


def test_an_action_cannot_be_hung_on_a_review_of_another_service(leader):
    review = make_review(make_stranger().service)

    client_of(leader).post(
        f"/services/f/actions/new/?review={review.pk}", {"title": "Call", "owner": leader.pk, "due_on": "2026-12-09"}
    )

    assert Action.objects.get().review is None


def test_nobody_of_another_service_can_own_an_action(leader):
    stranger = make_stranger()

    response = client_of(leader).post(
        "/services/f/actions/new/", {"title": "Call", "owner": stranger.pk, "due_on": "2026-12-09"}
    )

    assert "Choose one of the answers shown for “Who does it”." in main_text(response)
    assert not Action.objects.exists()


# Changing and closing


def test_a_leader_changes_an_action_and_that_shows_as_leading(leader):
    action = make_action(leader.service, entry="no-vision")

    response = client_of(leader).post(
        f"/services/f/actions/{action.pk}/",
        {"title": "Call twice", "owner": leader.pk, "due_on": "2026-12-24"},
        follow=True,
    )

    action.refresh_from_db()
    assert (action.title, action.due_on, action.entry) == ("Call twice", date(2026, 12, 24), "no-vision")
    assert (action.moved_on, action.moved_by) == (TODAY, leader)
    assert "Action changed." in main_text(response)


@pytest.mark.parametrize(
    ("state", "asked", "said"),
    [
        ("done", "Is this done?", "Marked as done."),
        ("dropped", "Drop this action?", "Dropped."),
        ("open", "Open this action again?", "Open again."),
    ],
)
def test_f04_an_action_changes_its_state_by_a_button(leader, state, asked, said):
    closed = {"state": "done", "closed_on": TODAY} if state == "open" else {}
    action = make_action(leader.service, **closed)
    client, url = client_of(leader), f"/services/f/actions/{action.pk}/{state}/"
    assert document(client.get(url)).xpath("string(//h1)") == asked

    response = client.post(url, {}, follow=True)

    action.refresh_from_db()
    assert action.state == state
    assert said in main_text(response)


def test_practitioners_close_their_own_actions_and_no_others(leader):
    practitioner = make_practitioner(leader.service)
    own, other = make_action(leader.service, owner=practitioner), make_action(leader.service, title="Not mine")
    client = client_of(practitioner)

    listed = client.get("/services/f/actions/")
    assert document(listed).xpath("//ul[@class='rows']//a/@href") == [f"/services/f/actions/{own.pk}/done/"]
    assert client.post(f"/services/f/actions/{own.pk}/done/", {}).status_code == 302
    assert client.post(f"/services/f/actions/{other.pk}/done/", {}).status_code == 404
    assert client.get(f"/services/f/actions/{own.pk}/").status_code == 403
    assert set(Action.objects.open()) == {other}


@pytest.mark.parametrize("make_reader", [make_adviser, make_practitioner])
def test_who_may_not_open_actions_is_not_offered_to(leader, make_reader):
    client = client_of(make_reader(leader.service))

    assert "New action" not in main_text(client.get("/services/f/actions/"))
    assert client.get("/services/f/actions/new/").status_code == 403


def test_a_stand_in_does_what_a_leader_does(leader):
    stand_in = make_stand_in(leader.service)

    client_of(stand_in).post(
        "/services/f/actions/new/", {"title": "Call", "owner": stand_in.pk, "due_on": "2026-12-09"}
    )

    assert Action.objects.get().moved_by == stand_in


def test_the_list_has_late_ones_first_then_by_date_then_what_is_closed(leader):
    make_action(leader.service, title="Later", due_on=TODAY + 9 * DAY)
    make_action(leader.service, title="Sooner", due_on=TODAY)
    make_action(leader.service, title="No date", due_on=None)
    make_action(leader.service, title="Late", due_on=TODAY - 4 * DAY)
    make_action(leader.service, title="Done", state="done", closed_on=TODAY)

    text = main_text(client_of(leader).get("/services/f/actions/"))

    order = [text.rindex(title) for title in ("Late since Sat 21 Nov", "Sooner", "Later", "Done or dropped: 1")]
    assert order == sorted(order)
    assert "No date" in text
    assert text.count("Late since") == 1


def test_the_list_asks_the_database_as_often_for_many_actions_as_for_one(leader):
    client, counted = client_of(leader), []

    for many in (1, 20):
        for _number in range(many):
            make_action(leader.service, owner=leader, review=make_review(leader.service))
        with CaptureQueriesContext(connection) as queries:
            client.get("/services/f/actions/")
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 12


# Observations


def test_f04_an_observation_is_recorded_by_a_plain_form(leader):
    adviser = make_adviser(leader.service)

    response = client_of(adviser).post(
        "/services/f/observations/new/",
        {
            "entry": "own-time",
            "effect": "hinders",
            "text": "They read at home",
            "on": "2026-11-20",
            "source": "site_visit",
            "submission": uuid.uuid4(),
        },
        follow=True,
    )

    observation = Observation.objects.get()
    assert (observation.service, observation.by, observation.review) == (leader.service, adviser, None)
    assert response.redirect_chain == [("/services/f/standing/own-time/", 302)]
    text = main_text(response)
    assert "Observation saved." in text
    assert "This hinders: They read at home" in text
    assert "Reported by people" in text


def test_the_observation_form_offers_every_entry_of_the_catalogue_by_theme(leader):
    opened = document(client_of(leader).get("/services/f/observations/new/?entry=no-goals"))

    offered = opened.xpath("//select[@name='entry']//option/@value")
    assert sorted(offered) == sorted(["", *TEXTS])
    assert len(opened.xpath("//select[@name='entry']/optgroup")) == 5
    assert opened.xpath("//select[@name='entry']//option[@selected]/@value") == ["no-goals"]
    assert opened.xpath("//input[@name='on']/@value") == ["2026-11-25"]
