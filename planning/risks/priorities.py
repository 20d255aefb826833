"""Theme 1, priorities: what IMR competes with in the working week."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import takewhile

from planning.capacity import SCENARIOS, Need, round_half_up

from .absence import clock, confirmed_empty, counted_from, days_since, first_days_are_over, joined
from .answer import Evidence, Reason, Status
from .finding import FEWEST_SHOWN, Finding, measured, percent, unknown, worse
from .need import counted_month, need_of, told_months
from .people import active_practitioners, allocations_in_use, hours_by_person
from .snapshot import Allocation, CaseloadMonth, Expectation, Person, Snapshot, Work
from .weeks import Weeks, last_full_weeks, too_few_reported, weeks_of_days, why_no_share

UNPROTECTED_FLAG_PERCENT = 80
UNPROTECTED_WATCH_PERCENT = 100

_WORKS: tuple[Work, ...] = ("session", "preparation", "supervision", "monitoring", "travel")
_GROWS_WITH_PATIENTS: tuple[Work, ...] = ("session", "preparation", "monitoring")


def unprotected_time(snapshot: Snapshot) -> Finding:
    """Weekly hours set aside for IMR against what today's patients and groups need.

    Why: most practitioners were torn between IMR and other duties, while service C had time set aside
    and cleared with colleagues (Results, Prioritization Dilemmas Despite High Autonomy).
    Threshold: flagged under 80 % of the typical need a week (`planning.capacity`, with the service's own
    figures), watch under 100 %, else clear. The need is that of the latest month with patients or groups
    recorded, at most 3 months old, and of today's practitioners (`need`). Without any hours, whatever the
    need: flagged once the first days after joining are over, or at once when somebody said that none are
    set aside. Not applicable when nothing is needed.
    Since: the first of the recorded months that, one after the other, give the same answer with today's
    hours and people; not before those hours were set aside.
    Ignores: whether the hours set aside are kept, who has them, and travel that nobody entered. Which kinds
    of work fall short it only tells: whether hours for one serve another is for the service to say.
    Severity: the share of the need that is not covered, in percent.
    """
    month = counted_month(snapshot)
    if month is not None and not need_of(snapshot, month).week:
        return unknown(reason=Reason.NOT_APPLICABLE)
    in_use = allocations_in_use(snapshot)
    without = _without_hours(snapshot, in_use)
    if without:
        return Finding(Status.FLAGGED, tuple(without), severity=Decimal(100))
    if not in_use:
        return unknown()
    if month is None:
        return unknown(measured("time_set_aside", Status.UNKNOWN, hours=_hours(in_use)))
    return _against_need(snapshot, month, in_use)


def _without_hours(snapshot: Snapshot, in_use: Sequence[Allocation]) -> list[Evidence]:
    """That no hours are set aside: by the record, once it should hold some, and by what somebody said."""
    evidence = []
    if not in_use and first_days_are_over(snapshot):
        day = joined(snapshot)
        evidence.append(measured("no_time_set_aside", Status.FLAGGED, on=day, joined_on=day))
    latest = max((one.starts_on for one in snapshot.allocations), default=None)
    if (said := confirmed_empty(snapshot, "allocations", latest)) is not None:
        evidence.append(measured("no_time_said", Status.FLAGGED, on=said, said_on=said))
    return evidence


def _against_need(snapshot: Snapshot, month: CaseloadMonth, in_use: Sequence[Allocation]) -> Finding:
    hours, needed = _hours(in_use), need_of(snapshot, month)
    status = _covered(hours, needed)
    same = list(takewhile(lambda one: _covered(hours, need_of(snapshot, one)) is status, told_months(snapshot)))
    starts = [one.starts_on for one in in_use]
    # Enough since the last of the hours came, too few since the first of them.
    held_since = max(starts) if status is Status.CLEAR else min(starts)
    piece = measured(
        "time_against_need",
        status,
        on=max(held_since, same[-1].month),
        hours=hours,
        **{scenario: _tenth(need_of(snapshot, month, scenario).week) for scenario in SCENARIOS},
        month_on=month.month,
    )
    missing = max(1 - Fraction(hours) / needed.week, Fraction())
    few = 0 < (month.individual_patients or 0) < FEWEST_SHOWN
    return Finding(status, (piece, *_short(needed, in_use, few=few)), severity=percent(missing))


def _covered(hours: Decimal, needed: Need) -> Status:
    """What so many hours a week give against a need; all is covered where nothing is needed."""
    if 100 * Fraction(hours) < UNPROTECTED_FLAG_PERCENT * needed.week:
        return Status.FLAGGED
    if 100 * Fraction(hours) < UNPROTECTED_WATCH_PERCENT * needed.week:
        return Status.WATCH
    return Status.CLEAR


def _short(needed: Need, in_use: Sequence[Allocation], *, few: bool) -> list[Evidence]:
    """A piece for each kind of work with fewer hours than its own part of the need; by itself it decides nothing.

    With `few` patients the parts that grow with each of them are not stated: their number could be worked out.
    """
    hours = {work: _hours([one for one in in_use if one.work == work]) for work in _WORKS}
    return [
        measured(
            "work_short",
            Status.UNKNOWN,
            work=work,
            hours=hours[work],
            needed=None if few and work in _GROWS_WITH_PATIENTS else _tenth(needed.weekly(work)),
        )
        for work in _WORKS
        if hours[work] < needed.weekly(work)
    ]


def _hours(allocations: Sequence[Allocation]) -> Decimal:
    return sum((one.hours for one in allocations), Decimal())


def _tenth(hours: Fraction) -> Decimal:
    """Hours with one decimal, half up, for showing."""
    return Decimal(round_half_up(10 * hours)) / 10


OWN_TIME_DAYS = 90


def own_time(snapshot: Snapshot) -> Finding:
    """IMR work that falls outside working hours, or sessions planned without time to prepare them.

    Why: a practitioner read the manual at home because working hours could not be used for it, others
    refused to use their spare time (Results, Prioritization Dilemmas Despite High Autonomy; service F).
    Threshold: flagged when anybody has hours for sessions and none for preparation, or when a week that
    counts (`weeks`) of the last 90 days has IMR work in own time. No shade between.
    Clear when everybody with hours for sessions has hours for preparation, or when weeks count and none of
    them has own time: each is a positive record, and the other half stays unknown beside it.
    Ignores: how many hours of preparation there are, that two who lead a group may share it, and own time
    in weeks that too few reported.
    Severity: how many people have sessions without preparation, and how many weeks had own time, together.
    """
    in_use = allocations_in_use(snapshot)
    sessions = hours_by_person(in_use, "session")
    preparation = hours_by_person(in_use, "preparation")
    without = {person for person in sessions if person not in preparation}
    weeks = weeks_of_days(snapshot, OWN_TIME_DAYS)
    spent = [one for one in weeks.counted if one.own_time > 0]
    evidence: list[Evidence] = []
    if without:
        on = min(one.starts_on for one in in_use if one.work == "session" and one.person in without)
        evidence.append(
            measured("sessions_without_preparation", Status.FLAGGED, on=on, without=len(without), people=len(sessions))
        )
    elif sessions:
        on = min(one.starts_on for one in in_use if one.work == "preparation" and one.person in sessions)
        evidence.append(measured("preparation_set_aside", Status.CLEAR, on=on, people=len(sessions)))
    if spent:
        hours = sum((one.own_time for one in spent), Decimal())
        on = min(one.week for one in spent)
        evidence.append(
            measured("own_time_spent", Status.FLAGGED, on=on, hours=hours, weeks=len(spent), days=OWN_TIME_DAYS)
        )
    elif weeks.counted:
        evidence.append(
            measured("no_own_time", Status.CLEAR, on=weeks.since, weeks=len(weeks.counted), days=OWN_TIME_DAYS)
        )
    elif weeks.too_few:
        evidence.append(too_few_reported())
    return _of_pieces(evidence, severity=Decimal(len(without) + len(spent)), too_few=weeks.too_few)


def _of_pieces(evidence: Sequence[Evidence], *, severity: Decimal, too_few: bool) -> Finding:
    """The worst of what the pieces give by themselves; when nothing is known, whether too few people reported."""
    status = worse(*(one.status for one in evidence))
    if status is Status.UNKNOWN:
        return unknown(*evidence, reason=Reason.TOO_FEW_PEOPLE if too_few else Reason.MISSING)
    return Finding(status, tuple(evidence), severity=severity)


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
    Threshold: flagged from 3 priority conflicts in the last 30 days (day 0 to day 29), or when 20 % of the
    hours set aside were lost in those of the last 4 full weeks that count (`weeks`); watch from two
    conflicts or 10 %.
    By the conflicts alone clear needs more than silence: the log has been open for the whole 30 days, and it
    is in use, which the first conflict ever logged shows. A log that nobody has ever written in says nothing.
    By the hours alone it is clear when a week counts, less than 10 % was lost and the conflicts do not speak.
    Ignores: how long a conflict was, what displaced IMR, and conflicts that nobody logs. A conflict counts
    from the Monday of its release.
    Severity: the conflicts in percent of the 3 that flag, or the share lost in percent of the 20 % that flags,
    whichever is more.
    """
    released = sorted(one.released_on for one in snapshot.conflicts)
    lately = [day for day in released if days_since(snapshot, day) < CROWDED_DAYS]
    weeks = last_full_weeks(snapshot, CROWDED_LOST_WEEKS)
    displaced = Fraction(len(lately), CROWDED_FLAG_CONFLICTS)
    lost = 100 * (weeks.share_lost or Fraction()) / CROWDED_FLAG_LOST_PERCENT
    hidden = why_no_share(snapshot, weeks)
    evidence = [*_conflicts(snapshot, released, lately), *_lost(weeks), *hidden]
    return _of_pieces(evidence, severity=percent(max(displaced, lost)), too_few=bool(hidden))


