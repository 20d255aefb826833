"""What a fidelity report says of a visit: gathered from the record once, and printed word for word."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation

from accounts.access import Permission, roles_with
from accounts.models import Role
from assessments import visits
from assessments.instruments import IMR_FIDELITY
from assessments.models import Visit
from assessments.visit_items import Given
from planning.documents import fidelity_content, fidelity_pages
from planning.documents.kinds import KINDS
from planning.documents.pages import checksum
from planning.models import Action, Document
from tests import factories as make
from tests.planning import fidelity_samples
from tests.planning.document_samples import made
from tests.planning.pdf_reading import pages_of, says, text_of

TODAY = date(2026, 11, 20)
VISITED = date(2026, 10, 14)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_friday():
    with time_machine.travel("2026-11-20 09:00+01:00", tick=False):
        yield


@pytest.fixture
def visit() -> Visit:
    """Two raters who were two steps apart on one item and settled it; one item that could not be rated."""
    service = make.make_service("f", practice="IMR")
    visit = make.make_visit(service, planned_on=VISITED, covers="Three practitioners", practitioners=3, patients=4)
    first, second = visit.raters.order_by("number")
    make.rate_all(first, cbt=5)
    make.rate_all(second, cbt=3)
    item = IMR_FIDELITY.by_key["cbt"]
    visits.settle(visit, item, Given(rating=3, note="Seen in one session only"), by=first.member)
    item = IMR_FIDELITY.by_key["handouts"]
    visits.settle(visit, item, Given(not_rateable="No handout was there to see"), by=first.member)
    return visits.agree(visit, by=first.member, on=VISITED + timedelta(days=2))


def gathered(visit: Visit, as_of: date = TODAY, language: str = "en") -> dict:
    return fidelity_content.gather(visit, as_of, language)


def item_of(content: dict, key: str) -> dict:
    return next(item for scale in content["scales"] for item in scale["items"] if item["key"] == key)


def test_it_is_plain_json_that_survives_being_stored(visit):
    content = gathered(visit)

    assert json.loads(json.dumps(content)) == content
    assert content["as_of_on"] == "2026-11-20"
    assert content["visit"]["visited_on"] == "2026-10-14"


def test_there_is_no_report_of_a_visit_without_a_result():
    with pytest.raises(fidelity_content.NotAgreed):
        gathered(make.make_rated_visit())


def test_it_names_the_raters_and_what_they_are_to_the_service(visit):
    raters = gathered(visit)["raters"]

    assert [one["relation"] for one in raters] == ["Leader", "Adviser"]
    assert [one["name"] for one in raters] == [one.member.name for one in visit.raters.order_by("number")]


def test_both_scales_have_their_total_with_its_band_on_the_unrounded_figure(visit):
    fidelity, organisation = gathered(visit)["scales"]

    assert (fidelity["key"], organisation["key"]) == ("imr_fidelity", "goi")
    assert fidelity["figure"] == "3.92"  # 47 of 12 items
    assert fidelity["band"] == "moderate"
    assert "moderate" in fidelity["total"]
    assert "whether IMR will last" in fidelity["means"]


def test_an_item_has_what_its_step_stands_for_and_what_the_next_one_takes(visit):
    item = item_of(gathered(visit), "imr_fidelity:cbt")
    anchors = IMR_FIDELITY.by_key["cbt"].anchors.texts

    assert item["rating"] == 3
    assert item["note"] == "Seen in one session only"
    assert item["stands_for"] == anchors[2].en
    assert item["raised_by"] == anchors[3].en
    assert item["check"] == "Check against the official form."  # as no published text confirms its anchors
    assert item_of(gathered(visit), "imr_fidelity:curriculum")["check"] == ""


def test_an_item_that_was_not_rated_says_why(visit):
    item = item_of(gathered(visit), "imr_fidelity:handouts")

    assert item["rating"] is None
    assert item["why_not"] == "No handout was there to see"
    assert item["stands_for"] == item["raised_by"] == ""


def test_items_two_steps_apart_tell_how_they_were_settled(visit):
    fidelity, organisation = gathered(visit)["scales"]

    assert fidelity["apart"] == [
        {"name": "10 Cognitive-behavioral techniques", "first": 5, "second": 3, "agreed": 3}
        | {"settled": "Seen in one session only"}
    ]
    assert organisation["apart"] == []


def test_agreement_is_of_the_two_on_their_own_and_kappa_is_there_only_where_it_says_something(visit):
    fidelity, organisation = gathered(visit)["scales"]

    assert [line["name"] for line in fidelity["agreement"]["lines"]][:3] == [
        "The same rating",
        "At most one step apart",
        "Gwet's AC2",
    ]
    assert fidelity["agreement"]["lines"][0]["words"] == "92 %"  # 12 of 13
    assert "Weighted kappa" in [line["name"] for line in fidelity["agreement"]["lines"]]
    assert "Weighted kappa" not in [line["name"] for line in organisation["agreement"]["lines"]]


def test_recommendations_come_in_the_order_of_the_items_with_what_is_agreed(visit):
    make.make_recommendation(visit.rating, text="Look at it at the next review")
    advice = make.make_recommendation(visit.rating, text="Practise with each other", about="imr_fidelity:cbt")
    action = make.make_action(
        visit.service, title="A morning of practice", recommendation=advice, due_on=TODAY, opened_on=VISITED
    )

    first, second = gathered(visit)["recommendations"]

    assert first["about"] == "10 Cognitive-behavioral techniques"
    assert first["actions"] == [
        {
            "title": "A morning of practice",
            "owner": action.owner.name if action.owner else "",
            "due_on": "2026-11-20",
            "late": False,
            "state": "Open",
            "closed_on": None,
        }
    ]
    assert (second["about"], second["actions"]) == ("", [])


def test_an_action_is_told_as_it_stood_on_the_day_of_the_record(visit):
    advice = make.make_recommendation(visit.rating)
    done = TODAY - timedelta(days=2)
    make.make_action(
        visit.service, recommendation=advice, opened_on=VISITED, state=Action.State.DONE, closed_on=done, due_on=done
    )

    (before,) = gathered(visit, as_of=done - timedelta(days=1))["recommendations"]
    (after,) = gathered(visit, as_of=done)["recommendations"]

    assert (before["actions"][0]["state"], before["actions"][0]["closed_on"]) == ("Open", None)
    assert (after["actions"][0]["state"], after["actions"][0]["closed_on"]) == ("Done", done.isoformat())


def test_it_says_when_the_service_was_told_and_when_the_next_visit_is_due(visit):
    assert gathered(visit)["visit"]["told_on"] is None
    assert gathered(visit)["next"] == {"planned_on": None, "months": 6, "due_on": "2027-04-14"}  # not high: sooner

    make.make_visit_row(visit.service, planned_on=date(2027, 4, 7))
    told = visits.tell(visit, by=visit.raters.first().member, on=VISITED + timedelta(days=9))

    assert gathered(told)["visit"]["told_on"] == "2026-10-23"
    assert gathered(told)["next"]["planned_on"] == "2027-04-07"


def test_p11_counts_of_few_patients_are_not_in_it(visit):
    content = gathered(visit)

    assert content["visit"]["patients"] == "<5"
    assert content["visit"]["practitioners"] == "3"


def test_earlier_profiles_stand_beside_it(visit):
    before = dict.fromkeys(IMR_FIDELITY.items, 2)
    make.make_rating(visit.service, rated_on=date(2025, 10, 1), total="2", items=before)

    fidelity, organisation = gathered(visit)["scales"]

    assert fidelity["compared_on"] == ["2025-10-01"]
    assert {tuple(item["before"]) for item in fidelity["items"]} == {(2,)}
    assert fidelity["earlier"] == [{"rated_on": "2025-10-01", "figure": "2.00"}]
    assert organisation["compared_on"] == []


def test_p13_in_bokmaal_the_words_are_those_of_the_definitions_and_figures_have_a_comma(visit):
    content = gathered(visit, language="nb")

    assert item_of(content, "imr_fidelity:cbt")["name"] == f"10 {IMR_FIDELITY.by_key['cbt'].name.nb}"
    assert "3,92" in content["scales"][0]["total"]
    assert content["raters"][1]["relation"] == "Rådgiver"


def test_it_is_read_by_those_who_see_the_result_and_issued_by_those_who_may_rate():
    kind = KINDS[Document.Kind.FIDELITY_REPORT]

    assert kind.issue is Permission.RATE_FIDELITY
    assert set(roles_with(kind.read)) == {Role.LEADER, Role.STAND_IN, Role.PRACTITIONER, Role.ADVISER}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_p01_page_one_says_what_was_found_by_whom_and_has_lines_to_sign_on(language):
    content = fidelity_samples.typical(language)
    first = pages_of(made(Document.Kind.FIDELITY_REPORT, "typical", language).pdf)[0]

    for scale in content["scales"]:
        assert says(first, scale["total"])
        assert says(first, scale["means"])
    for rater in content["raters"]:
        assert says(first, rater["name"])
    assert says(first, content["does_not_keep"])
    assert says(first, content["visit"]["covers"])
    with translation.override(language):
        for words in ("First rater, date", "Second rater, date", "Leader, date"):
            assert says(first, translation.gettext(words))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_p02_everything_that_is_frozen_is_printed(language):
    content = fidelity_samples.typical(language)
    text = text_of(made(Document.Kind.FIDELITY_REPORT, "typical", language).pdf, foot=False)

    for scale in content["scales"]:
        for item in scale["items"]:
            for words in ("name", "stands_for", "raised_by", "note", "counts", "why_not"):
                assert says(text, item[words])
        for line in scale["agreement"]["lines"]:
            assert says(text, line["words"])
        for one in scale["apart"]:
            assert says(text, one["settled"])
        assert says(text, scale["licence"])
        assert says(text, scale["citation"])
    for one in content["recommendations"]:
        assert says(text, one["text"])
        for action in one["actions"]:
            assert says(text, action["title"])
            assert says(text, action["owner"])


def test_p04_made_again_it_is_the_same_to_the_byte_and_each_page_has_its_checksum():
    content = fidelity_samples.typical()
    report = made(Document.Kind.FIDELITY_REPORT, "typical", "en")

    assert fidelity_pages.make(content).pdf == report.pdf
    for number in range(1, report.pages + 1):
        assert says(text_of(report.pdf, first=number, last=number), checksum(content))
