"""A fidelity visit as it is reported: everything that its result page and its report need, as plain data.

Pure: the standard library only. `assessments.visit_reading` fills it from the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from assessments.agreement import WIDE, Agreement, agreement
from assessments.instruments import Instrument, Item
from assessments.scoring import band as band_of
from assessments.scoring import score

# How far two raters agreed in the publications (Egeland 2019b; Heiervang 2020): the share of items rated alike.
PUBLISHED_EXACT = {"imr_fidelity": Fraction(94, 100), "goi": Fraction(86, 100)}


@dataclass(frozen=True)
class GivenItem:
    """What one gave an item: a rating, or why there is none; a note; the counts that it was computed from."""

    rating: int | None = None
    not_rateable: str = ""
    note: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    proposed: int | None = None


@dataclass(frozen=True)
class ReportedItem:
    """One item of a visit. `agreed` None: not yet. `before`: its ratings at earlier visits, the latest first."""

    item: Item
    first: GivenItem
    second: GivenItem
    agreed: GivenItem | None
    before: tuple[int | None, ...] = ()

    @property
    def steps(self) -> int | None:
        """How far the two lay apart; None if one of them did not rate it."""
        if self.first.rating is None or self.second.rating is None:
            return None
        return abs(self.first.rating - self.second.rating)

    @property
    def is_wide(self) -> bool:
        """Whether it is talked about first."""
        return self.steps is not None and self.steps >= WIDE

    @property
    def is_alike(self) -> bool:
        """Whether the two gave the same, so that there is nothing to settle."""
        return self.steps == 0 and self.first.counts == self.second.counts


@dataclass(frozen=True)
class Earlier:
    """A total of an earlier day, by a visit or written in by hand."""

    on: date
    total: Decimal


@dataclass(frozen=True)
class ReportedScale:
    """One of the two instruments of a visit. `total` None: not agreed on, or fewer items than it needs."""

    instrument: Instrument
    items: tuple[ReportedItem, ...]
    agreement: Agreement | None  # of the two independent ratings, never of what was agreed
    total: Fraction | None
    earlier: tuple[Earlier, ...] = ()  # in the order of their days
    profiles_of: tuple[date, ...] = ()  # the days of `ReportedItem.before`

    @property
    def rated(self) -> int:
        """How many items have an agreed rating."""
        return sum(one.agreed is not None and one.agreed.rating is not None for one in self.items)

    @property
    def band(self) -> str:
        """The band of the total, decided on the unrounded figure; empty without one."""
        return "" if self.total is None else band_of(self.total, self.instrument)

    @property
    def published_exact(self) -> Fraction | None:
        """The exact agreement of the publication, to be shown beside ours."""
        return PUBLISHED_EXACT.get(self.instrument.key)

    def lowest(self) -> list[ReportedItem]:
        """The items that were agreed to be in the lowest band, the lowest first."""
        low = self.instrument.bands[-1].key
        found = [one for one in self.items if one.agreed is not None and one.agreed.rating is not None]
        return sorted(
            (one for one in found if band_of(one.agreed.rating, self.instrument) == low),
            key=lambda one: one.agreed.rating,
        )


@dataclass(frozen=True)
class Advice:
    """A recommendation: the item that it is about ("imr_fidelity:cbt"; empty: all), and what became of it."""

    text: str
    about: str = ""
    actions: tuple[str, ...] = ()  # in words


@dataclass(frozen=True)
class VisitReport:
    """A visit. The definitions with versions, licences and citations are in the two scales."""

    on: date
    covers: str
    practitioners: int | None
    patients: int | None
    raters: tuple[str, str]
    fidelity: ReportedScale
    organisation: ReportedScale
    reached: Mapping = field(default_factory=dict)  # what those reached were counted against
    agreed_on: date | None = None
    feedback_on: date | None = None
    advice: tuple[Advice, ...] = ()

    @property
    def scales(self) -> tuple[ReportedScale, ReportedScale]:
        """Both."""
        return self.fidelity, self.organisation


def reported_scale(
    instrument: Instrument,
    first: Mapping[str, GivenItem],
    second: Mapping[str, GivenItem],
    agreed: Mapping[str, GivenItem],
    *,
    earlier: Sequence[Earlier] = (),
    profiles: Sequence[tuple[date, Mapping[str, int]]] = (),
) -> ReportedScale:
    """One instrument from what the two gave and what they agreed on; `profiles`: earlier ones, the latest first."""
    items = tuple(
        ReportedItem(
            item=item,
            first=first.get(item.key, GivenItem()),
            second=second.get(item.key, GivenItem()),
            agreed=agreed.get(item.key),
            before=tuple(ratings.get(item.key) for _day, ratings in profiles),
        )
        for item in instrument.described
    )
    return ReportedScale(
        instrument=instrument,
        items=items,
        agreement=agreement(_rated(first), _rated(second), instrument),
        total=score(_rated(agreed), instrument).total,
        earlier=tuple(sorted(earlier, key=lambda one: one.on)),
        profiles_of=tuple(day for day, _ratings in profiles),
    )


def _rated(given: Mapping[str, GivenItem]) -> dict[str, int]:
    return {item: one.rating for item, one in given.items() if one.rating is not None}


def to_talk_about(report: VisitReport) -> list[tuple[ReportedScale, ReportedItem]]:
    """Every item in the order in which the two go through them.

    First those two steps or more apart, the widest first; then those that only one could rate or that differ
    otherwise; last those rated alike.
    """
    everything = [(scale, one) for scale in report.scales for one in scale.items]

    def order(pair: tuple[ReportedScale, ReportedItem]) -> int:
        one = pair[1]
        if one.is_wide:
            return -one.steps
        return 1 if one.is_alike else 0

    return sorted(everything, key=order)
