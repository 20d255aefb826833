"""A service's choice whether the plan on a page comes with mail, or only the link to it (quality point M06)."""

from django.db import transaction

from accounts import audit
from accounts.models import Member, Service
from planning.models import LinkOnly


def is_chosen(service: Service) -> bool:
    """Whether mail of the service carries links alone."""
    return LinkOnly.objects.filter(service=service).exists()


@transaction.atomic
def choose(service: Service, *, attach: bool, by: Member) -> None:
    """Attach the plan from now on, or only link to it; choosing the same again changes nothing."""
    if attach:
        changed, _by_model = LinkOnly.objects.filter(service=service).delete()
    else:
        _row, changed = LinkOnly.objects.get_or_create(service=service)
    if changed:
        code = "message.attached" if attach else "message.link_only"
        audit.record(code=code, by=by.user, service=service)
