"""What each rule finds in the record: below, at and above each limit, and with missing data."""

from datetime import timedelta
from decimal import Decimal

import pytest

from planning.risks import ENTRIES, assess
from planning.risks.absence import resting
from planning.risks.answer import Answer, Reason, Status
from planning.risks.months import add_months
from tests.planning.risks.tables import CASES, TABLES
from tests.planning.risks.tables.codes import emitted
from tests.planning.risks.tables.shape import TODAY, ago, first_of, months_ago

# Entries that the record does not measure: known only by what is reported.
NOT_MEASURED = {"programme-burden"}


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


def test_b02_every_entry_that_is_measured_has_a_table():
    assert {table.entry for table in TABLES} | NOT_MEASURED == {entry.key for entry in ENTRIES}
    assert not {table.entry for table in TABLES} & NOT_MEASURED
    for table in TABLES:
        statuses = {case.status for case in table.cases}
        assert Status.UNKNOWN in statuses
        assert Status.FLAGGED in statuses


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_entry_that_is_not_measured_is_missing_and_says_nothing(case):
    for answer in assess(case.snapshot):
        if answer.key in NOT_MEASURED and not any(one.entry == answer.key for one in case.snapshot.observations):
            reason = Reason.PAUSED if resting(case.snapshot) else Reason.MISSING
            assert (answer.status, answer.reason, answer.evidence) == (Status.UNKNOWN, reason, ())


def test_b02_every_piece_of_evidence_occurs_in_a_table():
    in_tables = {one.code for case in CASES for answer in assess(case.snapshot) for one in answer.evidence}

    assert emitted() <= in_tables


def case_named(entry: str, name: str):
    return next(case for case in CASES if (case.entry, case.name) == (entry, name))


