"""What comes up again and again in a service: when it was last done, and due, by the catalogue's limits."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _

from accounts.models import Service
from planning import conflicts, visions
from planning.risks.fidelity import RATING_MONTHS
from planning.risks.long_term import VISION_LOOK_MONTHS
from planning.risks.months import add_months
from planning.risks.need import COUNTS_FOR_MONTHS
from planning.risks.published import UNBACKED_MONTHS
from planning.risks.reception import OUTCOME_WATCH_MONTHS
from planning.risks.upkeep import SUPERVISION_DAYS


def rows(service: Service, as_of: date) -> list[dict]:
    """Each recurring thing with its last and its next day; `planned` where the next one stands in the record.

    What was never done has no last day, and is due now; where no limit says when it is due, there is no next day.
    """
    return sorted(_rows(service, as_of), key=lambda one: one["next_on"] or "9999")


def _rows(service: Service, as_of: date) -> Iterable[dict]:
    visit = service.visits.ahead().filter(planned_on__gte=as_of).order_by("planned_on").first()
    planned = visit.planned_on if visit else None
    yield _row(_("Fidelity visit"), _last(service.fidelity_ratings, "rated_on", as_of), RATING_MONTHS, as_of, planned)
    yield _row(
        _("The organisation around IMR, rated"),
        _last(service.organisation_ratings, "rated_on", as_of),
        RATING_MONTHS,
        as_of,
        planned,
    )
    yield _row(
        _("Patient outcomes, a round"),
        _last(service.outcome_rounds, "measured_on", as_of),
        OUTCOME_WATCH_MONTHS,
        as_of,
    )
    wave = service.waves.open().filter(opened_at__date__lte=as_of).first()
    asked = _last(service.leadership_ratings, "rated_on", as_of)
    yield _row(_("Survey of the staff"), asked, None, as_of, wave.closes_on if wave else None)
    month = _last(service.caseload_months, "month", as_of)
    yield _row(_("Caseload of a month"), month, COUNTS_FOR_MONTHS, as_of)
    yield _supervision(service, as_of)
    vision = visions.in_force(service, on=as_of)
    if vision is not None:
        yield _row(_("The vision, looked at"), min(vision.looked_at_on, as_of), VISION_LOOK_MONTHS, as_of)
    confirmed = _last(service.confirmations.filter(confirmed=True), "answered_on", as_of)
    yield _row(_("The next level's word that IMR is a priority"), confirmed, UNBACKED_MONTHS, as_of)
    agreement = conflicts.agreement_of(service)
    if agreement is not None:
        yield _row(_("The agreement on logging, looked at"), agreement.discussed_on, None, as_of, agreement.evaluate_on)


def _supervision(service: Service, as_of: date) -> dict:
    """Supervision lapses by days, not by months."""
    last = _last(service.supervisions, "held_on", as_of)
    due = last + timedelta(days=SUPERVISION_DAYS) if last else as_of
    row = _row(_("Supervision in IMR"), last, None, as_of, due)
    return {**row, "planned": False, "overdue": row["overdue"] or last is None}


def _last(found, day: str, as_of: date) -> date | None:
    """The latest of these days up to that one."""
    days = found.filter(**{f"{day}__lte": as_of}).order_by(f"-{day}").values_list(day, flat=True)
    return days.first()


def _row(what: str, last: date | None, months: int | None, as_of: date, planned: date | None = None) -> dict:
    """One recurring thing. `months`: after how many it is due again; None where nothing says so."""
    due = planned
    if due is None and months is not None:
        due = add_months(last, months) if last else as_of
    return {
        "what": what,
        "last_on": last.isoformat() if last else None,
        "next_on": due.isoformat() if due else None,
        "planned": planned is not None,
        "overdue": due is not None and (due < as_of or (last is None and planned is None)),
    }
