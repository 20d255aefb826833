"""What a flag says of a few answers, against the means that nobody may see: missed perhaps, never invented."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.instruments import ILS
from assessments.published_means import published
from assessments.scoring import kept
from planning.risks import assess
from planning.risks.answer import Status
from planning.risks.snapshot import LeadershipRating, OwnLeadershipRating, Snapshot
from tests.planning.risks.tables.shape import TODAY

SLACK = Fraction(1, 10**8)  # means are kept with ten decimals
step = st.integers(0, 4) | st.sampled_from([0, 4])
person = st.fixed_dictionaries({part.key: step for part in ILS.subscales})
teams = st.integers(3, 5).flatmap(lambda people: st.lists(person, min_size=people, max_size=people))


def answers_of(team: list[dict[str, int]]) -> list[dict[str, int]]:
    """What each answered to all twelve items: the same on the items of a sub-scale."""
    return [{item: one[part.key] for part in ILS.subscales for item in part.items} for one in team]


def rated(team: list[dict[str, int]]) -> LeadershipRating:
    """What is kept of a survey."""
    found = published(answers_of(team), ILS, minimum=3)
    return LeadershipRating(
        rated_on=TODAY,
        answers=len(team),
        minimum=3,
        bounded=tuple((key, mean.bound) for key, mean in found.means.items() if mean.bound),
        **{key: kept(mean.figure) for key, mean in found.means.items()},
    )


def statuses(team, own="0") -> dict[str, Status]:
    rating = OwnLeadershipRating(TODAY, *[Decimal(own)] * 4)
    return {one.key: one.status for one in assess(Snapshot(TODAY, leadership=(rated(team),), own_leadership=(rating,)))}


def true_mean(team, *parts: str) -> Fraction:
    return Fraction(sum(one[part] for one in team for part in parts), len(team) * len(parts))


@settings(max_examples=150, deadline=None)
@given(teams, st.integers(0, 40).map(lambda tenths: Decimal(tenths) / 10))
def test_a_gap_between_leader_and_staff_is_never_invented_nor_denied(team, own):
    status = statuses(team, own)["self-image-gap"]
    gap = Fraction(own) - true_mean(team, *(part.key for part in ILS.subscales))

    assert status is not Status.FLAGGED or gap >= 1 - SLACK
    assert status is not Status.CLEAR or gap < 1 + SLACK


@settings(max_examples=100, deadline=None)
@given(teams)
def test_a_side_of_leading_is_never_said_to_be_on_the_wrong_side_of_its_limit(team):
    found = statuses(team)

    for entry, part in (("leader-unconvinced", "supportive"), ("leader-knows-little", "knowledgeable")):
        assert found[entry] is (Status.FLAGGED if true_mean(team, part) < 2 else Status.CLEAR)
    if found["passive-support"] is Status.FLAGGED:
        assert true_mean(team, "supportive") >= Fraction(5, 2)
        assert min(true_mean(team, "proactive"), true_mean(team, "perseverant")) < 2


@pytest.mark.parametrize(
    ("people", "everybody", "own", "status"),
    [
        (3, 4, "4", "unknown"),  # 2.56 or more: a gap of nothing up to 1.44
        (4, 4, "4", "unknown"),  # 2.92 or more
        (5, 4, "4", "clear"),  # 3.13 or more: less than a point in any case
        (3, 0, "1.6", "unknown"),  # 1.44 or less: a gap of 0.16 up to 1.6
        (4, 0, "1.6", "unknown"),
        (5, 0, "1.6", "unknown"),
        (3, 0, "3", "flagged"),  # a point and more in any case
        (4, 0, "3", "flagged"),
        (5, 0, "3", "flagged"),
        (3, 0, "0.9", "clear"),
        (5, 0, "0.9", "clear"),
    ],
)
def test_where_all_of_a_few_answered_an_end_the_gap_counts_for_what_is_sure(people, everybody, own, status):
    team = [dict.fromkeys((part.key for part in ILS.subscales), everybody)] * people

    assert statuses(team, own)["self-image-gap"] == status


def test_without_a_bound_the_same_figures_decide():
    team = [dict.fromkeys((part.key for part in ILS.subscales), 4)] * 3
    measured = replace(rated(team), bounded=())
    own = OwnLeadershipRating(TODAY, *[Decimal(4)] * 4)
    found = {one.key: one.status for one in assess(Snapshot(TODAY, leadership=(measured,), own_leadership=(own,)))}

    assert found["self-image-gap"] is Status.FLAGGED
