"""How long ago something is while the practice rests, and what a list said to be empty means."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planning.risks import ENTRIES, absence, assess
from planning.risks.answer import Reason, Status
from planning.risks.snapshot import ConfirmedEmpty, Pause, Snapshot
from tests.planning.risks.tables.shape import TODAY, ago, conflicts, decision, months_ago, observed, pause, rated


def record(*pauses, decisions=(), **fields) -> Snapshot:
    return Snapshot(as_of=TODAY, pauses=pauses, decisions=decisions, **fields)


@pytest.mark.parametrize(
    ("snapshot", "rests"),
    [
        (record(), False),
        (record(pause(0)), True),
        (record(pause(9)), True),
        (record(pause(9, 1)), False),
        (record(pause(9, 0)), False),
        (record(pause(9, -1)), True),  # a restart that is still to come
        (record(pause(-1)), False),
        (record(decisions=[decision("stop", 0)]), True),
        (record(decisions=[decision("stop", 300)]), True),
        (record(decisions=[decision("continue", 5)]), False),
        (record(decisions=[decision("stop", 9, 1), decision("continue", 5, 2)]), False),
        (record(decisions=[decision("stop", 9, 2), decision("expand", 5, 1)]), False),
        (record(decisions=[decision("stop", 9, 1), decision("adapt", 5, 2)]), False),
        (record(decisions=[decision("continue", 9, 1), decision("stop", 5, 2)]), True),
        (record(decisions=[decision("stop", 9, 1), decision("continue", 5, 2), decision("stop", 1, 3)]), True),
        # of one day, the higher number is the later
        (record(decisions=[decision("stop", 9, 1), decision("continue", 9, 2)]), False),
        (record(decisions=[decision("stop", 9, 2), decision("continue", 9, 1)]), True),
        (record(pause(20, 5), decisions=[decision("stop", 9)]), False),
        (record(pause(20, 9), decisions=[decision("stop", 9)]), True),
        (record(pause(20, 10), decisions=[decision("stop", 9)]), True),
        (record(pause(20), decisions=[decision("stop", 9, 1), decision("continue", 5, 2)]), True),
    ],
)
def test_b02_it_rests_while_paused_and_after_a_decision_to_stop(snapshot, rests):
    assert absence.resting(snapshot) is rests


@pytest.mark.parametrize(
    ("snapshot", "since", "rested"),
    [
        (record(), 100, 0),
        (record(pause(50, 20)), 100, 30),
        (record(pause(50, 20)), 50, 30),
        (record(pause(50, 20)), 49, 29),
        (record(pause(50, 20)), 21, 1),
        (record(pause(50, 20)), 20, 0),
        (record(pause(50, 20)), 0, 0),
        (record(pause(50)), 100, 50),
        (record(pause(50)), 20, 20),
        (record(pause(50, -30)), 100, 50),
        (record(pause(-10)), 100, 0),
        (record(pause(50)), -10, 0),
        (record(pause(50, 40), pause(30, 10)), 100, 30),
        (record(pause(30, 10), pause(50, 40)), 45, 25),
        # days on which it rested for two reasons count once
        (record(pause(50, 20), pause(40, 10)), 100, 40),
        (record(pause(50, 20), pause(40, 30)), 100, 30),
        (record(pause(50, 20), decisions=[decision("stop", 40)]), 100, 30),
        (record(pause(50, 20), decisions=[decision("stop", 15)]), 100, 45),
        (record(pause(50, 20), decisions=[decision("stop", 60)]), 100, 40),
        (record(decisions=[decision("stop", 40, 1), decision("stop", 30, 2), decision("adapt", 5, 3)]), 100, 35),
        (record(decisions=[decision("stop", 40, 1), decision("continue", 30, 2), decision("stop", 5, 3)]), 100, 15),
    ],
)
def test_b02_a_clock_stands_still_while_the_practice_rests(snapshot, since, rested):
    assert absence.clock(snapshot, ago(since)) == ago(rested)


@pytest.mark.parametrize("days", [0, 1, 7, 14])
@pytest.mark.parametrize(
    "snapshot",
    [
        record(),
        record(pause(50, 20)),
        record(pause(-10)),
        record(pause(50, 40), pause(30, 10)),
        record(pause(50, 20), pause(40, 10)),
        record(pause(50, 20), pause(40, 30)),
        record(pause(30, 30)),
        record(pause(60, 25), decisions=[decision("stop", 40, 1), decision("adapt", 35, 2)]),
    ],
)
def test_b02_a_day_is_reached_on_the_first_day_without_rest_that_is_so_many_days_later(snapshot, days):
    for since in (ago(70), ago(57), ago(51), ago(50), ago(43), ago(35), ago(20)):
        later = (since + timedelta(days=number) for number in range(200))
        as_of = (replace(snapshot, as_of=day) for day in later)
        first = next(one.as_of for one in as_of if not absence.resting(one) and absence.days_since(one, since) >= days)

        assert absence.reached(snapshot, since, days) == first


@pytest.mark.parametrize(("began", "reached"), [(42, ago(43)), (43, date.max), (50, date.max), (60, date.max)])
def test_b02_while_it_rests_without_an_end_no_day_ahead_is_reached(began, reached):
    assert absence.reached(record(pause(began)), ago(50), 7) == reached


def test_l10_a_clock_counts_days_also_over_the_end_of_a_year_and_a_leap_day():
    snapshot = Snapshot(
        as_of=date(2028, 3, 1),
        pauses=(Pause(date(2027, 12, 31), date(2028, 1, 2)), Pause(date(2028, 2, 28), date(2028, 3, 1))),
    )

    assert absence.clock(snapshot, date(2027, 12, 1)) == date(2028, 2, 26)


@pytest.mark.parametrize(
    ("said", "last", "since", "lately"),
    [
        ([], None, None, None),
        ([9], None, 9, 9),
        ([9], 10, 9, 9),
        ([9], 9, None, None),  # a record of the same day counts against it
        ([9], 8, None, None),
        ([30, 9, 0], None, 30, 0),
        ([30, 9, 0], 20, 9, 0),
        ([9, 30, 0], 9, 0, 0),
    ],
)
def test_b02_a_list_is_empty_since_somebody_first_said_so_after_its_last_record(said, last, since, lately):
    snapshot = record(
        confirmed_empty=(
            *(ConfirmedEmpty("supervision", ago(day)) for day in said),
            ConfirmedEmpty("support", ago(2)),
        )
    )
    last = None if last is None else ago(last)

    assert absence.confirmed_empty(snapshot, "supervision", last) == (None if since is None else ago(since))
    assert absence.confirmed_empty_lately(snapshot, "supervision", last) == (None if lately is None else ago(lately))


def test_b02_that_nothing_changed_counts_for_twelve_months_by_the_clock():
    on_the_day, older = (ConfirmedEmpty("expansions", months_ago(12, days=days)) for days in (0, 1))

    def lately(said, *pauses):
        return absence.confirmed_empty_lately(record(*pauses, confirmed_empty=(said,)), "expansions", None)

    assert lately(on_the_day) == months_ago(12)
    assert lately(older) is None
    assert lately(older, pause(50, 49)) == months_ago(12, days=1)
    assert absence.confirmed_empty(record(confirmed_empty=(older,)), "expansions", None) == older.on


def test_b02_the_first_days_do_not_go_by_while_the_practice_rests():
    assert not absence.first_days_are_over(record(joined_on=ago(59)))
    assert absence.first_days_are_over(record(joined_on=ago(60)))
    assert not absence.first_days_are_over(record(pause(30, 29), joined_on=ago(60)))
    assert absence.first_days_are_over(record(pause(30, 29), joined_on=ago(61)))
    assert absence.first_days_are_over(record(pause(90, 61), joined_on=ago(60)))


def assessed(snapshot):
    return {one.key: one for one in assess(snapshot)}


@pytest.mark.parametrize(
    "rest", [{"pauses": (pause(0),)}, {"decisions": (decision("stop", 0),)}], ids=["pause", "stop"]
)
def test_b02_while_it_rests_every_entry_is_unknown_for_that_reason_and_keeps_its_evidence(rest):
    observations = tuple(observed(entry.key, number=n) for n, entry in enumerate(ENTRIES))
    before = record(observations=observations, conflicts=conflicts(1, 2, 3), fidelity=(rated(ago(9), "4.5"),))
    running, still = assessed(before), assessed(Snapshot(**{**vars(before), **rest}))

    for entry in ENTRIES:
        if entry.key == "judged-by-few":
            assert still[entry.key].status is Status.FLAGGED
            continue
        one = still[entry.key]
        assert (one.status, one.reason, one.since, one.severity) == (Status.UNKNOWN, Reason.PAUSED, None, None)
        assert {(piece.kind, piece.status) for piece in running[entry.key].evidence if piece.kind == "reported"} <= {
            (piece.kind, piece.status) for piece in one.evidence
        }


def test_b02_a_high_rating_is_held_against_the_themes_as_they_would_stand_also_while_it_rests():
    observations = tuple(observed(key, number=n) for n, key in enumerate(("no-vision", "no-goals")))
    snapshot = record(pause(0), observations=observations, fidelity=(rated(ago(9), "4.5"),))

    found = assessed(snapshot)["false-security"]

    assert (found.status, found.reason) == (Status.UNKNOWN, Reason.PAUSED)
    assert [one.code for one in found.evidence] == ["rating_high", "theme_has_flags"]


def test_b02_what_is_reported_does_not_age_while_the_practice_rests():
    seen = observed("no-vision", on=months_ago(6, days=10))
    helped = observed("no-goals", "helps", on=months_ago(6, days=10), number=2)

    def statuses(*pauses):
        found = assessed(record(*pauses, observations=(seen, helped)))
        return found["no-vision"].status, found["no-goals"].status

    assert statuses() == (Status.WATCH, Status.UNKNOWN)
    assert statuses(pause(50, 41)) == (Status.WATCH, Status.UNKNOWN)
    assert statuses(pause(50, 40)) == (Status.FLAGGED, Status.CLEAR)


def test_b02_a_rest_is_no_reason_when_it_is_over():
    assert not any(one.reason is Reason.PAUSED for one in assess(record(pause(9, 1))))
