"""A figure over time, in words: what its run chart says of change, and what it cannot say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts import charts
from assessments import series

from .figures import plain

FEWEST_DRAWN = 2  # a single point is no chart


@dataclass(frozen=True)
class Row:
    """One figure of the table."""

    day: str
    figure: str


@dataclass(frozen=True)
class ShownRun:
    """A run chart, ready to be printed."""

    name: str
    sentence: str
    drawn: charts.Run
    first_day: str
    last_day: str
    median_words: str
    rows: tuple[Row, ...]


def shown(figures: Sequence[tuple[date, Decimal]], *, name: str) -> ShownRun | None:
    """Figures by their days, the oldest first; None for too few to draw."""
    if len(figures) < FEWEST_DRAWN:
        return None
    found = series.run([value for _on, value in figures])
    return ShownRun(
        name=name,
        sentence=sentence(found),
        drawn=charts.run_chart(
            [charts.Point(on.toordinal(), Fraction(value)) for on, value in figures],
            in_words=in_words,
            median=None if found.median is None else Fraction(found.median),
            joined=found.enough,
        ),
        first_day=_day(figures[0][0]),
        last_day=_day(figures[-1][0]),
        median_words=gettext("dashed: median %(median)s") % {"median": plain(found.median)} if found.enough else "",
        rows=tuple(Row(_day(on), plain(value)) for on, value in reversed(figures)),
    )


def in_words(value: Fraction) -> str:
    """A figure of the scale as the language writes it; its steps are round, so that it ends."""
    return plain(Decimal(value.numerator) / Decimal(value.denominator))


def sentence(found: series.Run) -> str:
    """What the chart says, in a sentence or two."""
    if not found.enough:
        said = ngettext(
            "%(points)d figure: too few points to judge. It takes %(fewest)d to tell change from chance.",
            "%(points)d figures: too few points to judge. It takes %(fewest)d to tell change from chance.",
            found.points,
        )
        return said % {"points": found.points, "fewest": series.FEWEST_POINTS}
    values = {
        "points": found.points,
        "median": plain(found.median),
        "longest": found.longest,
        "most": found.longest_by_chance,
        "crossings": found.crossings,
        "fewest": found.fewest_by_chance,
    }
    first = gettext("%(points)d figures, median %(median)s.") % values
    return f"{first} {_of_change(found) % values}"


def _of_change(found: series.Run) -> str:
    if not found.judged:
        return gettext("So many lie on the median itself that change cannot be told from chance.")
    if "shift" in found.signals:
        return gettext(
            "%(longest)d in a row lie on one side of it; chance brings %(most)d at most. Something has changed, for "
            "better or worse."
        )
    if "crossings" in found.signals:
        return ngettext(
            "The line crosses it %(crossings)d time; chance brings %(fewest)d at least. Something has changed, for "
            "better or worse.",
            "The line crosses it %(crossings)d times; chance brings %(fewest)d at least. Something has changed, for "
            "better or worse.",
            found.crossings,
        )
    return gettext("They vary as chance lets them: no sign of a change.")


def _day(on: date) -> str:
    return date_format(on, gettext("j M Y"))
