"""The vision and the goals: published, looked at, drafted, checked in, ended; and their pages."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from planning import visions
from planning.models import Goal, GoalCheckIn, Vision
from tests.factories import (
    make_adviser,
    make_check_in,
    make_goal,
    make_leader,
    make_practitioner,
    make_service,
    make_stranger,
    make_vision,
)
from tests.planning.site import client_of, document, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


# The vision


def test_publishing_numbers_the_versions_and_keeps_the_earlier_ones(leader):
    for text in ("First", "Second"):
        visions.publish(service=leader.service, text=text, horizon_on=TODAY + 700 * DAY, by=leader, on=TODAY)

    in_force = visions.in_force(leader.service, on=TODAY)
    assert (in_force.text, in_force.version, in_force.looked_at_on) == ("Second", 2, TODAY)
    assert list(Vision.objects.order_by("version").values_list("text", flat=True)) == ["First", "Second"]
    events = AuditEvent.objects.filter(code="vision.published").order_by("pk")
    assert [event.details for event in events] == [{"version": 1}, {"version": 2}]


def test_versions_are_numbered_within_a_service(leader):
    other = make_leader(make_service())
    visions.publish(service=other.service, text="Other", horizon_on=TODAY + DAY, by=other, on=TODAY)

    vision = visions.publish(service=leader.service, text="Ours", horizon_on=TODAY + DAY, by=leader, on=TODAY)

    assert vision.version == 1


def test_confirming_notes_the_day_and_changes_nothing_else(leader):
    vision = make_vision(leader.service, published_on=TODAY - 300 * DAY)

    visions.confirm(vision, by=leader, on=TODAY)

    vision.refresh_from_db()
    assert (vision.looked_at_on, vision.published_on, vision.version) == (TODAY, TODAY - 300 * DAY, 1)


def test_f04_a_vision_is_published_and_confirmed_by_plain_forms(leader):
    client = client_of(leader)

    published = client.post(
        "/services/f/plan/vision/", {"text": "IMR for all\nwho can use it.", "horizon_on": "2028-12-31"}, follow=True
    )
    assert "Vision published, version 1." in main_text(published)
    assert "By Sun 31 Dec 2028. Version 1, published Wed 25 Nov, last looked at Wed 25 Nov." in main_text(published)
    assert "IMR for all\nwho can use it.</textarea>" in client.get("/services/f/plan/vision/").content.decode()

    confirmed = client.post("/services/f/plan/vision/confirm/", {}, follow=True)

    assert "Noted: the vision still holds." in main_text(confirmed)


def test_a_vision_is_shown_as_text_whatever_is_in_it(leader):
    make_vision(leader.service, text="<script>alert(1)</script> {{ service }}")

    page = client_of(leader).get("/services/f/plan/").content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ service }}" in page
    assert "<script>alert" not in page


def test_without_a_vision_there_is_nothing_to_confirm(leader):
    assert client_of(leader).get("/services/f/plan/vision/confirm/").status_code == 404


# Goals


def goal_form(leader, **fields):
    return {
        "outcome": "Two groups run",
        "doing_measure": "Groups",
        "owner": leader.pk,
        "due_on": "2027-06-01",
        "submission": uuid.uuid4(),
    } | fields


def test_f04_a_goal_is_stated_by_a_plain_form(leader):
    response = client_of(leader).post("/services/f/plan/goals/new/", goal_form(leader), follow=True)

    goal = Goal.objects.get()
    assert response.redirect_chain == [(f"/services/f/plan/goals/{goal.pk}/", 302)]
    assert (goal.state, goal.stated_on, goal.service, goal.owner) == ("active", TODAY, leader.service, leader)
    assert "Goal saved." in main_text(response)
    event = AuditEvent.objects.get(code="goal.stated")
    assert event.details == {"state": "active"}


def test_a_draft_needs_its_outcome_only_and_becomes_a_goal_later(leader):
    client = client_of(leader)
    draft = {"outcome": "More groups", "as_draft": "1"}
    assert "Draft saved." in main_text(client.post("/services/f/plan/goals/new/", draft, follow=True))
    goal = Goal.objects.get()
    assert goal.state == "draft"
    here = f"/services/f/plan/goals/{goal.pk}/"
    assert document(client.get(f"{here}change/")).xpath("//button[@name='as_draft']")

    client.post(f"{here}change/", goal_form(leader))

    goal.refresh_from_db()
    assert (goal.state, goal.outcome) == ("active", "Two groups run")


def test_drafts_are_for_leaders_only(leader):
    draft = make_goal(leader.service, outcome="Not yet decided", state="draft")

    assert "Not yet decided" in main_text(client_of(leader).get("/services/f/plan/"))
    for reader in (make_practitioner(leader.service), make_adviser(leader.service)):
        assert "Not yet decided" not in main_text(client_of(reader).get("/services/f/plan/"))
        assert client_of(reader).get(f"/services/f/plan/goals/{draft.pk}/").status_code == 404


def test_a_goal_of_another_service_is_not_there(leader):
    goal = make_goal(make_stranger().service)

    for way in ("", "change/", "check-in/", "end/reached/"):
        assert client_of(leader).get(f"/services/f/plan/goals/{goal.pk}/{way}").status_code == 404


def test_a_goal_page_shows_what_is_given_and_says_what_is_not(leader):
    goal = make_goal(leader.service, if_obstacle="a colleague is ill", then_plan="the day team helps", owner=leader)

    text = main_text(client_of(leader).get(f"/services/f/plan/goals/{goal.pk}/"))

    assert "If a colleague is ill, then the day team helps" in text
    assert "Who owns itKari Nes" in text
    assert "First stepNot given" in text
    assert "No check-in yet." in text


def test_b09_a_goal_past_its_date_and_the_days_of_grace_is_late_since_its_date(leader):
    late = make_goal(leader.service, due_on=TODAY - 8 * DAY, outcome="Late one")
    in_grace = make_goal(leader.service, due_on=TODAY - 3 * DAY, outcome="Three days over")
    client = client_of(leader)

    assert "late since Tue 17 Nov" in main_text(client.get("/services/f/plan/"))
    assert main_text(client.get("/services/f/plan/")).count("late since") == 1
    assert "Late since Tue 17 Nov" in main_text(client.get(f"/services/f/plan/goals/{late.pk}/"))
    assert "Late since" not in main_text(client.get(f"/services/f/plan/goals/{in_grace.pk}/"))


# Check-ins


def test_f04_a_check_in_is_saved_by_a_plain_form(leader):
    goal = make_goal(leader.service)
    practitioner = make_practitioner(leader.service)

    response = client_of(practitioner).post(
        f"/services/f/plan/goals/{goal.pk}/check-in/",
        {"progress": "slow", "value": "2.5", "note": "Two are ill"},
        follow=True,
    )

    check_in = GoalCheckIn.objects.get()
    assert (check_in.goal, check_in.on, check_in.by) == (goal, TODAY, practitioner)
    text = main_text(response)
    assert "Check-in saved." in text
    assert "Wed 25 NovSlower than planned2.5Two are ill Per Dahl" in text


def test_a_second_check_in_of_a_day_changes_the_first(leader):
    goal = make_goal(leader.service)
    make_check_in(goal, on=TODAY - DAY, progress="stuck")
    client, here = client_of(leader), f"/services/f/plan/goals/{goal.pk}/check-in/"

    for progress in ("slow", "on_track"):
        client.post(here, {"progress": progress, "submission": uuid.uuid4()})

    assert list(goal.check_ins.order_by("on").values_list("progress", flat=True)) == ["stuck", "on_track"]


@pytest.mark.parametrize("state", ["draft", "reached", "dropped"])
def test_only_an_active_goal_is_checked_in(leader, state):
    goal = make_goal(leader.service, state=state, ended_on=None if state == "draft" else TODAY)

    response = client_of(leader).post(f"/services/f/plan/goals/{goal.pk}/check-in/", {"progress": "slow"})

    assert "This goal is no longer open. It is marked as" in main_text(response)
    assert not GoalCheckIn.objects.exists()


# Ending


@pytest.mark.parametrize(("state", "said"), [("reached", "Goal reached."), ("dropped", "Goal dropped.")])
def test_a_goal_ends_on_a_day(leader, state, said):
    goal = make_goal(leader.service)

    response = client_of(leader).post(f"/services/f/plan/goals/{goal.pk}/end/{state}/", {}, follow=True)

    goal.refresh_from_db()
    assert (goal.state, goal.ended_on) == (state, TODAY)
    assert said in main_text(response)
    assert "Change the goal" not in main_text(response)
    assert AuditEvent.objects.get(code="goal.ended").details == {"state": state}


def test_what_ended_is_neither_ended_otherwise_nor_changed(leader):
    goal = make_goal(leader.service, state="reached", ended_on=TODAY - DAY)
    client, here = client_of(leader), f"/services/f/plan/goals/{goal.pk}/"

    for response in (client.post(f"{here}end/dropped/", {}), client.post(f"{here}change/", goal_form(leader))):
        assert "This goal is no longer open. It is marked as: Reached." in main_text(response)
    goal.refresh_from_db()
    assert (goal.state, goal.ended_on, goal.outcome) == ("reached", TODAY - DAY, "Every new patient is offered IMR")


@pytest.mark.parametrize("state", ["active", "draft", "nonsense"])
def test_a_goal_ends_in_no_other_way(leader, state):
    goal = make_goal(leader.service)

    assert client_of(leader).get(f"/services/f/plan/goals/{goal.pk}/end/{state}/").status_code == 404


def test_the_plan_page_asks_the_database_as_often_for_many_goals_as_for_one(leader):
    client = client_of(leader)
    counted = []
    for many in (1, 20):
        for number in range(many):
            make_check_in(make_goal(leader.service, owner=leader), on=TODAY - number * DAY)
        with CaptureQueriesContext(connection) as queries:
            client.get("/services/f/plan/")
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 12
