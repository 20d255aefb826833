"""The same record gives the same answers: whatever its order, and however, when and where it is asked."""

import json
import os
import pickle
import subprocess
import sys
from dataclasses import asdict, replace
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, localcontext
from pathlib import Path

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.risks import ENTRIES, assess
from planning.risks.absence import resting
from planning.risks.answer import Reason, Status
from planning.risks.snapshot import Observation
from tests.planning.risks.records import LISTS, records
from tests.planning.risks.tables import CASES
from tests.planning.risks.tables.shape import TODAY

FEW = settings(max_examples=60, deadline=None, report_multiple_bugs=False)  # each record is large
ROOT = Path(__file__).parents[3]


def written(answers) -> bytes:
    """Every answer to the last digit, as bytes."""
    return json.dumps([asdict(one) for one in answers], default=repr).encode()


def shuffled(snapshot, random):
    """The same records in another order; those that hold others too."""
    statement = snapshot.expectation
    if statement is not None:
        statement = replace(statement, acknowledged=_mixed(statement.acknowledged, random))
    return replace(snapshot, expectation=statement, **{name: _mixed(getattr(snapshot, name), random) for name in LISTS})


def _mixed(things, random):
    return tuple(random.sample(things, len(things)))


@FEW
@given(records, st.randoms(use_true_random=False))
def test_b03_the_order_of_records_does_not_matter(snapshot, random):
    assert written(assess(shuffled(snapshot, random))) == written(assess(snapshot))


@FEW
@given(records)
def test_b03_the_same_snapshot_gives_the_same_bytes_whatever_the_caller_computes_with(snapshot):
    once = written(assess(snapshot))

    again = pickle.loads(pickle.dumps(snapshot))
    for rounding in (ROUND_FLOOR, ROUND_CEILING):
        with localcontext(prec=4, rounding=rounding):  # a caller's arithmetic is not ours
            assert written(assess(again)) == once


@FEW
@given(records)
def test_b03_the_same_snapshot_gives_the_same_bytes_on_another_day(snapshot):
    once = written(assess(snapshot))

    for day in (date(2024, 2, 29), date(2031, 12, 31)):
        with time_machine.travel(day, tick=False):
            assert written(assess(snapshot)) == once


ELSEWHERE = """
import json, pickle, sys
from dataclasses import asdict
from planning.risks import ENTRIES, assess
snapshots = pickle.load(sys.stdin.buffer)
for one in snapshots:
    print(json.dumps([asdict(answer) for answer in assess(one)], default=repr))
"""


@pytest.fixture(scope="module")
def asked_here():
    """Snapshots of every kind, and the lines that say what they give in this process."""
    snapshots = [case.snapshot for case in CASES[::4]]

    @settings(max_examples=40, deadline=None, database=None)
    @given(records)
    def make_up(snapshot):
        snapshots.append(snapshot)

    make_up()
    return pickle.dumps(snapshots), [written(assess(one)) for one in snapshots]


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"},
        {"PYTHONHASHSEED": "1", "LC_ALL": "nb_NO.UTF-8", "TZ": "Pacific/Kiritimati"},
        {"PYTHONHASHSEED": "4000000000", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Pago_Pago"},
    ],
    ids=lambda surroundings: surroundings["LC_ALL"],
)
def test_b03_the_same_snapshot_gives_the_same_bytes_in_another_process(asked_here, surroundings):
    snapshots, expected = asked_here

    found = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        input=snapshots,
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **surroundings},
    )

    assert found.stdout.splitlines() == expected


@FEW
@given(records)
def test_b02_whatever_the_record_an_answer_holds_together(snapshot):
    for answer in assess(snapshot):
        known = answer.status is not Status.UNKNOWN
        bearing = [one for one in answer.evidence if one.status is answer.status]
        assert known == (answer.reason is None)
        assert known or (answer.since, answer.severity) == (None, None)
        assert not known or bearing
        days = [one.on for one in bearing if one.on is not None]
        assert not known or answer.since == min(days, default=None)
        assert answer.since is None or answer.since <= snapshot.as_of


@FEW
@given(records)
def test_b02_group_evidence_never_flags_and_never_clears(snapshot):
    own = tuple(one for one in snapshot.observations if not one.of_group)
    without = {one.key: one.status for one in assess(replace(snapshot, observations=own))}

    for answer in assess(snapshot):
        before = without[answer.key]
        assert answer.status is before or (answer.status is Status.WATCH and before is not Status.FLAGGED)


@FEW
@given(records, st.sampled_from(ENTRIES))
def test_b02_a_fresh_hindrance_flags_whatever_else_is_known_unless_the_practice_rests(snapshot, entry):
    seen = Observation(number=99, entry=entry.key, effect="hinders", on=TODAY, source="review")
    found = {one.key: one for one in assess(replace(snapshot, observations=(*snapshot.observations, seen)))}

    if entry.rests and resting(snapshot):
        assert found[entry.key].reason is Reason.PAUSED
    else:
        assert found[entry.key].status is Status.FLAGGED
