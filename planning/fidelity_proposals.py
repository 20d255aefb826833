"""What the record's counts speak for at a fidelity visit: a proposed rating of an item, and how it was computed.

All of it is our own convention [P]: the instruments only say that raters use counts where there are any. The rater
decides, and says why where it is otherwise. An item is proposed only where the record really counts what it is about:

- "People in a session": only that there are no groups, as the size of a group is not recorded;
- "Penetration": from the patients one by one and how many it could be for, when there are no groups;
- training, supervision, monitoring, outcomes and quality assurance of the organisation: from their dates.

Shares of patients with handouts, goals or supporters (items 2, 4, 5, 6, 7 of the fidelity scale) are in no part of the
record, and so are never proposed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member, Role, Service
from assessments import scoring
from assessments.figures import day, few
from assessments.instruments import GOI, IMR_FIDELITY
from assessments.models import FidelityRating, Visit
from assessments.outcome_rounds import TOGETHER
from assessments.visit_items import Proposed
from planning.models import Action, Review
from planning.risks.months import add_months
from planning.wording.caseload import month

YEAR = 12  # months that are looked back on
NEW_STAFF_MONTHS = 2  # within which somebody new is trained, by the anchor of "Training"
SUPERVISION_WEEKS = 26  # that are looked back on
TWICE_A_MONTH, MONTHLY = 12, 6  # meetings in so many weeks, for the anchors of "Supervision"
HALF_A_YEAR = 7  # months: six, and one for holidays
CASELOAD_MONTHS = 3  # an older count of patients says nothing of now
SHARES = (Fraction(20, 100), Fraction(40, 100), Fraction(60, 100), Fraction(80, 100))  # of the organisation's anchors


@dataclass(frozen=True)
class Trained:
    """A practitioner: since when in the role, and when trained."""

    started_on: date | None
    trained_on: date | None


@dataclass(frozen=True)
class Caseload:
    """The latest month that was counted."""

    month: date
    patients: int | None
    groups: int | None
    eligible: int | None


@dataclass(frozen=True)
class EarlierVisit:
    """An earlier fidelity rating, and whether an action came of what it recommended."""

    on: date
    used: bool


@dataclass(frozen=True)
class Round:
    """A round of patient outcomes, and whether the practitioners have seen it."""

    on: date
    shown: bool


@dataclass(frozen=True)
class Figures:
    """What the record knows on the day of a visit."""

    on: date
    caseload: Caseload | None = None
    practitioners: tuple[Trained, ...] = ()
    supervisions: tuple[date, ...] = ()
    visits: tuple[EarlierVisit, ...] = ()
    rounds: tuple[Round, ...] = ()
    reviews_held: tuple[date, ...] = ()
    reviews_planned: bool = False


# ------------------------------------------------------------------------------------------------
# From the figures to the ratings
# ------------------------------------------------------------------------------------------------


def proposals(figures: Figures) -> dict[tuple[str, str], Proposed]:
    """By instrument and item; what the record does not count is not in it."""
    found = {key: rule(figures) for key, rule in RULES.items()}
    return {key: proposed for key, proposed in found.items() if proposed is not None}


def _people(figures: Figures) -> Proposed | None:
    """Item 1: without groups everybody is seen one by one."""
    counted = _recent(figures)
    if counted is None or counted.groups != 0 or not counted.patients:
        return None
    return Proposed(
        IMR_FIDELITY.highest,
        _("In %(month)s no group was counted: everybody was seen one to one.") % {"month": month(counted.month)},
    )


def _penetration(figures: Figures) -> Proposed | None:
    """G3: those who get it of those whom it could be for."""
    counted = _recent(figures)
    if counted is None or counted.groups != 0 or counted.patients is None or not counted.eligible:
        return None
    if counted.patients > counted.eligible:
        return None
    item = GOI.by_key["penetration"]
    share = scoring.reached(counted.patients, item, eligible=counted.eligible).share
    return Proposed(
        scoring.laddered(share, item, GOI),
        _("In %(month)s %(patients)s of %(eligible)s patients whom IMR could be for were counted as getting it.")
        % {"month": month(counted.month), "patients": few(counted.patients), "eligible": few(counted.eligible)},
    )


def _training(figures: Figures) -> Proposed | None:
    """G7: those trained in the year, those who are new within two months of beginning."""
    if not any(one.trained_on for one in figures.practitioners):
        return None
    trained = sum(_is_trained(one, figures.on) for one in figures.practitioners)
    count = len(figures.practitioners)
    return Proposed(
        _by_share(Fraction(trained, count)),
        ngettext(
            "%(trained)d of %(count)d practitioner finished IMR training in the year before, or within two months of "
            "beginning. Yearly refreshers are not in the record: count them in.",
            "%(trained)d of %(count)d practitioners finished IMR training in the year before, or within two months of "
            "beginning. Yearly refreshers are not in the record: count them in.",
            count,
        )
        % {"trained": trained, "count": count},
    )


def _is_trained(one: Trained, on: date) -> bool:
    since = add_months(on, -YEAR)
    if one.trained_on is None or one.trained_on > on:
        return False
    if one.started_on is not None and one.started_on > since:  # new: what counts is how soon
        return one.trained_on <= add_months(one.started_on, NEW_STAFF_MONTHS)
    return one.trained_on > since


def _supervision(figures: Figures) -> Proposed | None:
    """G8: in how many of the last weeks there was supervision."""
    held = [one for one in figures.supervisions if one <= figures.on]
    if not held:
        return None
    since = figures.on - timedelta(weeks=SUPERVISION_WEEKS)
    recent = {one for one in held if one > since}
    weeks = len({(figures.on - one).days // 7 for one in recent})
    weekly = _by_share(Fraction(weeks, SUPERVISION_WEEKS))
    often = 4 if len(recent) >= TWICE_A_MONTH else 3 if len(recent) >= MONTHLY else 2 if recent else 1
    return Proposed(
        max(weekly, often),
        _(
            "Supervision is logged in %(weeks)d of the last %(all)d weeks. Who was there and what it was about is not "
            "in the log."
        )
        % {"weeks": weeks, "all": SUPERVISION_WEEKS},
    )


def _process_monitoring(figures: Figures) -> Proposed | None:
    """G9: three marks: fidelity was rated within the year, within half a year, and an action came of it."""
    earlier = sorted((one for one in figures.visits if one.on < figures.on), key=lambda one: one.on)
    if not earlier:
        return None
    latest = earlier[-1]
    standard = latest.on > add_months(figures.on, -YEAR - 1)
    half_yearly = latest.on > add_months(figures.on, -HALF_A_YEAR)
    used = standard and latest.used
    rating = (1, 3, 4, 5)[standard + half_yearly + used]
    text = (
        _("Fidelity was last rated on %(day)s, and an action came of it.")
        if latest.used
        else _("Fidelity was last rated on %(day)s, and no action came of it.")
    )
    return Proposed(rating, text % {"day": day(latest.on)})


def _outcome_monitoring(figures: Figures) -> Proposed | None:
    """G10: how often outcomes were measured in the year, and whether practitioners saw them."""
    rounds = [one for one in figures.rounds if one.on <= figures.on]
    if not rounds:
        return None
    since = add_months(figures.on, -YEAR)
    measured = _apart([one.on for one in rounds if one.on > since])
    shown = _apart([one.on for one in rounds if one.on > since and one.shown])
    rating = 5 if shown >= 4 else 4 if shown >= 2 else 3 if shown else 2 if measured else 1
    return Proposed(
        rating,
        _("In the year before, outcomes were measured %(measured)s and shown to the practitioners %(shown)s.")
        % {"measured": _times(measured), "shown": _times(shown)},
    )


def _quality_assurance(figures: Figures) -> Proposed | None:
    """G11: how often the review met."""
    held = sorted(one for one in figures.reviews_held if one <= figures.on)
    if not held:
        return Proposed(2, _("Reviews are planned, but none was held yet.")) if figures.reviews_planned else None
    half = add_months(figures.on, -HALF_A_YEAR)
    if held[-1] <= add_months(figures.on, -YEAR):
        rating = 3
    elif held[-1] > half and any(add_months(half, -HALF_A_YEAR) < one <= half for one in held):
        rating = 5
    else:
        rating = 4
    recent = sum(one > add_months(figures.on, -YEAR) for one in held)
    return Proposed(
        rating,
        _("A review of IMR was held %(times)s in the year before, the latest on %(day)s.")
        % {"times": _times(recent), "day": day(held[-1])},
    )


RULES: dict[tuple[str, str], Callable[[Figures], Proposed | None]] = {
    (IMR_FIDELITY.key, "people_in_session"): _people,
    (GOI.key, "penetration"): _penetration,
    (GOI.key, "training"): _training,
    (GOI.key, "supervision"): _supervision,
    (GOI.key, "process_monitoring"): _process_monitoring,
    (GOI.key, "outcome_monitoring"): _outcome_monitoring,
    (GOI.key, "quality_assurance"): _quality_assurance,
}


def _by_share(share: Fraction) -> int:
    """The step of the organisation's ladders: up to 20 % is 1, above 80 % is 5."""
    return GOI.lowest + sum(share > limit for limit in SHARES)


