"""Theme 4, patient reception: what IMR is judged by, and whether it is used."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile

from .absence import clock, confirmed_empty, confirmed_empty_lately, counted_from, days_since, joined
from .answer import Evidence, Reason, Record, Status
from .caseload import closed_months, last_day, rested_in
from .finding import Finding, measured, small, unknown, worse
from .months import add_months, months_passed
from .people import allocations_in_use, has_stopped, in_role, person_records
from .snapshot import Adaptation, Decision, OutcomeRound, Person, Snapshot

OUTCOME_FLAG_MONTHS = 6
OUTCOME_WATCH_MONTHS = 4


def no_outcome_monitoring(snapshot: Snapshot) -> Finding:
    """IMR is steered without patient outcomes.

    Why: evaluations were supplied, and nobody saw them as a tool (Results, Guided by Patient Reception).
    Threshold: flagged when no systematic patient outcomes were measured for 6 months, or when there are some
    and none was used in a decision or review for 6 months; watch after 4. Counted from the last measurement,
    and from the last use or, when that is later, the first measurement; from joining when that is later
    still. Flagged at once when somebody said that none were measured since the last.
    Used means: a decision rests on outcomes, or a review looked at them.
    Clear when they were measured and used within 4 months.
    Ignores: which outcomes, of how many patients, and what came of looking at them.
    Severity: 2 for not measured and 2 for not used where that flags, 1 each where it is a watch; what was
    never measured was not used either.
    """
    rounds = sorted(one.measured_on for one in snapshot.outcomes)
    last = rounds[-1] if rounds else None
    used_on, used_in = max(_uses(snapshot), default=(None, ()), key=lambda one: one[0])
    missing = _not_measured(snapshot, last)
    idle = _not_used(snapshot, rounds[0], used_on) if rounds else []
    if missing or idle:
        evidence = (*missing, *idle)
        severity = _points(missing) + _points(idle if rounds else missing)
        return Finding(worse(*(one.status for one in evidence)), evidence, severity=Decimal(severity))
    clear = all(day is not None and _lapse(snapshot, day) is None for day in (last, used_on))
    status = Status.CLEAR if clear else Status.UNKNOWN
    pieces: list[Evidence] = []
    if last is not None:
        pieces.append(measured("outcomes_measured", status, on=last, last_on=last))
    if used_on is not None:
        pieces.append(measured("outcomes_used", status, on=used_on, records=used_in, last_on=used_on))
    return Finding(status, tuple(pieces), severity=Decimal(0)) if clear else unknown(*pieces)


def _uses(snapshot: Snapshot) -> list[tuple[date, tuple[Record, ...]]]:
    """When outcomes bore a decision or were looked at in a review, in an order of their own, with the record."""
    decisions = [(one.decided_on, one.number, "decision") for one in snapshot.decisions if one.basis == "outcomes"]
    reviews = [(one.held_on, one.number, "review") for one in snapshot.reviews if one.looked_at_outcomes]
    return [(day, (Record(kind, number),)) for day, number, kind in sorted([*decisions, *reviews])]


def _not_measured(snapshot: Snapshot, last: date | None) -> list[Evidence]:
    """That outcomes have not been measured since `last`: by how long it is, and by what somebody said."""
    evidence = []
    since = counted_from(snapshot, last)
    if since is not None and (lapse := _lapse(snapshot, since)):
        status, months = lapse
        evidence.append(measured("no_outcomes", status, on=since, none_since=since, months=months))
    if (said := confirmed_empty(snapshot, "outcomes", last)) is not None:
        evidence.append(measured("no_outcomes_said", Status.FLAGGED, on=said, said_on=said))
    return evidence


def _not_used(snapshot: Snapshot, first: date, used_on: date | None) -> list[Evidence]:
    """That outcomes have been used for nothing for long, though there were some to use since `first`."""
    since = counted_from(snapshot, max(first, used_on or first))
    if since is None or (lapse := _lapse(snapshot, since)) is None:
        return []
    status, months = lapse
    return [measured("outcomes_unused", status, on=since, unused_since=since, months=months)]


def _lapse(snapshot: Snapshot, since: date) -> tuple[Status, int] | None:
    """What it gives that there was nothing since that day, and from how many months on; None while it is not long."""
    for status, months in ((Status.FLAGGED, OUTCOME_FLAG_MONTHS), (Status.WATCH, OUTCOME_WATCH_MONTHS)):
        if months_passed(since, months, on=clock(snapshot, since)):
            return status, months
    return None


def _points(evidence: Sequence[Evidence]) -> int:
    return max((2 if one.status is Status.FLAGGED else 1 for one in evidence), default=0)


JUDGED_PATIENTS = 5


def judged_by_few(snapshot: Snapshot) -> Finding:
    """IMR is judged by impressions or by a few patients.

    Why: many decided on a limited sample (Discussion); in F own observations decide whom to recruit
    (Results, Guided by Patient Reception).
    Threshold: of the decisions in force, flagged when one rests on impressions, or on outcomes of fewer than
    5 patients. In force are the latest to continue or to stop and the latest to expand or to change the
    programme; all of one day count. Clear when each rests on outcomes of 5 patients or more. A decision
    that rests on money, posts or an instruction alone decides nothing here, nor does one without a basis or
    without the number of patients. Without any decision: not applicable when somebody said so, else unknown.
    It speaks also while the practice rests: it judges the decision itself.
    Ignores: which outcomes, how they were measured, and who decided.
    Severity: how many decisions in force rest on impressions or on too few patients.
    """
    in_force = [*_latest(snapshot, ("continue", "stop")), *_latest(snapshot, ("expand", "adapt"))]
    if not in_force:
        said = confirmed_empty(snapshot, "decisions", None)
        return unknown(reason=Reason.MISSING if said is None else Reason.NOT_APPLICABLE)
    evidence = tuple(_basis(one) for one in in_force)
    flagged = sum(one.status is Status.FLAGGED for one in evidence)
    if flagged:
        return Finding(Status.FLAGGED, evidence, severity=Decimal(flagged))
    if any(one.status is Status.UNKNOWN for one in evidence):
        return unknown(*evidence)
    return Finding(Status.CLEAR, evidence, severity=Decimal(0))


def _latest(snapshot: Snapshot, kinds: Sequence[str]) -> list[Decision]:
    """The decisions of these kinds made on the latest day that has any, in an order of their own."""
    decided = [one for one in snapshot.decisions if one.kind in kinds]
    last = max((one.decided_on for one in decided), default=None)
    return sorted((one for one in decided if one.decided_on == last), key=lambda one: one.number)


def _basis(decision: Decision) -> Evidence:
    """What one decision rests on."""
    patients = decision.patients
    values = {"kind": decision.kind, "decided_on": decision.decided_on}
    fact = {"on": decision.decided_on, "records": (Record("decision", decision.number),)}
    if decision.basis == "impressions":
        return measured("decided_on_impressions", Status.FLAGGED, **fact, **values)
    if decision.basis == "resources":
        return measured("decided_on_resources", Status.UNKNOWN, **fact, **values)
    if decision.basis is None:
        return measured("decided_on_nothing_known", Status.UNKNOWN, **fact, **values)
    if patients is None:
        return measured("decided_on_outcomes_of_unknown_many", Status.UNKNOWN, **fact, **values)
    if patients < JUDGED_PATIENTS:
        return measured(
            "decided_on_few", Status.FLAGGED, **fact, **values, patients=small(patients), limit=JUDGED_PATIENTS
        )
    return measured("decided_on_outcomes", Status.CLEAR, **fact, **values, patients=small(patients))


def unplanned_adaptation(snapshot: Snapshot) -> Finding:
    """IMR is being changed without a plan.

    Why: using parts was considered (B), removing home assignments wanted (Results, Guided by Patient
    Reception); a planned and considered adaptation is asked for (Discussion).
    Threshold: flagged when an adaptation in use lacks a reason, evidence, the day of a decision, or a day on
    which it is looked at again. Clear when every one in use has all four; also when none is recorded and
    somebody said within 12 months that there is none. Else unknown.
    Ignores: how good the reason and the evidence are, whether the day to look again has passed, and
    adaptations that nobody wrote down.
    Severity: how many in use lack something.
    """
    if not snapshot.adaptations:
        said = confirmed_empty_lately(snapshot, "adaptations", None)
        if said is None:
            return unknown()
        return Finding(
            Status.CLEAR,
            (measured("no_adaptations_said", Status.CLEAR, on=said, said_on=said),),
            severity=Decimal(0),
        )
    in_use = sorted(snapshot.adaptations, key=lambda one: one.number)
    unplanned = [one for one in in_use if any(_lacks(one).values())]
    concerned = unplanned or in_use
    records = tuple(Record("adaptation", one.number) for one in concerned)
    on = min(one.in_use_from for one in concerned)
    if unplanned:
        lacking = {name: sum(_lacks(one)[name] for one in unplanned) for name in _lacks(unplanned[0])}
        piece = measured(
            "adaptations_unplanned",
            Status.FLAGGED,
            on=on,
            records=records,
            unplanned=len(unplanned),
            total=len(in_use),
            **lacking,
        )
    else:
        piece = measured("adaptations_planned", Status.CLEAR, on=on, records=records, total=len(in_use))
    return Finding(piece.status, (piece,), severity=Decimal(len(unplanned)))


def _lacks(adaptation: Adaptation) -> dict[str, bool]:
    """What an adaptation lacks to be planned."""
    return {
        "reason": not adaptation.has_reason,
        "evidence": not adaptation.has_evidence,
        "decision": adaptation.decided_on is None,
        "look_again": adaptation.look_again_on is None,
    }


FEEDBACK_DAYS = 30


def monitoring_fatigue(snapshot: Snapshot) -> Finding:
    """Evaluations take more than they give.

    Why: a practitioner was tired of evaluations that nobody gave resources for (Results, Guided by Patient
    Reception; service A).
    Threshold: flagged when hours are set aside for IMR and none of them for monitoring, or when the latest
    measurement of outcomes that is more than 30 days old was not fed back by its 30th day; that
    practitioners report a burden counts besides. Clear when there are hours for monitoring and that
    measurement was fed back in time.
    Ignores: how many hours there are, and whose; earlier measurements, and what was said when results came.
    Severity: how many of the two speak.
    """
    in_use = allocations_in_use(snapshot)
    monitoring = [one for one in in_use if one.work == "monitoring"]
    due = [one for one in snapshot.outcomes if days_since(snapshot, one.measured_on) > FEEDBACK_DAYS]
    latest = max((one.measured_on for one in due), default=None)
    rounds = [one for one in due if one.measured_on == latest]
    late = [one for one in rounds if not _fed_back_in_time(snapshot, one)]
    status = Status.CLEAR if monitoring and rounds and not late else Status.UNKNOWN
    evidence: list[Evidence] = []
    if monitoring:
        hours = sum((one.hours for one in monitoring), Decimal())
        on = min(one.starts_on for one in monitoring)
        evidence.append(measured("monitoring_time", status, on=on, hours=hours))
    elif in_use:
        on = min(one.starts_on for one in in_use)
        evidence.append(measured("no_monitoring_time", Status.FLAGGED, on=on))
    if late:
        evidence.append(measured("not_fed_back", Status.FLAGGED, on=latest, measured_on=latest, days=FEEDBACK_DAYS))
    elif rounds:
        on = max(one.fed_back_on for one in rounds if one.fed_back_on)
        evidence.append(measured("fed_back", status, on=on, measured_on=latest, fed_back_on=on))
    flagged = sum(one.status is Status.FLAGGED for one in evidence)
    if flagged:
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(flagged))
    if status is Status.UNKNOWN:
        return unknown(*evidence)
    return Finding(status, tuple(evidence), severity=Decimal(0))


def _fed_back_in_time(snapshot: Snapshot, one: OutcomeRound) -> bool:
    """Whether the practitioners saw the results by the 30th day, not counting days on which the practice rested."""
    if one.fed_back_on is None:
        return False
    rested = clock(snapshot, one.fed_back_on) - clock(snapshot, one.measured_on)
    return (one.fed_back_on - one.measured_on - rested).days <= FEEDBACK_DAYS


NOT_STARTED_DAYS = 60
IDLE_MONTHS = 2


def use_stopping(snapshot: Snapshot) -> Finding:
    """Somebody who is trained does not use IMR.

    Why: a few had stopped because they saw no benefit (Results, Guided by Patient Reception).
    Threshold: flagged when a practitioner in the service has stopped, or has not started 60 days after the
    training (counted from joining when that is later; for a service that was only described, a missing
    date does not say that somebody never started), or when no session was held in the two latest months
    that are over, or more. A month in which the practice rested is passed over; one of which nobody recorded
    the sessions ends the count.
    Clear when sessions were held in the latest month that is over, and nobody has stopped or not started.
    Never clear by the dates alone: that somebody once started does not show that they still do it.
    Ignores: why, whether the training of somebody who stopped is recorded, people who have left, and whose
    sessions were held.
    Severity: how many have stopped or not started, and one more when no sessions are held.
    """
    present = [person for person in in_role(snapshot, "practitioner") if person.present(snapshot.as_of)]
    stopped = [person for person in present if has_stopped(person, snapshot.as_of)]
    idle = _not_started(snapshot, [person for person in present if person not in stopped])
    evidence: list[Evidence] = []
    if stopped:
        first = min(person.stopped_on for person in stopped if person.stopped_on)
        evidence.append(
            measured(
                "stopped",
                Status.FLAGGED,
                on=first,
                records=person_records(stopped),
                stopped=len(stopped),
                total=len(present),
            )
        )
    if idle:
        evidence.append(
            measured(
                "not_started",
                Status.FLAGGED,
                on=min(since for _, since in idle),
                records=person_records(person for person, _ in idle),
                count=len(idle),
                days=NOT_STARTED_DAYS,
            )
        )
    held = {one.month: one.sessions_held for one in closed_months(snapshot)}
    empty = list(takewhile(lambda month: held.get(month) == 0, _closed(snapshot)))
    without_sessions = len(empty) >= IDLE_MONTHS
    if without_sessions:
        evidence.append(
            measured("no_sessions", Status.FLAGGED, on=empty[-1], months=len(empty), until=last_day(empty[0]))
        )
    if evidence:
        severity = len(stopped) + len(idle) + without_sessions
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(severity))
    busy = list(takewhile(lambda month: held.get(month), _closed(snapshot)))
    if not busy:
        return unknown()
    piece = measured("sessions_held", Status.CLEAR, on=busy[-1], sessions=held[busy[0]], until=last_day(busy[0]))
    return Finding(Status.CLEAR, (piece,), severity=Decimal(0))


def _not_started(snapshot: Snapshot, people: Sequence[Person]) -> list[tuple[Person, date]]:
    """Who was trained long ago and has not started, and since when that counts; of a described service nobody."""
    if joined(snapshot) is None:
        return []
    return [
        (person, since)
        for person in people
        if person.trained_on is not None and person.started_on is None
        if (since := counted_from(snapshot, person.trained_on)) is not None
        if days_since(snapshot, since) >= NOT_STARTED_DAYS
    ]


def _closed(snapshot: Snapshot) -> Iterator[date]:
    """The first days of the months that are over, the latest first, without those in which the practice rested."""
    month = snapshot.as_of.replace(day=1)
    while True:
        month = add_months(month, -1)
        if not rested_in(snapshot, month):
            yield month
