"""A visit by its items: the form that works out the mean, and the page of one rating."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from assessments.instruments import IMR_FIDELITY
from assessments.models import FidelityRating
from tests.factories import make_adviser, make_leader, make_practitioner, make_rating, make_recommendation, make_service
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

SUM_57 = dict(zip(IMR_FIDELITY.items, [5, 5, 5, 5, 3, 5, 5, 5, 4, 4, 4, 3, 4], strict=True))
ADDRESS = "/services/f/fidelity/new/"


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def adviser(service):
    return client_of(make_adviser(service))


def sent(items=None, **fields) -> dict:
    """The form as somebody sends it."""
    return {"rated_on": "2026-11-20"} | {item: str(figure) for item, figure in (items or {}).items()} | fields


def messages(response) -> dict[str, str]:
    """What is wrong, by field."""
    return {name: " ".join(errors) for name, errors in response.context["form"].errors.items()}


def test_f04_the_mean_of_the_items_is_worked_out_and_kept_unrounded(service, adviser):
    response = adviser.post(ADDRESS, sent(SUM_57))

    rating = FidelityRating.objects.get()
    assert rating.total == Decimal("4.3846153846")
    assert rating.items == SUM_57
    assert response.url == f"/services/f/fidelity/{rating.pk}/"


@pytest.mark.parametrize("typed", ["4.38", "4.4", "4.385"])
def test_a_typed_mean_that_agrees_is_taken_and_the_unrounded_one_kept(service, adviser, typed):
    adviser.post(ADDRESS, sent(SUM_57, total=typed))

    assert FidelityRating.objects.get().total == Decimal("4.3846153846")


@pytest.mark.parametrize("typed", ["4.39", "4", "1"])
def test_f09_a_typed_mean_that_does_not_agree_is_told_with_the_right_one(service, adviser, typed):
    response = adviser.post(ADDRESS, sent(SUM_57, total=typed))

    assert messages(response) == {
        "total": "The items you rated have the mean 4.38. Put right the one or the other, or leave this empty."
    }
    assert not FidelityRating.objects.exists()


def test_f09_twelve_items_are_enough_and_eleven_are_not(service, adviser):
    eleven = {item: 4 for item in IMR_FIDELITY.items if item not in ("handouts", "cbt")}

    response = adviser.post(ADDRESS, sent(eleven, total="4", handouts="none"))
    assert list(messages(response)) == ["handouts"]
    assert "at least 12 of the 13" in messages(response)["handouts"]

    adviser.post(ADDRESS, sent(eleven | {"handouts": 5}, cbt="none"))
    rating = FidelityRating.objects.get()
    assert rating.total == Decimal("4.0833333333")
    assert "cbt" not in rating.items


def test_f09_neither_mean_nor_items(adviser):
    response = adviser.post(ADDRESS, sent())

    assert messages(response) == {"total": "Write the mean, from 1 to 5, such as 4.38, or rate the items."}


def test_f07_the_items_stay_folded_away_until_somebody_has_them(service, adviser):
    def stand_open(response) -> bool:
        (details,) = document(response).xpath("//main//details")
        return "open" in details.attrib

    assert not stand_open(adviser.get(ADDRESS))
    assert not stand_open(adviser.post(ADDRESS, sent()))
    assert stand_open(adviser.post(ADDRESS, sent(SUM_57, total="1")))
    assert stand_open(adviser.post(ADDRESS, sent(cbt="9")))
    assert stand_open(adviser.get(f"/services/f/fidelity/{make_rating(service, items=SUM_57).pk}/change/"))


def test_items_can_be_added_to_a_mean_that_was_typed_first(service, adviser):
    rating = make_rating(service, rated_on=date(2026, 11, 20), total=Decimal("4.38"))

    adviser.post(f"/services/f/fidelity/{rating.pk}/change/", sent(SUM_57, total="4.38"))

    rating.refresh_from_db()
    assert (rating.items, rating.total) == (SUM_57, Decimal("4.3846153846"))
    assert AuditEvent.objects.get().code == "fidelity.changed"


def test_a_rating_that_was_a_mistake_is_taken_out(service):
    leader = client_of(make_leader(service))
    rating = make_rating(service)
    make_recommendation(rating)

    leader.post(f"/services/f/fidelity/{rating.pk}/remove/", {})

    assert not FidelityRating.objects.exists()
    assert "Took out a fidelity rating" in main_text(leader.get("/services/f/audit/"))


def test_the_page_of_a_rating_shows_its_items_with_their_band(service):
    make_rating(service, rated_on=date(2025, 11, 20), total=Decimal("3.9"))
    rating = make_rating(service, items={**SUM_57, "cbt": 2}, total=Decimal("4.2307692308"))
    del rating.items["handouts"]
    rating.save()

    response = client_of(make_practitioner(service)).get(f"/services/f/fidelity/{rating.pk}/")

    assert "mean 4.23 of 5, high, higher than the time before" in main_text(response)
    rows = [
        [" ".join(" ".join(cell.itertext()).split()) for cell in row.xpath("td")]
        for row in document(response).xpath("//main//tbody/tr")
    ]
    assert len(rows) == 13
    assert rows[0][0].startswith("People in a session or group")
    assert [rows[index][1] for index in (0, 3, 9)] == ["5 high", "– not rated", "2 low"]
    assert "Add a recommendation" not in main_text(response)


def test_a_rating_of_which_only_the_mean_is_known_shows_no_table(service):
    rating = make_rating(service)

    response = client_of(make_practitioner(service)).get(f"/services/f/fidelity/{rating.pk}/")

    assert document(response).xpath("//main//table") == []
    assert "mean 4.38 of 5, high." in main_text(response)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"total": Decimal("4.38")}, "4.38"),
        ({"total": Decimal("4")}, "4"),
        ({"total": Decimal("4.3846153846"), "items": SUM_57}, "4.38"),
        ({"total": Decimal("4.3846153846")}, "4.3846153846"),
    ],
)
def test_a_mean_opens_in_the_form_as_it_was_written(service, adviser, fields, shown):
    rating = make_rating(service, **fields)

    response = adviser.get(f"/services/f/fidelity/{rating.pk}/change/")

    assert document(response).xpath("//input[@name='total']/@value") == [shown]
