"""Theme 3, long-term priorities: the sentences of its evidence on preparation, recruitment and upkeep."""

from django.utils.text import get_text_list
from django.utils.translation import gettext, gettext_lazy, ngettext

from planning.wording.figures import day, few

from .register import says

_PREPARATIONS = {
    # Translators: what is checked before a practice starts; as a part of a list.
    "eligible": gettext_lazy("eligible patients"),
    "capacity": gettext_lazy("weekly capacity for a year"),
    "briefing": gettext_lazy("briefing"),
}


def _preparations(values, answer: str) -> str:
    """The preparations of which that is recorded, as a list in words."""
    names = [str(name) for key, name in _PREPARATIONS.items() if values[key] == answer]
    # Translators: the last word in a list such as "patients, capacity and briefing".
    return get_text_list(names, gettext("and"))


@says("not_prepared")
def _not_prepared(values):
    return gettext("Recorded as not checked: %(items)s.") % {"items": _preparations(values, "no")}


@says("prepared")
def _prepared(values):
    return gettext("Recorded as checked: %(items)s.") % {"items": _preparations(values, "yes")}


@says("preparation_not_said")
def _preparation_not_said(values):
    return gettext("Recorded as checked: %(items)s. Nothing is recorded of this: %(unsaid)s.") % {
        "items": _preparations(values, "yes"),
        "unsaid": _preparations(values, "absent"),
    }


@says("nobody_in_programme")
def _nobody_in_programme(values):
    return ngettext(
        "Nobody was in the programme from %(since)s to %(until)s, by the count of %(months)d month.",
        "Nobody was in the programme from %(since)s to %(until)s, by the counts of %(months)d months.",
        values["months"],
    ) % {**values, "since": day(values["since"]), "until": day(values["until"])}


@says("patients_in_programme")
def _patients_in_programme(values):
    patients, groups = values["patients"], values["groups"]
    parts = []
    if patients:
        parts.append(
            ngettext(
                "%(count)s patient in individual IMR",
                "%(count)s patients in individual IMR",
                patients if isinstance(patients, int) else 2,
            )
            % {"count": few(patients)}
        )
    if groups:
        parts.append(ngettext("%(count)d group", "%(count)d groups", groups) % {"count": groups})
    return gettext("In the programme by the count up to %(day)s: %(who)s.") % {
        "day": day(values["until"]),
        "who": get_text_list(parts, gettext("and")),
    }


@says("few_started")
@says("starts_as_planned")
def _started(values):
    return ngettext(
        "Planned to start: %(planned)s. Started: %(started)s. Counted over %(months)d month up to %(day)s.",
        "Planned to start: %(planned)s. Started: %(started)s. Counted over %(months)d months up to %(day)s.",
        values["months"],
    ) % {
        "planned": few(values["planned"]),
        "started": few(values["started"]),
        "months": values["months"],
        "day": day(values["until"]),
    }


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


@says("no_review_said")
def _no_review_said(values):
    return gettext("It was said on %(day)s that there was no review to record.") % {"day": day(values["said_on"])}


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


@says("no_support")
def _no_support(values):
    return ngettext(
        "No support from outside was asked for or agreed since %(day)s, %(months)d month or more ago.",
        "No support from outside was asked for or agreed since %(day)s, %(months)d months or more ago.",
        values["months"],
    ) % {**values, "day": day(values["none_since"])}


@says("no_support_said")
def _no_support_said(values):
    return gettext("It was said on %(day)s that there was no support from outside to record.") % {
        "day": day(values["said_on"])
    }


@says("support_sought")
def _support_sought(values):
    return gettext("Support from outside was last asked for or agreed on %(day)s.") % {"day": day(values["last_on"])}


@says("no_supervision")
def _no_supervision(values):
    return ngettext(
        "No supervision has been logged since %(day)s, %(days)d day or more ago.",
        "No supervision has been logged since %(day)s, %(days)d days or more ago.",
        values["days"],
    ) % {**values, "day": day(values["none_since"])}


@says("no_supervision_said")
def _no_supervision_said(values):
    return gettext("It was said on %(day)s that there was no supervision to record.") % {"day": day(values["said_on"])}


@says("supervised")
def _supervised(values):
    return gettext("Supervision last took place on %(day)s.") % {"day": day(values["last_on"])}


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
            "The one active practitioner is trained.",
            "All %(total)d active practitioners are trained.",
            values["total"],
        )
        % values
    )
