"""Forms for paper: every instrument, everybody who answers, and what has to be said on them."""

import pytest
from django.utils import translation

from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS
from assessments.paper import TYPED_IN, paper_form
from tests.assessments.second_wave import ICS, NHS, WCQ
from tests.factories import make_leader, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text

ALL = (IMR_FIDELITY, GOI, ILS, PRESS, IMRS, ICS, NHS, WCQ)
EVERY = [(instrument, who) for instrument in ALL for who in instrument.informants]
HERE = "/services/f/assessments/instruments/"


def said_on(paper) -> str:
    return " ".join((*paper.who_sees, paper.how, paper.wording, *paper.counting))


@pytest.mark.parametrize(("instrument", "informant"), EVERY)
def test_every_instrument_has_a_form_with_a_box_for_each_answer(instrument, informant):
    for language in ("en", "nb"):
        with translation.override(language):
            paper = paper_form(instrument, informant, official_texts={})

    assert len(paper.items) == len(instrument.items)
    for item, definition in zip(paper.items, instrument.described, strict=True):
        answers = definition.levels or range(instrument.lowest, instrument.highest + 1)
        assert item.boxes == tuple(map(str, answers))
        assert item.text == definition.name.nb
    assert (paper.version, paper.licence) == (instrument.version, instrument.licence.nb)
    assert paper.who_sees
    assert len(paper.counting) == len(instrument.subscales) + 1


def test_both_who_answer_about_a_leader_have_a_form_of_their_own():
    staff, own = (paper_form(ILS, who, official_texts={}) for who in ("staff", "self"))

    assert "Do not write your name" in said_on(staff)
    assert "Somebody other than the leader" in said_on(staff)
    assert "as a result of the group" in said_on(staff)
    assert "never fewer than 3" in said_on(staff)
    assert "Only you see it until you share it" in said_on(own)
    assert "envelope" not in said_on(own)
    assert (staff.is_group, own.is_group) == (True, False)


@pytest.mark.parametrize("informant", ["patient", "practitioner"])
def test_a_form_about_a_patient_stays_in_the_services_own_system(informant):
    paper = paper_form(IMRS, informant, official_texts={})

    assert "stays there. It is never typed into Holdfast" in said_on(paper)
    assert "of 5 or more" in said_on(paper)
    assert "have it at hand" in said_on(paper)


def test_a_rating_scale_has_its_anchors_in_small_print_and_tells_which_to_check():
    paper = paper_form(IMR_FIDELITY, "assessor", official_texts={})

    assert paper.items[0].steps[0] == "1: some sessions with more than 15"
    assert [bool(item.check) for item in paper.items[:5]] == [False, False, False, False, True]
    assert paper.names_rater
    assert paper.asks_why


def test_f15_the_exact_words_are_printed_where_every_item_has_its_own():
    words = {item: f"Exact words of {item}" for item in PRESS.items}
    whole = paper_form(PRESS, "staff", official_texts=words)
    most = paper_form(PRESS, "staff", official_texts={**words, "routine": ""})

    assert [(item.text, item.about, item.check) for item in whole.items] == [(text, "", "") for text in words.values()]
    assert "The official wording" in whole.wording
    assert "Exact" not in " ".join(item.text for item in most.items)
    assert "not the official one" in most.wording


def test_what_a_group_needs_is_told_to_whoever_counts():
    paper = paper_form(ILS, "staff", official_texts={})

    assert paper.counting[0] == "Proactive: the mean of 1, 2 and 3, if at least 2 are answered: ______"
    assert paper.counting[-1] == "The mean of the figures above, if there are at least 4: ______"


def test_every_form_of_a_shipped_instrument_can_be_typed_in_somewhere():
    shipped = {(one.key, who) for one in (IMR_FIDELITY, GOI, ILS, PRESS, IMRS) for who in one.informants}

    assert set(TYPED_IN) == shipped


@pytest.mark.django_db
def test_the_page_is_the_form_with_where_to_type_it_in(clock):
    service = make_service("f")
    response = client_of(make_leader(service)).get(f"{HERE}ils/paper/staff/")

    assert "Result of all the forms typed in on" in main_text(response)
    assert "http://testserver/services/f/assessments/leadership/new/" in main_text(response)
    assert "Version 2014.1. Implementation Leadership Scale" in main_text(response)
    boxes = document(response).xpath("//table//span[@class='box']")
    assert len(boxes) == 12 * 6  # nought to four, and no answer


@pytest.mark.django_db
def test_a_form_is_in_the_language_and_the_words_of_its_reader(clock):
    service = make_service("f")
    words = {item: f"Nøyaktig {item}" for item in PRESS.items}
    client_of(make_leader(service)).post(f"{HERE}press/wording/nb/", words | {"allowed": "on"})

    english = client_of(make_practitioner(service)).get(f"{HERE}press/paper/staff/")
    norwegian = client_of(make_practitioner(service), language="nb").get(f"{HERE}press/paper/staff/")

    assert "Nøyaktig routine" in main_text(norwegian)
    assert "Nøyaktig" not in main_text(english)
