"""Times in which the practice of a service rests: paused, or stopped by a decision.

What that does to the catalogue's answers is told in `planning.risks.absence`; here the same is asked of the rows.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Subquery

from accounts.access import FETCHED_WITH_MEMBERSHIP
from accounts.models import Service
from planning.models import Decision, Pause
from planning.risks import absence
from planning.risks import snapshot as frozen


def running(service: Service, *, on: date) -> Pause | None:
    """The pause that the service is in on that day."""
    return service.pauses.running(on).order_by("paused_on").first()


def paused_since(on: date) -> Subquery:
    """For a query of members: the first day of the pause that their service is in on that day; null for none."""
    pauses = Pause.objects.running(on).filter(service=OuterRef("service")).order_by("paused_on")
    return Subquery(pauses.values("paused_on")[:1])


FETCHED_WITH_MEMBERSHIP["paused_since"] = paused_since  # every page of a service says that it is paused


def resting(service_pks: Iterable[int], *, on: date) -> set[int]:
    """Those of the services whose practice rests on that day: paused, or stopped by a decision."""
    return {pk for pk, snapshot in clocks(service_pks, on=on).items() if absence.resting(snapshot)}


def stopped(service_pks: Iterable[int], *, on: date) -> set[int]:
    """Those of the services that are stopped by a decision on that day, paused besides or not."""
    return {pk for pk, snapshot in _snapshots(service_pks, on=on, paused=False).items() if absence.resting(snapshot)}


def clocks(service_pks: Iterable[int], *, on: date) -> dict[int, frozen.Snapshot]:
    """What `planning.risks.absence` needs of each service to say whether it rests, and how long ago something is."""
    return _snapshots(service_pks, on=on, paused=True)


def _snapshots(service_pks: Iterable[int], *, on: date, paused: bool) -> dict[int, frozen.Snapshot]:
    """What `absence` needs to know of each service, in two queries; `paused`: with the pauses that still last."""
    pks = set(service_pks)
    pauses, decisions = defaultdict(list), defaultdict(list)
    for one in Pause.objects.filter(service__in=pks, paused_on__lte=on):
        restarted_on = one.restarted_on if one.restarted_on and one.restarted_on <= on else None
        if restarted_on or paused:
            pauses[one.service_id].append(frozen.Pause(one.paused_on, restarted_on))
    for one in Decision.objects.filter(service__in=pks, decided_on__lte=on):
        decisions[one.service_id].append(frozen.Decision(number=one.pk, kind=one.kind, decided_on=one.decided_on))
    return {pk: frozen.Snapshot(as_of=on, pauses=tuple(pauses[pk]), decisions=tuple(decisions[pk])) for pk in pks}
