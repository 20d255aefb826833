"""What a plan says of a record: gathered once, plain JSON, nothing in it that a document must not hold."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Service
from planning.documents import plan_check
from planning.documents.plan_content import MAX_ACTIONS, figure, plan_content
from planning.models import Allocation, Goal, Review, Work
from planning.risks import ENTRIES
from planning.study import load_study
from tests import factories as make

TODAY = date(2026, 11, 20)  # a Friday
DAY = timedelta(days=1)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def on_a_friday():
    with time_machine.travel("2026-11-20 09:00+01:00", tick=False):
        yield


@pytest.fixture
def service():
    return make.make_service("f", practice="IMR")


def content_of(service, as_of=TODAY, language="en") -> dict:
    return plan_content(service, as_of, language)


def test_it_is_plain_json_that_survives_being_stored(service):
    make.make_leader(service)
    make.make_vision(service)
    make.make_goal(service)
    make.make_allocation(make.make_practitioner(service))
    make.make_rating(service)

    content = content_of(service)

    assert json.loads(json.dumps(content)) == content
    assert content["content"] == 2
    assert content["as_of_on"] == "2026-11-20"


def test_p01_every_entry_of_the_catalogue_is_somewhere_in_it_once(service):
    content = content_of(service)

    listed = [entry["key"] for part in ("open", "strengths", "unknown") for entry in content[part]]
    assert len(listed) == len(set(listed))
    assert len(listed) + len(content["not_applicable"]) == len(ENTRIES)
    assert sum(state["count"] for theme in content["themes"] for state in theme["states"]) == len(listed)


def test_p01_flags_come_first_then_watches_then_late_actions_then_overdue_goals(service):
    make.make_observation(service, entry="crowded-out")
    make.make_observation(service, entry="programme-burden", on=TODAY - timedelta(days=250))
    make.make_action(service, title="A late one", due_on=TODAY - timedelta(days=4))
    make.make_goal(service, outcome="An overdue goal", due_on=TODAY - timedelta(days=4))
    service.joined_on = TODAY
    service.save()

    matters = content_of(service)["matters"]

    kinds = [matter["kind"] for matter in matters]
    assert kinds == sorted(kinds, key=["flagged", "watch", "action", "goal"].index)
    assert {"flagged", "watch", "action"} <= set(kinds)
    assert [matter["title"] for matter in matters if matter["kind"] == "action"] == ["A late one"]


def test_an_entry_shows_its_own_action_with_owner_and_date_and_else_a_marked_suggestion(service):
    leader = make.make_leader(service)
    make.make_observation(service, entry="crowded-out")
    make.make_observation(service, entry="own-time")
    make.make_action(service, title="Later", entry="crowded-out", due_on=TODAY + timedelta(days=30))
    make.make_action(service, title="Sooner", entry="crowded-out", due_on=TODAY + timedelta(days=9), owner=leader)

    matters = {matter["title"]: matter for matter in content_of(service)["matters"]}

    owned = matters["Other duties crowd out IMR"]
    assert (owned["act"], owned["owner"], owned["due_on"]) == ("Sooner", leader.name, "2026-11-29")
    assert not owned["suggested"]
    assert matters["Preparation happens in people's own time"]["suggested"]
    assert matters["Preparation happens in people's own time"]["owner"] == "Leader"


def test_a_late_action_of_an_open_entry_is_not_listed_twice(service):
    make.make_observation(service, entry="crowded-out")
    make.make_action(service, title="Late", entry="crowded-out", due_on=TODAY - timedelta(days=4))

    content = content_of(service)

    assert [matter["kind"] for matter in content["matters"]].count("action") == 0
    assert content["matters"][0]["late"]


def test_the_record_is_that_of_the_day_asked_for(service):
    make.make_vision(service, published_on=TODAY - timedelta(days=10))
    make.make_action(service, title="Closed since", state="done", closed_on=TODAY, opened_on=TODAY - timedelta(days=20))
    make.make_action(service, title="Opened since", opened_on=TODAY - timedelta(days=1))
    make.make_goal(
        service, outcome="Reached since", state=Goal.State.REACHED, ended_on=TODAY, stated_on=TODAY - timedelta(days=40)
    )
    make.make_rating(service, rated_on=TODAY - timedelta(days=1))
    make.make_review(service, closed_at=make.at_noon(TODAY - timedelta(days=1)))

    before = content_of(service, TODAY - timedelta(days=15))
    now = content_of(service)

    assert before["vision"] is None
    assert [action["title"] for action in before["actions"]] == ["Closed since"]
    assert [goal["outcome"] for goal in before["goals"]["active"]] == ["Reached since"]
    assert (before["fidelity"], before["reviews"]["held"]) == ([], [])
    assert before["reviews"]["next_on"] == "2026-11-19"
    assert now["vision"]["version"] == 1
    assert [action["title"] for action in now["actions"]] == ["Opened since"]
    assert [goal["outcome"] for goal in now["goals"]["reached"]] == ["Reached since"]
    assert [rating["figure"] for rating in now["fidelity"]] == ["4.38"]
    assert [review["held_on"] for review in now["reviews"]["held"]] == ["2026-11-19"]


def test_drafts_and_other_services_stay_out(service):
    make.make_goal(service, outcome="A draft", state=Goal.State.DRAFT)
    make.make_goal(outcome="Of another service")
    make.make_action(title="Of another service")
    make.make_review(service, state=Review.State.CANCELLED)

    content = content_of(service)

    assert content["goals"] == {"active": [], "reached": []}
    assert content["actions"] == []
    assert content["reviews"]["next_on"] is None


def test_time_is_by_kind_of_work_and_never_by_person(service):
    one, other = make.make_practitioner(service), make.make_practitioner(service, name="Ola Moen")
    make.make_allocation(one, hours_per_week=Decimal("1.25"))
    make.make_allocation(other, hours_per_week=Decimal("2.25"))
    make.make_allocation(other, work=Work.SUPERVISION, hours_per_week=Decimal(1))
    make.make_allocation(one, starts_on=TODAY + timedelta(days=1))

    content = content_of(service)

    hours = {kind["work"]: kind["hours"] for kind in content["time"]["kinds"]}
    assert len(hours) == len(Work)
    assert (hours["Sessions"], hours["Supervision"], hours["Travel"]) == ("3.5", "1", "0")
    assert content["time"]["total"] == "4.5"
    assert Allocation.objects.count() == 4
    assert "Ola Moen" not in json.dumps(content["time"])


def test_conflicts_are_counted_by_reason_once_others_may_know_of_them(service):
    make.make_agreement(service)
    author = make.make_practitioner(service)
    monday_ago = make.at_noon(TODAY - timedelta(days=9))
    answered = make.make_conflict(author, logged_at=monday_ago, note="A note of mine", show_note=True)
    make.make_conflict(author, logged_at=monday_ago, reason="staff", note="Another note", named=True)
    make.make_conflict(author)  # without a name: nobody knows before Monday
    make.make_conflict(author, logged_at=make.at_noon(TODAY - timedelta(days=200)))
    make.make_answer(answered)

    content = content_of(service)

    assert content["conflicts"]["logging"]
    assert (content["conflicts"]["total"], content["conflicts"]["answered"]) == (2, 1)
    assert {one["reason"]: one["count"] for one in content["conflicts"]["reasons"]} == {
        "Acute patient": 1,
        "Short of staff": 1,
    }


def test_weeks_that_came_with_a_dossier_are_in_the_plan_with_their_answers(service):
    answers = [{"on": "2026-11-18", "state": "seen"}, {"on": "2026-11-21", "state": "done"}]
    make.make_conflicts_of_week(service, reasons={"meeting": 2, "staff": 1}, answers=answers)
    make.make_conflict(make.make_practitioner(service), reason="staff", released_on=date(2026, 11, 16))

    conflicts = content_of(service)["conflicts"]

    assert (conflicts["total"], conflicts["answered"]) == (4, 1)
    assert conflicts["reasons"] == [
        {"ref": "meeting", "reason": "Meeting", "count": 2},
        {"ref": "staff", "reason": "Short of staff", "count": 2},
    ]


def test_f16_the_last_four_weeks_that_count_are_told_and_no_other(service):
    mondays = [date(2026, 11, 9) - timedelta(days=7 * back) for back in range(6)]
    for back, week in enumerate(mondays):
        if back != 1:  # of that one too few reported
            make.make_hours_of_week(service, week=week, own_time_hours=Decimal("1.50"), kept_hours=Decimal("9.80"))
    make.make_hours_of_week(service, week=date(2026, 11, 16))  # not over

    time = content_of(service)["time"]

    assert [week["week_on"] for week in time["weeks"]] == [day.isoformat() for day in (mondays[0], *mondays[2:5])]
    assert time["weeks"][0] == {
        "week_on": "2026-11-09",
        "number": 46,
        "set_aside": "12",
        "kept": "9.8",
        "own_time": "1.5",
    }
    assert not time["too_few_reported"]


def test_f16_a_share_that_is_not_told_is_no_nought_in_the_plan(service):
    make.make_hours_of_week(service, set_aside_hours=0, kept_hours=0, own_time_hours=2)

    (week,) = content_of(service)["time"]["weeks"]

    assert (week["set_aside"], week["kept"], week["own_time"]) == ("", "", "2")


def test_f16_without_a_week_that_counts_the_plan_says_that_too_few_answered(service):
    service.joined_on = TODAY - timedelta(days=TODAY.weekday())  # no week of it is over
    service.save()
    assert not content_of(service)["time"]["too_few_reported"]

    service.joined_on -= timedelta(days=1)
    service.save()
    assert content_of(service)["time"]["too_few_reported"]
    make.make_hours_of_week(service)
    assert not content_of(service)["time"]["too_few_reported"]


def test_the_hours_that_are_needed_are_a_range_with_the_month_they_come_from(service):
    make.make_practitioner(service)
    assert content_of(service)["time"]["need"] is None

    make.make_caseload_month(service, individual_patients=6, groups=0)

    # Six patients, one practitioner: capacity.need over 44 weeks, in tenths of hours, half up.
    assert content_of(service)["time"]["need"] == {
        "low": "5.3",
        "typical": "8.1",
        "high": "10.3",
        "month_on": "2026-10-01",
    }


def test_p11_no_note_no_minutes_and_no_words_of_an_observation_come_in(service):
    make.make_agreement(service)
    author = make.make_practitioner(service, name="Per Dahl")
    make.make_conflict(author, named=True, note="what I wrote", show_note=True)
    make.make_observation(service, text="what somebody said")
    make.make_review(service, closed_at=make.at_noon(TODAY - timedelta(days=1)), minutes="what was minuted")

    everything = json.dumps(content_of(service), ensure_ascii=False)

    for words in ("what I wrote", "what somebody said", "what was minuted", "Per Dahl"):
        assert words not in everything


def test_p01_a_decision_is_wanted_when_an_entry_waits_for_one_and_of_nobody_who_only_acts_on_it(service):
    make.make_confirmation(service, asked_on=TODAY, answered_on=TODAY, confirmed=True)  # leaves none
    nothing = content_of(service)["decision"]
    make.make_observation(service, entry="undecided-future")
    undecided = content_of(service)["decision"]
    make.make_action(service, title="Write to them", entry="undecided-future", owner=make.make_leader(service))

    assert nothing is None
    assert undecided == {
        "entry": "undecided-future",
        "about": "Whether IMR goes on is not settled",
        "text": "",
        "owner": "",
        "due_on": None,
    }
    assert content_of(service)["decision"] == undecided


def test_p01_the_open_question_that_is_wanted_first_is_the_decision_and_it_is_wanted_of_who_was_asked(service):
    sponsor = make.make_sponsor(service, name="Ada Lie")
    make.make_observation(service, entry="undecided-future")
    make.make_decision_wanted(service, question="Later?", asked_of=sponsor, wanted_by=TODAY + 21 * DAY)
    make.make_decision_wanted(service, question="May we have a post?", asked_of=sponsor, wanted_by=TODAY + 20 * DAY)

    assert content_of(service)["decision"] == {
        "entry": "",
        "about": "Will there be money or posts for IMR?",
        "text": "May we have a post?",
        "owner": "Ada Lie",
        "due_on": "2026-12-10",
    }


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, True),
        ({"asked_on": TODAY}, True),
        ({"asked_on": TODAY + DAY}, False),
        ({"answer": "talk", "answered_on": TODAY}, True),
        ({"answer": "yes", "answered_on": TODAY}, False),
        ({"answer": "no", "answered_on": TODAY + DAY}, True),
        ({"withdrawn_on": TODAY}, False),
        ({"withdrawn_on": TODAY + DAY}, True),
    ],
)
def test_p01_a_question_is_wanted_while_it_is_open_on_the_day_of_the_plan(service, fields, wanted):
    make.make_confirmation(service, asked_on=TODAY, answered_on=TODAY, confirmed=True)
    make.make_decision_wanted(service, **fields)
    make.make_decision_wanted(question="Somebody else's?")

    assert (content_of(service)["decision"] is not None) == wanted


@pytest.mark.parametrize(("language", "owner"), [("en", "the next level"), ("nb", "nivået over")])
def test_p01_a_question_to_nobody_or_to_somebody_who_left_is_wanted_of_the_next_level(service, language, owner):
    left = make.make_sponsor(service, leaves_on=TODAY - DAY)
    question = make.make_decision_wanted(service, asked_of=left)
    of_who_left = content_of(service, language=language)["decision"]["owner"]
    question.asked_of = None
    question.save()

    assert of_who_left == content_of(service, language=language)["decision"]["owner"] == owner


def test_the_check_shows_the_question_with_who_is_asked_and_the_way_to_it_and_else_the_way_to_ask(service):
    make.make_observation(service, entry="undecided-future")
    not_asked = plan_check.parts(content_of(service))[-1]
    make.make_decision_wanted(
        service, question="May we have a post?", asked_of=make.make_sponsor(service, name="Ada Lie")
    )
    asked = plan_check.parts(content_of(service))[-1]

    assert (not_asked.given, not_asked.note) == ("Whether IMR goes on is not settled", "Nobody has been asked yet.")
    assert not_asked.url == "/services/f/record/decisions-wanted/new/?then=check"
    assert (asked.given, asked.note) == ("May we have a post?", "Wanted of Ada Lie by 29 November 2026.")
    assert asked.url == "/services/f/record/decisions-wanted/?then=check"


def test_the_acts_by_which_a_service_is_led_are_dated_in_it_for_ninety_days(service):
    leader = make.make_leader(service, name="Maja Lund")
    done = {"behaviour": "supportive", "state": "done"}
    make.make_action(service, title="A day too old", owner=leader, closed_on=TODAY - 90 * DAY, **done)
    make.make_action(service, title="The first", owner=leader, closed_on=TODAY - 89 * DAY, **done)
    make.make_action(service, title="The last", owner=leader, closed_on=TODAY, **done)
    make.make_action(service, title="Tomorrow's", owner=leader, closed_on=TODAY + DAY, **done)
    make.make_action(service, title="Not done", owner=leader, behaviour="supportive")
    make.make_action(service, title="No act of a leader", owner=leader, state="done", closed_on=TODAY)
    make.make_action(
        service, title="By nobody who leads", owner=make.make_practitioner(service), closed_on=TODAY, **done
    )

    acts = content_of(service)["leader_acts"]

    assert [act["title"] for act in acts["done"]] == ["The last", "The first"]
    assert acts["done"][0] == {
        "ref": "3",
        "title": "The last",
        "owner": "Maja Lund",
        "behaviour": "Supportive",
        "done_on": "2026-11-20",
    }


def test_p09_more_actions_than_there_is_room_for_are_counted(service):
    for number in range(MAX_ACTIONS + 3):
        make.make_action(service, title=f"Action {number}")

    content = content_of(service)

    assert (len(content["actions"]), content["actions_left_out"]) == (MAX_ACTIONS, 3)


def test_the_owner_of_a_draft_is_the_leader_in_post_else_the_stand_in(service):
    nobody = content_of(service)["leader"]
    stand_in = make.make_stand_in(service)
    standing_in = content_of(service)["leader"]
    make.make_leader(service, name="Tiltrer Senere", started_on=TODAY + timedelta(days=1))
    leader = make.make_leader(service)

    assert (nobody, standing_in, content_of(service)["leader"]) == ("", stand_in.name, leader.name)


@pytest.mark.parametrize(
    ("total", "shown"),
    [("4.615", "4.62"), ("4.6249", "4.62"), ("3.996", "3.996"), ("2.9999", "3.000"), ("4", "4.00"), ("2.994", "2.99")],
)
def test_a_fidelity_figure_is_never_rounded_into_another_band(total, shown):
    assert figure(Decimal(total)) == shown


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_nine_services_say_what_the_study_reports_in_either_language(language):

    load_study(today=TODAY)
    contents = {service.key: content_of(service, language=language) for service in Service.objects.all()}

    assert sorted(contents) == list("ABCDEFGHI")
    assert contents["F"]["language"] == language
    assert contents["F"]["fidelity"][0]["figure"] == "4.62"
    assert {"own-time", "expansion-without-plan"} <= {
        entry["key"] for entry in contents["F"]["open"] if entry["status"] == "flagged"
    }
    assert len(contents["C"]["strengths"]) > len(contents["F"]["strengths"])
    assert all("Egeland" in " ".join(entry["sources"]) for entry in contents["F"]["open"] if entry["theme"] == 1)


def test_r02_the_number_of_queries_does_not_grow_with_the_record(service):
    counted = []
    for _time in range(2):
        for _number in range(4):
            member = make.make_practitioner(service)
            make.make_allocation(member)
            make.make_action(service, owner=member)
            make.make_check_in(make.make_goal(service, owner=member))
            make.make_conflict(member, named=True)
            make.make_review(service, closed_at=make.at_noon(TODAY - timedelta(days=1)))
        with CaptureQueriesContext(connection) as queries:
            content_of(service)
        counted.append(len(queries))

    assert counted[0] == counted[1] <= 62
