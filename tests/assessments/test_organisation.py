"""The organisation by its items: the mean that is worked out, and the profile."""

from decimal import Decimal

import pytest

from assessments.instruments import GOI
from assessments.models import OrganisationRating
from tests.factories import make_adviser, make_organisation_rating, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/organisation/"
ELEVEN = {item: 4 for item in GOI.items if item != "plan"}


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def adviser(service):
    return client_of(make_adviser(service))


def sent(items=None, **fields) -> dict:
    return {"rated_on": "2026-11-20"} | {item: str(figure) for item, figure in (items or {}).items()} | fields


def messages(response) -> dict[str, str]:
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


def test_f04_the_mean_of_the_items_is_worked_out_from_eleven_on(service, adviser):
    ten = {item: figure for item, figure in ELEVEN.items() if item != "assessment"}
    response = adviser.post(f"{HERE}new/", sent(ten))
    assert list(messages(response)) == ["assessment"]
    assert "at least 11 of the 12 items" in messages(response)["assessment"]

    adviser.post(f"{HERE}new/", sent(ELEVEN | {"training": 1}))
    rating = OrganisationRating.objects.get()
    assert rating.mean == Decimal("3.7272727273")
    assert (rating.items, rating.version) == (ELEVEN | {"training": 1}, "2009.1")


def test_f09_mean_and_items_that_do_not_agree_are_told(service, adviser):
    response = adviser.post(f"{HERE}new/", sent(ELEVEN, mean="3"))
    assert "have the mean 4.00" in messages(response)["mean"]

    response = adviser.post(f"{HERE}new/", sent())
    assert messages(response) == {"mean": "Write the mean, from 1 to 5, such as 3.25, or rate the items."}


def test_a_mean_alone_is_enough_and_names_no_version(service, adviser):
    adviser.post(f"{HERE}new/", sent(mean="3.25"))

    rating = OrganisationRating.objects.get()
    assert (rating.mean, rating.items, rating.version) == (Decimal("3.25"), {}, "")


def test_the_items_of_every_rating_stand_side_by_side(service):
    make_organisation_rating(service, items=ELEVEN, version="2009.1")
    make_organisation_rating(service, rated_on="2025-10-01", items=dict.fromkeys(GOI.items, 2), version="2009.1")
    reader = client_of(make_practitioner(service))

    response = reader.get(HERE)

    table = document(response).xpath("//main//tbody/tr")
    assert len(table) == 12
    assert [cell.text for cell in table[0].xpath("td")] == ["4", "2"]
    assert [cell.text for cell in table[GOI.items.index("plan")].xpath("td")] == ["–", "2"]
    assert "it does not say whether that helps patients" in main_text(response)


def test_what_is_not_confirmed_has_its_note_in_the_form(service, adviser):
    response = adviser.get(f"{HERE}new/")
    unsure = [
        item.key
        for item in GOI.described
        if item.confidence.needs_checking or (item.anchors and item.anchors.confidence.needs_checking)
    ]

    assert unsure
    for item in GOI.described:
        around = document(response).xpath(f"string(//*[@id='div_id_{item.key}'])")
        assert ("Check against the official form." in around) is (item.key in unsure)
