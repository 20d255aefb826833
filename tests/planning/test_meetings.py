"""Holding a review: one page and one form; every button saves the draft, does one thing, and drops nothing typed."""

import re
import uuid
from datetime import date
from itertools import pairwise

import pytest
import time_machine
from django import forms
from django.core import mail

from accounts.models import AuditEvent
from planning import agendas, reviews
from planning.forms.decisions import DecisionForm
from planning.forms.meetings import DECIDED
from planning.models import Action, AgendaItem, Decision, Message, Observation, Review
from planning.risks.answer import Status
from planning.standing import standing
from tests.factories import make_action, make_topic
from tests.planning.form_samples import LANGUAGES
from tests.planning.meeting_page import DAY, NOW, TODAY, Meeting, errors, filled_in
from tests.planning.site import client_of, document, page
from tests.planning.test_form_pages import check_error_page, junk, shown

pytestmark = pytest.mark.django_db

NATIONAL_ID = "15108695088"  # a made-up one with right check digits


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def meeting():
    return Meeting()


def test_the_page_is_one_form_with_a_draft_as_its_first_button(meeting):
    tree = document(meeting.client.get(meeting.url))

    (form,) = tree.xpath("//main//form")
    assert form.xpath(".//button")[0].get("value") == "draft"  # what Enter presses
    assert "novalidate" in form.attrib
    assert not form.xpath(".//*[@required or @placeholder or @disabled or @maxlength]")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    levels = [int(heading.tag[1]) for heading in tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4]")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    for target in tree.xpath("//nav[@class='jumps']//a/@href"):
        assert tree.get_element_by_id(target[1:]).get("tabindex") == "-1"


def test_a_draft_keeps_who_is_there_what_is_dealt_with_and_the_words_and_sends_nothing(meeting):
    typed = {
        "attendees": [meeting.leader.pk],
        "settled": ["flag-no-vision"],
        "minutes": "We began",
        "looked_at_outcomes": "on",
    }

    response = meeting.press("draft", **typed)

    assert "Draft saved." in page(response)
    review = Review.objects.get(pk=meeting.review.pk)
    assert (review.state, review.minutes, review.looked_at_outcomes) == (Review.State.PLANNED, "We began", True)
    assert list(review.attendees.all()) == [meeting.leader]
    assert review.agenda_items.get(settled=True).code == "flag:no-vision"
    assert not mail.outbox
    assert not Message.objects.exists()
    shown = document(response)
    assert shown.xpath("//textarea[@name='minutes']")[0].text_content().strip() == "We began"
    assert [one.get("value") for one in shown.xpath("//input[@name='settled'][@checked]")] == ["flag-no-vision"]
    meeting.press("draft", settled=[])
    assert not review.agenda_items.filter(settled=True).exists()


def test_only_leaders_read_the_draft(meeting):
    meeting.press("draft", minutes="Half a thought")

    text = page(client_of(meeting.practitioner).get(meeting.url.removesuffix("hold/")))

    assert "Half a thought" not in text


@pytest.mark.parametrize(("button", "effect"), [("hinders", "hinders"), ("helps", "helps")])
def test_a_flag_is_observed_by_one_button_and_the_page_comes_back_to_it(meeting, button, effect):
    response = meeting.press(f"{button}:flag-no-vision", minutes="Kept", follow=False)

    assert response.url == f"{meeting.url}?row=flag-no-vision#flag-no-vision"
    seen = Observation.objects.get()
    assert (seen.entry, seen.effect, seen.text, seen.review, seen.source, seen.on, seen.by) == (
        "no-vision",
        effect,
        "",
        meeting.review,
        "review",
        TODAY,
        meeting.leader,
    )
    assert Review.objects.get(pk=meeting.review.pk).minutes == "Kept"
    row = document(meeting.client.get(response.url)).get_element_by_id("flag-no-vision")
    assert "Observation saved." in row.text_content()
    assert row.xpath(".//*[@data-focus]")


