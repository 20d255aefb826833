"""Two pages of one meeting at the same time: what somebody else does meanwhile takes nothing along."""

import uuid

import pytest
import time_machine

from accounts.models import AuditEvent
from planning.models import Action, Observation, Review
from tests.factories import make_action, make_stand_in, make_topic, make_vision
from tests.planning.meeting_page import DAY, NOW, TODAY, Meeting, errors, filled_in
from tests.planning.site import client_of, document, page
from tests.planning.test_form_pages import check_error_page, shown

pytestmark = pytest.mark.django_db

MEANWHILE = (
    "Somebody saved other minutes meanwhile. They stand above the box, and yours are still in it. "
    "Put them together there, then press again."
)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting():
    return Meeting()


@pytest.fixture
def other(meeting):
    """The browser of the stand-in, on a second laptop."""
    return client_of(make_stand_in(meeting.service))


def kept(meeting) -> Review:
    return Review.objects.get(pk=meeting.review.pk)


@pytest.mark.parametrize("button", ["draft", "helps:flag-no-vision"])
def test_b08_a_page_opened_earlier_and_left_as_it_was_takes_no_minutes_away(meeting, other, button):
    opened = meeting.opened(client=other)
    meeting.press("draft", minutes="Twenty lines", attendees=[meeting.leader.pk], settled=["flag-no-goals"])

    response = meeting.press(button, client=other, page=opened)

    assert errors(response) == []
    review = kept(meeting)
    assert review.minutes == "Twenty lines"
    assert list(review.attendees.all()) == [meeting.leader]
    assert review.agenda_items.get(settled=True).code == "flag:no-goals"
    assert shown(document(response), "minutes") == "Twenty lines"
    assert Observation.objects.count() == (button != "draft")


@pytest.mark.parametrize("button", ["draft", "hinders:flag-no-vision", "close"])
def test_b08_f07_minutes_of_two_people_stand_on_one_page_before_either_replaces_the_other(meeting, other, button):
    opened = meeting.opened(client=other)
    meeting.press("draft", minutes="Twenty lines", attendees=[meeting.leader.pk])
    typed = {"minutes": "Three lines", "attendees": [meeting.practitioner.pk], "flag-no-vision-text": "Seen"}
    typed |= {} if button.startswith("hinders") else {"flag-no-vision-text": ""}

    refused = meeting.press(button, client=other, page=opened, **typed)

    tree, lines = check_error_page(refused, "en", form=refused.context["form"])
    assert lines == [MEANWHILE]
    assert tree.xpath("//*[@class='summary']//a/@href") == ["#id_minutes"]
    assert tree.xpath("string(//*[@class='minutes'])").strip() == "Twenty lines"
    again = filled_in(refused)
    assert (again["minutes"].strip(), again["attendees"]) == ("Three lines", [str(meeting.practitioner.pk)])
    assert (kept(meeting).minutes, kept(meeting).state) == ("Twenty lines", Review.State.PLANNED)
    assert not Observation.objects.exists()

    both = "Twenty lines and three"
    answer = meeting.press(button, client=other, page=again, minutes=both)

    assert errors(answer) == []
    review = kept(meeting)
    assert review.minutes == both
    assert set(review.attendees.all()) == {meeting.leader, meeting.practitioner}
    assert review.state == (Review.State.HELD if button == "close" else Review.State.PLANNED)
    assert Observation.objects.count() == button.startswith("hinders")


def test_b08_minutes_saved_a_second_time_meanwhile_are_shown_again(meeting, other):
    opened = meeting.opened(client=other)
    meeting.press("draft", minutes="One")
    refused = meeting.press("draft", client=other, page=opened, minutes="Mine")
    meeting.press("draft", minutes="One, two")

    again = meeting.press("draft", client=other, page=filled_in(refused))

    assert errors(again) == [MEANWHILE]
    assert document(again).xpath("string(//*[@class='minutes'])").strip() == "One, two"
    assert kept(meeting).minutes == "One, two"


