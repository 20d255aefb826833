"""A leader's own rating beside the staff's, and how far the staff agree."""

from decimal import Decimal
from fractions import Fraction

import pytest

from assessments.instruments import ILS
from assessments.self_and_staff import ALIKE, agreement_in_team, compared


@pytest.mark.parametrize(
    ("own", "staff", "label"),
    [
        ("2.0", "2.0", "agree_high"),
        ("2.49", "2.0", "agree_high"),
        ("2.5", "2.0", "leader_higher"),
        ("1.99", "1.99", "agree_low"),
        ("1.5", "1.99", "agree_low"),
        ("1.5", "2.0", "leader_lower"),
        ("1.51", "2.0", "agree_high"),
        ("2.48", "1.99", "agree_low"),
        ("4", "0", "leader_higher"),
        ("0", "4", "leader_lower"),
    ],
)
def test_the_four_labels_flip_exactly_at_their_limits(own, staff, label):
    assert compared(Decimal(own), Decimal(staff), ILS) == label


def team(*figures) -> list[dict[str, int]]:
    """People who each give one figure to every item."""
    return [dict.fromkeys(ILS.items, figure) for figure in figures]


@pytest.mark.parametrize(
    ("figures", "agreement"),
    [
        ((3, 3, 3, 3, 3), Fraction(1)),
        ((2, 3, 3, 3, 4), Fraction(3, 4)),  # variance 1/2 of 2
        ((0, 0, 2, 4, 4), Fraction(0)),  # variance 4: not below nought
    ],
)
def test_how_far_a_team_agrees(figures, agreement):
    assert agreement_in_team(team(*figures), ILS) == agreement
    assert (agreement >= ALIKE) is (agreement > 0)


def test_of_fewer_than_five_answers_nothing_is_said():
    assert agreement_in_team(team(3, 3, 3, 3), ILS) is None

    people = team(3, 3, 3, 3, 3)
    people[0]["plan"], people[1]["plan"] = 0, 0
    del people[2]["plan"]  # four answers are left of it: the item is left out
    assert agreement_in_team(people, ILS) == 1
