"""Theme 4, patient reception: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, reception


def _no_outcome_monitoring() -> str:
    return gettext(
        "Flagged when for %(flag)d months no systematic patient outcomes were measured, or none were used in a "
        "decision or review. Watch after %(watch)d months. Counted from the day the service joined when that is later. "
        "Flagged at once when somebody says that none are measured."
    ) % {"flag": reception.OUTCOME_FLAG_MONTHS, "watch": reception.OUTCOME_WATCH_MONTHS}


def _judged_by_few() -> str:
    return gettext(
        "Flagged when the latest decision to continue or stop, or the latest one to expand or change, rests on "
        "impressions or on outcomes of fewer than %(patients)d patients. A strength when they rest on outcomes of "
        "%(patients)d patients or more."
    ) % {"patients": reception.JUDGED_PATIENTS}


def _unplanned_adaptation() -> str:
    return gettext(
        "Flagged when a change to IMR is in use without a reason, something that speaks for it, a decision and a date "
        "to look at it again. A strength when every change in use has all four, or when somebody said within "
        "%(months)d months that there is none."
    ) % {"months": absence.CONFIRMED_MONTHS}


def _monitoring_fatigue() -> str:
    return gettext(
        "Flagged when hours are set aside for IMR and none for monitoring, when the latest results due were not shown "
        "to the practitioners within %(days)d days, or when practitioners report evaluations as a burden. A strength "
        "when there are hours for it and the results came in time."
    ) % {"days": reception.FEEDBACK_DAYS}


def _use_stopping() -> str:
    return gettext(
        "Flagged when a practitioner has stopped, when one who is trained has not started after %(days)d days, or when "
        "the latest %(months)d months passed without a session. A strength when sessions were held last month and "
        "none of this is so."
    ) % {"days": reception.NOT_STARTED_DAYS, "months": reception.IDLE_MONTHS}


RULES = {
    "no-outcome-monitoring": _no_outcome_monitoring,
    "judged-by-few": _judged_by_few,
    "unplanned-adaptation": _unplanned_adaptation,
    "monitoring-fatigue": _monitoring_fatigue,
    "use-stopping": _use_stopping,
}
