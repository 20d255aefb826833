"""Theme 3, long-term priorities: what keeps a practice going: reviews, support from outside, supervision."""

from datetime import date
from decimal import Decimal

from .absence import clock, confirmed_empty, counted_from, days_since, first_days_are_over, joined
from .answer import Evidence, Record, Status
from .finding import Finding, measured, unknown
from .months import months_passed
from .people import active_practitioners, person_records
from .snapshot import Snapshot

REVIEW_LATE_INTERVALS = Decimal("1.5")
REVIEWS_COMPARED = 2


def no_regular_review(snapshot: Snapshot) -> Finding:
    """Barriers are not looked at regularly.

    Why: many services took IMR up at staff meetings without strategic and regular examination; C met
    regularly on barriers and progress (Results, Uncertainty About Long-Term Priorities).
    Threshold: flagged without a schedule (unknown in the first days after joining), when the last review
    held is more than 1.5 intervals ago (counted from joining when that is later) or somebody said that none
    was held since, or when the last two held examined no barrier.
    Clear takes all three: a schedule, a review held in time, a barrier examined in one of the last two.
    Ignores: what was decided, and meetings that are not written down as reviews.
    Severity: how many of the three conditions speak.
    """
    evidence: list[Evidence] = []
    held = sorted(snapshot.reviews, key=lambda one: (one.held_on, one.number))
    last = held[-1].held_on if held else None
    interval = snapshot.review_interval_days
    if interval is None and first_days_are_over(snapshot):
        day = joined(snapshot)
        evidence.append(measured("no_review_schedule", Status.FLAGGED, on=day, joined_on=day))
    since = counted_from(snapshot, last)
    said = confirmed_empty(snapshot, "reviews", last)
    late = interval is not None and since is not None and not _in_time(snapshot, since, interval)
    if late:
        evidence.append(measured("review_late", Status.FLAGGED, on=since, none_since=since, interval=interval))
    if said is not None:
        evidence.append(measured("no_review_said", Status.FLAGGED, on=said, said_on=said))
    compared = held[-REVIEWS_COMPARED:]
    examined = [one for one in compared if one.barrier_examined]
    if len(compared) == REVIEWS_COMPARED and not examined:
        evidence.append(
            measured(
                "no_barrier_examined",
                Status.FLAGGED,
                on=compared[0].held_on,
                records=tuple(Record("review", one.number) for one in compared),
                reviews=REVIEWS_COMPARED,
                last_on=compared[-1].held_on,
            )
        )
    if evidence:
        conditions = len(evidence) - (late and said is not None)  # late, and said to be: one and the same
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(conditions))
    if last is None:
        return unknown()
    if interval is None or not _in_time(snapshot, last, interval) or not examined:
        return unknown(measured("review_held", Status.UNKNOWN, last_on=last))
    piece = measured(
        "reviews_running",
        Status.CLEAR,
        on=examined[0].held_on,
        records=tuple(Record("review", one.number) for one in examined),
        last_on=last,
        interval=interval,
    )
    return Finding(Status.CLEAR, (piece,), severity=Decimal(0))


def _in_time(snapshot: Snapshot, last: date, interval: int) -> bool:
    return days_since(snapshot, last) <= REVIEW_LATE_INTERVALS * interval


ALONE_MONTHS = 12


