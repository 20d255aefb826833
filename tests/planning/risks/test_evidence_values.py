"""What the evidence on leadership, visits, money, handover, reach and backing states, piece by piece."""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest

from planning.risks import assess
from planning.risks.absence import resting
from planning.risks.answer import Answer, Status
from planning.risks.snapshot import Snapshot
from tests.planning.risks.tables import CASES
from tests.planning.risks.tables.handover import FOUR, GONE, SUCCEEDED, SUPERVISOR, TOLD, people
from tests.planning.risks.tables.money import decided, in_months
from tests.planning.risks.tables.published import asked, counts, no
from tests.planning.risks.tables.ratings import by_staff, own
from tests.planning.risks.tables.shape import TODAY, ago, hours, leader, month, observed, practitioner, said
from tests.planning.risks.tables.visits import index, visit


def answer(entry: str, **record) -> Answer:
    return {one.key: one for one in assess(Snapshot(as_of=TODAY, **record))}[entry]


def pieces(entry: str, **record) -> list[tuple]:
    return [(one.code, one.status, dict(one.values)) for one in answer(entry, **record).evidence]


ENTRIES = {
    "no-leader",
    "unanswered-conflicts",
    "bottom-up",
    "lone-champion",
    "leader-unconvinced",
    "passive-support",
    "leader-knows-little",
    "self-image-gap",
    "fidelity-unknown",
    "fidelity-low",
    "feedback-unused",
    "organisation-weak",
    "false-security",
    "money-undecided",
    "hands-lost",
    "low-reach",
    "leader-unbacked",
}
AWAKE = [one for one in CASES if one.entry in ENTRIES and not resting(one.snapshot)]  # else evidence stays as it was


@pytest.mark.parametrize("case", AWAKE, ids=str)
def test_b02_where_an_entry_is_unknown_no_piece_decides_anything(case):
    found = {one.key: one for one in assess(case.snapshot)}[case.entry]

    if found.status is Status.UNKNOWN:
        assert {piece.status for piece in found.evidence} <= {Status.UNKNOWN}
    else:
        assert found.status in {piece.status for piece in found.evidence}


RATING = by_staff(proactive="1.5", knowledgeable="1", supportive="2.5", perseverant="3.25")


@pytest.mark.parametrize(
    ("entry", "record", "expected"),
    [
        (
            "leader-unconvinced",
            {"leadership": (RATING,)},
            [("support_rated", "clear", {"rating": Decimal("2.5"), "answers": 6, "rated_on": ago(20)})],
        ),
        (
            "leader-knows-little",
            {"leadership": (RATING,)},
            [("knowledge_rated", "flagged", {"rating": Decimal(1), "answers": 6, "rated_on": ago(20)})],
        ),
        (
            "passive-support",
            {"leadership": (RATING,)},
            [
                (
                    "engagement_rated",
                    "flagged",
                    {
                        "supportive": Decimal("2.5"),
                        "proactive": Decimal("1.5"),
                        "perseverant": Decimal("3.25"),
                        "answers": 6,
                        "rated_on": ago(20),
                    },
                )
            ],
        ),
        (
            "self-image-gap",
            {"leadership": (RATING,), "own_leadership": (own(rest="3.0625"),)},
            [
                (
                    "own_and_staff_rated",
                    "flagged",
                    {"own": Decimal("3.0625"), "staff": Decimal("2.0625"), "gap": Decimal(1), "answers": 6},
                )
            ],
        ),
        (
            "organisation-weak",
            index((ago(20), "3.5")),
            [("organisation_rated", "watch", {"mean": Decimal("3.5"), "rated_on": ago(20)})],
        ),
        (
            "feedback-unused",
            visit(40, False, True, False),
            [("recommendations_unused", "flagged", {"unused": 2, "total": 3, "visit_on": ago(40)})],
        ),
        (
            "money-undecided",
            decided(("money", in_months(8)), ("start_up", in_months(9))),
            [
                ("start_up_money_ends", "flagged", {"until": in_months(9)}),
                ("money_decided_until", "watch", {"until": in_months(8)}),
            ],
        ),
        (
            "hands-lost",
            people(leader(leaves_on=ago(40)), leader(102, leaves_on=ago(90)), leader(103, leaves_on=ago(70))),
            [("leader_changed_unprepared", "flagged", {"count": 3, "first_on": ago(90)})],
        ),
        (
            "hands-lost",
            people(leader(**SUCCEEDED), leader(7, **TOLD), SUPERVISOR),
            [
                ("leader_changed_prepared", "clear", {"count": 1, "first_on": ago(90)}),
                ("supervisor_left_unprepared", "flagged", {"count": 1, "first_on": ago(90)}),
            ],
        ),
        (
            "hands-lost",
            people(
                practitioner(1, **SUCCEEDED),
                practitioner(6, stopped_on=ago(50)),
                practitioner(8, stopped_on=ago(40)),
                leader(7, **TOLD),
                *FOUR,
                practitioner(9),
            ),
            [
                (
                    "practitioners_went_unprepared",
                    "flagged",
                    {"count": 2, "first_on": ago(50), "gone": 3, "total": 8, "months": 12},
                )
            ],
        ),
        (
            "hands-lost",
            people(
                leader(**SUCCEEDED), leader(7, **TOLD), SUPERVISOR, practitioner(1, **GONE), *FOUR[:2], practitioner(8)
            ),
            [
                ("leader_changed_prepared", "clear", {"count": 1, "first_on": ago(90)}),
                ("supervisor_left_unprepared", "flagged", {"count": 1, "first_on": ago(90)}),
                ("turnover_not_dated", "unknown", {"gone": 1, "months": 12}),
            ],
        ),
        (
            "low-reach",
            counts(9, 40),
            [("reach", "flagged", {"asked": 9, "eligible": 40, "started_on": counts(9, 40)["started_on"]})],
        ),
        (
            "leader-unbacked",
            {"confirmations": (no(ago(30)), asked(ago(9), number=2))},
            [
                ("priority_refused", "flagged", {"answered_on": ago(30)}),
                ("memo_waits", "unknown", {"asked_on": ago(9)}),
            ],
        ),
    ],
)
def test_b02_evidence_states_what_was_counted_and_what_it_gives_alone(entry, record, expected):
    assert pieces(entry, **record) == [(code, Status(status), values) for code, status, values in expected]


