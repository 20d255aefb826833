"""Theme 4, patient reception: the sentences of its evidence."""

from django.utils.translation import gettext, ngettext

from planning.wording.figures import plain

from .register import says


@says("no_monitoring_time")
def _no_monitoring_time(values):
    return gettext("Hours are set aside for IMR, and none of them for monitoring.")


@says("monitoring_time")
def _monitoring_time(values):
    return gettext(
        "Hours set aside for monitoring each week: %(hours)s. Whether results come back is not recorded."
    ) % {"hours": plain(values["hours"])}


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
