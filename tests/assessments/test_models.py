"""What the database itself refuses of visits, surveys and results, whichever way it comes, and what it takes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models import RestrictedError
from django.utils import timezone

from assessments.models import (
    AgreedItem,
    DomainMeans,
    OfficialText,
    OutcomeRound,
    Rater,
    RaterItem,
    SustainmentRating,
    Visit,
    Wave,
    WaveAnswer,
    WaveInvitation,
)
from tests.factories import (
    make_adviser,
    make_agreed_item,
    make_domain_means,
    make_leader,
    make_official_text,
    make_organisation_rating,
    make_outcome_round,
    make_rater,
    make_rater_item,
    make_rating,
    make_service,
    make_sustainment_rating,
    make_visit_row,
    make_wave_answer,
    make_wave_invitation,
    make_wave_row,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


def refused(model, name: str):
    """The constraint of that name refuses what is done within; SQLite names the columns of a unique one instead."""
    (constraint,) = [one for one in model._meta.constraints if one.name == name]
    fields = getattr(constraint, "fields", ())
    columns = ", ".join(rf"{model._meta.db_table}\.{model._meta.get_field(field).column}" for field in fields)
    return pytest.raises(
        IntegrityError, match=rf"\b{name}\b" + (rf"|UNIQUE constraint failed: {columns}$" * bool(fields))
    )


def with_a_mean(**fields):
    return make_outcome_round(mean=Decimal("3.4"), **fields)


def without_a_mean(**fields):
    return make_outcome_round(mean=None, **fields)


def make_visit_of_today(**fields):
    return make_visit_row(planned_on=TODAY, **fields)


CHANGES = {"better": 2, "same": 3, "worse": 1}
# (how it is made, the constraint, what it takes, what it refuses)
LIMITS = [
    (make_sustainment_rating, "sustainment_minimum_between_3_and_5", {"minimum": 3}, {"minimum": 2}),
    (make_sustainment_rating, "sustainment_minimum_between_3_and_5", {"minimum": 5}, {"minimum": 6}),
    (make_sustainment_rating, "sustainment_answers_enough", {"answers": 5}, {"answers": 4}),
    (make_sustainment_rating, "sustainment_answers_enough", {"answers": 3, "minimum": 3}, {"answers": 3, "minimum": 4}),
    (make_sustainment_rating, "sustainment_between_0_and_4", {"mean": 0}, {"mean": Decimal("-0.01")}),
    (make_sustainment_rating, "sustainment_between_0_and_4", {"mean": 4}, {"mean": Decimal("4.01")}),
    (with_a_mean, "outcome_deviation_with_a_mean", {"sd": 0}, {"sd": Decimal("-0.01")}),
    (with_a_mean, "outcome_deviation_with_a_mean", {"sd": 2}, {"sd": Decimal("2.01")}),
    (without_a_mean, "outcome_deviation_with_a_mean", {"sd": None}, {"sd": Decimal("0.5")}),
    (without_a_mean, "outcome_changes_all_or_none", {}, {"better": 2}),
    (without_a_mean, "outcome_changes_all_or_none", CHANGES, {"better": 2, "same": 3}),
    (without_a_mean, "outcome_changes_all_or_none", CHANGES, {"same": 3, "worse": 1}),
    (without_a_mean, "outcome_changes_all_or_none", {"patients": 5, **CHANGES}, {"patients": 4, **CHANGES}),
    (
        make_visit_of_today,
        "visit_agreed_or_cancelled",
        {"agreed_on": TODAY},
        {"agreed_on": TODAY, "cancelled_on": TODAY},
    ),
    (
        make_visit_of_today,
        "visit_told_of_after_it_was_agreed",
        {"agreed_on": TODAY, "feedback_on": TODAY},
        {"agreed_on": None, "feedback_on": TODAY},
    ),
    (
        make_visit_of_today,
        "visit_told_of_after_it_was_agreed",
        {"agreed_on": TODAY, "feedback_on": TODAY + DAY},
        {"agreed_on": TODAY, "feedback_on": TODAY - DAY},
    ),
    (make_rater, "rater_first_or_second", {"number": 1}, {"number": 0}),
    (make_rater, "rater_first_or_second", {"number": 2}, {"number": 3}),
    *[
        (make, f"{prefix}_rated_1_to_5_or_not_rateable", taken, not_taken)
        for make, prefix in ((make_rater_item, "rater_item"), (make_agreed_item, "agreed_item"))
        for taken, not_taken in (
            ({"rating": 1}, {"rating": 0}),
            ({"rating": 5}, {"rating": 6}),
            ({"rating": None, "not_rateable": "No session was seen"}, {"rating": 3, "not_rateable": "No session"}),
        )
    ],
    (make_wave_row, "wave_minimum_between_3_and_5", {"minimum": 3}, {"minimum": 2}),
    (make_wave_row, "wave_minimum_between_3_and_5", {"minimum": 5}, {"minimum": 6}),
]


@pytest.mark.parametrize(("make", "name", "taken", "not_taken"), LIMITS)
def test_what_is_within_a_limit_is_taken_and_what_is_beyond_is_not(make, name, taken, not_taken):
    model = type(make(**taken))

    with refused(model, name), transaction.atomic():
        make(**not_taken)
    assert model.objects.count() == 1


def test_an_item_that_nobody_has_rated_yet_may_wait():
    """A draft is kept as it is: without a rating, and without a reason for that either."""
    assert make_rater_item(rating=None).not_rateable == ""


# Nothing twice


def twice(make, name: str, *others, **fields):
    """The same again is refused; each of `others` differs enough to stand beside it."""
    model = type(make(**fields))
    before = model.objects.count()
    with refused(model, name), transaction.atomic():
        make(**fields)
    for other in others:
        make(**fields | other)
    assert model.objects.count() == before + len(others)


def test_one_result_of_a_kind_a_day():
    one, two = make_service(), make_service()

    for make, name in (
        (make_sustainment_rating, "one_sustainment_rating_a_day"),
        (make_organisation_rating, "one_organisation_rating_a_day"),
        (make_rating, "one_fidelity_rating_a_day"),
    ):
        twice(make, name, {"rated_on": TODAY - DAY}, {"service": two}, service=one, rated_on=TODAY)


def test_one_day_of_each_tool():
    twice(
        make_domain_means,
        "one_day_of_each_tool",
        {"tool": DomainMeans.Tool.PSAT},
        {"rated_on": TODAY - DAY},
        service=make_service(),
        rated_on=TODAY,
        tool=DomainMeans.Tool.CSAT,
    )


def test_one_official_text_for_each_item_of_a_version_in_a_language():
    twice(
        make_official_text,
        "one_official_text_an_item",
        {"item": "obstacles"},
        {"language": "nb"},
        {"version": "2030.1"},
        {"instrument": "press", "item": "routine"},
        {"service": make_service()},
        service=make_service(),
        text="Words",
    )


def test_one_visit_a_day_unless_it_was_cancelled():
    service = make_service()

    for _ in range(2):
        make_visit_row(service, planned_on=TODAY, cancelled_on=TODAY)
    twice(
        make_visit_row,
        "one_visit_a_day",
        {"planned_on": TODAY + DAY},
        {"service": make_service()},
        service=service,
        planned_on=TODAY + 7 * DAY,
    )
    make_visit_row(service, planned_on=TODAY)


def test_two_different_raters():
    visit = make_visit_row()
    ada, bo = make_adviser(visit.service), make_adviser(visit.service, name="Bo Vik")
    make_rater(visit, ada, number=1)

    with refused(Rater, "two_raters_a_visit"), transaction.atomic():
        make_rater(visit, bo, number=1)
    with refused(Rater, "two_different_raters"), transaction.atomic():
        make_rater(visit, ada, number=2)
    make_rater(visit, bo, number=2)
    make_rater(make_visit_row(visit.service, planned_on=TODAY), ada)


def test_one_rating_of_an_item_by_a_rater_and_one_that_was_agreed():
    rater, visit = make_rater(), make_visit_row()
    others = ({"item": "cbt"}, {"instrument": "goi", "item": "training"})

    twice(make_rater_item, "one_rating_of_a_rater_an_item", *others, {"rater": make_rater()}, rater=rater)
    twice(make_agreed_item, "one_agreed_rating_an_item", *others, {"visit": make_visit_row()}, visit=visit)


def test_one_open_survey_at_a_time():
    leader = make_leader()
    for _ in range(2):
        make_wave_row(leader, closed_at=timezone.now())
    make_wave_row(leader)

    with refused(Wave, "one_open_wave_a_service"), transaction.atomic():
        make_wave_row(leader)
    make_wave_row(make_leader())

    assert Wave.objects.open().count() == 2


def test_one_link_for_an_address():
    wave = make_wave_row()

    twice(
        make_wave_invitation,
        "one_invitation_an_address",
        {"email": "bo@example.org"},
        {"wave": make_wave_row()},
        wave=wave,
        email="ada@example.org",
    )


# What hangs on what


def test_visits_ahead_are_those_that_are_neither_agreed_nor_cancelled():
    service = make_service()
    planned = make_visit_row(service, planned_on=TODAY)
    make_visit_row(service, planned_on=TODAY - DAY, agreed_on=TODAY)
    make_visit_row(service, planned_on=TODAY, cancelled_on=TODAY)

    assert list(Visit.objects.ahead()) == [planned]


def test_visits_without_a_total_are_agreed_and_have_made_no_rating_of_fidelity():
    rated_on = date(2026, 5, 20)
    without = make_visit_row(planned_on=rated_on, agreed_on=rated_on)
    make_visit_row(planned_on=rated_on)
    make_visit_row(planned_on=rated_on, cancelled_on=rated_on)
    make_visit_row(planned_on=rated_on, agreed_on=rated_on, rating=make_rating(rated_on=rated_on))

    assert list(Visit.objects.without_total()) == [without]


def test_a_rater_does_not_vanish_from_a_visit_and_a_leader_not_from_a_survey():
    rater, wave = make_rater(), make_wave_row()

    for member in (rater.member, wave.leader):
        with pytest.raises(RestrictedError):
            member.delete()


def test_a_visit_outlives_its_result_and_a_survey_its_own():
    visit = make_visit_row(rating=make_rating(), organisation=make_organisation_rating())
    wave = make_wave_row(sustainment=make_sustainment_rating())

    visit.rating.delete()
    visit.organisation.delete()
    wave.sustainment.delete()

    visit.refresh_from_db()
    wave.refresh_from_db()
    assert (visit.rating, visit.organisation, wave.sustainment) == (None, None, None)


def test_a_service_takes_everything_with_it():
    rater = make_rater()
    service = rater.visit.service
    make_rater_item(rater)
    make_agreed_item(rater.visit)
    make_wave_answer(make_wave_row(make_leader(service), addresses=3))
    for make in (make_sustainment_rating, make_domain_means, make_official_text, make_outcome_round):
        make(service)
    kinds = (AgreedItem, DomainMeans, OfficialText, OutcomeRound, Rater, RaterItem, SustainmentRating, Visit)
    kinds += (Wave, WaveAnswer, WaveInvitation)
    assert all(kind.objects.exists() for kind in kinds)

    service.delete()

    assert [kind for kind in kinds if kind.objects.exists()] == []


def test_f14_nothing_leads_from_an_answer_to_a_person_or_a_moment():
    def leads_to(model) -> set[str]:
        return {field.name for field in model._meta.get_fields()}

    assert leads_to(WaveAnswer) == {"id", "wave", "leadership", "sustainment"}
    assert not {"answered_at", "answer", "answers", "token"} & leads_to(WaveInvitation)
    assert len({make_wave_answer().pk for _ in range(5)}) == 5  # by chance, so that no number tells their order
    assert not isinstance(make_wave_answer().pk, int)