def test_an_observation_can_have_a_sentence_which_stands_on_one_line(meeting):
    meeting.press("helps:flag-no-vision", **{"flag-no-vision-text": "We have one,\r\nfrom  spring"})

    assert Observation.objects.get().text == "We have one, from spring"


def test_a_flag_that_an_observation_clears_stays_on_the_page(meeting):
    response = meeting.press("helps:flag-no-vision")

    assert "flag:no-vision" in {row.code for row in response.context["agenda"].rows}


def test_an_action_is_proposed_with_owner_and_date_and_opened_by_one_button(meeting):
    meeting.press("act:flag-no-vision")

    action = Action.objects.get()
    assert (action.owner, action.review, action.entry) == (meeting.leader, meeting.review, "no-vision")
    assert action.due_on == meeting.following.on - DAY  # before the next review
    assert action.title


def test_what_is_agreed_is_due_before_the_next_review_or_in_four_weeks(meeting):
    assert reviews.due_before_next(meeting.review, on=TODAY) == TODAY + 27 * DAY
    assert reviews.due_before_next(meeting.following, on=TODAY) == TODAY + 28 * DAY


def test_something_beside_the_agenda_is_observed_and_agreed(meeting):
    seen = {"else-entry": "own-time", "else-text": "We read at home"}
    agreed = {"else-title": "Ask the head", "else-owner": meeting.practitioner.pk, "else-due_on": "2026-12-09"}

    meeting.press("hinders:else", **seen)
    meeting.press("act:else", **agreed)

    assert (Observation.objects.get().entry, Action.objects.get().owner) == ("own-time", meeting.practitioner)


def test_a_decision_is_recorded_with_the_review_it_was_made_in(meeting):
    response = meeting.press("decide", decision_kind="continue", decision_text="IMR goes on", decision_by="together")

    decision = Decision.objects.get()
    assert (decision.kind, decision.decided_by, decision.decided_on) == ("continue", "together", TODAY)
    assert (decision.review, decision.service) == (meeting.review, meeting.service)
    assert "IMR goes on" in page(response)


def test_a_decision_says_what_it_rests_on_and_when_it_is_looked_at_again(meeting):
    said = {"decision_basis": "outcomes", "decision_patients": "9", "decision_look_again_on": "2027-05-25"}

    meeting.press("decide", decision_kind="continue", decision_by="together", **said)

    decision = Decision.objects.get()
    assert (decision.basis, decision.patients, decision.look_again_on) == ("outcomes", 9, date(2027, 5, 25))
    stands = {entry.key: entry.status for entry in standing(meeting.service, TODAY).entries}
    assert stands["judged-by-few"] is stands["undecided-future"] is Status.CLEAR


def test_nothing_of_a_decision_but_its_kind_has_to_be_known(meeting):
    meeting.press("decide", decision_kind="adapt")

    decision = Decision.objects.get()
    assert (decision.basis, decision.patients, decision.look_again_on, decision.goals_behind) == ("", None, None, None)


def test_the_fields_of_a_decision_are_called_here_as_on_its_own_page_and_refuse_the_same(meeting):
    own = document(meeting.client.get(f"/services/{meeting.service.key}/record/decisions/new/"))
    here = document(meeting.client.get(meeting.url))

    for name, part in DECIDED.items():
        field = here.xpath(f"//*[@name='{name}']")[0]
        label = here.xpath(f"//label[@for='{field.get('id')}']")[0].text_content()
        assert label == str(DecisionForm.base_fields[part].label or Decision._meta.get_field(part).verbose_name)
        assert own.xpath(f"//*[@name='{part}']")
    count = here.xpath("//*[@name='decision_patients']")[0]
    assert (count.get("inputmode"), count.get("type")) == ("numeric", "number")
    assert here.get_element_by_id(count.get("aria-describedby")).text_content() == "A count, nothing about anybody."


def test_a_late_action_is_marked_as_done_from_the_page(meeting):
    action = make_action(meeting.service, due_on=TODAY - 4 * DAY)

    meeting.press(f"done:action-{action.pk}")

    action.refresh_from_db()
    assert (action.state, action.moved_by) == (Action.State.DONE, meeting.leader)


