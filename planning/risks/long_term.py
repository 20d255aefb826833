"""Theme 3, long-term priorities: where IMR is to go, and what it stands on."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .absence import counted_from, first_days_are_over, joined
from .answer import Evidence, Reason, Record, Status
from .finding import Finding, measured, percent, unknown
from .months import add_months, months_passed
from .people import active_practitioners, in_role, person_records
from .snapshot import Person, Snapshot

VISION_HORIZON_MONTHS = 3
VISION_LOOK_MONTHS = 12


def no_vision(snapshot: Snapshot) -> Finding:
    """No vision for the time ahead.

    Why: most services lacked goals and visions, with A and F as examples (Results, Uncertainty About
    Long-Term Priorities).
    Threshold: flagged when none is published, when its horizon has passed or is at most 3 months away, or
    when nobody has looked at it for 12 months. None published is unknown in the first days after joining.
    Ignores: what the vision says, and who has read it.
    Severity: 1 not looked at, 2 horizon near, 3 horizon passed, 4 none.
    """
    vision = snapshot.vision
    if vision is None:
        if not first_days_are_over(snapshot):
            return unknown()
        day = joined(snapshot)
        return Finding(
            Status.FLAGGED, (measured("no_vision", Status.FLAGGED, on=day, joined_on=day),), severity=Decimal(4)
        )
    evidence: list[Evidence] = []
    severity = 0
    near_from = add_months(vision.horizon_on, -VISION_HORIZON_MONTHS)
    if vision.horizon_on < snapshot.as_of:
        severity = 3
        evidence.append(
            measured("vision_horizon_passed", Status.FLAGGED, on=vision.horizon_on, horizon_on=vision.horizon_on)
        )
    elif vision.horizon_on <= add_months(snapshot.as_of, VISION_HORIZON_MONTHS):
        severity = 2
        evidence.append(
            measured(
                "vision_horizon_near",
                Status.FLAGGED,
                on=max(min(near_from, snapshot.as_of), vision.published_on),
                horizon_on=vision.horizon_on,
                months=VISION_HORIZON_MONTHS,
            )
        )
    if months_passed(vision.looked_at_on, VISION_LOOK_MONTHS, on=snapshot.as_of):
        severity = max(severity, 1)
        evidence.append(
            measured(
                "vision_not_looked_at",
                Status.FLAGGED,
                on=vision.looked_at_on,
                looked_at_on=vision.looked_at_on,
                months=VISION_LOOK_MONTHS,
            )
        )
    if evidence:
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(severity))
    piece = measured(
        "vision_in_force",
        Status.CLEAR,
        on=vision.published_on,
        published_on=vision.published_on,
        horizon_on=vision.horizon_on,
    )
    return Finding(Status.CLEAR, (piece,), severity=Decimal(severity))


GOALS_OVERDUE_SHARE = Fraction(1, 3)


def no_goals(snapshot: Snapshot) -> Finding:
    """No goals to steer by.

    Why: most services lacked goals, D misses a strategy plan (Results, Uncertainty About Long-Term
    Priorities; Leader Engagement).
    Threshold: flagged when no active goal has a measure, an owner and a date (unknown in the first days
    after joining); watch when a third or more of the active goals are overdue, on the day after their date.
    Ignores: whether a goal is a good one, and how far it has come.
    Severity: the share of active goals that are incomplete or overdue, in percent; 100 when there is none.
    """
    goals = snapshot.goals
    complete = [one for one in goals if one.has_measure and one.owner_role and one.due_on]
    if not complete:
        if not first_days_are_over(snapshot):
            return unknown()
        if goals:
            on = min(one.stated_on for one in goals)
            piece = measured(
                "goals_incomplete",
                Status.FLAGGED,
                on=on,
                records=_goal_records(one.number for one in goals),
                total=len(goals),
            )
        else:
            day = counted_from(snapshot, snapshot.last_goal_ended_on)
            piece = measured("no_goals", Status.FLAGGED, on=day, none_since=day)
        return Finding(Status.FLAGGED, (piece,), severity=Decimal(100))
    overdue = [(one.due_on, one.number) for one in goals if one.due_on and one.due_on < snapshot.as_of]
    troubled = {number for _, number in overdue} | {one.number for one in goals if one not in complete}
    severity = percent(Fraction(len(troubled), len(goals)))
    if overdue and Fraction(len(overdue), len(goals)) >= GOALS_OVERDUE_SHARE:
        piece = measured(
            "goals_overdue",
            Status.WATCH,
            on=min(day for day, _ in overdue),
            records=_goal_records(number for _, number in overdue),
            overdue=len(overdue),
            total=len(goals),
        )
    else:
        piece = measured(
            "goals_in_force",
            Status.CLEAR,
            on=min(one.stated_on for one in complete),
            records=_goal_records(one.number for one in complete),
            complete=len(complete),
            total=len(goals),
        )
    return Finding(piece.status, (piece,), severity=severity)


def _goal_records(numbers: Iterable[int]) -> tuple[Record, ...]:
    return tuple(Record("goal", number) for number in sorted(numbers))


UNDECIDED_MONTHS = 6


def undecided_future(snapshot: Snapshot) -> Finding:
    """Whether IMR goes on is not settled.

    Why: practitioners in G waited for a word, in other services they were left to decide themselves
    (Results, Uncertainty About Long-Term Priorities).
    Threshold: flagged without a recorded decision to continue when the project period ends within 6 months
    or has ended, or when the decision is left to practitioners.
    Decisions are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


