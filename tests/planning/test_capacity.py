"""How many hours IMR takes: the vectors of the capacity model, its ranges, and a service's own figures."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning import capacity
from planning.capacity import PARAMETERS, PARTS, SCENARIOS, need

TEAM = {"individual": 4, "groups": 1, "practitioners": 4}  # and a group of six


def own(**figures) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in figures.items()}


# The facts and starting values


@pytest.mark.parametrize(
    ("name", "unit", "figures", "source"),
    [
        ("session_individual", "minutes", ("45", "45", "45"), "study"),
        ("session_group", "minutes", ("90", "90", "90"), "dutch"),
        ("group_leaders", "people", ("2", "2", "2"), "dutch"),
        ("group_size", "people", ("6", "6", "6"), "ours"),
        ("sessions", "sessions", ("33", "40", "44"), "modules"),
        ("preparation_individual", "minutes", ("15", "30", "45"), "ours"),
        ("preparation_group", "minutes", ("30", "30", "30"), "ours"),
        ("notes_group", "minutes", ("30", "30", "30"), "ours"),
        ("supervision", "minutes", ("30", "60", "60"), "ours"),
        ("boosters", "hours", ("8", "8", "8"), "dutch"),
        ("training_days", "days", ("4", "4", "4"), "study"),
        ("training_day", "hours", ("7.5", "7.5", "7.5"), "ours"),
        ("monitoring", "hours", ("1", "1", "1"), "ours"),
        ("visits", "visits", ("0", "0", "0"), "ours"),
        ("visit", "hours", ("12", "12", "12"), "ours"),
        ("trips", "trips", ("0", "0", "0"), "ours"),
        ("trip", "minutes", ("0", "0", "0"), "ours"),
        ("working_weeks", "weeks", ("44", "44", "44"), "ours"),
        ("drop_out", "percent", ("18", "24", "51"), "review"),
        ("asked_for_each_start", "times", ("2.3", "2.3", "2.3"), "dutch"),
        ("eligible_share", "percent", ("80", "80", "80"), "protocol"),
        ("first_year_patients", "people", ("1.4", "1.4", "1.4"), "project"),
    ],
)
def test_each_figure_has_its_default_in_three_cases_its_unit_and_its_source(name, unit, figures, source):
    one = PARAMETERS[name]

    assert (one.unit, one.source) == (unit, source)
    assert tuple(one.default(scenario) for scenario in SCENARIOS) == tuple(Decimal(value) for value in figures)


def test_there_are_no_other_figures():
    assert len(PARAMETERS) == 22
    assert all(name == one.name for name, one in PARAMETERS.items())
    assert SCENARIOS == ("low", "typical", "high")


def test_a_figure_nobody_knows_is_an_error():
    with pytest.raises(KeyError):
        capacity.figure("patience")


# The vectors


def test_one_individual_patient_takes_50_hours_a_year_besides_the_monitoring():
    one = need(individual=1, groups=0, practitioners=0)

    assert (one.session, one.preparation, one.monitoring) == (30, 20, 1)
    assert one.session + one.preparation == 50
    assert one.year == 51


def test_one_group_takes_180_hours_a_year_besides_the_monitoring():
    one = need(individual=0, groups=1, practitioners=0)

    assert (one.session, one.preparation, one.monitoring) == (120, 60, 6)
    assert one.session + one.preparation == 180
    assert one.year == 186


def test_four_practitioners_with_four_patients_and_a_group_take_598_hours_a_year():
    one = need(**TEAM)

    assert {part: getattr(one, part) for part in PARTS} == {
        "session": 120 + 120,
        "preparation": 80 + 60,
        "supervision": 176,
        "training": 32,
        "monitoring": 10,
        "visits": 0,
        "travel": 0,
    }
    assert one.year == 598
    assert round(one.week, 2) == Fraction("13.59")
    assert round(one.week / 4, 1) == Fraction("3.4")


def test_with_all_four_new_it_takes_718_hours_in_the_first_year():
    one = need(**TEAM, new=4)

    assert one.training == 32 + 120
    assert one.year == 718
    assert round(one.week / 4, 2) == Fraction("4.08")


def test_supervision_is_as_large_as_either_kind_of_delivery():
    assert need(**TEAM).supervision > Fraction("0.85") * 200
    assert need(**TEAM).supervision > Fraction("0.95") * 180


def test_a_group_pays_off_from_four_regular_attenders():
    assert capacity.group_pays_off_from() == 4
    assert capacity.group_pays_off_from(own(group_leaders=1)) == 2  # 100 hours: as many as two alone


def test_where_seeing_one_alone_takes_no_time_a_group_never_pays_off():
    assert capacity.group_pays_off_from(own(session_individual=0, preparation_individual=0)) is None


def test_of_six_starters_three_are_left_after_the_highest_drop_out():
    assert [capacity.left_after_drop_out(6, scenario) for scenario in SCENARIOS] == [5, 5, 3]
    assert capacity.left_after_drop_out(6) == 5
    assert capacity.left_after_drop_out(6, own=own(drop_out=75)) == 2  # one and a half: a half goes up


def test_two_or_three_are_asked_for_each_that_starts():
    assert [capacity.to_be_asked(starts) for starts in (0, 1, 10)] == [0, 3, 23]
    assert capacity.to_be_asked(3, own(asked_for_each_start="1.5")) == 5


@pytest.mark.parametrize(("value", "whole"), [("2.49", 2), ("2.5", 3), ("3.5", 4), ("0", 0)])
def test_a_half_goes_up(value, whole):
    assert capacity.round_half_up(Fraction(value)) == whole


# A range, and the service's own figures


def test_there_is_a_range_and_not_one_number():
    low, typical, high = (need(**TEAM, scenario=scenario) for scenario in SCENARIOS)

    assert (low.session, low.preparation, low.supervision) == (99 + 99, 33 + Fraction("49.5"), 88)
    assert (high.session, high.preparation, high.supervision) == (132 + 132, 132 + 66, 176)
    assert [one.year for one in (low, typical, high)] == [Fraction("410.5"), 598, 680]
    for one in (low, high):
        assert (one.training, one.monitoring, one.visits, one.travel) == (32, 10, 0, 0)
        assert one.weeks == 44


@pytest.mark.parametrize(
    ("figures", "part", "hours"),
    [
        (own(sessions=20), "session", 120),
        (own(session_individual=60), "session", 160 + 120),
        (own(session_group=120), "session", 120 + 160),
        (own(group_leaders=1), "session", 120 + 60),
        (own(group_leaders=1), "preparation", 80 + 40),
        (own(preparation_individual=0), "preparation", 60),
        (own(preparation_group=0), "preparation", 80 + 20),
        (own(notes_group=0), "preparation", 80 + 40),
        (own(supervision=30), "supervision", 88),
        (own(working_weeks=40), "supervision", 160),
        (own(boosters=4), "training", 16 + 60),
        (own(training_days=2), "training", 32 + 30),
        (own(training_day=7), "training", 32 + 56),
        (own(monitoring=2), "monitoring", 20),
        (own(group_size=8), "monitoring", 12),
        (own(visits=2), "visits", 24),
        (own(visits=1, visit=9), "visits", 9),
        (own(trips=40, trip=45), "travel", 30),
    ],
)
def test_a_figure_of_the_services_own_counts_in_all_three_cases(figures, part, hours):
    assert getattr(need(**TEAM, new=2, own=figures), part) == hours
    for name in figures:
        assert {capacity.figure(name, scenario, figures) for scenario in SCENARIOS} == {figures[name]}


def test_own_figures_leave_the_other_parts_as_they_are():
    usual, changed = need(**TEAM), need(**TEAM, own=own(supervision=30))

    assert replace(changed, supervision=usual.supervision) == usual


def test_hours_a_week_are_those_of_a_year_over_the_working_weeks():
    one = need(**TEAM, own=own(working_weeks=40))

    assert one.week == one.year / 40
    assert sum(one.weekly(part) for part in PARTS) == one.week
    assert one.weekly("session") == 6


def test_a_year_without_working_weeks_is_an_error():
    with pytest.raises(ValueError, match="working_weeks"):
        need(**TEAM, own=own(working_weeks=0))


# Whatever the counts

count = st.integers(0, 60)
counts = st.fixed_dictionaries(dict.fromkeys(("individual", "groups", "practitioners", "new"), count))
figures = st.dictionaries(
    st.sampled_from([name for name in PARAMETERS if name != "working_weeks"]),
    st.integers(0, 20000).map(lambda hundredths: Decimal(hundredths) / 100),
    max_size=8,
)


@given(counts, figures, st.sampled_from(SCENARIOS), st.sampled_from(["individual", "groups", "practitioners", "new"]))
def test_one_more_of_anything_never_takes_fewer_hours(some, figures, scenario, name):
    before = need(**some, own=figures, scenario=scenario)
    after = need(**{**some, name: some[name] + 1}, own=figures, scenario=scenario)

    assert all(getattr(after, part) >= getattr(before, part) for part in PARTS)


@given(counts, st.sampled_from(["individual", "groups", "practitioners", "new"]))
def test_one_more_of_anything_takes_more_hours_by_the_defaults(some, name):
    assert need(**{**some, name: some[name] + 1}).year > need(**some).year


@given(counts, figures, st.sampled_from(["visits", "trips"]), count)
def test_one_more_visit_or_trip_never_takes_fewer_hours(some, figures, name, times):
    before, after = (need(**some, own={**figures, name: Decimal(n)}) for n in (times, times + 1))

    assert after.year >= before.year


@given(counts, figures)
def test_low_is_never_more_than_typical_nor_typical_than_high(some, figures):
    low, typical, high = (need(**some, own=figures, scenario=scenario).week for scenario in SCENARIOS)

    assert 0 <= low <= typical <= high


@given(counts, counts)
def test_two_teams_together_take_what_they_take_apart(some, others):
    together = need(**{name: some[name] + others[name] for name in some})

    assert together.year == need(**some).year + need(**others).year


@given(st.integers(0, 200), st.integers(0, 100))
def test_nobody_joins_by_dropping_out(starters, percent):
    left = capacity.left_after_drop_out(starters, own=own(drop_out=percent))

    assert 0 <= left <= starters
    assert capacity.left_after_drop_out(starters + 1, own=own(drop_out=percent)) >= left


@given(st.integers(0, 200))
def test_at_least_as_many_are_asked_as_are_to_start(starts):
    assert starts <= capacity.to_be_asked(starts) <= capacity.to_be_asked(starts + 1)
