"""Evidence and rules in words, in the active language. Our sentences: never a person's words, never a name."""

from collections.abc import Callable

from django.utils.translation import gettext, gettext_lazy

from planning.risks import combining
from planning.risks.answer import Evidence

from . import figures, measured, rules
from .labels import KINDS

SOURCES = {
    "review": gettext_lazy("review meeting"),
    "focus_group": gettext_lazy("focus group"),
    "site_visit": gettext_lazy("site visit"),
    "supervision": gettext_lazy("supervision"),
    "other": "",
}

# Figures that are more than a count of records: every figure says how it came about (see `kind_label`).
_COMPUTED = {
    "time_set_aside",
    "time_against_need",
    "work_short",
    "own_time_spent",
    "hours_lost",
    "kept_share_fell",
    "kept_share_holds",
    "monitoring_time",
    "one_holds_most_hours",
    "hours_shared",
    "practitioners_own_most",
    "rating_fell",
}
_JUDGED = {"rating", "rating_high", "rating_not_high", "organisation_rated"}
_ANSWERED = {"support_rated", "knowledge_rated", "engagement_rated", "own_and_staff_rated", "own_and_staff_within"}


def sentence(evidence: Evidence) -> str:
    """One plain sentence for a piece of evidence, with its figures and days.

    Raises KeyError for a code that has no sentence.
    """
    return SENTENCES[evidence.code](evidence)


def kind_label(evidence: Evidence) -> str:
    """How the piece is known: counted, computed, judged by people, or reported."""
    if evidence.kind != "measured":
        return str(KINDS[evidence.kind])
    if evidence.code in _JUDGED:
        return gettext("Judged by raters")
    if evidence.code in _ANSWERED:
        return gettext("Judged by those who answered")
    if evidence.code in _COMPUTED:
        return gettext("Computed from the record")
    return gettext("Counted in the record")


def rule_text(key: str) -> str:
    """The rule of an entry in words, with the numbers it is decided on. Raises KeyError for an unknown key."""
    return rules.RULES[key]()


def reports_text() -> str:
    """How reports count, for every entry alike."""
    return gettext(
        "When somebody reports that it hinders, the entry is flagged for %(months)d months. After that it is a watch, "
        "until a later report says that it helps now. A report that it helps counts for %(months)d months. What is "
        "only said of a group of services gives a watch and never more."
    ) % {"months": combining.REPORTED_MONTHS}


def _where(evidence: Evidence) -> str:
    """Where it was reported, in brackets: the occasion, and the section of the study if it stands there."""
    passage = str(evidence.value("passage"))
    parts = [str(SOURCES[str(evidence.value("source"))]), gettext(passage) if passage else ""]
    known = "; ".join(part for part in parts if part)
    return f" ({known})" if known else ""


def _fill(template: str, evidence: Evidence) -> str:
    on = figures.day(evidence.value("on"))
    return template % {"day": on, "where": _where(evidence), "months": combining.REPORTED_MONTHS}


def _hinders(evidence: Evidence) -> str:
    return _fill(gettext("Reported on %(day)s: this hinders%(where)s."), evidence)


def _hinders_old(evidence: Evidence) -> str:
    return _fill(
        gettext("Reported on %(day)s, more than %(months)d months ago: this hinders%(where)s."),
        evidence,
    )


def _helps(evidence: Evidence) -> str:
    return _fill(gettext("Reported on %(day)s: this helps%(where)s."), evidence)


def _helps_old(evidence: Evidence) -> str:
    return _fill(
        gettext(
            "Reported on %(day)s: this helps%(where)s. That is more than %(months)d months ago and no longer counts."
        ),
        evidence,
    )


def _group_hinders(evidence: Evidence) -> str:
    return _fill(
        gettext("Reported on %(day)s of a group of services that this one belongs to: this hinders%(where)s."),
        evidence,
    )


def _group_helps(evidence: Evidence) -> str:
    return _fill(
        gettext("Reported on %(day)s of a group of services that this one belongs to: this helps%(where)s."),
        evidence,
    )


SENTENCES: dict[str, Callable[[Evidence], str]] = measured.SENTENCES | {
    "hinders": _hinders,
    "hinders_old": _hinders_old,
    "helps": _helps,
    "helps_old": _helps_old,
    "group_hinders": _group_hinders,
    "group_helps": _group_helps,
}
