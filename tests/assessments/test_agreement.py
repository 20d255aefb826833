"""Two raters: the published and worked-out coefficients, and when kappa says nothing."""

from fractions import Fraction

import pytest

from assessments.agreement import ac2, agreement, differences, icc, kappa, needs_note
from assessments.instruments import GOI, IMR_FIDELITY
from assessments.scoring import rounded

FIRST = [5, 5, 5, 5, 3, 5, 4, 5, 5, 4, 4, 3, 4]
SECOND = [5, 5, 5, 5, 2, 5, 4, 4, 5, 4, 3, 3, 4]
FIVES = [5] * 13


def rated(figures, instrument=IMR_FIDELITY) -> dict[str, int]:
    return dict(zip(instrument.items, figures, strict=True))


def five_decimals(figure) -> str | None:
    return None if figure is None else str(rounded(figure, 5))


@pytest.mark.parametrize(
    ("first", "second", "exact", "kappa_w", "gwet", "says_something"),
    [
        (FIRST, SECOND, "0.76923", "0.84585", "0.96475", True),
        (FIVES, [*FIVES[1:], 4], "0.92308", "0.00000", "0.99483", False),
        (FIVES, FIVES, "1.00000", None, "1.00000", False),
    ],
)
def test_the_coefficients_of_the_reference(first, second, exact, kappa_w, gwet, says_something):
    for one, other in ((first, second), (second, first)):
        found = agreement(rated(one), rated(other), IMR_FIDELITY)

        assert (five_decimals(found.exact), found.within_one) == (exact, 1)
        assert (five_decimals(found.kappa), five_decimals(found.ac2)) == (kappa_w, gwet)
        assert found.kappa_says_something is says_something


def test_other_weights_and_the_reliability_of_one_rater():
    pairs = list(zip(FIRST, SECOND, strict=True))

    unweighted = kappa(pairs, range(1, 6), lambda one, other, steps: Fraction(one == other))
    linear = kappa(pairs, range(1, 6), lambda one, other, steps: 1 - Fraction(abs(one - other), steps - 1))

    assert (five_decimals(unweighted), five_decimals(linear)) == ("0.63551", "0.74172")
    assert str(rounded(icc(pairs), 4)) == "0.8560"


def test_a_reliability_needs_ten_visits_that_differ_in_something():
    pairs = [(Fraction(one), Fraction(other)) for one, other in zip(FIRST, SECOND, strict=True)]

    assert icc(pairs[:9]) is None
    assert icc(pairs[:10]) is not None
    assert icc([(Fraction(4), Fraction(4))] * 10) is None


def test_raters_who_never_agree_are_not_helped_by_chance():
    pairs = [(1, 5), (5, 1)] * 3

    assert ac2(pairs, range(1, 6)) < 0
    assert kappa(pairs, range(1, 6)) == -1


def test_only_items_that_both_rated_count():
    first, second = rated(FIRST), rated(SECOND)
    del first["cbt"], second["handouts"]

    assert agreement(first, second, IMR_FIDELITY).items == 11
    assert agreement({"cbt": 5}, {"handouts": 5}, IMR_FIDELITY) is None
    assert differences({"cbt": 5}, {"handouts": 5}, IMR_FIDELITY) == []


def test_items_that_are_furthest_apart_come_first_then_in_the_order_of_the_form():
    first, second = rated([3] * 12, GOI), rated([3, 4, 3, 1, 3, 3, 5, 3, 2, 3, 3, 3], GOI)

    assert [(one.item, one.steps) for one in differences(first, second, GOI)] == [
        ("assessment", 2),
        ("training", 2),
        ("eligibility", 1),
        ("process_monitoring", 1),
    ]


@pytest.mark.parametrize(("consensus", "outside"), [(1, True), (2, False), (3, False), (4, False), (5, True)])
def test_a_consensus_outside_both_ratings_needs_a_note(consensus, outside):
    assert needs_note(consensus, 4, 2) is needs_note(consensus, 2, 4) is outside
