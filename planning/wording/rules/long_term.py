"""Theme 3, long-term priorities: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, long_term
from planning.wording.figures import limit

from .shape import goes_by_reports


def _no_vision() -> str:
    return gettext(
        "Flagged when no vision is published %(days)d days after the service joined, when its date has passed or is "
        "%(horizon)d months away or less, or when nobody has looked at it for %(look)d months."
    ) % {
        "days": absence.FIRST_DAYS,
        "horizon": long_term.VISION_HORIZON_MONTHS,
        "look": long_term.VISION_LOOK_MONTHS,
    }


def _no_goals() -> str:
    share = long_term.GOALS_OVERDUE_SHARE
    return gettext(
        "Flagged when, from %(days)d days after the service joined, no active goal has a measure, an owner and a date. "
        "Watch when %(part)d in %(whole)d active goals, or more, are overdue."
    ) % {"days": absence.FIRST_DAYS, "part": share.numerator, "whole": share.denominator}


def _undecided_future() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when the project period ends within %(months)d months, or has ended, and no decision to continue "
            "is recorded, or when the decision is left to the practitioners."
        )
        % {"months": long_term.UNDECIDED_MONTHS}
    )


def _expansion_without_plan() -> str:
    return goes_by_reports(
        gettext("Flagged when an expansion is announced without goals, hours and training behind it.")
    )


def _picked_in_passing() -> str:
    share = long_term.PICKED_SHARE
    return gettext(
        "Flagged when %(part)d in %(whole)d active practitioners, or more, were asked in passing or appointed."
    ) % {"part": share.numerator, "whole": share.denominator}


def _leaving_soon() -> str:
    return gettext(
        "Flagged when the leader or a trained practitioner leaves within %(months)d months and nobody is named to take "
        "over."
    ) % {"months": long_term.LEAVING_MONTHS}


def _unprepared_start() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when one of these is not checked: there are eligible patients, there is weekly capacity for a "
            "year, everybody is briefed. A reported hindrance does not fade here: only doing it clears the flag."
        )
    )


def _no_recruitment() -> str:
    return goes_by_reports(
        gettext(
            "Speaks when nobody is in the programme, or when %(share)d percent or less of the planned number have "
            "started: watch after %(watch)d months, flagged after %(flag)d."
        )
        % {
            "share": long_term.RECRUITMENT_PERCENT,
            "watch": long_term.RECRUITMENT_WATCH_MONTHS,
            "flag": long_term.RECRUITMENT_FLAG_MONTHS,
        }
    )


def _no_regular_review() -> str:
    return gettext(
        "Flagged when reviews have no schedule %(days)d days after the service joined, when the last one held is more "
        "than %(intervals)s intervals ago, or when the last %(reviews)d held examined no barrier."
    ) % {
        "days": absence.FIRST_DAYS,
        "intervals": limit(long_term.REVIEW_LATE_INTERVALS),
        "reviews": long_term.REVIEWS_COMPARED,
    }


def _alone_in_the_system() -> str:
    return goes_by_reports(
        gettext("Flagged when no support from outside the service was sought or agreed in %(months)d months.")
        % {"months": long_term.ALONE_MONTHS}
    )


def _supervision_lapsed() -> str:
    return gettext(
        "Flagged when no supervision was logged for %(days)d days, or when an active practitioner has no training date "
        "%(first)d days after the service joined. Supervision is not recorded yet."
    ) % {"days": long_term.SUPERVISION_DAYS, "first": absence.FIRST_DAYS}


RULES = {
    "no-vision": _no_vision,
    "no-goals": _no_goals,
    "undecided-future": _undecided_future,
    "expansion-without-plan": _expansion_without_plan,
    "picked-in-passing": _picked_in_passing,
    "leaving-soon": _leaving_soon,
    "unprepared-start": _unprepared_start,
    "no-recruitment": _no_recruitment,
    "no-regular-review": _no_regular_review,
    "alone-in-the-system": _alone_in_the_system,
    "supervision-lapsed": _supervision_lapsed,
}
