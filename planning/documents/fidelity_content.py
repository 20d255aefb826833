"""What a fidelity report says: gathered once when it is issued, then frozen, as `plan_content` does.

About one visit whose result is agreed on. Counts of patients are as everywhere in documents: "<5" below five. Nothing
of a patient and nothing of a single practitioner ever comes in here; the names are those of the raters, the leader,
and who took on what was recommended.
"""

from datetime import date

from django.db.models import Prefetch
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments import visit_words
from assessments.figures import few
from assessments.instruments import Instrument
from assessments.models import Visit
from assessments.scoring import shown
from assessments.visit_reading import report_of
from assessments.visit_report import GivenItem, ReportedItem, ReportedScale, VisitReport
from assessments.visits import definitions_of
from assessments.wording import CONVERSATION, OURS, about, named, note_on, said
from planning.documents.plan_content import leader_in_post
from planning.models import Action
from planning.risks.months import add_months

CONTENT_VERSION = 1
HIGH = 4  # from here on a mean is in the best band
MONTHS_TO_NEXT = 12  # our convention: yearly,
MONTHS_WHEN_BELOW = 6  # sooner when the mean is not high, or is not there
MAX_RECOMMENDATIONS = 50  # quality point P09; the document says how many it leaves out

SOURCES = {
    "leader": _("interviews with leaders"),
    "practitioner": _("interviews with practitioners"),
    "patient": _("interviews with patients"),
    "observed": _("observed sessions"),
    "chart": _("charts and progress notes"),
    "materials": _("handouts and other materials"),
}

AGREEMENT_MEANS = _(
    "Each rated on their own before they talked. Much agreement says that the ratings come from what was seen and not "
    "from who looked; it does not say that they are right."
)
NO_AGREEMENT = _("What each of the two gave is not in the record, so that nothing can be said of how far they agreed.")
DOES_NOT_KEEP = _(
    "A high fidelity does not keep a practice: in the study, services that scored alike stood very differently after "
    "the project. Leaders who plan, make time, follow up and look at data keep it."
)


class NotAgreed(Exception):
    """There is nothing to report of a visit before its result is agreed on."""


def gather(visit: Visit, as_of: date, language: str) -> dict:
    """Everything a report about the visit says on that day, in `language` ("en" or "nb").

    Raises `NotAgreed` for a visit without a result. Number and issuer are added by `planning.documents.issuing`.
    """
    if visit.agreed_on is None:
        raise NotAgreed(f"Visit {visit.pk} has no result that could be reported.")
    service = visit.service
    with translation.override(language):
        report = report_of(visit)
        recommendations = _recommendations(visit, as_of)
        return {
            "content": CONTENT_VERSION,
            "language": language,
            "as_of_on": as_of.isoformat(),
            "service": {
                "key": service.key,
                "name": service.name,
                "practice": service.practice,
                "setting": service.get_setting_display() if service.setting else "",
                "described": service.described,
            },
            "leader": leader_in_post(service, as_of),
            "visit": _visit(visit, report, as_of),
            "raters": [
                {"name": rater.member.name, "relation": str(rater.member.get_role_display())}
                for rater in visit.raters.select_related("member").order_by("number")
            ],
            "sources": sources_of(report),
            "scales": [scale_content(scale, report) for scale in report.scales],
            "recommendations": recommendations[:MAX_RECOMMENDATIONS],
            "recommendations_left_out": max(0, len(recommendations) - MAX_RECOMMENDATIONS),
            "next": _next(visit, report, as_of),
            "does_not_keep": str(DOES_NOT_KEEP),
            "conversation": str(CONVERSATION),
            "ours": str(OURS),
        }


def _visit(visit: Visit, report: VisitReport, as_of: date) -> dict:
    """When it was, whom it covers, and when the service was told."""
    told = visit.feedback_on is not None and visit.feedback_on <= as_of
    return {
        "visited_on": visit.planned_on.isoformat(),
        "agreed_on": visit.agreed_on.isoformat(),
        "covers": visit.covers,
        "practitioners": "" if visit.practitioners is None else number_format(visit.practitioners),
        "patients": "" if visit.patients is None else few(visit.patients),
        "reached": visit_words.reached(report.reached, exact=False),
        "told_on": visit.feedback_on.isoformat() if told else None,
    }


def sources_of(report: VisitReport) -> list[str]:
    """What the items call to be looked at, each kind once."""
    wanted = {source for scale in report.scales for one in scale.items for source in one.item.sources}
    return [str(words) for source, words in SOURCES.items() if source in wanted]


# ------------------------------------------------------------------------------------------------
# The scales
# ------------------------------------------------------------------------------------------------


