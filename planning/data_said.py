"""What a service's data say, source by source, for one reader: what stands, what is new, what to do with it.

The page reads what other pages show, by their rules: a leader's own rating is its leader's until it is shared, counts
of patients are the team's, hours are those of `planning.hours_in_view`. Nothing is worked out here that these pages do
not show.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from accounts.access import Permission, may
from accounts.models import Member
from assessments.models import OutcomeRound
from assessments.outcome_rounds import Reading, latest
from assessments.summary import Summary, summaries
from planning.data_news import DataNews, data_news
from planning.hours_in_view import HoursInView, hours_in_view
from planning.models import Action, CaseloadMonth, Work
from planning.risks.months import add_months


@dataclass(frozen=True)
class Facts:
    """All that the page tells its reader of. `months`: over, the latest first; None where they are not the reader's."""

    reader: Member
    on: date
    news: DataNews
    measured: Summary
    readings: tuple[Reading, ...]  # of patient outcomes, by form
    advice_waiting: int  # recommendations of the latest visit that are no action yet
    months: tuple[CaseloadMonth, ...] | None
    hours: HoursInView
    monitoring_hours: Fraction  # a week, set aside

    def is_new(self, source: str) -> bool:
        """Whether something of it came since the last review."""
        return any(one.source == source for one in self.news.new)

    def before(self, rows: list):
        """Of rows in the order of their days the last one that the last review could know; None for none."""
        since = self.news.since
        known = [one for one in rows if since and one.rated_on <= since]
        return known[-1] if known else None


def facts(reader: Member, *, on: date) -> Facts:
    """What the page rests on."""
    service = reader.service
    measured = summaries([service.pk], as_of=on, reader=reader)[service.pk]
    exact = may(reader, Permission.SEE_CASELOAD)
    readings = (latest(measured.outcomes, form, exact=exact) for form in OutcomeRound.Form.values)
    advice = [one.pk for one in measured.recommendations]
    taken_up = Action.objects.filter(recommendation__in=advice).values("recommendation").distinct().count()
    monitoring = service.allocations.in_force(on).filter(work=Work.MONITORING).values_list("hours_per_week", flat=True)
    return Facts(
        reader=reader,
        on=on,
        news=data_news(service, on=on, summary=measured),
        measured=measured,
        readings=tuple(one for one in readings if one),
        advice_waiting=len(advice) - taken_up,
        months=_months(reader, on=on) if exact else None,
        hours=hours_in_view(reader, on),
        monitoring_hours=sum(map(Fraction, monitoring), Fraction()),
    )


def _months(reader: Member, *, on: date) -> tuple[CaseloadMonth, ...]:
    over = reader.service.caseload_months.filter(month__lte=add_months(on.replace(day=1), -1))
    return tuple(over.order_by("-month"))
