"""Figures of the assessments as the active language writes them."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import pgettext

from assessments import scoring
from assessments.models import FEWEST_PATIENTS


def day(value: date) -> str:
    """A day in full: "12 October 2026", "12. oktober 2026"."""
    return format_date(value, pgettext("format of a day", "j F Y"))


def rating(total: Decimal) -> str:
    """A total of a scale with bands, with two decimals unless that would put it into another band."""
    return number_format(scoring.shown(total))


def average(value: Decimal) -> str:
    """A mean of a scale without bands, with two decimals, half up."""
    return number_format(value.quantize(Decimal("0.01"), ROUND_HALF_UP))


def few(count: int | str) -> str:
    """A count of patients as those outside the team may see it: exact from 5, "<5" below, nought as it is."""
    return f"<{FEWEST_PATIENTS}" if isinstance(count, str) or 0 < count < FEWEST_PATIENTS else number_format(count)
