"""Days and figures as the active language writes them."""

from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from django.utils.dateformat import format as format_date
from django.utils.formats import number_format
from django.utils.translation import pgettext

from assessments.figures import plain as plain
from planning.risks.fidelity import LOW_FLAG_TOTAL, LOW_WATCH_TOTAL
from planning.risks.finding import FEWEST_SHOWN

RATING_PLACES = 2


def day(value: date) -> str:
    """A day in full: "12 October 2026", "12. oktober 2026"."""
    return format_date(value, pgettext("format of a day", "j F Y"))


def limit(value: Decimal) -> str:
    """A limit on a scale, with the one decimal it is stated with."""
    return number_format(value.quantize(Decimal("0.1")))


def rating(total: Decimal) -> str:
    """A fidelity rating with two decimals; with more where two would put it into another band."""
    return on_scale(total, LOW_FLAG_TOTAL, LOW_WATCH_TOTAL)


def on_scale(figure: Decimal, *limits: Decimal) -> str:
    """A mean with two decimals, half up; with more where two would put it on the other side of a limit.

    Limits are tested on the unrounded figure: 3.996 is not yet 4.
    """

    def sides(value: Decimal) -> list[bool]:
        return [value >= one for one in limits]

    rounded = figure.quantize(Decimal(1).scaleb(-RATING_PLACES), ROUND_HALF_UP)
    places = RATING_PLACES
    while sides(rounded) != sides(figure):
        places += 1
        rounded = figure.quantize(Decimal(1).scaleb(-places), ROUND_DOWN)
    return number_format(rounded)


def few(count: int | str) -> str:
    """A count of patients as those outside the team may see it: exact from 5, "<5" below, nought as it is.

    What evidence does not state exactly is a string already, and stays as it is.
    """
    if isinstance(count, str):
        return count
    return f"<{FEWEST_SHOWN}" if 0 < count < FEWEST_SHOWN else number_format(count)
