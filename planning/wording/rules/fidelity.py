"""Theme 5, fidelity in its place: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, fidelity
from planning.wording.figures import limit


def _fidelity_unknown() -> str:
    return gettext(
        "Flagged when fidelity has not been rated by month %(first)d after the start, not again by month %(second)d, "
        "or after that not for %(months)d months. What is missing counts from the day the service joined, if that is "
        "later, unless somebody says that there is no rating."
    ) % {
        "first": fidelity.FIRST_RATING_MONTH,
        "second": fidelity.SECOND_RATING_MONTH,
        "months": fidelity.RATING_MONTHS,
    }


def _fidelity_low() -> str:
    return gettext(
        "Flagged when the latest mean on the IMR Fidelity Scale is under %(flag)s of 5. Watch under %(watch)s, or "
        "after a fall of %(fall)s or more. A rating older than %(months)d months does not count."
    ) % {
        "flag": limit(fidelity.LOW_FLAG_TOTAL),
        "watch": limit(fidelity.LOW_WATCH_TOTAL),
        "fall": limit(fidelity.LOW_FALL),
        "months": fidelity.RATING_MONTHS,
    }


def _feedback_unused() -> str:
    return gettext(
        "Flagged when a recommendation of the last visit has no action after %(days)d days. Does not apply for "
        "%(months)d months after somebody said that the visit recommended nothing."
    ) % {"days": fidelity.FEEDBACK_UNUSED_DAYS, "months": absence.CONFIRMED_MONTHS}


def _organisation_weak() -> str:
    return gettext(
        "Flagged when the latest mean of the General Organizational Index is under %(flag)s of 5. Watch under "
        "%(watch)s. A rating older than %(months)d months does not count."
    ) % {
        "flag": limit(fidelity.ORGANISATION_FLAG_MEAN),
        "watch": limit(fidelity.ORGANISATION_WATCH_MEAN),
        "months": fidelity.RATING_MONTHS,
    }


def _false_security() -> str:
    return gettext(
        "With fidelity at %(total)s of 5 or more: flagged when one of themes 1 to 4 has %(flags)d flags or more, or "
        "when the organisation around IMR is flagged. A strength only when at least 1 in %(parts)d entries of each of "
        "these themes is known. Does not apply under %(total)s. What is only said of a group does not count."
    ) % {
        "total": limit(fidelity.FALSE_SECURITY_TOTAL),
        "flags": fidelity.FALSE_SECURITY_FLAGS,
        "parts": fidelity.FALSE_SECURITY_KNOWN_PARTS,
    }


RULES = {
    "fidelity-unknown": _fidelity_unknown,
    "fidelity-low": _fidelity_low,
    "feedback-unused": _feedback_unused,
    "organisation-weak": _organisation_weak,
    "false-security": _false_security,
}
