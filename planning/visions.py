"""The vision: written as a draft, published in versions, read by the practitioners, looked at again."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dateutil.relativedelta import relativedelta
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Member, Service
from planning import expectations
from planning.models import Vision, VisionAcknowledgement
from planning.risks.long_term import VISION_HORIZON_MONTHS

HORIZON_YEARS = 2  # that a first vision is offered


class NoVision(ValidationError):
    """No vision is published, so there is nothing to read."""

    def __init__(self):
        super().__init__(_("No vision is published yet, so there is nothing to read."), code="no_vision")


class Horizon(StrEnum):
    """How far off the day is by which a service wants to be there."""

    AHEAD = "ahead"
    NEAR = "near"
    PAST = "past"


def horizon(vision: Vision, *, on: date) -> Horizon:
    """Whether the vision's day is ahead, near or past; near as in the rule `no-vision`."""
    if vision.horizon_on < on:
        return Horizon.PAST
    near = vision.horizon_on <= on + relativedelta(months=VISION_HORIZON_MONTHS)
    return Horizon.NEAR if near else Horizon.AHEAD


def in_force(service: Service, *, on: date) -> Vision | None:
    """The published vision that counts on that day."""
    return Vision.objects.in_force(on).filter(service=service).first()


def draft_of(service: Service) -> Vision | None:
    """The version that is being written, for leaders alone."""
    return service.visions.filter(published_on__isnull=True).order_by("-version").first()


def _row_to_write(service: Service) -> Vision:
    """The draft, or a new version; call it with the service locked, so that two at once get two numbers."""
    if draft := draft_of(service):
        return draft
    last = service.visions.aggregate(last=Max("version"))["last"] or 0
    return Vision(service=service, version=last + 1)


@transaction.atomic
def keep_draft(*, service: Service, text: str, horizon_on: date | None, by: Member) -> Vision:
    """Keep what is written of the next version, with or without its day; there is one draft at a time."""
    Service.objects.select_for_update().get(pk=service.pk)
    vision = _row_to_write(service)
    vision.text, vision.horizon_on = text, horizon_on
    vision.save()
    audit.record(code="vision.drafted", by=by.user, service=service, obj=vision, version=vision.version)
    return vision


@transaction.atomic
def publish(*, service: Service, text: str, horizon_on: date, by: Member, on: date) -> Vision:
    """Publish a new version, out of the draft if there is one; the ones before it stay as they were."""
    Service.objects.select_for_update().get(pk=service.pk)
    vision = _row_to_write(service)
    vision.text, vision.horizon_on = text, horizon_on
    vision.published_on = vision.looked_at_on = on
    vision.published_by = by
    vision.save()
    audit.record(code="vision.published", by=by.user, service=service, obj=vision, version=vision.version)
    return vision


@transaction.atomic
def confirm(vision: Vision, *, by: Member, on: date) -> Vision:
    """Note that the vision was looked at and still holds."""
    vision.looked_at_on = on
    vision.save(update_fields=["looked_at_on"])
    audit.record(code="vision.confirmed", by=by.user, service=vision.service, obj=vision)
    return vision


@transaction.atomic
def acknowledge(member: Member, *, on: date, shown: int | None = None) -> VisionAcknowledgement:
    """Note that the member has read the vision in force on that day; the first time counts.

    `shown`: the number of the version that they had before them, where that is known. Raises
    `expectations.NewVersion` when it is another one than that in force, and `NoVision` when none is published.
    """
    vision = in_force(member.service, on=on)
    if vision is None:
        raise NoVision
    if shown is not None and shown != vision.version:
        raise expectations.NewVersion
    note, new = VisionAcknowledgement.objects.get_or_create(vision=vision, member=member, defaults={"on": on})
    if new:
        audit.record(code="vision.acknowledged", by=member.user, service=member.service, obj=note)
    return note


def note_of(member: Member, vision: Vision, *, on: date) -> VisionAcknowledgement | None:
    """The member's own note of having read this version, if there is one by that day."""
    return vision.acknowledgements.filter(member=member, on__lte=on).first()


def unread_by(member: Member, *, on: date) -> Vision | None:
    """The vision in force, as long as the member has not read it; None afterwards, and without one."""
    notes = VisionAcknowledgement.objects.filter(vision=OuterRef("pk"), member=member)
    vision = Vision.objects.in_force(on).filter(service=member.service).annotate(noted=Exists(notes)).first()
    return None if vision is None or vision.noted else vision


def without_note(vision: Vision, *, on: date):
    """Which practitioners have not read this version, by name: of those whom what is expected concerns, too."""
    return expectations.concerned(vision.service, on=on).exclude(vision_acknowledgements__vision=vision)


@dataclass(frozen=True)
class Readers:
    """How many of those concerned have read a version."""

    read: int
    concerned: int


def readers(vision: Vision, *, on: date) -> Readers:
    """How many practitioners have read this version, out of how many."""
    notes = VisionAcknowledgement.objects.filter(member=OuterRef("pk"), vision=vision, on__lte=on)
    people = expectations.concerned(vision.service, on=on).annotate(has_read=Exists(notes))
    return Readers(**people.order_by().aggregate(read=Count("pk", filter=Q(has_read=True)), concerned=Count("pk")))
