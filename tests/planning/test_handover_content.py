"""What a handover pack says of a record: everything a new leader needs, and nothing that practitioners keep private."""

import json
from datetime import date, timedelta

import pytest
import time_machine

from accounts.access import Permission, roles_with
from accounts.models import LEADING_ROLES
from planning.documents.handover_content import gather
from planning.documents.handover_pages import _chapters, handover_html
from planning.documents.kinds import KINDS
from planning.models import Document
from tests import factories as make
from tests.planning import handover_samples
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


def pack_of(service, as_of=TODAY, language="en") -> dict:
    return gather(service, as_of, language)


def steps(service) -> str:
    return " ".join(step["text"] for step in pack_of(service)["first_days"])


@pytest.mark.parametrize("language", ["en", "nb"])
def test_it_is_plain_json_that_survives_being_stored(language):
    content = pack_of(full_site().service, language=language)

    assert json.loads(json.dumps(content)) == content
    assert (content["language"], content["as_of_on"]) == (language, "2026-11-20")


@pytest.mark.parametrize("sample", handover_samples.SAMPLES.values())
def test_the_samples_have_the_shape_of_what_is_gathered(service, sample):
    gathered = pack_of(service)

    assert set(gathered) == set(sample()) - {"issue"}
    for part in ("people", "pauses", "reviews", "time"):
        assert set(gathered[part]) == set(sample()[part])


def test_only_leaders_and_stand_ins_may_read_or_issue_it():
    kind = KINDS[Document.Kind.HANDOVER]

    for permission in (kind.read, kind.issue):
        assert set(roles_with(permission)) == set(LEADING_ROLES) == set(roles_with(Permission.SEE_ALLOCATIONS))


def test_it_says_who_leaves_when_and_who_takes_over(service):
    successor = make.make_stand_in(service, handed_over_on=TODAY - DAY)
    make.make_leader(service, leaves_on=TODAY + 40 * DAY, successor=successor)
    make.make_practitioner(service, leaves_on=TODAY + 9 * DAY)

    people = pack_of(service)["people"]

    leader = next(one for one in people["leading"] if one["name"] == "Kari Nes")
    assert (leader["leaves_on"], leader["successor"], leader["told_on"]) == ("2026-12-30", "Svein Lie", "2026-11-19")
    assert [one["leaves_on"] for one in people["practitioners"]] == ["2026-11-29"]
    assert "Nobody takes over yet from Per Dahl." in steps(service)


def test_who_left_without_having_handed_over_is_told_for_a_year(service):
    told = make.make_practitioner(service, name="Told", handed_over_on=TODAY)
    make.make_practitioner(service, name="Left Lately", leaves_on=TODAY - 30 * DAY)
    make.make_practitioner(service, name="Handed Over", leaves_on=TODAY - 30 * DAY, successor=told)
    make.make_practitioner(service, name="Long Gone", leaves_on=TODAY - 366 * DAY)
    make.make_sponsor(service, name="Above", leaves_on=TODAY - 30 * DAY)

    assert [one["name"] for one in pack_of(service)["people"]["left_open"]] == ["Left Lately"]


def test_the_hours_promised_to_each_person_are_told_with_their_end(service):
    practitioner = make.make_practitioner(service)
    make.make_allocation(practitioner, hours_per_week="1.5", ends_on=TODAY + 30 * DAY)
    make.make_allocation(practitioner, hours_per_week=2, ends_on=TODAY - DAY, starts_on=TODAY - 90 * DAY)
    make.make_allocation(make.make_practitioner(service, name="Gone", leaves_on=TODAY - DAY))

    (person,) = pack_of(service)["set_aside"]

    assert person["name"] == "Per Dahl"
    assert [(one["hours"], one["until_on"]) for one in person["hours"]] == [("1.5", "2026-12-20")]
    assert "Hours set aside end soon for Per Dahl." in steps(service)


def test_two_people_of_one_name_keep_their_hours_apart(service):
    for _person in range(2):
        make.make_allocation(make.make_practitioner(service))

    assert [one["name"] for one in pack_of(service)["set_aside"]] == ["Per Dahl", "Per Dahl"]


def test_the_decisions_that_hold_are_the_last_word_on_going_on_and_what_was_decided_since_a_stop(service):
    for kind, days in (("expand", 400), ("stop", 300), ("continue", 200), ("adapt", 150), ("continue", 100)):
        make.make_decision(service, kind=kind, decided_on=TODAY - days * DAY, look_again_on=TODAY - days * DAY)

    decisions = pack_of(service)["decisions"]

    assert [one["kind"] for one in decisions] == ["Continue", "Change the programme"]
    assert decisions[0]["basis"] == "Systematic patient outcomes"
    assert decisions[0]["late"]


def test_after_a_stop_nothing_decided_before_it_holds(service):
    make.make_decision(service, kind="expand", decided_on=TODAY - 30 * DAY)
    make.make_decision(service, kind="stop", decided_on=TODAY - 20 * DAY)

    content = pack_of(service)

    assert [one["kind"] for one in content["decisions"]] == ["Stop"]
    assert content["pauses"]["stopped"]
    assert "IMR rests now." in steps(service)


