"""Rounds of patient outcomes: groups of five and more, and small counts for the team alone. And the organisation."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django import forms

from assessments.forms.measures import CHANGES, OutcomeForm
from assessments.models import OrganisationRating, OutcomeRound
from assessments.outcome_sheet import HEADINGS
from planning.models import ConfirmedEmpty
from tests.factories import (
    make_adviser,
    make_leader,
    make_organisation_rating,
    make_outcome_round,
    make_practitioner,
    make_service,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/outcomes/"
GOOD = {"measured_on": "2026-11-10", "form": "patient", "patients": "12", "mean": "3.4", "fed_back_on": "2026-11-17"}


@pytest.fixture
def service():
    return make_service("f")


def errors(response) -> list[str]:
    """The fields that are wrong; none when the form was taken."""
    return [] if response.status_code == 302 else list(response.context["form"].errors)


def test_f04_a_round_is_recorded_as_a_group(service):
    response = client_of(make_adviser(service)).post(f"{HERE}new/", GOOD, follow=True)

    measured = OutcomeRound.objects.get()
    assert (measured.service, measured.patients, measured.mean) == (service, 12, Decimal("3.4"))
    assert (
        "10 November 2026 Filled in by patients · 12 patients · mean 3.40 of 5 · "
        "shown to the practitioners on 17 November 2026" in main_text(response)
    )


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"patients": "5"}, []),
        ({"patients": "4"}, ["mean"]),
        ({"patients": "0"}, ["mean"]),
        ({"patients": "4", "mean": ""}, []),
        ({"patients": "0", "mean": ""}, []),
        ({"patients": "-1"}, ["patients"]),
        ({"mean": "5.1"}, ["mean"]),
        ({"fed_back_on": "2026-11-09"}, ["fed_back_on"]),
        ({"fed_back_on": "2026-11-26"}, ["fed_back_on"]),
        ({"fed_back_on": "2026-11-10"}, []),
        ({"fed_back_on": ""}, []),
        ({"measured_on": "2026-11-26", "fed_back_on": ""}, ["measured_on"]),
        ({"form": ""}, ["form"]),
    ],
)
def test_f09_no_mean_of_fewer_than_five_and_days_in_their_order(service, changes, wrong):
    assert errors(client_of(make_leader(service)).post(f"{HERE}new/", GOOD | changes)) == wrong


WHOLE = GOOD | {"sd": "0.6", "better": "4", "same": "5", "worse": "1", "missing": "2"}


def test_f04_a_whole_round_is_recorded_with_the_version_of_the_scales(service):
    assert errors(client_of(make_adviser(service)).post(f"{HERE}new/", WHOLE)) == []

    measured = OutcomeRound.objects.get()
    assert (measured.sd, measured.better, measured.same, measured.worse) == (Decimal("0.6"), 4, 5, 1)
    assert (measured.missing, measured.version) == (2, "2007.1")


@pytest.mark.parametrize(
    ("changes", "wrong", "sentence"),
    [
        ({"mean": ""}, "sd", "A standard deviation needs a mean."),
        ({"sd": "2.1"}, "sd", "With this mean the standard deviation is 2.00 at most."),
        ({"sd": "-0.1"}, "sd", "must be at least 0"),
        ({"mean": "1.1", "sd": "0.67"}, "sd", "With this mean the standard deviation is 0.65 at most."),
        ({"mean": "1.1", "sd": "0.66"}, "", ""),
        ({"mean": "1", "sd": "0.5"}, "sd", "is 0.00 at most"),
        ({"worse": ""}, "worse", "Fill in “better”, “about the same” and “worse”"),
        ({"better": "", "worse": ""}, "better", "Fill in “better”"),
        ({"better": "", "same": "", "worse": ""}, "", ""),
        ({"better": "2", "same": "2", "worse": "0"}, "better", "five patients or more were in both rounds"),
        ({"better": "3", "same": "2", "worse": "0"}, "", ""),
        ({"better": "0", "same": "0", "worse": "0"}, "better", "five patients or more were in both rounds"),
        ({"better": "4", "same": "7", "worse": "1"}, "", ""),
        ({"better": "5", "same": "7", "worse": "1"}, "better", "are 13 together, of 12 patients"),
        ({"better": "-1"}, "better", "must be at least 0"),
        ({"missing": "-1"}, "missing", "must be at least 0"),
        ({"missing": "a"}, "missing", "must be a whole number"),
    ],
)
def test_f09_the_figures_of_a_round_go_together_or_a_sentence_says_why_not(service, changes, wrong, sentence):
    response = client_of(make_leader(service)).post(f"{HERE}new/", WHOLE | changes)

    assert errors(response) == ([wrong] if wrong else [])
    if wrong:
        (said,) = response.context["form"].errors[wrong]
        assert sentence in said


def test_f09_no_more_changed_than_were_in_the_round_before(service):
    make_outcome_round(service, measured_on=date(2026, 8, 10), patients=9)
    leader = client_of(make_leader(service))

    assert errors(leader.post(f"{HERE}new/", WHOLE)) == ["better"]
    assert errors(leader.post(f"{HERE}new/", WHOLE | {"better": "3"})) == []


@pytest.mark.parametrize(("fields", "opened"), [({}, False), ({"sd": Decimal("0.5")}, True)])
def test_the_simple_round_is_short_and_the_rest_is_folded_until_it_is_filled_in(service, fields, opened):
    measured = make_outcome_round(service, **fields)

    page = document(client_of(make_leader(service)).get(f"{HERE}{measured.pk}/"))

    (folded,) = page.xpath("//form//details")
    assert (folded.get("open") is not None) == opened
    assert {one.get("name") for one in folded.xpath(".//input")} == {"sd", "better", "same", "worse", "missing"}


def test_f12_nothing_of_one_patient_can_be_entered():
    """Every field of the form and every column that is kept is a day, a choice, a count or a figure of the group."""
    of_the_group = {
        "measured_on": forms.DateField,
        "form": forms.TypedChoiceField,
        "patients": forms.IntegerField,
        "mean": forms.DecimalField,
        "sd": forms.DecimalField,
        "better": forms.IntegerField,
        "same": forms.IntegerField,
        "worse": forms.IntegerField,
        "missing": forms.IntegerField,
        "fed_back_on": forms.DateField,
    }
    kept = {field.name for field in OutcomeRound._meta.get_fields() if field.concrete}

    assert {name: type(field) for name, field in OutcomeForm.base_fields.items()} == of_the_group
    assert kept == {"id", "service", "version", *of_the_group}
    assert list(HEADINGS) == list(of_the_group)


def test_f09_one_round_a_day_of_each_form(service):
    make_outcome_round(service, measured_on=date(2026, 11, 10))
    leader = client_of(make_leader(service))

    assert errors(leader.post(f"{HERE}new/", GOOD)) == ["measured_on"]
    assert errors(leader.post(f"{HERE}new/", GOOD | {"form": "practitioner"})) == []


@pytest.mark.parametrize("make_reader", [make_leader, make_practitioner, make_adviser])
def test_small_counts_are_not_told_apart_in_the_list(service, make_reader):
    make_outcome_round(service, patients=3, mean=None)

    response = client_of(make_reader(service)).get(HERE)

    assert "<5 patients" in main_text(response)
    assert "3 patients" not in main_text(response)


def test_a_small_count_opens_in_the_form_for_those_alone_who_may_see_it(service):
    small, large = make_outcome_round(service, patients=3, mean=None, form="practitioner"), make_outcome_round(service)
    leader, adviser = client_of(make_leader(service)), client_of(make_adviser(service))

    for page in ("", "remove/"):
        assert leader.get(f"{HERE}{small.pk}/{page}").status_code == 200
        assert adviser.get(f"{HERE}{large.pk}/{page}").status_code == 200
    assert adviser.get(f"{HERE}{small.pk}/").status_code == 404
    assert adviser.post(f"{HERE}{small.pk}/", GOOD).status_code == 404
    offered = document(adviser.get(HERE)).xpath("//main//ul[@class='rows']//a/@href")
    assert offered == [f"{HERE}{large.pk}/"]


@pytest.mark.parametrize("name", ["patients", "better", "same", "worse", "missing"])
def test_f15_any_small_count_of_a_round_keeps_its_form_to_the_team(service, name):
    counts = {"better": 5, "same": 5, "worse": 0, "mean": None if name == "patients" else Decimal("3.4")}
    if name == "patients":
        counts |= {"better": None, "same": None, "worse": None}
    measured = make_outcome_round(service, **(counts | {name: 4}))

    assert client_of(make_practitioner(service)).get(HERE).status_code == 200
    assert client_of(make_leader(service)).get(f"{HERE}{measured.pk}/").status_code == 200
    assert client_of(make_adviser(service)).get(f"{HERE}{measured.pk}/").status_code == 404
    assert not document(client_of(make_adviser(service)).get(HERE)).xpath("//main//ul[@class='rows']//a")


def two_rounds(service, **fields):
    """Three months apart, of patients; what is given is of the later one."""
    make_outcome_round(service, measured_on=date(2026, 8, 10), patients=20, mean=Decimal("3.00"), sd=Decimal("0.5"))
    now = {"measured_on": date(2026, 11, 10), "patients": 20, "mean": Decimal("3.50"), "sd": Decimal("0.5")}
    return make_outcome_round(service, **(now | fields))


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (
            {},
            "The mean moved by +0.50 since 10 August 2026 (95 % interval +0.18 to +0.82): better, by more than chance.",
        ),
        ({"mean": Decimal("3.20")}, "moved by +0.20 since 10 August 2026 (95 % interval −0.12 to +0.52): chance alone"),
        ({"mean": Decimal("2.50")}, "(95 % interval −0.82 to −0.18): worse, by more than chance."),
        ({"sd": None}, "moved by +0.50 since 10 August 2026. Whether that is more than chance is not known"),
        ({"mean": None, "sd": None}, "How it moved since the round before is not known"),
    ],
)
def test_f05_the_change_since_the_round_before_with_its_interval(service, now, words):
    two_rounds(service, **now)

    assert words in main_text(client_of(make_practitioner(service)).get(HERE))


def test_f05_a_first_round_is_compared_with_nothing(service):
    make_outcome_round(service)

    assert "It is the first round of this form" in main_text(client_of(make_leader(service)).get(HERE))


def test_f05_the_share_with_reliable_change_and_whose_deviation_it_rests_on(service):
    two_rounds(service, better=6, same=9, worse=5)
    adviser = client_of(make_adviser(service))

    text = main_text(adviser.get(HERE))

    assert "Of 20 patients in both rounds 30 % changed reliably for the better, 45 % did not change" in text
    assert "larger than 0.64: by your own standard deviation of 0.50 in the round before" in text
    OutcomeRound.objects.filter(measured_on=date(2026, 8, 10)).update(patients=19, sd=Decimal("0.9"))
    assert "larger than 0.64: by an assumed standard deviation of 0.50" in main_text(adviser.get(HERE))


def test_f15_a_share_with_a_small_part_is_for_the_team_alone(service):
    two_rounds(service, better=6, same=10, worse=4)

    assert "30 % changed reliably" in main_text(client_of(make_practitioner(service)).get(HERE))
    text = main_text(client_of(make_adviser(service)).get(HERE))
    assert "changed reliably for the better" not in text
    assert "is for the team alone" in text


@pytest.mark.parametrize(("worse", "cells"), [(6, ["8", "3", "6"]), (3, ["8", "6", "3"])])
def test_f15_of_a_list_that_leaves_the_team_no_small_part_can_be_worked_out(service, worse, cells):
    two_rounds(service, patients=17, better=8, same=17 - 8 - worse, worse=worse, missing=2)
    leader = client_of(make_leader(service))
    assert cells == [str(getattr(OutcomeRound.objects.latest("measured_on"), name)) for name in CHANGES]

    assert latest_row(leader, *CHANGES) == ["", "", ""]
    assert latest_row(leader, "patients", "missing") == ["17", "<5"]
    OutcomeRound.objects.update(same=0, better=17 - 6, worse=6)
    assert latest_row(leader, *CHANGES) == ["11", "0", "6"]


def latest_row(client, *names) -> list[str]:
    """The cells of these fields in the first row of the list as a spreadsheet."""
    lines = client.post(f"{HERE}csv/").content.decode("utf-8-sig").splitlines()
    headings, first, *_others = csv.reader(lines, delimiter=";" if ";" in lines[0] else ",")
    found = dict(zip(headings, first, strict=True))
    return [found[str(OutcomeRound._meta.get_field(name).verbose_name)] for name in names]


def test_f05_the_two_forms_stand_beside_each_other(service):
    two_rounds(service)
    make_outcome_round(
        service,
        form="practitioner",
        measured_on=date(2026, 11, 14),
        mean=Decimal("3.75"),
        patients=18,
        fed_back_on=None,
    )

    page = client_of(make_leader(service)).get(HERE)

    rows = [[cell.text_content() for cell in row] for row in document(page).xpath("//table[1]/tbody/tr")][:2]
    assert rows == [
        ["14 November 2026", "3.50 (20)", "3.75 (18)", "+0.25"],
        ["10 August 2026", "3.00 (20)", "–", "–"],
    ]
    assert "Practitioners rate it 0.25 higher than patients." in main_text(page)


def test_a_result_says_what_it_means_and_what_not_with_licence_and_citation(service):
    make_outcome_round(service)

    text = main_text(client_of(make_practitioner(service)).get(HERE))

    assert "It does not mean that IMR brought it about, and it says nothing about a single patient." in text
    assert "not to be sold or distributed for a fee" in text
    assert "Salyers and others 2007" in text


@pytest.mark.parametrize(("rounds", "words", "lines"), [
    (2, "2 figures: too few points to judge", 0),
    (9, "9 figures: too few points to judge", 0),
    (10, "10 figures, median", 9),
    (11, "11 figures, median", 10),
    (12, "By the limits of the first twelve", 11),
])  # fmt: skip
def test_b07_rounds_over_time_are_dots_then_a_run_chart_then_have_limits(service, rounds, words, lines):
    for number in range(rounds):
        make_outcome_round(
            service, measured_on=date(2023, 1, 10) + number * timedelta(days=91), mean=Decimal(3) + number % 3
        )

    page = client_of(make_practitioner(service)).get(HERE)

    markup = page.content.decode()
    assert words in main_text(page)
    assert "Higher is better here." in main_text(page)
    assert (markup.count("chart-dot"), markup.count("chart-line"), markup.count("chart-median")) == (
        rounds, lines, rounds >= 10
    )  # fmt: skip
    assert markup.count("chart-limit") == (2 if rounds >= 12 else 0)


def test_that_nothing_was_measured_can_be_said(service):
    leader = client_of(make_leader(service))
    (link,) = [a for a in document(leader.get(HERE)).xpath("//main//a") if a.text_content() == "Nothing was measured"]

    leader.post(link.get("href"), {})

    assert service.confirmed_empty.get().list == ConfirmedEmpty.List.OUTCOMES
    assert "Said to be empty on Wed 25 Nov." in main_text(leader.get(HERE))
    assert "Nothing was measured" not in main_text(client_of(make_adviser(service)).get(HERE))


# The organisation


@pytest.mark.parametrize(
    ("mean", "wrong"), [("1", []), ("5", []), ("0.99", ["mean"]), ("5.01", ["mean"]), ("", ["mean"])]
)
def test_f09_the_organisation_is_rated_from_one_to_five(service, mean, wrong):
    address = "/services/f/assessments/organisation/new/"

    assert errors(client_of(make_adviser(service)).post(address, {"rated_on": "2026-11-20", "mean": mean})) == wrong


def test_a_rating_of_the_organisation_shows_its_band_as_decided_on_the_unrounded_mean(service):
    make_organisation_rating(service, mean=Decimal("3.996"))

    text = main_text(client_of(make_practitioner(service)).get("/services/f/assessments/organisation/"))

    assert "mean 3.996 of 5 · moderate" in text
    assert "Heiervang and others 2020" in text


def test_a_rating_can_keep_its_day_when_it_is_put_right(service):
    rating = make_organisation_rating(service, rated_on=date(2026, 11, 20))

    client_of(make_leader(service)).post(
        f"/services/f/assessments/organisation/{rating.pk}/", {"rated_on": "2026-11-20", "mean": "3.25"}
    )

    assert OrganisationRating.objects.get().mean == Decimal("3.25")


def test_the_assessments_are_one_place(service):
    make_organisation_rating(service, rated_on=date(2026, 10, 20))

    text = main_text(client_of(make_practitioner(service)).get("/services/f/fidelity/"))

    assert "Organisation (General Organizational Index) latest Tue 20 Oct" in text
    assert "Leadership (Implementation Leadership Scale) nothing yet" in text
    assert "Patient outcomes nothing yet" in text


@pytest.mark.parametrize(
    ("before", "patients", "mean", "wrong"),
    [
        (date(2026, 11, 1), 11, "3.4", ["measured_on"]),  # the twelfth would be known
        (date(2026, 11, 1), 16, "3.4", ["measured_on"]),
        (date(2026, 11, 1), 17, "3.4", []),
        (date(2026, 11, 1), 12, "3.4", []),  # all may have answered anew
        (date(2026, 10, 27), 11, "3.4", []),
        (date(2026, 11, 20), 11, "3.4", ["measured_on"]),
        (date(2026, 11, 1), 11, None, []),
    ],
)
def test_f16_no_two_rounds_subtract_to_a_single_patient(service, before, patients, mean, wrong):
    make_outcome_round(service, measured_on=before, form="patient", patients=patients, mean=mean and Decimal(mean))

    assert errors(client_of(make_leader(service)).post(f"{HERE}new/", GOOD)) == wrong
