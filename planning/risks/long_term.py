"""Theme 3, long-term priorities: where IMR is to go: the vision, the goals, and what is decided."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from .absence import clock, confirmed_empty, confirmed_empty_lately, counted_from, first_days_are_over, joined
from .answer import Evidence, Reason, Record, Status
from .finding import Finding, measured, percent, said_of, unknown
from .months import add_months, months_passed
from .snapshot import Decision, DecisionKind, Snapshot

VISION_HORIZON_MONTHS = 3
VISION_LOOK_MONTHS = 12


def no_vision(snapshot: Snapshot) -> Finding:
    """No vision for the time ahead.

    Why: most services lacked goals and visions, with A and F as examples (Results, Uncertainty About
    Long-Term Priorities).
    Threshold: flagged when none is published, when its horizon has passed or is at most 3 months away, or
    when nobody has looked at it for 12 months. None published is unknown in the first days after joining,
    unless somebody said that there is none.
    Ignores: what the vision says, and who has read it.
    Severity: 1 not looked at, 2 horizon near, 3 horizon passed, 4 none.
    """
    vision = snapshot.vision
    evidence: list[Evidence] = []
    if vision is None:
        if first_days_are_over(snapshot):
            day = joined(snapshot)
            evidence.append(measured("no_vision", Status.FLAGGED, on=day, joined_on=day))
        if (said := confirmed_empty(snapshot, "vision", None)) is not None:
            evidence.append(measured("no_vision_said", Status.FLAGGED, on=said, said_on=said))
        return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(4)) if evidence else unknown()
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
    if months_passed(vision.looked_at_on, VISION_LOOK_MONTHS, on=clock(snapshot, vision.looked_at_on)):
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
GOALS_GRACE_DAYS = 3  # as `planning.lateness` gives everything that is due


def no_goals(snapshot: Snapshot) -> Finding:
    """No goals to steer by.

    Why: most services lacked goals, D misses a strategy plan (Results, Uncertainty About Long-Term
    Priorities; Leader Engagement).
    Threshold: flagged when no active goal has a measure, an owner and a date (unknown in the first days
    after joining, unless there is none and somebody said so); watch when a third or more of the active goals
    are overdue, once their date and 3 days of grace are past; since their date.
    Ignores: whether a goal is a good one, and how far it has come.
    Severity: the share of active goals that are incomplete or overdue, in percent; 100 when there is none.
    """
    goals = snapshot.goals
    complete = [one for one in goals if one.has_measure and one.owner_role and one.due_on]
    if not complete:
        return _without_goals(snapshot)
    late_before = snapshot.as_of - timedelta(days=GOALS_GRACE_DAYS)
    overdue = [(one.due_on, one.number) for one in goals if one.due_on and one.due_on < late_before]
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


def _without_goals(snapshot: Snapshot) -> Finding:
    """No goal that one could steer by: incomplete ones, or none at all."""
    goals = snapshot.goals
    evidence: list[Evidence] = []
    if goals and first_days_are_over(snapshot):
        piece = measured(
            "goals_incomplete",
            Status.FLAGGED,
            on=min(one.stated_on for one in goals),
            records=_goal_records(one.number for one in goals),
            total=len(goals),
        )
        evidence.append(piece)
    elif not goals:
        if first_days_are_over(snapshot):
            day = counted_from(snapshot, snapshot.last_goal_ended_on)
            evidence.append(measured("no_goals", Status.FLAGGED, on=day, none_since=day))
        if (said := confirmed_empty(snapshot, "goals", snapshot.last_goal_ended_on)) is not None:
            evidence.append(measured("no_goals_said", Status.FLAGGED, on=said, said_on=said))
    return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(100)) if evidence else unknown()


def _goal_records(numbers: Iterable[int]) -> tuple[Record, ...]:
    return tuple(Record("goal", number) for number in sorted(numbers))


UNDECIDED_MONTHS = 6


def undecided_future(snapshot: Snapshot) -> Finding:
    """Whether IMR goes on is not settled.

    Why: practitioners in G waited for a word, in other services they were left to decide themselves
    (Results, Uncertainty About Long-Term Priorities).
    Threshold: flagged when the decision to continue is left to practitioners, or when there is none and the project
    period ends within 6 months or has ended. The decision is the latest one to continue or to expand, as long as
    none to stop came later. That none was ever taken counts at once when somebody said so, unless the project is
    known to run for more than 6 months.
    Clear when anybody else, or all together, decided to continue. Who it was must be recorded. Not applicable
    without a decision while the project runs for longer; unknown when nobody says how long it runs.
    Ignores: how long ago it was decided, on what basis (`judged-by-few`), and whether it is to be looked at again.
    Severity: 1 left to practitioners, or none said and no end known; 2 the project is about to end, 3 it has ended.
    """
    decided = _latest(snapshot, "continue", "expand")
    stopped = _latest(snapshot, "stop")
    if decided is None or (stopped is not None and _order(stopped) > _order(decided)):
        return _not_decided(snapshot)
    values = {"on": decided.decided_on, "records": (Record("decision", decided.number),)}
    if decided.decided_by is None:
        return unknown(measured("decided_by_not_said", Status.UNKNOWN, decided_on=decided.decided_on, **values))
    if decided.decided_by == "practitioners":
        piece = measured("left_to_practitioners", Status.FLAGGED, decided_on=decided.decided_on, **values)
        return Finding(Status.FLAGGED, (piece,), severity=Decimal(1))
    piece = measured("goes_on", Status.CLEAR, decided_on=decided.decided_on, **values)
    return Finding(Status.CLEAR, (piece,), severity=Decimal(0))


def _not_decided(snapshot: Snapshot) -> Finding:
    """No decision to continue: what the end of the project, or a word that there is none, makes of it."""
    ends = snapshot.project_ends_on
    near = ends is not None and ends <= add_months(snapshot.as_of, UNDECIDED_MONTHS)
    if ends is not None and not near:
        runs = measured("project_runs", Status.UNKNOWN, ends_on=ends, months=UNDECIDED_MONTHS)
        return unknown(runs, reason=Reason.NOT_APPLICABLE)
    evidence: list[Evidence] = []
    severity = 1
    if ends is not None:
        ended = ends < snapshot.as_of
        severity = 3 if ended else 2
        code = "project_ended_undecided" if ended else "project_ends_undecided"
        since = min(add_months(ends, -UNDECIDED_MONTHS), snapshot.as_of)
        evidence.append(measured(code, Status.FLAGGED, on=since, ends_on=ends))
    last = max((one.decided_on for one in snapshot.decisions), default=None)
    if (said := confirmed_empty(snapshot, "decisions", last)) is not None:
        evidence.append(measured("no_decision_said", Status.FLAGGED, on=said, said_on=said))
    return Finding(Status.FLAGGED, tuple(evidence), severity=Decimal(severity)) if evidence else unknown()


def _order(one: Decision) -> tuple[date, int]:
    """Of two decisions of one day the one with the higher number is the later."""
    return one.decided_on, one.number


def _latest(snapshot: Snapshot, *kinds: DecisionKind) -> Decision | None:
    return max((one for one in snapshot.decisions if one.kind in kinds), key=_order, default=None)


def expansion_without_plan(snapshot: Snapshot) -> Finding:
    """IMR is to grow, and nothing is behind it.

    Why: practitioners in A and F were told of an expansion and knew no details (Results, Uncertainty About
    Long-Term Priorities).
    Threshold: flagged when the latest decision to expand has no goals, no hours or no training behind it, clear
    when it has all three; what is not said decides neither. Not applicable without such a decision in a service that
    keeps its record here, and for 12 months after somebody said that no expansion is planned.
    Ignores: whether what stands behind it is enough, and expansions that are only talked about.
    Severity: how many of the three are missing.
    """
    latest = _latest(snapshot, "expand")
    said = confirmed_empty_lately(snapshot, "expansions", latest.decided_on if latest else None)
    if said is not None:
        piece = measured("no_expansion_said", Status.UNKNOWN, on=said, said_on=said)
        return unknown(piece, reason=Reason.NOT_APPLICABLE)
    if latest is None:
        return unknown(reason=Reason.MISSING if joined(snapshot) is None else Reason.NOT_APPLICABLE)
    behind = {"goals": latest.goals_behind, "hours": latest.hours_behind, "training": latest.training_behind}
    missing = sum(there is False for there in behind.values())
    if missing:
        code, status = "expansion_lacks", Status.FLAGGED
    elif all(behind.values()):
        code, status = "expansion_has_plan", Status.CLEAR
    else:
        code, status = "expansion_not_said", Status.UNKNOWN
    piece = measured(
        code,
        status,
        on=latest.decided_on,
        records=(Record("decision", latest.number),),
        decided_on=latest.decided_on,
        **{name: said_of(there) for name, there in behind.items()},
    )
    return unknown(piece) if status is Status.UNKNOWN else Finding(status, (piece,), severity=Decimal(missing))
