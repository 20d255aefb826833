"""How a case of a table is written: what the record holds, and what the entry then answers."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planning.risks.answer import Reason, Status
from planning.risks.months import add_months
from planning.risks.snapshot import (
    Action,
    Adaptation,
    Allocation,
    CaseloadMonth,
    ConfirmedEmpty,
    Conflict,
    Decision,
    Expectation,
    FidelityRating,
    Goal,
    Observation,
    OutcomeRound,
    Pause,
    Person,
    Review,
    Snapshot,
    Support,
    Week,
)

TODAY = date(2027, 6, 15)


@dataclass(frozen=True)
class Case:
    """One row: the snapshot, and the whole answer but for its words."""

    entry: str
    name: str
    snapshot: Snapshot
    status: Status
    codes: tuple[str, ...]
    reason: Reason | None
    since: date | None
    severity: Decimal | None

    def __str__(self) -> str:
        return f"{self.entry}: {self.name}"


class Table:
    """The cases of one entry, in the order written."""

    def __init__(self, entry: str) -> None:
        self.entry = entry
        self.cases: list[Case] = []

    def flagged(self, name, *codes, since=None, severity, **record):
        self._add(Status.FLAGGED, name, codes, record, since=since, severity=severity)

    def watch(self, name, *codes, since=None, severity, **record):
        self._add(Status.WATCH, name, codes, record, since=since, severity=severity)

    def clear(self, name, *codes, since=None, severity, **record):
        self._add(Status.CLEAR, name, codes, record, since=since, severity=severity)

    def unknown(self, name, *codes, reason=Reason.MISSING, **record):
        self._add(Status.UNKNOWN, name, codes, record, reason=reason)

    def _add(self, status, name, codes, record, *, since=None, severity=None, reason=None):
        self.cases.append(
            Case(
                entry=self.entry,
                name=name,
                snapshot=Snapshot(**{"as_of": TODAY, **record}),
                status=status,
                codes=codes,
                reason=reason,
                since=since,
                severity=None if severity is None else Decimal(str(severity)),
            )
        )


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def months_ago(months: int, *, days: int = 0) -> date:
    """So many months ago, and `days` more."""
    return add_months(TODAY, -months) - timedelta(days=days)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def practitioner(number=1, **fields) -> Person:
    return Person(number=number, role="practitioner", **fields)


def leader(number=101, **fields) -> Person:
    return Person(number=number, role="leader", **fields)


def stand_in(number=201, **fields) -> Person:
    return Person(number=number, role="stand_in", **fields)


def hours(person, work, amount="1", *, starts_on=None) -> Allocation:
    return Allocation(person=person, work=work, hours=Decimal(amount), starts_on=starts_on or ago(100))


def conflicts(*released, answered=()) -> tuple[Conflict, ...]:
    """Unanswered ones, released so many days ago; `answered`: (released, answered) pairs of days ago."""
    open_ones = [Conflict(number=1 + n, released_on=ago(days)) for n, days in enumerate(released)]
    closed = [
        Conflict(number=100 + n, released_on=ago(before), answered_on=ago(then))
        for n, (before, then) in enumerate(answered)
    ]
    return (*open_ones, *closed)


def goal(number=1, *, stated=50, due=30, measure=True, owner="leader") -> Goal:
    """Stated so many days ago, due in so many days; `due` None: no date."""
    return Goal(
        number=number,
        stated_on=ago(stated),
        has_measure=measure,
        owner_role=owner,
        due_on=None if due is None else ahead(due),
    )


def action(number=1, *, opened=50, owner="leader", closed=None) -> Action:
    return Action(
        number=number,
        opened_on=ago(opened),
        owner_role=owner,
        due_on=None,
        closed_on=None if closed is None else ago(closed),
    )


def review(number=1, *, held, barrier=True, outcomes=False) -> Review:
    return Review(number=number, held_on=ago(held), barrier_examined=barrier, looked_at_outcomes=outcomes)


def rated(on: date, total: str) -> FidelityRating:
    return FidelityRating(rated_on=on, total=Decimal(total))


def observed(entry, effect="hinders", *, on=None, number=1, source="review", of_group=False, passage="") -> Observation:
    return Observation(
        number=number, entry=entry, effect=effect, on=on or ago(10), source=source, of_group=of_group, passage=passage
    )


def said(name, days) -> ConfirmedEmpty:
    """So many days ago somebody said that there is nothing in the list."""
    return ConfirmedEmpty(list=name, on=ago(days))


def pause(began, ended=None) -> Pause:
    """Paused so many days ago, and started again so many days ago."""
    return Pause(paused_on=ago(began), restarted_on=None if ended is None else ago(ended))


def decision(kind, days, number=1, **fields) -> Decision:
    return Decision(number=number, kind=kind, decided_on=ago(days), **fields)


def month(back, **counts) -> CaseloadMonth:
    """The calendar month that lies so many months before the one of today."""
    return CaseloadMonth(month=first_of(back), **counts)


def first_of(back) -> date:
    """The first day of the calendar month that lies so many months back."""
    return add_months(TODAY.replace(day=1), -back)


def support(asked, agreed=None, number=1) -> Support:
    return Support(number=number, asked_on=ago(asked), agreed_on=None if agreed is None else ago(agreed))


def monday(weeks: int) -> date:
    """The Monday on which the week began that was so many weeks ago; 1 is the last full week."""
    return TODAY - timedelta(days=TODAY.weekday() + 7 * weeks)


def week(weeks, *, reported=3, set_aside="10", kept="10", own="0") -> Week:
    """The total of the week that was so many weeks ago."""
    return Week(
        week=monday(weeks),
        reported=reported,
        set_aside=Decimal(set_aside),
        kept=Decimal(kept),
        own_time=Decimal(own),
    )


def adaptation(number=1, *, since=50, **lacking) -> Adaptation:
    """In use since so many days ago, and planned but for what is named otherwise."""
    planned = {"has_reason": True, "has_evidence": True, "decided_on": ago(since), "look_again_on": ahead(100)}
    return Adaptation(number=number, in_use_from=ago(since), **{**planned, **lacking})


def outcomes(on: date, *, fed_back=None, patients=12) -> OutcomeRound:
    """Measured on a day, and shown to the practitioners so many days later."""
    return OutcomeRound(
        measured_on=on,
        patients=patients,
        fed_back_on=None if fed_back is None else on + timedelta(days=fed_back),
    )


def expectation(published, *, noted=()) -> Expectation:
    """In force since so many days ago; `noted`: (person, days ago) pairs."""
    return Expectation(published_on=ago(published), acknowledged=tuple((person, ago(days)) for person, days in noted))
