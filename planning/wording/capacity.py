"""The hours IMR needs, in words: the parts, the figures behind them with their units, and where each comes from."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from planning.capacity import Parameter

from .figures import plain

# By the names of `planning.capacity.PARTS`.
PARTS = {
    "session": _("Sessions"),
    "preparation": _("Preparation and notes"),
    "supervision": _("Supervision"),
    "training": _("Training and boosters"),
    "monitoring": _("Monitoring"),
    "visits": _("Fidelity visits"),
    "travel": _("Travel"),
}

# By the names of `planning.capacity.PARAMETERS`.
NAMES = {
    "session_individual": _("A session with one patient"),
    "session_group": _("A session with a group"),
    "group_leaders": _("Practitioners who lead a group"),
    "group_size": _("Patients in a group"),
    "sessions": _("Sessions in the whole programme"),
    "preparation_individual": _("Preparation and notes, one patient, each session"),
    "preparation_group": _("Preparation for a group, each leader, each session"),
    "notes_group": _("Notes of a group, each session"),
    "supervision": _("Supervision, each practitioner, each week"),
    "boosters": _("Boosters, each practitioner, each year"),
    "training_days": _("Training of a new practitioner"),
    "training_day": _("A day of training"),
    "monitoring": _("Monitoring, each patient, each year"),
    "visits": _("Fidelity visits in the year"),
    "visit": _("The service's time for a fidelity visit"),
    "trips": _("Trips for IMR in the year"),
    "trip": _("A trip, both ways"),
    "working_weeks": _("Working weeks in the year"),
    "drop_out": _("Patients who drop out"),
    "asked_for_each_start": _("Patients asked for each one who starts"),
    "eligible_share": _("Patients of the service whom IMR could be for"),
    "first_year_patients": _("Patients in the first year, each trained practitioner"),
}

# What a figure is given in; one of the unit `times` is only a number.
UNITS = {
    "minutes": _("In minutes."),
    "hours": _("In hours."),
    "percent": _("In percent."),
    "sessions": _("Number of sessions."),
    "people": _("Number of people."),
    "days": _("In days."),
    "weeks": _("In weeks."),
    "visits": _("Number of visits."),
    "trips": _("Number of trips."),
}

SOURCES = {
    "study": _(
        "Egeland and others 2019, the study of nine services that Holdfast rests on (doi 10.1007/s10597-019-00430-8)"
    ),
    "dutch": _("Dutch trials of IMR: Roosenschoon and others 2016 (doi 10.1186/s12888-016-1096-y)"),
    "modules": _("The tables of the IMR modules say 33 to 44; the middle is our choice"),
    "review": _("A review of drop-out from IMR, and the Dutch pilot"),
    "protocol": _("The protocol of the General Organizational Index, 2004"),
    "project": _("Egeland and others 2017: 44 patients, 31 practitioners (doi 10.1186/s13033-017-0120-z)"),
    "ours": _("Our starting value, as no published figure was found"),
}

# What a figure's source does not say of itself; by the name of the parameter.
NOTES = {
    "session_individual": _("as a practitioner told it"),
    "group_size": _("for the top fidelity rating a group has at most 8"),
    "supervision": _("the study says weekly, in groups"),
    "boosters": _("two of four hours"),
    "asked_for_each_start": _("167 asked, 73 started"),
}


def quantity(value: Decimal, unit: str) -> str:
    """A figure with its unit: "45 min", "7.5 h", "1 session", "24 %"; one of the unit `times` stands alone."""
    number, many = plain(value), 1 if value == 1 else 2
    words = {
        "minutes": lambda: gettext("%(number)s min"),
        "hours": lambda: gettext("%(number)s h"),
        "percent": lambda: gettext("%(number)s %%"),
        "sessions": lambda: ngettext("%(number)s session", "%(number)s sessions", many),
        "people": lambda: ngettext("%(number)s person", "%(number)s people", many),
        "days": lambda: ngettext("%(number)s day", "%(number)s days", many),
        "weeks": lambda: ngettext("%(number)s week", "%(number)s weeks", many),
        "visits": lambda: ngettext("%(number)s visit", "%(number)s visits", many),
        "trips": lambda: ngettext("%(number)s trip", "%(number)s trips", many),
    }
    return words[unit]() % {"number": number} if unit in words else number


def default(parameter: Parameter) -> str:
    """The default with its unit; where a source gives a spread, the typical figure and the spread."""
    typical = quantity(parameter.typical, parameter.unit)
    if parameter.low == parameter.high:
        return typical
    return gettext("%(typical)s (from %(low)s to %(high)s)") % {
        "typical": typical,
        "low": plain(parameter.low),
        "high": quantity(parameter.high, parameter.unit),
    }


def source(parameter: Parameter) -> str:
    """Where the default comes from, in a sentence."""
    said, note = SOURCES[parameter.source], NOTES.get(parameter.name)
    return f"{said}; {note}." if note else f"{said}."


def hours(value: Fraction) -> str:
    """Hours with one decimal at most, half up."""
    return plain((Decimal(value.numerator) / value.denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))


def span(low: Fraction, high: Fraction) -> str:
    """Hours from low to high, as short as they can be told apart: "8–11", "2.3–2.9", "4"."""
    whole = [(Decimal(one.numerator) / one.denominator).quantize(Decimal(1), ROUND_HALF_UP) for one in (low, high)]
    ends = [plain(one) for one in whole] if whole[0] >= 5 and whole[0] != whole[1] else [hours(low), hours(high)]
    return ends[0] if ends[0] == ends[1] else "–".join(ends)


def need_sentence(low: Fraction | None, high: Fraction | None, set_aside: Fraction) -> str:
    """The need and the hours set aside, a week, in one sentence; a need that is not known (None) is said to be so."""
    counted = hours(set_aside)
    if low is None or high is None:
        return gettext("Need not known, as no recent caseload is recorded · set aside %(hours)s h a week (counted)") % {
            "hours": counted
        }
    return gettext("Need %(need)s h a week (computed) · set aside %(hours)s h (counted)") % {
        "need": span(low, high),
        "hours": counted,
    }
