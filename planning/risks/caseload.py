"""The caseload by month, as the rules read it."""

from datetime import date, timedelta

from .absence import clock
from .months import add_months
from .snapshot import CaseloadMonth, Snapshot


def closed_months(snapshot: Snapshot) -> list[CaseloadMonth]:
    """The recorded months that are over, the earliest first, without those in which the practice rested.

    What a practice does in a month of which it rested a part says nothing of how it runs.
    """
    over = [one for one in snapshot.caseload if add_months(one.month, 1) <= snapshot.as_of]
    return sorted((one for one in over if not rested_in(snapshot, one.month)), key=lambda one: one.month)


def rested_in(snapshot: Snapshot, month: date) -> bool:
    """Whether the practice rested on any day of the month (its first day is given)."""
    following = add_months(month, 1)
    return clock(snapshot, following) > clock(snapshot, month)


def last_day(month: date) -> date:
    """The last day of the month whose first day is given."""
    return add_months(month, 1) - timedelta(days=1)
