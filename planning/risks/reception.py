"""Theme 4, patient reception: what IMR is judged by, and whether it is used."""

from decimal import Decimal

from .absence import counted_from, joined
from .answer import Evidence, Status
from .finding import Finding, measured, unknown
from .people import allocations_in_use, has_stopped, in_role, person_records
from .snapshot import Snapshot

OUTCOME_FLAG_MONTHS = 6
OUTCOME_WATCH_MONTHS = 4


def no_outcome_monitoring(snapshot: Snapshot) -> Finding:
    """IMR is steered without patient outcomes.

    Why: evaluations were supplied, and nobody saw them as a tool (Results, Guided by Patient Reception).
    Threshold: flagged when no systematic patient outcomes were recorded in 6 months, or recorded and used
    in no decision or review for 6 months; watch after 4.
    Outcomes are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


JUDGED_PATIENTS = 5


def judged_by_few(snapshot: Snapshot) -> Finding:
    """IMR is judged by impressions or by a few patients.

    Why: many decided on a limited sample (Discussion); in F own observations decide whom to recruit
    (Results, Guided by Patient Reception).
    Threshold: flagged when a decision to continue, change or stop rests on impressions, or on outcomes of
    fewer than 5 patients.
    Decisions are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


def unplanned_adaptation(snapshot: Snapshot) -> Finding:
    """IMR is being changed without a plan.

    Why: using parts was considered (B), removing home assignments wanted (Results, Guided by Patient
    Reception); a planned and considered adaptation is asked for (Discussion).
    Threshold: flagged when an adaptation is in use without reason, evidence, decision and review date.
    Adaptations are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


FEEDBACK_DAYS = 30


def monitoring_fatigue(snapshot: Snapshot) -> Finding:
    """Evaluations take more than they give.

    Why: a practitioner was tired of evaluations that nobody gave resources for (Results, Guided by Patient
    Reception; service A).
    Threshold: flagged when hours are set aside for IMR and none of them for monitoring, when results are
    not fed back within 30 days (not yet in the record), or when practitioners report a burden.
    Never clear by the hours alone: whether anything comes back is not known.
    Ignores: how many hours there are, and whose.
    Severity: 1 when there is no time for it.
    """
    in_use = allocations_in_use(snapshot)
    if not in_use:
        return unknown()
    monitoring = [one for one in in_use if one.work == "monitoring"]
    if monitoring:
        hours = sum((one.hours for one in monitoring), Decimal())
        return unknown(measured("monitoring_time", Status.UNKNOWN, hours=hours))
    piece = measured("no_monitoring_time", Status.FLAGGED, on=min(one.starts_on for one in in_use))
    return Finding(Status.FLAGGED, (piece,), severity=Decimal(1))


NOT_STARTED_DAYS = 60
IDLE_MONTHS = 2


def use_stopping(snapshot: Snapshot) -> Finding:
    """Somebody who is trained does not use IMR.

    Why: a few had stopped because they saw no benefit (Results, Guided by Patient Reception).
    Threshold: flagged when a practitioner in the service has stopped, or has not started 60 days after the
    training (counted from joining when that is later; for a service that was only described, a missing
    date does not say that somebody never started), or when two closed months passed without a session
    (not yet in the record).
    Never clear by the dates alone: that somebody once started does not show that they still do it.
    Ignores: why, whether the training of somebody who stopped is recorded, and people who have left.
    Severity: how many have stopped or not started.
    """
    present = [person for person in in_role(snapshot, "practitioner") if person.present(snapshot.as_of)]
    stopped = [person for person in present if has_stopped(person, snapshot.as_of)]
    idle = [
        (person, since)
        for person in present
        if person not in stopped and person.trained_on is not None and person.started_on is None
        if joined(snapshot) is not None
        if (since := counted_from(snapshot, person.trained_on)) is not None
        if (snapshot.as_of - since).days >= NOT_STARTED_DAYS
    ]
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
    if not evidence:
        return unknown()
    return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(len(stopped) + len(idle)))
