"""All results in one list, and each list's file: by what, of how many, and under the small-number rules."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.spreadsheets import as_csv
from assessments import results_out, scoring
from assessments.instruments import ILS, stored
from assessments.models import DomainMeans, LeadershipRating
from assessments.results_out import By, items, lines
from assessments.wording import BOUNDS
from tests.assessments.second_wave import ICS, NHS, WCQ
from tests.factories import (
    LEADERSHIP,
    make_adviser,
    make_domain_means,
    make_leader,
    make_leadership_rating,
    make_organisation_rating,
    make_outcome_round,
    make_own_leadership_rating,
    make_practitioner,
    make_rating,
    make_service,
    make_stand_in,
    make_sustainment_rating,
)
from tests.planning.site import client_of, main_text
from tests.planning.test_csv_out import records

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)


@pytest.fixture
def service():
    return make_service("f", name="Fjord")


def rows(member) -> list[dict]:
    return records(member, "all_results_csv")


def figures(member, instrument: str) -> dict[str, str]:
    """By part."""
    return {row["Part"]: row["Figure"] for row in rows(member) if row["Instrument"] == instrument}


def test_every_figure_says_by_what_and_of_how_many(service):
    make_leadership_rating(service, answers=9, minimum=4, version="2014.1", wording="official")

    row = next(row for row in rows(make_practitioner(service)) if row["Part"] == "supportive")

    assert row == {
        "Service": "Fjord",
        "Date": "2026-10-26",
        "Instrument": "ils",
        "Version": "2014.1",
        "Wording": "the official wording",
        "Who answered": "staff",
        "Part": "supportive",
        "Name of the part": "Supportive",
        "Limit": "",
        "Figure": "3.20",
        "How many": "9",
        "Smallest number": "4",
        "How known": "judged",
        "Licence": ILS.licence.en,
        "Source": ILS.citation.en,
    }


def test_every_kind_of_result_is_there(service):
    rated = {"philosophy": 5, "eligibility": 4}
    make_rating(service, version="2005.1", items={"cbt": 2}, total=Decimal("4.3846153846"))
    make_organisation_rating(service, items=rated, version="2009.1")
    make_leadership_rating(service)
    make_sustainment_rating(service)
    make_outcome_round(service, sd=Decimal("0.61"), better=6, same=6, worse=0)
    DomainMeans.objects.create(service=service, rated_on=TODAY, tool="psat", means={"funding": "4.25"})
    reader = make_practitioner(service)

    assert figures(reader, "imr_fidelity") == {"total": "4.38", "cbt": "2"}
    assert figures(reader, "goi") == {"total": "3.50", "philosophy": "5", "eligibility": "4"}
    assert figures(reader, "ils") == {
        **{name: f"{Decimal(mean):.2f}" for name, mean in LEADERSHIP.items()},
        "total": "2.50",
        "support_engagement_gap": "1.00",
    }
    assert figures(reader, "press") == {"total": "2.50"}
    assert figures(reader, "imrs") == {"total": "3.40", "sd": "0.61", "better": "6", "same": "6", "worse": "0"}
    assert figures(reader, "psat") == {"funding": "4.25"}
    known = {(row["Instrument"], row["Part"]): row["How known"] for row in rows(reader)}
    assert known["imr_fidelity", "total"] == "computed"  # of the items
    assert known["imr_fidelity", "cbt"] == known["press", "total"] == "judged"
    assert known["imrs", "better"] == "counted"


def test_the_page_shows_what_the_file_holds(service):
    make_rating(service)
    make_leadership_rating(service, bounded={"supportive": "most"})

    text = main_text(client_of(make_practitioner(service)).get("/services/f/assessments/results/"))

    for words in ("imr_fidelity", "4.38", "this or more", "3.20", ILS.licence.en, ILS.citation.en):
        assert words in text


def test_b07_a_mean_that_lies_beyond_what_so_few_can_show_stands_as_its_limit(service):
    make_leadership_rating(service, bounded={"supportive": "most"})
    make_sustainment_rating(service, bounded={"total": "least"})
    reader = make_practitioner(service)

    limits = {(row["Instrument"], row["Part"]): row["Limit"] for row in rows(reader)}
    assert limits == {
        ("ils", "proactive"): "",
        ("ils", "knowledgeable"): "",
        ("ils", "supportive"): "this or more",
        ("ils", "perseverant"): "",
        ("ils", "total"): "this or more",
        ("ils", "support_engagement_gap"): "this or more",
        ("press", "total"): "this or less",
    }
    assert records(reader, "leadership_ratings_csv")[0]["Supportive: limit"] == "this or more"
    assert records(reader, "sustainment_ratings_csv")[0]["Limit"] == "this or less"
    assert "mean 2.50 or less of 4" in main_text(client_of(reader).get("/services/f/assessments/sustainment/"))


def test_nothing_of_fewer_than_was_agreed_or_of_fewer_than_five_patients(service):
    make_leadership_rating(service, answers=3, minimum=4)  # no form takes it; a file brought in might
    make_outcome_round(service, patients=4, mean=None)

    for reader in (make_leader(service), make_practitioner(service), make_adviser(service)):
        assert rows(reader) == []
        assert records(reader, "leadership_ratings_csv")[0]["Supportive"] == ""
        assert records(reader, "outcome_rounds_csv")[0]["How many patients"] == "<5"


def test_changes_of_a_few_patients_are_left_out_with_those_that_would_give_them_away(service):
    make_outcome_round(service, patients=12, sd=None, better=6, same=4, worse=2)

    assert figures(make_practitioner(service), "imrs") == {"total": "3.40"}


def test_a_spread_of_a_few_is_left_out(service):
    make_outcome_round(service, patients=9, sd=Decimal("0.61"))

    assert "sd" not in figures(make_practitioner(service), "imrs")


def test_a_leaders_own_rating_is_the_leaders_until_it_is_shared(service):
    leader = make_leader(service)
    own = make_own_leadership_rating(leader)
    others = [make_stand_in(service), make_practitioner(service), make_adviser(service)]

    assert {row["Who answered"] for row in rows(leader)} == {"the leader, about the own leadership"}
    assert [rows(other) for other in others] == [[], [], []]

    own.shared_on = TODAY
    own.save()
    assert all(rows(other) for other in others)


@given(
    answers=st.integers(1, 12),
    minimum=st.integers(3, 5),
    bounded=st.dictionaries(st.sampled_from(sorted(LEADERSHIP)), st.sampled_from(["most", "least"])),
)
def test_b07_no_line_of_too_few_and_no_sum_that_leads_behind_a_limit(answers, minimum, bounded):
    rating = LeadershipRating(
        rated_on=TODAY,
        answers=answers,
        minimum=minimum,
        bounded=bounded,
        **{name: Decimal(mean) for name, mean in LEADERSHIP.items()},
    )

    found = list(results_out._leadership(rating))

    if answers < minimum:
        assert found == []
    else:
        limits = {line.part: line.bound for line in found if line.bound}
        assert set(limits) - {"total", "support_engagement_gap"} == set(bounded)
        derived = {line.part for line in found} - set(LEADERSHIP)
        assert ("total" in derived) is (len(set(bounded.values())) < 2), "limits that pull apart have no sum"
        if "total" in derived:
            assert limits.get("total") == (BOUNDS[next(iter(bounded.values()))] if bounded else None)


@pytest.mark.parametrize("instrument", [ICS, NHS, WCQ])
def test_an_instrument_of_the_second_wave_is_taken_out_like_the_others(service, instrument):
    answers = {
        item.key: next(iter(item.levels)) if item.levels else instrument.highest for item in instrument.described
    }
    score = scoring.score(answers, instrument)
    by = By(TODAY, instrument, instrument.informants[0], instrument.version, "paraphrase", 6, 5)

    means = {**score.subscales, "total": score.total}
    found = [*lines(by, means, known=results_out.COMPUTED), *items(by, answers)]

    assert [line.part for line in found] == [*means, *instrument.items]
    cells = [line.cells(service) for line in found]
    assert {len(row) for row in cells} == {len(results_out.HEADINGS)}
    assert f"{instrument.key},{instrument.version},our own wording" in as_csv(
        results_out.Table.of(results_out.HEADINGS, cells)
    ).decode("utf-8-sig")
    assert list(lines(By(TODAY, instrument, "staff", count=4, minimum=5), means, known="")) == []


@pytest.mark.parametrize(
    ("name", "key", "make"),
    [
        ("fidelity", "imr_fidelity", make_rating),
        ("organisation_ratings", "goi", make_organisation_rating),
        ("leadership_ratings", "ils", make_leadership_rating),
        ("sustainment_ratings", "press", make_sustainment_rating),
        ("outcome_rounds", "imrs", make_outcome_round),
    ],
)
def test_each_lists_file_says_by_what_its_rows_were_measured(service, name, key, make):
    instrument = stored(key, "")
    make(service, version=instrument.version)

    (row,) = records(make_practitioner(service), f"{name}_csv")

    assert (row["Instrument"], row["Version"]) == (key, instrument.version)
    assert (row["Licence"], row["Source"]) == (instrument.licence.en, instrument.citation.en)
    assert row["Wording"] == ("" if instrument.kind == "questionnaire" else "the official wording")


def test_the_list_says_what_each_result_means_and_does_not(service):
    make_rating(service)
    make_leadership_rating(service)
    make_domain_means(service)

    text = main_text(client_of(make_practitioner(service)).get("/services/f/assessments/results/"))

    for meaning in (
        "It says how much raters found in place when they visited; it does not say whether that helps patients",
        "It says how those who answered see the leadership; it does not say what the leader does",
        "it does not say whether IMR will last, or how it is given",
        "A figure to talk about. It ranks nobody and decides nothing about a single patient.",
    ):
        assert text.count(meaning) == 1, meaning