def _conflicts(snapshot: Snapshot, released: Sequence[date], lately: Sequence[date]) -> list[Evidence]:
    """What the log of conflicts says; nothing when nobody can tell whether it has been in use."""
    since = snapshot.logging_since
    if len(lately) >= CROWDED_FLAG_CONFLICTS:
        return [_conflicts_lately(Status.FLAGGED, on=lately[0], count=len(lately))]
    if len(lately) >= CROWDED_WATCH_CONFLICTS:
        return [_conflicts_lately(Status.WATCH, on=lately[0], count=len(lately))]
    if since is None or days_since(snapshot, since) < CROWDED_DAYS:
        return [_conflicts_lately(Status.UNKNOWN, on=day, count=1) for day in lately]
    if not released:
        return [measured("log_unused", Status.UNKNOWN, on=since, open_since=since)]
    # Quiet since the log was opened, or since the last conflict but one left the 30 days.
    left = [day + timedelta(days=CROWDED_DAYS) + (snapshot.as_of - clock(snapshot, day)) for day in released[-2:-1]]
    return [_conflicts_lately(Status.CLEAR, on=max([since, *left]), count=len(lately))]


def _conflicts_lately(status: Status, *, on: date, count: int) -> Evidence:
    return measured("conflicts_lately", status, on=on, count=count, days=CROWDED_DAYS)


