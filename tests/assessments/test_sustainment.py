"""Whether IMR is still used: typed in from paper or a survey elsewhere, or the frozen result of a wave."""

from decimal import Decimal

import pytest

from assessments.models import SustainmentRating, Wave
from tests.factories import make_adviser, make_leader, make_practitioner, make_service, make_sustainment_rating
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/sustainment/"
SENT = {"rated_on": "2026-11-20", "minimum": "5", "answers": "9", "mean": "2.33", "wording": "paraphrase"}


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return make_leader(service)


def errors(response) -> dict[str, str]:
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


def test_f04_a_mean_is_recorded_with_how_many_answered_and_in_which_words(service):
    response = client_of(make_adviser(service)).post(f"{HERE}new/", SENT, follow=True)

    rating = SustainmentRating.objects.get()
    assert (rating.answers, rating.minimum, rating.mean) == (9, 5, Decimal("2.33"))
    assert (rating.wording, rating.version) == ("paraphrase", "")
    text = main_text(response)
    assert "9 answered · mean 2.33 of 4 · our own wording" in text
    assert "Answered in our own wording of the items." in text
    assert "Moullin and others 2021" in text
    assert "it does not say how much of it is done" in text


@pytest.mark.parametrize(
    ("minimum", "answers", "taken"), [("5", "4", False), ("5", "5", True), ("3", "3", True), ("3", "2", False)]
)
def test_with_fewer_answers_than_agreed_the_mean_is_not_recorded(service, leader, minimum, answers, taken):
    response = client_of(leader).post(f"{HERE}new/", SENT | {"minimum": minimum, "answers": answers})

    assert SustainmentRating.objects.exists() == taken
    if not taken:
        assert "the mean is not recorded" in errors(response)["answers"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"mean": "4.1"}, "at most 4"), ({"mean": ""}, "from 0 to 4"), ({"answers": ""}, "how many answered")],
)
def test_f09_what_is_wrong_is_told_in_a_sentence(leader, wrong, words):
    found = errors(client_of(leader).post(f"{HERE}new/", SENT | wrong))

    assert list(found) == list(wrong)
    assert words in "".join(found.values())


def test_b07_a_typed_in_mean_near_an_end_is_kept_as_the_limit(service, leader):
    sent = SENT | {"minimum": "3", "answers": "3", "mean": "4.00"}

    text = main_text(client_of(leader).post(f"{HERE}new/", sent, follow=True))

    rating = SustainmentRating.objects.get()
    assert (rating.mean, rating.bounded) == (Decimal("2.5555555556"), {"total": "most"})
    assert "mean 2.56 or more of 4" in text
    assert "4.00" not in text


def test_nobody_has_to_say_which_words_were_answered(service, leader):
    client_of(leader).post(f"{HERE}new/", {name: value for name, value in SENT.items() if name != "wording"})

    assert SustainmentRating.objects.get().wording == ""


def test_a_rating_is_put_right_and_taken_out(service, leader):
    rating = make_sustainment_rating(service)
    client = client_of(leader)

    client.post(f"{HERE}{rating.pk}/", SENT | {"mean": "3"})
    rating.refresh_from_db()
    assert rating.mean == 3

    client.post(f"{HERE}{rating.pk}/remove/", {})
    assert not SustainmentRating.objects.exists()


def test_what_a_wave_came_to_stands_still(service, leader):
    rating = make_sustainment_rating(service)
    Wave.objects.create(
        service=service,
        leader=leader,
        closes_on=rating.rated_on,
        invited=9,
        leadership_version="2014.1",
        sustainment_version="2021.1",
        sustainment=rating,
    )
    client = client_of(leader)

    page = document(client.get(HERE))
    assert not page.xpath(f"//main//a[@href='{HERE}{rating.pk}/']")
    assert page.xpath(f"//main//li/a[@href='/services/f/assessments/waves/{rating.wave.pk}/']"), (
        "it leads to the survey"
    )
    for address in (f"{HERE}{rating.pk}/", f"{HERE}{rating.pk}/remove/"):
        assert client.get(address).status_code == 404
        assert client.post(address, SENT).status_code == 404
    assert SustainmentRating.objects.get().mean == Decimal("2.5")


def test_practitioners_read_and_do_not_type_in(service):
    practitioner = client_of(make_practitioner(service))

    assert practitioner.get(HERE).status_code == 200
    assert practitioner.get(f"{HERE}new/").status_code == 403
