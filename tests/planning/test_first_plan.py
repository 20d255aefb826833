"""The steps to a first plan: what is done of them is read from the record, in any order, and they lead back."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent
from planning import expectations, first_plan, visions
from planning.models import FirstPlanPutAway
from tests.factories import (
    at_noon,
    make_agreement,
    make_allocation,
    make_caseload_month,
    make_expectation,
    make_goal,
    make_leader,
    make_practitioner,
    make_service,
    make_vision,
)
from tests.planning.mail_samples import a_plan
from tests.planning.site import client_of, document, main_text, start_series

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture
def service(clock):
    return make_service("f", joined_on=TODAY)


@pytest.fixture
def leader(service):
    return make_leader(service)


def states(service) -> dict[str, str]:
    return {step.code: step.state.value for step in first_plan.steps(service, on=TODAY).all}


def sent(**data):
    return {"submission": uuid.uuid4()} | data


def test_f21_a_new_service_has_everything_before_it(leader):
    assert set(states(leader.service).values()) == {"open"}
    steps = first_plan.steps(leader.service, on=TODAY)
    assert (steps.done, len(steps.needed), len(steps.all)) == (0, 8, 9)
    assert {step.word for step in steps.all} == {"Not started"}


def practitioners(count):
    return lambda leader: [make_practitioner(leader.service) for _one in range(count)]


def goals(active, drafts):
    return lambda leader: [make_goal(leader.service, state=state) for state in ["active"] * active + ["draft"] * drafts]


def hours(with_hours, without):
    def make(leader):
        for number in range(with_hours + without):
            member = make_practitioner(leader.service)
            if number < with_hours:
                make_allocation(member)

    return make


def vision_draft(leader):
    visions.keep_draft(service=leader.service, text="Soon", horizon_on=TODAY + 400 * DAY, by=leader)


def rhythm(leader):
    start_series(
        service=leader.service,
        rhythm="weekly_4",
        starts_at=at_noon(TODAY + 7 * DAY),
        by=leader,
        at=at_noon(TODAY),
    )


@pytest.mark.parametrize(
    ("code", "make", "state"),
    [
        ("people", practitioners(1), "begun"),
        ("people", practitioners(2), "done"),
        ("people", lambda leader: make_practitioner(leader.service, stopped_on=TODAY), "open"),
        ("vision", vision_draft, "begun"),
        ("vision", lambda leader: make_vision(leader.service), "done"),
        ("expected", lambda leader: expectations.keep_draft(service=leader.service, text="S", by=leader), "begun"),
        ("expected", lambda leader: make_expectation(leader.service), "done"),
        ("goals", goals(0, 1), "begun"),
        ("goals", goals(2, 1), "begun"),
        ("goals", goals(3, 0), "done"),
        ("hours", hours(0, 2), "open"),
        ("hours", hours(1, 1), "begun"),
        ("hours", hours(2, 0), "done"),
        ("caseload", lambda leader: make_caseload_month(leader.service, month=date(2026, 10, 1)), "done"),
        ("caseload", lambda leader: make_caseload_month(leader.service, month=date(2026, 9, 1)), "begun"),
        ("rhythm", rhythm, "done"),
        ("log", lambda leader: make_agreement(leader.service), "done"),
        ("issue", lambda leader: a_plan(leader.service), "done"),
    ],
)
def test_f21_how_far_a_step_is_follows_from_the_record(leader, code, make, state):
    make(leader)

    assert states(leader.service)[code] == state


def test_f21_the_whole_row_is_the_link_and_there_are_three_states(leader):
    make_practitioner(leader.service)
    make_vision(leader.service)

    page = document(client_of(leader).get("/services/f/first-plan/"))

    rows = page.xpath("//ul[contains(@class, 'task-list')]/li")
    assert len(rows) == 9
    assert all(row.xpath("count(./a)") == 1 and row.xpath("string(./a)") == row.text_content() for row in rows)
    words = {" ".join(word.text_content().split()) for word in page.xpath("//*[contains(@class, 'task-state')]")}
    assert words == {"Not started", "Begun", "Done"}


def test_f21_a_form_entered_from_the_steps_leads_back_to_them_and_the_next_is_offered(leader):
    client = client_of(leader)
    address = "/services/f/plan/vision/?then=start"
    opened = document(client.get(address))
    assert opened.xpath("//a[@class='way-out']/@href") == ["/services/f/first-plan/"]

    saved = client.post(address, sent(text="All who can use IMR.", horizon_on="2028-12-31"), follow=True)

    assert saved.redirect_chain == [("/services/f/first-plan/", 302)]
    text = main_text(saved)
    assert "Vision published, version 1." in text
    assert "1 of 8 steps are done." in text
    assert document(saved).xpath("//main//a[@class='button']/@href") == ["/services/f/people/new/?then=start"]


def test_f06_a_form_of_the_steps_sent_twice_leads_to_the_same_page_once(leader):
    client, data = client_of(leader), sent(text="All who can use IMR.", horizon_on="2028-12-31")

    for _time in range(2):
        saved = client.post("/services/f/plan/vision/?then=start", data, follow=True)

    assert saved.redirect_chain == [("/services/f/first-plan/", 302)]
    assert leader.service.visions.count() == 1


def test_f07_an_error_keeps_the_way_back(leader):
    response = client_of(leader).post("/services/f/plan/vision/?then=start", sent(text="", horizon_on=""))

    page = document(response)
    assert page.xpath("//a[@class='way-out']/@href") == ["/services/f/first-plan/"]
    assert page.xpath("//form[@id='page-form']/@action") in ([], [""])


@pytest.mark.parametrize("then", ["https://example.org/", "//example.org", "nonsense", "", "first_plan"])
def test_an_address_that_is_not_one_of_ours_leads_nowhere(leader, then):
    address = "/services/f/plan/vision/"
    client = client_of(leader)

    saved = client.post(f"{address}?then={then}", sent(text="All of them.", horizon_on="2028-12-31"))

    assert saved.url == "/services/f/plan/"


def test_the_first_page_leads_a_new_leader_to_the_steps_until_a_plan_is_issued(leader):
    client = client_of(leader)
    page = main_text(client.get("/services/f/"))
    assert "Your first plan 0 of 8 steps are done. Add a person" in page

    a_plan(leader.service)

    assert "Your first plan" not in main_text(client.get("/services/f/"))


def test_the_steps_can_be_put_away_and_are_found_again(leader):
    client = client_of(leader)

    for _time in range(2):
        away = client.post("/services/f/first-plan/put-away/", sent(), follow=True)

    assert away.redirect_chain == [("/services/f/", 302)]
    assert "Your first plan" not in main_text(away)
    assert FirstPlanPutAway.objects.get().by == leader
    assert AuditEvent.objects.filter(code="first_plan.put_away").count() == 1
    assert "Your first plan: the steps" in main_text(client.get("/services/f/plan/"))
    assert "0 of 8 steps" in main_text(client.get("/services/f/first-plan/"))


def test_practitioners_see_nothing_of_the_steps(leader):
    client = client_of(make_practitioner(leader.service))

    assert "first plan" not in main_text(client.get("/services/f/")).lower()
    assert "first plan" not in main_text(client.get("/services/f/plan/")).lower()


def test_when_only_drafts_are_lacking_the_draft_is_offered(leader):
    goals(2, 1)(leader)
    draft = leader.service.goals.get(state="draft")

    step = next(step for step in first_plan.steps(leader.service, on=TODAY).all if step.code == "goals")

    assert step.url == f"/services/f/plan/goals/{draft.pk}/change/?then=start"


# The check


def test_f21_the_check_has_a_way_to_change_each_part_that_keeps_it_and_comes_back(leader):
    goal = make_goal(leader.service, outcome="Two groups run", owner=leader, doing_measure="Groups")
    make_vision(leader.service, text="All who can use IMR.")
    client = client_of(leader)

    page = document(client.get("/services/f/documents/new/"))

    ways = page.xpath("//main//dl//a/@href")
    assert ways
    assert all(way.split("?")[1].split("&")[0] == "then=check" for way in ways)
    assert f"/services/f/plan/goals/{goal.pk}/change/?then=check" in ways
    assert "Not given" in page.text_content()
    vision = document(client.get("/services/f/plan/vision/?then=check"))
    assert vision.xpath("string(//textarea[@name='text'])").strip() == "All who can use IMR."
    saved = client.post(
        "/services/f/plan/vision/?then=check", sent(text="All of them.", horizon_on="2028-12-31"), follow=True
    )
    assert saved.redirect_chain == [("/services/f/documents/new/", 302)]
    assert "All of them." in main_text(saved)


def test_f21_the_check_says_what_a_goal_lacks(leader):
    make_goal(leader.service, outcome="Two groups run", owner=None, doing_measure="", due_on=None)

    text = main_text(client_of(leader).get("/services/f/documents/new/"))

    assert "It lacks a measure, an owner and a date." in text


def test_a_page_reached_from_the_check_leads_back_to_it(leader):
    page = main_text(client_of(leader).get("/services/f/actions/?then=check"))

    assert "Back to “Check your plan”" in page


def test_the_first_page_asks_the_database_as_often_for_a_full_record(leader):
    client, counted = client_of(leader), []
    for _time in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/services/f/first-plan/")
        counted.append(len(queries))
        goals(3, 3)(leader)
        practitioners(4)(leader)

    assert counted[0] == counted[1] <= 15
