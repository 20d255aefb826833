"""A leader's own rating beside the staff's, and how far the staff agree. Pure: the standard library only.

Agreement goes with a better climate, a leader who sees more than the staff with a poorer one, and a leader who sees
less with the best (Aarons and others 2017, doi 10.1007/s10488-015-0672-7 and 10.1176/appi.ps.201600062). The limits are
ours: half a step is about half the deviation of the Norwegian reference, and the middle of the scale is its middle.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from assessments.instruments import Instrument
from assessments.scoring import Figure

APART = Fraction(1, 2)
FEWEST_ANSWERS = 5  # for how far staff agree
ALIKE = Fraction(7, 10)  # a smaller mean over the items is said to be "answers differ a lot"

Label = Literal["agree_high", "agree_low", "leader_higher", "leader_lower"]


def compared(own: Figure, staff: Figure, instrument: Instrument) -> Label:
    """Which of the four it is, of a total or of one sub-scale."""
    apart = Fraction(own) - Fraction(staff)
    if apart >= APART:
        return "leader_higher"
    if apart <= -APART:
        return "leader_lower"
    middle = Fraction(instrument.lowest + instrument.highest, 2)
    return "agree_high" if Fraction(staff) >= middle else "agree_low"


def agreement_in_team(answers: Sequence[Mapping[str, int]], instrument: Instrument) -> Fraction | None:
    """The mean over the items of rWG = 1 − s² / the variance of a uniform answer, not below nought.

    None with fewer than five answers; an item that fewer have answered is left out.
    """
    uniform = Fraction((instrument.highest - instrument.lowest + 1) ** 2 - 1, 12)
    found = []
    for item in instrument.items:
        given = [one[item] for one in answers if item in one]
        if len(given) >= FEWEST_ANSWERS:
            found.append(max(1 - _variance(given) / uniform, Fraction(0)))
    return sum(found) / len(found) if found else None


def _variance(given: Sequence[int]) -> Fraction:
    """The variance of a sample."""
    mean = Fraction(sum(given), len(given))
    return sum((one - mean) ** 2 for one in given) / (len(given) - 1)
