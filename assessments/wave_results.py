"""The result of a wave in words, with its chart and its table. What may be said at all, `published_means` decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F, Q
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import charts
from assessments import published_means
from assessments.figures import average, day, within_bounds
from assessments.instruments import ILS, PRESS, Instrument, stored
from assessments.models import LeadershipRating, OwnLeadershipRating, SustainmentRating, Wave
from assessments.published_means import TOTAL, Mean
from assessments.waves import means_of
from assessments.wording import said

EARLIER = 3  # results that stand beside the latest

LABELS = {
    "agree_high": _("Leader and staff agree that it is there. Keep it."),
    "agree_low": _("Leader and staff agree that it is missing: good ground for a plan."),
    "leader_higher": _("Staff see less of it than the leader does. This goes with a poorer climate: talk about it."),
    "leader_lower": _("Staff see more of it than the leader does. This went with the best climate."),
}
OPEN_LABEL = _("Too near the end of the scale to say more.")

MEANING = {
    ILS.key: _(
        "It shows how the team as a whole saw the leading of IMR when it was asked; it does not show what anybody "
        "answered, why, or how good a leader somebody is."
    ),
    PRESS.key: _(
        "It shows how far the team as a whole saw IMR in use when it was asked; it does not show how well IMR is "
        "given, or whether it will last."
    ),
}
WORDING = {
    "official": _("Asked in the exact words of the instrument."),
    "paraphrase": _(
        "Asked in our own words, not in those of the instrument. Published figures are therefore not shown; compare "
        "with your own earlier results."
    ),
    "": _("It is not known in which words it was asked."),
}


@dataclass(frozen=True)
class Line:
    """One figure as a row of the table."""

    label: str
    team: str
    own: str
    said: str  # of own and team
    norm: str
    earlier: tuple[str, ...]


@dataclass(frozen=True)
class ShownResult:
    """The result on one instrument, ready to be printed."""

    name: str
    sentence: str
    drawn: charts.Bars
    lines: tuple[Line, ...]
    has_own: bool
    norm: str  # where the published figures come from; empty where none may be shown
    earlier_days: tuple[str, ...]
    notes: tuple[str, ...]
    meaning: str
    wording: str
    source: str


def _in_words(mean: Mean | None) -> str:
    """A figure as it is shown: "2.33", "3.13 or more"; a dash where it is not."""
    return "–" if mean is None else within_bounds(mean.figure, mean.bound)


def rated_by(rating: LeadershipRating | SustainmentRating | OwnLeadershipRating, latest: Instrument) -> Instrument:
    """The version a result is read by; a later one moves nothing that is kept."""
    return stored(latest.key, rating.version)


def figures(rating: LeadershipRating | SustainmentRating) -> dict[str, Mean | None]:
    """The figures of a result by sub-scale, the total last."""
    if isinstance(rating, SustainmentRating):
        return dict(means_of(rating, [TOTAL]))
    means = means_of(rating, [part.key for part in rated_by(rating, ILS).subscales])
    return means | {TOTAL: published_means.total(means)}


def names(instrument: Instrument) -> dict[str, str]:
    """The names of its figures, the total last."""
    return {part.key: str(said(part.name)) for part in instrument.subscales} | {TOTAL: gettext("Total")}


def leadership_of(wave: Wave, *, own: OwnLeadershipRating | None = None) -> ShownResult | None:
    """What staff answered about the leader, beside the leader's own rating if the reader may see that one."""
    rating = wave.leadership
    if rating is None:
        return None
    instrument = rated_by(rating, ILS)
    about_the_same = Q(wave__isnull=True) | Q(wave__leader=wave.leader_id)
    before = _before(wave.service.leadership_ratings.filter(about_the_same), rating)
    notes = _notes(rating, instrument)
    if before:
        notes += (
            gettext(
                "The earlier results are of surveys about the same leader, or were typed in without a word on whom "
                "they are about."
            ),
        )
    return _shown(rating, instrument, before, own=_own_figures(own), notes=notes)


def sustainment_of(wave: Wave) -> ShownResult | None:
    """What staff answered about whether IMR is still used."""
    rating = wave.sustainment
    if rating is None:
        return None
    before = _before(wave.service.sustainment_ratings, rating)
    return _shown(rating, rated_by(rating, PRESS), before, own={}, notes=())


def _before(ratings, rating: LeadershipRating | SustainmentRating) -> list:
    """The results before one, the latest first; none that fewer answered than was agreed."""
    earlier = ratings.filter(rated_on__lt=rating.rated_on, answers__gte=F("minimum"))
    return list(earlier.order_by("-rated_on", "-pk")[:EARLIER])


def _own_figures(own: OwnLeadershipRating | None) -> dict[str, Fraction]:
    if own is None:
        return {}
    parts = {part.key: Fraction(getattr(own, part.key)) for part in rated_by(own, ILS).subscales}
    return parts | {TOTAL: sum(parts.values()) / len(parts)}


