"""Entries that rest on other published work than the study; each belongs to the theme its source speaks of."""

from datetime import date
from decimal import Decimal
from itertools import takewhile

from .absence import clock, confirmed_empty, confirmed_empty_lately, counted_from
from .answer import Evidence, Reason, Status
from .finding import FEWEST_SHOWN, Finding, beside, measured, small, unknown, worse
from .handover import (
    HANDS_MONTHS,
    Change,
    all_stayed_since,
    leader_changes,
    supervisor_changes,
    turnover,
)
from .months import add_months, months_passed, older_than
from .people import person_records
from .snapshot import CaseloadMonth, Funding, Snapshot

MONEY_FLAG_MONTHS = 6
MONEY_WATCH_MONTHS = 12


def money_undecided(snapshot: Snapshot) -> Finding:
    """Money for IMR is not decided far enough ahead.

    Why: money was among the reasons given for stopping at 49 US sites followed for six years (Bond and
    others 2014).
    Threshold: by the latest day until which money or posts are decided: flagged when it is at most 6 months
    away, watch when it is less than 12, else clear; without an end it is clear. Also flagged when start-up
    money ends with no money or posts that last longer; and when somebody said that nothing is decided, after
    the last decision that is recorded. Nothing recorded is unknown, however long: money is rarely the
    leader's own to write down.
    Ignores: how much it is, whether it is enough, and decisions that are not written down.
    Severity: 1 under 12 months, 2 at most 6 months or start-up money with nothing after it, 3 all of it has
    ended, 4 nothing is decided.
    """
    last = max((one.decided_on for one in snapshot.fundings), default=None)
    said_on = confirmed_empty(snapshot, "funding", last)
    if said_on is not None:
        piece = measured("no_money_said", Status.FLAGGED, on=said_on, said_on=said_on)
        return Finding(Status.FLAGGED, (piece,), severity=Decimal(4))
    if not snapshot.fundings:
        return unknown()
    lasting = _longest([one for one in snapshot.fundings if one.kind != "start_up"])
    start_up = _longest([one for one in snapshot.fundings if one.kind == "start_up"])
    pieces = []
    if start_up and (lasting is None or _end(lasting) <= _end(start_up)):
        pieces.append(measured("start_up_money_ends", Status.FLAGGED, on=start_up.decided_on, until=start_up.until))
    if lasting:
        pieces.append(_decided_until(snapshot, lasting))
    status = worse(*(one.status for one in pieces))
    severity = {Status.FLAGGED: 2, Status.WATCH: 1}.get(status, 0)
    if all(_end(one) < snapshot.as_of for one in snapshot.fundings):
        severity = 3
    return Finding(status, tuple(pieces), severity=Decimal(severity))


def _end(one: Funding) -> date:
    return one.until or date.max


def _longest(fundings: list[Funding]) -> Funding | None:
    """The one that lasts longest; of two that end on the same day the one decided first."""
    return max(fundings, key=lambda one: (_end(one), -one.decided_on.toordinal(), one.kind), default=None)


def _decided_until(snapshot: Snapshot, lasting: Funding) -> Evidence:
    """What the money or posts that last longest say by themselves."""
    if lasting.until is None:
        return measured("money_until_further_notice", Status.CLEAR, on=lasting.decided_on)
    until = lasting.until
    if until <= add_months(snapshot.as_of, MONEY_FLAG_MONTHS):
        status, near_from = Status.FLAGGED, add_months(until, -MONEY_FLAG_MONTHS)
    elif until < add_months(snapshot.as_of, MONEY_WATCH_MONTHS):
        status, near_from = Status.WATCH, add_months(until, -MONEY_WATCH_MONTHS)
    else:
        status, near_from = Status.CLEAR, lasting.decided_on
    code = "money_ended" if until < snapshot.as_of else "money_decided_until"
    on = max(min(near_from, snapshot.as_of), lasting.decided_on)
    return measured(code, status, on=on, until=until)


