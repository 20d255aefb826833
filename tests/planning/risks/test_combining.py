"""Reported and group evidence, and how it is put beside what is measured."""

from datetime import timedelta
from decimal import Decimal

import pytest

from planning.risks import ENTRIES, assess
from planning.risks.answer import Reason, Record, Status
from planning.risks.finding import worse
from planning.risks.snapshot import Snapshot
from tests.planning.risks.tables.shape import TODAY, ago, conflicts, leader, months_ago, observed

FLAGGED, WATCH, CLEAR, UNKNOWN = Status.FLAGGED, Status.WATCH, Status.CLEAR, Status.UNKNOWN
HALF_YEAR = months_ago(6)
OLDER = months_ago(6, days=1)


def answer(entry, *observations, **record):
    numbered = tuple(
        observed(entry, effect, on=on, number=number, of_group=of_group)
        for number, (effect, on, of_group) in enumerate(observations)
    )
    found = assess(Snapshot(as_of=TODAY, observations=numbered, **record))
    return {one.key: one for one in found}[entry]


def own(effect, on):
    return (effect, on, False)


def group(effect, on):
    return (effect, on, True)


REPORTED = [
    # what is reported, the status, since, the codes shown
    ([], UNKNOWN, None, []),
    ([own("hinders", TODAY)], FLAGGED, TODAY, ["hinders"]),
    ([own("hinders", HALF_YEAR)], FLAGGED, HALF_YEAR, ["hinders"]),
    ([own("hinders", OLDER)], WATCH, OLDER, ["hinders_old"]),
    ([own("hinders", ago(3000))], WATCH, ago(3000), ["hinders_old"]),
    ([own("helps", TODAY)], CLEAR, TODAY, ["helps"]),
    ([own("helps", HALF_YEAR)], CLEAR, HALF_YEAR, ["helps"]),
    ([own("helps", OLDER)], UNKNOWN, None, ["helps_old"]),
    # the latest counts, whatever order they come in
    ([own("hinders", ago(9)), own("helps", ago(8))], CLEAR, ago(8), ["helps"]),
    ([own("helps", ago(8)), own("hinders", ago(9))], CLEAR, ago(8), ["helps"]),
    ([own("helps", ago(9)), own("hinders", ago(8))], FLAGGED, ago(8), ["hinders"]),
    ([own("hinders", ago(400)), own("helps", OLDER)], UNKNOWN, None, ["helps_old"]),
    ([own("helps", ago(400)), own("hinders", OLDER)], WATCH, OLDER, ["hinders_old"]),
    # on the same day a hindrance counts, and both are shown
    ([own("helps", ago(8)), own("hinders", ago(8))], FLAGGED, ago(8), ["hinders", "helps"]),
    ([own("hinders", OLDER), own("helps", OLDER)], WATCH, OLDER, ["hinders_old", "helps_old"]),
    # an unbroken run speaks from its oldest fact that still gives the status
    ([own("hinders", ago(9)), own("hinders", ago(90))], FLAGGED, ago(90), ["hinders", "hinders"]),
    ([own("hinders", ago(9)), own("hinders", OLDER)], FLAGGED, ago(9), ["hinders", "hinders_old"]),
    ([own("hinders", ago(9)), own("helps", ago(50)), own("hinders", ago(90))], FLAGGED, ago(9), ["hinders"]),
    ([own("helps", ago(9)), own("helps", ago(90))], CLEAR, ago(90), ["helps", "helps"]),
    (
        [own("hinders", ago(9)), own("helps", ago(9)), own("hinders", ago(90))],
        FLAGGED,
        ago(90),
        ["hinders", "hinders", "helps"],
    ),
    # of a group: watch at most, and no strength
    ([group("hinders", TODAY)], WATCH, TODAY, ["group_hinders"]),
    ([group("hinders", ago(3000))], WATCH, ago(3000), ["group_hinders"]),
    ([group("helps", TODAY)], UNKNOWN, None, ["group_helps"]),
    ([group("hinders", ago(8)), group("helps", ago(7))], WATCH, ago(8), ["group_helps", "group_hinders"]),
    # of the service and of a group
    ([own("hinders", ago(8)), group("hinders", ago(20))], FLAGGED, ago(8), ["hinders", "group_hinders"]),
    ([own("hinders", ago(8)), group("helps", ago(2))], FLAGGED, ago(8), ["hinders", "group_helps"]),
    ([own("hinders", OLDER), group("hinders", ago(8))], WATCH, OLDER, ["hinders_old", "group_hinders"]),
    ([own("helps", ago(8)), group("hinders", ago(8))], WATCH, ago(8), ["helps", "group_hinders"]),
    ([own("helps", ago(8)), group("hinders", ago(7))], WATCH, ago(7), ["helps", "group_hinders"]),
    ([own("helps", ago(8)), group("hinders", ago(9))], CLEAR, ago(8), ["helps", "group_hinders"]),
    ([own("helps", OLDER), group("hinders", OLDER - timedelta(days=1))], UNKNOWN, None, ["helps_old", "group_hinders"]),
]


@pytest.mark.parametrize(("observations", "status", "since", "codes"), REPORTED)
def test_b02_reported_and_group_evidence(observations, status, since, codes):
    found = answer("programme-burden", *observations)

    assert (found.status, found.since) == (status, since)
    assert [one.code for one in found.evidence] == codes
    assert found.reason == (Reason.MISSING if status is UNKNOWN else None)


