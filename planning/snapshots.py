"""Rows become snapshots: always many services at once, one being a batch of one.

The number of queries does not grow with the number of services. No names and no free text are
read into a snapshot, and conflicts only once they are released to others.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time

from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone

from accounts.models import LEADING_ROLES, Member, Service
from assessments.models import FidelityRating
from planning.clock import moment
from planning.models import (
    Action,
    Allocation,
    Goal,
    LoggingAgreement,
    Observation,
    PriorityConflict,
    Review,
    ReviewSeries,
    Vision,
)
from planning.recurrence import interval_days
from planning.risks import snapshot as frozen


def take_snapshot(service: Service, as_of: date) -> frozen.Snapshot:
    """The service's record as of a day."""
    return take_snapshots([service], as_of)[service.pk]


def take_snapshots(services: Iterable[Service], as_of: date) -> dict[int, frozen.Snapshot]:
    """Snapshots by the services' primary keys. What is dated after `as_of` is left out."""
    services = list(services)
    pks = [service.pk for service in services]
    parts = {
        "people": _people(pks, as_of),
        "vision": _visions(pks, as_of),
        "goals": _goals(pks, as_of),
        "last_goal_ended_on": _goal_ends(pks, as_of),
        "actions": _actions(pks, as_of),
        "leader_moved_on": _leader_moves(pks, as_of),
        "allocations": _allocations(pks, as_of),
        "conflicts": _conflicts(pks, as_of),
        "logging_since": _logging(pks, as_of),
        "review_interval_days": _intervals(pks, as_of),
        "fidelity": _fidelity(pks, as_of),
        "observations": _observations(pks, as_of),
        **_reviews(pks, as_of),
    }
    return {
        service.pk: frozen.Snapshot(
            as_of=as_of,
            described=service.described,
            joined_on=_until(service.joined_on, as_of),
            started_on=_until(service.started_on, as_of),
            **{name: by_service[service.pk] for name, by_service in parts.items() if service.pk in by_service},
        )
        for service in services
    }


def _until(day: date | None, as_of: date) -> date | None:
    """The day, unless it lies in the future: what has not happened is not yet a fact."""
    return day if day is not None and day <= as_of else None


def _grouped(pairs) -> dict[int, tuple]:
    """(service, thing) pairs as tuples by service."""
    groups = defaultdict(list)
    for service_pk, thing in pairs:
        groups[service_pk].append(thing)
    return {service_pk: tuple(things) for service_pk, things in groups.items()}


def _people(pks, as_of) -> dict[int, tuple[frozen.Person, ...]]:
    members = Member.objects.of_record().filter(service__in=pks).exclude(started_on__gt=as_of).order_by("pk")
    return _grouped(
        (
            member.service_id,
            frozen.Person(
                number=member.pk,
                role=member.role,
                started_on=member.started_on,
                trained_on=_until(member.trained_on, as_of),
                how_chosen=member.how_chosen or None,
                leaves_on=member.leaves_on,
                successor=member.successor_id,
                handed_over_on=_until(member.handed_over_on, as_of),
                supervises=member.supervises,
                stopped_on=_until(member.stopped_on, as_of),
                away_from=_until(member.away_from, as_of),
                away_until=member.away_until if _until(member.away_from, as_of) else None,
            ),
        )
        for member in members
    )


def _visions(pks, as_of) -> dict[int, frozen.Vision]:
    latest = {}
    for vision in Vision.objects.in_force(as_of).filter(service__in=pks):
        latest.setdefault(
            vision.service_id,
            frozen.Vision(
                published_on=vision.published_on,
                horizon_on=vision.horizon_on,
                looked_at_on=_until(vision.looked_at_on, as_of) or vision.published_on,
            ),
        )
    return latest


def _goals(pks, as_of) -> dict[int, tuple[frozen.Goal, ...]]:
    goals = (
        Goal.objects.filter(service__in=pks, stated_on__lte=as_of)
        .exclude(state=Goal.State.DRAFT)
        .exclude(ended_on__lte=as_of)
        .annotate(owner_role=F("owner__role"))
        .order_by("pk")
    )
    return _grouped(
        (
            goal.service_id,
            frozen.Goal(
                number=goal.pk,
                stated_on=goal.stated_on,
                has_measure=goal.has_measure,
                owner_role=goal.owner_role,
                due_on=goal.due_on,
            ),
        )
        for goal in goals
    )


def _goal_ends(pks, as_of) -> dict[int, date]:
    ended = Goal.objects.filter(service__in=pks, ended_on__lte=as_of)
    return dict(ended.values_list("service_id").annotate(Max("ended_on")).order_by("service_id"))


