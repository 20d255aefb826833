"""What is shown of a few answers never tells one of them: a bound near the ends, and one group for all figures."""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessments.instruments import ILS, PRESS
from assessments.published_means import TOTAL, Mean, above, beside, gap, published, total
from assessments.scoring import score

(GAP,) = ILS.contrasts


def answers_of(*scores, instrument=PRESS) -> list[dict]:
    """One set of answers for each score in thirds: 7 thirds are 3, 2 and 2."""
    items = instrument.items
    return [{item: (thirds + 2 - place) // 3 for place, item in enumerate(items)} for thirds in scores]


def of_subscales(*people: dict) -> list[dict]:
    """Sets of answers to the leadership scale from a score (a whole step) for each sub-scale."""
    return [{item: one[part.key] for part in ILS.subscales for item in part.items} for one in people]


# The rule at its limits


@pytest.mark.parametrize(
    ("thirds", "shown"),
    [
        ((0, 0, 0, 0, 0), Mean(Fraction(13, 15), "least")),
        ((12, 0, 0, 0, 0), Mean(Fraction(13, 15), "least")),  # the sum 4: whoever answered 4 would know of all others
        ((12, 1, 0, 0, 0), Mean(Fraction(13, 15), "least")),  # 4 + 1/3 looks the same as 4
        ((12, 2, 0, 0, 0), Mean(Fraction(14, 15))),
        ((0, 12, 12, 12, 12), Mean(Fraction(47, 15), "most")),
        ((0, 12, 12, 12, 11), Mean(Fraction(47, 15), "most")),
        ((0, 12, 12, 12, 10), Mean(Fraction(46, 15))),
        ((12, 12, 12, 12, 12), Mean(Fraction(47, 15), "most")),
    ],
)
def test_a_mean_near_an_end_is_shown_as_a_bound(thirds, shown):
    assert published(answers_of(*thirds), PRESS, minimum=5).means == {TOTAL: shown}


@pytest.mark.parametrize("minimum", [3, 4, 5])
def test_nothing_is_shown_of_fewer_than_was_agreed(minimum):
    enough = answers_of(*[6] * minimum)

    assert published(enough, PRESS, minimum=minimum).respondents == minimum
    assert published(enough[1:], PRESS, minimum=minimum) is None


@pytest.mark.parametrize("minimum", [2, 1, 0])
def test_nothing_under_three_can_be_agreed(minimum):
    with pytest.raises(ValueError, match="fewer than 3"):
        published(answers_of(6, 6, 6, 6, 6), PRESS, minimum=minimum)


def test_whoever_left_a_subscale_out_is_in_no_figure():
    whole = of_subscales(*[dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), 2)] * 5)
    left_out = dict.fromkeys(set(ILS.items) - {"plan", "obstacles"}, 4)

    assert published([*whole, left_out], ILS, minimum=5) == published(whole, ILS, minimum=5)


def test_one_item_of_three_may_be_left_out():
    whole = of_subscales(*[dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), 2)] * 4)
    without_one = dict.fromkeys(set(ILS.items) - {"plan"}, 2)

    assert published([*whole, without_one], ILS, minimum=5).respondents == 5


def test_the_total_is_the_mean_of_the_totals_of_the_same_people():
    people = of_subscales(
        {"proactive": 1, "knowledgeable": 3, "supportive": 3, "perseverant": 1},
        {"proactive": 2, "knowledgeable": 2, "supportive": 2, "perseverant": 1},
        {"proactive": 2, "knowledgeable": 2, "supportive": 2, "perseverant": 3},
    )

    found = published(people, ILS, minimum=3)

    assert total(found.means) == Mean(sum(score(one, ILS).total for one in people) / 3)
    assert found.differs is None, "of fewer than five nothing is said of how they differ"


@pytest.mark.parametrize(("spread", "differs"), [((2, 2, 2, 2, 2), False), ((0, 4, 0, 4, 2), True)])
def test_from_five_on_it_is_said_whether_answers_differ(spread, differs):
    people = of_subscales(
        *[dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), one) for one in spread]
    )

    assert published(people, ILS, minimum=5).differs is differs


