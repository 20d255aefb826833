"""The simple facts of a service's record: kept, put right, taken out.

One row and its line in the trail, both or neither. Nouns that do more when they are written (a vision that gets a
version, an action that remembers who moved it) have a module of their own.
"""

from typing import TypeVar

from django.db import models, transaction

from accounts import audit
from accounts.models import Member

Row = TypeVar("Row", bound=models.Model)


@transaction.atomic
def keep(row: Row, *, by: Member) -> Row:
    """Save a new row of the service of `by`, or one that was changed."""
    new = row.pk is None
    if new and hasattr(row, "service_id"):
        row.service = by.service
    row.save()
    audit.record(code="record.added" if new else "record.changed", by=by.user, service=by.service, obj=row)
    return row


@transaction.atomic
def remove(row: models.Model, *, by: Member) -> None:
    """Take out a row that was a mistake; that it was there stays in the trail."""
    audit.record(code="record.removed", by=by.user, service=by.service, obj=row)
    row.delete()
