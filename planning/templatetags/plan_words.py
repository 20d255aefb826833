"""Days and figures of a frozen plan, written as the active language writes them."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import pgettext

register = template.Library()


@register.filter
def day(value: str | date) -> str:
    """An ISO date as "22 November 2026"; in Bokmål "22. november 2026"."""
    return format_date(_date(value), pgettext("format of a day", "j F Y"))


@register.filter
def short_day(value: str | date) -> str:
    """An ISO date as "22 Nov 2026", for narrow columns; in Bokmål "22. nov. 2026"."""
    return format_date(_date(value), pgettext("format of a day in a narrow column", "j M Y"))


@register.filter
def month(value: str | date) -> str:
    """An ISO date as "November 2026"."""
    return format_date(_date(value), pgettext("format of a month", "F Y"))


@register.filter
def number(value: str) -> str:
    """A figure kept with a point, with the language's decimal sign."""
    return number_format(Decimal(value))


def _date(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