@pytest.mark.parametrize(
    ("button", "typed", "message"),
    [
        ("close", {"minutes": "x"}, "Tick who was there."),
        ("close", {}, "Write what was said and decided, if only in a sentence."),
        ("decide", {}, "Choose what was decided."),
        ("decide", {"decision_kind": "stop", "decision_patients": "-1"}, "must be at least 0"),
        ("decide", {"decision_kind": "stop", "decision_patients": "few"}, "must be a whole number"),
        ("decide", {"decision_kind": "stop", "decision_look_again_on": "soon"}, "must be a date"),
        ("decide", {"decision_kind": "stop", "decision_basis": "guess"}, "Choose one of the answers shown"),
        ("decide", {"decision_kind": "stop", "decision_text": f"{NATIONAL_ID}"}, "a national identity number"),
        ("hinders:else", {"else-text": "Hm"}, "Choose what it is about."),
        ("act:else", {}, "Write what is to be done."),
        ("act:flag-no-vision", {"flag-no-vision-owner": ""}, "Choose who does it."),
        ("act:flag-no-vision", {"flag-no-vision-due_on": ""}, "Give a date by which it is done."),
        ("act:flag-no-vision", {"flag-no-vision-due_on": "2026-11-24"}, "Give today or a later day."),
        ("draft", {"minutes": f"Patient {NATIONAL_ID}"}, "This looks like a national identity number."),
        ("draft", {"else-text": f"Patient {NATIONAL_ID}"}, "This looks like a national identity number."),
        ("draft", {"minutes": "x" * 5001}, "can have at most 5000 characters"),
        ("draft", {"attendees": ["999999"]}, "Choose one of the answers shown"),
    ],
)
def test_f07_f09_f12_what_is_missing_or_wrong_is_said_and_nothing_is_lost(meeting, button, typed, message):
    response = meeting.press(button, **typed)

    tree = document(response)
    assert tree.xpath("string(//title)").startswith("Error: ")
    assert tree.xpath("//main/*")[0].get("class") == "summary"
    assert any(message in line for line in errors(response))
    for line in tree.xpath("//*[@class='summary']//li/a"):
        target = tree.get_element_by_id(line.get("href")[1:])
        assert not target.xpath("ancestor::details[not(@open)]"), "what is wrong is out of sight"
        assert line.text_content() in target.xpath("ancestor::*[contains(@class, 'field')][1]")[0].text_content()
    for name, value in typed.items():
        if name.endswith(("-text", "minutes")):
            assert tree.xpath(f"//*[@name='{name}']")[0].text_content().strip() == value
    assert Review.objects.get(pk=meeting.review.pk).minutes == ""
    assert not Observation.objects.exists()
    assert not Action.objects.exists()
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "typed",
    [
        {"flag-no-goals-text": "Said and not saved"},
        {"else-title": "Agreed and not saved"},
        {"decision_text": "Decided and not saved"},
        {"decision_kind": "stop"},
        {"decision_basis": "outcomes"},
        {"decision_patients": "0"},
        {"decision_look_again_on": "2027-05-25"},
        {"decision_kind": "stop", "decision_text": "Decided", "decision_patients": "9"},
    ],
)
def test_no_button_drops_what_was_typed_for_another(meeting, typed):
    response = meeting.press("helps:flag-no-vision", **typed)

    assert errors(response) == ["This is not saved yet. Press the button below it, or empty it."]
    assert not Observation.objects.exists()


def test_f06_a_press_sent_twice_does_its_thing_once(meeting):
    key = str(uuid.uuid4())
    sent = {"do": "hinders:flag-no-vision", "submission": key}

    first, again = (meeting.client.post(meeting.url, sent) for _time in range(2))

    assert first.url == again.url
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("button", ["", "nonsense"])
def test_a_button_that_is_not_there_keeps_the_draft_and_does_no_more(meeting, button):
    assert meeting.press(button, minutes="Kept").status_code == 200

    assert Review.objects.get(pk=meeting.review.pk).minutes == "Kept"
    assert not Observation.objects.exists()
    assert not Action.objects.exists()


