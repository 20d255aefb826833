"""Hours a week set aside: set and changed, with a line in the trail."""

from django.db import transaction

from accounts import audit
from accounts.models import Member
from planning.models import Allocation


@transaction.atomic
def set_aside(allocation: Allocation, *, by: Member) -> Allocation:
    """Save hours that are set aside in the service of `by`, new or changed."""
    allocation.service = by.service
    allocation.save()
    audit.record(code="allocation.set", by=by.user, service=by.service, obj=allocation, work=allocation.work)
    return allocation
