"""The vision: written in versions, published, looked at again."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from accounts import audit
from accounts.models import Member, Service
from planning.models import Vision


def in_force(service: Service, *, on: date) -> Vision | None:
    """The published vision that counts on that day."""
    return Vision.objects.in_force(on).filter(service=service).first()


@transaction.atomic
def publish(*, service: Service, text: str, horizon_on: date, by: Member, on: date) -> Vision:
    """Publish a new version; the ones before it stay as they were."""
    Service.objects.select_for_update().get(pk=service.pk)  # two at once get two numbers
    last = service.visions.aggregate(last=Max("version"))["last"] or 0
    vision = Vision.objects.create(
        service=service,
        version=last + 1,
        text=text,
        horizon_on=horizon_on,
        published_on=on,
        published_by=by,
        looked_at_on=on,
    )
    audit.record(code="vision.published", by=by.user, service=service, obj=vision, version=vision.version)
    return vision


@transaction.atomic
def confirm(vision: Vision, *, by: Member, on: date) -> Vision:
    """Note that the vision was looked at and still holds."""
    vision.looked_at_on = on
    vision.save(update_fields=["looked_at_on"])
    audit.record(code="vision.confirmed", by=by.user, service=vision.service, obj=vision)
    return vision
