"""What our data say: plain sentences with how each is known, what is new since the last review, and for whose eyes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from assessments.instruments import ILS, IMR_FIDELITY, PRESS
from planning import agendas, effort, reviews
from planning.data_news import SOURCES, data_news
from planning.minutes import minutes_of
from planning.standing import standing
from planning.wording.data_news import NAMES, of_source
from planning.wording.data_said import SAYERS
from tests.assessments.newer import carry, newer_version
from tests.factories import (
    at_noon,
    make_action,
    make_adviser,
    make_allocation,
    make_caseload_month,
    make_leader,
    make_leadership_rating,
    make_organisation_rating,
    make_outcome_round,
    make_own_leadership_rating,
    make_practitioner,
    make_rating,
    make_recommendation,
    make_review,
    make_service,
    make_stand_in,
    make_sustainment_rating,
)
from tests.planning.site import client_of, document, main_text, oslo

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
HERE = "/services/f/data/"
MET = date(2026, 10, 1)  # the last review


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False):
        yield


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return make_leader(service)


def met(service, on=MET):
    return make_review(service, closed_at=at_noon(on))


def part(member, source: str) -> str:
    """What the page says of one source."""
    (section,) = document(client_of(member).get(HERE)).xpath(f"//section[@aria-labelledby='source-{source}']")
    return " ".join(section.text_content().split())


def test_what_nobody_recorded_is_said_not_to_be_known(leader):
    for source in SOURCES[:-1]:
        assert "Not known:" in part(leader, source), source
    assert "What IMR needs is not known" in part(leader, "time")


def test_every_source_has_words():
    assert set(NAMES) == set(SAYERS) == set(SOURCES)
    for language in ("en", "nb"):
        with translation.override(language):
            assert all(of_source(source, TODAY) != source for source in SOURCES)
    assert of_source("gone", TODAY) == "gone"


def test_fidelity_is_judged_compared_with_the_last_review_and_leads_to_the_next_act(service, leader):
    met(service)
    make_rating(service, rated_on=MET - 300 * DAY, total=Decimal("3.50"))
    rating = make_rating(service, rated_on=MET + 20 * DAY, total=Decimal("3.9961538462"))
    taken_up, _waiting = make_recommendation(rating), make_recommendation(rating, text="Meet every week")
    make_action(service, recommendation=taken_up)

    said = part(leader, "fidelity")

    assert "Fidelity (new)" in said
    assert "Fidelity was judged at 3.996 of 5 on 21 October 2026: moderate. (judged by raters)" in said
    assert "At the last review it was 3.50: it is higher now." in said
    assert "1 recommendation of the visit is no action yet." in said


@pytest.mark.parametrize(("rated_on", "new"), [(MET, False), (MET + DAY, True)])
def test_only_what_came_after_the_last_review_is_new(service, leader, rated_on, new):
    met(service)
    make_organisation_rating(service, rated_on=rated_on)

    assert ("(new)" in part(leader, "organisation")) == new
    assert ("Nothing is new since the review on 1 October 2026." in main_text(client_of(leader).get(HERE))) != new


def test_the_organisation_is_judged_with_its_band_on_the_unrounded_mean(service, leader):
    make_organisation_rating(service, mean=Decimal("3.996"))

    assert "judged at 3.996 of 5 on 26 October 2026: moderate. (judged by raters)" in part(leader, "organisation")


def test_f15_a_leaders_own_rating_is_told_of_to_that_leader_alone_until_it_is_shared(service, leader):
    make_leadership_rating(service)
    own = make_own_leadership_rating(leader)
    others = [make_stand_in(service), make_practitioner(service), make_adviser(service)]

    assert "Your own rating of 26 October 2026 stands beside it. Nobody else sees it" in part(leader, "leadership")
    for other in others:
        assert "own rating" not in part(other, "leadership")
    own.shared_on = TODAY
    own.save()
    for reader in (leader, *others):
        assert "The leader's own rating of 26 October 2026 stands beside it." in part(reader, "leadership")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "9 answered up to 26 October 2026: leadership for IMR at 2.50 of 4. (judged by those who answered)"),
        ({"answers": 4, "minimum": 5}, "4 answered up to 26 October 2026. Too few, or too much alike"),
        ({"bounded": {"supportive": "most"}}, "leadership for IMR at 2.50 or more of 4."),
        (
            {"bounded": {"supportive": "most", "proactive": "least"}},
            "Too few, or too much alike, for one figure of all.",
        ),
    ],
)
def test_f15_no_exact_figure_of_leadership_from_too_few_or_from_limits(service, leader, fields, words):
    make_leadership_rating(service, **fields)

    said = part(leader, "leadership")

    assert words in said
    assert ("2.50 of 4" in said) == (not fields)
    assert ("2.50" in said) == ("2.50" in words)


@pytest.mark.parametrize("make_reader", [make_leader, make_practitioner])
def test_counts_of_patients_are_exact_for_the_team(service, make_reader):
    make_caseload_month(service, individual_patients=3, dropped_out=None)

    said = part(make_reader(service), "caseload")

    assert "October 2026: sessions held 10, patients in individual IMR 3, dropped out not known. (counted)" in said


def test_f15_counts_of_patients_are_not_an_advisers(service):
    make_caseload_month(service, individual_patients=3, sessions_held=7)
    adviser = make_adviser(service)

    said = part(adviser, "caseload")

    assert "Counts of patients are for the leader and the practitioners." in said
    assert not {"3", "7"} & set(said.replace(".", "").split())


def test_caseload_is_compared_with_the_month_that_the_last_review_could_know(service, leader):
    met(service)
    make_caseload_month(service, month=date(2026, 9, 1), sessions_held=6)
    make_caseload_month(service, month=date(2026, 10, 1), sessions_held=14)
    make_caseload_month(service, month=date(2026, 11, 1), sessions_held=99)  # still running

    said = part(leader, "caseload")

    assert "October 2026: sessions held 14" in said
    assert "Before the last review: September 2026: sessions held 6" in said
    assert "99" not in said


def test_f15_small_counts_of_outcomes_keep_to_the_rules_of_their_page(service):
    make_outcome_round(service, patients=4, mean=None)
    make_outcome_round(service, form="practitioner", better=4, same=5, worse=3, sd=Decimal("0.5"))
    adviser = make_adviser(service)

    said = part(adviser, "outcomes")

    assert "<5 patients, no mean" in said
    assert "is for the team alone" in said
    assert "33 % changed reliably" in part(make_practitioner(service), "outcomes")


@pytest.mark.parametrize(
    ("fed_back_on", "words"),
    [(None, "The latest round is not shown to the practitioners yet."), (TODAY, "Let a decision rest on it")],
)
def test_outcomes_say_what_to_do_with_them(service, leader, fed_back_on, words):
    make_outcome_round(service, fed_back_on=fed_back_on)

    assert f"What to do with it: {words}" in part(leader, "outcomes")


def test_time_says_what_is_set_aside_and_whether_it_changed(service, leader):
    met(service)
    practitioner = make_practitioner(service)
    make_allocation(practitioner, starts_on=MET - 90 * DAY)
    assert "No hours are set aside for monitoring itself." in part(leader, "time")
    assert "have changed" not in part(leader, "time")

    make_allocation(practitioner, work="monitoring", hours_per_week=1, starts_on=MET + DAY)

    said = part(leader, "time")
    assert "The hours set aside have changed since the last review." in said
    assert "1 h a week of it are set aside for monitoring. (counted)" in said


def test_monitoring_is_counted_against_the_budget_for_those_who_see_it(service, leader):
    for form in ("outcome_round_add", "outcome_import", "action_add"):
        effort.count(form, service=service, fields=4, seconds=240, on=TODAY)  # in the middle of its bucket: 210

    words = "In November 2026 the forms of the assessments took leaders about 7 minutes, of 11 for all forms and 30"
    assert words in main_text(client_of(leader).get(HERE))
    assert "Of it about 7 minutes went into monitoring" in main_text(
        client_of(leader).get("/services/f/leader/effort/")
    )
    assert "took leaders" not in main_text(client_of(make_practitioner(service)).get(HERE))


@pytest.mark.parametrize(("saved", "over"), [(8, False), (9, True)])  # 28 minutes, 31.5
def test_monitoring_that_takes_more_than_the_budget_says_what_to_do(service, leader, saved, over):
    for _time in range(saved):
        effort.count("fidelity_add", service=service, fields=14, seconds=240, on=TODAY)

    assert ("Ask less often, or drop a form." in main_text(client_of(leader).get(HERE))) == over


def test_every_part_leads_to_a_page_that_its_reader_may_open(service):
    make_rating(service)
    for reader in (make_leader(service), make_practitioner(service), make_adviser(service)):
        client = client_of(reader)
        for link in document(client.get(HERE)).xpath("//main//section//a/@href"):
            assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("page", ["", "standing/", "fidelity/"])
def test_the_page_is_found_from_the_first_pages_and_the_assessments(service, leader, page):
    for reader in (leader, make_practitioner(service)):
        assert "What our data say" in main_text(client_of(reader).get(f"/services/f/{page}"))


# The agenda


def agenda_of(review):
    return agendas.agenda(review.service, standing(review.service, TODAY), review)


def test_the_agenda_tells_what_is_new_since_the_last_review_and_no_figure(service, leader):
    met(service)
    make_rating(service, rated_on=MET - DAY, total=Decimal("4.38"))
    make_outcome_round(service, measured_on=MET + 5 * DAY, mean=Decimal("3.41"))
    make_caseload_month(service, individual_patients=77)
    review = make_review(service)

    (row,) = agenda_of(review).of("data")

    assert row.sentences == [
        "A round of patient outcomes of 6 October 2026 is new.",
        "The caseload is recorded up to 31 October 2026.",
    ]
    text = main_text(client_of(leader).get(f"/services/f/reviews/{review.pk}/"))
    assert "What our data say" in text
    assert not [figure for figure in ("4.38", "3.41", "77") if figure in " ".join(row.sentences)]


def test_the_agenda_is_silent_where_nothing_is_new(service):
    met(service)
    make_rating(service, rated_on=MET)

    assert agenda_of(make_review(service)).of("data") == []


def test_f15_an_unshared_rating_of_the_own_leadership_is_no_news_for_anybody(service, leader):
    make_own_leadership_rating(leader)

    assert data_news(service, on=TODAY).new == ()


def test_the_minutes_keep_what_was_new_as_sentences_without_figures(service, leader):
    make_rating(service, rated_on=TODAY - 9 * DAY, total=Decimal("4.38"))
    make_caseload_month(service, individual_patients=77)
    review = make_review(service, starts_at=at_noon(TODAY))

    closed = reviews.close(review, minutes="x", attendees=[leader], by=leader, at=at_noon(TODAY))
    make_rating(service, rated_on=TODAY, total=Decimal("1.11"))

    (lines,) = [lines for heading, lines in minutes_of(closed).sections if heading == "What our data say"]
    assert [line.title for line in lines] == [
        "A fidelity rating of 16 November 2026 is new. The caseload is recorded up to 31 October 2026."
    ]
    (kept,) = [row for row in closed.held_agenda["rows"] if row["code"] == "data"]
    assert kept["new"] == [{"source": "fidelity", "on": "2026-11-16"}, {"source": "caseload", "on": "2026-10-31"}]
    assert not kept["goes_on"]
    with translation.override("nb"):
        assert "En fidelitetsvurdering fra 16. november 2026 er ny." in str(minutes_of(closed).sections)


def test_after_a_review_only_later_data_stand_on_the_next_agenda(service, leader):
    make_rating(service, rated_on=TODAY - 9 * DAY)
    review, following = make_review(service, starts_at=at_noon(TODAY)), make_review(service)
    assert agenda_of(following).of("data")

    reviews.close(review, minutes="x", attendees=[leader], by=leader, at=at_noon(TODAY))

    assert agenda_of(following).of("data") == []


@pytest.mark.parametrize(
    ("fields", "changed"),
    [
        ({"starts_on": MET - DAY}, None),
        ({"starts_on": MET + DAY}, MET + DAY),
        ({"starts_on": TODAY + DAY}, None),
        ({"starts_on": MET - 90 * DAY, "ends_on": MET + 9 * DAY}, MET + 10 * DAY),
        ({"starts_on": MET - 90 * DAY, "ends_on": TODAY}, None),  # still in force
    ],
)
def test_hours_are_new_when_they_began_or_ended_since(service, fields, changed):
    met(service)
    make_allocation(make_practitioner(service), **fields)

    found = {one.source: one.on for one in data_news(service, on=TODAY).new}

    assert found == ({"time": changed} if changed else {})


def test_a_result_is_read_by_the_version_it_was_made_with_whatever_came_later(service, leader, tmp_path, monkeypatch):
    met(service)
    for on, version in ((MET - 300 * DAY, "1"), (MET + 20 * DAY, "")):
        make_rating(service, rated_on=on, total=Decimal("3.996"), version=version and "2005.1")
        make_organisation_rating(service, rated_on=on, mean=Decimal("3.996"), version=version and "2009.1")
    before = [part(leader, source) for source in ("fidelity", "organisation")]

    def change(content):
        content["bands"] = [{"key": "high", "from": "3.5"}, {"key": "low", "from": "1"}]

    newer = (("imr_fidelity", "2005.2"), ("goi", "2009.2"))
    carry(monkeypatch, [newer_version(tmp_path, key, version, change) for key, version in newer])

    assert [part(leader, source) for source in ("fidelity", "organisation")] == before
    assert all("3.996 of 5" in said and "moderate" in said for said in before)
    make_rating(service, rated_on=TODAY, total=Decimal("3.996"), version="2005.2")
    assert "4.00 of 5 on 25 November 2026: high." in part(leader, "fidelity")


def test_whether_imr_is_still_used_leads_to_its_own_list(service, leader):
    make_sustainment_rating(service)

    page = document(client_of(leader).get(HERE))

    links = page.xpath("//section[@aria-labelledby='source-sustainment']//a/@href")
    assert links == ["/services/f/assessments/sustainment/"]


def test_each_source_says_what_its_result_means_and_whose_instrument_it_is(service, leader):
    make_rating(service)
    make_sustainment_rating(service)

    text = main_text(client_of(leader).get(HERE))

    assert "it does not say whether that helps patients" in part(leader, "fidelity")
    assert "it does not say how much of it is done" in part(leader, "sustainment")
    assert "does not say" not in part(leader, "leadership"), "nothing was measured"
    for instrument in (IMR_FIDELITY, PRESS):
        assert f"{instrument.licence.en} {instrument.citation.en}" in text
    assert ILS.citation.en not in text