def expansion_without_plan(snapshot: Snapshot) -> Finding:
    """IMR is to grow, and nothing is behind it.

    Why: practitioners in A and F were told of an expansion and knew no details (Results, Uncertainty About
    Long-Term Priorities).
    Threshold: flagged when an expansion is announced without goals, hours and training behind it.
    Announcements are not yet in the record: the entry goes by what is reported.
    """
    return unknown()


PICKED_SHARE = Fraction(1, 2)


def picked_in_passing(snapshot: Snapshot) -> Finding:
    """Practitioners were not chosen together.

    Why: the majority were picked by chance or asked in passing, D as the example; in C leader and
    practitioners chose by willingness and the service's structure (Results, Uncertainty About Long-Term
    Priorities).
    Threshold: flagged when half or more of the active practitioners were asked in passing or appointed.
    Where it is not recorded of everybody, the answer is known only if nobody's answer could change it.
    Ignores: that nearly all had said yes, and how long ago it was.
    Severity: the share asked in passing or appointed, in percent.
    """
    active = active_practitioners(snapshot)
    passing = [person for person in active if person.how_chosen in ("in_passing", "appointed")]
    silent = [person for person in active if person.how_chosen is None]
    total = len(active)
    if not total:
        return unknown()
    share = Fraction(len(passing), total)
    if share >= PICKED_SHARE:
        piece = measured("picked", Status.FLAGGED, on=_first_day(passing), picked=len(passing), total=total)
    elif Fraction(len(passing) + len(silent), total) < PICKED_SHARE:
        chosen = [person for person in active if person.how_chosen in ("jointly", "volunteered")]
        piece = measured("chosen_together", Status.CLEAR, on=_first_day(chosen), chosen=len(chosen), total=total)
    elif len(silent) == total:
        return unknown()
    else:
        return unknown(measured("choice_not_recorded", Status.UNKNOWN, silent=len(silent), total=total))
    return Finding(piece.status, (piece,), severity=percent(share))


def _first_day(people: Iterable[Person]) -> date | None:
    """The first day any of them trained or began: how they were chosen was settled by then."""
    return min((day for one in people for day in (one.trained_on, one.started_on) if day is not None), default=None)


LEAVING_MONTHS = 12


def leaving_soon(snapshot: Snapshot) -> Finding:
    """Somebody who carries IMR leaves, and nobody is named to take over.

    Why: a practitioner near retirement was sent to the training (Results, Uncertainty About Long-Term
    Priorities; service D).
    Threshold: flagged when a leader or an active trained practitioner leaves within 12 months and nobody
    is named to take over. Since: the day from which it was within 12 months.
    Clear when somebody leaves within 12 months and everybody who does has a successor. That nobody's
    leaving is recorded is no strength: not applicable, or unknown where the record was not kept here.
    Ignores: whether the successor is trained, and people who left already (`no-leader`, `hands-lost`).
    Severity: how many leave without a successor.
    """
    carrying = [person for person in in_role(snapshot, "leader") if person.present(snapshot.as_of)]
    carrying += [person for person in active_practitioners(snapshot) if person.trained_on]
    until = add_months(snapshot.as_of, LEAVING_MONTHS)
    leaving = [person for person in carrying if person.leaves_on is not None and person.leaves_on <= until]
    if not leaving:
        known = bool(carrying) and joined(snapshot) is not None
        return unknown(reason=Reason.NOT_APPLICABLE if known else Reason.MISSING)
    without = [person for person in leaving if person.successor is None]
    concerned = without or leaving
    first = min(person.leaves_on for person in concerned if person.leaves_on)
    status, code = (Status.FLAGGED, "leaving_unreplaced") if without else (Status.CLEAR, "leaving_replaced")
    piece = measured(
        code,
        status,
        on=min(add_months(first, -LEAVING_MONTHS), snapshot.as_of),
        records=person_records(concerned),
        count=len(concerned),
        first_on=first,
        months=LEAVING_MONTHS,
    )
    return Finding(status, (piece,), severity=Decimal(len(without)))


