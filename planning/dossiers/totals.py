"""Weeks as totals of the service, as they leave it and come in: hours kept, and conflicts with their answers.

Single check-ins and single conflicts never travel (quality points F14 and F16): what leaves is what others may know,
as `planning.weeks` and `planning.conflict_weeks` say, for rules and plans alike.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from accounts.models import Service
from planning.conflict_weeks import released_weeks
from planning.dossiers.errors import Place
from planning.dossiers.fields import Number, plain
from planning.models import ConflictsOfWeek, HoursOfWeek

HOURS = (
    Number("set_aside", "set_aside_hours"),
    Number("kept", "kept_hours"),
    Number("own_time", "own_time_hours"),
)


def hours(service: Service, as_of: date) -> list[dict]:
    """The totals of the check-ins that are known on that day, the oldest first."""
    totals = HoursOfWeek.objects.released(as_of).filter(service=service).order_by("week")
    return [
        {"week": total.week.isoformat(), "reported": total.reported}
        | {one.name: plain(getattr(total, one.attribute)) for one in HOURS}
        for total in totals
    ]


def conflicts(service: Service, as_of: date) -> list[dict]:
    """The weeks with conflicts that are known on that day, the oldest first; the reasons by their codes."""
    known = []
    for week in released_weeks([service], as_of)[service.pk]:
        item: dict = {"released_on": week.released_on.isoformat(), "reasons": dict(week.reasons)}
        if week.answers:
            item["answers"] = [{"on": day.isoformat(), "state": state} for day, state in week.answers]
        known.append(item)
    return known


def hours_rows(items: Iterable[dict], service: Service) -> list[tuple[Place, HoursOfWeek]]:
    """Rows for the totals of a dossier. Raises DossierError for a figure with too many decimals."""
    rows = []
    for number, item in enumerate(items):
        row = HoursOfWeek(service=service, week=date.fromisoformat(item["week"]), reported=item["reported"])
        for one in HOURS:
            (value,) = one.to_row(item[one.name], ("hours", number, one.name), None).values()
            setattr(row, one.attribute, Decimal(value))
        rows.append((("hours", number), row))
    return rows


def conflict_rows(items: Iterable[dict], service: Service) -> list[tuple[Place, ConflictsOfWeek]]:
    """Rows for the weeks with conflicts of a dossier."""
    return [
        (
            ("conflicts", number),
            ConflictsOfWeek(
                service=service,
                released_on=date.fromisoformat(item["released_on"]),
                reasons=dict(item["reasons"]),
                answers=[dict(answer) for answer in item.get("answers", ())],
            ),
        )
        for number, item in enumerate(items)
    ]
