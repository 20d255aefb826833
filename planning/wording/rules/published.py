"""Entries that rest on other published work: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, handover, published


def _money_undecided() -> str:
    return gettext(
        "Flagged when money or posts are not decided beyond the next %(flag)d months, when start-up money ends with "
        "nothing after it, or at once when somebody says that nothing is decided. Watch under %(watch)d months."
    ) % {"flag": published.MONEY_FLAG_MONTHS, "watch": published.MONEY_WATCH_MONTHS}


def _hands_lost() -> str:
    return gettext(
        "Looks at the last %(months)d months: a leader left or began, a supervisor left, or 1 in %(parts)d "
        "practitioners or more left or stopped. Flagged when nobody took over from one of these who is trained or has "
        "had IMR handed over. That somebody says there were no changes counts for %(said)d months."
    ) % {
        "parts": handover.HANDS_SHARE_PARTS,
        "months": handover.HANDS_MONTHS,
        "said": absence.CONFIRMED_MONTHS,
    }


def _low_reach() -> str:
    return gettext(
        "From %(months)d months after the start: flagged when under %(flag)d percent of the eligible patients were "
        "asked since the start whether they want IMR. Watch under %(watch)d percent. How many are eligible is taken "
        "from the latest month that has it, at most %(fresh)d months old."
    ) % {
        "months": published.REACH_MONTHS,
        "flag": published.REACH_FLAG_PERCENT,
        "watch": published.REACH_WATCH_PERCENT,
        "fresh": published.REACH_COUNT_MONTHS,
    }


def _leader_unbacked() -> str:
    return gettext(
        "Flagged when for %(months)d months the leader's own leader has not confirmed that IMR has priority, or the "
        "last memo to the next level is unanswered. Flagged at once when the latest answer is no, or when somebody "
        "says that there is no word from the next level."
    ) % {"months": published.UNBACKED_MONTHS}


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
