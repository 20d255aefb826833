"""The days of a dossier moved along with the day it is seen from, so that an example is always of last month.

Days keep their distance in whole months and then days, as people count back: "last month" stays last month, and the
last day of a month stands in for a day that a shorter month does not have. What hangs on the calendar keeps its place
in it: weeks move by whole weeks, so that Mondays stay Mondays and the last full week stays that, and months by whole
months. The answers to a week's conflicts move with their week.
"""

import copy
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from planning.clock import monday_of
from planning.dossiers import schema
from planning.dossiers.checks import there_and_back
from planning.dossiers.errors import DossierError, Place, shown


def dated_anew(day: str, *, seen_from: date, today: date) -> date:
    """A day of the file, as far from `today` as it was from the day the file was seen from.

    Counted from the day seen from, back or ahead, so that a file moved to its own day does not change.
    """
    return today + relativedelta(date.fromisoformat(day), seen_from)


def moved(content: dict, *, to: date) -> dict:
    """The content seen from another day. Raises DossierError for a day that would leave the calendar."""
    anew = copy.deepcopy(content)
    seen_from = date.fromisoformat(content["as_of"])
    for mark in schema.marks(content):
        if mark.kind in MOVE:
            _put(anew, mark.place, _moved(content, mark, seen_from=seen_from, to=to))
    return anew


def _moved(content: dict, mark: schema.Mark, *, seen_from: date, to: date) -> str:
    try:
        if mark.place[0] == "conflicts" and mark.kind == "day":
            days = _weeks(seen_from, to)
            return (date.fromisoformat(mark.value) + days).isoformat()
        return MOVE[mark.kind](mark.value, seen_from, to)
    except (OverflowError, ValueError):
        raise DossierError(
            mark.place, f"{shown(mark.value)} would leave the calendar when moved; choose an --as-of that is nearer."
        ) from None


def _weeks(seen_from: date, to: date) -> timedelta:
    """Whole weeks between the two."""
    return monday_of(to) - monday_of(seen_from)


def _day(text: str, seen_from: date, to: date) -> str:
    return dated_anew(text, seen_from=seen_from, today=to).isoformat()


def _monday(text: str, seen_from: date, to: date) -> str:
    return (date.fromisoformat(text) + _weeks(seen_from, to)).isoformat()


def _month(text: str, seen_from: date, to: date) -> str:
    months = 12 * (to.year - seen_from.year) + to.month - seen_from.month
    return f"{date.fromisoformat(f'{text}-01') + relativedelta(months=months):%Y-%m}"


def _moment(text: str, seen_from: date, to: date) -> str:
    """The same time on the wall; an hour later in the night in which the clocks go forward over it."""
    day, mark, clock = text.partition("T")
    local = _day(day, seen_from, to) + mark + clock
    return there_and_back(datetime.fromisoformat(local)).isoformat(timespec="minutes") if clock else local


MOVE = {"day": _day, "monday": _monday, "month": _month, "moment": _moment}


def _put(content: dict, place: Place, value: str) -> None:
    *way, last = place
    for part in way:
        content = content[part]
    content[last] = value