def test_b08_nobody_closes_a_meeting_over_minutes_that_were_not_shown(meeting, other):
    meeting.press("draft", minutes="Short", attendees=[meeting.leader.pk])
    opened = meeting.opened(client=other)
    meeting.press("draft", minutes="Short, and more")

    refused = meeting.press("close", client=other, page=opened)

    assert errors(refused) == [MEANWHILE]
    assert kept(meeting).state == Review.State.PLANNED
    meeting.press("close", client=other, page=filled_in(refused) | {"minutes": "Short, and more"})
    assert (kept(meeting).state, kept(meeting).minutes) == (Review.State.HELD, "Short, and more")


def test_b08_ticks_set_on_two_pages_are_all_kept_when_one_of_them_closes_the_meeting(meeting, other):
    opened = meeting.opened(client=other)
    meeting.press("draft", attendees=[meeting.leader.pk], looked_at_outcomes="on", settled=["flag-no-goals"])

    typed = {"minutes": "Done", "attendees": [meeting.practitioner.pk], "settled": ["flag-no-vision"]}
    meeting.press("close", client=other, page=opened, **typed)

    review = kept(meeting)
    assert (review.state, review.minutes, review.looked_at_outcomes) == (Review.State.HELD, "Done", True)
    assert set(review.attendees.all()) == {meeting.leader, meeting.practitioner}
    settled = review.agenda_items.filter(settled=True).values_list("code", flat=True)
    assert set(settled) == {"flag:no-goals", "flag:no-vision"}


def test_b08_a_page_that_does_not_say_how_it_was_opened_replaces_no_minutes(meeting):
    meeting.press("draft", minutes="Twenty lines")

    untouched, refused = (
        meeting.client.post(meeting.url, {"do": "draft", "minutes": words, "submission": str(uuid.uuid4())})
        for words in ("", "Three lines")
    )

    assert untouched.status_code == 302
    assert kept(meeting).minutes == "Twenty lines"
    assert errors(refused) == [MEANWHILE]


# What leaves the agenda meanwhile


def test_b08_what_was_typed_beside_a_flag_that_cleared_meanwhile_is_recorded(meeting):
    opened = meeting.opened()
    make_vision(meeting.service, published_on=TODAY, looked_at_on=TODAY)

    response = meeting.press("hinders:flag-no-vision", page=opened, **{"flag-no-vision-text": "A long observation"})

    assert "Observation saved." in page(response)
    assert (Observation.objects.get().entry, Observation.objects.get().text) == ("no-vision", "A long observation")
    assert document(response).get_element_by_id("flag-no-vision") is not None  # still there for the next word


def test_b08_f07_what_was_typed_beside_a_flag_that_cleared_meanwhile_comes_back_beside_an_error(meeting):
    opened = meeting.opened()
    make_vision(meeting.service, published_on=TODAY, looked_at_on=TODAY)

    response = meeting.press("draft", page=opened, **{"flag-no-vision-text": "A long observation"})

    tree, _lines = check_error_page(response, "en", form=response.context["form"])
    assert tree.xpath("//*[@class='summary']//a/@href") == ["#id_flag-no-vision-text"]
    assert shown(tree, "flag-no-vision-text") == "A long observation"


def test_a06_what_was_typed_beside_a_flag_that_cleared_meanwhile_outlives_a_switch_of_language(meeting):
    sent = meeting.opened() | {"flag-no-vision-text": "A long observation", "switch_language": "nb"}
    make_vision(meeting.service, published_on=TODAY, looked_at_on=TODAY)

    tree = document(meeting.client.post(meeting.url, sent))

    assert shown(tree, "flag-no-vision-text") == "A long observation"


def test_b08_f07_a_late_action_that_was_done_meanwhile_can_be_ticked_as_dealt_with(meeting):
    action = make_action(meeting.service, due_on=TODAY - 10 * DAY)
    opened = meeting.opened()
    action.state, action.closed_on = Action.State.DONE, TODAY
    action.save()

    response = meeting.press("draft", page=opened, settled=[f"action-{action.pk}"], minutes="Long minutes")

    assert errors(response) == []
    assert kept(meeting).minutes == "Long minutes"
    assert filled_in(response)["settled"] == [f"action-{action.pk}"]