def _recent(figures: Figures) -> Caseload | None:
    counted = figures.caseload
    if counted is None or counted.month < add_months(figures.on.replace(day=1), -CASELOAD_MONTHS):
        return None
    return counted


def _apart(days: Sequence[date]) -> int:
    """How many rounds there were on these days; forms that were finished close together are of one."""
    count, latest = 0, None
    for one in sorted(days):
        if latest is None or one - latest > TOGETHER:
            count, latest = count + 1, one
    return count


def _times(count: int) -> str:
    return ngettext("%(count)d time", "%(count)d times", count) % {"count": count}


# ------------------------------------------------------------------------------------------------
# From the record to the figures
# ------------------------------------------------------------------------------------------------


def figures_of(service: Service, *, on: date) -> Figures:
    """What the record of a service knows on a day."""
    return Figures(
        on=on,
        caseload=_caseload(service, on),
        practitioners=tuple(Trained(one.started_on, one.trained_on) for one in _practitioners(service, on)),
        supervisions=tuple(
            service.supervisions.filter(held_on__lte=on).order_by("held_on").values_list("held_on", flat=True)
        ),
        visits=tuple(_visits(service, on)),
        rounds=tuple(
            Round(one.measured_on, one.fed_back_on is not None and one.fed_back_on <= on)
            for one in service.outcome_rounds.filter(measured_on__lte=on).order_by("measured_on", "pk")
        ),
        reviews_held=tuple(
            one.on for one in Review.objects.filter(service=service).held().order_by("starts_at", "pk") if one.on <= on
        ),
        reviews_planned=Review.objects.filter(service=service).planned().exists(),
    )


def _caseload(service: Service, on: date) -> Caseload | None:
    latest = service.caseload_months.filter(month__lte=on).order_by("-month").first()
    return latest and Caseload(latest.month, latest.individual_patients, latest.groups, latest.eligible)


def _practitioners(service: Service, on: date):
    """Those who give IMR on that day."""
    there = Member.objects.filter(service=service, role=Role.PRACTITIONER, guest=False).present(on)
    return there.exclude(started_on__gt=on).exclude(stopped_on__lte=on).order_by("pk")


def _visits(service: Service, on: date):
    used = set(
        Action.objects.filter(recommendation__rating__service=service, opened_on__lte=on).values_list(
            "recommendation__rating", flat=True
        )
    )
    earlier = FidelityRating.objects.filter(service=service, rated_on__lt=on).order_by("rated_on")
    return [EarlierVisit(one.rated_on, one.pk in used) for one in earlier]


def of_visit(visit: Visit) -> dict[tuple[str, str], Proposed]:
    """What the record speaks for at a visit, as of its day."""
    return proposals(figures_of(visit.service, on=visit.planned_on))
