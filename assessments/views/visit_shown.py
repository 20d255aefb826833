"""A visit's report as its page shows it: the two side by side, the totals, the profile, how far the two agreed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import profile_chart
from accounts.charts import Point
from assessments import scoring
from assessments.figures import day, few
from assessments.figures import rating as in_words
from assessments.forms.visit import about, named
from assessments.instruments import Instrument
from assessments.models import Recommendation, Visit
from assessments.visit_report import Earlier, GivenItem, ReportedItem, ReportedScale, VisitReport, to_talk_about
from assessments.visits import definitions_of
from assessments.wording import BANDS, CHANGES, note_on, said

LIMITS = (3, 4)  # where the bands begin, drawn as lines
MOST_LOWEST = 4  # items that a sentence names


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
class Line:
    """A line of how far the two agreed."""

    name: str
    words: str
    beside: str = ""


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
    apart = ""
    if one.steps is None:
        apart = "" if one.agreed else _("rated by one or none")
    elif one.steps:
        apart = ngettext("%(count)d step apart", "%(count)d steps apart", one.steps) % {"count": one.steps}
    return Row(
        name=named(one.item),
        first=words_of(one.first, exact=exact),
        second=words_of(one.second, exact=exact),
        apart=apart,
        agreed=words_of(one.agreed, exact=exact) if one.agreed else (),
        key=about(scale.instrument, one.item),
        may_improve=one.agreed is not None and one.agreed.rating is not None and one.agreed.rating < LIMITS[-1],
    )


def words_of(given: GivenItem, *, exact: bool) -> tuple[str, ...]:
    """A rating, then what is behind it."""
    notes = []
    if given.counts:
        notes.append(counts_in_words(given.counts, exact=exact))
    if given.proposed is not None and given.proposed != given.rating:
        notes.append(_("the record's counts spoke for %(rating)d") % {"rating": given.proposed})
    if given.note:
        notes.append(given.note)
    if given == GivenItem():
        return ("–",)
    if given.rating is None:
        return (_("not rateable"), *filter(None, [given.not_rateable]), *notes)
    return (str(given.rating), *notes)


def counts_in_words(counts: Mapping[str, int], *, exact: bool) -> str:
    """How many get it, of how many."""

    def shown(count: int) -> str:
        return number_format(count) if exact else few(count)

    words = {"receiving": shown(counts["receiving"])}
    if "eligible" in counts:
        return _("%(receiving)s of %(eligible)s it could be for") % {**words, "eligible": shown(counts["eligible"])}
    return _("%(receiving)s, in a service meant for %(target)s") % {**words, "target": shown(counts["target"])}


def both_gave(one: ReportedItem, raters: tuple[str, str]) -> list[str]:
    """What each gave an item, a line each, for the two who settle it."""
    return [
        f"{name}: {', '.join(words_of(given, exact=True))}"
        for name, given in zip(raters, (one.first, one.second), strict=True)
    ]


def reached(against: Mapping, *, exact: bool) -> str:
    """What those reached were counted against, in a sentence; empty where it was not rated."""
    if not against:
        return ""
    shown = number_format if exact else few
    words = {"receiving": shown(against["receiving"]), "against": shown(Decimal(against["against"]))}
    if against["estimated"]:
        return (
            _(
                "Reached: %(receiving)s of an estimated %(against)s, 80 %% of those the service is meant for, as "
                "nobody tracks who is eligible."
            )
            % words
        )
    return _("Reached: %(receiving)s of %(against)s who are eligible.") % words


# ------------------------------------------------------------------------------------------------
# Totals
# ------------------------------------------------------------------------------------------------

# What a result means, and what it does not.
MEANS = {
    "imr_fidelity": lambda: _(
        "It says how closely IMR was given as described, by those the visit covers, at that time. It does not say "
        "whether patients get better, how able anybody is, or whether IMR will last."
    ),
    "goi": lambda: _(
        "It says whether the organisation has in place what keeps a practice going. It does not say how well anybody "
        "works, and a high fidelity does not make up for it."
    ),
}


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


def total_sentence(scale: ReportedScale) -> str:
    """The mean with its band and how it compares; why there is none otherwise."""
    instrument = scale.instrument
    if scale.total is None:
        return _("%(rated)d of the items are rated: too few for a mean, which takes %(fewest)d. Look at the items.") % {
            "rated": scale.rated,
            "fewest": instrument.total.fewest,
        }
    words = {"figure": in_words(scale.total, instrument), "band": BANDS[scale.band]}
    if not scale.earlier:
        return _("Mean %(figure)s of 5: %(band)s. It is the first one on record.") % words
    before = scale.earlier[-1]
    words |= {
        "change": CHANGES[scoring.change(before.total, scale.total, instrument)],
        "before": in_words(before.total, instrument),
        "day": day(before.on),
    }
    return _("Mean %(figure)s of 5: %(band)s, %(change)s (%(before)s on %(day)s).") % words


def agreement_lines(scale: ReportedScale) -> list[Line]:
    """How far the two agreed before they talked, in the order exact, within one, AC2, kappa."""
    found = scale.agreement
    if found is None:
        return []
    published = scale.published_exact
    lines = [
        Line(
            _("The same rating"),
            percent(found.exact),
            _("published: %(share)s") % {"share": percent(published)} if published else "",
        ),
        Line(_("At most one step apart"), percent(found.within_one)),
        Line(_("Gwet's AC2"), coefficient(found.ac2), _("1 is full agreement")),
    ]
    if found.kappa is not None and found.kappa_says_something:
        lines.append(
            Line(
                _("Weighted kappa"),
                coefficient(found.kappa),
                _("falls to nought when nearly all ratings are the same, even if the two agree"),
            )
        )
    return lines


def percent(share: Fraction) -> str:
    """A share as a whole percentage, half up."""
    return _("%(figure)s %%") % {"figure": number_format(scoring.rounded(share * 100, 0))}


def coefficient(figure: Fraction) -> str:
    """Two decimals, half up."""
    return number_format(scoring.rounded(figure, scoring.SHOWN_PLACES))


def groups_of(scale: ReportedScale) -> list[tuple[str, str]]:
    """The means of the groups that are ours and no published ones; those with too few items are left out."""
    rated = {one.item.key: one.agreed.rating for one in scale.items if one.agreed and one.agreed.rating is not None}
    means = scoring.score(rated, scale.instrument).subscales
    return [
        (str(said(part.name)), in_words(means[part.key], scale.instrument))
        for part in scale.instrument.subscales
        if means[part.key] is not None
    ]


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


def rating_of(one: ReportedItem) -> str:
    """The agreed rating, or that there is none."""
    return _("not rated") if one.agreed is None or one.agreed.rating is None else str(one.agreed.rating)


def profile_sentence(scale: ReportedScale) -> str:
    """How many items stand high, and which stand low."""
    ratings = [one.agreed.rating for one in scale.items if one.agreed and one.agreed.rating is not None]
    high = sum(scoring.band(one, scale.instrument) == scale.instrument.bands[0].key for one in ratings)
    words = {"high": high, "rated": len(ratings)}
    low = scale.lowest()
    if not low:
        return _("%(high)d of %(rated)d items are at 4 or 5, and none is under 3.") % words
    names = [f"{named(one.item)} ({one.agreed.rating})" for one in low[:MOST_LOWEST]]
    if len(low) > MOST_LOWEST:
        names.append(_("%(count)d more") % {"count": len(low) - MOST_LOWEST})
    return _("%(high)d of %(rated)d items are at 4 or 5. Under 3: %(names)s.") % {
        **words,
        "names": get_text_list(names, _("and")),
    }


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
