"""Theme 2, leader engagement: the sentences of its evidence."""

from django.utils.translation import gettext, ngettext

from assessments.figures import within_bounds
from planning.risks import follow_up, leadership
from planning.wording.figures import day, on_scale

from .register import says


@says("leader_in_post")
def _leader_in_post(values):
    return gettext("A leader is in post.")


@says("stand_in_covers")
def _stand_in_covers(values):
    return gettext("The leader has been away since %(day)s, and a stand-in covers.") % {
        "day": day(values["away_since"])
    }


@says("leader_away")
def _leader_away(values):
    return gettext("The leader has been away since %(day)s, and nobody stands in.") % {"day": day(values["away_since"])}


@says("post_empty")
def _post_empty(values):
    return gettext("Nobody is in post as leader. The last one left on %(day)s.") % {"day": day(values["left_on"])}


@says("post_empty_with_stand_in")
def _post_empty_with_stand_in(values):
    return gettext("Nobody is in post as leader. The last one left on %(day)s, and a stand-in is there for now.") % {
        "day": day(values["left_on"])
    }


@says("leader_acts")
def _leader_acts(values):
    answered, held, moved = values["answered"], values["held"], values["moved"]
    acts = [
        (answered, ngettext("%d conflict answered", "%d conflicts answered", answered)),
        (held, ngettext("%d review held", "%d reviews held", held)),
        (moved, ngettext("%d action moved", "%d actions moved", moved)),
    ]
    return gettext("From the leader in the last %(days)d days: %(acts)s.") % {
        "days": values["days"],
        "acts": _listed(acts),
    }


@says("no_leader_act")
def _no_leader_act(values):
    conflicts, reviews, actions = values["conflicts"], values["reviews"], values["actions"]
    waiting = [
        (conflicts, ngettext("%d conflict", "%d conflicts", conflicts)),
        (reviews, ngettext("%d review past its day", "%d reviews past their day", reviews)),
        (actions, ngettext("%d open action", "%d open actions", actions)),
    ]
    return gettext(
        "Since %(day)s the leader has answered no conflict, held no review and moved no action. Waiting: %(waiting)s."
    ) % {"day": day(values["idle_since"]), "waiting": _listed(waiting)}


def _listed(counted) -> str:
    return ", ".join(words % count for count, words in counted if count)


@says("nothing_waits_for_leader")
def _nothing_waits_for_leader(values):
    return gettext(
        "Since %(day)s no conflict was answered, no review held and no action moved. Nothing waits for the leader."
    ) % {"day": day(values["idle_since"])}


@says("conflicts_waiting")
def _conflicts_waiting(values):
    return ngettext(
        "%(count)d priority conflict has waited %(limit)d days or more for an answer, since %(day)s.",
        "%(count)d priority conflicts have waited %(limit)d days or more for an answer, the oldest since %(day)s.",
        values["count"],
    ) % {**values, "day": day(values["oldest_on"])}


@says("conflicts_too_young")
def _conflicts_too_young(values):
    return (
        ngettext(
            "%(count)d priority conflict waits for an answer, for less than %(limit)d days.",
            "%(count)d priority conflicts wait for an answer, for less than %(limit)d days.",
            values["count"],
        )
        % values
    )


@says("conflicts_answered")
def _conflicts_answered(values):
    if values["total"] == 1:
        return gettext("The one priority conflict in the log is answered.")
    return (
        ngettext(
            "%(answered)d of %(total)d priority conflicts is answered, and none has waited %(limit)d days.",
            "%(answered)d of %(total)d priority conflicts are answered, and none has waited %(limit)d days.",
            values["answered"],
        )
        % values
    )


@says("leader_owns_none")
def _leader_owns_none(values):
    return gettext("The leader owns none of %(total)d open goals and actions.") % values


@says("practitioners_own_most")
def _practitioners_own_most(values):
    return gettext("Practitioners own %(practitioners)d of %(total)d open goals and actions.") % values


@says("leader_owns_some")
def _leader_owns_some(values):
    if values["total"] == 1:
        return gettext("The leader owns the one open goal or action.")
    return (
        gettext(
            "Of %(total)d open goals and actions with an owner, the leader owns %(leader)d and practitioners own "
            "%(practitioners)d."
        )
        % values
    )


