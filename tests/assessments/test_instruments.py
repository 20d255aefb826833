"""The pages about the instruments, made from the definitions alone."""

import pytest

from assessments import instruments
from assessments.instruments import ILS
from tests.assessments.newer import carry, second_wave
from tests.factories import make_leader, make_practitioner, make_service, make_sponsor
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/instruments/"


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def reader(service):
    return client_of(make_practitioner(service))


def links(response) -> list[str]:
    return document(response).xpath("//main//a/@href")


def test_every_instrument_says_what_it_is_for_who_answers_and_in_which_version(reader):
    text = main_text(reader.get(HERE))

    for name in (
        "IMR Fidelity Scale",
        "General Organizational Index",
        "Implementation Leadership Scale",
        "Provider Report of Sustainment Scale",
        "Illness Management and Recovery Scales",
    ):
        assert name in text
    told = "answered by staff and the leader, about the own leadership · 12 items · About 3 minutes for each form"
    assert told in text
    assert "A day's visit" in text
    assert "version 2014.1" in text


@pytest.mark.parametrize("key", ["imr_fidelity", "goi", "ils", "press", "imrs"])
def test_one_instrument_says_its_licence_its_source_and_what_is_not_confirmed(reader, key):
    response = reader.get(f"{HERE}{key}/")
    text = main_text(response)

    for heading in ("Who answers", "How long it takes", "Version", "What is not confirmed", "Licence and source"):
        assert heading in text
    assert "it does not say" in text
    assert "Nothing: a published text confirms all of it." in text or "Check it against the official form." in text
    assert document(response).xpath("//ol[@class='instrument-items']/li")


def test_an_instrument_of_the_second_wave_appears_by_itself(reader, monkeypatch):
    carry(monkeypatch, second_wave())
    response = reader.get(HERE)
    assert "NHS Sustainability Model" in main_text(response)

    for key, informants in {one.key: one.informants for one in instruments.definitions()}.items():
        page = reader.get(f"{HERE}{key}/")
        assert page.status_code == 200
        papers = [link for link in links(page) if "/paper/" in link]
        assert papers == [f"{HERE}{key}/paper/{who}/" for who in informants]
        assert {reader.get(paper).status_code for paper in papers} == {200}


@pytest.mark.parametrize(
    "place",
    ["kindness/", "ils/paper/patient/", "goi/wording/nb/", "imrs/wording/en/", "ils/wording/de/", "x/wording/nb/"],
)
def test_what_there_is_not_is_not_found(service, place):
    assert client_of(make_leader(service)).get(f"{HERE}{place}").status_code == 404


def test_the_exact_words_are_entered_by_leaders_of_questionnaires_alone(service, reader):
    leader = client_of(make_leader(service))

    assert f"{HERE}ils/wording/nb/" in links(leader.get(f"{HERE}ils/"))
    assert not [link for link in links(leader.get(f"{HERE}goi/")) if "wording" in link]
    assert not [link for link in links(reader.get(f"{HERE}ils/")) if "wording" in link]
    assert reader.get(f"{HERE}ils/wording/nb/").status_code == 403
    assert client_of(make_sponsor(service)).get(HERE).status_code == 403


def test_the_assessments_lead_to_the_instruments_and_to_all_results(reader):
    found = links(reader.get("/services/f/fidelity/"))

    assert {HERE, "/services/f/assessments/results/", "/services/f/assessments/sustainment/"} <= set(found)


def test_items_are_told_in_the_order_of_the_form(reader):
    told = document(reader.get(f"{HERE}ils/")).xpath("//ol[@class='instrument-items']/li/text()")

    assert [name.strip() for name in told if name.strip()] == [item.name.en for item in ILS.described]