@pytest.mark.parametrize(("patients", "told"), [(None, ""), (0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (12, "12")])
def test_few_patients_are_not_counted_in_a_document(service, patients, told):
    make.make_decision(service, patients=patients)

    assert pack_of(service)["decisions"][0]["patients"] == told


def test_support_money_and_adaptations_are_told_as_of_the_day(service):
    make.make_support(service, answer="agreed", answered_on=TODAY)
    make.make_funding(service, until=TODAY + 20 * DAY)
    make.make_funding(service, until=TODAY - DAY, decided_on=TODAY - 90 * DAY)
    make.make_adaptation(service)

    assert [one["answer"] for one in pack_of(service)["supports"]] == ["Agreed"]
    assert [one["answer"] for one in pack_of(service, TODAY - DAY)["supports"]] == ["No answer yet"]
    assert [one["until_on"] for one in pack_of(service)["fundings"]] == ["2026-12-10"]
    assert len(pack_of(service)["adaptations"]) == 1
    assert "Money or posts end soon." in steps(service)


def test_what_recurs_says_last_and_next_and_what_was_never_done_is_due(service):
    make.make_rating(service, rated_on=TODAY - 30 * DAY)
    make.make_supervision(service, held_on=TODAY - 61 * DAY)

    rows = {one["what"]: one for one in pack_of(service)["rhythm"]}

    assert (rows["Fidelity visit"]["last_on"], rows["Fidelity visit"]["next_on"]) == ("2026-10-21", "2027-11-21")
    assert not rows["Fidelity visit"]["planned"]
    assert (rows["Supervision in IMR"]["next_on"], rows["Supervision in IMR"]["overdue"]) == ("2026-11-19", True)
    never = rows["Patient outcomes, a round"]
    assert (never["last_on"], never["next_on"], never["overdue"]) == (None, "2026-11-20", True)


def test_f14_weeks_that_wait_are_counts_from_the_monday_on_which_everybody_knows(service):
    author = make.make_practitioner(service)
    make.make_agreement(service)
    last_week = make.at_noon(TODAY - 8 * DAY)
    make.make_conflict(author, logged_at=last_week)
    make.make_answer(make.make_conflict(author, logged_at=last_week))
    make.make_conflict(author, named=True)  # logged today: not everybody may know of it before Monday
    make.make_conflict(author)

    content = pack_of(service)

    assert content["waiting"] == [{"week_on": "2026-11-16", "total": 2, "waiting": 1}]
    assert "1 priority conflict waits for an answer." in steps(service)


def test_f14_promises_are_the_leaders_words_dated_so_that_they_tell_no_name(service):
    leader, author = make.make_leader(service), make.make_practitioner(service)
    logged_at = make.at_noon(TODAY - 9 * DAY)  # a Wednesday
    early = make.make_action(service, title="Early", opened_on=TODAY - 8 * DAY, due_on=TODAY + DAY, owner=leader)
    named = make.make_conflict(author, logged_at=logged_at, named=True)
    make.make_answer(named, state="planned", text="We swap", answered_on=TODAY - 8 * DAY, action=early)
    fresh = make.make_conflict(author, named=True)
    make.make_answer(fresh, state="planned", text="Too early to tell")
    seen = make.make_conflict(author, logged_at=logged_at)
    make.make_answer(seen, state="seen", text="I saw it")

    promises = pack_of(service)["promises"]

    assert promises == [{"text": "We swap", "promised_on": "2026-11-16", "owner": "", "due_on": None, "done": False}]


def test_a_promise_names_its_action_and_says_when_that_is_done(service):
    leader, author = make.make_leader(service), make.make_practitioner(service)
    conflict = make.make_conflict(author, logged_at=make.at_noon(TODAY - 20 * DAY))
    action = make.make_action(service, title="Swap", owner=leader, opened_on=TODAY - 10 * DAY, due_on=TODAY + DAY)
    make.make_answer(conflict, state="planned", text="We swap", answered_on=TODAY - 10 * DAY, action=action)

    (promise,) = pack_of(service)["promises"]
    assert (promise["owner"], promise["due_on"], promise["done"]) == ("Kari Nes", "2026-11-21", False)

    action.state, action.closed_on = "done", TODAY
    action.save()

    (promise,) = pack_of(service)["promises"]
    assert promise["done"]


def test_the_first_ten_days_go_in_order_and_lead_to_chapters_that_are_there(service):
    for content in (pack_of(service), pack_of(full_site("full").service)):
        days = [step["day"] for step in content["first_days"]]

        assert days == sorted(days)
        assert (days[0], days[-1]) == (1, 10)
        assert {step["chapter"] for step in content["first_days"]} <= set(_chapters())


@pytest.mark.parametrize("language", ["en", "nb"])
def test_p11_no_note_no_entry_and_no_hours_kept_are_in_it(language):
    site = full_site()
    service = site.service
    make.make_conflict(site.practitioner, named=True, note="Nobody may read this", show_note=True, hours="7.25")
    make.make_week_check_in(site.colleague, set_aside_hours="3.75", own_time_hours="6.75")

    content = pack_of(service, language=language) | {
        "issue": {"number": 1, "issued_on": "2026-11-20", "owner": site.leader.name, "verify": "https://example.org/"}
    }
    told = json.dumps(content, ensure_ascii=False) + handover_html(content)

    notes = list(service.conflicts.exclude(note="").values_list("note", flat=True))
    assert len(notes) >= 3
    for private in (*notes, "7.25", "7,25", "6.75", "6,75"):
        assert private not in told
    assert '"weeks"' not in json.dumps(content["time"])