def _lost(weeks: Weeks) -> list[Evidence]:
    """What the weekly check-ins say; nothing when they tell no share."""
    share = weeks.share_lost
    if share is None:
        return []
    if 100 * share >= CROWDED_FLAG_LOST_PERCENT:
        status = Status.FLAGGED
    elif 100 * share >= CROWDED_WATCH_LOST_PERCENT:
        status = Status.WATCH
    else:
        status = Status.CLEAR
    counted = len(weeks.counted)
    return [
        measured(
            "hours_lost", status, on=weeks.since, percent=percent(share), counted=counted, weeks=CROWDED_LOST_WEEKS
        )
    ]


FADING_POINTS = 15
FADING_WEEKS = 8


def fading_time(snapshot: Snapshot) -> Finding:
    """Less and less of the set-aside time is kept.

    Why: the leader's consideration faded and preparation became somewhat unstructured (Results,
    Prioritization Dilemmas Despite High Autonomy; service B).
    Threshold: flagged when the share of set-aside time that was kept fell by 15 percentage points or more
    from the 8 full weeks before the last 8 to the last 8; clear when it fell less, or rose. In each period
    the weeks that count (`weeks`) are summed; without any in one of them it is unknown.
    Ignores: how much time was set aside, how many of the 8 weeks count, and a slide that began earlier.
    Severity: by how many percentage points it fell.
    """
    last = last_full_weeks(snapshot, FADING_WEEKS)
    before = last_full_weeks(snapshot, FADING_WEEKS, before=FADING_WEEKS)
    if last.share_lost is None or before.share_lost is None:
        hidden = why_no_share(snapshot, last) or why_no_share(snapshot, before)
        return unknown(*hidden, reason=Reason.TOO_FEW_PEOPLE if hidden else Reason.MISSING)
    fall = last.share_lost - before.share_lost
    status, code = Status.CLEAR, "kept_share_holds"
    if 100 * fall >= FADING_POINTS:
        status, code = Status.FLAGGED, "kept_share_fell"
    piece = measured(
        code,
        status,
        on=last.since,
        percent=percent(1 - last.share_lost),
        percent_before=percent(1 - before.share_lost),
        weeks=FADING_WEEKS,
    )
    return Finding(status, (piece,), severity=percent(max(fall, Fraction())))


