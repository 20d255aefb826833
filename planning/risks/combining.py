"""What people report, and how it is put beside what a rule finds in the record: for every entry alike.

An *observation* says of one entry that something hinders or helps. Of the service itself:

* the latest day counts; on the same day a hindrance counts before a help;
* a hindrance flags the entry for 6 calendar months and is a watch afterwards, until a later
  observation says that it helps now;
* a help is clear for 6 calendar months and says nothing afterwards.

While the practice rests the months do not go by (`absence.clock`).

Reported only of a group that the service belongs to ("most services"), a hindrance gives a watch and
never more, whatever its age, until the service itself reports later that it helps. A help reported of
a group gives nothing: a strength needs a record of the service itself.

The status is the worst of the three: what the rule finds, what is reported, what is reported of the
group. Unknown yields to what is known. All evidence is shown, also where it disagrees.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile

from .absence import clock
from .answer import Answer, Evidence, EvidenceKind, Record, Status
from .finding import Finding, worse
from .months import older_than
from .snapshot import Observation, Snapshot

REPORTED_MONTHS = 6  # how long a report keeps its full weight


@dataclass(frozen=True)
class Reported:
    """What is reported on one entry: the status it gives by itself, and the observations that count."""

    status: Status
    evidence: tuple[Evidence, ...]
    hindrances: int


def combine(key: str, theme: int, finding: Finding, snapshot: Snapshot, *, fades: bool) -> Answer:
    """The answer for one entry. With `fades` false a reported hindrance keeps its weight until a help follows.

    `since` is the day of the oldest fact that by itself gives the status. The severity is the rule's
    figure; an entry that the record does not measure has the number of reported hindrances instead.
    """
    mine = [one for one in snapshot.observations if one.entry == key]
    reported = _of_service([one for one in mine if not one.of_group], snapshot, fades=fades)
    group = _of_group(mine)
    evidence = finding.evidence + reported.evidence + group
    status = worse(finding.status, reported.status, *(one.status for one in group))
    known = status is not Status.UNKNOWN
    bearing = [one.on for one in evidence if one.status is status and one.on is not None]
    severity = finding.severity
    if severity is None and known:
        severity = Decimal(reported.hindrances)
    return Answer(
        key=key,
        theme=theme,
        status=status,
        reason=None if known else finding.reason,
        since=min(bearing, default=None) if known else None,
        severity=severity,
        evidence=evidence,
    )


def reported_to_help(snapshot: Snapshot, key: str) -> date | None:
    """The day of the latest report on the entry, if it says of the service itself that it helps, and still counts."""
    own = [one for one in snapshot.observations if one.entry == key and not one.of_group]
    reported = _of_service(own, snapshot, fades=True)
    return reported.evidence[0].on if reported.status is Status.CLEAR else None


def _newest_first(observations: Iterable[Observation]) -> list[Observation]:
    """In the order in which they count, whatever order they came in."""
    return sorted(observations, key=_rank)


def _rank(one: Observation) -> tuple:
    return (-one.on.toordinal(), one.effect != "hinders", one.number, one.source, one.passage)


def _of_service(observations: list[Observation], snapshot: Snapshot, *, fades: bool) -> Reported:
    """The unbroken run of equal reports that ends with the one that counts, and what was said against it that day."""
    ordered = _newest_first(observations)
    if not ordered:
        return Reported(Status.UNKNOWN, (), 0)
    counts = ordered[0]
    contrary = [one for one in ordered if one.on == counts.on and one.effect != counts.effect]
    run = list(takewhile(lambda one: one.effect == counts.effect, (one for one in ordered if one not in contrary)))
    evidence = tuple(_evidence(one, snapshot, fades=fades) for one in (*run, *contrary))
    return Reported(evidence[0].status, evidence, len(run) if counts.effect == "hinders" else 0)


def _evidence(one: Observation, snapshot: Snapshot, *, fades: bool) -> Evidence:
    """An observation of the service itself, with the status it gives at its age."""
    old = older_than(one.on, REPORTED_MONTHS, on=clock(snapshot, one.on))
    if one.effect == "hinders":
        faded = old and fades
        code, status = ("hinders_old", Status.WATCH) if faded else ("hinders", Status.FLAGGED)
    else:
        code, status = ("helps_old", Status.UNKNOWN) if old else ("helps", Status.CLEAR)
    return _piece("reported", code, status, one)


def _of_group(observations: list[Observation]) -> tuple[Evidence, ...]:
    """What is reported of the group: a watch, unless the service itself says later that it helps now."""
    own_helps = [one.on for one in observations if not one.of_group and one.effect == "helps"]
    pieces = []
    for one in _newest_first(one for one in observations if one.of_group):
        if one.effect == "helps":
            pieces.append(_piece("group", "group_helps", Status.UNKNOWN, one))
        elif any(day > one.on for day in own_helps):
            pieces.append(_piece("group", "group_hinders", Status.UNKNOWN, one))
        else:
            pieces.append(_piece("group", "group_hinders", Status.WATCH, one))
    return tuple(pieces)


def _piece(kind: EvidenceKind, code: str, status: Status, one: Observation) -> Evidence:
    return Evidence(
        kind,
        code,
        status,
        values=(("on", one.on), ("source", one.source), ("passage", one.passage)),
        on=one.on,
        records=(Record("observation", one.number),),
    )
