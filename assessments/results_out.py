"""Every result of a service in one long list: one line for each figure, with what it was measured by and of how many.

Under the small-number rules (`assessments.small_numbers`): no figure of staff below the number that was agreed, none
of patients below five, a figure that lies beyond what can be shown as the limit that it is, and a leader's own rating
for that leader alone until it is shared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service
from accounts.spreadsheets import Table
from assessments import published_means, scoring
from assessments.domains import DOMAINS
from assessments.figures import small
from assessments.instrument_notes import INFORMANTS
from assessments.instruments import Instrument, stored
from assessments.models import (
    FEWEST_PATIENTS,
    SUBSCALES,
    WORDINGS,
    FidelityRating,
    LeadershipRating,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    SustainmentRating,
)
from assessments.published_means import TOTAL, Mean
from assessments.summary import summaries
from assessments.wording import BOUNDS, said

COUNTED, COMPUTED, JUDGED = _("counted"), _("computed"), _("judged")
CHANGED = ("better", "same", "worse")  # patients since the round before: all three, or none where one is a few
BESIDES = {
    TOTAL: _("Total"),
    "sd": _("Standard deviation"),
    "better": _("Better than in the round before"),
    "same": _("About the same"),
    "worse": _("Worse"),
}
FEWEST_FOR_SPREAD = 10  # a spread of fewer answers could tell of one of them

INSTRUMENT, VERSION = _("Instrument"), _("Version")
SOURCES = (_("Licence"), _("Source"))
HEADINGS = (
    _("Service"),
    _("Date"),
    INSTRUMENT,
    VERSION,
    _("Wording"),
    _("Who answered"),
    _("Part"),
    _("Name of the part"),
    _("Limit"),
    _("Figure"),
    _("How many"),
    _("Smallest number"),
    _("How known"),
    *SOURCES,
)


@dataclass(frozen=True)
class By:
    """What the figures of one result were measured by, and of how many. `minimum`: None where there is no such rule."""

    on: date
    instrument: Instrument
    informant: str
    version: str = ""  # as it is kept with the result; empty: from elsewhere
    wording: str = ""
    count: int | None = None
    minimum: int | None = None

    @property
    def enough(self) -> bool:
        """Whether so many answered that a figure of them may be shown."""
        return self.minimum is None or (self.count or 0) >= self.minimum


@dataclass(frozen=True)
class Line:
    """One figure of a result."""

    by: By
    part: str
    figure: Decimal | int
    known: object  # counted, computed or judged
    bound: object = ""

    def cells(self, service: Service) -> tuple:
        """The line as cells, in the order of the headings."""
        by = self.by
        return (
            service.name,
            by.on,
            by.instrument.key,
            by.version,
            dict(WORDINGS).get(by.wording, ""),
            INFORMANTS[by.informant],
            self.part,
            part_name(by.instrument, self.part),
            self.bound,
            self.figure,
            None if by.count is None else small(by.count) if by.informant in PATIENTS else by.count,
            by.minimum,
            self.known,
            said(by.instrument.licence),
            said(by.instrument.citation),
        )


PATIENTS = ("patient", "practitioner")  # who fills in forms about patients: what is counted are these


def part_name(instrument: Instrument, part: str) -> str:
    """The name of an item, a sub-scale or a contrast; of the total, and of what is worked out besides."""
    named = [*instrument.described, *instrument.subscales, *instrument.contrasts]
    return str({one.key: said(one.name) for one in named}.get(part) or BESIDES.get(part, part))


def lines(
    by: By, figures: Mapping[str, Decimal | None], *, known: object, bounded: Mapping[str, str] | None = None
) -> Iterator[Line]:
    """A line for each part that has a figure, of any instrument; none where too few answered."""
    for part, figure in figures.items():
        if figure is not None and by.enough:
            shown = scoring.shown(figure, by.instrument)
            yield Line(by, part, shown, known, BOUNDS.get((bounded or {}).get(part, ""), ""))


def items(by: By, answers: Mapping[str, int | str]) -> Iterator[Line]:
    """A line for each item that was rated, in the order of the form."""
    for item in by.instrument.items:
        if item in answers:
            yield Line(by, item, answers[item], JUDGED)


# From the rows of the record


def _rated(key: str, rating: FidelityRating | OrganisationRating, total: Decimal) -> Iterator[Line]:
    """What assessors rated: their judgement, and the mean that was worked out of it or typed in."""
    by = By(rating.rated_on, stored(key, rating.version), "assessor", rating.version, "official")
    yield from lines(by, {TOTAL: total}, known=COMPUTED if rating.items else JUDGED)
    yield from items(by, rating.items)


def _derived(by: By, rating: LeadershipRating | OwnLeadershipRating) -> Iterator[Line]:
    """The total and the contrasts of sub-scales: a limit where one of these is one, and not where two pull apart."""
    bounds = getattr(rating, "bounded", {})
    means = {name: Mean(Fraction(getattr(rating, name)), bounds.get(name, "")) for name in SUBSCALES}
    found = {TOTAL: published_means.total(means)}
    found |= {one.key: published_means.gap(means, one) for one in by.instrument.contrasts}
    shown = {part: mean for part, mean in found.items() if mean is not None}
    yield from lines(
        by,
        {part: scoring.kept(mean.figure) for part, mean in shown.items()},
        known=COMPUTED,
        bounded={part: mean.bound for part, mean in shown.items()},
    )


def _leadership(rating: LeadershipRating) -> Iterator[Line]:
    instrument = stored("ils", rating.version)
    by = By(rating.rated_on, instrument, "staff", rating.version, rating.wording, rating.answers, rating.minimum)
    means = {name: getattr(rating, name) for name in SUBSCALES}
    yield from lines(by, means, known=JUDGED, bounded=rating.bounded)
    yield from _derived(by, rating)


def _own(rating: OwnLeadershipRating) -> Iterator[Line]:
    instrument = stored("ils", rating.version)
    by = By(rating.rated_on, instrument, "self", rating.version, rating.wording, 1)
    means = {name: getattr(rating, name) for name in SUBSCALES}
    yield from lines(by, means, known=JUDGED)
    yield from _derived(by, rating)


def _sustainment(rating: SustainmentRating) -> Iterator[Line]:
    by = By(
        rating.rated_on,
        stored("press", rating.version),
        "staff",
        rating.version,
        rating.wording,
        rating.answers,
        rating.minimum,
    )
    yield from lines(by, {TOTAL: rating.mean}, known=JUDGED, bounded=rating.bounded)


def _outcomes(measured: OutcomeRound) -> Iterator[Line]:
    by = By(
        measured.measured_on,
        stored("imrs", measured.version),
        measured.form,
        measured.version,
        "official",
        measured.patients,
        FEWEST_PATIENTS,
    )
    yield from lines(by, {TOTAL: measured.mean}, known=JUDGED)
    if measured.patients >= FEWEST_FOR_SPREAD:
        yield from lines(by, {"sd": measured.sd}, known=COMPUTED)
    changed = {name: getattr(measured, name) for name in CHANGED}
    if by.enough and all(count == 0 or (count or 0) >= FEWEST_PATIENTS for count in changed.values()):
        yield from (Line(by, name, count, COUNTED) for name, count in changed.items())


def of_service(service: Service, *, reader: Member, on: date) -> list[Line]:
    """Every figure that the reader may see, by instrument and then by day, the earliest first."""
    found = summaries([service.pk], as_of=on, reader=reader)[service.pk]
    of_kind: Iterable[Iterator[Line]] = (
        *(_rated("imr_fidelity", one, one.total) for one in found.fidelity),
        *(_rated("goi", one, one.mean) for one in found.organisation),
        *map(_leadership, found.leadership),
        *map(_own, found.own_leadership),
        *map(_sustainment, found.sustainment),
        *map(_outcomes, found.outcomes),
    )
    return [line for one in of_kind for line in one]


def _domains(service: Service, on: date) -> Iterator[tuple]:
    """Means of the sustainability tools, which are no instruments of ours: named, as they were typed in."""
    for one in service.domain_means.filter(rated_on__lte=on).order_by("rated_on", "pk"):
        for domain, name in DOMAINS[one.tool].items():
            if domain in one.means:
                yield (
                    *(service.name, one.rated_on, one.tool, "", "", "", domain, said(name), ""),
                    *(Decimal(one.means[domain]), None, None, JUDGED, "", one.get_tool_display()),
                )


def table(service: Service, *, reader: Member, on: date) -> Table:
    """The whole list, as its reader may have it."""
    rows = [line.cells(service) for line in of_service(service, reader=reader, on=on)]
    return Table.of(HEADINGS, [*rows, *_domains(service, on)])
