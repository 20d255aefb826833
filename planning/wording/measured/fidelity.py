"""Theme 5, fidelity in its place: the sentences of its evidence."""

from django.utils.translation import gettext, ngettext

from planning.risks.fidelity import FALSE_SECURITY_FLAGS, ORGANISATION_FLAG_MEAN, ORGANISATION_WATCH_MEAN
from planning.wording.figures import day, on_scale, rating
from planning.wording.labels import THEMES

from .register import says


@says("never_rated")
def _never_rated(values):
    return gettext("No fidelity rating has been recorded since %(day)s.") % {"day": day(values["none_since"])}


@says("said_never_rated")
def _said_never_rated(values):
    return gettext("On %(day)s it was said that there is no fidelity rating.") % {"day": day(values["said_on"])}


@says("rating_overdue")
def _rating_overdue(values):
    return gettext("Fidelity was last rated on %(rated)s, and the next rating was due by %(due)s.") % {
        "rated": day(values["rated_on"]),
        "due": day(values["due_on"]),
    }


@says("rating_too_old")
def _rating_too_old(values):
    return gettext(
        "Fidelity was last rated on %(day)s, more than %(months)d months ago. That says nothing of today."
    ) % {
        **values,
        "day": day(values["rated_on"]),
    }


@says("rated_in_time")
def _rated_in_time(values):
    return gettext("Fidelity was last rated on %(day)s.") % {"day": day(values["rated_on"])}


def _rated(values) -> dict[str, str]:
    return {"total": rating(values["total"]), "day": day(values["rated_on"])}


@says("rating")
def _rating(values):
    return gettext("Fidelity was judged at %(total)s of 5 on %(day)s.") % _rated(values)


@says("rating_high")
def _rating_high(values):
    return gettext("Fidelity was judged at %(total)s of 5 on %(day)s, which is high.") % _rated(values)


@says("rating_not_high")
def _rating_not_high(values):
    return gettext("Fidelity was judged at %(total)s of 5 on %(day)s, which is not high.") % _rated(values)


@says("rating_fell")
def _rating_fell(values):
    return gettext("Fidelity fell by %(fall)s from %(total)s, where it was judged on %(day)s.") % {
        "fall": rating(values["fall"]),
        "total": rating(values["total_before"]),
        "day": day(values["rated_before_on"]),
    }


@says("recommendations_unused")
def _recommendations_unused(values):
    if values["total"] == 1:
        return gettext("The one recommendation of the visit on %(day)s has no action.") % _of_visit(values)
    return ngettext(
        "%(unused)d of %(total)d recommendations of the visit on %(day)s has no action.",
        "%(unused)d of %(total)d recommendations of the visit on %(day)s have no action.",
        values["unused"],
    ) % _of_visit(values)


@says("recommendations_young")
def _recommendations_young(values):
    if values["total"] == 1:
        return gettext(
            "The one recommendation of the visit on %(day)s has no action yet, and %(days)d days are not over."
        ) % _of_visit(values)
    return ngettext(
        "%(unused)d of %(total)d recommendations of the visit on %(day)s has no action yet, and %(days)d days are not "
        "over.",
        "%(unused)d of %(total)d recommendations of the visit on %(day)s have no action yet, and %(days)d days are not "
        "over.",
        values["unused"],
    ) % _of_visit(values)


@says("recommendations_taken_up")
def _recommendations_taken_up(values):
    return ngettext(
        "The one recommendation of the visit on %(day)s has an action.",
        "All %(total)d recommendations of the visit on %(day)s have an action.",
        values["total"],
    ) % _of_visit(values)


def _of_visit(values) -> dict:
    return {**values, "day": day(values["visit_on"])}


@says("nothing_recommended")
def _nothing_recommended(values):
    return gettext("On %(day)s it was said that the last visit recommended nothing.") % {"day": day(values["said_on"])}


@says("organisation_rated")
def _organisation_rated(values):
    return gettext("The General Organizational Index was judged at %(mean)s of 5 on %(day)s.") % {
        "mean": on_scale(values["mean"], ORGANISATION_FLAG_MEAN, ORGANISATION_WATCH_MEAN),
        "day": day(values["rated_on"]),
    }


@says("organisation_rating_too_old")
def _organisation_rating_too_old(values):
    return gettext(
        "The General Organizational Index was last judged on %(day)s, more than %(months)d months ago. That says "
        "nothing of today."
    ) % {**values, "day": day(values["rated_on"])}


@says("theme_has_flags")
def _theme_has_flags(values):
    return ngettext(
        "Theme %(theme)d, %(name)s, has %(count)d flag.",
        "Theme %(theme)d, %(name)s, has %(count)d flags.",
        values["count"],
    ) % {**values, "name": THEMES[values["theme"]]}


@says("organisation_flagged")
def _organisation_flagged(values):
    return gettext("The organisation around IMR is flagged.")


@says("theme_little_known")
def _theme_little_known(values):
    return ngettext(
        "Theme %(theme)d, %(name)s: %(known)d of %(total)d entries is known.",
        "Theme %(theme)d, %(name)s: %(known)d of %(total)d entries are known.",
        values["known"],
    ) % {**values, "name": THEMES[values["theme"]]}


@says("themes_are_known")
def _themes_are_known(values):
    return gettext(
        "At least half of each of themes 1 to 4 is known from the service itself, and none has %(flags)d flags."
    ) % {"flags": FALSE_SECURITY_FLAGS}