def test_b08_an_action_that_got_another_date_meanwhile_is_still_marked_as_done(meeting):
    action = make_action(meeting.service, due_on=TODAY - 10 * DAY)
    opened = meeting.opened()
    action.due_on = TODAY + 10 * DAY
    action.save()

    response = meeting.press(f"done:action-{action.pk}", page=opened)

    action.refresh_from_db()
    assert "Marked as done." in page(response)
    assert action.state == Action.State.DONE


@pytest.mark.parametrize("carried", ["", "with its rows"])
def test_b08_f07_nothing_is_called_done_that_was_not_marked_so(meeting, carried):
    action = make_action(meeting.service, due_on=TODAY - 10 * DAY)
    opened = meeting.opened() | ({} if carried else {"opened_as": ""})
    action.due_on, action.state, action.closed_on = TODAY + 10 * DAY, Action.State.DROPPED, TODAY
    action.save()

    response = meeting.press(f"done:action-{action.pk}", page=opened, minutes="Kept")

    action.refresh_from_db()
    tree, lines = check_error_page(response, "en", form=response.context["form"])
    dropped = "This action was dropped meanwhile. It was not marked as done."
    gone = "What you pressed a button for is no longer on this page. Nothing was done with it."
    assert lines == [dropped if carried else gone]
    assert shown(tree, "minutes") == "Kept"
    assert "Marked as done." not in page(response)
    assert action.state == Action.State.DROPPED
    assert not AuditEvent.objects.filter(code="action.done").exists()


@pytest.mark.parametrize(
    ("button", "words", "lines"),
    [
        (
            {"do": "draft"},
            "Beside something that is no longer on the agenda",
            ["This is not saved yet. Press the button below it, or empty it."],
        ),
        ({"switch_language": "nb"}, "Ved siden av noe som ikke lenger står på dagsordenen", []),
    ],
)
def test_b08_f07_what_was_typed_beside_a_topic_that_was_taken_off_stands_at_the_end(meeting, button, words, lines):
    topic = make_topic(meeting.review, by=meeting.practitioner)
    typed = {"topic-1-title": "Ask for the big room", "topic-1-owner": str(meeting.practitioner.pk)}
    sent = meeting.opened() | typed
    topic.delete()

    response = meeting.client.post(meeting.url, sent | button)

    tree = document(response)
    for name, value in typed.items():
        assert shown(tree, name) == value
    where = tree.xpath("//*[@name='topic-1-title']/ancestor::details[@open]")[0]
    assert where.xpath("string(summary)") == words
    assert errors(response) == lines
    assert [one.get("href") for one in tree.xpath("//*[@class='summary']//li/a")] == ["#id_topic-1-title"] * len(lines)
    meeting.press("act:topic-1", page=filled_in(response))
    action = Action.objects.get()
    assert (action.title, action.owner, action.review) == (typed["topic-1-title"], meeting.practitioner, meeting.review)


def test_b08_a_topic_that_was_taken_off_leaves_nothing_where_nothing_was_typed(meeting):
    topic = make_topic(meeting.review, by=meeting.practitioner)
    opened = meeting.opened()
    topic.delete()

    response = meeting.press("draft", page=opened, minutes="Kept")

    assert kept(meeting).minutes == "Kept"
    assert not document(response).xpath("//*[@name='topic-1-title']")
    assert not meeting.review.agenda_items.topics().exists()


def test_a_page_shows_nothing_of_another_service_however_it_says_it_was_opened(meeting):
    elsewhere = make_action(title="Of somebody else", due_on=TODAY - 10 * DAY)
    opened = meeting.opened()
    forged = opened["opened_as"].replace('"rows": [', f'"rows": ["action:{elsewhere.pk}", "goal:1", ')

    response = meeting.press("draft", page=opened | {"opened_as": forged}, attendees=["999999"])

    assert "Of somebody else" not in page(response)
    meeting.press(f"done:action-{elsewhere.pk}", page=opened | {"opened_as": forged})
    elsewhere.refresh_from_db()
    assert elsewhere.state == Action.State.OPEN
