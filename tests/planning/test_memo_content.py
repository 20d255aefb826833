"""What a memo says of a record: what only the next level can decide, and nothing of a single practitioner."""

import json
from datetime import date, timedelta

import pytest
import time_machine

from planning.documents.memo_content import ONLY_ABOVE, gather
from planning.documents.memo_pages import ROOMS, memo_html
from planning.wording.entries import TEXTS
from tests import factories as make
from tests.planning.site import full_site

TODAY = date(2026, 11, 20)  # a Friday
DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_a_friday():
    with time_machine.travel("2026-11-20 09:00+01:00", tick=False):
        yield


@pytest.fixture
def service():
    return make.make_service("f", practice="IMR")


@pytest.fixture
def sponsor(service):
    return make.make_sponsor(service, name="Anna Berg")


def memo_of(service, as_of=TODAY, language="en") -> dict:
    return gather(service, as_of, language)


def wanted(service, **fields) -> list[dict]:
    return [one for one in memo_of(service, **fields)["wanted"] if not one["proposed"]]


def proposed(service) -> dict[str, dict]:
    return {one["entry"]: one for one in memo_of(service)["wanted"] if one["proposed"]}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_it_is_plain_json_that_survives_being_stored(language):
    content = memo_of(full_site().service, language=language)

    assert json.loads(json.dumps(content)) == content
    assert (content["language"], content["as_of_on"]) == (language, "2026-11-20")


def test_open_questions_stand_in_it_with_whom_they_are_asked_of_and_by_when(service, sponsor):
    make.make_decision_wanted(service, asked_of=sponsor, wanted_by=TODAY + 9 * DAY)

    (question,) = wanted(service)

    assert question["text"] == "Will the half post be paid for another year?"
    assert (question["asked_of"], question["wanted_on"], question["late"]) == ("Anna Berg", "2026-11-29", False)
    assert memo_of(service)["to"] == ["Anna Berg"]


def test_what_is_wanted_first_stands_first_and_late_is_said(service, sponsor):
    make.make_decision_wanted(service, subject="other", question="Later?", wanted_by=TODAY + 30 * DAY)
    make.make_decision_wanted(service, subject="other", question="Late?", wanted_by=TODAY - 4 * DAY)
    make.make_decision_wanted(service, subject="other", question="In grace?", wanted_by=TODAY - 3 * DAY)

    assert [(one["text"], one["late"]) for one in wanted(service)] == [
        ("Late?", True),
        ("In grace?", False),
        ("Later?", False),
    ]


def test_what_is_decided_or_taken_back_is_not_wanted_and_a_wish_to_talk_still_is(service, sponsor):
    answered = {"answered_on": TODAY - DAY, "answered_by": sponsor}
    make.make_decision_wanted(service, subject="other", question="Decided?", answer="no", **answered)
    make.make_decision_wanted(service, subject="other", question="Taken back?", withdrawn_on=TODAY - DAY)
    make.make_decision_wanted(service, subject="other", question="Talk?", answer="talk", **answered)

    assert [(one["text"], one["talk_on"]) for one in wanted(service)] == [("Talk?", "2026-11-19")]
    assert [one["text"] for one in wanted(service, as_of=TODAY - 2 * DAY)] == ["Decided?", "Taken back?", "Talk?"]


@pytest.mark.parametrize(
    ("subject", "entry"),
    [("priority", "leader-unbacked"), ("continue", "undecided-future"), ("money", "money-undecided")],
)
def test_what_a_question_costs_while_it_waits_is_told_in_the_studys_words_with_strength_and_section(
    service, subject, entry
):
    make.make_decision_wanted(service, subject=subject)

    (question,) = wanted(service)

    text = TEXTS[entry]
    assert (question["cost"], question["strength"]) == (str(text.why), str(text.strength.label))
    assert question["source"] == str(text.passage)


def test_a_flag_that_only_somebody_above_can_clear_is_wanted_though_nobody_was_asked(service):
    make.make_leader(service)
    service.project_ends_on = TODAY + 60 * DAY
    service.save()

    found = proposed(service)

    assert found["undecided-future"]["text"] == "Give a written answer on whether IMR goes on after the project."
    assert found["undecided-future"]["wanted_on"] == "2026-12-20"
    assert found["undecided-future"]["asked_of"] == ""
    assert found["undecided-future"]["known"]

    make.make_decision_wanted(service, subject="continue")

    assert "undecided-future" not in proposed(service)


def test_a_flag_that_the_leader_lives_with_is_not_asked_for(service):
    make.make_leader(service)
    service.project_ends_on = TODAY + 60 * DAY
    service.save()
    make.make_acceptance(service, entry="undecided-future", status="flagged", severity=10**6)

    assert "undecided-future" not in proposed(service)


