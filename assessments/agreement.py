"""How far two raters agree who rated apart from each other. Pure: the standard library only.

Agreement is that of the two, the score that of the consensus. Kappa misleads here: with most ratings at one step it
falls to nought while nearly all items agree, and it is not defined when both raters use one step only. Gwet's AC2 has
neither fault (Gwet 2008, doi 10.1348/000711006X126600); its weights and kappa's are the quadratic ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.instruments import Instrument

WIDE = 2  # items that differ by so many steps are talked about first
FEWEST_VISITS = 10  # fewer totals say nothing of the reliability of a total

Weight = Callable[[int, int, int], Fraction]


@dataclass(frozen=True)
class Agreement:
    """Two raters over the items that both of them rated. `kappa` None: not defined."""

    items: int
    exact: Fraction  # share of the items that are rated alike
    within_one: Fraction
    ac2: Fraction
    kappa: Fraction | None
    kappa_says_something: bool  # only then is it shown: both used two different steps at least


@dataclass(frozen=True)
class Difference:
    """An item that the two rated differently."""

    item: str
    first: int
    second: int

    @property
    def steps(self) -> int:
        """How far apart."""
        return abs(self.first - self.second)


def agreement(first: Mapping[str, int], second: Mapping[str, int], instrument: Instrument) -> Agreement | None:
    """How far two independent ratings agree, by item; None if there is no item that both rated."""
    pairs = [(first[item], second[item]) for item in instrument.items if item in first and item in second]
    if not pairs:
        return None
    steps = range(instrument.lowest, instrument.highest + 1)
    return Agreement(
        items=len(pairs),
        exact=_share(pairs, 0),
        within_one=_share(pairs, 1),
        ac2=ac2(pairs, steps),
        kappa=kappa(pairs, steps),
        kappa_says_something=all(len(set(used)) > 1 for used in zip(*pairs, strict=True)),
    )


def differences(first: Mapping[str, int], second: Mapping[str, int], instrument: Instrument) -> list[Difference]:
    """The items that both rated and rated differently, the widest apart first."""
    both = [
        Difference(item, first[item], second[item])
        for item in instrument.items
        if item in first and item in second and first[item] != second[item]
    ]
    return sorted(both, key=lambda one: -one.steps)


def needs_note(consensus: int, first: int, second: int) -> bool:
    """Whether a consensus lies outside what the two rated, and has to be explained."""
    return not min(first, second) <= consensus <= max(first, second)


def _share(pairs: Sequence[tuple[int, int]], steps: int) -> Fraction:
    return Fraction(sum(abs(one - other) <= steps for one, other in pairs), len(pairs))


# The two coefficients


def quadratic(one: int, other: int, steps: int) -> Fraction:
    """How much of an agreement two ratings are, on a scale of so many steps: 1 alike, 0 at the two ends."""
    return 1 - Fraction(one - other, steps - 1) ** 2


def ac2(pairs: Sequence[tuple[int, int]], steps: range, weight: Weight = quadratic) -> Fraction:
    """Gwet's AC2: chance agreement from how mixed the ratings of both together are."""
    observed, weights = _observed(pairs, steps, weight), _weights(steps, weight)
    shares = [Fraction(sum(pair.count(step) for pair in pairs), 2 * len(pairs)) for step in steps]
    mixed = sum(share * (1 - share) for share in shares)
    chance = Fraction(sum(weights.values()), len(steps) * (len(steps) - 1)) * mixed
    return (observed - chance) / (1 - chance)


def kappa(pairs: Sequence[tuple[int, int]], steps: range, weight: Weight = quadratic) -> Fraction | None:
    """Cohen's weighted kappa; None where chance alone explains everything."""
    firsts, seconds = zip(*pairs, strict=True)
    chance = sum(
        (
            value * Fraction(firsts.count(one) * seconds.count(other), len(pairs) ** 2)
            for (one, other), value in _weights(steps, weight).items()
        ),
        Fraction(0),
    )
    return None if chance == 1 else (_observed(pairs, steps, weight) - chance) / (1 - chance)


def _observed(pairs: Sequence[tuple[int, int]], steps: range, weight: Weight) -> Fraction:
    return sum((weight(one, other, len(steps)) for one, other in pairs), Fraction(0)) / len(pairs)


def _weights(steps: range, weight: Weight) -> dict[tuple[int, int], Fraction]:
    return {(one, other): weight(one, other, len(steps)) for one in steps for other in steps}


# Over many visits


def icc(totals: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    """ICC(A,1) of the two raters' totals: two-way random, absolute agreement, one rater (McGraw and Wong 1996).

    None with fewer than ten visits, or if neither visits nor raters differ in anything.
    """
    visits = len(totals)
    if visits < FEWEST_VISITS:
        return None
    means = [Fraction(one + other) / 2 for one, other in totals]
    grand = sum(means) / visits
    by_rater = [Fraction(sum(column)) / visits for column in zip(*totals, strict=True)]
    between_visits = 2 * sum((one - grand) ** 2 for one in means) / (visits - 1)
    between_raters = visits * sum((one - grand) ** 2 for one in by_rater)
    whole = sum((figure - grand) ** 2 for pair in totals for figure in pair)
    rest = (whole - between_visits * (visits - 1) - between_raters) / (visits - 1)
    below = between_visits + rest + Fraction(2, visits) * (between_raters - rest)
    return (between_visits - rest) / below if below else None
