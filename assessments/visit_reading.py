"""Reads a visit whose raters are both done into `assessments.visit_report`."""

from collections.abc import Iterable, Mapping

from assessments.instruments import Instrument
from assessments.models import AgreedItem, Rater, RaterItem, Visit
from assessments.visit_report import Advice, Earlier, GivenItem, ReportedScale, VisitReport, reported_scale
from assessments.visits import FIRST, SECOND, both_are_done, definitions_of

PROFILES = 2  # earlier profiles beside the new one: more could not be told apart


def report_of(visit: Visit, *, actions: Mapping[int, Iterable[str]] | None = None) -> VisitReport:
    """The report of a visit; `actions`: in words, by recommendation. ValueError before both raters are done.

    Whoever may not see the ratings yet must not come by them through a page that forgot to ask. Of a visit that was
    agreed on elsewhere the record may hold the result alone, without what each of the two gave.
    """
    if visit.agreed_on is None and not both_are_done(visit):
        raise ValueError("The ratings of a visit are read once both raters are done.")
    raters = {one.number: one for one in visit.raters.select_related("member").prefetch_related("items")}
    agreed = list(visit.agreed_items.all())
    fidelity, organisation = definitions_of(visit)
    ratings = visit.service.fidelity_ratings.filter(rated_on__lt=visit.planned_on)
    others = visit.service.organisation_ratings.filter(rated_on__lt=visit.planned_on)
    return VisitReport(
        on=visit.planned_on,
        covers=visit.covers,
        practitioners=visit.practitioners,
        patients=visit.patients,
        raters=tuple(raters[number].member.name if number in raters else "" for number in (FIRST, SECOND)),
        fidelity=_scale(fidelity, raters, agreed, [(one.rated_on, one.total, one.items) for one in ratings]),
        organisation=_scale(organisation, raters, agreed, [(one.rated_on, one.mean, one.items) for one in others]),
        reached=visit.organisation.reached if visit.organisation else {},
        agreed_on=visit.agreed_on,
        feedback_on=visit.feedback_on,
        advice=_advice(visit, actions or {}),
    )


def _scale(
    instrument: Instrument, raters: Mapping[int, Rater], agreed: list[AgreedItem], before: list
) -> ReportedScale:
    first, second = (
        _given(raters[number].items.all() if number in raters else (), instrument) for number in (FIRST, SECOND)
    )
    before = sorted(before, key=lambda one: one[0])
    profiles = [(day, items) for day, _total, items in reversed(before) if items][:PROFILES]
    return reported_scale(
        instrument,
        first,
        second,
        _given(agreed, instrument),
        earlier=[Earlier(day, total) for day, total, _items in before],
        profiles=profiles,
    )


def _given(rows: Iterable[RaterItem | AgreedItem], instrument: Instrument) -> dict[str, GivenItem]:
    return {
        one.item: GivenItem(
            rating=one.rating,
            not_rateable=one.not_rateable,
            note=one.note,
            counts=one.counts,
            proposed=getattr(one, "proposed", None),
        )
        for one in rows
        if one.instrument == instrument.key
    }


def _advice(visit: Visit, actions: Mapping[int, Iterable[str]]) -> tuple[Advice, ...]:
    if visit.rating is None:
        return ()
    return tuple(
        Advice(one.text, one.about, tuple(actions.get(one.pk, ())))
        for one in visit.rating.recommendations.order_by("pk")
    )
