"""Sparse dossiers, a few facts each, with what the catalogue must answer.

Written from the definitions of the entries and of the capacity model, not from the rules' code: each case is one
sentence of a definition, at, above or below its limit. Everything is seen from Wednesday 25 November 2026.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

AS_OF = date(2026, 11, 25)
LAST_WEEK = date(2026, 11, 16)  # the last full week's Monday

FLAGGED, WATCH, CLEAR = "flagged", "watch", "clear"
MISSING, NOT_APPLICABLE, PAUSED, TOO_FEW = "missing", "not_applicable", "paused", "too_few_people"


@dataclass(frozen=True)
class Case:
    """One dossier and the answer of one entry: a status, or the reason why it is not known ("" for any)."""

    says: str
    entry: str
    answer: str
    dossier: dict


def case(says: str, entry: str, answer: str, *, service: dict | None = None, **lists) -> Case:
    """A case; `service` says more of it than its key and name."""
    about = {"key": "sparse", "name": "Sparse"} | (service or {})
    return Case(says, entry, answer, {"format": "holdfast-dossier/1", "as_of": f"{AS_OF}", "service": about, **lists})


def day(days: int = 0, *, months: int = 0, years: int = 0) -> str:
    """So long before the day it is seen from; ahead of it where negative."""
    return (AS_OF - relativedelta(years=years, months=months) - timedelta(days=days)).isoformat()


def week(back: int = 0) -> str:
    """The Monday of the last full week, or of one so many weeks before it."""
    return (LAST_WEEK - timedelta(weeks=back)).isoformat()


def month(back: int = 1) -> str:
    """The last month that has ended, or one so many months ago."""
    return f"{AS_OF - relativedelta(months=back):%Y-%m}"


def practitioner(ref: str = "p1", **fields) -> dict:
    """A practitioner of whom no more is known than said."""
    return {"ref": ref, "role": "practitioner", **fields}


def leader(**fields) -> dict:
    """A leader of whom no more is known than said."""
    return {"ref": "leader", "role": "leader", **fields}


def hours(of: str = "p1", amount: float = 2, work: str = "session") -> dict:
    """Hours a week set aside since half a year."""
    return {"member": of, "work": work, "hours_per_week": amount, "starts_on": day(months=6)}


def kept(back: int, share: int, own_time: float = 0) -> dict:
    """A week in which so many per cent of 20 hours were kept."""
    return {"week": week(back), "reported": 3, "set_aside": 20, "kept": share / 5, "own_time": own_time}


def conflicts(many: int, released_on: str, *answered_on: str) -> dict:
    """Conflicts of one week, and the days on which some of them were answered."""
    known = {"released_on": released_on, "reasons": {"meeting": many}}
    return known | ({"answers": [{"on": on, "state": "planned"} for on in answered_on]} if answered_on else {})


def said(entry: str, effect: str = "hinders", *, on: str = "", **fields) -> dict:
    """Something that was said of an entry, last month."""
    on = on or day(months=1)
    return {"entry": entry, "effect": effect, "on": on, "source": "focus_group", "text": "It was said.", **fields}


def empty(name: str, on: str = "") -> dict:
    """Somebody said last week that there is nothing to write in a list."""
    return {"list": name, "on": on or day(7)}


def ils(*, on: str = "", answers: int = 6, **means) -> dict:
    """What staff answered: 3 on every sub-scale but those given."""
    every = {"proactive": 3, "knowledgeable": 3, "supportive": 3, "perseverant": 3}
    return {"rated_on": on or day(months=2), "answers": answers, "minimum": 5} | every | means


JOINED = {"joined_on": day(years=2)}
