"""The form of a goal and of a check-in: what can be left out, what is offered."""

import uuid
from datetime import date

import pytest

from planning.models import Goal
from tests.factories import make_check_in, make_goal, make_leader, make_practitioner, make_service
from tests.planning.site import client_of, document, main_text

pytestmark = pytest.mark.django_db

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
    make_check_in(goal, on=date(2026, 11, 25), value=5)

    page = document(client_of(leader).get(check_page(goal)))

    assert page.xpath("//input[@name='value']/@value") == ["5.00"]
