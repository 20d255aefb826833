"""A visit's report as its page shows it: the two side by side, the totals, the profile, how far the two agreed."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts import profile_chart
from accounts.charts import Point
from assessments import scoring
from assessments.figures import day, few
from assessments.figures import rating as in_words
from assessments.instruments import Instrument
from assessments.models import Recommendation, Visit
from assessments.visit_report import Earlier, ReportedItem, ReportedScale, VisitReport, to_talk_about
from assessments.visit_words import (
    LIMITS,
    MEANS,
    Line,
    agreement_lines,
    apart,
    groups_of,
    profile_sentence,
    rating_of,
    reached,
    total_sentence,
    words_of,
)
from assessments.visits import definitions_of
from assessments.wording import about, named, note_on, said


@dataclass(frozen=True)
class Row:
    """One item, side by side."""

    name: str
    first: tuple[str, ...]  # the rating, then its notes
    second: tuple[str, ...]
    apart: str
    agreed: tuple[str, ...]
    key: str  # as recommendations name it
    may_improve: bool  # below the best band


@dataclass(frozen=True)
class Chart:
    """A drawing with its name, the sentence that it comes to, and the same as a table."""

    name: str
    sentence: str
    drawn: profile_chart.Profile | profile_chart.Totals
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[str, ...] = ()  # what stands in the drawing besides


@dataclass(frozen=True)
class Scale:
    """One instrument of the visit as it is shown."""

    key: str
    name: str
    revision: str
    total: str
    means: str
    agreement: tuple[Line, ...]
    profile: Chart | None
    totals: Chart | None
    groups: tuple[tuple[str, str], ...]
    checks: bool
    licence: str
    citation: str


@dataclass(frozen=True)
class Advised:
    """A recommendation with the name of the item that it is about."""

    record: Recommendation
    about: str

    @classmethod
    def of(cls, record: Recommendation, instruments: Iterable[Instrument]) -> "Advised":
        """With the item's name in the version that was rated, if it is about one."""
        names = {about(instrument, item): named(item) for instrument in instruments for item in instrument.described}
        return cls(record, names.get(record.about, ""))


def facts(visit: Visit, *, exact: bool) -> list[tuple[str, str]]:
    """Whom the visit covers, and by which versions it is rated. `exact`: whether the reader may know small counts."""
    found = [(_("Covers"), visit.covers)] if visit.covers else []
    if visit.practitioners is not None:
        found.append((_("Practitioners covered"), number_format(visit.practitioners)))
    if visit.patients is not None:
        found.append((_("Patients covered"), number_format(visit.patients) if exact else few(visit.patients)))
    versions = [f"{said(one.name)} {one.version}" for one in definitions_of(visit)]
    return [*found, (_("Rated by"), get_text_list(versions, _("and")))]


def result(report: VisitReport, *, exact: bool) -> dict:
    """What the page of a visit whose ratings may be seen shows."""
    return {
        "report": report,
        "rows": [row(scale, one, exact=exact) for scale, one in to_talk_about(report)],
        "wide": sum(one.is_wide for scale in report.scales for one in scale.items),
        "scales": [shown_scale(scale, report) for scale in report.scales],
        "reached": reached(report.reached, exact=exact),
    }


# ------------------------------------------------------------------------------------------------
# Side by side
# ------------------------------------------------------------------------------------------------


def row(scale: ReportedScale, one: ReportedItem, *, exact: bool) -> Row:
    """One item."""
    return Row(
        name=named(one.item),
        first=words_of(one.first, exact=exact),
        second=words_of(one.second, exact=exact),
        apart=apart(one),
        agreed=words_of(one.agreed, exact=exact) if one.agreed else (),
        key=about(scale.instrument, one.item),
        may_improve=one.agreed is not None and one.agreed.rating is not None and one.agreed.rating < LIMITS[-1],
    )


def both_gave(one: ReportedItem, raters: tuple[str, str]) -> list[str]:
    """What each gave an item, a line each, for the two who settle it."""
    return [
        f"{name}: {', '.join(words_of(given, exact=True))}"
        for name, given in zip(raters, (one.first, one.second), strict=True)
    ]


# ------------------------------------------------------------------------------------------------
# Totals
# ------------------------------------------------------------------------------------------------


def shown_scale(scale: ReportedScale, report: VisitReport) -> Scale:
    """One instrument."""
    instrument = scale.instrument
    agreed = report.agreed_on is not None
    return Scale(
        key=instrument.key,
        name=said(instrument.name),
        revision=said(instrument.revision),
        total=total_sentence(scale) if agreed else "",
        means=MEANS[instrument.key](),
        agreement=tuple(agreement_lines(scale)),
        profile=profile_of(scale, report) if agreed else None,
        totals=totals_of(scale, report) if agreed and scale.total is not None and scale.earlier else None,
        groups=tuple(groups_of(scale)) if agreed else (),
        checks=any(note_on(one.anchors.confidence) for one in instrument.described if one.anchors),
        licence=said(instrument.licence),
        citation=said(instrument.citation),
    )


# ------------------------------------------------------------------------------------------------
# Charts
# ------------------------------------------------------------------------------------------------


def profile_of(scale: ReportedScale, report: VisitReport) -> Chart:
    """The items of the visit, with those of the visit before."""
    instrument = scale.instrument
    items = [
        profile_chart.ProfileItem(
            label=f"{named(one.item)}: {rating_of(one)}",
            now=one.agreed.rating if one.agreed else None,
            before=one.before[0] if one.before else None,
        )
        for one in scale.items
    ]
    before = tuple(day(on) for on in scale.profiles_of)
    return Chart(
        name=_("%(instrument)s, item by item") % {"instrument": said(instrument.name)},
        sentence=profile_sentence(scale),
        drawn=profile_chart.profile(items, lowest=instrument.lowest, highest=instrument.highest, limits=LIMITS),
        headings=(_("Item"), day(report.on), *before),
        rows=tuple(
            (named(one.item), rating_of(one), *("–" if step is None else str(step) for step in one.before))
            for one in scale.items
        ),
        words=(day(report.on), *before[:1]),
    )


def totals_of(scale: ReportedScale, report: VisitReport) -> Chart:
    """The means over the visits, this one last."""
    instrument: Instrument = scale.instrument
    every = [*scale.earlier, Earlier(report.on, scoring.kept(scale.total))]
    first, last = every[0], every[-1]
    return Chart(
        name=_("%(instrument)s, the means over the visits") % {"instrument": said(instrument.name)},
        sentence=_("%(count)d means: from %(first)s on %(first_day)s to %(last)s on %(last_day)s.")
        % {
            "count": len(every),
            "first": in_words(first.total, instrument),
            "first_day": day(first.on),
            "last": in_words(last.total, instrument),
            "last_day": day(last.on),
        },
        drawn=profile_chart.totals(
            [Point(one.on.toordinal(), Fraction(one.total)) for one in every],
            lowest=instrument.lowest,
            highest=instrument.highest,
            limits=LIMITS,
        ),
        headings=(_("Date"), _("Mean")),
        rows=tuple((day(one.on), in_words(one.total, instrument)) for one in every),
        words=(day(first.on), day(last.on)),
    )