@says("too_few_owned")
def _too_few_owned(values):
    return (
        ngettext(
            "%(total)d open goal or action has an owner; it takes %(needed)d to tell who carries IMR.",
            "%(total)d open goals and actions have an owner; it takes %(needed)d to tell who carries IMR.",
            values["total"],
        )
        % values
    )


@says("one_holds_most_hours")
def _one_holds_most_hours(values):
    if values["people"] == 1:
        return gettext("All hours set aside for IMR are one person's.")
    return gettext("Of %(people)d people with hours for IMR, one holds %(limit)d percent or more of them.") % values


@says("hours_shared")
def _hours_shared(values):
    return gettext("%(people)d people have hours for IMR, and nobody holds %(limit)d percent or more of them.") % values


@says("one_trained")
def _one_trained(values):
    return (
        ngettext(
            "The only active practitioner is the only one trained.",
            "One of %(active)d active practitioners is trained.",
            values["active"],
        )
        % values
    )


@says("several_trained")
def _several_trained(values):
    return gettext("%(trained)d of %(active)d active practitioners are trained.") % values


# What staff and leader answered on the leadership scale


@says("staff_rating_too_old")
def _staff_rating_too_old(values):
    return gettext(
        "Staff last rated the leadership on %(day)s, more than %(months)d months ago. That says nothing of today."
    ) % {**values, "day": day(values["rated_on"])}


@says("own_rating_too_old")
def _own_rating_too_old(values):
    return gettext(
        "The leader's own rating is from %(day)s, more than %(months)d months ago. That says nothing of today."
    ) % {**values, "day": day(values["rated_on"])}


@says("too_few_answers")
def _too_few_answers(values):
    return ngettext(
        "%(answers)d person rated the leadership on %(day)s. It takes %(minimum)d, as was agreed beforehand.",
        "%(answers)d people rated the leadership on %(day)s. It takes %(minimum)d, as was agreed beforehand.",
        values["answers"],
    ) % {**values, "day": day(values["rated_on"])}


def _mean(values, name: str, limit) -> str:
    """A mean of staff; of few answers near an end of the scale, the limit that is known in its place."""
    bound = values.get(f"{name}_bound")
    return within_bounds(values[name], bound) if bound else on_scale(values[name], limit)


@says("support_rated")
def _support_rated(values):
    return gettext("%(answers)d of the staff rated the leader's support at %(rating)s of 4 on %(day)s.") % {
        "answers": values["answers"],
        "rating": _mean(values, "rating", leadership.UNCONVINCED_RATING),
        "day": day(values["rated_on"]),
    }


@says("knowledge_rated")
def _knowledge_rated(values):
    return gettext("%(answers)d of the staff rated the leader's knowledge of IMR at %(rating)s of 4 on %(day)s.") % {
        "answers": values["answers"],
        "rating": _mean(values, "rating", leadership.KNOWS_LITTLE_RATING),
        "day": day(values["rated_on"]),
    }


@says("engagement_rated")
def _engagement_rated(values):
    return gettext(
        "%(answers)d of the staff rated the leader on %(day)s: supportive %(supportive)s of 4, proactive "
        "%(proactive)s, perseverant %(perseverant)s."
    ) % {
        "answers": values["answers"],
        "day": day(values["rated_on"]),
        "supportive": _mean(values, "supportive", follow_up.PASSIVE_SUPPORTIVE_RATING),
        "proactive": _mean(values, "proactive", follow_up.PASSIVE_RATING),
        "perseverant": _mean(values, "perseverant", follow_up.PASSIVE_RATING),
    }


@says("support_reported")
def _support_reported(values):
    return gettext("On %(day)s it was reported that the leader's support helps.") % {"day": day(values["reported_on"])}


@says("own_and_staff_rated")
def _own_and_staff_rated(values):
    return gettext(
        "The leader's own mean on the leadership scale is %(own)s of 4, that of %(answers)d of the staff %(staff)s: "
        "%(gap)s apart."
    ) % {
        "answers": values["answers"],
        "own": on_scale(values["own"]),
        "staff": on_scale(values["staff"]),
        "gap": on_scale(abs(values["gap"]), leadership.SELF_IMAGE_GAP),
    }


@says("own_and_staff_within")
def _own_and_staff_within(values):
    return gettext(
        "The leader's own mean on the leadership scale is %(own)s of 4. That of %(answers)d of the staff lies between "
        "%(least)s and %(most)s: of so few no more is known."
    ) % {
        "answers": values["answers"],
        **{name: on_scale(values[name]) for name in ("own", "least", "most")},
    }
