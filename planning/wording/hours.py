"""Time in one view, in words: the four figures, the sentence above them, why one is not known."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts import charts
from planning.hours_in_view import HoursInView
from planning.models import PriorityConflict

from .capacity import hours, span

WHY_UNKNOWN = {
    "no_weeks": _("Not known yet: no week that was checked in on has gone by."),
    "too_few": _(
        "Not known: in none of the last eight weeks did at least three people answer the weekly check-in. In a smaller "
        "team the hours show once every practitioner has agreed to it."
    ),
    "few_hold_hours": _(
        "Not known: too few people hold the hours, or one holds more than half, so that the total would be nearly one "
        "person's. It shows once every practitioner has agreed to it."
    ),
    "nothing_set_aside": _("Not known: no hours are set aside that could have been kept."),
}


@dataclass(frozen=True)
class ShownWeek:
    """One of the weeks that kept and displaced rest on."""

    words: str
    set_aside: str
    kept: str
    displaced: str


@dataclass(frozen=True)
class ShownHours:
    """Time in one view, ready to be printed."""

    name: str
    sentence: str
    drawn: charts.Bars
    rows: tuple[charts.Bar, ...]  # the same as a table, with a note on what each figure rests on
    weeks: tuple[ShownWeek, ...]
    reasons: tuple[tuple[str, int], ...]
    known: bool
    why_unknown: str
    agreed: bool
    logging: bool  # conflicts are logged, so that no reason means no conflict


def shown(view: HoursInView) -> ShownHours:
    """The chart, its table and its sentence."""
    rows = (_needed(view), _promised(view), _kept(view), _displaced(view))
    return ShownHours(
        name=gettext("Hours a week: needed, promised, kept, displaced"),
        sentence=sentence(view),
        drawn=charts.bars(rows),
        rows=rows,
        weeks=tuple(
            ShownWeek(
                week_words(one.week),
                hours(Fraction(one.set_aside)),
                hours(Fraction(one.kept)),
                hours(Fraction(one.set_aside - one.kept)),
            )
            for one in reversed(view.weeks)
        ),
        reasons=tuple((str(PriorityConflict.Reason(code).label), count) for code, count in view.reasons),
        known=bool(view.weeks),
        why_unknown=str(WHY_UNKNOWN[view.why_unknown]) if view.why_unknown else "",
        agreed=view.agreed,
        logging=view.logging,
    )


def sentence(view: HoursInView) -> str:
    """The four figures in a sentence or two; what is not known is said to be so."""
    values = {"promised": hours(view.promised)}
    if view.need is not None:
        values["need"] = hours(view.need.typical)
        first = (
            gettext("IMR needs about %(need)s hours a week; %(promised)s are set aside")
            if view.promised
            else gettext("IMR needs about %(need)s hours a week; none are set aside")
        )
    elif view.promised:
        first = gettext(
            "What IMR needs is not known, as no recent caseload is recorded; %(promised)s h a week are set aside"
        )
    else:
        first = gettext("What IMR needs is not known, as no recent caseload is recorded; no hours are set aside")
    if view.kept is None and not view.promised:
        return f"{first % values}."
    if view.kept is None:
        return gettext("%(first)s. How much of it was kept is not known.") % {"first": first % values}
    rest = {"first": first % values, "kept": hours(view.kept), "then": hours(view.set_aside_then)}
    if view.set_aside_then == view.promised:
        return gettext("%(first)s, %(kept)s were kept.") % rest
    return gettext("%(first)s. Of %(then)s a week set aside lately, %(kept)s were kept.") % rest


def _needed(view: HoursInView) -> charts.Bar:
    label = gettext("Needed")
    if view.need is None:
        return charts.Bar(
            label, gettext("not known"), note=gettext("Not known: no caseload of the last three months is recorded.")
        )
    low, typical, high = view.need.low, view.need.typical, view.need.high
    return charts.Bar(
        label,
        gettext("%(span)s h, computed") % {"span": span(low, high)},
        until=high,
        least=low,
        middle=typical,
        note=gettext("Typically %(typical)s h. From the caseload and the figures that the need is computed from.")
        % {"typical": hours(typical)},
    )


def _promised(view: HoursInView) -> charts.Bar:
    return charts.Bar(
        gettext("Promised"),
        gettext("%(hours)s h, counted") % {"hours": hours(view.promised)},
        until=view.promised,
        note=gettext("Set aside today for people who are there to use it."),
    )


def _kept(view: HoursInView) -> charts.Bar:
    label = gettext("Kept")
    if view.kept is None:
        return charts.Bar(label, gettext("not known"), note=str(WHY_UNKNOWN[view.why_unknown]))
    return charts.Bar(
        label,
        gettext("%(hours)s h, counted") % {"hours": hours(view.kept)},
        until=view.kept,
        note=ngettext(
            "In %(weeks)d week of the last eight, from the weekly check-ins.",
            "On average over %(weeks)d weeks of the last eight, from the weekly check-ins.",
            len(view.weeks),
        )
        % {"weeks": len(view.weeks)},
    )


def _displaced(view: HoursInView) -> charts.Bar:
    label = gettext("Displaced")
    if view.displaced is None:
        return charts.Bar(label, gettext("not known"), note=str(WHY_UNKNOWN[view.why_unknown]))
    return charts.Bar(
        label,
        gettext("%(hours)s h, computed") % {"hours": hours(view.displaced)},
        since=view.kept,
        until=view.set_aside_then,
        note=gettext("Set aside in those weeks (%(hours)s h) less kept.") % {"hours": hours(view.set_aside_then)},
    )


def week_words(monday) -> str:
    """A week by its number and its Monday: "Week 45, from 2 Nov"."""
    return gettext("Week %(number)d, from %(day)s") % {
        "number": monday.isocalendar().week,
        "day": date_format(monday, gettext("j M")),
    }
