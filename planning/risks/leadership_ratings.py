"""Ratings on the Implementation Leadership Scale: which one counts, and when it says nothing."""

from dataclasses import astuple
from decimal import Decimal

from .absence import clock
from .answer import Reason, Status
from .fidelity import RATING_MONTHS
from .finding import Finding, measured, unknown
from .months import older_than
from .snapshot import LeadershipRating, OwnLeadershipRating, Snapshot


def by_staff(snapshot: Snapshot) -> LeadershipRating | None:
    """The latest rating by staff, also if it is old or too few answered: then `silence` says so.

    An older one never stands in for it: the latest wave is what people said last. There is one a day; should there
    be more, their figures decide, and not the order in which they came.
    """
    return max(snapshot.leadership, key=astuple, default=None)


def by_leader(snapshot: Snapshot) -> OwnLeadershipRating | None:
    """The latest of the leaders' own ratings that the snapshot holds; of two on one day the higher one."""
    return max(snapshot.own_leadership, key=lambda one: (one.rated_on, mean(one)), default=None)


def mean(rating: LeadershipRating | OwnLeadershipRating) -> Decimal:
    """The total on the scale: the mean of the four sub-scales, unrounded."""
    return (rating.proactive + rating.knowledgeable + rating.supportive + rating.perseverant) / 4


def too_old(snapshot: Snapshot, rating: LeadershipRating | OwnLeadershipRating) -> bool:
    """Whether the rating is older than 13 months and says nothing of today."""
    return older_than(rating.rated_on, RATING_MONTHS, on=clock(snapshot, rating.rated_on))


def silence(snapshot: Snapshot, rating: LeadershipRating | None) -> Finding | None:
    """Why a rating by staff decides nothing; None when it does decide.

    There is none; it is older than 13 months; or fewer answered than the smallest number agreed beforehand: then
    its means are in no evidence either, so that nobody's answer can be told from them.
    """
    if rating is None:
        return unknown()
    if too_old(snapshot, rating):
        return unknown(measured("staff_rating_too_old", Status.UNKNOWN, rated_on=rating.rated_on, months=RATING_MONTHS))
    if rating.answers < rating.minimum:
        piece = measured(
            "too_few_answers",
            Status.UNKNOWN,
            answers=rating.answers,
            minimum=rating.minimum,
            rated_on=rating.rated_on,
        )
        return unknown(piece, reason=Reason.TOO_FEW_PEOPLE)
    return None
