"""What a service's data say, in sentences: each figure with how it is known, and what to do with it."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.utils.formats import number_format
from django.utils.translation import gettext, gettext_lazy, ngettext

from assessments import outcome_words, published_means, scoring
from assessments.figures import average, within_bounds
from assessments.figures import rating as on_scale
from assessments.instruments import stored
from assessments.models import (
    SUBSCALES,
    FidelityRating,
    LeadershipRating,
    OrganisationRating,
    OutcomeRound,
    SustainmentRating,
)
from assessments.published_means import Mean
from assessments.waves import means_of
from assessments.wording import BANDS
from planning.data_said import Facts
from planning.models import CaseloadMonth
from planning.wording import hours as hours_words
from planning.wording.capacity import hours
from planning.wording.caseload import month_alone

from .data_news import NAMES, nothing_new
from .figures import day

COUNTED, COMPUTED = gettext_lazy("counted"), gettext_lazy("computed")
JUDGED, ANSWERED = gettext_lazy("judged by raters"), gettext_lazy("judged by those who answered")


@dataclass(frozen=True)
class Sentence:
    """One sentence; `how` its figures are known, empty where it has none."""

    text: str
    how: str = ""


@dataclass(frozen=True)
class Said:
    """What one source says. `page`: the name of its page's address and what stands in it; `act`: what to do with it."""

    source: str
    heading: str
    sentences: tuple[Sentence, ...]
    is_new: bool
    act: str
    page: tuple[str, tuple]
    link: str


def all_said(facts: Facts) -> list[Said]:
    """Every source, in the order in which they are told of."""
    return [
        Said(
            source=source,
            heading=str(NAMES[source]),
            is_new=facts.is_new(source),
            **SAYERS[source](facts),
        )
        for source in SAYERS
    ]


def since_when(facts: Facts) -> str:
    """What the page compares with."""
    since = facts.news.since
    if since is None:
        return gettext("No review has been held yet, so everything here is new.")
    if not facts.news.new:
        return nothing_new(since)
    return gettext("Compared with the review on %(day)s.") % {"day": day(since)}


def _unknown(text: str, **more) -> dict:
    return {"sentences": (Sentence(gettext("Not known: %(why)s") % {"why": text}),)} | more


def _since(now: Decimal, before: Decimal | None, written: Callable[[Decimal], str]) -> list[Sentence]:
    """How a figure stands beside the one that the last review knew; nothing where there was none, or it is the same."""
    if before is None:
        return []
    values = {"before": written(before)}
    if now > before:
        return [Sentence(gettext("At the last review it was %(before)s: it is higher now.") % values)]
    if now < before:
        return [Sentence(gettext("At the last review it was %(before)s: it is lower now.") % values)]
    return [Sentence(gettext("At the last review it was the same."))]


def _fidelity(facts: Facts) -> dict:
    ratings = facts.measured.fidelity
    page = {"page": ("fidelity", ()), "link": gettext("Assessments")}
    if not ratings:
        return _unknown(
            gettext("no fidelity rating is recorded."),
            act=gettext("Plan a visit: in month 6 and 12, then every year."),
            **page,
        )
    last: FidelityRating = ratings[-1]
    by = stored("imr_fidelity", last.version)
    said = gettext("Fidelity was judged at %(figure)s of 5 on %(day)s: %(band)s.") % {
        "figure": on_scale(last.total, by),
        "day": day(last.rated_on),
        "band": BANDS[scoring.band(last.total, by)],
    }
    before = facts.before(ratings) if facts.is_new("fidelity") else None
    waiting = facts.advice_waiting
    act = (
        ngettext(
            "%(count)d recommendation of the visit is no action yet. Make it one, or say why not.",
            "%(count)d recommendations of the visit are no actions yet. Make one of them an action.",
            waiting,
        )
        % {"count": waiting}
        if waiting
        else gettext("Look at the lowest items first. A high rating alone does not keep IMR going.")
    )
    return {
        "sentences": (
            Sentence(said, str(JUDGED)),
            *_since(last.total, before and before.total, _on("imr_fidelity", before)),
        ),
        "act": act,
        "page": ("fidelity_rating", (last.pk,)),
        "link": gettext("The rating of %(day)s") % {"day": day(last.rated_on)},
    }


