"""What each rule finds in the record: below, at and above each limit, and with missing data."""

import pytest

from planning.risks import ENTRIES, assess
from planning.risks.answer import Answer, Reason, Status
from tests.planning.risks.tables import CASES, TABLES
from tests.planning.risks.tables.codes import emitted

# Entries whose record is still to come: known only by what is reported.
NOT_YET = {
    "fading-time",
    "expectations-unspoken",
    "leader-unconvinced",
    "leader-knows-little",
    "self-image-gap",
    "undecided-future",
    "expansion-without-plan",
    "unprepared-start",
    "no-recruitment",
    "alone-in-the-system",
    "no-outcome-monitoring",
    "judged-by-few",
    "unplanned-adaptation",
    "feedback-unused",
    "organisation-weak",
    "money-undecided",
    "hands-lost",
    "low-reach",
    "leader-unbacked",
    "programme-burden",
}


def answers(snapshot) -> dict[str, Answer]:
    return {one.key: one for one in assess(snapshot)}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_b02_each_rule_below_at_and_above_its_limit(case):
    answer = answers(case.snapshot)[case.entry]

    assert (answer.status, answer.reason, answer.since) == (case.status, case.reason, case.since)
    assert tuple(one.code for one in answer.evidence if one.kind == "measured") == case.codes
    if case.status is not Status.UNKNOWN:
        assert answer.severity == case.severity


@pytest.mark.parametrize("case", CASES, ids=str)
def test_b02_every_answer_holds_together(case):
    for answer in assess(case.snapshot):
        known = answer.status is not Status.UNKNOWN
        assert (answer.reason is None) is known
        assert known or (answer.since is None and answer.severity is None)
        assert not known or answer.severity is not None
        assert not known or answer.status in {one.status for one in answer.evidence}
        assert all(one.on is None or one.on <= case.snapshot.as_of for one in answer.evidence)
        assert answer.since is None or answer.since <= case.snapshot.as_of


def test_b02_every_entry_has_a_table_or_waits_for_its_record():
    assert {table.entry for table in TABLES} | NOT_YET == {entry.key for entry in ENTRIES}
    assert not {table.entry for table in TABLES} & NOT_YET
    for table in TABLES:
        statuses = {case.status for case in table.cases}
        assert Status.UNKNOWN in statuses
        assert Status.FLAGGED in statuses


@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_its_record_an_entry_is_missing_and_says_nothing(case):
    for answer in assess(case.snapshot):
        if answer.key in NOT_YET and not any(one.entry == answer.key for one in case.snapshot.observations):
            assert (answer.status, answer.reason, answer.evidence) == (Status.UNKNOWN, Reason.MISSING, ())


def test_b02_every_piece_of_evidence_occurs_in_a_table():
    in_tables = {one.code for case in CASES for answer in assess(case.snapshot) for one in answer.evidence}

    assert emitted() <= in_tables
