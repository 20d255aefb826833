"""What holds of every entry, whatever the record: bad news never helps, and what nobody knows is never fine."""

from dataclasses import replace

import pytest
from hypothesis import given, settings

from planning.risks import ENTRIES, assess
from planning.risks.absence import rests
from planning.risks.answer import Status
from tests.planning.risks.bad_news import BAD
from tests.planning.risks.records import LISTS, SINGLE, records
from tests.planning.risks.tables import CASES

FEW = settings(max_examples=40, deadline=None, report_multiple_bugs=False)


def statuses(snapshot) -> dict[str, Status]:
    return {one.key: one.status for one in assess(snapshot)}


def cleared(snapshot, key):
    """The number of each piece of bad news that turned the flagged entry into a strength."""
    return [number for number, worse in enumerate(BAD[key]) if statuses(worse(snapshot))[key] is Status.CLEAR]


def test_b03_every_entry_says_what_is_bad_for_it():
    assert list(BAD) == [entry.key for entry in ENTRIES]


@FEW
@given(records)
def test_b03_more_of_the_bad_never_turns_flagged_into_clear(snapshot):
    for key, status in statuses(snapshot).items():
        if status is Status.FLAGGED:
            assert not cleared(snapshot, key), key


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_b03_more_of_the_bad_never_turns_a_flag_at_its_limit_into_clear(entry):
    for case in CASES:
        if (case.entry, case.status) == (entry.key, Status.FLAGGED):
            assert not cleared(case.snapshot, entry.key), case


# What is taken away is not always what spoke for a strength: it can be what spoke against it. Where a rule is meant so
# it stands here with the reason; nothing else may turn an entry clear.
MAY_TURN_CLEAR = {
    ("fidelity-unknown", "started_on"): "only the start tells that a rating is from before it and does not count",
    ("hands-lost", "people"): "somebody said that nobody changed, which those who went speak against",
    ("unprotected-time", "capacity"): "by the service's own figures nothing is needed; by the defaults, what there is",
}
_LATEST = "the latest decides alone, also when it leaves the matter open; without it the one before does"
_OF_THOSE_THERE = "it must be known of everybody who is there; without the one of whom it is not, it is"
ONE_MAY_TURN_CLEAR = MAY_TURN_CLEAR | {
    ("undecided-future", "decisions"): _LATEST,
    ("expansion-without-plan", "decisions"): _LATEST,
    ("judged-by-few", "decisions"): _LATEST,
    ("leader-unconvinced", "leadership"): _LATEST,
    ("leader-knows-little", "leadership"): _LATEST,
    ("passive-support", "leadership"): _LATEST,
    ("self-image-gap", "leadership"): _LATEST,
    ("feedback-unused", "fidelity"): _LATEST,
    ("false-security", "fidelity"): _LATEST,
    ("unprotected-time", "caseload"): _LATEST,
    ("no-recruitment", "caseload"): _LATEST,
    ("low-reach", "caseload"): _LATEST,
    ("picked-in-passing", "people"): _OF_THOSE_THERE,
    ("supervision-lapsed", "people"): _OF_THOSE_THERE,
    ("expectations-unspoken", "people"): _OF_THOSE_THERE,
    ("feedback-unused", "recommendations"): "all must be taken up; without the one that still waits, all are",
}


def without(snapshot, name):
    """The record without all of one kind."""
    return _consistent(replace(snapshot, **{name: () if name in LISTS else None}))


def without_one(snapshot, name, position):
    """The record without one of a kind."""
    records = getattr(snapshot, name)
    return _consistent(replace(snapshot, **{name: (*records[:position], *records[position + 1 :])}))


def _consistent(snapshot):
    """Without what goes with a record: hours and acknowledgements with a person, recommendations with a visit."""
    people, visits = {one.number for one in snapshot.people}, {one.rated_on for one in snapshot.fidelity}
    statement = snapshot.expectation
    if statement is not None:
        noted = tuple(one for one in statement.acknowledged if one[0] in people)
        statement = replace(statement, acknowledged=noted)
    return replace(
        snapshot,
        expectation=statement,
        allocations=tuple(one for one in snapshot.allocations if one.person in people),
        recommendations=tuple(one for one in snapshot.recommendations if one.given_on in visits),
    )


def turned(before, snapshot, changed) -> set[str]:
    """The entries that a removal turned from unknown into a strength.

    A pause, and a decision to stop, is no evidence of anything: it says which days count and whether entries speak
    at all. With it taken away they answer as they would have; so such a removal is not looked at. Nor is
    `false-security`, which asks how much is known of the others, where the removal made another one known: a strength
    it took away may now be a flag.
    """
    if rests(snapshot) != rests(changed):
        return set()
    after = statuses(changed)
    known = {key for key in after if before[key] is Status.UNKNOWN and after[key] is not Status.UNKNOWN}
    found = {key for key in known if after[key] is Status.CLEAR}
    return found if known == {"false-security"} else found - {"false-security"}


def kinds(snapshot):
    return [name for name in (*LISTS, *SINGLE) if getattr(snapshot, name) not in ((), None)]


@FEW
@given(records)
def test_b02_removing_a_kind_of_record_never_turns_unknown_into_clear(snapshot):
    before = statuses(snapshot)
    for name in kinds(snapshot):
        found = turned(before, snapshot, without(snapshot, name))
        assert {(key, name) for key in found} <= MAY_TURN_CLEAR.keys()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_b02_removing_a_kind_of_record_never_turns_an_unknown_of_the_tables_into_clear(entry):
    for case in CASES:
        if (case.entry, case.status) == (entry.key, Status.UNKNOWN):
            before = statuses(case.snapshot)
            for name in kinds(case.snapshot):
                found = turned(before, case.snapshot, without(case.snapshot, name))
                assert {(key, name) for key in found} <= MAY_TURN_CLEAR.keys(), case


@FEW
@given(records)
def test_b02_removing_one_record_turns_unknown_into_clear_only_where_a_rule_is_meant_so(snapshot):
    before = statuses(snapshot)
    for name in LISTS:
        for position in range(len(getattr(snapshot, name))):
            found = turned(before, snapshot, without_one(snapshot, name, position))
            assert {(key, name) for key in found} <= ONE_MAY_TURN_CLEAR.keys()