def hands_lost(snapshot: Snapshot) -> Finding:
    """People changed, and IMR was not handed over.

    Why: turnover of supervisors went with practices that did not survive (Peterson and others 2014), as did
    turnover of staff (Bond and others 2014).
    Threshold: a change is, within the last 12 months: a leader who left or who began in a service that had
    started before; a supervisor who left; or practitioners who left or stopped, once they are a third or more
    of these and the active ones who began earlier. Flagged when for any change nobody is named to take over,
    or who took over is neither trained nor has had IMR handed over. Where it hangs on practitioners whose
    beginning is not recorded, the share counts for neither.
    Clear when there were changes, all of them prepared; when the leader and all active practitioners have
    been there for more than 12 months; or when somebody said within 12 months, after the last change on
    record, that there was none.
    Ignores: how well it was handed over, whether the successor is still there, a new supervisor, and
    discipline or number of hours of those who went.
    Severity: how many changes were not prepared.
    """
    crew = turnover(snapshot)
    leaders, supervisors = leader_changes(snapshot), supervisor_changes(snapshot)
    supervised = {one.person.number for one in supervisors}
    practitioners = [one for one in crew.gone if one.person.number not in supervised] if crew.counts else []
    changes = [*leaders, *supervisors, *practitioners]
    unprepared = sum(not one.prepared for one in changes)
    is_open = crew.may_count and not crew.counts
    fine = Status.UNKNOWN if is_open and not unprepared else Status.CLEAR
    pieces: list[Evidence] = []
    if leaders:
        code = "leader_changed_prepared" if _all_prepared(leaders) else "leader_changed_unprepared"
        pieces.append(_changed(code, leaders, fine))
    if supervisors:
        code = "supervisor_left_prepared" if _all_prepared(supervisors) else "supervisor_left_unprepared"
        pieces.append(_changed(code, supervisors, fine))
    if practitioners:
        code = "practitioners_went_prepared" if _all_prepared(practitioners) else "practitioners_went_unprepared"
        pieces.append(_changed(code, practitioners, fine, gone=len(crew.gone), total=crew.total, months=HANDS_MONTHS))
    if is_open:
        pieces.append(measured("turnover_not_dated", Status.UNKNOWN, gone=len(crew.gone), months=HANDS_MONTHS))
    if unprepared:
        return Finding(Status.FLAGGED, tuple(pieces), severity=Decimal(unprepared))
    if is_open:
        return unknown(*pieces)
    if not changes:
        pieces += _nobody_changed(snapshot, [one.on for one in crew.gone])
    if not pieces:
        return unknown()
    return Finding(Status.CLEAR, tuple(pieces), severity=Decimal(0))


def _all_prepared(changes: list[Change]) -> bool:
    return all(one.prepared for one in changes)


def _changed(code: str, changes: list[Change], fine: Status, **figures: int) -> Evidence:
    """The changes that were not prepared; if all were, all of them, with the status that gives."""
    concerned = [one for one in changes if not one.prepared] or changes
    return measured(
        code,
        fine if _all_prepared(changes) else Status.FLAGGED,
        on=min(one.on for one in concerned),
        records=person_records(one.person for one in concerned),
        count=len(concerned),
        first_on=min(one.on for one in concerned),
        **figures,
    )


def _nobody_changed(snapshot: Snapshot, went: list[date]) -> list[Evidence]:
    """What shows that those who carry the practice stayed; `went`: when single practitioners went all the same."""
    pieces = []
    newest_on = all_stayed_since(snapshot)
    if newest_on is not None:
        on = add_months(newest_on, HANDS_MONTHS)
        pieces.append(measured("all_stayed", Status.CLEAR, on=on, months=HANDS_MONTHS, newest_on=newest_on))
    said_on = confirmed_empty_lately(snapshot, "staff_changes", max(went, default=None))
    if said_on is not None:
        pieces.append(measured("no_change_said", Status.CLEAR, on=said_on, said_on=said_on))
    return pieces


REACH_MONTHS = 12
REACH_COUNT_MONTHS = 13  # after that a count of eligible patients says nothing of today
REACH_FLAG_PERCENT = 25
REACH_WATCH_PERCENT = 50

_ELIGIBLE_TELL_NO_COUNT = 100 * (FEWEST_SHOWN - 1) // REACH_FLAG_PERCENT + 1  # any small count of them is too few


def low_reach(snapshot: Snapshot) -> Finding:
    """IMR is offered to few of those it is meant for.

    Why: reach ("penetration") is an item of the General Organizational Index.
    Threshold: from a year after the start: the patients asked in all recorded months since the start, as a
    share of the eligible ones in the latest month that has them, at most 13 months old: flagged under a
    quarter, watch under a half, else clear. Unknown without these counts, or when nobody is eligible. Not
    applicable in the first year.
    Since: the first of the months with a count of eligible patients that, one after the other, give the same answer
    with those asked until then; not before the year was over.
    Ignores: months that nobody recorded, patients who were asked twice or are no longer here, and who was
    asked before the first month recorded.
    Severity: 1 under a half, 2 under a quarter, 3 nobody. No share: of few patients it would tell how many.
    """
    start = snapshot.started_on
    if start is None:
        return unknown()
    if not months_passed(start, REACH_MONTHS, on=clock(snapshot, start)):
        return unknown(reason=Reason.NOT_APPLICABLE)
    told, asked = _months_of_eligible(snapshot), _asked_since(snapshot, start)
    status = _reached(asked, told[0].eligible) if told else None
    if status is None:
        return unknown()
    severity = {Status.FLAGGED: 2 if asked else 3, Status.WATCH: 1}.get(status, 0)
    piece = measured(
        "reach",
        status,
        on=max(_reached_since(snapshot, status, told), add_months(start, REACH_MONTHS)),
        asked=small(asked),
        eligible=beside(asked, told[0].eligible, certain=_ELIGIBLE_TELL_NO_COUNT),
        started_on=start,
    )
    return Finding(status, (piece,), severity=Decimal(severity))


