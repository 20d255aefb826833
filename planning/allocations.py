"""Hours a week set aside: set and changed, with a line in the trail; and gone through with the staff."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEvent, Member, Service
from planning.clock import moment
from planning.models import Allocation, Clearance


@transaction.atomic
def set_aside(allocation: Allocation, *, by: Member) -> Allocation:
    """Save hours that are set aside in the service of `by`, new or changed."""
    allocation.service = by.service
    allocation.save()
    audit.record(code="allocation.set", by=by.user, service=by.service, obj=allocation, work=allocation.work)
    return allocation


@dataclass(frozen=True)
class Cleared:
    """When the hours were last gone through with the staff, and the latest day since on which they changed."""

    clearance: Clearance
    changed_on: date | None


def cleared(service: Service, *, on: date) -> Cleared | None:
    """What is on record of that; None when they never were."""
    found = service.clearances.filter(cleared_on__lte=on).order_by("-cleared_on", "-pk").first()
    return found and Cleared(found, changed_after(service, found.cleared_on, on=on))


def changed_after(service: Service, day: date, *, on: date) -> date | None:
    """The latest day after `day`, up to `on`, on which hours set aside changed; None when they did not.

    They change when one begins or has ended, and when somebody writes another figure: that is in the trail alone.
    """
    changes = [
        changed
        for starts_on, ends_on in service.allocations.values_list("starts_on", "ends_on")
        for changed in (starts_on, ends_on and ends_on + timedelta(days=1))
        if changed and day < changed <= on
    ]
    written = AuditEvent.objects.filter(
        service_key=service.key, code="allocation.set", at__gt=moment(day, time.max), at__lte=moment(on, time.max)
    )
    if latest := written.order_by("-at").first():
        changes.append(timezone.localdate(latest.at))
    return max(changes, default=None)
