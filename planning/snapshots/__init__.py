"""Rows become snapshots: always many services at once, one being a batch of one.

The number of queries does not grow with the number of services. No names and no free text are
read into a snapshot; conflicts and weekly check-ins only as weekly totals that are released to others.
A leader's own rating is read once it is shared, or for that leader alone.
"""

from collections.abc import Iterable
from datetime import date

from accounts.models import Member, Service
from planning import conflict_weeks, weeks
from planning.risks import snapshot as frozen
from planning.snapshots import backing, intentions, meetings, people, ratings, time
from planning.snapshots.gathering import until


def take_snapshot(service: Service, as_of: date, own_rating_of: Member | None = None) -> frozen.Snapshot:
    """The service's record as of a day; with what `own_rating_of` alone may know, for pages of that leader only."""
    return take_snapshots([service], as_of, own_rating_of)[service.pk]


def take_snapshots(
    services: Iterable[Service], as_of: date, own_rating_of: Member | None = None
) -> dict[int, frozen.Snapshot]:
    """Snapshots by the services' primary keys. What is dated after `as_of` is left out.

    `own_rating_of`: also the leadership ratings of this leader's own that are not shared. What is made of such a
    snapshot is for nobody else: no plan, no document, no mail, no other person's page.
    """
    services = list(services)
    pks = [service.pk for service in services]
    known_conflicts = conflict_weeks.released_weeks(services, as_of)
    parts = {
        "people": people.people(pks, as_of),
        "allocations": people.allocations(pks, as_of),
        "supervised_on": people.supervisions(pks, as_of),
        "vision": intentions.visions(pks, as_of),
        "expectation": intentions.expectations(pks, as_of),
        "goals": intentions.goals(pks, as_of),
        "last_goal_ended_on": intentions.goal_ends(pks, as_of),
        "actions": intentions.actions(pks, as_of),
        "leader_moved_on": intentions.leader_moves(pks, as_of),
        "decisions": intentions.decisions(pks, as_of),
        "adaptations": intentions.adaptations(pks, as_of),
        "review_interval_days": meetings.intervals(pks, as_of),
        **meetings.reviews(pks, as_of),
        "observations": meetings.observations(pks, as_of),
        "logging_since": time.logging(pks, as_of),
        "pauses": time.pauses(pks, as_of),
        "caseload": time.caseload(pks, as_of),
        "capacity": time.capacity(pks),
        "conflicts": {pk: conflict_weeks.as_facts(known) for pk, known in known_conflicts.items()},
        "weeks": weeks.released(services, as_of),
        "supports": backing.supports(pks, as_of),
        "confirmations": backing.confirmations(pks, as_of),
        "fundings": backing.fundings(pks, as_of),
        "readiness": backing.readiness(pks, as_of),
        "confirmed_empty": backing.confirmed_empty(pks, as_of),
        **ratings.measured(pks, as_of, own_rating_of),
    }
    return {
        service.pk: frozen.Snapshot(
            as_of=as_of,
            described=service.described,
            joined_on=until(service.joined_on, as_of),
            started_on=until(service.started_on, as_of),
            project_ends_on=service.project_ends_on,
            **{name: by_service[service.pk] for name, by_service in parts.items() if service.pk in by_service},
        )
        for service in services
    }
