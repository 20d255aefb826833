"""Theme 3, long-term priorities: how the practice was prepared, and whether patients start in it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import get_args

from . import need
from .absence import clock
from .answer import Evidence, Status
from .caseload import closed_months, last_day, rested_in
from .finding import FEWEST_SHOWN, Finding, beside, measured, said_of, small, unknown, worse
from .months import add_months, older_than
from .snapshot import CaseloadMonth, ReadinessItem, Snapshot


def unprepared_start(snapshot: Snapshot) -> Finding:
    """The start was not fully prepared.

    Why: B had considered neither eligible patients nor the capacity to see them weekly for a year, F had
    no plan for offering IMR to all, many were little briefed (Results, Uncertainty About Long-Term
    Priorities).
    Threshold: flagged when eligible patients, weekly capacity for a year, or briefing is recorded as not checked;
    clear when all three are done. What is not recorded decides neither. A deficit of preparation is hard to make
    up for: it does not fade with time, only by being done, and neither does a reported hindrance until a later
    report says that it is done (product decision; `fades` is false for this entry).
    Ignores: how well it was done, and whether it was before or after the start.
    Severity: how many of the three are not done.
    """
    latest = {}
    for one in sorted(snapshot.readiness, key=lambda one: (one.on, not one.done)):
        latest[one.item] = one  # of two of one day, the one that is not done counts
    open_items = [one for one in latest.values() if not one.done]
    if open_items:
        code, status, on = "not_prepared", Status.FLAGGED, min(one.on for one in open_items)
    elif len(latest) == len(get_args(ReadinessItem)):
        code, status, on = "prepared", Status.CLEAR, max(one.on for one in latest.values())
    elif latest:
        code, status, on = "preparation_not_said", Status.UNKNOWN, max(one.on for one in latest.values())
    else:
        return unknown()
    done = {item: latest[item].done if item in latest else None for item in get_args(ReadinessItem)}
    piece = measured(code, status, on=on, **{item: said_of(fact) for item, fact in done.items()})
    if status is Status.UNKNOWN:
        return unknown(piece)
    return Finding(status, (piece,), severity=Decimal(len(open_items)))


RECRUITMENT_PERCENT = 50
RECRUITMENT_WATCH_MONTHS = 3
RECRUITMENT_FLAG_MONTHS = 6

_PLAN_TELLS_NO_COUNT = -(-100 * (FEWEST_SHOWN - 1) // RECRUITMENT_PERCENT)  # any small count of it is too few
_SPEAKS = ((RECRUITMENT_FLAG_MONTHS, Status.FLAGGED), (RECRUITMENT_WATCH_MONTHS, Status.WATCH))


def no_recruitment(snapshot: Snapshot) -> Finding:
    """Too few patients start IMR.

    Why: the practitioners of E could not recruit patients (Methods, Procedure and Materials).
    Threshold: nobody in the programme in each of the last months recorded without a gap, or half or fewer of the
    planned number started in the last months in which both were recorded: watch from 3 months, flagged from 6.
    Months count when they are over and the practice did not rest in them, and tell of today while the latest
    is at most 3 months old (`need.COUNTS_FOR_MONTHS`). For groups the people recruited are counted. Of patients
    and groups one may be absent: it is then taken as none, if the other is.
    Clear when somebody was in the programme in the latest month, and more than half of the planned number started
    wherever a number was planned.
    Ignores: who the patients are, why they do not start, and how long they stay.
    Severity: 1 half or more of the planned starts are missing, 2 none of those planned came, 3 nobody is in the
    programme. No share: with few patients one could count back from it.
    """
    months = closed_months(snapshot)
    presence, starts = _presence(snapshot, months), _starts(snapshot, months)
    pieces = [one for one in (presence, starts) if one is not None]
    status = worse(*(one.status for one in pieces))
    sure = presence is not None and all(one.status is Status.CLEAR for one in pieces)
    if status is Status.UNKNOWN or (status is Status.CLEAR and not sure):
        return unknown(*(replace(one, status=Status.UNKNOWN) for one in pieces))
    severity = 0
    if starts is not None and starts.status in (Status.FLAGGED, Status.WATCH):
        severity = 1 if starts.value("started") else 2
    if presence is not None and presence.status in (Status.FLAGGED, Status.WATCH):
        severity = 3
    return Finding(status, tuple(pieces), severity=Decimal(severity))


def _presence(snapshot: Snapshot, months: Sequence[CaseloadMonth]) -> Evidence | None:
    """Whether anybody is in the programme, by the latest month that tells; None when none is recent enough."""
    told = [one for one in months if one.individual_patients is not None or one.groups is not None]
    if not told or not _tells_of_today(snapshot, told[-1]):
        return None
    latest = told[-1]
    run = _nobody(snapshot, told)
    if run:
        status = next((status for months, status in _SPEAKS if len(run) >= months), Status.UNKNOWN)
        first = run[-1].month
        return measured(
            "nobody_in_programme", status, on=first, months=len(run), since=first, until=last_day(latest.month)
        )
    patients = latest.individual_patients
    return measured(
        "patients_in_programme",
        Status.CLEAR,
        on=latest.month,
        patients=None if patients is None else small(patients),
        groups=latest.groups,
        until=last_day(latest.month),
    )


def _nobody(snapshot: Snapshot, told: Sequence[CaseloadMonth]) -> list[CaseloadMonth]:
    """The latest months without anybody, the latest first, up to one with somebody or one that is not recorded."""
    run: list[CaseloadMonth] = []
    expected = told[-1].month
    for one in reversed(told):
        while one.month < expected and rested_in(snapshot, expected):
            expected = add_months(expected, -1)
        if one.month != expected or one.individual_patients or one.groups:
            break
        run.append(one)
        expected = add_months(expected, -1)
    return run


def _starts(snapshot: Snapshot, months: Sequence[CaseloadMonth]) -> Evidence | None:
    """How the starts compare with what was planned; None when nothing was planned or nothing recent tells."""
    told = [one for one in months if one.planned_starts is not None and one.started is not None]
    if not told or not _tells_of_today(snapshot, told[-1]):
        return None
    for count, status in _SPEAKS:
        if len(told) >= count and _falls_short(told[-count:]):
            return _started(status, told[-count:])
    lately = told[-RECRUITMENT_WATCH_MONTHS:]
    if not sum(one.planned_starts or 0 for one in lately):
        return None
    if _falls_short(lately):  # for too short a time to speak
        return _started(Status.UNKNOWN, lately)
    return _started(Status.CLEAR, lately)


def _falls_short(months: Sequence[CaseloadMonth]) -> bool:
    planned = sum(one.planned_starts or 0 for one in months)
    started = sum(one.started or 0 for one in months)
    return planned > 0 and 100 * started <= RECRUITMENT_PERCENT * planned


def _started(status: Status, months: Sequence[CaseloadMonth]) -> Evidence:
    code = "starts_as_planned" if status is Status.CLEAR else "few_started"
    started = sum(one.started or 0 for one in months)
    planned = sum(one.planned_starts or 0 for one in months)
    return measured(
        code,
        status,
        on=months[0].month,
        started=small(started),
        planned=beside(started, planned, certain=_PLAN_TELLS_NO_COUNT),
        months=len(months),
        until=last_day(months[-1].month),
    )


def _tells_of_today(snapshot: Snapshot, one: CaseloadMonth) -> bool:
    return not older_than(one.month, need.COUNTS_FOR_MONTHS, on=clock(snapshot, one.month))
