"""The people of a snapshot: who is of the service, what time they have, when they were supervised."""

from datetime import date

from django.db.models import Q

from accounts.models import Member, Role
from planning.models import Allocation, Supervision
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import grouped, until

SUPERVISOR = "supervisor"


def people(pks, as_of: date) -> dict[int, tuple[frozen.Person, ...]]:
    """The service's own people, and advisers who supervise it from outside; also those who have left."""
    own = Q(role__in=[Role.LEADER, Role.STAND_IN, Role.PRACTITIONER])
    from_outside = Q(role=Role.ADVISER, supervises=True)
    members = Member.objects.filter(own | from_outside, guest=False, service__in=pks)
    return grouped(
        (
            member.service_id,
            frozen.Person(
                number=member.pk,
                role=SUPERVISOR if member.role == Role.ADVISER else member.role,
                started_on=member.started_on,
                trained_on=until(member.trained_on, as_of),
                how_chosen=member.how_chosen or None,
                leaves_on=member.leaves_on,
                successor=member.successor_id,
                handed_over_on=until(member.handed_over_on, as_of),
                supervises=member.supervises,
                stopped_on=until(member.stopped_on, as_of),
                away_from=until(member.away_from, as_of),
                away_until=member.away_until if until(member.away_from, as_of) else None,
            ),
        )
        for member in members.exclude(started_on__gt=as_of).order_by("pk")
    )


def allocations(pks, as_of: date) -> dict[int, tuple[frozen.Allocation, ...]]:
    """The time set aside that is in force."""
    in_force = Allocation.objects.in_force(as_of).filter(service__in=pks).order_by("pk")
    return grouped(
        (
            allocation.service_id,
            frozen.Allocation(
                person=allocation.member_id,
                work=allocation.work,
                hours=allocation.hours_per_week,
                starts_on=allocation.starts_on,
            ),
        )
        for allocation in in_force
    )


def supervisions(pks, as_of: date) -> dict[int, tuple[date, ...]]:
    """The days on which supervision took place."""
    held = Supervision.objects.filter(service__in=pks, held_on__lte=as_of)
    return grouped(held.order_by("held_on", "pk").values_list("service", "held_on"))
