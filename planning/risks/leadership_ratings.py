"""Ratings on the Implementation Leadership Scale: which one counts, what it leaves open, and when it says nothing."""

from dataclasses import astuple, dataclass
from decimal import Decimal

from .absence import clock
from .answer import Reason, Status
from .fidelity import RATING_MONTHS
from .finding import Finding, measured, unknown
from .months import older_than
from .snapshot import LeadershipRating, OwnLeadershipRating, Snapshot

_SUBSCALES = ("proactive", "knowledgeable", "supportive", "perseverant")
_LOWEST, _HIGHEST = Decimal(0), Decimal(4)  # the ends of the scale


@dataclass(frozen=True)
class Range:
    """Between which figures a mean lies; both are the same where it is known."""

    least: Decimal
    most: Decimal

    def is_under(self, limit: Decimal) -> bool | None:
        """Whether the mean lies under the limit; None where it may lie on either side."""
        if self.most < limit:
            return True
        return False if self.least >= limit else None


def by_staff(snapshot: Snapshot) -> LeadershipRating | None:
    """The latest rating by staff, also if it is old or too few answered: then `silence` says so.

    An older one never stands in for it: the latest wave is what people said last. There is one a day; should there
    be more, their figures decide, and not the order in which they came.
    """
    return max(snapshot.leadership, key=astuple, default=None)


def by_leader(snapshot: Snapshot) -> OwnLeadershipRating | None:
    """The latest of the leaders' own ratings that the snapshot holds; of two on one day the higher one."""
    return max(snapshot.own_leadership, key=lambda one: (one.rated_on, mean(one)), default=None)


def mean(rating: OwnLeadershipRating) -> Decimal:
    """The total on the scale: the mean of the four sub-scales, unrounded."""
    return sum((getattr(rating, name) for name in _SUBSCALES), Decimal()) / 4


def range_of(rating: LeadershipRating, name: str) -> Range:
    """Between which figures a sub-scale lies: of a limit it is not known how far beyond it the mean is."""
    figure, bound = getattr(rating, name), dict(rating.bounded).get(name)
    return Range(_LOWEST if bound == "least" else figure, _HIGHEST if bound == "most" else figure)


def mean_range(rating: LeadershipRating) -> Range:
    """Between which figures the total lies."""
    ranges = [range_of(rating, name) for name in _SUBSCALES]
    return Range(sum((one.least for one in ranges), Decimal()) / 4, sum((one.most for one in ranges), Decimal()) / 4)


def stated(rating: LeadershipRating, /, **names: str) -> dict[str, Decimal | str]:
    """Sub-scales as evidence states them: the figure under its name there, and beside it on which side a limit lies."""
    bounds = dict(rating.bounded)
    figures = {value: getattr(rating, name) for value, name in names.items()}
    return figures | {f"{value}_bound": bounds[name] for value, name in names.items() if name in bounds}


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
