"""The same record gives the same answers: whatever its order, and however often it is asked."""

import pickle
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal, localcontext

from hypothesis import given, settings
from hypothesis import strategies as st

from planning.risks import ENTRIES, assess
from planning.risks.answer import Status
from planning.risks.snapshot import (
    Action,
    Allocation,
    Conflict,
    FidelityRating,
    Goal,
    Observation,
    Person,
    Review,
    Snapshot,
    Vision,
)
from tests.planning.risks.tables.shape import TODAY

FEW = settings(max_examples=60, deadline=None)  # each record is large
KEYS = [entry.key for entry in ENTRIES]
past = st.integers(0, 900).map(lambda days: TODAY - timedelta(days=days))
future = st.integers(-900, 900).map(lambda days: TODAY + timedelta(days=days))
maybe_past, maybe_future = st.none() | past, st.none() | future
role = st.sampled_from(["leader", "stand_in", "practitioner"])
LISTS = (
    "people",
    "goals",
    "actions",
    "leader_moved_on",
    "allocations",
    "conflicts",
    "reviews",
    "review_due_on",
    "fidelity",
    "observations",
)


def numbered(strategy, size=5):
    """Records that differ in their number, as in a database."""
    return st.lists(strategy, max_size=size).map(
        lambda records: tuple(replace(one, number=number) for number, one in enumerate(records))
    )


people = numbered(
    st.builds(
        Person,
        number=st.just(0),
        role=role,
        started_on=maybe_past,
        trained_on=maybe_past,
        how_chosen=st.sampled_from([None, "jointly", "volunteered", "in_passing", "appointed"]),
        leaves_on=maybe_future,
        successor=st.none() | st.integers(1, 9),
        stopped_on=maybe_past,
        away_from=maybe_past,
        away_until=maybe_future,
    )
)
goals = numbered(
    st.builds(
        Goal,
        number=st.just(0),
        stated_on=past,
        has_measure=st.booleans(),
        owner_role=st.none() | role,
        due_on=maybe_future,
    )
)
actions = numbered(
    st.builds(
        Action,
        number=st.just(0),
        opened_on=past,
        owner_role=st.none() | role,
        due_on=maybe_future,
        closed_on=maybe_past,
    )
)
allocations = st.lists(
    st.builds(
        Allocation,
        person=st.integers(0, 4),
        work=st.sampled_from(["session", "preparation", "supervision", "monitoring", "travel"]),
        hours=st.integers(1, 160).map(lambda quarters: Decimal(quarters) / 4),
        starts_on=past,
    ),
    max_size=6,
).map(tuple)
conflicts = numbered(st.builds(Conflict, number=st.just(0), released_on=past, answered_on=maybe_past))
reviews = numbered(st.builds(Review, number=st.just(0), held_on=past, barrier_examined=st.booleans()))
fidelity = st.lists(
    st.builds(FidelityRating, rated_on=past, total=st.integers(13, 65).map(lambda points: Decimal(points) / 13)),
    max_size=4,
).map(tuple)
observations = numbered(
    st.builds(
        Observation,
        number=st.just(0),
        entry=st.sampled_from(KEYS),
        effect=st.sampled_from(["hinders", "helps"]),
        on=past,
        source=st.sampled_from(["review", "focus_group", "other"]),
        of_group=st.booleans(),
        passage=st.sampled_from(["", "Discussion"]),
    ),
    size=12,
)
snapshots = st.builds(
    Snapshot,
    as_of=st.just(TODAY),
    described=st.booleans(),
    joined_on=maybe_past,
    started_on=maybe_past,
    logging_since=maybe_past,
    people=people,
    vision=st.none() | st.builds(Vision, published_on=past, horizon_on=future, looked_at_on=past),
    goals=goals,
    last_goal_ended_on=maybe_past,
    actions=actions,
    leader_moved_on=st.lists(past, max_size=4).map(tuple),
    allocations=allocations,
    conflicts=conflicts,
    review_interval_days=st.none() | st.integers(7, 120),
    reviews=reviews,
    review_due_on=st.lists(past, max_size=4).map(tuple),
    fidelity=fidelity,
    observations=observations,
)


def written(answers) -> bytes:
    """Every answer to the last digit, as bytes."""
    return repr(answers).encode()


@FEW
@given(snapshots, st.randoms(use_true_random=False))
def test_b03_the_order_of_records_does_not_matter(snapshot, random):
    shuffled = {name: tuple(random.sample(getattr(snapshot, name), len(getattr(snapshot, name)))) for name in LISTS}

    assert written(assess(replace(snapshot, **shuffled))) == written(assess(snapshot))


@FEW
@given(snapshots)
def test_b03_the_same_snapshot_gives_the_same_bytes(snapshot):
    once = written(assess(snapshot))

    again = pickle.loads(pickle.dumps(snapshot))
    with localcontext(prec=4):  # a caller's arithmetic is not ours
        assert written(assess(again)) == once


@FEW
@given(snapshots)
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
@given(snapshots)
def test_b02_group_evidence_never_flags_and_never_clears(snapshot):
    own = tuple(one for one in snapshot.observations if not one.of_group)
    without = {one.key: one.status for one in assess(replace(snapshot, observations=own))}

    for answer in assess(snapshot):
        before = without[answer.key]
        assert answer.status is before or (answer.status is Status.WATCH and before is not Status.FLAGGED)


@FEW
@given(snapshots, st.sampled_from(KEYS))
def test_b02_a_fresh_hindrance_flags_whatever_else_is_known(snapshot, key):
    seen = Observation(number=99, entry=key, effect="hinders", on=TODAY, source="review")
    found = assess(replace(snapshot, observations=(*snapshot.observations, seen)))

    assert {one.key: one.status for one in found}[key] is Status.FLAGGED
