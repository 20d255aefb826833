"""What if somebody leaves, hours go, a group comes: from when on IMR no longer fits."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from planning import what_if
from planning.capacity import SCENARIOS, need
from planning.what_if import Change, Hours, Planned, Practitioner
from tests.factories import make_allocation, make_caseload_month, make_leader, make_practitioner, make_service
from tests.planning.site import client_of, main_text

TODAY = date(2026, 11, 25)  # a Wednesday
MONDAY = date(2026, 11, 23)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
PAGE = "/services/f/time/what-if/"


TWO = (Practitioner(1), Practitioner(2))


def planned(*hours: Hours, individual=4, groups=0, people=TWO) -> Planned:
    return Planned(TODAY, individual, groups, tuple(people), hours)


def short_on(plan: Planned, change: Change | None = None, scenario="typical") -> date | None:
    """The day from which the hours are not enough."""
    week = what_if.first_short(what_if.walk(plan, change), scenario)
    return week and week.on


# Four patients and two practitioners need 200 + 88 + 16 + 4 = 308 hours a year, exactly seven a week.
SEVEN = Hours(1, Fraction(7), TODAY - WEEK)


def test_the_weeks_run_from_today_over_a_year_of_mondays():
    weeks = what_if.walk(planned(SEVEN))

    assert len(weeks) == 52
    assert [week.on for week in weeks[:3]] == [TODAY, MONDAY + WEEK, MONDAY + 2 * WEEK]
    assert (weeks[0].hours, weeks[0].typical) == (7, 7)


@pytest.mark.parametrize(("hours", "expected"), [
    ([SEVEN], None),
    ([replace(SEVEN, hours=Fraction("6.99"))], TODAY),
    ([replace(SEVEN, last_on=MONDAY + 5 * WEEK)], MONDAY + 5 * WEEK),  # from Tuesday they are missing
    ([replace(SEVEN, last_on=MONDAY + 5 * WEEK + 3 * DAY)], MONDAY + 5 * WEEK),
    ([replace(SEVEN, last_on=MONDAY + 5 * WEEK + 4 * DAY)], MONDAY + 6 * WEEK),  # a Friday: the week is worked
    ([replace(SEVEN, last_on=MONDAY + 5 * WEEK + 6 * DAY)], MONDAY + 6 * WEEK),
    ([replace(SEVEN, last_on=MONDAY + 5 * WEEK - DAY)], MONDAY + 5 * WEEK),
    ([replace(SEVEN, first_on=TODAY + DAY)], TODAY),
    ([], TODAY),
])  # fmt: skip
def test_hours_count_from_their_first_day_to_their_last(hours, expected):
    assert short_on(planned(*hours)) == expected


def test_who_leaves_takes_their_hours_along_and_their_supervision():
    plan = planned(SEVEN, Hours(2, Fraction(3), TODAY))
    without = what_if.week_on(plan, Change(from_on=TODAY, leaves=2), TODAY)

    assert without.hours == 7
    assert without.typical == need(individual=4, groups=0, practitioners=1).week
    assert short_on(plan, Change(from_on=MONDAY + 3 * WEEK, leaves=1)) == MONDAY + 3 * WEEK


def test_a_practitioner_who_is_to_leave_needs_nothing_afterwards():
    plan = planned(SEVEN, people=(Practitioner(1), Practitioner(2, last_on=TODAY + WEEK)))

    first, *_between, last = what_if.walk(plan)
    assert (first.typical, last.typical) == (7, need(individual=4, groups=0, practitioners=1).week)


def test_training_is_needed_until_a_year_has_gone_by():
    plan = planned(SEVEN, people=(Practitioner(1, started_on=TODAY - 51 * WEEK), Practitioner(2)))

    assert what_if.week_on(plan, None, TODAY).typical == need(individual=4, groups=0, practitioners=2, new=1).week
    assert what_if.week_on(plan, None, TODAY + 2 * WEEK).typical == 7


def test_a_change_counts_from_its_day():
    change = Change(from_on=MONDAY + 2 * WEEK, fewer_hours=Fraction(1), groups=1)
    before, after = (what_if.week_on(planned(SEVEN), change, change.from_on - days * DAY) for days in (1, 0))

    assert (before.hours, before.typical) == (7, 7)
    assert (after.hours, after.typical) == (6, need(individual=4, groups=1, practitioners=2).week)


@pytest.mark.parametrize(("days", "expected"), [(0, 2), (1, 2), (4, 2), (5, 3), (6, 3), (7, 3)])
def test_a_change_in_the_middle_of_a_week_is_felt_in_that_week(days, expected):
    change = Change(from_on=MONDAY + 2 * WEEK + days * DAY, fewer_hours=Fraction(1))

    assert short_on(planned(SEVEN), change) == MONDAY + expected * WEEK


def test_no_more_hours_can_go_than_there_are():
    assert what_if.week_on(planned(SEVEN), Change(from_on=TODAY, fewer_hours=Fraction(9)), TODAY).hours == 0


@pytest.mark.parametrize(("drop_out", "left"), [("low", "8.2"), ("typical", "7.6"), ("high", "4.9")])
def test_patients_who_are_added_thin_out_over_a_year(drop_out, left):
    change = Change(from_on=TODAY, patients=10, drop_out=drop_out)

    assert what_if.left_of_added(change, TODAY) == 10
    assert what_if.left_of_added(change, TODAY + 52 * WEEK) == Fraction(left)
    assert what_if.left_of_added(change, TODAY + 90 * WEEK) == Fraction(left)
    assert Fraction(left) < what_if.left_of_added(change, TODAY + 26 * WEEK) < 10


def test_turns_are_the_weeks_in_which_something_turns():
    plan = planned(SEVEN, replace(SEVEN, hours=Fraction(3), last_on=TODAY + 4 * WEEK))

    assert [week.on for week in what_if.turns(what_if.walk(plan))] == [TODAY, MONDAY + 4 * WEEK]


days = st.integers(-30, 400).map(lambda number: TODAY + number * DAY)
amounts = st.integers(0, 80).map(lambda quarters: Fraction(quarters, 4))
plans = st.builds(
    Planned,
    on=st.just(TODAY),
    individual=st.integers(0, 8),
    groups=st.integers(0, 2),
    practitioners=st.lists(
        st.builds(Practitioner, st.integers(1, 4), st.none() | days, st.none() | days), max_size=4
    ).map(tuple),
    hours=st.lists(st.builds(Hours, st.integers(1, 4), amounts, days, st.none() | days), max_size=6).map(tuple),
)
changes = st.builds(
    Change,
    from_on=days.filter(lambda day: day >= TODAY),
    leaves=st.none() | st.integers(1, 4),
    fewer_hours=amounts,
    patients=st.integers(0, 6),
    groups=st.integers(0, 2),
    drop_out=st.sampled_from(SCENARIOS),
)


@settings(deadline=None, max_examples=60)
@given(plan=plans, change=changes, more=st.sampled_from(["patients", "groups", "fewer_hours"]))
def test_more_patients_or_groups_or_fewer_hours_never_make_it_fit_longer(plan, change, more):
    worse = replace(change, **{more: getattr(change, more) + 1})

    for scenario in SCENARIOS:
        before, after = short_on(plan, change, scenario), short_on(plan, worse, scenario)
        assert before is None or (after is not None and after <= before)


@settings(deadline=None, max_examples=40)
@given(plan=plans, data=st.data())
def test_removing_hours_that_are_set_aside_never_makes_it_fit_longer(plan, data):
    kept = tuple(one for one in plan.hours if data.draw(st.booleans()))

    for scenario in SCENARIOS:
        before, after = short_on(plan, None, scenario), short_on(replace(plan, hours=kept), None, scenario)
        assert before is None or (after is not None and after <= before)


@settings(deadline=None, max_examples=40)
@given(plan=plans, change=changes)
def test_what_fits_the_high_need_fits_the_typical_and_what_fits_that_the_low(plan, change):
    for week in what_if.walk(plan, change, weeks=10):
        assert week.low <= week.typical <= week.high


# ------------------------------------------------------------------------------------------------
# The page
# ------------------------------------------------------------------------------------------------


@pytest.fixture
def leader(db):
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        leader = make_leader(make_service("f"))
        for name in ("Per Vik", "Asta Ro"):
            make_allocation(make_practitioner(leader.service, name=name), hours_per_week="4", starts_on=TODAY)
        make_caseload_month(leader.service, month=date(2026, 10, 1), individual_patients=4, groups=0)
        yield leader


def test_the_page_answers_in_a_sentence_and_changes_nothing(leader):
    client = client_of(leader)

    assert "As planned, by the typical need, IMR fits all 52 weeks." in main_text(client.get(PAGE))
    asked = client.get(PAGE, {"fewer_hours": "2", "from_on": "2026-12-07", "drop_out": "typical"})
    assert "with the change, IMR no longer fits from week 50 (7 December 2026)" in main_text(asked)
    assert "as planned, it fits all 52 weeks" in main_text(asked)
    assert [one.hours_per_week for one in leader.service.allocations.all()] == [4, 4]
    assert client.post(PAGE, {"fewer_hours": "2"}).status_code == 405


def test_somebody_who_leaves_on_record_and_one_who_is_asked_about(leader):
    per, asta = leader.service.members.filter(role="practitioner").order_by("pk")
    asta.leaves_on = date(2027, 1, 31)
    asta.save()

    text = main_text(client_of(leader).get(PAGE))
    assert "IMR no longer fits from week 5 (1 February 2027)" in text
    text = main_text(client_of(leader).get(PAGE, {"leaves": per.pk}))
    assert "with the change, IMR does not fit this week" in text


def test_who_has_left_cannot_be_asked_about_nor_a_day_that_is_gone(leader):
    other = make_practitioner(make_service("other"))

    text = main_text(client_of(leader).get(PAGE, {"leaves": other.pk, "from_on": "2026-11-24", "groups": "many"}))

    assert "There is a problem" in text
    assert "what was cannot be changed" in text
    assert "“Groups that come” must be a whole number" in text
    assert "As planned, by the typical need, IMR fits" in text


def test_without_a_caseload_nothing_is_promised(leader):
    leader.service.caseload_months.all().delete()

    text = main_text(client_of(leader).get(PAGE, {"groups": "1"}))

    assert "What IMR needs is not known" in text
    assert "fits" not in text


def test_f15_the_page_is_for_those_who_may_see_single_peoples_hours(leader):
    practitioner = leader.service.members.filter(role="practitioner").first()

    assert client_of(practitioner).get(PAGE).status_code == 403
    assert "What if" not in main_text(client_of(practitioner).get("/services/f/time/"))


def test_in_bokmaal(leader):
    text = main_text(client_of(leader, language="nb").get(PAGE, {"patients": "3", "drop_out": "high"}))

    assert "Pasienter som begynner: 3. Igjen etter et år: 1." in text
    assert ": 24 %" in text
