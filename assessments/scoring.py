"""How ratings become figures. Pure: plain functions over plain data, the standard library only."""

from collections.abc import Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from assessments.instruments import HIGH, MODERATE, SMALLEST_CHANGE, Instrument

KEPT_PLACES = 10  # a mean is kept with so many decimals: bands are decided on it
SHOWN_PLACES = 2


def mean(ratings: Mapping[str, int], instrument: Instrument) -> Decimal | None:
    """The unweighted mean of the items that are rated; None with fewer of them than the instrument needs.

    Nothing is put in for an item that is not rated. Raises ValueError for an item or a rating that the
    instrument does not have.
    """
    for item, rating in ratings.items():
        if item not in instrument.items:
            raise ValueError(f"{instrument.key} has no item {item}")
        if not instrument.lowest <= rating <= instrument.highest:
            raise ValueError(f"{item} is rated {rating}, outside {instrument.lowest} to {instrument.highest}")
    if len(ratings) < instrument.fewest:
        return None
    return (Decimal(sum(ratings.values())) / len(ratings)).quantize(Decimal(1).scaleb(-KEPT_PLACES), ROUND_HALF_UP)


def band(figure: Decimal | int) -> str:
    """The band of a total or of one item: "high", "moderate" or "low"."""
    if figure >= HIGH:
        return "high"
    return "moderate" if figure >= MODERATE else "low"


def agrees(typed: Decimal, computed: Decimal) -> bool:
    """Whether a mean from a score sheet is the computed one, rounded as far as it was written; one decimal at least."""
    places = max(1, -typed.normalize().as_tuple().exponent)
    return computed.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) == typed


def shown(figure: Decimal) -> Decimal:
    """Two decimals, half up; more of them, cut off, where two would put the figure into another band: 3.996."""
    rounded = figure.quantize(Decimal(1).scaleb(-SHOWN_PLACES), ROUND_HALF_UP)
    places = SHOWN_PLACES
    while band(rounded) != band(figure):
        places += 1
        rounded = figure.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    return rounded


def change(before: Decimal, now: Decimal) -> int:
    """1 for higher than before, -1 for lower, 0 for about the same."""
    if abs(now - before) < SMALLEST_CHANGE:
        return 0
    return 1 if now > before else -1