@pytest.mark.parametrize(
    ("people", "differs"),
    [
        ([(0, 0), (4, 4), (0, 0), (4, 4), (2, 2)], True),
        ([(0, 0), (0, 0), (0, 0), (0, 0), (4, 4)], False),  # one person against all others
        ([(0, 2), (4, 2), (0, 2), (4, 2), (2, 2)], False),  # all alike on one part
        ([(0, 2), (4, 3), (0, 2), (4, 3), (2, 2)], False),  # within a step on one part
        ([(0, 1), (4, 3), (0, 1), (4, 3), (2, 1)], True),
    ],
)
def test_answers_are_said_to_differ_only_where_it_is_no_matter_of_one_person_or_part(people, differs):
    answers = of_subscales(
        *[{"proactive": one, "knowledgeable": one, "supportive": one, "perseverant": two} for one, two in people]
    )

    assert published(answers, ILS, minimum=5).differs is differs


# What is derived


def means(**bounds) -> dict[str, Mean]:
    return {
        name: Mean(Fraction(figure), bound)
        for name, (figure, bound) in {
            "proactive": (1, ""),
            "knowledgeable": (2, ""),
            "supportive": (3, ""),
            "perseverant": (2, ""),
        }.items()
    } | {name: Mean(Fraction(3), bound) for name, bound in bounds.items()}


def test_a_bound_goes_into_what_is_made_of_it():
    assert total(means()) == Mean(Fraction(2))
    assert total(means(supportive="most")) == Mean(Fraction(2), "most")
    assert total(means(supportive="most", proactive="least")) is None
    assert gap(means(), GAP) == Mean(Fraction(3, 2))
    assert gap(means(supportive="most", proactive="least"), GAP) == Mean(Fraction(1, 2), "most")
    assert gap(means(proactive="most"), GAP) == Mean(Fraction(1, 2), "least")
    assert gap(means(supportive="most", proactive="most"), GAP) is None


@pytest.mark.parametrize(
    ("figure", "bound", "surely"),
    [("1", "", False), ("1.01", "", True), ("1.01", "most", True), ("1.01", "least", False), ("1", "most", False)],
)
def test_above_is_said_only_when_it_is_sure(figure, bound, surely):
    assert above(Mean(Fraction(figure), bound), 1) is surely


def test_a_label_is_given_only_where_the_bound_leaves_no_other():
    limit = Mean(Fraction(47, 15), "most")

    assert beside(Fraction(4), replace(limit, bound=""), ILS) == "leader_higher"
    assert beside(Fraction(4), limit, ILS) is None, "4.00 is possible as well"
    assert beside(Fraction(1), limit, ILS) == "leader_lower"


# Nobody's answer can be worked out


def thirds_and_halves():
    """Every score that somebody can have on three items with one left out at most."""
    return sorted({Fraction(one, 3) for one in range(13)} | {Fraction(one, 2) for one in range(9)})


