"""A stored result is read by the definition it was made with, whatever version comes later."""

from decimal import Decimal

import pytest

from assessments import outcome_rounds, visits
from assessments.instruments import ILS, IMR_FIDELITY, stored
from assessments.models import FidelityRating, OrganisationRating
from assessments.wave_results import rated_by
from tests.assessments.newer import carry, newer_version
from tests.factories import (
    make_leader,
    make_leadership_rating,
    make_organisation_rating,
    make_outcome_round,
    make_practitioner,
    make_rated_visit,
    make_rating,
    make_recommendation,
    make_service,
)
from tests.planning.site import client_of, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

ITEMS = dict.fromkeys(IMR_FIDELITY.items, 4) | {"cbt": 3}
TOTAL = Decimal("3.9230769231")


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """A version of each scale in which other names, other bands and other words hold."""

    def change(content):
        content["items"][0]["name"] = {"en": "Renamed item", "nb": "Ledd med nytt navn"}
        content["bands"] = [{"key": "high", "from": "3.5"}, {"key": "low", "from": "1"}]
        content["citation"] = {"en": "Another source", "nb": "En annen kilde"}

    carry(
        monkeypatch,
        [newer_version(tmp_path, "imr_fidelity", "2005.2", change), newer_version(tmp_path, "goi", "2009.2", change)],
    )


@pytest.fixture
def rating(service):
    return make_rating(service, total=TOTAL, items=ITEMS, version="2005.1")


def page_of(service, rating) -> str:
    return main_text(client_of(make_practitioner(service)).get(f"/services/f/fidelity/{rating.pk}/"))


def test_an_old_result_keeps_its_names_its_band_and_its_source(service, rating, newer):
    text = page_of(service, rating)

    assert "mean 3.92 of 5, moderate" in text
    assert "People in a session or group" in text
    assert "Renamed item" not in text
    assert "version 2005.1" in text
    assert "Egeland and others 2019" in text
    assert "3.92moderate" in main_text(client_of(make_practitioner(service)).get("/services/f/fidelity/"))


def test_a_result_of_the_newer_version_is_read_by_that(service, newer):
    text = page_of(service, make_rating(service, total=TOTAL, items=ITEMS, version="2005.2"))

    assert "mean 3.92 of 5, high" in text
    assert "Renamed item" in text
    assert "Another source" in text


def test_a_leadership_rating_without_a_version_is_not_moved_by_a_newer_one(service, tmp_path, monkeypatch):
    def change(content):
        content["citation"] = {"en": "Another source", "nb": "En annen kilde"}

    carry(monkeypatch, [newer_version(tmp_path, "ils", "2015.1", change)])

    found = {
        version: rated_by(make_leadership_rating(version=version), ILS).version for version in ("2014.1", "2015.1")
    }
    assert found == {"2014.1": "2014.1", "2015.1": "2015.1"}
    assert rated_by(make_leadership_rating(version=""), ILS).version == "2014.1"


@pytest.mark.parametrize(("mean", "band"), [("3.9", "moderate"), ("4.1", "high")])
def test_a_mean_from_elsewhere_is_not_moved_by_a_newer_version(service, newer, mean, band):
    make_organisation_rating(service, mean=Decimal(mean))

    response = client_of(make_practitioner(service)).get("/services/f/assessments/organisation/")

    assert f"mean {mean}0 of 5 · {band}" in main_text(response)


def test_what_is_rated_by_items_keeps_the_version_it_was_rated_by(service, newer):
    leader = client_of(make_leader(service))
    sent = {"rated_on": "2026-11-20"} | {item: str(figure) for item, figure in ITEMS.items()}

    leader.post("/services/f/fidelity/new/", sent)
    leader.post("/services/f/fidelity/new/", {"rated_on": "2026-11-21", "total": "4"})

    by_items, by_mean = FidelityRating.objects.order_by("rated_on")
    assert (by_items.version, by_mean.version) == ("2005.2", "")


def test_an_old_rating_that_is_put_right_stays_of_its_version(service, rating, newer):
    leader = client_of(make_leader(service))
    address = f"/services/f/fidelity/{rating.pk}/change/"
    assert "People in a session or group" in main_text(leader.get(address))

    leader.post(address, {"rated_on": "2026-11-20"} | dict.fromkeys(ITEMS, "5"))

    rating.refresh_from_db()
    assert (rating.version, rating.total) == ("2005.1", Decimal(5))


def test_items_are_added_by_the_version_of_the_day_and_taken_out_with_it(service, newer):
    leader = client_of(make_leader(service))
    rating = make_rating(service)
    address = f"/services/f/fidelity/{rating.pk}/change/"

    leader.post(address, {"rated_on": "2026-11-20"} | dict.fromkeys(ITEMS, "4"))
    rating.refresh_from_db()
    assert rating.version == "2005.2"

    leader.post(address, {"rated_on": "2026-11-20", "total": "4"} | dict.fromkeys(ITEMS, "none"))
    rating.refresh_from_db()
    assert (rating.version, rating.items) == ("", {})


def test_the_organisation_is_rated_by_its_items_too(service, newer):
    items = {item: 3 for item in stored("goi", "2009.2").items if item != "plan"}

    client_of(make_leader(service)).post(
        "/services/f/assessments/organisation/new/",
        {"rated_on": "2026-11-20"} | {item: str(figure) for item, figure in items.items()},
    )

    rating = OrganisationRating.objects.get()
    assert (rating.mean, rating.items, rating.version) == (Decimal(3), items, "2009.2")


@pytest.mark.parametrize(("year", "name"), [("1", "People in a session or group"), ("2", "Renamed item")])
def test_a_recommendation_names_its_item_as_it_was_rated(service, newer, year, name):
    visit = make_rated_visit(service, fidelity_version=f"2005.{year}", organisation_version=f"2009.{year}")
    visit = visits.agree(visit, by=visit.raters.first().member, on=visit.planned_on)
    make_recommendation(visit.rating, about=f"imr_fidelity:{IMR_FIDELITY.items[0]}", text="Begin a group")

    text = main_text(client_of(make_practitioner(service)).get(f"/services/f/fidelity/visits/{visit.pk}/"))

    assert f"1 {name}Begin a group" in text


@pytest.mark.parametrize("version", ["2007.1", ""])
@pytest.mark.parametrize("form", ["patient", "practitioner"])
def test_a_round_of_outcomes_is_judged_by_the_reliability_it_was_measured_with(tmp_path, monkeypatch, version, form):
    def read(now_version):
        measured = make_outcome_round(form=form, version=now_version)
        before = make_outcome_round(form=form, patients=20, sd=Decimal("0.7"))
        return outcome_rounds.reading(measured, before, exact=True)

    before = read(version)
    carry(monkeypatch, [newer_version(tmp_path, "imrs", "2027.1", less_reliable)])

    old, new = read(version), read("2027.1")
    assert (old.own, old.deviation, old.limit) == (before.own, before.deviation, before.limit)
    assert (old.own, new.own) == (True, False)
    assert new.limit != old.limit


def less_reliable(content):
    """Other figures for the reliability of the scales."""
    scales = content["reliable_change"]
    scales |= {"own_sd_from": 40, "retest": dict.fromkeys(scales["retest"], "0.5")}
