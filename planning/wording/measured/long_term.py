"""Theme 3, long-term priorities: the sentences of its evidence."""

from django.utils.translation import gettext, ngettext

from planning.wording.figures import day

from .register import says


@says("no_vision")
def _no_vision(values):
    return gettext("No vision is published. The service joined Holdfast on %(day)s.") % {
        "day": day(values["joined_on"])
    }


@says("vision_horizon_passed")
def _vision_horizon_passed(values):
    return gettext("The vision reached to %(day)s, and that day has passed.") % {"day": day(values["horizon_on"])}


@says("vision_horizon_near")
def _vision_horizon_near(values):
    return ngettext(
        "The vision reaches to %(day)s, %(months)d month or less from now.",
        "The vision reaches to %(day)s, %(months)d months or less from now.",
        values["months"],
    ) % {**values, "day": day(values["horizon_on"])}


@says("vision_not_looked_at")
def _vision_not_looked_at(values):
    return ngettext(
        "The vision was last looked at on %(day)s, %(months)d month or more ago.",
        "The vision was last looked at on %(day)s, %(months)d months or more ago.",
        values["months"],
    ) % {**values, "day": day(values["looked_at_on"])}


@says("vision_in_force")
def _vision_in_force(values):
    return gettext("A vision was published on %(published)s, and reaches to %(horizon)s.") % {
        "published": day(values["published_on"]),
        "horizon": day(values["horizon_on"]),
    }


@says("no_goals")
def _no_goals(values):
    return gettext("No goal has been active since %(day)s.") % {"day": day(values["none_since"])}


@says("goals_incomplete")
def _goals_incomplete(values):
    return (
        ngettext(
            "The one active goal lacks a measure, an owner or a date.",
            "None of %(total)d active goals has a measure, an owner and a date.",
            values["total"],
        )
        % values
    )


@says("goals_overdue")
def _goals_overdue(values):
    if values["total"] == 1:
        return gettext("The one active goal is overdue.")
    return (
        ngettext(
            "%(overdue)d of %(total)d active goals is overdue.",
            "%(overdue)d of %(total)d active goals are overdue.",
            values["overdue"],
        )
        % values
    )


@says("goals_in_force")
def _goals_in_force(values):
    if values["total"] == 1:
        return gettext("The one active goal has a measure, an owner and a date.")
    return (
        ngettext(
            "%(complete)d of %(total)d active goals has a measure, an owner and a date.",
            "%(complete)d of %(total)d active goals have a measure, an owner and a date.",
            values["complete"],
        )
        % values
    )


@says("picked")
def _picked(values):
    if values["total"] == 1:
        return gettext("The one practitioner was asked in passing or appointed.")
    return (
        ngettext(
            "%(picked)d of %(total)d practitioners was asked in passing or appointed.",
            "%(picked)d of %(total)d practitioners were asked in passing or appointed.",
            values["picked"],
        )
        % values
    )


@says("chosen_together")
def _chosen_together(values):
    return (
        ngettext(
            "The one practitioner was chosen jointly or came forward.",
            "%(chosen)d of %(total)d practitioners were chosen jointly or came forward.",
            values["total"],
        )
        % values
    )


@says("choice_not_recorded")
def _choice_not_recorded(values):
    return (
        ngettext(
            "It is not recorded how %(silent)d of %(total)d practitioners was chosen.",
            "It is not recorded how %(silent)d of %(total)d practitioners were chosen.",
            values["silent"],
        )
        % values
    )


@says("leaving_unreplaced")
def _leaving_unreplaced(values):
    return ngettext(
        "%(count)d person who leads IMR or is trained in it leaves within %(months)d months, on %(day)s, and nobody is "
        "named to take over.",
        "%(count)d people who lead IMR or are trained in it leave within %(months)d months, the first on %(day)s, and "
        "nobody is named to take over.",
        values["count"],
    ) % {**values, "day": day(values["first_on"])}


@says("leaving_replaced")
def _leaving_replaced(values):
    return ngettext(
        "%(count)d person who leads IMR or is trained in it leaves within %(months)d months, on %(day)s, and a "
        "successor is named.",
        "%(count)d people who lead IMR or are trained in it leave within %(months)d months, the first on %(day)s, and "
        "successors are named.",
        values["count"],
    ) % {**values, "day": day(values["first_on"])}


@says("no_review_schedule")
def _no_review_schedule(values):
    return gettext("Reviews have no schedule. The service joined Holdfast on %(day)s.") % {
        "day": day(values["joined_on"])
    }


@says("review_late")
def _review_late(values):
    return ngettext(
        "No review has been held since %(day)s, though one is to be held every %(interval)d day.",
        "No review has been held since %(day)s, though one is to be held every %(interval)d days.",
        values["interval"],
    ) % {**values, "day": day(values["none_since"])}


@says("no_barrier_examined")
def _no_barrier_examined(values):
    return gettext("The last %(reviews)d reviews, the latest on %(day)s, examined no barrier.") % {
        **values,
        "day": day(values["last_on"]),
    }


@says("review_held")
def _review_held(values):
    return gettext("The last review was held on %(day)s.") % {"day": day(values["last_on"])}


@says("reviews_running")
def _reviews_running(values):
    return ngettext(
        "The last review was held on %(day)s, one is to be held every %(interval)d day, and barriers were examined.",
        "The last review was held on %(day)s, one is to be held every %(interval)d days, and barriers were examined.",
        values["interval"],
    ) % {**values, "day": day(values["last_on"])}


@says("untrained")
def _untrained(values):
    if values["total"] == 1:
        return gettext("The one active practitioner has no training date.")
    return (
        ngettext(
            "%(untrained)d of %(total)d active practitioners has no training date.",
            "%(untrained)d of %(total)d active practitioners have no training date.",
            values["untrained"],
        )
        % values
    )


@says("all_trained")
def _all_trained(values):
    return (
        ngettext(
            "The one active practitioner is trained. When supervision was last held is not recorded.",
            "All %(total)d active practitioners are trained. When supervision was last held is not recorded.",
            values["total"],
        )
        % values
    )
