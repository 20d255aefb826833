"""Entries that rest on other published work than the study; each belongs to the theme its source speaks of."""

from .finding import Finding, unknown
from .snapshot import Snapshot

MONEY_FLAG_MONTHS = 6
MONEY_WATCH_MONTHS = 12


def money_undecided(snapshot: Snapshot) -> Finding:
    """Money for IMR is not decided far enough ahead.

    Why: money was among the reasons given for stopping at 49 US sites followed for six years (Bond and
    others 2014).
    Threshold: flagged without decided money or posts beyond the next 6 months, or when start-up money ends
    with nothing after it; watch under 12 months.
    Money is not yet in the record: the entry goes by what is reported.
    """
    return unknown()


HANDS_MONTHS = 12
HANDS_SHARE_PARTS = 3  # one in so many


def hands_lost(snapshot: Snapshot) -> Finding:
    """People changed, and IMR was not handed over.

    Why: turnover of supervisors went with practices that did not survive (Peterson and others 2014), as did
    turnover of staff (Bond and others 2014).
    Threshold: flagged when the leader, the supervisor or a third of the active practitioners changed within
    12 months and the successors are not trained or were not handed over to.
    Changes and handovers are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


REACH_MONTHS = 12
REACH_FLAG_PERCENT = 25
REACH_WATCH_PERCENT = 50


def low_reach(snapshot: Snapshot) -> Finding:
    """IMR is offered to few of those it is meant for.

    Why: reach ("penetration") is an item of the General Organizational Index.
    Threshold: a year after the start, flagged when under a quarter of the eligible patients were offered
    IMR, watch under a half.
    Caseload is not yet in the record: the entry goes by what is reported.
    """
    return unknown()


UNBACKED_MONTHS = 12


def leader_unbacked(snapshot: Snapshot) -> Finding:
    """The leader stands alone with the priority.

    Why: lasting programmes name commissioners and system leaders; C met about support from several levels
    (Results, Uncertainty About Long-Term Priorities).
    Threshold: flagged when the leader's own leader has not confirmed the priority for 12 months, or the last
    memo to the next level has waited that long for an answer.
    Confirmations are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


def programme_burden(snapshot: Snapshot) -> Finding:
    """The programme is felt to be too much.

    Why: most found the programme comprehensive and time-consuming, in C two thought it perhaps too
    demanding for low-functioning patients (Results, Guided by Patient Reception); users of parts of it
    said the like (Salyers and others 2009).
    Threshold: none. Reported only: nobody can count how demanding something feels.
    """
    return unknown()
