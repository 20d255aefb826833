"""Theme 1, priorities: the sentences of its evidence."""

from django.utils.translation import gettext, gettext_lazy, ngettext

from planning.wording.figures import day, plain

from .register import says

_WORKS = {
    "session": gettext_lazy("Sessions"),
    "preparation": gettext_lazy("Preparation and notes"),
    "supervision": gettext_lazy("Supervision"),
    "monitoring": gettext_lazy("Monitoring"),
    "travel": gettext_lazy("Travel"),
}


@says("no_time_set_aside")
def _no_time_set_aside(values):
    return gettext("No hours are set aside for IMR. The service joined Holdfast on %(day)s.") % {
        "day": day(values["joined_on"])
    }


@says("no_time_said")
def _no_time_said(values):
    return gettext("It was said on %(day)s that no hours are set aside for IMR.") % {"day": day(values["said_on"])}


@says("time_set_aside")
def _time_set_aside(values):
    return gettext("Hours set aside for IMR each week: %(hours)s. How many are needed is not known.") % {
        "hours": plain(values["hours"])
    }


@says("time_against_need")
def _time_against_need(values):
    return gettext(
        "Hours set aside for IMR each week: %(hours)s. Needed for the patients and groups of the month from %(day)s: "
        "about %(typical)s (%(low)s to %(high)s)."
    ) % {
        "day": day(values["month_on"]),
        **{name: plain(values[name]) for name in ("hours", "low", "typical", "high")},
    }


@says("work_short")
def _work_short(values):
    if values["needed"] is None:
        return gettext("%(work)s: %(hours)s hours a week set aside, and more are needed.") % {
            "work": _WORKS[values["work"]],
            "hours": plain(values["hours"]),
        }
    return gettext("%(work)s: %(hours)s hours a week set aside, about %(needed)s needed.") % {
        "work": _WORKS[values["work"]],
        "hours": plain(values["hours"]),
        "needed": plain(values["needed"]),
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


@says("own_time_spent")
def _own_time_spent(values):
    return ngettext(
        "In %(weeks)d week of the last %(days)d days IMR work fell in people's own time: %(hours)s hours in all.",
        "In %(weeks)d weeks of the last %(days)d days IMR work fell in people's own time: %(hours)s hours in all.",
        values["weeks"],
    ) % {**values, "hours": plain(values["hours"])}


@says("no_own_time")
def _no_own_time(values):
    return (
        ngettext(
            "In the last %(days)d days %(weeks)d week counts, and no IMR work fell in people's own time.",
            "In the last %(days)d days %(weeks)d weeks count, and no IMR work fell in people's own time.",
            values["weeks"],
        )
        % values
    )


@says("too_few_reported")
def _too_few_reported(values):
    return gettext("In no week did %(people)d people or more check in, so no week counts.") % values


@says("share_not_told")
def _share_not_told(values):
    return (
        gettext(
            "How much of the set-aside time was kept is told only where %(people)d people or more have hours and "
            "nobody has more than half of them."
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


@says("hours_lost")
def _hours_lost(values):
    return ngettext(
        "Of the hours set aside, %(percent)s percent were lost in the last %(weeks)d weeks, of which %(counted)d "
        "counts.",
        "Of the hours set aside, %(percent)s percent were lost in the last %(weeks)d weeks, of which %(counted)d "
        "count.",
        values["counted"],
    ) % {**values, "percent": plain(values["percent"])}


def _shares(values) -> dict[str, str | int]:
    return {
        "now": plain(values["percent"]),
        "before": plain(values["percent_before"]),
        "weeks": values["weeks"],
    }


@says("kept_share_fell")
def _kept_share_fell(values):
    return gettext(
        "In the last %(weeks)d weeks %(now)s percent of the time set aside was kept. In the %(weeks)d weeks before, it "
        "was %(before)s percent."
    ) % _shares(values)


@says("kept_share_holds")
def _kept_share_holds(values):
    return gettext(
        "The share of the time set aside that was kept holds: %(now)s percent in the last %(weeks)d weeks, %(before)s "
        "percent in the %(weeks)d before."
    ) % _shares(values)


@says("no_expectations")
def _no_expectations(values):
    return gettext("What is expected is not written down. The service joined Holdfast on %(day)s.") % {
        "day": day(values["joined_on"])
    }


@says("no_expectations_said")
def _no_expectations_said(values):
    return gettext("It was said on %(day)s that what is expected is not written down.") % {
        "day": day(values["said_on"])
    }


@says("expectations_known")
def _expectations_known(values):
    return ngettext(
        "The one active practitioner has taken note of what is expected, as written down on %(day)s.",
        "All %(people)d active practitioners have taken note of what is expected, as written down on %(day)s.",
        values["people"],
    ) % {**values, "day": day(values["published_on"])}


@says("expectations_unread")
def _expectations_unread(values):
    filled = {**values, "day": day(values["published_on"])}
    if values["people"] == 1:
        return (
            gettext(
                "That the one active practitioner has taken note of what is expected, as written down on %(day)s, is "
                "not recorded."
            )
            % filled
        )
    return (
        ngettext(
            "Of %(people)d active practitioners, %(without)d is not recorded as having taken note of what is expected, "
            "as written down on %(day)s.",
            "Of %(people)d active practitioners, %(without)d are not recorded as having taken note of what is "
            "expected, as written down on %(day)s.",
            values["without"],
        )
        % filled
    )
