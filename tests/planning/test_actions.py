"""Actions and observations: opened from anywhere, moved by whoever may, closed on a day; and their pages."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from planning import actions, proposals
from planning.lateness import GRACE_DAYS
from planning.models import Action, Observation
from planning.origins import origin_of
from planning.wording.entries import TEXTS
from tests.factories import (
    at_noon,
    make_action,
    make_adviser,
    make_answer,
    make_conflict,
    make_leader,
    make_leader_act,
    make_observation,
    make_practitioner,
    make_rating,
    make_recommendation,
    make_review,
    make_service,
    make_stand_in,
    make_stranger,
    make_vision,
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
    rating = make_rating(leader.service)

    for many in (1, 20):
        for _number in range(many):
            action = make_action(leader.service, owner=leader, review=make_review(leader.service), entry="no-vision")
            make_answer(make_conflict(make_practitioner(leader.service)), action=action)
            make_action(leader.service, recommendation=make_recommendation(rating))
        with CaptureQueriesContext(connection) as queries:
            client.get("/services/f/actions/")
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 50  # how the service stands is asked once, for what has cleared


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


# Where an action came from, and the flag it is to clear


def rows_of(response) -> dict[str, str]:
    """The rows of the list by their titles."""
    rows = document(response).xpath("//li[contains(@class, 'action-row')]")
    return {
        row.xpath("string(.//*[@class='action-what'])").strip(): " ".join(row.text_content().split()) for row in rows
    }


def from_everywhere(service, leader):
    """One action from each place, and where its row links to."""
    review = make_review(service, closed_at=at_noon(TODAY - 22 * DAY))
    rating = make_rating(service, rated_on=TODAY - 9 * DAY)
    make_action(service, title="From a flag", entry="no-vision")
    make_action(service, title="From a review", entry="no-vision", review=review)
    make_action(
        service, title="From a visit", entry="feedback-unused", recommendation=make_recommendation(rating, text="x")
    )
    act = make_leader_act(service)
    answered = make_action(service, title="From an answer", entry="crowded-out")
    make_answer(
        make_conflict(make_practitioner(service), released_on=TODAY - 9 * DAY, note="In my words"), action=answered
    )
    make_action(service, title="Of its own")
    return {
        "From a flag": ("From: A flag", "/services/f/standing/no-vision/"),
        "From a review": ("From: Review of 3 November 2026", f"/services/f/reviews/{review.pk}/"),
        "From a visit": ("From: Fidelity visit of 16 November 2026", f"/services/f/fidelity/{rating.pk}/"),
        act.action.title: ("From: The leader's month, October 2026", "/services/f/leader/"),
        "From an answer": ("From: The answer to a conflict", "/services/f/conflicts/"),
        "Of its own": ("From: Opened by itself", None),
    }


def test_each_action_says_where_it_came_from_and_links_there(leader):
    expected = from_everywhere(leader.service, leader)

    response = client_of(leader).get("/services/f/actions/")

    rows, addresses = rows_of(response), document(response).xpath("//div[@class='action-from']//a/@href")
    assert set(rows) == set(expected)
    for title, (words, address) in expected.items():
        assert words in rows[title], title
        assert address is None or address in addresses
    assert "Per Dahl" not in rows["From an answer"]
    assert "In my words" not in main_text(response)


def test_f14_what_was_opened_for_an_entry_with_a_name_before_monday_never_tells_others_where_it_came_from(leader):
    """They could see it before then, and so would know that the entry carried a name."""
    action = make_action(leader.service, title="Swap", entry="crowded-out", opened_on=TODAY)
    make_answer(make_conflict(make_practitioner(leader.service), named=True), action=action)
    colleague, adviser = make_practitioner(leader.service, name="Asta Ro"), make_adviser(leader.service)
    came_from = "From: The answer to a conflict"

    def seen_by(member):
        return came_from in rows_of(client_of(member).get("/services/f/actions/"))["Swap"]

    assert seen_by(leader)
    assert not seen_by(colleague)
    assert not seen_by(adviser)
    beside_the_flag = make_action(leader.service, title="Swap too", entry="crowded-out", due_on=action.due_on)
    for member in (colleague, adviser):  # it reads as any action that was opened beside the flag
        rows = rows_of(client_of(member).get("/services/f/actions/"))
        assert "From: What takes time from IMR" in rows["Swap"]
        assert rows["Swap"] == rows[beside_the_flag.title].replace("Swap too", "Swap")
    with time_machine.travel("2026-11-30T09:30:00+01:00", tick=False):
        assert not seen_by(colleague)
        assert not seen_by(adviser)
        action.opened_on = TODAY + 5 * DAY
        action.save()
        assert seen_by(colleague)
        assert seen_by(adviser)


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize(
    ("opened_on", "due_on", "closed_on", "told"),
    [
        (TODAY + 5 * DAY, None, None, True),
        (TODAY + 5 * DAY, TODAY + 5 * DAY, None, True),
        (TODAY + 4 * DAY, TODAY + 5 * DAY, None, False),
        (TODAY + 5 * DAY, TODAY + 4 * DAY, None, False),
        (TODAY, TODAY + 9 * DAY, TODAY + DAY, False),
        (TODAY + 5 * DAY, TODAY + 9 * DAY, TODAY + 5 * DAY, True),
    ],
)
def test_f14_an_action_of_before_the_monday_does_not_tell_others_even_later_that_it_answers_an_entry(
    leader, named, opened_on, due_on, closed_on, told
):
    state = "done" if closed_on else "open"
    fields = {"opened_on": opened_on, "due_on": due_on, "closed_on": closed_on, "state": state}
    action = make_action(leader.service, entry="crowded-out", **fields)
    make_answer(make_conflict(make_practitioner(leader.service), named=named), action=action)
    on = TODAY + 14 * DAY

    assert str(origin_of(action, on=on, leading=True).text) == "The answer to a conflict"
    expected = "The answer to a conflict" if told else "What takes time from IMR"
    assert str(origin_of(action, on=on).text) == expected


@pytest.mark.parametrize(
    ("entry", "state", "says", "not_said"),
    [
        ("no-vision", "open", "The flag is cleared: IMR lacks a vision for the time ahead", "To clear"),
        ("no-vision", "done", "The flag is cleared: IMR lacks a vision for the time ahead", "mark this as done"),
        ("no-vision", "dropped", "Was to clear: IMR lacks a vision for the time ahead", "The flag is cleared"),
        ("no-goals", "open", "To clear:", "The flag"),
        ("no-goals", "done", "Done, but the flag stays:", "cleared"),
        ("leader-unconvinced", "open", "Not known", "cleared"),
        ("leader-unconvinced", "done", "Not known", "cleared"),
    ],
)
def test_an_action_says_whether_its_flag_is_cleared(leader, entry, state, says, not_said):
    make_vision(leader.service)
    make_observation(leader.service, entry="no-goals")
    make_action(
        leader.service, title="Do it", entry=entry, state=state, closed_on=None if state == "open" else TODAY - DAY
    )
    client = client_of(leader)

    row = rows_of(client.get("/services/f/actions/"))["Do it"]
    beside = rows_of(client.get(f"/services/f/standing/{entry}/"))["Do it"]

    assert says in row
    assert not_said not in row
    assert says in beside


def test_b09_late_is_after_the_days_of_grace_and_shown_as_since_when(leader):
    make_action(leader.service, title="In grace", due_on=TODAY - GRACE_DAYS * DAY)
    make_action(leader.service, title="Past it", due_on=TODAY - (GRACE_DAYS + 1) * DAY)
    make_action(leader.service, title="Done late", due_on=TODAY - 9 * DAY, state="done", closed_on=TODAY)

    rows = rows_of(client_of(leader).get("/services/f/actions/"))

    assert "Late since Sat 21 Nov" in rows["Past it"]
    assert "3 days ago, Sun 22 Nov" in rows["In grace"]
    assert not [title for title, row in rows.items() if "Late" in row and title != "Past it"]


@pytest.mark.parametrize("role", ["leader", "practitioner", "adviser"])
def test_b09_lateness_is_never_counted_by_person(leader, role):
    per = make_practitioner(leader.service)
    for number in range(3):
        make_action(leader.service, title=f"Late {number}", owner=per, due_on=TODAY - 20 * DAY)
    member = {"leader": leader, "practitioner": per}.get(role) or make_adviser(leader.service)

    text = main_text(client_of(member).get("/services/f/actions/"))

    assert text.count("Late since Thu 5 Nov") == 3
    assert "Per Dahl: 3" not in text
    assert "3 late" not in text


def test_the_list_is_narrowed_by_plain_links(leader):
    make_action(leader.service, title="Hers", owner=leader)
    make_action(leader.service, title="Nobody's")
    make_action(leader.service, title="Done", state="done", closed_on=TODAY)
    client = client_of(leader)
    links = document(client.get("/services/f/actions/")).xpath("//nav[@class='filters']//a")

    shown = {link.text_content(): set(rows_of(client.get(link.get("href")))) for link in links}

    assert shown == {
        "All that are open: 2": {"Hers", "Nobody's", "Done"},
        "Yours: 1": {"Hers"},
        "Done or dropped: 1": {"Done"},
    }
    assert set(rows_of(client.get("/services/f/actions/?show=nonsense"))) == {"Hers", "Nobody's", "Done"}


# Taking up what is proposed


def one_click(response, words: str) -> tuple[str, dict]:
    """The address of the first button with these words, and what its form sends."""
    form = document(response).xpath(f"//main//form[.//button[starts-with(normalize-space(), '{words}')]]")[0]
    return form.get("action"), {one.get("name"): one.get("value") for one in form.xpath(".//input")}


@pytest.mark.parametrize("page", ["", "standing/", "standing/no-vision/", "standing/themes/3/"])
def test_f04_f06_a_flag_is_taken_up_with_one_click_and_once(leader, page):
    make_observation(leader.service, entry="no-vision")
    client, here = client_of(leader), f"/services/f/{page}"
    address, sent = one_click(client.get(here), "Take this up")
    entry = address.split("/")[4]
    act = TEXTS[entry].acts[0]

    response = client.post(address, sent, follow=True)
    client.post(address, sent)

    action = Action.objects.get()
    assert response.redirect_chain == [(here, 302)]
    assert (action.title, action.owner, action.entry) == (str(act.text), leader, entry)
    assert (action.due_on, action.behaviour) == (TODAY + act.days * DAY, act.behaviour)
    notice = document(response).xpath("//div[@class='messages']")[0]
    assert " ".join(notice.text_content().split()).startswith(f"Opened: {action.title.rstrip('.')}, Kari Nes, by ")
    assert notice.xpath(".//a/@href") == [f"/services/f/actions/{action.pk}/"]
    assert "Under way:" in main_text(response)


def test_what_is_under_way_is_not_offered_again(leader):
    make_observation(leader.service, entry="no-vision")
    make_action(leader.service, title="Write it together", entry="no-vision", due_on=TODAY - 10 * DAY)

    response = client_of(leader).get("/services/f/standing/themes/3/")

    article = next(one for one in document(response).xpath("//article") if "Write it together" in one.text_content())
    words = " ".join(article.text_content().split())
    assert "Under way: Write it together Nobody yet, late since Sun 15 Nov" in words
    assert "Take this up" not in words


@pytest.mark.parametrize("make_reader", [make_adviser, make_practitioner])
def test_who_may_not_open_actions_is_offered_no_button(leader, make_reader):
    make_observation(leader.service, entry="no-vision")
    make_action(leader.service, title="Under way already", entry="no-vision")
    client = client_of(make_reader(leader.service))

    for page in ("standing/", "standing/no-vision/"):
        response = client.get(f"/services/f/{page}")
        assert document(response).xpath("//main//form[contains(@class, 'one-click')]") == []
        assert "Under way already" in main_text(response)
    assert client.post("/services/f/standing/no-vision/take-up/0/", {}).status_code == 403


def test_taking_up_leads_back_to_pages_of_this_service_alone(leader):
    client = client_of(leader)

    for back in ("https://example.org/", "//example.org/services/f/", "/accounts/logout/", "javascript:alert(1)", ""):
        address = f"/services/f/standing/no-vision/take-up/0/?back={back}"
        assert client.post(address, {}).url == "/services/f/standing/no-vision/", back


@pytest.mark.parametrize("address", ["no-vision/take-up/99", "nonsense/take-up/0"])
def test_an_act_that_the_catalogue_does_not_have_is_not_found(leader, address):
    assert client_of(leader).post(f"/services/f/standing/{address}/", {}).status_code == 404
    assert not Action.objects.exists()


def test_what_one_of_several_could_do_is_the_leaders_until_it_is_given_away_whoever_clicks(leader):
    for name in ("Per Dahl", "Asta Ro"):
        make_practitioner(leader.service, name=name)
    entry, number = next(
        (key, number)
        for key, text in TEXTS.items()
        for number, act in enumerate(text.acts)
        if act.owner_role == "practitioner"
    )

    client_of(make_stand_in(leader.service)).post(f"/services/f/standing/{entry}/take-up/{number}/", {})

    assert Action.objects.get().owner == leader


@pytest.mark.parametrize("key", list(TEXTS))
def test_every_act_of_the_catalogue_can_be_proposed(leader, key):
    people = proposals.people_of(leader.service, on=TODAY)

    for number, act in enumerate(TEXTS[key].acts):
        proposal = proposals.of_act(key, number, people=people, on=TODAY)
        assert (proposal.title, proposal.entry) == (str(act.text), key)
        assert proposal.owner == leader
    assert proposals.of_act(key, len(TEXTS[key].acts), people=people, on=TODAY) is None
    assert proposals.of_act(key, -1, people=people, on=TODAY) is None
