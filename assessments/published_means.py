"""What may be shown of a few people's answers. Pure: the standard library only.

Four things keep one person's answer from being worked out, also by somebody who knows an answer of their own:

* Every figure of an instrument is of the same people: those who answered enough for all of its figures. A total of
  seven beside a sub-scale of eight would tell what the eighth answered.
* Nothing is shown of fewer people than was agreed before anybody was asked.
* A mean so near an end of the scale that all others must have answered that end is shown as a bound ("3.13 or more").
* That answers differ is said only where it is no matter of one person, nor of one part of the scale.

The bound: of n people, each from 0 to 4 in steps of a third, let somebody have answered 4. If the sum were 4, the
others would all have answered 0, and the reader who knows the 4 would know it of each. With a sum of 4 + 1/3 one of
them answered 1/3, and nobody can say who. Both look the same here, so that neither can be told from the other: the sum
is exact only above 4 + 1/3, and by the same reasoning only below 4(n - 1) - 1/3. Whose answer it is plays no part, so
that every reader sees the same.

Where answers of the others are not all alike, they may be swapped among them with the same result, so that each has two
possible ones. All alike they can be moved apart by a step with the same mean; and as a team whose answers lie within
one step on any part, but for one person's, is never said to differ, the moved ones look the same in this too. Without
that rule a reader could tell that answers were all alike from the sentence's not being there.

What is derived (the total, the gap) is worked out from what is shown, never from the answers: it tells nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assessments.instruments import Contrast, Instrument
from assessments.scoring import SHOWN_PLACES, Figure, Score, pooled, rounded, score
from assessments.self_and_staff import ALIKE, Label, agreement_in_team, compared
from assessments.small_numbers import SMALLEST_MINIMUM

TOTAL = "total"
CLOSE = 1  # a step of the scale
Bound = Literal["", "most", "least"]  # the figure itself; it or more, near the top; it or less, near the bottom


@dataclass(frozen=True)
class Mean:
    """A mean as it may be shown: the figure, or the limit beyond which it lies."""

    figure: Fraction
    bound: Bound = ""


@dataclass(frozen=True)
class Published:
    """What a group's answers come to. `differs`: whether it is said that answers differ a lot; None: too few for it."""

    respondents: int
    means: Mapping[str, Mean]  # by sub-scale; of an instrument without sub-scales, its total
    differs: bool | None


def published(answers: Sequence[Mapping[str, int]], instrument: Instrument, *, minimum: int) -> Published | None:
    """What may be shown of these answers; None if too few people answered enough.

    Raises ValueError for a minimum under the smallest that can be agreed.
    """
    if minimum < SMALLEST_MINIMUM:
        raise ValueError(f"nothing of fewer than {SMALLEST_MINIMUM} people is shown")
    scored = [(one, score(one, instrument)) for one in answers]
    counted = [(given, result) for given, result in scored if _is_whole(result)]
    if len(counted) < minimum:
        return None
    of_group = pooled([result for _given, result in counted], instrument, fewest=minimum)
    figures = {key: one.mean for key, one in of_group.subscales.items()} or {TOTAL: of_group.total.mean}
    agreement = agreement_in_team([given for given, _result in counted], instrument)
    alike = agreement is not None and (agreement >= ALIKE or _close_on_a_part([one for _given, one in counted]))
    return Published(
        respondents=len(counted),
        means={
            key: _shown(figure, len(counted), instrument, items=_items_of(key, instrument))
            for key, figure in figures.items()
        },
        differs=None if agreement is None else not alike,
    )


def _is_whole(result: Score) -> bool:
    """Whether somebody answered enough for every figure of the instrument."""
    return result.total is not None and None not in result.subscales.values()


def _close_on_a_part(scores: Sequence[Score]) -> bool:
    """Whether on any part of the scale all answers but one person's lie within one step."""
    parts = [list(column) for column in zip(*(one.subscales.values() for one in scores), strict=True)]
    for part in parts or [[one.total for one in scores]]:
        ordered = sorted(part)
        if min(ordered[-1] - ordered[1], ordered[-2] - ordered[0]) <= CLOSE:
            return True
    return False


def _items_of(key: str, instrument: Instrument) -> int:
    """How many items a figure is made of: its steps are that part of one."""
    return next((len(part.items) for part in instrument.subscales if part.key == key), len(instrument.items))


def typed_in(figures: Mapping[str, Figure], instrument: Instrument, *, people: int) -> dict[str, Mean]:
    """Means that were worked out elsewhere, as they may be shown.

    They may have been rounded to two decimals, and so they are compared: 3.13 of five people is the limit 3.1333.
    """
    found = {}
    for key, figure in figures.items():
        least, most = _limits(people, instrument, items=_items_of(key, instrument))
        mean, low, high = (rounded(one, SHOWN_PLACES) for one in (figure, least, most))
        found[key] = (
            Mean(least, "least") if mean <= low else Mean(most, "most") if mean >= high else Mean(Fraction(figure))
        )
    return found


def _limits(people: int, instrument: Instrument, *, items: int) -> tuple[Fraction, Fraction]:
    """Between which two a mean of so many people is shown."""
    lowest, highest, step = instrument.lowest, instrument.highest, Fraction(1, items)
    return (highest + (people - 1) * lowest + step) / people, (lowest + (people - 1) * highest - step) / people


def _shown(mean: Fraction, people: int, instrument: Instrument, *, items: int) -> Mean:
    """The mean, or the limit if it lies at it or beyond."""
    least, most = _limits(people, instrument, items=items)
    if mean <= least:
        return Mean(least, "least")
    if mean >= most:
        return Mean(most, "most")
    return Mean(mean)


# What is worked out from figures that are shown


def total(means: Mapping[str, Mean]) -> Mean | None:
    """The mean of the sub-scales. They are of the same people, so that it is the mean of those people's totals."""
    return _combined((mean, Fraction(1, len(means))) for mean in means.values())


def gap(means: Mapping[str, Mean], definition: Contrast) -> Mean | None:
    """How far one sub-scale lies above the mean of others; None if bounds leave it open in which direction."""
    others = [(means[other], Fraction(-1, len(definition.others))) for other in definition.others]
    return _combined([(means[definition.of], Fraction(1)), *others])


def _combined(parts: Iterable[tuple[Mean, Fraction]]) -> Mean | None:
    """The weighted sum; a bound if all bounds among the parts push it the same way, None if they do not."""
    turned = {"most": "least", "least": "most", "": ""}
    figure, bounds = Fraction(0), set()
    for mean, weight in parts:
        figure += mean.figure * weight
        bounds.add(mean.bound if weight > 0 else turned[mean.bound])
    bounds.discard("")
    return None if len(bounds) == 2 else Mean(figure, bounds.pop() if bounds else "")


def beside(own: Figure, staff: Mean, instrument: Instrument) -> Label | None:
    """Which of the four it is, of an own figure beside the staff's; None if the bound leaves it open."""
    ends = {"": staff.figure, "most": Fraction(instrument.highest), "least": Fraction(instrument.lowest)}
    labels = {compared(own, staff.figure, instrument), compared(own, ends[staff.bound], instrument)}
    return labels.pop() if len(labels) == 1 else None


def above(figure: Mean, limit: Figure) -> bool:
    """Whether it surely lies above the limit."""
    return figure.bound != "least" and figure.figure > limit