@pytest.mark.parametrize("key", ONLY_ABOVE)
def test_each_entry_that_only_the_next_level_clears_has_an_act_of_theirs(key):
    assert [act for act in TEXTS[key].acts if act.owner_role == "sponsor"]


def test_without_a_name_it_is_to_everybody_of_the_next_level_who_is_there(service, sponsor):
    make.make_sponsor(service, name="Gone Away", leaves_on=TODAY - DAY)
    make.make_decision_wanted(service)

    assert memo_of(service)["to"] == ["Anna Berg"]


def test_who_was_asked_and_has_left_is_not_named(service, sponsor):
    make.make_decision_wanted(service, asked_of=make.make_sponsor(service, name="Gone Away", leaves_on=TODAY - DAY))

    (question,) = wanted(service)

    assert question["asked_of"] == ""


def test_promises_of_the_next_level_that_are_late_are_told_and_those_of_others_are_not(service, sponsor):
    practitioner = make.make_practitioner(service)
    make.make_action(service, title="Find a room", owner=sponsor, due_on=TODAY - 10 * DAY)
    make.make_action(service, title="Not yet late", owner=sponsor, due_on=TODAY + DAY)
    make.make_action(service, title="A practitioner's", owner=practitioner, due_on=TODAY - 10 * DAY)

    assert memo_of(service)["promised"] == [{"text": "Find a room", "owner": "Anna Berg", "due_on": "2026-11-10"}]


def test_what_was_asked_for_and_not_given_is_told_and_what_was_given_is_not(service):
    make.make_support(service, wanted="A room")
    make.make_support(service, wanted="A supervisor", answer="refused", answered_on=TODAY - 30 * DAY)
    make.make_support(service, wanted="Coffee", answer="agreed", answered_on=TODAY - 30 * DAY)
    make.make_support(
        service, wanted="Long ago", answer="refused", asked_on=TODAY - 800 * DAY, answered_on=TODAY - 700 * DAY
    )
    make.make_confirmation(service)

    found = {one["text"]: one["refused_on"] for one in memo_of(service)["asked_for"]}

    assert found == {"A room": None, "A supervisor": "2026-10-21", "Is IMR a priority of ours?": None}


def test_a_confirmation_that_belongs_to_a_question_is_not_told_twice(service):
    make.make_decision_wanted(service, subject="priority", confirmation=make.make_confirmation(service))

    assert memo_of(service)["asked_for"] == []


def test_what_the_service_did_is_counted_and_only_what_leaders_did_is_named(service):
    leader, practitioner = make.make_leader(service), make.make_practitioner(service)
    done = {"state": "done", "opened_on": TODAY - 60 * DAY}
    make.make_action(service, title="The leader's", owner=leader, closed_on=TODAY - DAY, **done)
    make.make_action(service, title="A practitioner's", owner=practitioner, closed_on=TODAY - DAY, **done)
    make.make_action(service, title="Too long ago", owner=leader, closed_on=TODAY - 90 * DAY, **done)
    make.make_goal(service, outcome="Reached", state="reached", ended_on=TODAY - 3 * DAY)
    make.make_review(service, closed_at=make.at_noon(TODAY - 5 * DAY))

    done = memo_of(service)["done"]

    assert (done["actions"], done["goals"], done["reviews"]) == (2, 1, 1)
    assert [one["text"] for one in done["named"]] == ["The leader's", "Reached"]


def test_f15_of_time_it_tells_what_is_needed_and_set_aside_for_the_service_and_nothing_kept(service):
    for name, hours in (("Per Dahl", "1.5"), ("Asta Ro", "2")):
        make.make_allocation(make.make_practitioner(service, name=name), hours_per_week=hours)
    make.make_hours_of_week(service)

    time = memo_of(service)["time"]

    assert set(time) == {"need", "total", "recorded"}
    assert time["total"] == "3.5"


@pytest.mark.parametrize("language", ["en", "nb"])
def test_p11_nothing_of_a_single_practitioner_or_entry_is_in_it(language):
    site = full_site()
    service = site.service
    make.make_conflict(site.practitioner, named=True, note="Nobody may read this", show_note=True, hours="7.25")
    people = [site.practitioner, site.colleague, site.third]

    content = memo_of(service, language=language) | {
        "issue": {"number": 1, "issued_on": "2026-11-20", "owner": site.leader.name, "verify": "https://example.org/"}
    }
    told = json.dumps(content, ensure_ascii=False) + memo_html(content, ROOMS[0])

    notes = list(service.conflicts.exclude(note="").values_list("note", flat=True))
    assert len(notes) >= 3
    for private in (*notes, *(person.name for person in people), "We swap with the day team", "7.25", "7,25"):
        assert private not in told
