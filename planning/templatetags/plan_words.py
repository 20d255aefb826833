"""Days and figures of a frozen document, written as the active language writes them."""

from collections.abc import Sequence
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
def unbroken(words: str) -> str:
    """`words` that stay on one line, for a day in a narrow column."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


@register.filter
def number(value: str) -> str:
    """A figure kept with a point, with the language's decimal sign."""
    return number_format(Decimal(value))


@register.filter
def halves(items: Sequence) -> list[Sequence]:
    """The first half of a list and the rest, for two columns; an odd one goes to the first."""
    middle = (len(items) + 1) // 2
    return [half for half in (items[:middle], items[middle:]) if half]


def _date(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
