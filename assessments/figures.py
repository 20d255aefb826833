"""Figures of the assessments as the active language writes them."""

from datetime import date
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext

from assessments import scoring
from assessments.instruments import IMR_FIDELITY, Instrument
from assessments.models import FEWEST_PATIENTS


def day(value: date) -> str:
    """A day in full: "12 October 2026", "12. oktober 2026"."""
    return format_date(value, pgettext("format of a day", "j F Y"))


def rating(total: Decimal, instrument: Instrument = IMR_FIDELITY) -> str:
    """A total of a scale with bands, with two decimals unless that would put it into another band."""
    return number_format(scoring.shown(total, instrument))


def two_decimals(value: Decimal) -> Decimal:
    """A mean of a scale without bands as it is shown: half up."""
    return scoring.rounded(value, scoring.SHOWN_PLACES)


def average(value: Decimal) -> str:
    """The same, as the active language writes it."""
    return number_format(two_decimals(value))


def plain(value: Decimal) -> str:
    """A figure without needless noughts, with the language's decimal sign."""
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)))


def within_bounds(value: Decimal, bound: str) -> str:
    """A mean as it may be shown. `bound` is "most" or "least" where it is only the limit beyond which the mean lies."""
    figure = average(value)
    match bound:
        case "most":
            return gettext("%(figure)s or more") % {"figure": figure}
        case "least":
            return gettext("%(figure)s or less") % {"figure": figure}
    return figure


def small(count: int | Decimal) -> int | Decimal | str:
    """A count of patients as those outside the team may know it."""
    return f"<{FEWEST_PATIENTS}" if 0 < count < FEWEST_PATIENTS else count


def few(count: int | Decimal | str) -> str:
    """A count of patients as those outside the team may see it: exact from 5, "<5" below, nought as it is."""
    shown = count if isinstance(count, str) else small(count)
    return shown if isinstance(shown, str) else number_format(shown)
