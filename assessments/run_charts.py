"""A figure over time, in words: what its run chart says of change, and what it cannot say.

From twelve figures on the limits of an XmR chart come beside it, where they are asked for. Each series says which way
is better; none is said to be better by a rule that does not know it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy, ngettext

from accounts import charts
from accounts.chart_images import Image, image
from assessments import control_limits, series
from assessments.figures import average, plain, two_decimals

FEWEST_DRAWN = 2  # a single point is no chart

Better = Literal["up", "down", "neither"]
Scale = tuple[int | None, int | None]

DIRECTIONS = {
    "up": gettext_lazy("Higher is better here."),
    "down": gettext_lazy("Lower is better here."),
    "neither": gettext_lazy("Neither more nor less is better in itself."),
}
SIGNALS = {
    "outside": gettext_lazy("outside the limits"),
    "side": gettext_lazy("seven in a row on one side of the mean"),
    "trend": gettext_lazy("seven that all rise or all fall"),
    "near_limit": gettext_lazy("two of three close to a limit"),
}


@dataclass(frozen=True)
class Row:
    """One figure of the table. `mark`: why it stands out."""

    day: str
    figure: str
    mark: str = ""


@dataclass(frozen=True)
class ShownRun:
    """A run chart, ready to be printed. `marks`: whether there are limits, so that points can stand out."""

    name: str
    sentence: str
    drawn: charts.Run
    first_day: str
    last_day: str
    median_words: str
    rows: tuple[Row, ...]
    limits_words: str = ""
    marks: bool = False


def shown(
    figures: Sequence[tuple[date, Decimal]],
    *,
    name: str,
    better: Better | None = None,
    with_limits: bool = False,
    scale: Scale = (None, None),
) -> ShownRun | None:
    """Figures by their days, the oldest first; None for too few to draw.

    `better`: which way the series gets better, where that is known. `with_limits`: with those of an XmR chart from
    twelve figures on; they rest on the first twelve and stay. `scale`: the least and the most that a figure can be; no
    limit is drawn beyond them.
    """
    if len(figures) < FEWEST_DRAWN:
        return None
    values = [value for _on, value in figures]
    found = series.run(values)
    within = _limits(values) if with_limits else None
    seen = control_limits.signals(values, within) if within else {}
    ends = _ends(within, scale) if within else ()
    return ShownRun(
        name=name,
        sentence=" ".join(
            part for part in (sentence(found), _of_limits(ends, seen), str(DIRECTIONS.get(better, ""))) if part
        ),
        drawn=charts.run_chart(
            [charts.Point(on.toordinal(), Fraction(value)) for on, value in figures],
            in_words=in_words,
            median=None if found.median is None else Fraction(found.median),
            joined=found.enough,
            limits=ends,
            marked={number for points in seen.values() for number in points},
        ),
        first_day=_day(figures[0][0]),
        last_day=_day(figures[-1][0]),
        median_words=gettext("dashed: median %(median)s") % {"median": figure(found.median)} if found.enough else "",
        rows=tuple(
            Row(_day(on), figure(value), ", ".join(str(SIGNALS[rule]) for rule in seen if number in seen[rule]))
            for number, (on, value) in reversed(list(enumerate(figures, 1)))
        ),
        limits_words=gettext("dotted: limits %(low)s and %(high)s") % _in_figures(ends) if ends else "",
        marks=bool(ends),
    )


def as_image(chart: ShownRun, *, width: int) -> Image:
    """The chart for a document: `width` in the pixels of CSS, its sentence as its text."""
    context = {
        "drawn": chart.drawn,
        "id": "run",
        "name": chart.name,
        "said": chart.sentence,
        "first_day": chart.first_day,
        "last_day": chart.last_day,
        "median_words": chart.median_words,
        "limits_words": chart.limits_words,
    }
    return image("components/run_chart_drawing.html", context, width=width, said=chart.sentence)


def figure(value: Decimal) -> str:
    """A figure of the series with at most two decimals; the rules see all of it."""
    return plain(two_decimals(value))


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
        "median": figure(found.median),
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


def _limits(values: Sequence[Decimal]) -> control_limits.Limits | None:
    """The limits by the first twelve figures; None with fewer, and where they never varied."""
    if len(values) < control_limits.FEWEST_POINTS:
        return None
    found = control_limits.limits(values, baseline=control_limits.FEWEST_POINTS)
    return found if found.reach else None


def _ends(within: control_limits.Limits, scale: Scale) -> tuple[Fraction, Fraction]:
    """The lower and the upper limit, as far as the scale goes."""
    least, most = scale
    low = within.low if least is None else max(within.low, Fraction(least))
    return low, within.high if most is None else min(within.high, Fraction(most))


def _of_limits(ends: Sequence[Fraction], seen: dict[control_limits.Signal, tuple[int, ...]]) -> str:
    """What the limits say; empty without them."""
    if not ends:
        return ""
    values = _in_figures(ends)
    if not seen:
        return gettext("By the limits of the first twelve (%(low)s and %(high)s) no figure stands out.") % values
    count = len({number for points in seen.values() for number in points})
    said = ngettext(
        "By the limits of the first twelve (%(low)s and %(high)s) %(count)d figure stands out: %(why)s.",
        "By the limits of the first twelve (%(low)s and %(high)s) %(count)d figures stand out: %(why)s.",
        count,
    )
    why = get_text_list([str(SIGNALS[rule]) for rule in seen], gettext("and"))
    return said % (values | {"count": count, "why": why})


def _in_figures(ends: Sequence[Fraction]) -> dict[str, str]:
    return {name: average(_decimal(value)) for name, value in zip(("low", "high"), ends, strict=True)}


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def _day(on: date) -> str:
    return date_format(on, gettext("j M Y"))