@pytest.mark.parametrize("button", ["hinders:flag-gone", "act:conflicts:x", "done:action-0", "done:else"])
def test_f07_a_button_of_a_row_that_is_not_there_says_so_and_keeps_what_was_typed(meeting, button):
    response = meeting.press(button, minutes="Kept")

    assert errors(response) == ["What you pressed a button for is no longer on this page. Nothing was done with it."]
    assert shown(document(response), "minutes") == "Kept"
    assert not Observation.objects.exists()
    assert not Action.objects.exists()


def test_closing_leads_to_the_minutes_and_carries_the_rest(meeting):
    make_topic(meeting.review, by=meeting.practitioner)

    response = meeting.press(
        "close", minutes="Agreed.", attendees=[meeting.leader.pk, meeting.practitioner.pk], settled=["flag-no-vision"]
    )

    assert response.redirect_chain[0][0] == meeting.url.removesuffix("hold/")
    assert "Review closed." in page(response)
    assert "Agreed." in page(response)
    carried = set(meeting.following.agenda_items.values_list("code", flat=True))
    assert {"topic:1", "flag:no-goals"} <= carried
    assert "flag:no-vision" not in carried
    assert "Carried from 25 Nov" in page(
        meeting.client.get(meeting.url.replace(f"/{meeting.review.pk}/", f"/{meeting.following.pk}/"))
    )


def test_b08_a_review_is_closed_once(meeting):
    sent = {"minutes": "Agreed.", "attendees": [meeting.leader.pk], "do": "close"}
    meeting.client.post(meeting.url, sent | {"submission": str(uuid.uuid4())})
    before = list(AgendaItem.objects.order_by("pk").values())

    again = meeting.client.post(meeting.url, sent | {"minutes": "Other", "submission": str(uuid.uuid4())})

    assert "This review is closed. What was recorded stands as it is." in page(again)
    assert Review.objects.get(pk=meeting.review.pk).minutes == "Agreed."
    assert list(AgendaItem.objects.order_by("pk").values()) == before
    assert AuditEvent.objects.filter(code="review.closed").count() == 1
    opened = meeting.client.get(meeting.url)
    assert (opened.status_code, opened.url) == (302, meeting.url.removesuffix("hold/"))


def test_a06_switching_the_language_keeps_what_was_typed(meeting):
    sent = {"minutes": "Halfway", "settled": ["flag-no-vision"], "flag-no-goals-text": "Hm", "switch_language": "nb"}

    tree = document(meeting.client.post(meeting.url, sent))

    assert tree.get("lang") == "nb"
    assert tree.xpath("//textarea[@name='minutes']")[0].text_content().strip() == "Halfway"
    assert tree.xpath("//*[@name='flag-no-goals-text']")[0].text_content().strip() == "Hm"
    assert [one.get("value") for one in tree.xpath("//input[@name='settled'][@checked]")] == ["flag-no-vision"]


def test_each_control_of_a_row_says_what_it_is_about_to_who_cannot_see_where_it_stands(meeting):
    row = document(meeting.client.get(meeting.url)).get_element_by_id("flag-no-vision")
    title = next(
        one.title
        for one in agendas.agenda(meeting.service, reviews.standing(meeting.service, TODAY)).rows
        if one.code == "flag:no-vision"
    )

    for control in row.xpath(".//button | .//summary"):
        assert re.search(re.escape(title), control.text_content())


def test_r02_the_page_asks_no_more_of_the_database_with_more_on_the_agenda(meeting, django_assert_max_num_queries):
    meeting.client.get(meeting.url)
    with django_assert_max_num_queries(200) as few:
        meeting.client.get(meeting.url)
    for number in range(8):
        make_topic(meeting.review, by=meeting.practitioner, code=f"topic:{number + 1}")
        make_action(meeting.service, due_on=TODAY - 4 * DAY, owner=meeting.leader)

    with django_assert_max_num_queries(len(few)):
        meeting.client.get(meeting.url)


