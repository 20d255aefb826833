"""From the text of a cell to a value: counts, hours, days, months. Norwegian and English ways of writing are taken."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils import dates, translation
from django.utils.translation import gettext as _

BLANK = {"", "-", "–", "—"}  # a dash is how Holdfast itself shows what is not known
MOST_SHOWN = 40  # characters of a cell in a message

WHOLE = re.compile(r"-?(?:\d{1,12}|\d{1,3}(?: \d{3}){1,3})(?:[.,]0{1,9})?")
NUMBER = re.compile(r"-?\d{1,9}(?:[.,]\d{1,9})?")
ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
DAY = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{2}|\d{4})")
ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
NAMED_MONTH = re.compile(r"([^\W\d]+)\.?[ .,-]*(\d{2}|\d{4})")
YEARS = range(2000, 2101)


class CellError(ValueError):
    """What is wrong with a cell, in a sentence without its address."""


def is_blank(text: str) -> bool:
    """Whether a cell says nothing."""
    return text in BLANK


def quoted(text: str) -> str:
    """The cell as a message repeats it."""
    shown = text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]}…"
    return _("“%(text)s”") % {"text": shown}


def refuse_formula(text: str) -> None:
    """Raise CellError for a formula: what it comes to is not in the sheet, or is older than the sheet."""
    if text.startswith("="):
        raise CellError(_("there is a formula in it. Write the figure itself, or paste it as a value."))


def whole(text: str, *, most: int) -> int:
    """A count, such as 12 or 1 200. Raises CellError."""
    refuse_formula(text)
    if not WHOLE.fullmatch(text):
        raise CellError(_("%(cell)s is not a whole number, as in 3.") % {"cell": quoted(text)})
    count = int(re.split(r"[.,]", text.replace(" ", ""))[0])
    if text.startswith("-"):
        raise CellError(_("%(cell)s is below 0.") % {"cell": quoted(text)})
    if count > most:
        raise CellError(_("%(cell)s is more than %(most)d.") % {"cell": quoted(text), "most": most})
    return count


def hours(text: str, *, least: Decimal, most: Decimal) -> Decimal:
    """Hours with a decimal comma or point, two decimals at most. Raises CellError."""
    refuse_formula(text)
    if not NUMBER.fullmatch(text):
        raise CellError(_("%(cell)s is not a number, as in 2.5 or 2,5.") % {"cell": quoted(text)})
    value = Decimal(text.replace(",", "."))
    if not least <= value <= most:
        raise CellError(
            _("%(cell)s is not between %(least)s and %(most)s.") % {"cell": quoted(text), "least": least, "most": most}
        )
    if value != value.quantize(Decimal("0.01")):
        raise CellError(_("%(cell)s has more than two decimals.") % {"cell": quoted(text)})
    return value


def day(text: str) -> date:
    """A day: 24.12.2026 or 2026-12-24. Raises CellError."""
    refuse_formula(text)
    found = None
    if match := ISO_DAY.fullmatch(text):
        found = _date(*match.groups())
    elif match := DAY.fullmatch(text):
        found = _date(*reversed(match.groups()))
    if found is None:
        raise CellError(_("%(cell)s is not a date, as in 24.12.2026.") % {"cell": quoted(text)})
    return found


def month(text: str) -> date:
    """The first day of a month: 2026-11, 11.2026, "november 2026", "nov.26", or any day in it. Raises CellError."""
    refuse_formula(text)
    found = None
    if match := ISO_MONTH.fullmatch(text):
        found = _date(*match.groups(), "1")
    elif match := MONTH.fullmatch(text):
        found = _date(match[2], match[1], "1")
    elif (match := NAMED_MONTH.fullmatch(text)) and (number := month_names().get(match[1].casefold())):
        found = _date(match[2], str(number), "1")
    elif match := ISO_DAY.fullmatch(text):
        found = _date(*match.groups())
    elif match := DAY.fullmatch(text):
        found = _date(*reversed(match.groups()))
    if found is None:
        raise CellError(_("%(cell)s is not a month, as in 2026-11.") % {"cell": quoted(text)})
    return found.replace(day=1)


@cache
def month_names() -> Mapping[str, int]:
    """Numbers of months by their names and short names in every language of the product."""
    names = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for number in range(1, 13):
                for name in (dates.MONTHS[number], dates.MONTHS_3[number], dates.MONTHS_AP[number]):
                    names[str(name).casefold().rstrip(".")] = number
    return names


def _date(year: str, month_number: str, day_number: str) -> date | None:
    # Two digits of a year are of this century: spreadsheets write "nov.26".
    full_year = int(year) + 2000 if len(year) == 2 else int(year)
    if full_year not in YEARS:
        return None
    try:
        return date(full_year, int(month_number), int(day_number))
    except ValueError:
        return None