def scale_content(scale: ReportedScale, report: VisitReport) -> dict:
    """One of the two instruments: its total, its items, how far the raters agreed, whose it is."""
    instrument = scale.instrument
    lines = visit_words.agreement_lines(scale)
    return {
        "key": instrument.key,
        "name": str(said(instrument.name)),
        "version": instrument.version,
        "revision": str(said(instrument.revision)),
        "wording": instrument.wording({}),
        "lowest": instrument.lowest,
        "highest": instrument.highest,
        "total": visit_words.total_sentence(scale),
        "figure": "" if scale.total is None else str(shown(scale.total, instrument)),
        "band": scale.band,
        "means": str(visit_words.MEANS[instrument.key]()),
        "earlier": [
            {"rated_on": one.on.isoformat(), "figure": str(shown(one.total, instrument))} for one in scale.earlier
        ],
        "profile": visit_words.profile_sentence(scale) if scale.rated else "",
        "compared_on": [day.isoformat() for day in scale.profiles_of],
        "items": [_item(one, instrument) for one in scale.items],
        "apart": [_apart(one, report) for one in scale.items if one.is_wide],
        "agreement": {
            "items": scale.agreement.items if scale.agreement else 0,
            "means": str(AGREEMENT_MEANS if lines else NO_AGREEMENT),
            "lines": [{"name": line.name, "words": line.words, "beside": line.beside} for line in lines],
        },
        "groups": [{"name": name, "figure": figure} for name, figure in visit_words.groups_of(scale)],
        "norms": [
            {"population": str(said(norm.population)), "mean": str(norm.means["total"]), "source": norm.source}
            for norm in instrument.norms_for(instrument.wording({}))
            if "total" in norm.means
        ],
        "licence": str(said(instrument.licence)),
        "citation": str(said(instrument.citation)),
    }


def _item(one: ReportedItem, instrument: Instrument) -> dict:
    """One item: what was agreed and why, what that step stands for in our words, and what the next one takes."""
    item, agreed = one.item, one.agreed or GivenItem()
    at = None if agreed.rating is None or item.anchors is None else agreed.rating - instrument.lowest
    raises = at is not None and agreed.rating < instrument.highest
    return {
        "key": about(instrument, item),
        "name": named(item),
        "about": str(said(item.about)) if item.about else "",
        "rating": agreed.rating,
        "why_not": "" if agreed.rating is not None else agreed.not_rateable or gettext("No reason is recorded."),
        "note": agreed.note,
        "counts": visit_words.counts_in_words(agreed.counts, exact=False) if agreed.counts else "",
        "stands_for": "" if at is None else str(said(item.anchors.texts[at])),
        "raised_by": str(said(item.anchors.texts[at + 1])) if raises else "",
        "check": note_on(item.anchors.confidence) if item.anchors else "",
        "before": list(one.before),
    }


def _apart(one: ReportedItem, report: VisitReport) -> dict:
    """An item that the two rated two steps or more apart, and how they settled it."""
    agreed = one.agreed or GivenItem()
    return {
        "name": named(one.item),
        "first": one.first.rating,
        "second": one.second.rating,
        "agreed": agreed.rating,
        "settled": agreed.note or agreed.not_rateable,
    }


# ------------------------------------------------------------------------------------------------
# What comes of it
# ------------------------------------------------------------------------------------------------


def _recommendations(visit: Visit, as_of: date) -> list[dict]:
    """What the visit advised, in the order of the items, with the actions that came of it up to that day."""
    if visit.rating is None:
        return []
    items = {
        about(instrument, item): (place, named(item))
        for place, (instrument, item) in enumerate(
            (instrument, item) for instrument in definitions_of(visit) for item in instrument.described
        )
    }
    actions = Action.objects.filter(opened_on__lte=as_of).select_related("owner").order_by("opened_on", "pk")
    advised = visit.rating.recommendations.prefetch_related(Prefetch("actions", queryset=actions))
    whole_visit = (len(items), "")
    return [
        {
            "about": items.get(one.about, whole_visit)[1],
            "text": one.text,
            "actions": [_action(action, as_of) for action in one.actions.all()],
        }
        for one in sorted(advised, key=lambda one: (items.get(one.about, whole_visit)[0], one.pk))
    ]


def _action(action: Action, as_of: date) -> dict:
    """An action as it stood on that day."""
    closed = action.closed_on is not None and action.closed_on <= as_of
    return {
        "title": action.title,
        "owner": action.owner.name if action.owner else "",
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "late": action.is_late(as_of),
        "state": str(action.get_state_display() if closed else Action.State.OPEN.label),
        "closed_on": action.closed_on.isoformat() if closed else None,
    }


def _next(visit: Visit, report: VisitReport, as_of: date) -> dict:
    """The next visit that is planned, and by when one is due by our convention."""
    planned = (
        visit.service.visits.ahead()
        .filter(planned_on__gt=visit.planned_on, planned_on__gte=as_of)
        .order_by("planned_on", "pk")
        .first()
    )
    total = report.fidelity.total
    months = MONTHS_TO_NEXT if total is not None and total >= HIGH else MONTHS_WHEN_BELOW
    return {
        "planned_on": planned.planned_on.isoformat() if planned else None,
        "months": months,
        "due_on": add_months(visit.planned_on, months).isoformat(),
    }
