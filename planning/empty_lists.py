"""Lists of which somebody said that there is nothing to record: then it is known, and not merely absent."""

from datetime import date

from django.db import transaction

from accounts import audit
from accounts.models import Member, Service
from planning.models import ConfirmedEmpty


@transaction.atomic
def confirm(name: str, *, by: Member, on: date) -> ConfirmedEmpty:
    """Note that on that day there is nothing to record in the list of that name."""
    confirmed, new = ConfirmedEmpty.objects.get_or_create(service=by.service, list=name, on=on, defaults={"by": by})
    if new:
        audit.record(code="record.empty", by=by.user, service=by.service, obj=confirmed, list=name)
    return confirmed


def since(service: Service, name: str, *, on: date) -> date | None:
    """The last day up to `on` on which somebody said that the list is empty."""
    days = service.confirmed_empty.filter(list=name, on__lte=on).order_by("-on")
    return days.values_list("on", flat=True).first()
