"""Rounds of patient outcomes: how the two forms are put beside each other, and what a deviation can be at most."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import mean, stdev

from hypothesis import given
from hypothesis import strategies as st

from assessments import outcome_rounds
from assessments.forms.measures import largest_deviation
from assessments.models import OutcomeRound

FIRST = date(2026, 1, 1)


@st.composite
def rounds(draw):
    """Rounds of both forms, one of each form a day."""
    keys = draw(
        st.sets(st.tuples(st.integers(0, 400), st.sampled_from(OutcomeRound.Form.values)), max_size=14).map(sorted)
    )
    return [
        OutcomeRound(pk=number, measured_on=FIRST + timedelta(days=day), form=form, patients=12, mean=Decimal(3))
        for number, (day, form) in enumerate(keys, 1)
    ]


@given(rounds())
def test_f05_every_round_stands_beside_the_other_form_once_and_only_where_they_belong_together(recorded):
    pairs = outcome_rounds.side_by_side(recorded)

    shown = [one.pk for pair in pairs for one in (pair.patient, pair.practitioner) if one]
    assert sorted(shown) == [one.pk for one in recorded]
    assert [pair.on for pair in pairs] == sorted((pair.on for pair in pairs), reverse=True)
    for pair in pairs:
        if pair.patient and pair.practitioner:
            assert abs(pair.patient.measured_on - pair.practitioner.measured_on) <= timedelta(days=31)
            assert (pair.patient.form, pair.practitioner.form) == ("patient", "practitioner")
    alone = [pair.patient or pair.practitioner for pair in pairs if pair.gap is None]
    for one in alone:
        near = [other for other in alone if other.form != one.form]
        assert all(abs(other.measured_on - one.measured_on) > timedelta(days=31) for other in near)


@given(st.lists(st.integers(15, 75).map(lambda total: total / 15), min_size=5, max_size=40))
def test_f09_no_group_that_can_be_is_refused_for_its_deviation(means):
    most = largest_deviation(Decimal(mean(means)), len(means))

    assert min(stdev(means), 2) <= float(most) + 1e-6


def test_f05_a_gap_needs_both_means():
    one = OutcomeRound(form="patient", measured_on=FIRST, mean=Decimal("3.2"))
    other = OutcomeRound(form="practitioner", measured_on=FIRST, mean=Decimal("3.5"))

    assert outcome_rounds.Pair(one, other).gap == Decimal("0.3")
    assert outcome_rounds.Pair(one, None).gap is None
    other.mean = None
    assert outcome_rounds.Pair(one, other).gap is None