def expectations_unspoken(snapshot: Snapshot) -> Finding:
    """What is expected of practitioners is not written, or has not reached all of them.

    Why: leaders should address explicitly what is expected, and so prevent priority dilemmas
    (Implications).
    Threshold: flagged without a written statement (unknown in the first days after joining), or when an
    active practitioner has neither read the one in force nor been told of it in person. What nobody noted
    counts as not done where the service keeps its record here, where others have it noted, or where
    somebody said that nobody has. Clear when every active practitioner has it noted for this version.
    Ignores: what the statement says, and that somebody may have known an earlier version. Who has not
    taken note is not part of the evidence: that is between them and the leader.
    Severity: the share of active practitioners whom it has not reached, in percent; 100 without a statement.
    """
    statement = snapshot.expectation
    evidence = []
    if statement is None and first_days_are_over(snapshot):
        day = joined(snapshot)
        evidence.append(measured("no_expectations", Status.FLAGGED, on=day, joined_on=day))
    if (said := confirmed_empty(snapshot, "expectations", statement and statement.published_on)) is not None:
        evidence.append(measured("no_expectations_said", Status.FLAGGED, on=said, said_on=said))
    if evidence:
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(100))
    return unknown() if statement is None else _reached(snapshot, statement)


def _reached(snapshot: Snapshot, statement: Expectation) -> Finding:
    """Whether every active practitioner has taken note of the statement in force."""
    active = active_practitioners(snapshot)
    if not active:
        return unknown()
    noted = dict(statement.acknowledged)
    without = [person for person in active if person.number not in noted]
    published = statement.published_on
    if not without:
        on = max(published, *(noted[person.number] for person in active))
        piece = measured("expectations_known", Status.CLEAR, on=on, people=len(active), published_on=published)
        return Finding(Status.CLEAR, (piece,), severity=Decimal())
    since = _unreached_since(snapshot, statement, without)
    piece = measured(
        "expectations_unread",
        Status.UNKNOWN if since is None else Status.FLAGGED,
        on=since,
        without=len(without),
        people=len(active),
        published_on=published,
    )
    if since is None:
        return unknown(piece)
    return Finding(Status.FLAGGED, (piece,), severity=percent(Fraction(len(without), len(active))))


def _unreached_since(snapshot: Snapshot, statement: Expectation, without: Sequence[Person]) -> date | None:
    """Since when it counts that these people have not taken note; None when the record does not tell.

    Each from the day there was something to take note of: published, and the person there.
    """
    noted = [day for _, day in statement.acknowledged]
    if joined(snapshot) is None and not noted:
        return confirmed_empty(snapshot, "acknowledgements", statement.published_on)
    days = (max(statement.published_on, person.started_on or date.min) for person in without)
    return min(day for one in days if (day := counted_from(snapshot, one)) is not None)