def alone_in_the_system(snapshot: Snapshot) -> Finding:
    """No support from outside the service.

    Why: C met about how to get support from several municipal levels (Results, Uncertainty About Long-Term
    Priorities).
    Threshold: flagged when no support from outside the service was asked for or agreed in 12 months, counted from
    joining when that is later, or when somebody said that there was none since the last. Clear when some was asked
    for or agreed within 12 months.
    Ignores: what was asked for, of whom, and what came of it; a refusal is a question asked all the same.
    Severity: 1 when there is none.
    """
    days = sorted(
        (day, one.number)
        for one in snapshot.supports
        for day in (one.asked_on, one.agreed_on)
        if day is not None and day <= snapshot.as_of
    )
    last = days[-1][0] if days else None
    evidence: list[Evidence] = []
    since = counted_from(snapshot, last)
    if since is not None and months_passed(since, ALONE_MONTHS, on=clock(snapshot, since)):
        evidence.append(measured("no_support", Status.FLAGGED, on=since, none_since=since, months=ALONE_MONTHS))
    if (said := confirmed_empty(snapshot, "support", last)) is not None:
        evidence.append(measured("no_support_said", Status.FLAGGED, on=said, said_on=said))
    if evidence:
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(1))
    lately = [(day, number) for day, number in days if not months_passed(day, ALONE_MONTHS, on=clock(snapshot, day))]
    if last is None or not lately:
        return unknown(*_support(Status.UNKNOWN, days[-1:], last))
    return Finding(Status.CLEAR, _support(Status.CLEAR, lately, last), severity=Decimal(0))


def _support(status: Status, days: list[tuple[date, int]], last: date | None) -> tuple[Evidence, ...]:
    """That support was asked for or agreed, if it ever was."""
    if last is None:
        return ()
    records = tuple(Record("support", number) for number in sorted({number for _, number in days}))
    return (measured("support_sought", status, on=days[0][0], records=records, last_on=last),)


SUPERVISION_DAYS = 60


def supervision_lapsed(snapshot: Snapshot) -> Finding:
    """Supervision has stopped, or somebody practises without training.

    Why: the practitioners of E left supervision after 7 months (Methods, Procedure and Materials).
    Threshold: flagged when no supervision was logged for 60 days, counted from joining when that is later, or when
    somebody said that there was none since the last; or when an active practitioner has no training date once the
    first days after joining are over. Before that, and for a service that was only described, a missing date does
    not say that somebody is untrained.
    Clear takes both: supervision within the 60 days, and every active practitioner trained.
    Ignores: who was there, what the training was, and when it was last refreshed.
    Severity: how many active practitioners have no training date, and one more when supervision has lapsed.
    """
    lapsed = _no_supervision(snapshot)
    active = active_practitioners(snapshot)
    untrained = [person for person in active if person.trained_on is None]
    evidence = list(lapsed)
    severity = 1 if lapsed else 0
    if untrained and first_days_are_over(snapshot):
        # Each counts from the day of beginning, and nobody from before the service kept its record here.
        since = min(day for person in untrained if (day := counted_from(snapshot, person.started_on)) is not None)
        piece = measured(
            "untrained",
            Status.FLAGGED,
            on=since,
            records=person_records(untrained),
            untrained=len(untrained),
            total=len(active),
        )
        evidence.append(piece)
        severity += len(untrained)
    if evidence:
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(severity))
    last = max(snapshot.supervised_on, default=None)
    lately = last is not None and days_since(snapshot, last) < SUPERVISION_DAYS
    all_trained = bool(active) and not untrained
    status = Status.CLEAR if lately and all_trained else Status.UNKNOWN
    if last is not None:
        evidence.append(measured("supervised", status, on=last, last_on=last))
    if all_trained:
        trained = max(person.trained_on for person in active if person.trained_on)
        evidence.append(measured("all_trained", status, on=trained, total=len(active)))
    if status is Status.UNKNOWN:
        return unknown(*evidence)
    return Finding(status, tuple(evidence), severity=Decimal(0))


def _no_supervision(snapshot: Snapshot) -> list[Evidence]:
    """That supervision has lapsed: by the time since the last, or because somebody said so."""
    last = max(snapshot.supervised_on, default=None)
    since = counted_from(snapshot, last)
    evidence: list[Evidence] = []
    if since is not None and days_since(snapshot, since) >= SUPERVISION_DAYS:
        evidence.append(measured("no_supervision", Status.FLAGGED, on=since, none_since=since, days=SUPERVISION_DAYS))
    if (said := confirmed_empty(snapshot, "supervision", last)) is not None:
        evidence.append(measured("no_supervision_said", Status.FLAGGED, on=said, said_on=said))
    return evidence
