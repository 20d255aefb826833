"""Leadership as staff see it, and as the leader does, whose own rating is private until it is shared."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEvent
from assessments.instruments import ILS
from assessments.models import LeadershipRating, OwnLeadershipRating
from tests.assessments.test_waves import enter
from tests.factories import (
    LEADERSHIP,
    make_adviser,
    make_leader,
    make_leadership_rating,
    make_own_leadership_rating,
    make_practitioner,
    make_service,
    make_stand_in,
)
from tests.planning.site import client_of, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/leadership/"
OWN = "/services/f/assessments/own-leadership/"
OWN_MEANS = {"proactive": "3.77", "knowledgeable": "3.66", "supportive": "3.55", "perseverant": "3.44"}


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return make_leader(service)


def errors(response) -> dict[str, str]:
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


def test_f04_means_of_staff_are_recorded_with_how_many_answered(service):
    adviser = client_of(make_adviser(service))

    response = adviser.post(
        f"{HERE}new/", {"rated_on": "2026-11-20", "minimum": "5", "answers": "9", **LEADERSHIP}, follow=True
    )

    rating = LeadershipRating.objects.get()
    assert (rating.answers, rating.minimum, rating.supportive) == (9, 5, Decimal("3.2"))
    text = main_text(response)
    assert "9 answered · Proactive 2.10 · Knowledgeable 2.40 · Supportive 3.20 · Perseverant 2.30" in text
    assert "Aarons and others 2014" in text


@pytest.mark.parametrize(
    ("minimum", "answers", "taken"), [("5", "4", False), ("5", "5", True), ("3", "3", True), ("3", "2", False)]
)
def test_with_fewer_answers_than_agreed_the_means_are_not_recorded(service, leader, minimum, answers, taken):
    sent = {"rated_on": "2026-11-20", "minimum": minimum, "answers": answers, **LEADERSHIP}

    response = client_of(leader).post(f"{HERE}new/", sent)

    assert LeadershipRating.objects.exists() == taken
    if not taken:
        assert "the means are not recorded" in errors(response)["answers"]


@pytest.mark.parametrize(
    ("answers", "typed", "kept", "bound", "shown"),
    [
        (3, "4.00", "2.5555555556", "most", "2.56 or more"),
        (3, "2.56", "2.5555555556", "most", "2.56 or more"),
        (3, "2.55", "2.55", None, "2.55"),
        (3, "0", "1.4444444444", "least", "1.44 or less"),
        (5, "3.13", "3.1333333333", "most", "3.13 or more"),
        (5, "3.12", "3.12", None, "3.12"),
        (5, "0.87", "0.8666666667", "least", "0.87 or less"),
    ],
)
def test_b07_a_typed_in_mean_near_an_end_is_kept_as_the_limit(service, leader, answers, typed, kept, bound, shown):
    means = dict.fromkeys(LEADERSHIP, "2") | {"supportive": typed}
    client, sent = client_of(leader), {"rated_on": "2026-11-20", "minimum": "3", "answers": answers, **means}

    text = main_text(client.post(f"{HERE}new/", sent, follow=True))

    rating = LeadershipRating.objects.get()
    assert (rating.supportive, rating.bounded.get("supportive")) == (Decimal(kept), bound)
    assert f"Supportive {shown} ·" in text
    client.post(f"{HERE}{rating.pk}/", sent | {"supportive": kept})
    rating.refresh_from_db()
    assert (rating.supportive, rating.bounded.get("supportive")) == (Decimal(kept), bound), "saved again as it stands"


def test_means_of_fewer_than_agreed_are_shown_nowhere(service, leader):
    make_leadership_rating(service, answers=4, minimum=5)

    text = main_text(client_of(leader).get(HERE))

    assert "4 answered · fewer than the 5 agreed, so no means are shown" in text
    assert "3.20" not in text


@pytest.mark.parametrize("minimum", ["2", "1", "6", ""])
def test_nothing_under_three_can_be_agreed(service, leader, minimum):
    sent = {"rated_on": "2026-11-20", "minimum": minimum, "answers": "9", **LEADERSHIP}

    response = client_of(leader).post(f"{HERE}new/", sent)

    assert list(errors(response)) == ["minimum"]


@pytest.mark.parametrize(("mean", "words"), [("4.01", "at most 4"), ("-0.1", "at least 0"), ("", "from 0 to 4")])
def test_f09_means_are_between_nought_and_four(service, leader, mean, words):
    sent = {"rated_on": "2026-11-20", "minimum": "5", "answers": "9", **LEADERSHIP, "supportive": mean}

    assert words in errors(client_of(leader).post(f"{HERE}new/", sent))["supportive"]


def test_f09_one_survey_a_day(service, leader):
    make_leadership_rating(service, rated_on=date(2026, 11, 20))
    sent = {"rated_on": "2026-11-20", "minimum": "5", "answers": "9", **LEADERSHIP}

    assert list(errors(client_of(leader).post(f"{HERE}new/", sent))) == ["rated_on"]


# The leader's own


def pages(service) -> list[str]:
    """Every page on which something of it could show."""
    return [
        HERE,
        "/services/f/",
        "/services/f/fidelity/",
        "/services/f/record/",
        "/services/f/standing/",
        "/services/f/standing/self-image-gap/",
        "/services/f/audit/",
    ]


def found_by(member) -> list[tuple[str, str]]:
    """(page, figure) wherever somebody finds a figure of the leader's own rating, or that there is one."""
    client = client_of(member)
    traces = [*OWN_MEANS.values(), "rating of the own leadership", "Only you see this", "Kari Nes, 20 November"]
    return [
        (address, trace)
        for address in pages(member.service)
        for trace in traces
        if trace in client.get(address).content.decode()
    ]


