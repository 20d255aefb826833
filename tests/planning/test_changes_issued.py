"""Plans issued one after the other: the second says what changed in the record between them, and only that."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from planning.documents import issuing, pages
from planning.documents.changes import apply, difference, said
from planning.models import Document, DocumentFile
from tests import factories as make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 20)  # a Friday
DAY = timedelta(days=1)
WAITING = (
    "Counted in the record: Since 21 November 2023 the leader has answered no conflict, held no review and moved no "
    "action. Waiting:"
)
OWNED = (
    "Counted in the record: Of %(all)s open goals and actions with an owner, the leader owns %(all)s and practitioners "
    "own 0."
)


@pytest.fixture(autouse=True)
def on_a_friday():
    with time_machine.travel("2026-11-20 09:00+01:00", tick=False):
        yield


@pytest.fixture
def leader():
    return make.make_leader(make.make_service("f", practice="IMR"), name="Kari Nes")


def issue(leader, *, language="en", ready=True) -> Document:
    plan = issuing.issue(service=leader.service, by=leader, language=language, as_of=TODAY)
    if ready:
        plan.state, plan.made_at = Document.State.READY, timezone.now()
        plan.save()
        DocumentFile.objects.create(document=plan, pdf=b"%PDF", page_one=b"%PDF", sha256="0" * 64, pages=9)
    return plan


def lines_of(plan: Document) -> list[tuple[str, str, str, str]]:
    return [
        (line["code"], line["about"], line["before"], line["after"])
        for chapter in plan.content["changes"]["chapters"]
        for line in chapter["lines"]
    ]


def test_p03_the_second_plan_says_exactly_what_changed_in_the_record(leader):
    goal = make.make_goal(leader.service, outcome="Two groups run", owner=leader, due_on=TODAY + 90 * DAY)
    action = make.make_action(leader.service, title="Ask the ward", owner=leader, due_on=TODAY + 10 * DAY)
    closed = make.make_action(leader.service, title="Find a room", owner=leader, due_on=TODAY + 5 * DAY)
    first = issue(leader)

    goal.outcome = "Three groups run"
    goal.save()
    action.due_on = TODAY + 12 * DAY
    action.save()
    closed.state, closed.closed_on = "dropped", TODAY
    closed.save()
    second = issue(leader)

    assert first.content["changes"] == {"since": None, "notes": [], "chapters": [], "count": 0}
    assert lines_of(second) == [
        (
            "entry_evidence",
            "IMR is left without active follow-up",
            f"{WAITING} 2 open actions.",
            f"{WAITING} 1 open action.",
        ),
        ("action_due_on", "Ask the ward", "30 November 2026", "2 December 2026"),
        ("action_gone", "Find a room", "Kari Nes · 25 November 2026", ""),
        ("goal_outcome", "Three groups run", "Two groups run", "Three groups run"),
        (
            "entry_evidence",
            "Leader and practitioners carry IMR together",
            OWNED % {"all": 3},
            OWNED % {"all": 2},
        ),
    ]
    assert apply(first.content, difference(first.content, second.content)) == said(second.content)


def test_p03_nothing_changed_says_so_and_the_checksum_is_another_plan_s(leader):
    make.make_goal(leader.service)
    first, second = issue(leader), issue(leader)

    assert lines_of(second) == []
    assert second.content["changes"]["since"] == {
        "number": first.number,
        "issued_on": "2026-11-20",
        "as_of_on": "2026-11-20",
        "language": "en",
    }
    assert pages.checksum(first.content) != pages.checksum(second.content)


def test_p03_a_plan_is_compared_with_the_latest_that_was_ready(leader):
    issue(leader)
    issue(leader, ready=False)

    third = issue(leader)

    assert third.content["changes"]["since"]["number"] == 1


def test_the_check_before_issuing_shows_the_same_changes(leader, client):
    make.make_action(leader.service, title="Ask the ward")
    issue(leader)
    make.make_action(leader.service, title="Find a room")
    client.force_login(leader.user)

    html = client.get("/services/f/documents/new/").content.decode()
    second = issue(leader)
    page = client.get("/services/f/documents/plan/2/").content.decode()

    assert [line[:2] for line in lines_of(second)] == [
        ("entry_evidence", "IMR is left without active follow-up"),  # as many actions wait
        ("action_new", "Find a room"),
    ]
    for shown in (html, page):
        assert "What changed since no. 1" in shown
        assert "New action: Find a room" in shown
        assert "New action: Ask the ward" not in shown


def test_p11_other_assessments_are_group_means_and_no_leaders_own(leader):
    make.make_outcome_round(leader.service, patients=4, mean=None, measured_on=TODAY - 30 * DAY)
    make.make_outcome_round(leader.service, patients=9, mean=Decimal("3.456"), measured_on=TODAY - 3 * DAY)
    make.make_own_leadership_rating(leader)

    results = issue(leader).content["assessments"]

    assert [(one["people"], [figure["figure"] for figure in one["figures"]]) for one in results] == [
        ("9", ["3.46"]),
        ("<5", []),
    ]
