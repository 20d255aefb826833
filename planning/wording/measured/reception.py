"""Theme 4, patient reception: the sentences of its evidence."""

from django.utils.translation import gettext, gettext_lazy, ngettext

from planning.wording.figures import day, few, plain

from .register import says


@says("no_outcomes")
def _no_outcomes(values):
    return gettext("No patient outcomes have been measured since %(day)s, for %(months)d months or more.") % {
        "day": day(values["none_since"]),
        "months": values["months"],
    }


@says("no_outcomes_said")
def _no_outcomes_said(values):
    return gettext("It was said on %(day)s that no patient outcomes are measured.") % {"day": day(values["said_on"])}


@says("outcomes_unused")
def _outcomes_unused(values):
    return gettext("No decision or review has used patient outcomes since %(day)s, for %(months)d months or more.") % {
        "day": day(values["unused_since"]),
        "months": values["months"],
    }


@says("outcomes_measured")
def _outcomes_measured(values):
    return gettext("Patient outcomes were last measured on %(day)s.") % {"day": day(values["last_on"])}


@says("outcomes_used")
def _outcomes_used(values):
    return gettext("Patient outcomes were last used in a decision or a review on %(day)s.") % {
        "day": day(values["last_on"])
    }


# What was decided, as it follows on "the decision of 3 May 2027".
_DECIDED = {
    "continue": gettext_lazy("to continue"),
    "expand": gettext_lazy("to expand"),
    "adapt": gettext_lazy("to change the programme"),
    "stop": gettext_lazy("to stop"),
}


def _decided(values) -> dict[str, str]:
    return {"day": day(values["decided_on"]), "what": str(_DECIDED[values["kind"]])}


@says("decided_on_impressions")
def _decided_on_impressions(values):
    return gettext("The decision of %(day)s %(what)s rests on impressions.") % _decided(values)


@says("decided_on_few")
def _decided_on_few(values):
    if values["patients"] == 0:
        return gettext("The decision of %(day)s %(what)s rests on outcomes of no patients.") % _decided(values)
    return gettext("The decision of %(day)s %(what)s rests on outcomes of fewer than %(limit)d patients.") % {
        **_decided(values),
        "limit": values["limit"],
    }


@says("decided_on_outcomes")
def _decided_on_outcomes(values):
    return gettext("The decision of %(day)s %(what)s rests on outcomes of %(patients)s patients.") % {
        **_decided(values),
        "patients": few(values["patients"]),
    }


@says("decided_on_outcomes_of_unknown_many")
def _decided_on_outcomes_of_unknown_many(values):
    return gettext(
        "The decision of %(day)s %(what)s rests on outcomes. Of how many patients is not recorded."
    ) % _decided(values)


@says("decided_on_resources")
def _decided_on_resources(values):
    return gettext(
        "The decision of %(day)s %(what)s rests on money, posts or an instruction. That says nothing of patients."
    ) % _decided(values)


@says("decided_on_nothing_known")
def _decided_on_nothing_known(values):
    return gettext("What the decision of %(day)s %(what)s rests on is not recorded.") % _decided(values)


@says("adaptations_unplanned")
def _adaptations_unplanned(values):
    lacking = [
        (values["reason"], gettext("a reason")),
        (values["evidence"], gettext("something that speaks for it")),
        (values["decision"], gettext("a decision")),
        (values["look_again"], gettext("a date to look at it again")),
    ]
    filled = {**values, "lacking": ", ".join(f"{words} ({count})" for count, words in lacking if count)}
    if values["total"] == 1:
        filled["lacking"] = ", ".join(words for count, words in lacking if count)
        return gettext("The one change to IMR in use lacks: %(lacking)s.") % filled
    return (
        ngettext(
            "%(unplanned)d of %(total)d changes to IMR in use lacks something: %(lacking)s.",
            "%(unplanned)d of %(total)d changes to IMR in use lack something: %(lacking)s.",
            values["unplanned"],
        )
        % filled
    )


@says("adaptations_planned")
def _adaptations_planned(values):
    return (
        ngettext(
            "The one change to IMR in use has a reason, something that speaks for it, a decision and a date to look "
            "at it again.",
            "All %(total)d changes to IMR in use have a reason, something that speaks for them, a decision and a date "
            "to look at them again.",
            values["total"],
        )
        % values
    )


@says("no_adaptations_said")
def _no_adaptations_said(values):
    return gettext("It was said on %(day)s that nothing is done otherwise than in the programme.") % {
        "day": day(values["said_on"])
    }


@says("no_monitoring_time")
def _no_monitoring_time(values):
    return gettext("Hours are set aside for IMR, and none of them for monitoring.")


@says("monitoring_time")
def _monitoring_time(values):
    return gettext("Hours set aside for monitoring each week: %(hours)s.") % {"hours": plain(values["hours"])}


@says("not_fed_back")
def _not_fed_back(values):
    return gettext("The outcomes measured on %(day)s were not shown to the practitioners within %(days)d days.") % {
        "day": day(values["measured_on"]),
        "days": values["days"],
    }


@says("fed_back")
def _fed_back(values):
    return gettext("The outcomes measured on %(measured)s were shown to the practitioners on %(shown)s.") % {
        "measured": day(values["measured_on"]),
        "shown": day(values["fed_back_on"]),
    }


@says("stopped")
def _stopped(values):
    if values["total"] == 1:
        return gettext("The one practitioner has stopped using IMR.")
    return (
        ngettext(
            "%(stopped)d of %(total)d practitioners has stopped using IMR.",
            "%(stopped)d of %(total)d practitioners have stopped using IMR.",
            values["stopped"],
        )
        % values
    )


@says("not_started")
def _not_started(values):
    return (
        ngettext(
            "%(count)d practitioner has not started, %(days)d days or more after the training.",
            "%(count)d practitioners have not started, %(days)d days or more after the training.",
            values["count"],
        )
        % values
    )


@says("no_sessions")
def _no_sessions(values):
    return gettext("No IMR session was held in the %(months)d months up to %(day)s.") % {
        "months": values["months"],
        "day": day(values["until"]),
    }


@says("sessions_held")
def _sessions_held(values):
    return ngettext(
        "%(sessions)d IMR session was held in the month up to %(day)s.",
        "%(sessions)d IMR sessions were held in the month up to %(day)s.",
        values["sessions"],
    ) % {"sessions": values["sessions"], "day": day(values["until"])}