def _on(key: str, rating: FidelityRating | OrganisationRating | None) -> Callable[[Decimal], str]:
    """How a total of that rating is written: by the definition that it was made with."""
    return partial(on_scale, instrument=stored(key, rating.version if rating else ""))


def _organisation(facts: Facts) -> dict:
    ratings = facts.measured.organisation
    page = {"page": ("organisation_ratings", ()), "link": gettext("Ratings of the organisation")}
    if not ratings:
        return _unknown(
            gettext("the organisation is not rated."), act=gettext("Have it rated in the next fidelity visit."), **page
        )
    last: OrganisationRating = ratings[-1]
    by = stored("goi", last.version)
    said = gettext("How the organisation carries IMR was judged at %(figure)s of 5 on %(day)s: %(band)s.") % {
        "figure": on_scale(last.mean, by),
        "day": day(last.rated_on),
        "band": BANDS[scoring.band(last.mean, by)],
    }
    before = facts.before(ratings) if facts.is_new("organisation") else None
    return {
        "sentences": (Sentence(said, str(JUDGED)), *_since(last.mean, before and before.mean, _on("goi", before))),
        "act": gettext("What the team cannot change itself belongs to the next level: ask for a decision."),
        **page,
    }


def _leadership(facts: Facts) -> dict:
    ratings = facts.measured.leadership
    page = {"page": ("leadership_ratings", ()), "link": gettext("Leadership")}
    own = tuple(_own_rating(facts))
    if not ratings:
        nothing = _unknown(
            gettext("staff have not been asked about the leadership."),
            act=gettext("Ask the leader's whole team, so that five can answer."),
            **page,
        )
        return nothing | {"sentences": (*nothing["sentences"], *own)}
    last: LeadershipRating = ratings[-1]
    mean = _leadership_mean(last)
    values = {"count": last.answers, "day": day(last.rated_on)}
    if mean is None:
        said = ngettext(
            "%(count)d answered up to %(day)s. Too few, or too much alike, for one figure of all.",
            "%(count)d answered up to %(day)s. Too few, or too much alike, for one figure of all.",
            last.answers,
        )
    else:
        said = ngettext(
            "%(count)d answered up to %(day)s: leadership for IMR at %(mean)s of 4.",
            "%(count)d answered up to %(day)s: leadership for IMR at %(mean)s of 4.",
            last.answers,
        )
        values["mean"] = within_bounds(mean.figure, mean.bound)
    earlier = facts.before(ratings) if facts.is_new("leadership") else None
    known = [one.figure if one and not one.bound else None for one in (mean, earlier and _leadership_mean(earlier))]
    compared = _since(*known, average) if None not in known else []
    return {
        "sentences": (Sentence(said % values, str(ANSWERED)), *compared, *own),
        "act": gettext("Choose one act for the side that got least, and tell the team which."),
        **page,
    }


def _leadership_mean(rating: LeadershipRating) -> Mean | None:
    """The mean of the four sides; None with fewer answers than agreed, or where the limits of sides pull apart."""
    return None if rating.answers < rating.minimum else published_means.total(means_of(rating, SUBSCALES))


def _own_rating(facts: Facts):
    """That there is a leader's own rating, of those that the reader may see."""
    if facts.measured.own_leadership:
        last = facts.measured.own_leadership[-1]
        yield Sentence(
            gettext("Your own rating of %(day)s stands beside it. Nobody else sees it before you share it.")
            % {"day": day(last.rated_on)}
            if last.shared_on is None
            else gettext("The leader's own rating of %(day)s stands beside it.") % {"day": day(last.rated_on)}
        )


def _sustainment(facts: Facts) -> dict:
    ratings = facts.measured.sustainment
    page = {"page": ("sustainment_ratings", ()), "link": gettext("Is IMR still used?")}
    if not ratings:
        return _unknown(
            gettext("staff have not been asked whether IMR is still used."),
            act=gettext("Ask it together with the questions about the leadership: three minutes on a phone."),
            **page,
        )
    last: SustainmentRating = ratings[-1]
    values = {"count": last.answers, "day": day(last.rated_on), "mean": average(last.mean)}
    said = (
        ngettext(
            "%(count)d answered up to %(day)s. Too much alike for a figure.",
            "%(count)d answered up to %(day)s. Too much alike for a figure.",
            last.answers,
        )
        if last.bounded
        else ngettext(
            "%(count)d answered up to %(day)s: continued use of IMR at %(mean)s of 4.",
            "%(count)d answered up to %(day)s: continued use of IMR at %(mean)s of 4.",
            last.answers,
        )
    )
    before = facts.before(ratings) if facts.is_new("sustainment") else None
    compared = [] if last.bounded or not before or before.bounded else _since(last.mean, before.mean, average)
    return {
        "sentences": (Sentence(said % values, str(ANSWERED)), *compared),
        "act": gettext("Ask what it would take for those who use it least."),
        **page,
    }


