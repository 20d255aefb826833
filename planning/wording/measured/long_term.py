"""Theme 3, long-term priorities: the sentences of its evidence on vision, goals, decisions and people."""

from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy, ngettext

from planning.wording.figures import day

from .register import says


@says("no_vision")
def _no_vision(values):
    return gettext("No vision is published. The service joined Holdfast on %(day)s.") % {
        "day": day(values["joined_on"])
    }


@says("no_vision_said")
def _no_vision_said(values):
    return gettext("It was said on %(day)s that there is no vision.") % {"day": day(values["said_on"])}


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


@says("no_goals_said")
def _no_goals_said(values):
    return gettext("It was said on %(day)s that there are no goals.") % {"day": day(values["said_on"])}


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


@says("left_to_practitioners")
def _left_to_practitioners(values):
    return gettext("Whether IMR goes on was left to the practitioners to decide, on %(day)s.") % {
        "day": day(values["decided_on"])
    }


@says("goes_on")
def _goes_on(values):
    return gettext("It was decided on %(day)s that IMR goes on.") % {"day": day(values["decided_on"])}


@says("decided_by_not_said")
def _decided_by_not_said(values):
    return gettext("It was decided on %(day)s that IMR goes on. Who decided is not recorded.") % {
        "day": day(values["decided_on"])
    }


@says("project_runs")
def _project_runs(values):
    return ngettext(
        "The project period runs to %(day)s, for more than %(months)d month from now.",
        "The project period runs to %(day)s, for more than %(months)d months from now.",
        values["months"],
    ) % {**values, "day": day(values["ends_on"])}


@says("project_ends_undecided")
def _project_ends_undecided(values):
    return gettext("The project period ends on %(day)s, and no decision that IMR goes on is recorded.") % {
        "day": day(values["ends_on"])
    }


@says("project_ended_undecided")
def _project_ended_undecided(values):
    return gettext("The project period ended on %(day)s, and no decision that IMR goes on is recorded.") % {
        "day": day(values["ends_on"])
    }


@says("no_decision_said")
def _no_decision_said(values):
    return gettext("It was said on %(day)s that nothing is decided.") % {"day": day(values["said_on"])}


_BEHIND = {
    # Translators: what stands behind an expansion; also as a part of a list.
    "goals": gettext_lazy("goals"),
    "hours": gettext_lazy("hours"),
    "training": gettext_lazy("training"),
}


def _those(values, names, answer: str, joined_by: str) -> str:
    """The names of what was answered in this way, as a list in words."""
    return get_text_list([str(name) for key, name in names.items() if values[key] == answer], joined_by)


@says("expansion_lacks")
def _expansion_lacks(values):
    return gettext("It was decided on %(day)s to expand IMR, without %(lacking)s behind it.") % {
        "day": day(values["decided_on"]),
        # Translators: the last word in a list such as "goals, hours or training".
        "lacking": _those(values, _BEHIND, "no", gettext("or")),
    }


@says("expansion_has_plan")
def _expansion_has_plan(values):
    return gettext("It was decided on %(day)s to expand IMR, with goals, hours and training behind it.") % {
        "day": day(values["decided_on"])
    }


@says("expansion_not_said")
def _expansion_not_said(values):
    return gettext("It was decided on %(day)s to expand IMR. Whether it has %(unsaid)s behind it is not recorded.") % {
        "day": day(values["decided_on"]),
        "unsaid": _those(values, _BEHIND, "absent", gettext("or")),
    }


@says("no_expansion_said")
def _no_expansion_said(values):
    return gettext("It was said on %(day)s that no expansion is planned.") % {"day": day(values["said_on"])}


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
