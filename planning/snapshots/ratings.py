"""What a snapshot holds of measurements: fidelity, organisation, leadership, outcomes."""

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, Subquery

from accounts.models import Member
from assessments.models import (
    SUBSCALES,
    FidelityRating,
    LeadershipRating,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    Recommendation,
)
from planning.models import Action
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import grouped, until


def fidelity(pks, as_of: date) -> dict[int, tuple[frozen.FidelityRating, ...]]:
    """The totals, unrounded, in the order of their days."""
    rated = FidelityRating.objects.filter(service__in=pks, rated_on__lte=as_of).defer("items")
    return grouped(
        (rating.service_id, frozen.FidelityRating(rated_on=rating.rated_on, total=rating.total))
        for rating in rated.order_by("rated_on", "pk")
    )


def recommendations(pks, as_of: date) -> dict[int, tuple[frozen.Recommendation, ...]]:
    """What the latest visit advised, and whether an action had come from it by then."""
    visits = FidelityRating.objects.filter(service=OuterRef("rating__service"), rated_on__lte=as_of)
    last_visit = Subquery(visits.order_by("-rated_on", "-pk").values("pk")[:1])
    taken_up = Exists(Action.objects.filter(recommendation=OuterRef("pk"), opened_on__lte=as_of))
    advised = (
        Recommendation.objects.filter(rating__service__in=pks)
        .annotate(last_visit=last_visit, taken_up=taken_up)
        .filter(rating=F("last_visit"))
        .select_related("rating")
        .defer("text", "rating__items")
        .order_by("pk")
    )
    return grouped(
        (
            one.rating.service_id,
            frozen.Recommendation(number=one.pk, given_on=one.rating.rated_on, taken_up=one.taken_up),
        )
        for one in advised
    )


def organisation(pks, as_of: date) -> dict[int, tuple[frozen.OrganisationRating, ...]]:
    """Means on the General Organizational Index, unrounded, in the order of their days."""
    rated = OrganisationRating.objects.filter(service__in=pks, rated_on__lte=as_of).order_by("rated_on")
    return grouped(
        (rating.service_id, frozen.OrganisationRating(rated_on=rating.rated_on, mean=rating.mean)) for rating in rated
    )


def leadership(pks, as_of: date) -> dict[int, tuple[frozen.LeadershipRating, ...]]:
    """What staff answered on the leadership, with how many answers were agreed on; in the order of the days."""
    rated = LeadershipRating.objects.filter(service__in=pks, rated_on__lte=as_of).order_by("rated_on")
    return grouped(
        (
            rating.service_id,
            frozen.LeadershipRating(
                rated_on=rating.rated_on, answers=rating.answers, minimum=rating.minimum, **_means(rating)
            ),
        )
        for rating in rated
    )


def own_leadership(pks, as_of: date, of: Member | None) -> dict[int, tuple[frozen.OwnLeadershipRating, ...]]:
    """Leaders' own ratings that were shared by that day; and those of the one leader for whom this is read."""
    readable = Q(shared_on__lte=as_of)
    if of is not None:
        readable |= Q(leader=of)
    rated = OwnLeadershipRating.objects.filter(readable, service__in=pks, rated_on__lte=as_of)
    return grouped(
        (rating.service_id, frozen.OwnLeadershipRating(rated_on=rating.rated_on, **_means(rating)))
        for rating in rated.order_by("rated_on", "pk")
    )


def _means(rating) -> dict:
    return {name: getattr(rating, name) for name in SUBSCALES}


def outcomes(pks, as_of: date) -> dict[int, tuple[frozen.OutcomeRound, ...]]:
    """How many patients each round covered, and when practitioners were shown it; in the order of the days."""
    measured = OutcomeRound.objects.filter(service__in=pks, measured_on__lte=as_of).order_by("measured_on", "pk")
    return grouped(
        (
            one.service_id,
            frozen.OutcomeRound(
                measured_on=one.measured_on, patients=one.patients, fed_back_on=until(one.fed_back_on, as_of)
            ),
        )
        for one in measured
    )
