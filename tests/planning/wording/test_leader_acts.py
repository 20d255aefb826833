"""Which side of leading shows least, in words: of a few answers only what they surely say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planning.leadership_acts import least_shown
from planning.risks.snapshot import LeadershipRating, Snapshot
from planning.wording.leader_acts import figures, tie, why_this_one

DAY = date(2026, 5, 12)
RATING = LeadershipRating(
    rated_on=DAY,
    answers=3,
    minimum=3,
    proactive=Decimal("1.4444444444"),
    knowledgeable=Decimal(2),
    supportive=Decimal("2.5555555556"),
    perseverant=Decimal(2),
    bounded=(("proactive", "least"), ("supportive", "most")),
)


def of(rating: LeadershipRating):
    return least_shown(Snapshot(as_of=DAY, leadership=(rating,)), ())


def test_limits_are_said_to_be_limits():
    least = of(RATING)

    assert "1.44 or less of 4 in the rating of 12 May 2026" in why_this_one(least)
    assert figures(least) == [
        ("Proactive", "1.44 or less"),
        ("Perseverant", "2.00"),
        ("Knowledgeable", "2.00"),
        ("Supportive", "2.56 or more"),
    ]
    assert tie(least) == ""


@pytest.mark.parametrize(
    ("bounded", "expected"),
    [
        (
            (("proactive", "least"), ("perseverant", "least")),
            "Whether less shows of these cannot be told: perseverant.",
        ),
        ((), "As little shows of: perseverant."),
    ],
)
def test_of_two_limits_neither_is_said_to_be_the_same(bounded, expected):
    least = of(replace(RATING, perseverant=RATING.proactive, bounded=bounded))

    assert tie(least).startswith(expected)
