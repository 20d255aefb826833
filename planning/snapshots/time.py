"""What a snapshot holds of when the practice runs and how much of it there is: log, pauses, caseload, own figures."""

from datetime import date, time
from decimal import Decimal

from django.utils import timezone

from planning.clock import moment
from planning.models import CapacityParameter, CaseloadMonth, LoggingAgreement, Pause
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import grouped, until


def logging(pks, as_of: date) -> dict[int, date]:
    """Since when conflicts can be logged without a break, for services in which they still can."""
    agreements = LoggingAgreement.objects.filter(service__in=pks, recorded_at__lte=moment(as_of, time.max))
    since: dict[int, date] = {}
    latest = {}
    for agreement in agreements.order_by("recorded_at", "pk"):
        day, before = timezone.localdate(agreement.recorded_at), latest.get(agreement.service_id)
        if before is None or not before.allows_logging(day):
            since[agreement.service_id] = day
        latest[agreement.service_id] = agreement
    return {pk: day for pk, day in since.items() if latest[pk].allows_logging(as_of)}


def pauses(pks, as_of: date) -> dict[int, tuple[frozen.Pause, ...]]:
    """The times in which the practice rested. A restart that lies ahead has not happened: it still does."""
    begun = Pause.objects.filter(service__in=pks, paused_on__lte=as_of).order_by("paused_on", "pk")
    return grouped(
        (
            pause.service_id,
            frozen.Pause(paused_on=pause.paused_on, restarted_on=until(pause.restarted_on, as_of)),
        )
        for pause in begun
    )


def caseload(pks, as_of: date) -> dict[int, tuple[frozen.CaseloadMonth, ...]]:
    """Counts by month, up to the running one."""
    months = CaseloadMonth.objects.filter(service__in=pks, month__lte=as_of.replace(day=1)).order_by("month")
    return grouped(
        (
            month.service_id,
            frozen.CaseloadMonth(month=month.month, **{name: getattr(month, name) for name in CaseloadMonth.COUNTS}),
        )
        for month in months
    )


def capacity(pks) -> dict[int, tuple[tuple[str, Decimal], ...]]:
    """The service's own figures for the hours it needs. They have no day: they hold as they are now."""
    own = CapacityParameter.objects.filter(service__in=pks).order_by("name")
    return grouped((figure.service_id, (figure.name, figure.value)) for figure in own)