def _actions(pks, as_of) -> dict[int, tuple[frozen.Action, ...]]:
    actions = (
        Action.objects.filter(service__in=pks, opened_on__lte=as_of)
        .annotate(owner_role=F("owner__role"))
        .order_by("pk")
    )
    return _grouped(
        (
            action.service_id,
            frozen.Action(
                number=action.pk,
                opened_on=action.opened_on,
                owner_role=action.owner_role,
                due_on=action.due_on,
                closed_on=_until(action.closed_on, as_of),
            ),
        )
        for action in actions
    )


def _leader_moves(pks, as_of) -> dict[int, tuple[date, ...]]:
    moves = Action.objects.filter(service__in=pks, moved_on__lte=as_of, moved_by__role__in=LEADING_ROLES)
    return _grouped(moves.order_by("moved_on", "pk").values_list("service_id", "moved_on"))


def _allocations(pks, as_of) -> dict[int, tuple[frozen.Allocation, ...]]:
    allocations = Allocation.objects.in_force(as_of).filter(service__in=pks).order_by("pk")
    return _grouped(
        (
            allocation.service_id,
            frozen.Allocation(
                person=allocation.member_id,
                work=allocation.work,
                hours=allocation.hours_per_week,
                starts_on=allocation.starts_on,
            ),
        )
        for allocation in allocations
    )


def _conflicts(pks, as_of) -> dict[int, tuple[frozen.Conflict, ...]]:
    conflicts = (
        PriorityConflict.objects.released(as_of)
        .filter(service__in=pks)
        .annotate(answered_on=F("answer__answered_on"))
        .order_by("released_on", "pk")
    )
    counters: dict[int, int] = defaultdict(int)
    pairs = []
    for conflict in conflicts:
        counters[conflict.service_id] += 1
        pairs.append(
            (
                conflict.service_id,
                frozen.Conflict(
                    number=counters[conflict.service_id],
                    released_on=conflict.released_on,
                    answered_on=_until(conflict.answered_on, as_of),
                ),
            )
        )
    return _grouped(pairs)


def _logging(pks, as_of) -> dict[int, date]:
    """Since when conflicts can be logged without a break, for services in which they still can."""
    agreements = LoggingAgreement.objects.filter(service__in=pks, recorded_at__lte=moment(as_of, time.max))
    since: dict[int, date] = {}
    latest = {}
    for agreement in agreements.order_by("recorded_at", "pk"):
        day, before = timezone.localdate(agreement.recorded_at), latest.get(agreement.service_id)
        if before is None or not before.allows_logging(day):
            since[agreement.service_id] = day
        latest[agreement.service_id] = agreement
    return {pk: day for pk, day in since.items() if latest[pk].allows_logging(as_of)}


def _intervals(pks, as_of) -> dict[int, int]:
    series = ReviewSeries.objects.filter(service__in=pks, created_on__lte=as_of).exclude(ended_on__lte=as_of)
    return {
        one.service_id: interval_days(one.rule, one.starts_at, on=as_of) for one in series.order_by("created_on", "pk")
    }


def _reviews(pks, as_of) -> dict[str, dict[int, tuple]]:
    examined = Observation.objects.filter(review=OuterRef("pk"))
    reviews = (
        Review.objects.filter(service__in=pks, starts_at__lte=moment(as_of, time.max))
        .exclude(state=Review.State.CANCELLED)
        .annotate(barrier_examined=Exists(examined))
        .order_by("starts_at", "pk")
    )
    held, due = [], []
    for review in reviews:
        due.append((review.service_id, review.on))
        if review.state == Review.State.HELD and review.closed_at <= moment(as_of, time.max):
            held.append(
                (
                    review.service_id,
                    frozen.Review(number=review.pk, held_on=review.on, barrier_examined=review.barrier_examined),
                )
            )
    return {"reviews": _grouped(held), "review_due_on": _grouped(due)}


def _fidelity(pks, as_of) -> dict[int, tuple[frozen.FidelityRating, ...]]:
    ratings = FidelityRating.objects.filter(service__in=pks, rated_on__lte=as_of).order_by("rated_on", "pk")
    return _grouped(
        (rating.service_id, frozen.FidelityRating(rated_on=rating.rated_on, total=rating.total)) for rating in ratings
    )


def _observations(pks, as_of) -> dict[int, tuple[frozen.Observation, ...]]:
    observations = Observation.objects.filter(service__in=pks, on__lte=as_of).order_by("on", "pk").defer("text")
    return _grouped(
        (
            observation.service_id,
            frozen.Observation(
                number=observation.pk,
                entry=observation.entry,
                effect=observation.effect,
                on=observation.on,
                source=observation.source,
                of_group=observation.of_group,
                passage=observation.passage,
            ),
        )
        for observation in observations
    )
