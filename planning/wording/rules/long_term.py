"""Theme 3, long-term priorities: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, long_term, need, recruitment, staff, upkeep
from planning.wording.figures import limit


def _no_vision() -> str:
    return gettext(
        "Flagged when no vision is published %(days)d days after the service joined, or at once when somebody says "
        "that there is none; when its date has passed or is %(horizon)d months away or less; or when nobody has looked "
        "at it for %(look)d months."
    ) % {
        "days": absence.FIRST_DAYS,
        "horizon": long_term.VISION_HORIZON_MONTHS,
        "look": long_term.VISION_LOOK_MONTHS,
    }


def _no_goals() -> str:
    share = long_term.GOALS_OVERDUE_SHARE
    return gettext(
        "Flagged when, from %(days)d days after the service joined, no active goal has a measure, an owner and a date, "
        "or at once when somebody says that there are none. "
        "Watch when %(part)d in %(whole)d active goals, or more, are overdue: more than %(grace)d days past their date."
    ) % {
        "days": absence.FIRST_DAYS,
        "part": share.numerator,
        "whole": share.denominator,
        "grace": long_term.GOALS_GRACE_DAYS,
    }


def _undecided_future() -> str:
    return gettext(
        "Flagged when the decision that IMR goes on is left to the practitioners, or when there is none and the "
        "project period ends within %(months)d months or has ended. Also when somebody says that nothing is decided, "
        "unless the project is known to run for longer."
    ) % {"months": long_term.UNDECIDED_MONTHS}


def _expansion_without_plan() -> str:
    return gettext(
        "Flagged when the latest decision to expand has no goals, no hours or no training behind it. Does not apply "
        "for %(months)d months after somebody said that no expansion is planned."
    ) % {"months": absence.CONFIRMED_MONTHS}


def _picked_in_passing() -> str:
    share = staff.PICKED_SHARE
    return gettext(
        "Flagged when %(part)d in %(whole)d active practitioners, or more, were asked in passing or appointed."
    ) % {"part": share.numerator, "whole": share.denominator}


def _leaving_soon() -> str:
    return gettext(
        "Flagged when the leader or a trained practitioner leaves within %(months)d months and nobody is named to take "
        "over."
    ) % {"months": staff.LEAVING_MONTHS}


def _unprepared_start() -> str:
    return gettext(
        "Flagged when one of these is recorded as not checked: there are eligible patients, there is weekly capacity "
        "for a year, everybody is briefed. It does not fade with time, and neither does a reported hindrance: only "
        "doing it clears the flag."
    )


def _no_recruitment() -> str:
    return gettext(
        "Speaks when nobody was in the programme in the latest months, recorded without a gap, or when %(share)d "
        "percent or less of the planned number started: watch from %(watch)d months, flagged from %(flag)d. Months "
        "count when they are over, and the latest when it began at most %(fresh)d months ago."
    ) % {
        "share": recruitment.RECRUITMENT_PERCENT,
        "watch": recruitment.RECRUITMENT_WATCH_MONTHS,
        "flag": recruitment.RECRUITMENT_FLAG_MONTHS,
        "fresh": need.COUNTS_FOR_MONTHS,
    }


def _no_regular_review() -> str:
    return gettext(
        "Flagged when reviews have no schedule %(days)d days after the service joined, when the last one held is more "
        "than %(intervals)s intervals ago, when somebody says that there was none since, or when the last %(reviews)d "
        "held examined no barrier."
    ) % {
        "days": absence.FIRST_DAYS,
        "intervals": limit(upkeep.REVIEW_LATE_INTERVALS),
        "reviews": upkeep.REVIEWS_COMPARED,
    }


def _alone_in_the_system() -> str:
    return gettext(
        "Flagged when no support from outside the service was asked for or agreed in %(months)d months, or at once "
        "when somebody says that there was none since the last."
    ) % {"months": upkeep.ALONE_MONTHS}


def _supervision_lapsed() -> str:
    return gettext(
        "Flagged when no supervision was logged for %(days)d days, or at once when somebody says that there was none "
        "since the last; or when an active practitioner has no training date %(first)d days after the service joined."
    ) % {"days": upkeep.SUPERVISION_DAYS, "first": absence.FIRST_DAYS}


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
