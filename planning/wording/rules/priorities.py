"""Theme 1, priorities: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, need, priorities, weeks


def _unprotected_time() -> str:
    return gettext(
        "Flagged when the weekly hours set aside for sessions, preparation, supervision, monitoring and travel are "
        "under %(flag)d percent of what today's patients and groups need. Watch under %(watch)d percent. The need is "
        "worked out from the latest month with patients or groups recorded, at most %(months)d months back, and from "
        "the active practitioners, who count as new for %(new)d months. No hours at all are flagged from %(days)d days "
        "after the service joined, or when somebody says that there are none."
    ) % {
        "flag": priorities.UNPROTECTED_FLAG_PERCENT,
        "watch": priorities.UNPROTECTED_WATCH_PERCENT,
        "months": need.COUNTS_FOR_MONTHS,
        "new": need.NEW_FOR_MONTHS,
        "days": absence.FIRST_DAYS,
    }


def _weeks_count() -> str:
    """Which weekly check-ins are looked at, as the last sentence of a rule that uses them."""
    return gettext("A week counts when %(people)d people or more checked in.") % {"people": weeks.COUNTED_REPORTERS}


def _own_time() -> str:
    rule = gettext(
        "Flagged when somebody has hours for sessions and none for preparation, or when weekly check-ins of the last "
        "%(days)d days tell of IMR work in people's own time."
    ) % {"days": priorities.OWN_TIME_DAYS}
    return f"{rule} {_weeks_count()}"


def _crowded_out() -> str:
    rule = gettext(
        "Flagged from %(flag)d priority conflicts in %(days)d days, or when %(flag_lost)d percent or more of the "
        "set-aside hours were lost in the last %(weeks)d weeks. Watch from %(watch)d conflicts, or from "
        "%(watch_lost)d percent. A strength when less was lost, or when the log was open for all %(days)d days and has "
        "been used."
    ) % {
        "flag": priorities.CROWDED_FLAG_CONFLICTS,
        "watch": priorities.CROWDED_WATCH_CONFLICTS,
        "days": priorities.CROWDED_DAYS,
        "flag_lost": priorities.CROWDED_FLAG_LOST_PERCENT,
        "watch_lost": priorities.CROWDED_WATCH_LOST_PERCENT,
        "weeks": priorities.CROWDED_LOST_WEEKS,
    }
    return f"{rule} {_weeks_count()}"


def _fading_time() -> str:
    rule = gettext(
        "Flagged when the share of set-aside time that was kept fell by %(points)d percentage points or more between "
        "the previous %(weeks)d weeks and the last %(weeks)d. A strength when it fell less, or rose."
    ) % {"points": priorities.FADING_POINTS, "weeks": priorities.FADING_WEEKS}
    return f"{rule} {_weeks_count()}"


def _expectations_unspoken() -> str:
    return gettext(
        "Flagged when, from %(days)d days after the service joined, what is expected is not written down, or as soon "
        "as somebody says that it is not. Flagged too when it is not recorded of every active practitioner that they "
        "have read it or been told in person; a new version has to be read anew."
    ) % {"days": absence.FIRST_DAYS}


RULES = {
    "unprotected-time": _unprotected_time,
    "own-time": _own_time,
    "crowded-out": _crowded_out,
    "fading-time": _fading_time,
    "expectations-unspoken": _expectations_unspoken,
}
