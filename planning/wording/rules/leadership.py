"""Theme 2, leader engagement: its rules in words."""

from django.utils.translation import gettext

from planning.risks import absence, combining, fidelity, follow_up, leadership
from planning.wording.figures import limit


def _no_leader() -> str:
    return gettext(
        "Flagged when no leader is in post, or when the leader has been away for %(days)d days or more and nobody "
        "stands in."
    ) % {"days": leadership.NO_LEADER_AWAY_DAYS}


def _leader_unconvinced() -> str:
    return gettext(
        "Flagged when staff rate the leader's support under %(rating)s of 4 on the Implementation Leadership Scale. A "
        "rating older than %(months)d months does not count, nor one with fewer answers than were agreed beforehand."
    ) % {"rating": limit(leadership.UNCONVINCED_RATING), "months": fidelity.RATING_MONTHS}


def _passive_support() -> str:
    return gettext(
        "Flagged when for %(days)d days the leader answered no conflict, held no review and moved no action, while "
        "something had waited for %(waiting)d days or more. Also flagged when staff rate the leader as proactive or "
        "perseverant under %(rating)s of 4, while they rate the leader as supportive at %(supportive)s or more or the "
        "support was reported to help in the last %(reported)d months. A rating older than %(months)d months does not "
        "count, nor one with fewer answers than were agreed beforehand."
    ) % {
        "days": follow_up.PASSIVE_DAYS,
        "waiting": follow_up.PASSIVE_WAITING_DAYS,
        "supportive": limit(follow_up.PASSIVE_SUPPORTIVE_RATING),
        "rating": limit(follow_up.PASSIVE_RATING),
        "reported": combining.REPORTED_MONTHS,
        "months": fidelity.RATING_MONTHS,
    }


def _leader_knows_little() -> str:
    return gettext(
        "Flagged when staff rate the leader's knowledge of IMR under %(rating)s of 4 on the Implementation Leadership "
        "Scale. A rating older than %(months)d months does not count, nor one with fewer answers than were agreed "
        "beforehand."
    ) % {"rating": limit(leadership.KNOWS_LITTLE_RATING), "months": fidelity.RATING_MONTHS}


def _unanswered_conflicts() -> str:
    return gettext(
        "Flagged when a priority conflict has waited %(flag)d days for the leader's answer. Watch from %(watch)d days. "
        "Each waits from the Monday after the week in which it was logged."
    ) % {"flag": leadership.UNANSWERED_FLAG_DAYS, "watch": leadership.UNANSWERED_WATCH_DAYS}


def _self_image_gap() -> str:
    return gettext(
        "Flagged when the leader's own mean on the Implementation Leadership Scale is %(gap)s or more above that of "
        "staff. Where so few answered that only a limit of their mean is known, it has to be so whatever lies beyond "
        "the limit. Ratings older than %(months)d months do not count, nor one with fewer answers than were agreed "
        "beforehand. Until the leader shares the own rating, only that leader sees this, and no document shows it."
    ) % {"gap": limit(leadership.SELF_IMAGE_GAP), "months": fidelity.RATING_MONTHS}


def _bottom_up() -> str:
    return gettext(
        "Counts open goals and actions that have an owner. Of %(items)d or more, flagged when the leader owns none or "
        "practitioners own %(share)d percent or more."
    ) % {"items": leadership.BOTTOM_UP_ITEMS, "share": leadership.BOTTOM_UP_PERCENT}


def _lone_champion() -> str:
    return gettext(
        "Flagged when one person holds %(share)d percent or more of the hours set aside, or when only one active "
        "practitioner is trained: it takes %(trained)d. A missing training date counts from %(days)d days after the "
        "service joined."
    ) % {
        "share": leadership.CHAMPION_PERCENT,
        "trained": leadership.CHAMPION_TRAINED,
        "days": absence.FIRST_DAYS,
    }


RULES = {
    "no-leader": _no_leader,
    "leader-unconvinced": _leader_unconvinced,
    "passive-support": _passive_support,
    "leader-knows-little": _leader_knows_little,
    "unanswered-conflicts": _unanswered_conflicts,
    "self-image-gap": _self_image_gap,
    "bottom-up": _bottom_up,
    "lone-champion": _lone_champion,
}