def as_items(figure: Fraction, items) -> dict[str, int]:
    """Answers with that mean: to three items, or to two where only halves make it."""
    count = 3 if (figure * 3).denominator == 1 else 2
    whole = int(figure * count)
    return {item: (whole + count - 1 - place) // count for place, item in enumerate(items[:count])}


def told(scores) -> Mean:
    """What is told of one sub-scale by the scores of a team, all else alike."""
    others = [item for part in ILS.subscales[1:] for item in part.items]
    first = ILS.subscales[0]
    answers = [as_items(one, first.items) | dict.fromkeys(others, 2) for one in scores]
    return published(answers, ILS, minimum=3).means[first.key]


@pytest.mark.parametrize("people", [3, 4])
def test_brute_force_nobody_who_knows_an_own_score_or_none_knows_anybody_elses(people):
    """All teams of three and four: for each own score and each result, two scores at least fit everybody else."""
    by_knowledge: dict[tuple, list[set]] = {}
    for scores in combinations_with_replacement(thirds_and_halves(), people):
        result = told(scores)
        by_knowledge.setdefault((None, result), [set() for _one in range(people)])
        for place in range(people):
            by_knowledge[None, result][place] |= set(scores)
        for own in set(scores):
            rest = list(scores)
            rest.remove(own)
            possible = by_knowledge.setdefault((own, result), [set() for _one in rest])
            for other in possible:  # the order in which people answered is not known: any of them may be anybody
                other |= set(rest)

    assert all(len(other) >= 2 for possible in by_knowledge.values() for other in possible)
    assert {result.bound for _own, result in by_knowledge} == {"", "most", "least"}


@st.composite
def teams(draw):
    """Teams of 2 to 40 with everything: unanimous ones, extreme ones, with items left out."""
    size = draw(st.integers(2, 40))
    steps = {
        "any": st.integers(0, 4),
        "alike": st.just(draw(st.integers(0, 4))),
        "low": st.sampled_from([0, 0, 0, 0, 0, 1]),
        "high": st.sampled_from([4, 4, 4, 4, 4, 3]),
        "apart": st.sampled_from([0, 4]),
    }
    levels = {part.key: draw(st.sampled_from(sorted(steps))) for part in ILS.subscales}
    each = [steps[levels[part.key]] for part in ILS.subscales for _item in part.items]
    skips = draw(st.sampled_from([0, 0, 1, 2]))
    return [
        {item: answer for item, answer in zip(ILS.items, draw(st.tuples(*each)), strict=True) if item not in left_out}
        for left_out in draw(
            st.lists(st.lists(st.sampled_from(ILS.items), max_size=skips), min_size=size, max_size=size)
        )
    ]


def scored(person, subscale, figure):
    """The person, with that score on a sub-scale."""
    return {item: step for item, step in person.items() if item not in subscale.items} | as_items(
        figure, subscale.items
    )


def other_worlds(people, who, viewer, subscale):
    """Answers of the others that somebody could have given instead: swapped, one up and one down, or one alone."""
    others = [place for place in range(len(people)) if place not in (who, viewer)]

    def world(**changed):
        return [changed.get(f"_{place}", one) for place, one in enumerate(people)]

    for other in others:
        yield world(**{f"_{who}": people[other], f"_{other}": people[who]})
    now = score(people[who], ILS).subscales[subscale.key]
    for figure in thirds_and_halves():
        moved = scored(people[who], subscale, figure)
        yield world(**{f"_{who}": moved})  # where only a bound is shown
        for other in others[:3]:
            rest = score(people[other], ILS).subscales[subscale.key] + now - figure
            if rest in thirds_and_halves():
                yield world(**{f"_{who}": moved, f"_{other}": scored(people[other], subscale, rest)})
    for other in others[:3]:
        for (up, down), rising, falling in product(((who, other), (other, who)), subscale.items, subscale.items):
            if people[up].get(rising, 4) < 4 and people[down].get(falling, 0) > 0:
                one_up = people[up] | {rising: people[up][rising] + 1}
                one_down = people[down] | {falling: people[down][falling] - 1}
                yield world(**{f"_{up}": one_up, f"_{down}": one_down})


@settings(max_examples=80, deadline=None)
@given(people=teams(), minimum=st.sampled_from([3, 4, 5]), data=st.data())
def test_for_everybody_else_another_score_would_have_been_published_the_same(people, minimum, data):
    """The oracle is a witness: other answers of the others, the reader's own unchanged, that come to the same."""
    result = published(people, ILS, minimum=minimum)
    counted = [one for one in people if published([one] * 3, ILS, minimum=3)]
    if result is None:
        assert len(counted) < minimum
        return
    assert result.respondents == len(counted)
    viewer = data.draw(st.sampled_from([None, *range(len(counted))]))
    who = data.draw(st.sampled_from([place for place in range(len(counted)) if place != viewer]))
    subscale = data.draw(st.sampled_from(ILS.subscales))
    now = score(counted[who], ILS).subscales[subscale.key]

    assert any(
        score(world[who], ILS).subscales[subscale.key] != now and published(world, ILS, minimum=minimum) == result
        for world in other_worlds(counted, who, viewer, subscale)
    ), (result, viewer, who, subscale.key)


@settings(max_examples=25, deadline=None)
@given(people=teams(), order=st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(people, order):
    assume(len(people) >= 3)
    shuffled = list(people)
    order.shuffle(shuffled)

    assert published(people, ILS, minimum=3) == published(shuffled, ILS, minimum=3)
