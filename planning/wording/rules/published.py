"""Entries that rest on other published work: its rules in words."""

from django.utils.translation import gettext

from planning.risks import published

from .shape import goes_by_reports


def _money_undecided() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when money or posts are not decided beyond the next %(flag)d months, or when start-up money ends "
            "with nothing after it. Watch under %(watch)d months."
        )
        % {"flag": published.MONEY_FLAG_MONTHS, "watch": published.MONEY_WATCH_MONTHS}
    )


def _hands_lost() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when the leader, the supervisor or 1 in %(parts)d active practitioners changed within %(months)d "
            "months, and those who took over are not trained or have not had IMR handed over."
        )
        % {"parts": published.HANDS_SHARE_PARTS, "months": published.HANDS_MONTHS}
    )


def _low_reach() -> str:
    return goes_by_reports(
        gettext(
            "From %(months)d months after the start: flagged when under %(flag)d percent of the eligible patients were "
            "offered IMR. Watch under %(watch)d percent."
        )
        % {
            "months": published.REACH_MONTHS,
            "flag": published.REACH_FLAG_PERCENT,
            "watch": published.REACH_WATCH_PERCENT,
        }
    )


def _leader_unbacked() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when for %(months)d months the leader's own leader has not confirmed that IMR has priority, or "
            "the last memo to the next level is unanswered."
        )
        % {"months": published.UNBACKED_MONTHS}
    )


def _programme_burden() -> str:
    return gettext(
        "Flagged when it is reported that the workbook or the programme feels too demanding or too long. Nothing is "
        "counted here."
    )


RULES = {
    "money-undecided": _money_undecided,
    "hands-lost": _hands_lost,
    "low-reach": _low_reach,
    "leader-unbacked": _leader_unbacked,
    "programme-burden": _programme_burden,
}
