"""What an action plan says of time: needed, set aside, kept, in own time; and what displaced IMR.

Rows of the record and its weekly totals are read as the rules read them, so that plan and flags agree. Nothing here is
of a single person or a single entry.
"""

from datetime import date
from decimal import Decimal

from accounts.models import Service
from planning import conflict_weeks, conflicts
from planning.capacity import SCENARIOS, round_half_up
from planning.models import PriorityConflict, Work
from planning.risks.need import counted_month, need_of
from planning.risks.snapshot import Snapshot, Week

WEEKS_SHOWN = 4


def plain(number: Decimal) -> str:
    """A figure without needless noughts."""
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else str(int(number))


def hours(service: Service, snapshot: Snapshot) -> dict:
    """Hours a week: needed, set aside by kind of work, kept, in own time; of the whole service, never by person."""
    by_work: dict[str, Decimal] = {}
    for work, amount in service.allocations.in_force(snapshot.as_of).values_list("work", "hours_per_week"):
        by_work[work] = by_work.get(work, Decimal(0)) + amount
    counted = [one for one in snapshot.weeks if one.reported][-WEEKS_SHOWN:]
    return {
        "kinds": [
            {"ref": work.value, "work": str(work.label), "hours": plain(by_work.get(work, Decimal(0)))} for work in Work
        ],
        "total": plain(sum(by_work.values(), Decimal(0))),
        "recorded": bool(by_work),
        "need": _need(snapshot),
        "weeks": [_week(one) for one in reversed(counted)],
        "too_few_reported": bool(snapshot.weeks) and not counted,
    }


def _need(snapshot: Snapshot) -> dict | None:
    """The hours a week that IMR takes today, as a range; None when no fresh caseload tells."""
    month = counted_month(snapshot)
    if month is None:
        return None
    tenths = {scenario: round_half_up(10 * need_of(snapshot, month, scenario).week) for scenario in SCENARIOS}
    return {scenario: plain(Decimal(value) / 10) for scenario, value in tenths.items()} | {
        "month_on": month.month.isoformat()
    }


def _week(week: Week) -> dict:
    """One week that counts; without hours set aside, the share kept of them is not told (`planning.weeks`)."""
    return {
        "week_on": week.week.isoformat(),
        "number": week.week.isocalendar().week,
        "set_aside": plain(week.set_aside) if week.set_aside else "",
        "kept": plain(week.kept) if week.set_aside else "",
        "own_time": plain(week.own_time),
    }


def displaced(service: Service, as_of: date) -> dict:
    """How often something displaced IMR, by reason, and how many were answered, by weeks that are known."""
    weeks = conflict_weeks.released_weeks([service], as_of, days=conflicts.COUNTED_DAYS)[service.pk]
    reasons = conflicts.by_reason(weeks)
    codes = {str(label): code for code, label in PriorityConflict.Reason.choices}
    agreement = conflicts.agreement_of(service)
    return {
        "days": conflicts.COUNTED_DAYS,
        "logging": agreement is not None,
        "total": sum(count for _label, count in reasons),
        "answered": sum(len(week.answers) for week in weeks),
        "reasons": [{"ref": codes[label], "reason": label, "count": count} for label, count in reasons],
    }
