"""Which leadership behaviour shows least, and which acts are offered: tables, no database."""

from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.leadership_acts import (
    ACT_DAYS,
    BEHAVIOURS,
    OFFERED,
    SHOWN_BY,
    DatedAct,
    behaviour_of,
    least_shown,
    offered,
)
from planning.models import Behaviour
from planning.risks.months import add_months
from planning.risks.snapshot import LeadershipRating, Snapshot

TODAY = date(2026, 11, 25)
RATING = LeadershipRating(
    rated_on=date(2026, 5, 12),
    answers=8,
    minimum=5,
    proactive=Decimal("2.1"),
    knowledgeable=Decimal("3.0"),
    supportive=Decimal("3.6"),
    perseverant=Decimal("2.3"),
)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def tagged(*behaviours: str, days: int = 1) -> list[DatedAct]:
    return [DatedAct("done", ago(days), behaviour) for behaviour in behaviours]


def asked(*ratings: LeadershipRating, acts=()):
    return least_shown(Snapshot(as_of=TODAY, leadership=ratings), acts)


ALL_FOUR = tagged(*BEHAVIOURS)
LOOKED_AT = DatedAct("held_with_outcomes", ago(3))
TIED = replace(RATING, proactive=Decimal(4), knowledgeable=Decimal("2.3"))


def test_the_four_are_those_that_actions_are_tagged_with_and_that_staff_rate():
    """The pure module repeats the codes, as it knows no model: one that is renamed there is renamed here."""
    assert len(BEHAVIOURS) == len(set(BEHAVIOURS)) == 4
    assert set(BEHAVIOURS) == set(Behaviour.values)
    assert set(BEHAVIOURS) <= {field.name for field in fields(LeadershipRating)}
    assert set(SHOWN_BY.values()) <= set(Behaviour.values)


# (what it shows, ratings, acts, behaviour, source)
TABLE = [
    ("nothing is known", (), (), None, None),
    ("the lowest mean", (RATING,), (), "proactive", "rating"),
    ("whichever it is", (replace(RATING, supportive=Decimal("0.5")),), (), "supportive", "rating"),
    ("the latest", (replace(RATING, rated_on=ago(300), supportive=Decimal(0)), RATING), (), "proactive", "rating"),
    ("on the last day of 13 months", (replace(RATING, rated_on=date(2025, 10, 25)),), (), "proactive", "rating"),
    ("a day older than 13 months", (replace(RATING, rated_on=date(2025, 10, 24)),), (), None, None),
    ("as many answers as agreed", (replace(RATING, answers=5),), (), "proactive", "rating"),
    ("one answer too few", (replace(RATING, answers=4),), (), None, None),
    ("a rating that counts outweighs acts", (RATING,), tagged("proactive", "proactive"), "proactive", "rating"),
    ("one that does not leaves it to acts", (replace(RATING, answers=4),), ALL_FOUR[:1], "perseverant", "acts"),
    ("a tie of ratings", (replace(RATING, proactive=Decimal("2.3")),), (), "proactive", "rating"),
    (
        "a tie of the other two",
        (TIED,),
        (),
        "perseverant",
        "rating",
    ),
    ("all shown alike", (), ALL_FOUR, "proactive", "acts"),
    ("one is missing", (), tagged("proactive", "perseverant", "knowledgeable"), "supportive", "acts"),
    ("two are missing", (), tagged("proactive", "supportive"), "perseverant", "acts"),
    ("fewest, not none", (), [*ALL_FOUR, *tagged("proactive", "perseverant", "supportive")], "knowledgeable", "acts"),
    (
        "answers are perseverant",
        (),
        [*tagged("proactive", "knowledgeable", "supportive"), DatedAct("answered", ago(3))],
        "proactive",
        "acts",
    ),
    ("reviews are proactive", (), [DatedAct("held", ago(3))], "perseverant", "acts"),
    (
        "outcomes looked at are knowledgeable",
        (),
        [*ALL_FOUR[:2], LOOKED_AT],
        "supportive",
        "acts",
    ),
    ("an act of 89 days ago counts", (), tagged("proactive", days=ACT_DAYS - 1), "perseverant", "acts"),
    ("one of 90 days ago does not", (), tagged("proactive", days=ACT_DAYS), None, None),
    ("one that lies ahead does not", (), tagged("proactive", days=-1), None, None),
    ("today counts", (), tagged("proactive", days=0), "perseverant", "acts"),
    ("an act without a side tells nothing", (), [DatedAct("done", ago(1))], None, None),
]


@pytest.mark.parametrize(
    ("ratings", "acts", "behaviour", "source"), [pytest.param(*row, id=name) for name, *row in TABLE]
)
def test_which_behaviour_shows_least(ratings, acts, behaviour, source):
    least = asked(*ratings, acts=acts)

    assert (least.behaviour, least.source) == (behaviour, source)


def test_the_evidence_goes_with_the_answer():
    by_rating, by_acts, unknown = asked(RATING), asked(acts=tagged("proactive", "supportive")), asked()

    assert dict(by_rating.figures) == {name: getattr(RATING, name) for name in BEHAVIOURS}
    assert by_rating.rating == RATING
    assert dict(by_acts.figures) == {"proactive": 1, "perseverant": 0, "knowledgeable": 0, "supportive": 1}
    assert by_acts.tied == ("perseverant", "knowledgeable")
    assert by_acts.rating is None
    assert (unknown.figures, unknown.tied) == ((), ())


@given(st.permutations(ALL_FOUR + tagged("proactive", "supportive") + [DatedAct("held", ago(9))]))
def test_the_order_of_the_acts_does_not_matter(acts):
    assert asked(acts=acts) == asked(acts=sorted(acts, key=str))


def test_a_kind_without_a_tag_shows_what_it_is():
    assert behaviour_of(DatedAct("answered", TODAY)) == "perseverant"
    assert behaviour_of(DatedAct("opened", TODAY, "supportive")) == "supportive"


CODES = ["a", "b", "c", "d", "e"]
NOVEMBER = date(2026, 11, 1)


@pytest.mark.parametrize(
    ("chosen", "month", "expected"),
    [
        ([], NOVEMBER, ("d", "e", "a")),
        ([], add_months(NOVEMBER, 1), ("e", "a", "b")),
        (["d"], NOVEMBER, ("e", "a", "b")),
        (["d", "e", "a", "b", "c"], NOVEMBER, ("d", "e", "a")),  # all had: the one of longest ago first
        (["d", "gone", "d"], NOVEMBER, ("e", "a", "b")),
    ],
)
def test_three_are_offered_what_was_chosen_last_comes_last(chosen, month, expected):
    assert offered(CODES, chosen=chosen, month=month) == expected


@given(st.lists(st.sampled_from(CODES)), st.integers(0, 40))
def test_the_one_just_chosen_is_never_offered_again_at_once(chosen, later):
    shown = offered(CODES, chosen=chosen, month=add_months(NOVEMBER, later))

    assert len(set(shown)) == OFFERED
    assert not chosen or chosen[-1] not in shown


def test_all_of_them_come_up_within_a_year():
    shown = {code for later in range(12) for code in offered(CODES, chosen=[], month=add_months(NOVEMBER, later))}

    assert shown == set(CODES)
