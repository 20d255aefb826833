"""Fidelity totals: their limits, their form, their page."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from assessments.models import FidelityRating
from tests.factories import (
    make_adviser,
    make_leader,
    make_practitioner,
    make_rating,
    make_service,
    make_sponsor,
    make_stranger,
)
from tests.planning.site import client_of, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def service():
    return make_service("f")


@pytest.mark.parametrize("total", ["1", "4.1538461538", "5"])
def test_totals_from_one_to_five_are_kept_unrounded(service, total):
    rating = make_rating(service, total=Decimal(total))

    rating.refresh_from_db()
    assert rating.total == Decimal(total)


@pytest.mark.parametrize("total", ["0.9", "5.1", "-1"])
def test_other_totals_are_refused(service, total):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rating(service, total=Decimal(total))


def test_a_service_has_one_rating_a_day(service):
    make_rating(service, rated_on=TODAY)
    make_rating(service, rated_on=TODAY - timedelta(days=1))
    make_rating(make_service(), rated_on=TODAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        make_rating(service, rated_on=TODAY)


def test_a_rating_names_itself(service):
    assert str(make_rating(service, rated_on=TODAY)) == "4.38 on 2026-11-25"


@pytest.mark.parametrize("make_rater", [make_leader, make_adviser])
def test_f04_a_rating_is_recorded_by_a_plain_form(service, make_rater):
    rater = make_rater(service)

    response = client_of(rater).post(
        "/services/f/fidelity/new/", {"rated_on": "2026-11-20", "total": "4.62"}, follow=True
    )

    rating = FidelityRating.objects.get()
    assert (rating.service, rating.rated_on, rating.total) == (service, date(2026, 11, 20), Decimal("4.62"))
    assert response.redirect_chain == [("/services/f/fidelity/", 302)]
    text = main_text(response)
    assert "Rating saved." in text
    assert "Fri 20 Nov4.62" in text
    event = AuditEvent.objects.get()
    assert (event.code, event.actor, event.details) == ("fidelity.rated", rater.user.audit_id, {})


def test_ratings_are_listed_latest_first_and_never_praised_alone(service):
    make_rating(service, rated_on=date(2025, 11, 20), total=Decimal("3.1"))
    make_rating(service, rated_on=date(2026, 11, 20), total=Decimal("4.9"))
    make_rating(make_stranger().service, total=Decimal("2.2"))

    text = main_text(client_of(make_practitioner(service)).get("/services/f/fidelity/"))

    assert text.index("4.90") < text.index("3.10")
    assert "2.20" not in text
    assert "A high rating alone does not keep the practice" in text
    assert "judged by raters" in text
    assert "Add a rating" not in text


def test_without_a_rating_the_page_says_what_to_do_next(service):
    assert "Visits are planned for month 6 and 12" in main_text(
        client_of(make_adviser(service)).get("/services/f/fidelity/")
    )
    assert "No rating is recorded yet." in main_text(client_of(make_practitioner(service)).get("/services/f/fidelity/"))


@pytest.mark.parametrize("make_other", [make_practitioner, make_sponsor])
def test_who_may_not_rate_is_kept_out(service, make_other):
    client = client_of(make_other(service))

    assert client.post("/services/f/fidelity/new/", {"rated_on": "2026-11-20", "total": "4"}).status_code == 403
    assert not FidelityRating.objects.exists()


def test_a_stranger_finds_nothing(service):
    client = client_of(make_stranger())

    assert client.get("/services/f/fidelity/").status_code == 404
    assert client.get("/services/f/fidelity/new/").status_code == 404


def test_in_bokmaal_a_total_has_a_decimal_comma(service):
    make_rating(service, total=Decimal("4.38"))

    assert "4,38" in main_text(client_of(make_leader(service), language="nb").get("/services/f/fidelity/"))
