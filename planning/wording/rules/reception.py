"""Theme 4, patient reception: its rules in words."""

from django.utils.translation import gettext

from planning.risks import reception

from .shape import goes_by_reports


def _no_outcome_monitoring() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when for %(flag)d months no systematic patient outcomes were recorded, or none were used in a "
            "decision or review. Watch after %(watch)d months."
        )
        % {"flag": reception.OUTCOME_FLAG_MONTHS, "watch": reception.OUTCOME_WATCH_MONTHS}
    )


def _judged_by_few() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when a decision to continue, change or stop rests on impressions, or on outcomes of fewer than "
            "%(patients)d patients."
        )
        % {"patients": reception.JUDGED_PATIENTS}
    )


def _unplanned_adaptation() -> str:
    return goes_by_reports(
        gettext(
            "Flagged when a change to IMR is in use without a reason, a basis, a decision and a date to look again."
        )
    )


def _monitoring_fatigue() -> str:
    return gettext(
        "Flagged when hours are set aside for IMR and none for monitoring, when results do not come back within "
        "%(days)d days, or when practitioners report evaluations as a burden. Whether results come back is not "
        "recorded yet."
    ) % {"days": reception.FEEDBACK_DAYS}


def _use_stopping() -> str:
    return gettext(
        "Flagged when a practitioner has stopped, when one who is trained has not started after %(days)d days, or when "
        "%(months)d months in a row passed without a session. Sessions are not recorded yet."
    ) % {"days": reception.NOT_STARTED_DAYS, "months": reception.IDLE_MONTHS}


RULES = {
    "no-outcome-monitoring": _no_outcome_monitoring,
    "judged-by-few": _judged_by_few,
    "unplanned-adaptation": _unplanned_adaptation,
    "monitoring-fatigue": _monitoring_fatigue,
    "use-stopping": _use_stopping,
}
