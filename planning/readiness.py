"""What should be checked before a practice starts: three questions, of which the latest answer counts."""

from datetime import date

from django.db import transaction

from accounts import audit
from accounts.models import Member, Service
from planning.models import ReadinessCheck


@transaction.atomic
def answer(answers: dict[str, bool], *, by: Member, on: date) -> list[ReadinessCheck]:
    """Note the answers of a day, by item; a second one of the same day takes the place of the first."""
    rows = []
    for item, done in answers.items():
        row, new = ReadinessCheck.objects.update_or_create(
            service=by.service, item=item, on=on, defaults={"done": done}
        )
        audit.record(code="record.added" if new else "record.changed", by=by.user, service=by.service, obj=row)
        rows.append(row)
    return rows


def latest(service: Service, *, on: date) -> list[tuple[ReadinessCheck.Item, ReadinessCheck | None]]:
    """Each of the three with its latest answer up to that day; None where there is none."""
    rows = {row.item: row for row in service.readiness_checks.filter(on__lte=on).order_by("on", "pk")}
    return [(item, rows.get(item.value)) for item in ReadinessCheck.Item]
