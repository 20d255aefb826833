"""What a snapshot holds of reviews, and of what people observed."""

from datetime import date, time

from django.db.models import Exists, OuterRef

from planning.clock import moment
from planning.models import Observation, Review, ReviewSeries
from planning.recurrence import interval_days
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import grouped


def intervals(pks, as_of: date) -> dict[int, int]:
    """The rhythm of the running series, in days."""
    series = ReviewSeries.objects.filter(service__in=pks, created_on__lte=as_of).exclude(ended_on__lte=as_of)
    return {
        one.service_id: interval_days(one.rule, one.starts_at, on=as_of) for one in series.order_by("created_on", "pk")
    }


def reviews(pks, as_of: date) -> dict[str, dict[int, tuple]]:
    """The reviews that were held, and the days on which one was due, held or not."""
    examined = Observation.objects.filter(review=OuterRef("pk"))
    planned = (
        Review.objects.filter(service__in=pks, starts_at__lte=moment(as_of, time.max))
        .exclude(state=Review.State.CANCELLED)
        .annotate(barrier_examined=Exists(examined))
        .defer("minutes")
        .order_by("starts_at", "pk")
    )
    held, due = [], []
    for review in planned:
        due.append((review.service_id, review.on))
        if review.state == Review.State.HELD and review.closed_at <= moment(as_of, time.max):
            held.append(
                (
                    review.service_id,
                    frozen.Review(
                        number=review.pk,
                        held_on=review.on,
                        barrier_examined=review.barrier_examined,
                        looked_at_outcomes=review.looked_at_outcomes,
                    ),
                )
            )
    return {"reviews": grouped(held), "review_due_on": grouped(due)}


def observations(pks, as_of: date) -> dict[int, tuple[frozen.Observation, ...]]:
    """What people saw that hinders or helps, without their words."""
    seen = Observation.objects.filter(service__in=pks, on__lte=as_of).order_by("on", "pk").defer("text")
    return grouped(
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
        for observation in seen
    )
