"""What of a service's data is new since its last review: which source has a later result, and of which day.

Sources and days alone, no figure: everybody reads an agenda, and its minutes keep it (quality point F15).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Q

from accounts.models import Service
from assessments.summary import Summary, summaries
from planning.models import Review
from planning.risks.months import add_months

# In the order in which they are told of.
MEASURED = ("fidelity", "organisation", "leadership", "sustainment", "outcomes")
SOURCES = (*MEASURED, "caseload", "time")


@dataclass(frozen=True)
class New:
    """A source with something later than the last review, and the day of the latest of it."""

    source: str
    on: date


@dataclass(frozen=True)
class DataNews:
    """What is new since the last held review; `since` is its day, None before the first one."""

    since: date | None
    new: tuple[New, ...]


def last_review(service: Service, *, on: date) -> Review | None:
    """The latest review that was held up to that day."""
    held = service.reviews.held().filter(starts_at__date__lte=on)
    return held.order_by("-starts_at", "-pk").first()


def data_news(service: Service, *, on: date, summary: Summary | None = None) -> DataNews:
    """What is new on that day. `summary`: what was measured, for those who have it already."""
    review = last_review(service, on=on)
    since = review.on if review else None
    measured = summary or summaries([service.pk], as_of=on)[service.pk]
    days = {
        **{source: _last(getattr(measured, source)) for source in MEASURED},
        "caseload": _last_month_over(service, on=on),
        "time": _hours_changed(service, on=on),
    }
    new = tuple(New(source, day) for source in SOURCES if (day := days[source]) and (since is None or day > since))
    return DataNews(since, new)


def _last(rows: list) -> date | None:
    """The day of the latest result."""
    return max((getattr(row, "rated_on", None) or row.measured_on for row in rows), default=None)


def _last_month_over(service: Service, *, on: date) -> date | None:
    """The last day of the latest month that is over and has its caseload recorded."""
    months = service.caseload_months.filter(month__lte=add_months(on.replace(day=1), -1))
    month = months.aggregate(last=Max("month"))["last"]
    return month and add_months(month, 1) - timedelta(days=1)


def _hours_changed(service: Service, *, on: date) -> date | None:
    """The latest day on which hours set aside began or, the day after their last, ended."""
    last = service.allocations.filter(Q(starts_on__lte=on) | Q(ends_on__lt=on)).aggregate(
        begun=Max("starts_on", filter=Q(starts_on__lte=on)), ended=Max("ends_on", filter=Q(ends_on__lt=on))
    )
    ended = last["ended"] and last["ended"] + timedelta(days=1)
    return max((day for day in (last["begun"], ended) if day), default=None)