def _reached(asked: int | None, eligible: int | None) -> Status | None:
    """What so many asked of so many eligible give; None when one is not known or nobody is eligible."""
    if asked is None or not eligible:
        return None
    if 100 * asked < REACH_FLAG_PERCENT * eligible:
        return Status.FLAGGED
    return Status.WATCH if 100 * asked < REACH_WATCH_PERCENT * eligible else Status.CLEAR


def _reached_since(snapshot: Snapshot, status: Status, told: list[CaseloadMonth]) -> date:
    """The first of the latest months told of that, one after the other, give this status."""
    same = takewhile(
        lambda one: _reached(_asked_since(snapshot, snapshot.started_on, until=one.month), one.eligible) is status,
        told[1:],
    )
    return min((one.month for one in same), default=told[0].month)


def _months_of_eligible(snapshot: Snapshot) -> list[CaseloadMonth]:
    """The months with a count of eligible patients, the latest first; none when the latest is too old."""
    told = [one for one in snapshot.caseload if one.eligible is not None]
    told.sort(key=lambda one: (one.month, one.eligible), reverse=True)
    if told and older_than(told[0].month, REACH_COUNT_MONTHS, on=clock(snapshot, told[0].month)):
        return []
    return told


def _asked_since(snapshot: Snapshot, start: date, *, until: date = date.max) -> int | None:
    """How many patients were asked, in the months from that of the start to `until`; None when no month tells."""
    counts = [
        one.asked for one in snapshot.caseload if start.replace(day=1) <= one.month <= until and one.asked is not None
    ]
    return sum(counts) if counts else None


UNBACKED_MONTHS = 12


def leader_unbacked(snapshot: Snapshot) -> Finding:
    """The leader stands alone with the priority.

    Why: lasting programmes name commissioners and system leaders; C met about support from several levels
    (Results, Uncertainty About Long-Term Priorities).
    Threshold: flagged when the leader's own leader has not confirmed the priority for 12 months, counted
    from the last time or from joining, the later; when the latest answer was no; when the last memo or talk
    has waited for an answer for 12 months; or when somebody said, after the last one recorded, that nobody
    was asked. Clear when the priority was confirmed within the 12 months and none of these speaks.
    Ignores: who confirmed it, in which words, and whether money or hours followed.
    Severity: 1 the last memo waits, 2 nobody has confirmed, 3 the answer was no.
    """
    asked = snapshot.confirmations
    yes = [one.answered_on for one in asked if one.confirmed and one.answered_on]
    no = [one.answered_on for one in asked if one.confirmed is False and one.answered_on]
    last_yes, last_no = max(yes, default=None), max(no, default=None)
    pieces: list[Evidence] = []
    severity = 0
    if last_no is not None and (last_yes is None or last_no >= last_yes):
        pieces.append(measured("priority_refused", Status.FLAGGED, on=last_no, answered_on=last_no))
        severity = 3
    since = counted_from(snapshot, last_yes)
    last_word = max((day for one in asked for day in (one.asked_on, one.answered_on) if day is not None), default=None)
    said_on = confirmed_empty(snapshot, "confirmations", last_word)
    if since is not None and _long_ago(snapshot, since):
        pieces.append(measured("priority_not_confirmed", Status.FLAGGED, on=since, none_since=since))
        severity = max(severity, 2)
    elif last_yes is not None and not pieces and not _long_ago(snapshot, last_yes):
        pieces.append(measured("priority_confirmed", Status.CLEAR, on=last_yes, answered_on=last_yes))
    if said_on is not None:
        pieces.append(measured("nobody_asked_said", Status.FLAGGED, on=said_on, said_on=said_on))
        severity = max(severity, 2)
    waits_since = _waits_since(snapshot)
    if waits_since is not None:
        long = _long_ago(snapshot, waits_since)
        status = Status.FLAGGED if long else Status.UNKNOWN
        pieces.append(measured("memo_waits", status, on=waits_since, asked_on=waits_since))
        severity = max(severity, int(long))
    status = worse(*(one.status for one in pieces))
    if status is Status.UNKNOWN:
        return unknown(*pieces)
    return Finding(status, tuple(pieces), severity=Decimal(severity))


def _long_ago(snapshot: Snapshot, day: date) -> bool:
    return months_passed(day, UNBACKED_MONTHS, on=clock(snapshot, day))


def _waits_since(snapshot: Snapshot) -> date | None:
    """The day of the last memo or talk, if it is unanswered; of two on one day, one without an answer counts."""
    last = max(snapshot.confirmations, key=lambda one: (one.asked_on, one.answered_on is None), default=None)
    return last.asked_on if last is not None and last.answered_on is None else None


def programme_burden(snapshot: Snapshot) -> Finding:
    """The programme is felt to be too much.

    Why: most found the programme comprehensive and time-consuming, in C two thought it perhaps too
    demanding for low-functioning patients (Results, Guided by Patient Reception); users of parts of it
    said the like (Salyers and others 2009).
    Threshold: none. Reported only: nobody can count how demanding something feels.
    """
    return unknown()
