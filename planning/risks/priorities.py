"""Theme 1, priorities: what IMR competes with in the working week."""

from datetime import date, timedelta
from decimal import Decimal

from .absence import first_days_are_over, joined
from .answer import Evidence, Status
from .finding import Finding, measured, unknown
from .people import allocations_in_use, hours_by_person
from .snapshot import Snapshot

UNPROTECTED_FLAG_PERCENT = 80
UNPROTECTED_WATCH_PERCENT = 100


def unprotected_time(snapshot: Snapshot) -> Finding:
    """Weekly hours set aside for IMR against what today's patients and groups need.

    Why: most practitioners were torn between IMR and other duties, while service C had time set aside
    and cleared with colleagues (Results, Prioritization Dilemmas Despite High Autonomy).
    Threshold: flagged under 80 % of the need, watch under 100 %.
    The need takes patients and groups, which the record does not hold; until it does, only the extreme
    is counted: no hours at all, once the first days after joining are over (a product decision).
    Ignores: whether the hours set aside are kept, who has them, and travel that nobody entered.
    Severity: the share of the need that is not covered, in percent.
    """
    in_use = allocations_in_use(snapshot)
    if in_use:
        hours = sum((one.hours for one in in_use), Decimal())
        return unknown(measured("time_set_aside", Status.UNKNOWN, hours=hours))
    if not first_days_are_over(snapshot):
        return unknown()
    day = joined(snapshot)
    return Finding(
        Status.FLAGGED,
        (measured("no_time_set_aside", Status.FLAGGED, on=day, joined_on=day),),
        severity=Decimal(100),
    )


OWN_TIME_DAYS = 90


def own_time(snapshot: Snapshot) -> Finding:
    """IMR work that falls outside working hours, or sessions planned without time to prepare them.

    Why: a practitioner read the manual at home because working hours could not be used for it, others
    refused to use their spare time (Results, Prioritization Dilemmas Despite High Autonomy; service F).
    Threshold: flagged when anybody has hours for sessions and none for preparation, or when IMR work
    in own time was logged in the last 90 days (not yet in the record). No shade between.
    Clear when everybody with hours for sessions has hours for preparation: that is a positive record,
    and own time stays unknown to it in a team too small for its hours to be shown.
    Ignores: how many hours of preparation there are, and that two who lead a group may share it.
    Severity: how many people have sessions without preparation.
    """
    in_use = allocations_in_use(snapshot)
    sessions = hours_by_person(in_use, "session")
    preparation = hours_by_person(in_use, "preparation")
    if not sessions:
        return unknown()
    without = {person for person in sessions if person not in preparation}
    if without:
        on = min(one.starts_on for one in in_use if one.work == "session" and one.person in without)
        piece = measured(
            "sessions_without_preparation", Status.FLAGGED, on=on, without=len(without), people=len(sessions)
        )
    else:
        on = min(one.starts_on for one in in_use if one.work == "preparation" and one.person in sessions)
        piece = measured("preparation_set_aside", Status.CLEAR, on=on, people=len(sessions))
    return Finding(piece.status, (piece,), severity=Decimal(len(without)))


CROWDED_DAYS = 30
CROWDED_FLAG_CONFLICTS = 3
CROWDED_WATCH_CONFLICTS = 2
CROWDED_LOST_WEEKS = 4
CROWDED_FLAG_LOST_PERCENT = 20
CROWDED_WATCH_LOST_PERCENT = 10


def crowded_out(snapshot: Snapshot) -> Finding:
    """Other duties push IMR aside.

    Why: IMR was often given lower priority in the working day (Results, Prioritization Dilemmas Despite
    High Autonomy).
    Threshold: flagged from 3 priority conflicts in the last 30 days (day 0 to day 29), or 20 % of the
    set-aside hours lost in 4 weeks; watch from two conflicts or 10 %. Lost hours are not yet in the record.
    Clear needs more than silence: the log has been open for the whole 30 days, and it is in use, which
    the first conflict ever logged shows. A log that nobody has ever written in says nothing.
    Ignores: how long a conflict was, what displaced IMR, and conflicts that nobody logs; a conflict
    without a name counts from the Monday of its release.
    Severity: conflicts in the last 30 days.
    """
    released = sorted(one.released_on for one in snapshot.conflicts)
    lately = [day for day in released if (snapshot.as_of - day).days < CROWDED_DAYS]
    since = snapshot.logging_since
    if len(lately) >= CROWDED_FLAG_CONFLICTS:
        piece = _conflicts_lately(Status.FLAGGED, on=lately[0], count=len(lately))
    elif len(lately) >= CROWDED_WATCH_CONFLICTS:
        piece = _conflicts_lately(Status.WATCH, on=lately[0], count=len(lately))
    elif since is None or (snapshot.as_of - since).days < CROWDED_DAYS:
        return unknown(*(_conflicts_lately(Status.UNKNOWN, on=day, count=1) for day in lately))
    elif not released:
        return unknown(measured("log_unused", Status.UNKNOWN, on=since, open_since=since))
    else:
        # Quiet since the log was opened, or since the last conflict but one left the 30 days.
        left = [day + timedelta(days=CROWDED_DAYS) for day in released[-2:-1]]
        piece = _conflicts_lately(Status.CLEAR, on=max([since, *left]), count=len(lately))
    return Finding(piece.status, (piece,), severity=Decimal(len(lately)))


def _conflicts_lately(status: Status, *, on: date, count: int) -> Evidence:
    return measured("conflicts_lately", status, on=on, count=count, days=CROWDED_DAYS)


FADING_POINTS = 15
FADING_WEEKS = 8


def fading_time(snapshot: Snapshot) -> Finding:
    """Less and less of the set-aside time is kept.

    Why: the leader's consideration faded and preparation became somewhat unstructured (Results,
    Prioritization Dilemmas Despite High Autonomy; service B).
    Threshold: flagged when the share of set-aside time that was kept fell by 15 percentage points or more
    from the previous to the last 8 weeks.
    Kept time is not yet in the record: the entry goes by what is reported.
    """
    return unknown()


def expectations_unspoken(snapshot: Snapshot) -> Finding:
    """What is expected of practitioners is not written, or has not reached all of them.

    Why: leaders should address explicitly what is expected, and so prevent priority dilemmas
    (Implications).
    Threshold: flagged without a written statement, or when an active practitioner has neither read it nor
    been told in person on a date.
    Expectations are not yet in the record: the entry goes by what is reported.
    """
    return unknown()
