"""What a snapshot holds of measurements: what the assessments' summary says, and what became of it."""

from datetime import date

from accounts.models import Member
from assessments.models import SUBSCALES
from assessments.summary import summaries
from planning.models import Action
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import until


def measured(pks, as_of: date, own_rating_of: Member | None) -> dict[str, dict[int, tuple]]:
    """The parts of a snapshot that were measured, each by service, in the order of the days; means are unrounded.

    `own_rating_of`: also this leader's own ratings that were not shared.
    """
    found = summaries(pks, as_of=as_of, reader=own_rating_of)
    taken_up = _taken_up(pks, as_of)
    return {
        "fidelity": {
            pk: tuple(frozen.FidelityRating(rated_on=one.rated_on, total=one.total) for one in summary.fidelity)
            for pk, summary in found.items()
        },
        "recommendations": {
            pk: tuple(
                frozen.Recommendation(number=one.pk, given_on=one.rating.rated_on, taken_up=one.pk in taken_up)
                for one in summary.recommendations
            )
            for pk, summary in found.items()
        },
        "organisation": {
            pk: tuple(frozen.OrganisationRating(rated_on=one.rated_on, mean=one.mean) for one in summary.organisation)
            for pk, summary in found.items()
        },
        "leadership": {
            pk: tuple(
                frozen.LeadershipRating(
                    rated_on=one.rated_on,
                    answers=one.answers,
                    minimum=one.minimum,
                    bounded=tuple(sorted(one.bounded.items())),
                    **_means(one),
                )
                for one in summary.leadership
            )
            for pk, summary in found.items()
        },
        "own_leadership": {
            pk: tuple(
                frozen.OwnLeadershipRating(rated_on=one.rated_on, **_means(one)) for one in summary.own_leadership
            )
            for pk, summary in found.items()
        },
        "outcomes": {
            pk: tuple(
                frozen.OutcomeRound(
                    measured_on=one.measured_on, patients=one.patients, fed_back_on=until(one.fed_back_on, as_of)
                )
                for one in summary.outcomes
            )
            for pk, summary in found.items()
        },
    }


def _taken_up(pks, as_of: date) -> set[int]:
    """The recommendations that an action had come from by then."""
    actions = Action.objects.filter(recommendation__rating__service__in=pks, opened_on__lte=as_of)
    return set(actions.values_list("recommendation", flat=True))


def _means(rating) -> dict:
    return {name: getattr(rating, name) for name in SUBSCALES}