@pytest.fixture
def others(service, leader):
    return [make_stand_in(service), make_practitioner(service), make_adviser(service), make_leader(service, name="Bo")]


@pytest.mark.once
def test_f13_an_own_rating_is_seen_by_that_leader_alone_until_it_is_shared(service, leader, others):
    client = client_of(leader)
    assert "Only you see this until you share it." in main_text(client.get(f"{OWN}new/"))

    response = client.post(f"{OWN}new/", {"rated_on": "2026-11-20", **OWN_MEANS}, follow=True)

    own = OwnLeadershipRating.objects.get()
    assert (own.leader, own.shared_on) == (leader, None)
    assert "Proactive 3.77 · Knowledgeable 3.66 · Supportive 3.55 · Perseverant 3.44 Only you see this." in main_text(
        response
    )
    assert [found_by(other) for other in others] == [[], [], [], []]

    asked = main_text(client.get(f"{OWN}{own.pk}/share/"))
    for other in others:
        assert other.name in asked
    client.post(f"{OWN}{own.pk}/share/", {})

    own.refresh_from_db()
    assert own.shared_on == date(2026, 11, 25)
    for other in others:
        text = main_text(client_of(other).get(HERE))
        assert "Kari Nes, 20 November 2026 Proactive 3.77" in text
        assert "Share it" not in text
        assert "Take it out" not in text
    assert AuditEvent.objects.get().code == "own_rating.shared"


@pytest.mark.parametrize("page", ["share/", "remove/"])
def test_s01_nobody_else_can_touch_it(service, leader, others, page):
    own = make_own_leadership_rating(leader)

    for other in others:
        response = client_of(other).post(f"{OWN}{own.pk}/{page}", {})
        assert response.status_code == (404 if other.role == "leader" else 403)

    own.refresh_from_db()
    assert own.shared_on is None


def test_it_is_shared_once(service, leader):
    own = make_own_leadership_rating(leader, shared_on=date(2026, 11, 1))

    assert client_of(leader).post(f"{OWN}{own.pk}/share/", {}).status_code == 404
    own.refresh_from_db()
    assert own.shared_on == date(2026, 11, 1)


@pytest.mark.parametrize(("shared_on", "events"), [(None, []), (date(2026, 11, 1), ["own_rating.removed"])])
def test_the_leader_can_take_it_out_again(service, leader, shared_on, events):
    own = make_own_leadership_rating(leader, shared_on=shared_on)

    client_of(leader).post(f"{OWN}{own.pk}/remove/", {})

    assert not OwnLeadershipRating.objects.exists()
    assert list(AuditEvent.objects.values_list("code", flat=True)) == events


def test_f09_one_own_rating_a_day_whatever_other_leaders_did(service, leader):
    make_own_leadership_rating(make_leader(service, name="Bo"), rated_on=date(2026, 11, 20))
    sent = {"rated_on": "2026-11-20", **OWN_MEANS}

    assert client_of(leader).post(f"{OWN}new/", sent).status_code == 302
    assert list(errors(client_of(leader).post(f"{OWN}new/", sent))) == ["rated_on"]


# By the twelve questions


def by_items(**steps) -> dict[str, str]:
    """2 on every question but these."""
    return {f"item_{item}": str(steps.get(item, 2)) for item in ILS.items if steps.get(item, 2) is not None}


def test_a_leader_answers_the_questions_that_staff_get(service, leader):
    sent = {"rated_on": "2026-11-20", **by_items(plan=4, knows=None, carries_on=1)}

    client_of(leader).post(f"{OWN}new/", sent)

    own = OwnLeadershipRating.objects.get()
    assert (own.proactive, own.knowledgeable) == (Decimal("2.6666666667"), 2)
    assert (own.supportive, own.perseverant) == (2, Decimal("1.6666666667"))
    assert (own.version, own.wording) == (ILS.version, "paraphrase")
    assert own.items["plan"] == 4
    assert "knows" not in own.items


def test_in_the_exact_words_if_the_service_has_them(service, leader):
    enter(service, ILS, "en")
    client = client_of(leader)

    assert "EXACT plan en" in main_text(client.get(f"{OWN}new/"))
    client.post(f"{OWN}new/", {"rated_on": "2026-11-20", **by_items()})

    assert OwnLeadershipRating.objects.get().wording == "official"


@pytest.mark.parametrize(
    ("sent", "field", "words"),
    [
        ({}, "item_plan", "at least two of the three in each group"),
        (by_items(plan=None, obstacles=None), "item_plan", "two of the three questions on “Proactive”"),
        (by_items() | {"proactive": "2"}, "__all__", "not both"),
        ({"proactive": "2", "supportive": "2", "perseverant": "2"}, "knowledgeable", "Write the mean"),
        (by_items() | {"item_plan": "5"}, "item_plan", "Choose one of the answers shown"),
    ],
)
def test_f09_what_is_missing_of_an_own_rating_is_named(service, leader, sent, field, words):
    response = client_of(leader).post(f"{OWN}new/", {"rated_on": "2026-11-20", **sent})

    assert words in errors(response)[field]
    assert not OwnLeadershipRating.objects.exists()
