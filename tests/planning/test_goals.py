"""The form of a goal and of a check-in: what can be left out, what is offered."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from planning import goals
from planning.models import Goal, GoalCheckIn
from tests.factories import make_check_in, make_goal, make_leader, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
NEW = "/services/f/plan/goals/new/"


@pytest.fixture
def leader(clock):
    return make_leader(make_service("f"))


def whole(leader, **fields) -> dict:
    data = {
        "outcome": "Two groups run",
        "doing_measure": "Groups",
        "owner": leader.pk,
        "due_on": "2027-06-01",
        "submission": uuid.uuid4(),
    } | fields
    return {name: value for name, value in data.items() if value is not None}


def said(**fields) -> dict:
    return {"submission": uuid.uuid4()} | fields


def check_page(goal) -> str:
    return f"/services/f/plan/goals/{goal.pk}/check-in/"


def test_f19_a_draft_is_saved_with_nothing_but_its_outcome(leader):
    response = client_of(leader).post(
        NEW, {"outcome": "More groups", "as_draft": "1", "submission": uuid.uuid4()}, follow=True
    )

    assert "Draft saved." in main_text(response)
    assert Goal.objects.get().state == Goal.State.DRAFT


def test_f19_a_goal_that_practitioners_have_seen_is_no_draft_again(leader):
    goal = make_goal(leader.service, owner=leader)
    change = f"/services/f/plan/goals/{goal.pk}/change/"
    client = client_of(leader)
    assert not document(client.get(change)).xpath("//button[@name='as_draft']")

    client.post(change, whole(leader, as_draft="1"))

    goal.refresh_from_db()
    assert goal.state == Goal.State.ACTIVE


def test_f19_practitioners_see_a_goal_by_default(leader):
    client_of(leader).post(NEW, whole(leader, if_obstacle="one of us is ill", then_plan="the other one leads it"))

    goal = Goal.objects.get()
    page = main_text(client_of(make_practitioner(leader.service)).get(f"/services/f/plan/goals/{goal.pk}/"))
    assert "If one of us is ill, then the other one leads it" in page


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({"if_obstacle": "one of us is ill"}, "then_plan"),
        ({"then_plan": "the other one leads it"}, "if_obstacle"),
    ],
)
def test_f19_if_and_then_belong_together(leader, given, lacking):
    response = client_of(leader).post(NEW, whole(leader, **given))

    assert list(response.context["form"].errors) == [lacking]
    assert not Goal.objects.exists()
    client_of(leader).post(NEW, whole(leader, as_draft="1", **given))
    assert Goal.objects.exists()


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ({"look_again": "in_3_days"}, date(2026, 11, 28)),
        ({"look_again": "in_4_weeks"}, date(2026, 12, 23)),
        ({"look_again": "before_due"}, date(2027, 5, 31)),
        ({"look_again": "before_due", "due_on": None, "as_draft": "1"}, None),
        ({"look_again": "none", "check_in_on": "2027-01-15"}, date(2027, 1, 15)),
        ({"check_in_on": "2027-01-15"}, date(2027, 1, 15)),
        ({}, None),
    ],
)
def test_f11_the_day_to_look_again_is_chosen_or_given(leader, given, day):
    client_of(leader).post(NEW, whole(leader, **given))

    assert Goal.objects.get().check_in_on == day


def test_f10_nothing_is_chosen_beforehand(leader):
    assert not document(client_of(leader).get(NEW)).xpath("//input[@type='radio'][@checked]")


def test_examples_stand_beside_the_fields_and_in_none_of_them(leader):
    page = document(client_of(leader).get(NEW))

    assert len(page.xpath("//details[@class='examples']")) == 6
    assert "Offers of IMR made each month" in page.text_content()
    assert not page.xpath("//input[@type='text'][@value]")


def test_f20_the_last_figure_is_offered_and_nothing_else(leader):
    goal = make_goal(leader.service)
    make_check_in(goal, on=date(2026, 10, 30), progress="slow", value="3.50", note="Two are ill")

    page = document(client_of(leader).get(check_page(goal)))

    assert page.xpath("//input[@name='value']/@value") == ["3.5"]
    assert not page.xpath("//input[@type='radio'][@checked]")
    assert page.xpath("//input[@name='note'][@value]") == []
    assert "On 30 October 2026 it was 3.5." in page.text_content()


def test_f20_text_is_optional_and_so_is_the_figure(leader):
    goal = make_goal(leader.service)

    client_of(leader).post(check_page(goal), {"progress": "on_track", "value": "", "submission": uuid.uuid4()})

    check_in = goal.check_ins.get()
    assert (check_in.progress, check_in.value, check_in.note) == ("on_track", None, "")


def test_f20_todays_own_figure_comes_before_the_last_one(leader):
    goal = make_goal(leader.service)
    make_check_in(goal, on=date(2026, 10, 30), value=3)
    make_check_in(goal, on=TODAY, value=5, by=leader)

    page = document(client_of(leader).get(check_page(goal)))

    assert page.xpath("//input[@name='value']/@value") == ["5.00"]


def test_what_somebody_said_of_a_goal_is_not_overwritten_by_another_one_of_the_same_day(leader):
    goal, nora = make_goal(leader.service), make_practitioner(leader.service, name="Nora Berg")
    first, second = client_of(leader), client_of(nora)
    opened = dict(document(second.get(check_page(goal))).get_element_by_id("page-form").form_values())
    first.post(check_page(goal), said(progress="stuck", value="3", note="Two are ill"))

    second.post(check_page(goal), opened | {"progress": "on_track", "value": "", "note": ""})

    kept = goal.check_ins.order_by("pk").values_list("by__name", "progress", "value", "note")
    assert list(kept) == [("Kari Nes", "stuck", 3, "Two are ill"), ("Nora Berg", "on_track", None, "")]


def test_the_same_person_twice_a_day_is_one_check_in_whichever_window_it_comes_from(leader):
    goal = make_goal(leader.service)
    goals.check_in(GoalCheckIn(progress="stuck"), goal=goal, by=leader, on=TODAY)

    goals.check_in(GoalCheckIn(progress="slow", value=4), goal=goal, by=leader, on=TODAY)

    assert list(goal.check_ins.values_list("progress", "value")) == [("slow", 4)]
    with pytest.raises(IntegrityError), transaction.atomic():
        make_check_in(goal, on=TODAY, by=leader)


def test_a_colleagues_figure_of_today_is_the_one_that_is_offered(leader):
    goal = make_goal(leader.service)
    make_check_in(goal, on=TODAY, value=5, by=make_practitioner(leader.service))

    page = document(client_of(leader).get(check_page(goal)))

    assert page.xpath("//input[@name='value']/@value") == ["5"]
    assert "On 25 November 2026 it was 5." in page.text_content()


def test_the_chart_takes_one_figure_of_a_day_the_last_one(leader):
    goal = make_goal(leader.service)
    make_check_in(goal, on=TODAY - DAY, value=1)
    make_check_in(goal, on=TODAY, value=2, by=leader)
    make_check_in(goal, on=TODAY, value=3, by=make_practitioner(leader.service))

    page = client_of(leader).get(f"/services/f/plan/goals/{goal.pk}/")

    assert [(row.day, row.figure) for row in page.context["chart"].rows] == [("25 Nov 2026", "3"), ("24 Nov 2026", "1")]


@pytest.mark.parametrize(
    ("fields", "again"),
    [
        ({"check_in_on": TODAY}, date(2026, 12, 23)),
        ({"check_in_on": TODAY - 9 * DAY}, date(2026, 12, 23)),
        ({"check_in_on": TODAY, "due_on": None}, date(2026, 12, 23)),
        ({"check_in_on": TODAY, "due_on": date(2026, 12, 24)}, date(2026, 12, 23)),
        ({"check_in_on": TODAY, "due_on": date(2026, 12, 23)}, date(2026, 12, 22)),
        ({"check_in_on": TODAY, "due_on": TODAY + 2 * DAY}, TODAY + DAY),
        ({"check_in_on": TODAY, "due_on": TODAY + DAY}, None),
        ({"check_in_on": TODAY, "due_on": TODAY - DAY}, None),
        ({"check_in_on": TODAY + DAY}, TODAY + DAY),
        ({"check_in_on": None}, None),
    ],
)
def test_f11_the_day_to_look_at_a_goal_moves_on_when_somebody_did(leader, fields, again):
    goal = make_goal(leader.service, **fields)

    for _time in range(2):
        answer = client_of(leader).post(check_page(goal), said(progress="slow"), follow=True)

    goal.refresh_from_db()
    assert goal.check_in_on == again
    assert ("Check-in saved. It comes up again on" in main_text(answer)) == (again is not None)


def test_f11_owner_and_leader_see_on_their_first_pages_which_goal_is_to_be_looked_at(leader):
    nora, ola = (make_practitioner(leader.service, name=name) for name in ("Nora Berg", "Ola Vik"))
    goal = make_goal(leader.service, owner=nora, check_in_on=TODAY - DAY)
    make_goal(leader.service, owner=nora, outcome="Not yet", check_in_on=TODAY + DAY)
    home = "/services/f/"
    shown = "Every new patient is offered IMR to be looked at again since Tue 24 Nov · Check in"

    for person in (leader, nora):
        page = client_of(person).get(home)
        assert shown in main_text(page)
        assert main_text(page).count("to be looked at again") == 1
        assert check_page(goal) in document(page).xpath("//main//a/@href")
    assert "to be looked at again" not in main_text(client_of(ola).get(home))
    client_of(nora).post(check_page(goal), said(progress="slow"))
    for person in (leader, nora):
        assert "to be looked at again" not in main_text(client_of(person).get(home))


@pytest.mark.parametrize(
    ("given", "lacking"),
    [
        ({"due_on": "2026-11-24"}, ["due_on"]),
        ({"check_in_on": "2026-11-24"}, ["check_in_on"]),
        ({"due_on": "2026-11-24", "as_draft": "1"}, ["due_on"]),
        ({"due_on": "2026-11-25", "check_in_on": "2026-11-25"}, []),
        ({"check_in_on": "2020-01-01", "look_again": "in_3_days"}, []),
        ({"due_on": "2026-11-25", "look_again": "before_due"}, ["look_again"]),
        ({"due_on": "2026-11-26", "look_again": "before_due"}, []),
    ],
)
def test_a_goal_is_not_late_at_birth(leader, given, lacking):
    response = client_of(leader).post(NEW, whole(leader, **given))

    assert (list(response.context["form"].errors) if response.context else []) == lacking
    assert Goal.objects.exists() != bool(lacking)


@pytest.mark.parametrize(
    ("state", "given", "taken"),
    [
        ("active", {}, True),
        ("active", {"due_on": "2026-11-19"}, False),
        ("draft", {"as_draft": "1"}, True),
        ("draft", {}, False),
    ],
)
def test_dates_that_went_by_stay_in_a_goal_and_in_a_draft_but_make_no_new_goal(leader, state, given, taken):
    goal = make_goal(leader.service, state=state, due_on=TODAY - 5 * DAY, check_in_on=TODAY - 9 * DAY)
    sent = whole(leader, **{"outcome": "Changed", "due_on": "2026-11-20", "check_in_on": "2026-11-16"} | given)

    client_of(leader).post(f"/services/f/plan/goals/{goal.pk}/change/", sent)

    goal.refresh_from_db()
    assert (goal.outcome == "Changed") == taken
