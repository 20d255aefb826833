"""What was measured of services, as everything above this app reads it: one function, many services at once.

Results of visits, waves and rounds made here and means typed in from elsewhere are the same rows, so that a reader
need not know which it was. Facts only: what they mean is for the catalogue to say.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from accounts.models import Member
from assessments.models import (
    FidelityRating,
    LeadershipRating,
    OrganisationRating,
    OutcomeRound,
    OwnLeadershipRating,
    Recommendation,
    SustainmentRating,
)


@dataclass
class Summary:
    """One service's results up to a day, each list in the order of its days."""

    fidelity: list[FidelityRating] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)  # of the latest visit alone
    organisation: list[OrganisationRating] = field(default_factory=list)
    leadership: list[LeadershipRating] = field(default_factory=list)
    own_leadership: list[OwnLeadershipRating] = field(default_factory=list)
    sustainment: list[SustainmentRating] = field(default_factory=list)
    outcomes: list[OutcomeRound] = field(default_factory=list)


def summaries(pks: Collection[int], *, as_of: date, reader: Member | None = None) -> dict[int, Summary]:
    """By service; a service without results has an empty one. A constant number of queries, however many services.

    Leaders' own ratings are in it once they were shared, and `reader`'s own.
    """
    found: dict[int, Summary] = defaultdict(Summary)

    for advice in _advised(pks, as_of):
        found[advice.rating.service_id].recommendations.append(advice)

    readable = Q(shared_on__lte=as_of) | Q(leader=reader) if reader else Q(shared_on__lte=as_of)
    own = OwnLeadershipRating.objects.filter(readable, service__in=pks, rated_on__lte=as_of)
    for kind, rows in (
        ("fidelity", FidelityRating.objects.filter(service__in=pks, rated_on__lte=as_of)),
        ("organisation", OrganisationRating.objects.filter(service__in=pks, rated_on__lte=as_of)),
        ("leadership", LeadershipRating.objects.filter(service__in=pks, rated_on__lte=as_of)),
        ("own_leadership", own),
        ("sustainment", SustainmentRating.objects.filter(service__in=pks, rated_on__lte=as_of)),
    ):
        for row in rows.order_by("rated_on", "pk"):
            getattr(found[row.service_id], kind).append(row)
    for one in OutcomeRound.objects.filter(service__in=pks, measured_on__lte=as_of).order_by("measured_on", "pk"):
        found[one.service_id].outcomes.append(one)
    return {pk: found[pk] for pk in pks}


def _advised(pks: Collection[int], as_of: date):
    """What the latest visit of each service advised."""
    visits = FidelityRating.objects.filter(service=OuterRef("rating__service"), rated_on__lte=as_of)
    latest = Subquery(visits.order_by("-rated_on", "-pk").values("pk")[:1])
    advised = Recommendation.objects.filter(rating__service__in=pks).annotate(latest=latest)
    return advised.filter(rating=F("latest")).select_related("rating").order_by("pk")
