"""Theme 1, priorities: the sentences of its evidence."""

from django.utils.translation import gettext, ngettext

from planning.wording.figures import day, plain

from .register import says


@says("no_time_set_aside")
def _no_time_set_aside(values):
    return gettext("No hours are set aside for IMR. The service joined Holdfast on %(day)s.") % {
        "day": day(values["joined_on"])
    }


@says("time_set_aside")
def _time_set_aside(values):
    return gettext("Hours set aside for IMR each week: %(hours)s. How many are needed is not recorded.") % {
        "hours": plain(values["hours"])
    }


@says("sessions_without_preparation")
def _sessions_without_preparation(values):
    if values["people"] == 1:
        return gettext("The one person with hours for sessions has no hours for preparation.")
    return (
        ngettext(
            "%(without)d of %(people)d people with hours for sessions has no hours for preparation.",
            "%(without)d of %(people)d people with hours for sessions have no hours for preparation.",
            values["without"],
        )
        % values
    )


@says("preparation_set_aside")
def _preparation_set_aside(values):
    return (
        ngettext(
            "The one person with hours for sessions has hours for preparation too.",
            "All %(people)d people with hours for sessions have hours for preparation too.",
            values["people"],
        )
        % values
    )


@says("conflicts_lately")
def _conflicts_lately(values):
    if values["count"] == 0:
        return gettext("No priority conflict in the last %(days)d days, with the log in use.") % values
    return (
        ngettext(
            "%(count)d priority conflict in the last %(days)d days.",
            "%(count)d priority conflicts in the last %(days)d days.",
            values["count"],
        )
        % values
    )


@says("log_unused")
def _log_unused(values):
    return gettext("The conflict log has been open since %(day)s, and nothing has been logged in it yet.") % {
        "day": day(values["open_since"])
    }
