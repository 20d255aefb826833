"""Flags that a leader lives with for a time: accepted with a reason and an end date, never cleared by hand.

An acceptance is in force until its day, that day included; earlier when it is taken back, or while things stand
worse than when it was made: the status is worse, or the rule's severity figure is above the stored one (quality
point B05). Whether it is in force is computed on every read. It says something only of an entry that is flagged or
to watch: what is clear or not known needs no acceptance, and none is shown then.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Member, Service
from planning.models import Acceptance
from planning.models.acceptance import ACCEPT_DAYS, REASON_CHARACTERS
from planning.risks.answer import Answer, Status

WORSE = (Status.WATCH, Status.FLAGGED)  # what can be accepted, the worse one last
STORED_PLACES = Decimal("0.000001")  # of `Acceptance.severity`: no rounding must look like a change


class NothingToAccept(ValidationError):
    """Only what is flagged or to watch can be accepted."""

    def __init__(self):
        super().__init__(_("This is not flagged now, so there is nothing to accept."), code="nothing_to_accept")


def last_day(on: date) -> date:
    """The last day until which something can be accepted on that day."""
    return on + timedelta(days=ACCEPT_DAYS)


def running(service: Service, *, on: date) -> list[Acceptance]:
    """The service's acceptances that have not come to their end by that day, in one query.

    Whether one is in force depends on how its entry stands besides: see `in_force`.
    """
    return running_in([service], on=on)[service.pk]


def running_in(services: Iterable[Service], *, on: date) -> dict[int, list[Acceptance]]:
    """The same of many services, by their primary keys; in one query too."""
    found: dict[int, list[Acceptance]] = {service.pk: [] for service in services}
    made = Acceptance.objects.filter(service__in=list(found), accepted_on__lte=on, until__gte=on)
    for acceptance in made.exclude(ended_on__lte=on).select_related("by").order_by("pk"):
        found[acceptance.service_id].append(acceptance)
    return found


def in_force(acceptances: Iterable[Acceptance], answers: Iterable[Answer]) -> dict[str, Acceptance]:
    """Those of the running acceptances that hold against these answers, by the key of their entry."""
    by_entry = {acceptance.entry: acceptance for acceptance in acceptances}
    return {
        answer.key: by_entry[answer.key]
        for answer in answers
        if answer.key in by_entry and holds(by_entry[answer.key], answer)
    }


def holds(acceptance: Acceptance, answer: Answer) -> bool:
    """Whether the entry is flagged or to watch, and stands no worse than when it was accepted.

    Without a stored figure (in a dossier written by hand) only the status can tell that it got worse.
    """
    if answer.status not in WORSE or WORSE.index(answer.status) > WORSE.index(Status(acceptance.status)):
        return False
    now = stored(answer.severity)
    return now is None or acceptance.severity is None or now <= acceptance.severity


def stored(severity: Decimal | None) -> Decimal | None:
    """A severity figure as the record keeps it."""
    return None if severity is None else severity.quantize(STORED_PLACES)


@transaction.atomic
def accept(entry: str, *, reason: str, until: date, by: Member, on: date, answer: Answer) -> Acceptance:
    """Accept an entry as it stands (`answer`) until a day, in place of an earlier acceptance of it.

    Raises `NothingToAccept` unless it is flagged or to watch, and ValidationError for a reason of fewer than 20
    characters or a day that does not lie within the next 180 (quality point B05).
    """
    if answer.status not in WORSE:
        raise NothingToAccept
    if len(reason.strip()) < REASON_CHARACTERS:
        raise ValidationError(_("Write the reason in at least 20 characters."), code="short_reason")
    if not on < until <= last_day(on):
        raise ValidationError(_("Give a day after today, at most 180 days ahead."), code="until")
    Service.objects.select_for_update().get(pk=by.service_id)  # two at once: the later one counts
    by.service.acceptances.filter(entry=entry, ended_on__isnull=True).update(ended_on=on)
    acceptance = Acceptance.objects.create(
        service=by.service,
        entry=entry,
        reason=reason.strip(),
        accepted_on=on,
        until=until,
        by=by,
        status=answer.status.value,
        severity=stored(answer.severity),
    )
    audit.record(
        code="acceptance.made",
        by=by.user,
        service=by.service,
        obj=acceptance,
        entry=entry,
        until=until.isoformat(),
    )
    return acceptance


@transaction.atomic
def take_back(acceptance: Acceptance, *, by: Member, on: date) -> Acceptance:
    """End an acceptance before its day; one that has ended stays as it is."""
    ended = Acceptance.objects.filter(pk=acceptance.pk, ended_on__isnull=True).update(ended_on=on)
    if ended:
        audit.record(code="acceptance.ended", by=by.user, service=by.service, obj=acceptance, entry=acceptance.entry)
    acceptance.refresh_from_db(fields=["ended_on"])
    return acceptance
