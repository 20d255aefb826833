"""What the record's counts speak for at a visit: only where it really counts it, exactly at the anchors' limits."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.instruments import GOI, IMR_FIDELITY
from planning.fidelity_proposals import (
    RULES,
    Caseload,
    EarlierVisit,
    Figures,
    Round,
    Trained,
    figures_of,
    of_visit,
    proposals,
)
from planning.models import Supervision
from tests.factories import (
    at_noon,
    make_action,
    make_caseload_month,
    make_outcome_round,
    make_practitioner,
    make_rating,
    make_recommendation,
    make_review,
    make_service,
    make_supervision,
    make_visit,
)

ON = date(2026, 11, 25)
DAY = timedelta(days=1)


def proposed(item: str, **figures) -> int | None:
    found = proposals(Figures(on=ON, **figures))
    return next((one.rating for (_instrument, key), one in found.items() if key == item), None)


def test_a_record_without_counts_proposes_nothing():
    assert proposals(Figures(on=ON)) == {}


def test_shares_that_no_part_of_the_record_counts_are_never_proposed():
    never = {"program_length", "handouts", "significant_others", "goal_setting", "goal_followup"}

    assert not never & {item for _instrument, item in RULES}


@pytest.mark.parametrize(
    ("groups", "patients", "months_ago", "rating"),
    [(0, 4, 1, 5), (0, 0, 1, None), (1, 4, 1, None), (None, 4, 1, None), (0, 4, 3, 5), (0, 4, 4, None)],
)
def test_people_in_a_session_only_where_there_are_no_groups(groups, patients, months_ago, rating):
    month = date(2026, 11 - months_ago, 1)

    assert proposed("people_in_session", caseload=Caseload(month, patients, groups, None)) == rating


@pytest.mark.parametrize(
    ("patients", "eligible", "rating"),
    [(20, 100, 1), (21, 100, 2), (40, 100, 2), (41, 100, 3), (60, 100, 3), (61, 100, 4), (80, 100, 4), (81, 100, 5)],
)
def test_b07_penetration_at_its_limits(patients, eligible, rating):
    counted = Caseload(date(2026, 10, 1), patients, 0, eligible)

    assert proposed("penetration", caseload=counted) == rating


@pytest.mark.parametrize("counted", [(5, 1, 20), (None, 0, 20), (5, 0, None), (5, 0, 0), (21, 0, 20)])
def test_penetration_is_not_proposed_from_half_a_count(counted):
    assert proposed("penetration", caseload=Caseload(date(2026, 10, 1), *counted)) is None


@pytest.mark.parametrize(("trained", "rating"), [(0, 1), (1, 1), (2, 2), (3, 3), (4, 4), (5, 5)])
def test_training_by_the_share_of_practitioners(trained, rating):
    lately, long_ago = Trained(date(2020, 1, 1), ON - 30 * DAY), Trained(date(2020, 1, 1), date(2021, 1, 1))
    people = (lately,) * trained + (long_ago,) * (5 - trained)

    assert proposed("training", practitioners=people) == rating


@pytest.mark.parametrize(
    ("started_on", "trained_on", "counts"),
    [
        (None, date(2025, 11, 26), True),
        (None, date(2025, 11, 25), False),
        (date(2026, 6, 1), date(2026, 8, 1), True),  # new: within two months of beginning
        (date(2026, 6, 1), date(2026, 8, 2), False),
        (date(2026, 6, 1), date(2024, 8, 2), True),  # trained before beginning
        (None, ON + DAY, False),
    ],
)
def test_who_counts_as_trained(started_on, trained_on, counts):
    assert proposed("training", practitioners=(Trained(started_on, trained_on),)) == (5 if counts else 1)


def test_nobodys_training_is_in_the_record_and_nothing_is_proposed():
    assert proposed("training", practitioners=(Trained(None, None), Trained(None, None))) is None


@pytest.mark.parametrize(
    ("meetings", "every", "rating"),
    [(26, 7, 5), (21, 7, 5), (20, 7, 4), (13, 14, 4), (12, 14, 4), (11, 14, 3), (6, 28, 3), (5, 28, 2), (1, 7, 2)],
)
def test_b07_supervision_by_weeks_and_meetings(meetings, every, rating):
    days = tuple(ON - number * every * DAY for number in range(meetings))

    assert proposed("supervision", supervisions=days) == rating


def test_supervision_that_stopped_is_one_and_an_empty_log_nothing():
    assert proposed("supervision", supervisions=(ON - 200 * DAY,)) == 1
    assert proposed("supervision") is None


@pytest.mark.parametrize(
    ("on", "used", "rating"),
    [
        (date(2026, 4, 26), True, 5),
        (date(2026, 4, 26), False, 4),
        (date(2026, 4, 25), True, 4),
        (date(2026, 4, 25), False, 3),
        (date(2025, 10, 26), False, 3),
        (date(2025, 10, 25), True, 1),
        (ON, True, None),  # the visit itself does not speak for itself
    ],
)
def test_process_monitoring_by_earlier_visits_and_what_came_of_them(on, used, rating):
    assert proposed("process_monitoring", visits=(EarlierVisit(on, used),)) == rating


@pytest.mark.parametrize(("shown", "unseen", "rating"), [(4, 0, 5), (3, 0, 4), (2, 2, 4), (1, 3, 3), (0, 4, 2)])
def test_outcome_monitoring_by_rounds_that_were_shown(shown, unseen, rating):
    rounds = tuple(Round(ON - (10 + 80 * number) * DAY, number < shown) for number in range(shown + unseen))

    assert proposed("outcome_monitoring", rounds=rounds) == rating


def test_forms_of_patients_and_practitioners_in_the_same_weeks_are_one_round():
    close, apart = (tuple(Round(ON - number * DAY, True) for number in (5, 10, first)) for first in (36, 37))

    assert proposed("outcome_monitoring", rounds=close) == 3  # all three are one
    assert proposed("outcome_monitoring", rounds=apart) == 4
    assert proposed("outcome_monitoring", rounds=(Round(date(2025, 11, 25), True),)) == 1


@pytest.mark.parametrize(
    ("held", "rating"),
    [
        ((date(2026, 10, 1), date(2026, 3, 1)), 5),
        ((date(2026, 10, 1), date(2026, 6, 1)), 4),
        ((date(2026, 3, 1),), 4),
        ((date(2025, 11, 26),), 4),
        ((date(2025, 11, 25),), 3),
    ],
)
def test_quality_assurance_by_reviews_held(held, rating):
    assert proposed("quality_assurance", reviews_held=held) == rating


def test_quality_assurance_before_the_first_review():
    assert proposed("quality_assurance", reviews_planned=True) == 2
    assert proposed("quality_assurance") is None


days = st.dates(date(2024, 1, 1), date(2027, 6, 1))
counts = st.none() | st.integers(0, 200)


@given(
    st.builds(
        Figures,
        on=days,
        caseload=st.none() | st.builds(Caseload, days.map(lambda one: one.replace(day=1)), counts, counts, counts),
        practitioners=st.lists(st.builds(Trained, st.none() | days, st.none() | days), max_size=9).map(tuple),
        supervisions=st.lists(days, max_size=60).map(tuple),
        visits=st.lists(st.builds(EarlierVisit, days, st.booleans()), max_size=6).map(tuple),
        rounds=st.lists(st.builds(Round, days, st.booleans()), max_size=9).map(tuple),
        reviews_held=st.lists(days, max_size=9).map(tuple),
        reviews_planned=st.booleans(),
    )
)
def test_whatever_the_record_holds_a_proposal_is_a_rating_with_a_sentence(figures):
    for (instrument, item), one in proposals(figures).items():
        definition = {IMR_FIDELITY.key: IMR_FIDELITY, GOI.key: GOI}[instrument]
        assert item in definition.by_key
        assert definition.lowest <= one.rating <= definition.highest
        assert one.sentence
        assert "%(" not in one.sentence


# From the record


@pytest.mark.django_db
def test_the_record_is_read_as_of_the_day_of_the_visit(clock):
    service = make_service("f")
    make_practitioner(service, started_on=date(2025, 1, 1), trained_on=date(2026, 2, 1))
    for fields in ({"started_on": ON + DAY}, {"stopped_on": ON}, {"leaves_on": ON - DAY}, {"guest": True}):
        make_practitioner(service, **fields)
    make_supervision(service, held_on=ON - DAY)
    Supervision.objects.create(service=service, held_on=ON + DAY)
    make_caseload_month(service, month=date(2026, 10, 1), individual_patients=8, groups=0, eligible=10)
    rating = make_rating(service, rated_on=date(2026, 5, 1))
    make_action(service, recommendation=make_recommendation(rating))
    make_outcome_round(service, measured_on=date(2026, 9, 1), fed_back_on=ON)
    make_outcome_round(service, measured_on=date(2026, 6, 1), fed_back_on=ON + DAY)
    make_review(service, closed_at=at_noon(date(2026, 10, 1)))
    make_review(service)

    assert figures_of(service, on=ON) == Figures(
        on=ON,
        caseload=Caseload(date(2026, 10, 1), 8, 0, 10),
        practitioners=(Trained(date(2025, 1, 1), date(2026, 2, 1)),),
        supervisions=(ON - DAY,),
        visits=(EarlierVisit(date(2026, 5, 1), True),),
        rounds=(Round(date(2026, 6, 1), False), Round(date(2026, 9, 1), True)),
        reviews_held=(date(2026, 10, 1),),
        reviews_planned=True,
    )


@pytest.mark.django_db
def test_b03_a_small_count_of_patients_is_not_told_in_a_proposal(clock):
    service = make_service("f")
    make_caseload_month(service, month=date(2026, 10, 1), individual_patients=3, groups=0, eligible=20)

    found = of_visit(make_visit(service, planned_on=ON))

    assert found["goi", "penetration"].sentence == (
        "In October 2026 <5 of 20 patients whom IMR could be for were counted as getting it."
    )
    assert found["imr_fidelity", "people_in_session"].rating == 5