@pytest.mark.parametrize("language", LANGUAGES)
def test_f07_f09_everything_filled_in_wrongly_is_named_beside_its_field_and_kept(meeting, language):
    client = client_of(meeting.leader, language=language)
    fields = client.get(meeting.url).context["form"].fields
    left_out = ("submission", "opened_as", "settled")  # nobody fills these in wrongly: see the ticks below
    wrong = {name: junk(field) for name, field in fields.items() if name not in left_out}

    response = meeting.press("decide", client=client, **wrong)

    form = response.context["form"]
    tree, lines = check_error_page(response, language, form=form)
    assert len(lines) == sum(len(messages) for messages in form.errors.values())
    for name, value in wrong.items():
        if value == "":
            continue
        assert name in form.errors, name
        if not isinstance(fields[name], forms.ChoiceField | forms.ModelMultipleChoiceField):
            assert shown(tree, name) == value
    assert not tree.xpath("//*[contains(@class, 'wrong')]/ancestor::details[not(@open)]")
    assert not Decision.objects.exists()


def test_f07_what_was_typed_and_chosen_stands_there_still_beside_an_error(meeting):
    typed = {
        "attendees": [str(meeting.leader.pk), str(meeting.practitioner.pk)],
        "looked_at_outcomes": "on",
        "minutes": "We & they\nwent on",
        "flag-no-vision-title": "Write one",
        "flag-no-vision-owner": str(meeting.practitioner.pk),
        "flag-no-vision-due_on": "2026-12-01",
        "else-entry": "own-time",
        "else-text": "We read at home",
        "decision_kind": "stop",
        "decision_patients": "9",
    }

    response = meeting.press("draft", settled=["flag-no-goals"], **typed)

    tree, _lines = check_error_page(response, "en", form=response.context["form"])
    for name, value in typed.items():
        assert shown(tree, name) == value, name
    assert filled_in(response)["settled"] == ["flag-no-goals"]


def test_f07_a_tick_beside_nothing_is_no_error_that_nobody_could_put_right(meeting):
    response = meeting.press("draft", settled=["flag-no-vision", "flag-never-was"], minutes="Kept")

    assert "Draft saved." in page(response)
    assert meeting.review.agenda_items.get(settled=True).code == "flag:no-vision"


@pytest.mark.parametrize(("first", "second"), [("en", "nb"), ("nb", "en")])
def test_a06_a_page_can_be_saved_after_its_language_was_switched(meeting, first, second):
    client = client_of(meeting.leader, language=first)
    before = meeting.opened(client=client)

    switched = filled_in(client.post(meeting.url, before | {"minutes": "Halfway", "switch_language": second}))
    response = meeting.press("draft", client=client, page=switched, minutes="Halfway there")

    assert switched["flag-no-vision-title"] != before["flag-no-vision-title"]  # proposed in the page's language
    assert errors(response) == []
    assert Review.objects.get(pk=meeting.review.pk).minutes == "Halfway there"
    assert not Action.objects.exists()


def test_a06_a_page_can_be_saved_after_the_language_was_switched_on_another_one(meeting):
    opened = meeting.opened()

    response = meeting.press("draft", client=client_of(meeting.leader, language="nb"), page=opened, minutes="Saved")

    assert errors(response) == []
    assert Review.objects.get(pk=meeting.review.pk).minutes == "Saved"


def test_a06_an_action_of_ones_own_words_stays_in_them_when_the_language_is_switched(meeting):
    own = {"flag-no-vision-title": "Write the vision on Monday"}

    switched = filled_in(meeting.client.post(meeting.url, meeting.opened() | own | {"switch_language": "nb"}))
    response = meeting.press("draft", page=switched)

    assert switched["flag-no-vision-title"] == own["flag-no-vision-title"]
    assert errors(response) == ["Dette er ikke lagret ennå. Trykk på knappen under, eller tøm feltet."]
