"""Means of sustainability tools that were filled in elsewhere: typed in, shown with their source, never judged."""

from datetime import date

import pytest

from assessments.domains import DOMAINS
from assessments.models import DomainMeans
from tests.factories import make_adviser, make_domain_means, make_leader, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/domains/"


@pytest.fixture
def service():
    return make_service("f")


def means(tool: str, value="4.25") -> dict:
    return {"rated_on": "2026-11-20", **dict.fromkeys(DOMAINS[tool], value)}


@pytest.mark.parametrize(("tool", "count"), [("csat", 7), ("psat", 8)])
def test_f04_the_means_of_each_domain_are_typed_in(service, tool, count):
    adviser = client_of(make_adviser(service))

    assert adviser.post(f"{HERE}{tool}/new/", means(tool)).status_code == 302

    rated = DomainMeans.objects.get()
    assert (rated.service, rated.tool, rated.rated_on) == (service, tool, date(2026, 11, 20))
    assert rated.means == dict.fromkeys(DOMAINS[tool], "4.25")
    assert len(rated.means) == count


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0.99", "must be at least 1"),
        ("7.01", "can be at most 7"),
        ("", "Give a number for “Funding stability”"),
        ("much", "must be a number"),
        ("1", None),
        ("7", None),
    ],
)
def test_f09_a_domain_is_rated_from_one_to_seven(service, value, words):
    response = client_of(make_leader(service)).post(f"{HERE}psat/new/", means("psat") | {"funding": value})

    assert (response.status_code == 302) == (words is None)
    if words:
        (said,) = response.context["form"].errors["funding"]
        assert words in said


def test_f09_one_day_of_each_tool(service):
    leader = client_of(make_leader(service))
    leader.post(f"{HERE}csat/new/", means("csat"))

    assert list(leader.post(f"{HERE}csat/new/", means("csat")).context["form"].errors) == ["rated_on"]
    assert leader.post(f"{HERE}psat/new/", means("psat")).status_code == 302


def test_means_are_put_right_and_taken_out(service):
    rated = make_domain_means(service)
    leader = client_of(make_leader(service))

    (field,) = document(leader.get(f"{HERE}{rated.pk}/")).xpath("//input[@name='readiness']")
    assert field.get("value") == "4.25"
    leader.post(f"{HERE}{rated.pk}/", means("csat", "5.5"))
    rated.refresh_from_db()
    assert set(rated.means.values()) == {"5.5"}
    leader.post(f"{HERE}{rated.pk}/remove/", {})
    assert not DomainMeans.objects.exists()


def test_the_list_names_the_source_and_draws_no_band(service):
    make_domain_means(service)
    make_domain_means(service, tool="psat")

    text = main_text(client_of(make_practitioner(service)).get(HERE))

    assert "Workflow integration 4.25" in text
    assert "Malone and others 2021" in text
    assert "Luke and others 2014" in text
    assert not {"high", "moderate", "low"} & set(text.split())


def test_the_list_is_handed_out_with_its_source(service):
    make_domain_means(service)

    sheet = client_of(make_leader(service)).post(f"{HERE}csv/").content.decode("utf-8-sig")

    assert "CSAT: Readiness" not in sheet
    assert "CSAT: Organizational readiness" in sheet
    assert "4.25" in sheet
    assert "Malone and others 2021" in sheet


@pytest.mark.parametrize(("make_reader", "offered"), [(make_leader, 2), (make_adviser, 2), (make_practitioner, 0)])
def test_a_new_one_is_offered_for_each_tool_to_those_who_may(service, make_reader, offered):
    links = document(client_of(make_reader(service)).get(HERE)).xpath("//main//a[contains(@href, '/new/')]")

    assert len(links) == offered


def test_the_assessments_lead_to_the_tools(service):
    make_domain_means(service, rated_on=date(2026, 10, 20))

    text = main_text(client_of(make_practitioner(service)).get("/services/f/fidelity/"))

    assert "Sustainability tools (CSAT, PSAT) latest Tue 20 Oct" in text


def test_the_page_says_what_a_mean_means_and_does_not(service):
    text = main_text(client_of(make_practitioner(service)).get(HERE))

    assert "it does not say whether IMR will last, or how it is given" in text
    assert "It ranks nobody" in text
