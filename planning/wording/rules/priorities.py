"""Theme 1, priorities: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, priorities

from .shape import goes_by_reports


def _unprotected_time() -> str:
    return gettext(
        "Flagged when the weekly hours set aside for sessions, preparation, supervision, monitoring and travel are "
        "under %(flag)d percent of what today's patients and groups need. Watch under %(watch)d percent. Holdfast does "
        "not know the need yet: it flags only that no hours at all are set aside, from %(days)d days after the service "
        "joined."
    ) % {
        "flag": priorities.UNPROTECTED_FLAG_PERCENT,
        "watch": priorities.UNPROTECTED_WATCH_PERCENT,
        "days": absence.FIRST_DAYS,
    }


def _own_time() -> str:
    return gettext(
        "Flagged when somebody has hours for sessions and none for preparation, or when IMR work was logged outside "
        "working hours in the last %(days)d days. Work outside working hours is not recorded yet."
    ) % {"days": priorities.OWN_TIME_DAYS}


def _crowded_out() -> str:
    return gettext(
        "Flagged from %(flag)d priority conflicts in %(days)d days, or when %(flag_lost)d percent or more of the "
        "set-aside hours were lost in %(weeks)d weeks. Watch from %(watch)d conflicts, or from %(watch_lost)d percent. "
        "A strength only when the log was open for all %(days)d days and has been used. Lost hours are not recorded "
        "yet."
    ) % {
        "flag": priorities.CROWDED_FLAG_CONFLICTS,
        "watch": priorities.CROWDED_WATCH_CONFLICTS,
        "days": priorities.CROWDED_DAYS,
        "flag_lost": priorities.CROWDED_FLAG_LOST_PERCENT,
        "watch_lost": priorities.CROWDED_WATCH_LOST_PERCENT,
        "weeks": priorities.CROWDED_LOST_WEEKS,
    }


def _fading_time() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when the share of set-aside time that was kept fell by %(points)d percentage points or more "
            "between the previous %(weeks)d weeks and the last %(weeks)d."
        )
        % {"points": priorities.FADING_POINTS, "weeks": priorities.FADING_WEEKS}
    )


def _expectations_unspoken() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when what is expected is not written down, or when an active practitioner has neither read it nor "
            "been told in person."
        )
    )


RULES = {
    "unprotected-time": _unprotected_time,
    "own-time": _own_time,
    "crowded-out": _crowded_out,
    "fading-time": _fading_time,
    "expectations-unspoken": _expectations_unspoken,
}