@pytest.mark.parametrize("entry", [one.key for one in ENTRIES])
@pytest.mark.parametrize(
    ("observations", "status"),
    [
        ([own("hinders", HALF_YEAR)], FLAGGED),
        ([own("helps", HALF_YEAR)], CLEAR),
        ([own("helps", OLDER)], UNKNOWN),
        ([group("hinders", TODAY)], WATCH),
        ([group("helps", TODAY)], UNKNOWN),
    ],
)
def test_b02_every_entry_can_be_reported(entry, observations, status):
    assert answer(entry, *observations).status is status


@pytest.mark.parametrize("entry", [one.key for one in ENTRIES])
def test_b02_a_deficit_of_preparation_does_not_fade(entry):
    found = answer(entry, own("hinders", ago(1000)))

    assert found.status is (FLAGGED if entry == "unprepared-start" else WATCH)
    assert found.evidence[0].code == ("hinders" if entry == "unprepared-start" else "hinders_old")


def test_b02_preparation_is_done_when_it_is_reported_done():
    assert answer("unprepared-start", own("hinders", ago(1000)), own("helps", ago(5))).status is CLEAR
    assert answer("unprepared-start", own("hinders", ago(1000)), own("helps", OLDER)).status is UNKNOWN
    assert answer("unprepared-start", group("hinders", ago(1000))).status is WATCH


MEASURED = {
    FLAGGED: {"conflicts": conflicts(1, 2, 3)},
    WATCH: {"conflicts": conflicts(1, 2)},
    CLEAR: {"conflicts": conflicts(300), "logging_since": ago(400)},
    UNKNOWN: {},
}
OBSERVED = {
    FLAGGED: [own("hinders", ago(20))],
    WATCH: [own("hinders", OLDER)],
    CLEAR: [own("helps", ago(20))],
    UNKNOWN: [own("helps", OLDER)],
}
ORDER = [FLAGGED, WATCH, CLEAR, UNKNOWN]


@pytest.mark.parametrize("measured", ORDER)
@pytest.mark.parametrize("reported", ORDER)
def test_b02_the_worse_of_measured_and_reported_and_unknown_yields(measured, reported):
    found = answer("crowded-out", *OBSERVED[reported], **MEASURED[measured])

    assert found.status is min(measured, reported, key=ORDER.index)
    kinds = [one.kind for one in found.evidence]
    assert kinds == (["reported"] if measured is UNKNOWN else ["measured", "reported"])


@pytest.mark.parametrize(("measured", "status"), [(FLAGGED, FLAGGED), (WATCH, WATCH), (CLEAR, WATCH), (UNKNOWN, WATCH)])
def test_b02_group_evidence_gives_a_watch_at_most(measured, status):
    assert answer("crowded-out", group("hinders", ago(1)), **MEASURED[measured]).status is status


def test_since_is_the_oldest_of_what_gives_the_status():
    both = answer("crowded-out", own("hinders", ago(20)), **MEASURED[FLAGGED])
    reported_alone = answer("crowded-out", own("hinders", ago(20)), **MEASURED[WATCH])
    measured_alone = answer("crowded-out", own("helps", ago(20)), **MEASURED[FLAGGED])

    assert both.since == ago(20)
    assert reported_alone.since == ago(20)
    assert measured_alone.since == ago(3)


def test_reason_of_the_rule_stays_when_a_report_says_nothing_any_more():
    found = answer("fidelity-unknown", own("helps", OLDER), started_on=ago(10))

    assert (found.status, found.reason) == (UNKNOWN, Reason.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("observations", "severity"),
    [
        ([own("hinders", ago(9))], 1),
        ([own("hinders", ago(9)), own("hinders", ago(5)), own("hinders", OLDER)], 3),
        ([own("hinders", ago(9)), own("helps", ago(9))], 1),
        ([own("hinders", ago(90)), own("helps", ago(9))], 0),
        ([group("hinders", ago(9)), group("hinders", ago(8))], 0),
    ],
)
def test_severity_of_what_is_only_reported_is_the_number_of_hindrances(observations, severity):
    assert answer("programme-burden", *observations).severity == Decimal(severity)


def test_severity_is_the_rules_own_figure_where_it_has_one():
    assert answer("crowded-out", own("hinders", ago(9)), **MEASURED[WATCH]).severity == Decimal("66.7")
    assert answer("crowded-out", own("hinders", ago(9))).severity == Decimal(1)
    assert answer("crowded-out", own("helps", OLDER)).severity is None


def test_evidence_tells_where_it_was_reported_and_leads_to_the_observation():
    seen = observed("no-leader", number=7, source="focus_group", passage="Results, Leader Engagement", on=ago(3))
    found = {one.key: one for one in assess(Snapshot(as_of=TODAY, people=(leader(),), observations=(seen,)))}[
        "no-leader"
    ]

    reported = found.evidence[-1]
    assert (reported.value("source"), reported.value("passage")) == ("focus_group", "Results, Leader Engagement")
    assert (reported.value("on"), reported.on) == (ago(3), ago(3))
    assert reported.records == (Record("observation", 7),)


def test_what_is_said_of_one_entry_does_not_touch_another():
    found = assess(Snapshot(as_of=TODAY, observations=(observed("no-vision"), observed("something-else", number=2))))

    assert {one.key for one in found if one.status is not UNKNOWN} == {"no-vision"}


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ((), UNKNOWN),
        ((UNKNOWN,), UNKNOWN),
        ((UNKNOWN, CLEAR), CLEAR),
        ((CLEAR, WATCH), WATCH),
        ((WATCH, FLAGGED, CLEAR), FLAGGED),
        ((UNKNOWN, WATCH), WATCH),
    ],
)
def test_worse(statuses, expected):
    assert worse(*statuses) is expected
