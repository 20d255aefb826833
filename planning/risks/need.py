"""The hours IMR takes today: which facts of a snapshot they are computed from."""

from planning.capacity import Need, Scenario, need

from .months import add_months, older_than
from .people import active_practitioners
from .snapshot import CaseloadMonth, Snapshot

COUNTS_FOR_MONTHS = 3
NEW_FOR_MONTHS = 12


def counted_month(snapshot: Snapshot) -> CaseloadMonth | None:
    """The caseload that stands for today's: the latest month with patients or groups recorded.

    None when there is no such month, or its first day lies more than three months back: then nobody
    knows what is needed today.
    """
    told = [one for one in snapshot.caseload if one.individual_patients is not None or one.groups is not None]
    latest = max(told, key=lambda one: one.month, default=None)
    if latest is None or older_than(latest.month, COUNTS_FOR_MONTHS, on=snapshot.as_of):
        return None
    return latest


def new_practitioners(snapshot: Snapshot) -> int:
    """How many active practitioners began within the last twelve months: their training is still to be counted."""
    began_after = add_months(snapshot.as_of, -NEW_FOR_MONTHS)
    starts = [one.started_on for one in active_practitioners(snapshot)]
    return sum(1 for day in starts if day is not None and day > began_after)


def need_today(snapshot: Snapshot, scenario: Scenario = "typical") -> Need | None:
    """What today's patients, groups and practitioners take, by the service's own figures; None when not known.

    Of the counted month one of the two counts may be missing: it is then taken as none. A year without
    working weeks is no figure of anybody's: the default stands in for it.
    """
    month = counted_month(snapshot)
    if month is None:
        return None
    return need(
        individual=month.individual_patients or 0,
        groups=month.groups or 0,
        practitioners=len(active_practitioners(snapshot)),
        new=new_practitioners(snapshot),
        own={name: value for name, value in snapshot.capacity if value or name != "working_weeks"},
        scenario=scenario,
    )