def _shown(rating, instrument: Instrument, before: Sequence, *, own: dict, notes: tuple[str, ...]) -> ShownResult:
    team, called = figures(rating), names(instrument)
    earlier = [figures(one) for one in before]
    norm = next(iter(instrument.norms_for(rating.wording or "paraphrase")), None)
    lines = tuple(
        Line(
            label=called[key],
            team=_in_words(mean),
            own=average(own[key]) if key in own else "",
            said=_beside(own[key], mean, instrument) if key in own else "",
            norm=average(norm.means[key]) if norm and key in norm.means else "",
            earlier=tuple(_in_words(one.get(key)) for one in earlier),
        )
        for key, mean in team.items()
    )
    return ShownResult(
        name=str(said(instrument.name)),
        sentence=_sentence(team, called, instrument),
        drawn=charts.bars(_bars(team, own, called, instrument), end=instrument.highest),
        lines=lines,
        has_own=bool(own),
        norm=f"{said(norm.population)} ({norm.source})" if norm else "",
        earlier_days=tuple(day(one.rated_on) for one in before),
        notes=notes,
        meaning=str(MEANING[instrument.key]),
        wording=str(WORDING[rating.wording]),
        source=f"{said(instrument.citation)} {said(instrument.licence)}",
    )


def _beside(own: Fraction, staff: Mean | None, instrument: Instrument) -> str:
    label = published_means.beside(own, staff, instrument) if staff else None
    return str(LABELS[label]) if label else str(OPEN_LABEL)


def _bars(team: dict, own: dict, called: dict[str, str], instrument: Instrument) -> list[charts.Bar]:
    """A bar for each figure; below it, where the reader may see it, the leader's own."""
    found = []
    for key, mean in team.items():
        label = gettext("%(figure)s: the team") % {"figure": called[key]} if own else called[key]
        if mean is None:
            found.append(charts.Bar(label, gettext("not known")))
        elif mean.bound:
            ends = (0, mean.figure) if mean.bound == "least" else (mean.figure, instrument.highest)
            found.append(charts.Bar(label, _in_words(mean), least=ends[0], until=ends[1]))
        else:
            found.append(charts.Bar(label, _in_words(mean), until=mean.figure))
        if key in own:
            label = gettext("%(figure)s: the leader's own") % {"figure": called[key]}
            found.append(charts.Bar(label, average(own[key]), until=own[key]))
    return found


def _sentence(team: dict, called: dict[str, str], instrument: Instrument) -> str:
    """What the chart comes to."""
    values = {"figure": _in_words(team[TOTAL]), "highest": instrument.highest}
    parts = {key: mean.figure for key, mean in team.items() if key != TOTAL}
    if not parts:
        return gettext("The team's answers come to %(figure)s of %(highest)d.") % values
    ends = max(parts.values()), min(parts.values())
    if ends[0] == ends[1] and any(mean.bound for mean in team.values()):
        return (
            gettext(
                "The team rates each of the four sides of leading IMR at %(figure)s of %(highest)d. Of so few answers "
                "it cannot be said which of them is rated highest."
            )
            % values
        )
    if ends[0] == ends[1]:
        return gettext("The team rates all four sides of leading IMR alike: %(figure)s of %(highest)d.") % values
    values |= {
        name: get_text_list([called[key] for key in parts if parts[key] == end], gettext("and"))
        for name, end in zip(("best", "worst"), ends, strict=True)
    }
    values |= {
        f"{name}_words": _in_words(next(team[key] for key in parts if parts[key] == end))
        for name, end in zip(("best", "worst"), ends, strict=True)
    }
    return (
        gettext(
            "Of the four sides of leading IMR the team sees most of “%(best)s” (%(best_words)s of %(highest)d) and "
            "least of “%(worst)s” (%(worst_words)s)."
        )
        % values
    )


def _notes(rating: LeadershipRating, instrument: Instrument) -> tuple[str, ...]:
    """What else is to be said of it: the gap between support and engagement, and whether the answers differ."""
    (contrast,) = instrument.contrasts
    gap = published_means.gap(means_of(rating, [part.key for part in instrument.subscales]), contrast)
    found = []
    if gap is not None:
        values = {"gap": _in_words(gap), "limit": average(contrast.talk_above)}
        found.append(
            gettext(
                "Support lies %(gap)s above engagement (the mean of proactive and perseverant). More than %(limit)s "
                "deserves a talk, by a convention of ours: kind, but seldom active, is what the study found of leaders."
            )
            % values
        )
        if published_means.above(gap, contrast.talk_above):
            found.append(gettext("This gap deserves a talk."))
    if rating.differs:
        found.append(gettext("The answers differ a lot: the mean hides more than one view."))
    return tuple(found)