@pytest.mark.parametrize(
    ("entry", "name", "code", "values"),
    [
        (
            "unanswered-conflicts",
            "several: since the oldest that flags",
            "conflicts_waiting",
            [
                {"count": 2, "limit": 14, "oldest_on": ago(30)},
                {"count": 1, "limit": 7, "oldest_on": ago(8)},
            ],
        ),
        (
            "no-regular-review",
            "two held, no barrier examined",
            "no_barrier_examined",
            [{"reviews": 2, "last_on": ago(5)}],
        ),
        ("no-regular-review", "held long before joining", "review_held", [{"last_on": ago(200)}]),
        (
            "no-regular-review",
            "both of the last two examined one: since the first of them",
            "reviews_running",
            [{"last_on": ago(5), "interval": 28}],
        ),
        (
            "passive-support",
            "counted from the last act, when that is later",
            "no_leader_act",
            [{"idle_since": ago(60), "conflicts": 1, "reviews": 2, "actions": 1}],
        ),
        (
            "passive-support",
            "actions were moved: since the first within the 60 days",
            "leader_acts",
            [{"days": 60, "answered": 0, "held": 0, "moved": 2}],
        ),
        (
            "own-time",
            "one of two without, though the other has plenty",
            "sessions_without_preparation",
            [{"without": 1, "people": 2}],
        ),
        ("bottom-up", "practitioners own 7 of 9", "leader_owns_some", [{"leader": 2, "practitioners": 7, "total": 9}]),
        ("no-goals", "a third overdue", "goals_overdue", [{"overdue": 1, "total": 3}]),
        ("no-goals", "a quarter overdue", "goals_in_force", [{"complete": 3, "total": 4}]),
        ("picked-in-passing", "half", "picked", [{"picked": 1, "total": 2}]),
        ("picked-in-passing", "two of three, one unknown", "chosen_together", [{"chosen": 2, "total": 3}]),
        (
            "leaving-soon",
            "two without: since the first came near",
            "leaving_unreplaced",
            [{"count": 2, "first_on": add_months(TODAY, 2), "months": 12}],
        ),
        (
            "fidelity-low",
            "fell by half",
            "rating_fell",
            [{"fall": Decimal("0.5"), "total_before": Decimal("4.6"), "rated_before_on": ago(200)}],
        ),
        (
            "unprotected-time",
            "four fifths",
            "time_against_need",
            [
                {
                    "hours": Decimal(8),
                    "low": Decimal("6.7"),
                    "typical": Decimal(10),
                    "high": Decimal("13.1"),
                    "month_on": first_of(0),
                }
            ],
        ),
        (
            "unprotected-time",
            "four fifths",
            "work_short",
            [
                {"work": "preparation", "hours": Decimal(0), "needed": Decimal("3.9")},
                {"work": "monitoring", "hours": Decimal(0), "needed": Decimal("0.2")},
            ],
        ),
        (
            "unprotected-time",
            "a practitioner who began less than a year ago",
            "work_short",
            [
                {"work": "preparation", "hours": Decimal(0), "needed": Decimal("3.9")},
                {"work": "monitoring", "hours": Decimal(0), "needed": Decimal("0.2")},
            ],
        ),
        (
            "own-time",
            "preparation is set aside, and there is own time all the same",
            "own_time_spent",
            [{"hours": Decimal("3.5"), "weeks": 2, "days": 90}],
        ),
        ("own-time", "weeks that count, without own time", "no_own_time", [{"weeks": 2, "days": 90}]),
        ("own-time", "weeks that too few reported", "too_few_reported", [{"people": 3}]),
        ("crowded-out", "one conflict, the log closed", "conflicts_lately", [{"count": 1, "days": 30}]),
        (
            "crowded-out",
            "a tenth lost",
            "hours_lost",
            [{"percent": Decimal(10), "counted": 2, "weeks": 4}],
        ),
        (
            "fading-time",
            "fell by fifteen points",
            "kept_share_fell",
            [{"percent": Decimal(75), "percent_before": Decimal(90), "weeks": 8}],
        ),
        (
            "expectations-unspoken",
            "one of three has not",
            "expectations_unread",
            [{"without": 1, "people": 3, "published_on": ago(40)}],
        ),
        (
            "expectations-unspoken",
            "all have taken note: since the last of them",
            "expectations_known",
            [{"people": 2, "published_on": ago(40)}],
        ),
        (
            "no-outcome-monitoring",
            "measured five months ago, used seven months ago",
            "no_outcomes",
            [{"none_since": months_ago(5), "months": 4}],
        ),
        (
            "no-outcome-monitoring",
            "measured five months ago, used seven months ago",
            "outcomes_unused",
            [{"unused_since": months_ago(7), "months": 6}],
        ),
        (
            "judged-by-few",
            "outcomes of four patients",
            "decided_on_few",
            [{"kind": "continue", "decided_on": ago(9), "patients": "<5", "limit": 5}],
        ),
        (
            "judged-by-few",
            "outcomes of no patients",
            "decided_on_few",
            [{"kind": "continue", "decided_on": ago(9), "patients": 0, "limit": 5}],
        ),
        (
            "judged-by-few",
            "outcomes of five patients",
            "decided_on_outcomes",
            [{"kind": "continue", "decided_on": ago(9), "patients": 5}],
        ),
        (
            "unplanned-adaptation",
            "two of three are not planned: since the first of them",
            "adaptations_unplanned",
            [{"unplanned": 2, "total": 3, "reason": 2, "evidence": 1, "decision": 1, "look_again": 0}],
        ),
        (
            "monitoring-fatigue",
            "the latest that was due counts",
            "not_fed_back",
            [{"measured_on": ago(70), "days": 30}],
        ),
        (
            "use-stopping",
            "no session for three months: since the first of them",
            "no_sessions",
            [{"months": 3, "until": first_of(0) - timedelta(days=1)}],
        ),
        (
            "use-stopping",
            "sessions last month: since the first of the months with some",
            "sessions_held",
            [{"sessions": 5, "until": first_of(0) - timedelta(days=1)}],
        ),
    ],
)
def test_b02_evidence_states_what_was_counted(entry, name, code, values):
    evidence = answers(case_named(entry, name).snapshot)[entry].evidence

    assert [dict(one.values) for one in evidence if one.code == code] == values


def test_evidence_leads_to_the_records_behind_it_but_never_to_a_conflict_or_to_hours():
    linked = {
        record.kind
        for case in CASES
        for answer in assess(case.snapshot)
        for one in answer.evidence
        for record in one.records
    }
    without = {
        "crowded-out",
        "unanswered-conflicts",
        "own-time",
        "lone-champion",
        "unprotected-time",
        "fading-time",
        "expectations-unspoken",
        "passive-support",
    }

    assert linked >= {"person", "goal", "review", "observation", "decision", "support", "adaptation"}
    assert "conflict" not in linked
    for case in CASES:
        for answer in assess(case.snapshot):
            if answer.key in without:
                assert not any(one.records for one in answer.evidence if one.kind == "measured")
