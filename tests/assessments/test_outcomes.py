"""Rounds of patient outcomes: groups of five and more, and small counts for the team alone. And the organisation."""

from datetime import date
from decimal import Decimal

import pytest

from assessments.models import OrganisationRating, OutcomeRound
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
