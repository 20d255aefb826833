"""How answers become figures. Pure: plain functions over plain data, the standard library only.

Everything is worked out in fractions, so that no rounding decides; what is kept and shown is rounded last.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from operator import ge, gt, le

from assessments.instruments import IMR_FIDELITY, Answer, Contrast, Instrument, Item

KEPT_PLACES = 10  # a mean is kept with so many decimals: bands are decided on it
SHOWN_PLACES = 2

Figure = Fraction | Decimal | int


# One respondent, or one rater


@dataclass(frozen=True)
class Score:
    """What one set of answers comes to. None: too few of them for that figure."""

    answered: int
    subscales: Mapping[str, Fraction | None]
    total: Fraction | None


def score(answers: Mapping[str, Answer], instrument: Instrument) -> Score:
    """The sub-scales and the total of one set of answers, by item; what was not answered is left out of it.

    Nothing is put in for a missing item. Raises ValueError for an item or an answer that the instrument does not have.
    """
    values = {item: _value(item, answer, instrument) for item, answer in answers.items()}
    parts = {
        part.key: _mean([values[item] for item in part.items if item in values], fewest=part.fewest)
        for part in instrument.subscales
    }
    return Score(answered=len(values), subscales=parts, total=_total(values, parts, instrument))


def _value(item: str, answer: Answer, instrument: Instrument) -> Fraction:
    """What an answer counts."""
    if item not in instrument.by_key:
        raise ValueError(f"{instrument.key} has no item {item}")
    levels = instrument.by_key[item].levels
    if levels is not None:
        if answer not in levels:
            raise ValueError(f"{item} has no level {answer}")
        return levels[answer]
    if type(answer) is not int or not instrument.lowest <= answer <= instrument.highest:
        raise ValueError(f"{item} is rated {answer}, outside {instrument.lowest} to {instrument.highest}")
    return Fraction(answer)


def _mean(values: Sequence[Fraction], *, fewest: int) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if len(values) >= max(fewest, 1) else None


def _total(values: Mapping[str, Fraction], parts: Mapping[str, Fraction | None], instrument: Instrument):
    fewest = instrument.total.fewest
    match instrument.total.method:
        case "mean":
            return _mean(list(values.values()), fewest=fewest)
        case "mean_of_subscales":
            return _mean([part for part in parts.values() if part is not None], fewest=fewest)
        case "weighted_levels":
            return sum(values.values(), Fraction(0)) if len(values) >= fewest else None


def mean(ratings: Mapping[str, int], instrument: Instrument) -> Decimal | None:
    """The total as it is kept; None with fewer items than the instrument needs. Raises as `score` does."""
    total = score(ratings, instrument).total
    return None if total is None else kept(total)


def contrast(figures: Mapping[str, Figure | None], definition: Contrast) -> Fraction | None:
    """How far one sub-scale lies above the mean of others; None if one of them is not known."""
    of, others = figures.get(definition.of), [figures.get(other) for other in definition.others]
    if of is None or None in others:
        return None
    return Fraction(of) - sum(map(Fraction, others)) / len(others)


# Several respondents


@dataclass(frozen=True)
class Pooled:
    """A figure of a group: the mean of those who have one, and how many they are. None: fewer than are shown."""

    respondents: int
    mean: Fraction | None


@dataclass(frozen=True)
class GroupScore:
    """What a group's answers come to. A figure that few of them have is counted for itself."""

    respondents: int
    subscales: Mapping[str, Pooled]
    total: Pooled


def pooled(scores: Sequence[Score], instrument: Instrument, *, fewest: int) -> GroupScore:
    """The mean of the respondents' scores; no figure of fewer than `fewest` of them.

    Each is scored first, then averaged: items averaged across people would weigh those more who left items out.
    """
    return GroupScore(
        respondents=len(scores),
        subscales={
            part.key: _pool((one.subscales[part.key] for one in scores), fewest) for part in instrument.subscales
        },
        total=_pool((one.total for one in scores), fewest),
    )


def _pool(figures: Iterable[Fraction | None], fewest: int) -> Pooled:
    known = [figure for figure in figures if figure is not None]
    return Pooled(respondents=len(known), mean=_mean(known, fewest=fewest))


# From a figure of the record to a rating


def laddered(figure: Figure, item: Item, instrument: Instrument) -> int:
    """The rating that a figure of the record stands for. ValueError for an item that takes none."""
    ladder = item.ladder
    if ladder is None:
        raise ValueError(f"{item.key} is not rated from a figure")
    passes = {"at_least": ge, "above": gt, "at_most": le}[ladder.passes]
    return instrument.lowest + sum(passes(Fraction(figure), limit) for limit in ladder.limits)


@dataclass(frozen=True)
class Reached:
    """How many of those who could have it have it, and what they were counted against: that is kept with it."""

    share: Fraction
    eligible: Fraction
    estimated: bool  # nobody tracks who is eligible: a fixed share of the target population


def reached(receiving: int, item: Item, *, eligible: int | None = None, target: int | None = None) -> Reached | None:
    """The share of those eligible who receive it; None if there is nobody to count against.

    `eligible`: how many are, if that is tracked. Otherwise they are estimated from the target population.
    """
    if eligible is not None:
        against, estimated = Fraction(eligible), False
    elif target is not None and item.ladder is not None and item.ladder.estimated_share is not None:
        against, estimated = target * item.ladder.estimated_share, True
    else:
        return None
    return Reached(receiving / against, against, estimated) if against else None


# How a figure is kept, named and shown


def rounded(figure: Figure, places: int) -> Decimal:
    """Half up, away from nought."""
    whole = floor(abs(Fraction(figure)) * 10**places + Fraction(1, 2))
    return Decimal(-whole if figure < 0 else whole).scaleb(-places)


def kept(figure: Figure) -> Decimal:
    """A figure as it is kept."""
    return rounded(figure, KEPT_PLACES)


def band(figure: Figure, instrument: Instrument = IMR_FIDELITY) -> str:
    """The band of a total or of one item, decided on the unrounded figure; empty for a scale without bands."""
    return next((one.key for one in instrument.bands if Fraction(figure) >= one.lowest), "")


def agrees(typed: Decimal, computed: Decimal) -> bool:
    """Whether a mean from a score sheet is the computed one, rounded as far as it was written; one decimal at least."""
    places = max(1, -typed.normalize().as_tuple().exponent)
    return rounded(computed, places) == typed


def shown(figure: Figure, instrument: Instrument = IMR_FIDELITY) -> Decimal:
    """Two decimals, half up; more of them, cut off, where two would put the figure into another band: 3.996."""
    places, figure = SHOWN_PLACES, Fraction(figure)
    result = rounded(figure, places)
    while band(result, instrument) != band(figure, instrument):
        places += 1
        result = Decimal(floor(figure * 10**places)).scaleb(-places)
    return result


def change(before: Figure, now: Figure, instrument: Instrument = IMR_FIDELITY) -> int:
    """1 for higher than before, -1 for lower, 0 for about the same."""
    moved = Fraction(now) - Fraction(before)
    if abs(moved) < (instrument.smallest_change or 0) or not moved:
        return 0
    return 1 if moved > 0 else -1