BY_FORM = {
    OutcomeRound.Form.PATIENT: gettext_lazy("judged by patients"),
    OutcomeRound.Form.PRACTITIONER: gettext_lazy("judged by practitioners"),
}


def _outcomes(facts: Facts) -> dict:
    page = {"page": ("outcome_rounds", ()), "link": gettext("Patient outcomes")}
    if not facts.readings:
        return _unknown(
            gettext("no round of patient outcomes is recorded."),
            act=gettext("Start with one round: patients' forms, every three months."),
            **page,
        )
    said = [Sentence(" ".join(outcome_words.in_short(one)), str(BY_FORM[one.now.form])) for one in facts.readings]
    waiting = [one.now for one in facts.readings if one.now.fed_back_on is None]
    act = (
        gettext("The latest round is not shown to the practitioners yet. Show it, and note the day.")
        if waiting
        else gettext("Let a decision rest on it, and say in the review that you looked at it.")
    )
    return {"sentences": tuple(said), "act": act, **page}


def _caseload(facts: Facts) -> dict:
    if facts.months is None:
        return {
            "sentences": (Sentence(gettext("Counts of patients are for the leader and the practitioners.")),),
            "act": "",
            "page": ("need", ()),
            "link": gettext("How many hours IMR needs"),
        }
    page = {"page": ("caseload", ()), "link": gettext("Caseload by month")}
    if not facts.months:
        return _unknown(
            gettext("no month that is over is recorded."), act=gettext("Record last month: it takes a minute."), **page
        )
    last = facts.months[0]
    said = [Sentence(_month_in_words(last), str(COUNTED))]
    since = facts.news.since
    known_then = [one for one in facts.months if since and one.month < since.replace(day=1)]
    if known_then and known_then[0] != last:
        said.append(Sentence(gettext("Before the last review: %(month)s") % {"month": _month_in_words(known_then[0])}))
    act = gettext("Ask in the review why the figures moved, before anybody explains them.")
    return {"sentences": tuple(said), "act": act, **page}


def _month_in_words(one: CaseloadMonth) -> str:
    """A month's counts; what is not known is said to be so."""

    def said(count: int | None) -> str:
        return gettext("not known") if count is None else number_format(count)

    words = gettext(
        "%(month)s: sessions held %(sessions)s, patients in individual IMR %(patients)s, dropped out %(out)s."
    )
    return words % {
        "month": month_alone(one.month),
        "sessions": said(one.sessions_held),
        "patients": said(one.individual_patients),
        "out": said(one.dropped_out),
    }


def _time(facts: Facts) -> dict:
    view = facts.hours
    said = [Sentence(hours_words.sentence(view), str(COMPUTED))]
    if facts.is_new("time") and facts.news.since is not None:
        said.append(Sentence(gettext("The hours set aside have changed since the last review.")))
    if facts.monitoring_hours:
        said.append(
            Sentence(
                gettext("%(hours)s h a week of it are set aside for monitoring.")
                % {"hours": hours(facts.monitoring_hours)},
                str(COUNTED),
            )
        )
    else:
        said.append(Sentence(gettext("No hours are set aside for monitoring itself.")))
    return {
        "sentences": tuple(said),
        "act": gettext("Where less is set aside than is needed, decide what gives way: hours or patients."),
        "page": ("time", ()),
        "link": gettext("Time for IMR"),
    }


SAYERS: dict[str, Callable[[Facts], dict]] = {
    "fidelity": _fidelity,
    "organisation": _organisation,
    "leadership": _leadership,
    "sustainment": _sustainment,
    "outcomes": _outcomes,
    "caseload": _caseload,
    "time": _time,
}
