"""The hours IMR takes today: which facts of a snapshot they are computed from."""

from planning.capacity import Need, Scenario, need

from .absence import clock
from .months import months_passed, older_than
from .people import active_practitioners
from .snapshot import CaseloadMonth, Snapshot

COUNTS_FOR_MONTHS = 3
NEW_FOR_MONTHS = 12


def counted_month(snapshot: Snapshot) -> CaseloadMonth | None:
    """The caseload that stands for today's: the latest month with patients or groups recorded.

    None when there is no such month, or its first day lies more than three months back: then nobody
    knows what is needed today. While the practice rests the months do not go by.
    """
    latest = next(iter(told_months(snapshot)), None)
    if latest is None or older_than(latest.month, COUNTS_FOR_MONTHS, on=clock(snapshot, latest.month)):
        return None
    return latest


def told_months(snapshot: Snapshot) -> list[CaseloadMonth]:
    """The months with patients or groups recorded, the latest first."""
    told = [one for one in snapshot.caseload if one.individual_patients is not None or one.groups is not None]
    return sorted(told, key=lambda one: one.month, reverse=True)


def new_practitioners(snapshot: Snapshot) -> int:
    """How many active practitioners began within the last twelve months: their training is still to be counted."""
    starts = [one.started_on for one in active_practitioners(snapshot)]
    return sum(
        1 for day in starts if day is not None and not months_passed(day, NEW_FOR_MONTHS, on=clock(snapshot, day))
    )


def need_today(snapshot: Snapshot, scenario: Scenario = "typical") -> Need | None:
    """What today's patients, groups and practitioners take, by the service's own figures; None when not known."""
    month = counted_month(snapshot)
    return None if month is None else need_of(snapshot, month, scenario)


def need_of(snapshot: Snapshot, month: CaseloadMonth, scenario: Scenario = "typical") -> Need:
    """What the patients and groups of a month take, with today's practitioners and the service's own figures.

    One of the two counts may be missing: it is then taken as none. A year without working weeks is no figure of
    anybody's: the default stands in for it.
    """
    return need(
        individual=month.individual_patients or 0,
        groups=month.groups or 0,
        practitioners=len(active_practitioners(snapshot)),
        new=new_practitioners(snapshot),
        own={name: value for name, value in snapshot.capacity if value or name != "working_weeks"},
        scenario=scenario,
    )
