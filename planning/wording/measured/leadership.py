"""Theme 2, leader engagement: the sentences of its evidence."""

from django.utils.translation import gettext, ngettext

from planning.wording.figures import day

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