def unprepared_start(snapshot: Snapshot) -> Finding:
    """The start was not fully prepared.

    Why: B had considered neither eligible patients nor the capacity to see them weekly for a year, F had
    no plan for offering IMR to all, many were little briefed (Results, Uncertainty About Long-Term
    Priorities).
    Threshold: flagged when eligible patients, weekly capacity for a year, or briefing is not checked. A
    deficit of preparation is hard to make up for: a reported hindrance keeps its weight until a later
    report says that it is done (product decision; `fades` is false for this entry).
    Readiness is not yet in the record: the entry goes by what is reported.
    """
    return unknown()


RECRUITMENT_PERCENT = 50
RECRUITMENT_WATCH_MONTHS = 3
RECRUITMENT_FLAG_MONTHS = 6


def no_recruitment(snapshot: Snapshot) -> Finding:
    """Too few patients start IMR.

    Why: the practitioners of E could not recruit patients (Methods, Procedure and Materials).
    Threshold: nobody in the programme, or half or fewer of the planned number started: watch after 3
    months, flagged after 6.
    Caseload is not yet in the record: the entry goes by what is reported.
    """
    return unknown()


REVIEW_LATE_INTERVALS = Decimal("1.5")
REVIEWS_COMPARED = 2


def no_regular_review(snapshot: Snapshot) -> Finding:
    """Barriers are not looked at regularly.

    Why: many services took IMR up at staff meetings without strategic and regular examination; C met
    regularly on barriers and progress (Results, Uncertainty About Long-Term Priorities).
    Threshold: flagged without a schedule (unknown in the first days after joining), when the last review
    held is more than 1.5 intervals ago (counted from joining when that is later), or when the last two
    held examined no barrier.
    Clear takes all three: a schedule, a review held in time, a barrier examined in one of the last two.
    Ignores: what was decided, and meetings that are not written down as reviews.
    Severity: how many of the three conditions speak.
    """
    evidence: list[Evidence] = []
    held = sorted(snapshot.reviews, key=lambda one: (one.held_on, one.number))
    last = held[-1].held_on if held else None
    interval = snapshot.review_interval_days
    if interval is None:
        if first_days_are_over(snapshot):
            day = joined(snapshot)
            evidence.append(measured("no_review_schedule", Status.FLAGGED, on=day, joined_on=day))
    else:
        since = counted_from(snapshot, last)
        if since is not None and not _in_time(since, interval, snapshot.as_of):
            evidence.append(measured("review_late", Status.FLAGGED, on=since, none_since=since, interval=interval))
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
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(len(evidence)))
    if last is None:
        return unknown()
    if interval is None or not _in_time(last, interval, snapshot.as_of) or not examined:
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


def _in_time(last: date, interval: int, on: date) -> bool:
    return (on - last).days <= REVIEW_LATE_INTERVALS * interval


ALONE_MONTHS = 12


def alone_in_the_system(snapshot: Snapshot) -> Finding:
    """No support from outside the service.

    Why: C met about how to get support from several municipal levels (Results, Uncertainty About Long-Term
    Priorities).
    Threshold: flagged when no support outside the service was sought or agreed in 12 months.
    Support is not yet in the record: the entry goes by what is reported.
    """
    return unknown()


SUPERVISION_DAYS = 60


def supervision_lapsed(snapshot: Snapshot) -> Finding:
    """Supervision has stopped, or somebody practises without training.

    Why: the practitioners of E left supervision after 7 months (Methods, Procedure and Materials).
    Threshold: flagged when no supervision was logged for 60 days (not yet in the record), or when an active
    practitioner has no training date once the first days after joining are over; before that, and for a
    service that was only described, a missing date does not say that somebody is untrained.
    Never clear by the training alone: the other half is not known.
    Ignores: what the training was, and when it was last refreshed.
    Severity: how many active practitioners have no training date.
    """
    active = active_practitioners(snapshot)
    untrained = [person for person in active if person.trained_on is None]
    if active and not untrained:
        return unknown(measured("all_trained", Status.UNKNOWN, total=len(active)))
    if not untrained or not first_days_are_over(snapshot):
        return unknown()
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
    return Finding(Status.FLAGGED, (piece,), severity=Decimal(len(untrained)))