@pytest.mark.parametrize("entry", ["leader-unconvinced", "leader-knows-little", "passive-support", "self-image-gap"])
def test_f16_with_too_few_answers_no_mean_is_in_any_answer(entry):
    few = replace(RATING, answers=4)
    found = answer(entry, leadership=(few,), own_leadership=(own(),))

    assert [one.code for one in found.evidence] == ["too_few_answers"]
    assert dict(found.evidence[0].values) == {"answers": 4, "minimum": 5, "rated_on": ago(20)}


def of_reach(asked, eligible):
    return answer("low-reach", **counts(asked, eligible))


def of_starts(started, planned):
    caseload = tuple(month(back, planned_starts=0, started=0, individual_patients=9) for back in (2, 3))
    return answer(
        "no-recruitment",
        caseload=(*caseload, month(1, planned_starts=planned, started=started, individual_patients=9)),
    )


@pytest.mark.parametrize(
    ("asked", "eligible", "told"),
    [
        (1, 17, ("<5", 17)),
        (4, 17, ("<5", 17)),
        (4, 16, ("<5", "<17")),
        (1, 5, ("<5", "<17")),
        (1, 2, ("<5", "<17")),
        (0, 3, (0, "<5")),
        (0, 5, (0, 5)),
        (5, 4, (5, "<5")),
        (5, 16, (5, 16)),
    ],
)
def test_small_counts_of_patients_asked_and_eligible_are_not_told(asked, eligible, told):
    values = dict(of_reach(asked, eligible).evidence[-1].values)

    assert (values["asked"], values["eligible"]) == told


@pytest.mark.parametrize(
    ("started", "planned", "told"),
    [
        (1, 8, ("<5", 8)),
        (4, 8, ("<5", 8)),
        (4, 7, ("<5", "<8")),
        (1, 2, ("<5", "<8")),
        (0, 2, (0, "<5")),
        (0, 7, (0, 7)),
        (5, 7, (5, 7)),
    ],
)
def test_small_counts_of_patients_who_started_are_not_told(started, planned, told):
    values = dict(of_starts(started, planned).evidence[-1].values)

    assert (values["started"], values["planned"]) == told


@pytest.mark.parametrize(
    ("patients", "groups", "told"),
    [
        (4, None, (None, None, "1", None)),
        (1, 1, (None, None, "1", None)),
        (5, None, ("3.4", "2.3", "1", "0.1")),
        (0, 1, ("2.7", "1.4", "1", "0.1")),
    ],
)
def test_small_counts_of_patients_cannot_be_worked_out_of_the_hours_of_a_part(patients, groups, told):
    found = answer(
        "unprotected-time",
        people=(practitioner(1),),
        allocations=(hours(1, "travel", "0.5"),),
        caseload=(month(0, individual_patients=patients, groups=groups),),
    )
    short = [dict(one.values) for one in found.evidence if one.code == "work_short"]

    assert [one["work"] for one in short] == ["session", "preparation", "supervision", "monitoring"]
    assert [one["needed"] for one in short] == [None if one is None else Decimal(one) for one in told]


@pytest.mark.parametrize("answered", [of_reach, of_starts])
def test_few_patients_cannot_be_told_from_an_answer(answered):
    """All that an answer shows, taken together, fits more than one small count."""
    fitting = defaultdict(set)
    for small_count, other in product(range(1, 5), range(1, 40)):
        found = answered(small_count, other)
        shown = tuple((one.code, one.status, one.values) for one in found.evidence)
        fitting[found.status, found.severity, shown].add(small_count)

    assert all(len(small_counts) > 1 for small_counts in fitting.values())


def test_a_report_that_support_helps_is_named_with_its_day():
    found = answer(
        "passive-support",
        leadership=(by_staff(rest="1.5"),),
        observations=(observed("leader-unconvinced", "helps", on=ago(33)),),
    )

    assert [(one.code, one.status) for one in found.evidence] == [
        ("engagement_rated", Status.FLAGGED),
        ("support_reported", Status.FLAGGED),
    ]
    assert found.evidence[1].values == (("reported_on", ago(33)),)


def test_hands_lost_leads_to_those_who_were_not_followed():
    found = answer(
        "hands-lost", **people(leader(**SUCCEEDED), leader(7, **TOLD), leader(102, leaves_on=ago(40), successor=9))
    )

    assert [(record.kind, record.number) for one in found.evidence for record in one.records] == [("person", 102)]


def test_since_is_the_day_on_which_somebody_said_that_there_is_none():
    for entry, name in (("money-undecided", "funding"), ("leader-unbacked", "confirmations")):
        found = answer(entry, confirmed_empty=(said(name, 9), said(name, 4)))
        assert (found.status, found.since) == (Status.FLAGGED, ago(9))
