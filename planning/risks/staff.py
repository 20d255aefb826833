"""Theme 3, long-term priorities: who carries the practice, how they were chosen, and who takes over."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from .absence import joined
from .answer import Reason, Status
from .finding import Finding, measured, percent, unknown
from .months import add_months
from .people import active_practitioners, in_role, person_records
from .snapshot import Person, Snapshot

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
