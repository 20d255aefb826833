"""The exact words of a questionnaire: entered by a service that may use the form, and what they change."""

import pytest

from accounts.models import AuditEvent
from assessments import official_texts
from assessments.instrument_notes import InstrumentNote
from assessments.instruments import ILS, PRESS
from assessments.models import OfficialText
from tests.factories import make_leader, make_leadership_rating, make_practitioner, make_service
from tests.planning.site import client_of, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/instruments/press/"
WORDS = {item: f"Exact words of {item}" for item in PRESS.items}


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return client_of(make_leader(service))


def enter(leader, texts: dict, *, language="nb", allowed="on"):
    sent = texts | ({"allowed": allowed} if allowed else {})
    return leader.post(f"{HERE}wording/{language}/", sent, follow=True)


def test_the_page_says_what_the_licence_is_and_what_changes(leader):
    press = main_text(leader.get(f"{HERE}wording/nb/"))
    ils = main_text(leader.get("/services/f/assessments/instruments/ils/wording/nb/"))

    assert "Moullin and others 2021" in press
    assert "terms for use in an application are not confirmed" in press
    assert "Results that are there already stay as they are" in press
    assert "beside results in the official wording of all items" in ils
    assert "beside results in the official wording of all items" not in press  # no figures of it are published


def test_words_are_used_once_every_item_has_its_own(service, leader):
    two = dict(list(WORDS.items())[:2])

    assert "used once every item" in main_text(enter(leader, two))
    assert "2 of 3 items entered" in main_text(leader.get(HERE))
    assert PRESS.wording(official_texts.texts_of(service, PRESS, "nb")) == "paraphrase"

    assert "used from the next survey on" in main_text(enter(leader, WORDS))
    assert official_texts.texts_of(service, PRESS, "nb") == WORDS
    assert official_texts.texts_of(service, PRESS, "en") == {}
    assert official_texts.by_language(service, [PRESS, ILS]) == {"nb": {"press": WORDS}}
    assert PRESS.wording(official_texts.texts_of(service, PRESS, "nb")) == "official"


def test_a_text_is_changed_or_taken_out_and_the_trail_knows_no_words(service, leader):
    enter(leader, WORDS)

    enter(leader, {"routine": "Other words"})

    assert official_texts.texts_of(service, PRESS, "nb") == {"routine": "Other words"}
    events = AuditEvent.objects.filter(code="official_texts.kept")
    assert [event.details for event in events] == [{"instrument": "press", "version": "2021.1", "language": "nb"}] * 2
    assert "Changed the official wording of an instrument" in main_text(leader.get("/services/f/audit/"))


def test_f09_whoever_enters_words_says_that_they_may(leader):
    response = enter(leader, WORDS, allowed="")

    assert response.context["form"].errors == {
        "allowed": ["Tick that you may use the form. Without that no words of it can stand here."]
    }
    assert not OfficialText.objects.exists()


def test_f09_a_text_that_is_too_long_or_about_somebody_is_told(leader):
    response = enter(leader, {"routine": "x" * 401, "through_change": "Born 13 08 69 20 620"})

    assert set(response.context["form"].errors) <= {"routine", "through_change"}
    assert "at most 400 characters" in response.context["form"].errors["routine"][0]
    assert not OfficialText.objects.exists()


def test_texts_of_another_version_or_service_are_nobody_elses(service, leader):
    enter(leader, WORDS)
    OfficialText.objects.filter(item="routine").update(version="2020.1")

    assert set(official_texts.texts_of(service, PRESS, "nb")) == {"as_much_as_fits", "through_change"}
    assert official_texts.texts_of(make_service("g"), PRESS, "nb") == {}


def test_f15_published_figures_stand_beside_the_official_wording_alone():
    figure = "Proactive 2.05"

    assert figure in " ".join(InstrumentNote.of(ILS, "official").norms)
    for wording in ("paraphrase", ""):
        told = " ".join(InstrumentNote.of(ILS, wording).norms)
        assert figure not in told
        assert "official wording only" in told
    assert InstrumentNote.of(PRESS, "official").norms == ()


def test_words_entered_later_change_no_result_that_is_there(service, leader):
    rating = make_leadership_rating(service, version="2014.1", wording="paraphrase")
    reader = client_of(make_practitioner(service))
    before = main_text(reader.get("/services/f/assessments/leadership/"))

    texts = {item: f"Exact words of {item}" for item in ILS.items}
    leader.post("/services/f/assessments/instruments/ils/wording/en/", texts | {"allowed": "on"})

    rating.refresh_from_db()
    assert OfficialText.objects.count() == 12
    assert rating.wording == "paraphrase"
    assert main_text(reader.get("/services/f/assessments/leadership/")) == before
    assert "Answered in our own wording" in before
