"""Entries that rest on other published work: the sentences of their evidence."""

from django.utils.translation import gettext, ngettext

from planning.wording.figures import day, few

from .register import says

# Money and posts


@says("no_money_said")
def _no_money_said(values):
    return gettext("On %(day)s it was said that no money or posts for IMR are decided.") % {
        "day": day(values["said_on"])
    }


@says("start_up_money_ends")
def _start_up_money_ends(values):
    return gettext("Start-up money runs until %(day)s, and no money or posts that are decided last longer.") % {
        "day": day(values["until"])
    }


@says("money_until_further_notice")
def _money_until_further_notice(values):
    return gettext("Money or posts for IMR are decided until further notice.")


@says("money_decided_until")
def _money_decided_until(values):
    return gettext("Money or posts for IMR are decided until %(day)s.") % {"day": day(values["until"])}


@says("money_ended")
def _money_ended(values):
    return gettext("The last money or posts that were decided for IMR ended on %(day)s.") % {
        "day": day(values["until"])
    }


# People who changed


def _since(values) -> dict:
    return {**values, "day": day(values["first_on"])}


@says("leader_changed_unprepared")
def _leader_changed_unprepared(values):
    return ngettext(
        "The leader changed on %(day)s, without a successor who is trained or has had IMR handed over.",
        "%(count)d changes of leader since %(day)s, without successors who are trained or have had IMR handed over.",
        values["count"],
    ) % _since(values)


@says("leader_changed_prepared")
def _leader_changed_prepared(values):
    return ngettext(
        "The leader changed on %(day)s, and the successor is trained or has had IMR handed over.",
        "%(count)d changes of leader since %(day)s, with successors who are trained or have had IMR handed over.",
        values["count"],
    ) % _since(values)


@says("supervisor_left_unprepared")
def _supervisor_left_unprepared(values):
    return ngettext(
        "A supervisor left on %(day)s, without a successor who is trained or has had IMR handed over.",
        "%(count)d supervisors left since %(day)s, without successors who are trained or have had IMR handed over.",
        values["count"],
    ) % _since(values)


@says("supervisor_left_prepared")
def _supervisor_left_prepared(values):
    return ngettext(
        "A supervisor left on %(day)s, and the successor is trained or has had IMR handed over.",
        "%(count)d supervisors left since %(day)s, with successors who are trained or have had IMR handed over.",
        values["count"],
    ) % _since(values)


@says("practitioners_went_unprepared")
def _practitioners_went_unprepared(values):
    if values["total"] == 1:
        return gettext(
            "The one practitioner left or stopped on %(day)s, without a successor who is trained or has had IMR handed "
            "over."
        ) % _since(values)
    return ngettext(
        "%(gone)d of %(total)d practitioners left or stopped within %(months)d months; %(count)d, on %(day)s, without "
        "a successor who is trained or has had IMR handed over.",
        "%(gone)d of %(total)d practitioners left or stopped within %(months)d months; %(count)d, since %(day)s, "
        "without successors who are trained or have had IMR handed over.",
        values["count"],
    ) % _since(values)


@says("practitioners_went_prepared")
def _practitioners_went_prepared(values):
    if values["total"] == 1:
        return gettext(
            "The one practitioner left or stopped on %(day)s, and the successor is trained or has had IMR handed over."
        ) % _since(values)
    return gettext(
        "%(gone)d of %(total)d practitioners left or stopped within %(months)d months, since %(day)s, with successors "
        "who are trained or have had IMR handed over."
    ) % _since(values)


@says("turnover_not_dated")
def _turnover_not_dated(values):
    return (
        ngettext(
            "%(gone)d practitioner left or stopped within %(months)d months. Since when all others are here is not "
            "recorded, so nobody can say how large a share that is.",
            "%(gone)d practitioners left or stopped within %(months)d months. Since when all others are here is not "
            "recorded, so nobody can say how large a share that is.",
            values["gone"],
        )
        % values
    )


@says("all_stayed")
def _all_stayed(values):
    return gettext(
        "The leader and all active practitioners have been here for more than %(months)d months, the newest since "
        "%(day)s."
    ) % {**values, "day": day(values["newest_on"])}


@says("no_change_said")
def _no_change_said(values):
    return gettext("On %(day)s it was said that there had been no changes of staff.") % {"day": day(values["said_on"])}


# Reach


@says("reach")
def _reach(values):
    return gettext("Patients asked since the start on %(day)s: %(asked)s. Patients IMR could be for: %(eligible)s.") % {
        "day": day(values["started_on"]),
        "asked": few(values["asked"]),
        "eligible": few(values["eligible"]),
    }


# The next level up


@says("priority_confirmed")
def _priority_confirmed(values):
    return gettext("On %(day)s the next level confirmed that IMR has priority.") % {"day": day(values["answered_on"])}


@says("priority_refused")
def _priority_refused(values):
    return gettext("On %(day)s the next level answered that IMR does not have priority.") % {
        "day": day(values["answered_on"])
    }


@says("priority_not_confirmed")
def _priority_not_confirmed(values):
    return gettext("Since %(day)s the next level has not confirmed that IMR has priority.") % {
        "day": day(values["none_since"])
    }


@says("nobody_asked_said")
def _nobody_asked_said(values):
    return gettext("On %(day)s it was said that there is no word from the next level.") % {
        "day": day(values["said_on"])
    }


@says("memo_waits")
def _memo_waits(values):
    return gettext("The next level was asked on %(day)s whether IMR has priority, and has not answered.") % {
        "day": day(values["asked_on"])
    }
