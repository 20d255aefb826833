"""The audit trail: what happened, by whom (a random id), to what. No texts, no values of texts."""

from collections.abc import Iterable

from accounts.models import AuditEvent, Service, User


def record(*, code: str, by: User | None, service: Service | None = None, obj=None, at=None, **details) -> AuditEvent:
    """Write one event in the current transaction: if it cannot be written, neither is the change.

    `code` is noun.verb ("goal.changed"); `details` are codes, ids and dates only.
    `by` is None for the clock and for entries made without a name.
    `at` overrides the moment: an unnamed entry is known by its week alone.
    """
    values = {"at": at} if at else {}
    return AuditEvent.objects.create(
        service_key=service.key if service else "",
        actor=by.audit_id if by else None,
        code=code,
        object_kind=obj._meta.model_name if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        details=details,
        **values,
    )


def record_for_each(services: Iterable[Service], *, code: str, by: User | None) -> None:
    """Write one event into the trail of each of these services, for what concerns them all at once."""
    actor = by.audit_id if by else None
    AuditEvent.objects.bulk_create(AuditEvent(service_key=service.key, actor=actor, code=code) for service in services)
