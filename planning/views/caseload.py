"""Caseload by month: counts only, nothing about anybody."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from accounts.sheet_pages import WithSheet
from accounts.spreadsheets import Table
from assessments import run_charts
from assessments.run_charts import Better, ShownRun
from planning.forms.caseload import CaseloadForm
from planning.models import CaseloadMonth
from planning.wording.caseload import SHORT, month, month_alone


@dataclass(frozen=True)
class MonthRow:
    """A month as a row of the table; None among the counts is not known."""

    month: str
    running: bool
    counts: tuple[int | None, ...]
    record_pk: int


COUNTS = (0, None)  # the scale of a count: nought and more
# The counts that are followed over time, with which way is better.
FOLLOWED: dict[str, Better] = {"sessions_held": "up", "individual_patients": "neither", "dropped_out": "down"}


def charts_of(months: list[CaseloadMonth]) -> list[ShownRun]:
    """The counts of months that are over, the earliest first, as charts; a month of which one is not known is passed.

    A month that still runs would look like a fall.
    """
    drawn = []
    for name, better in FOLLOWED.items():
        figures = [(one.month, Decimal(getattr(one, name))) for one in months if getattr(one, name) is not None]
        label = str(CaseloadMonth._meta.get_field(name).verbose_name)
        drawn.append(run_charts.shown(figures, name=label, better=better, with_limits=True, scale=COUNTS))
    return [chart for chart in drawn if chart]


class Caseload(WithSheet, Page):
    """Every month with its counts, the latest first."""

    permission = Permission.SEE_CASELOAD
    template_name = "planning/caseload.html"
    title = _("Caseload by month")
    intro = _("Counts only, nothing about anybody. Once a month, in a minute: it tells how many hours IMR needs.")
    section = "time"

    def sheet(self):
        """The table as it stands."""
        months = self.service.caseload_months.order_by("-month")
        rows = [[f"{one.month:%Y-%m}", *(getattr(one, name) for name in CaseloadMonth.COUNTS)] for one in months]
        return Table.of([_("Month"), *(SHORT[name] for name in CaseloadMonth.COUNTS)], rows)

    def get_context_data(self, **kwargs):
        """The table."""
        running = self.today.replace(day=1)
        months = list(self.service.caseload_months.order_by("-month"))
        rows = [
            MonthRow(
                month=month_alone(one.month),
                running=one.month == running,
                counts=tuple(getattr(one, name) for name in CaseloadMonth.COUNTS),
                record_pk=one.pk,
            )
            for one in months
        ]
        return super().get_context_data(
            rows=rows,
            headings=[SHORT[name] for name in CaseloadMonth.COUNTS],
            charts=charts_of([one for one in reversed(months) if one.month < running]),
            **kwargs,
        )


class AddCaseload(AddRecord):
    """A month's counts."""

    form_class = CaseloadForm
    title = _("Record a month")
    intro = _("Counts only, nothing about anybody. Leave empty what you do not know; write 0 where there was nobody.")
    section = "time"
    name = list_name = "caseload"

    def success_message(self, record):
        """Which month is saved."""
        return gettext("Saved: %(month)s.") % {"month": month(record.month)}


class ChangeCaseload(ChangeRecord, AddCaseload):
    """Put a month's counts right."""

    title = _("Change the month")
    related = "caseload_months"


class RemoveCaseload(RemoveRecord):
    """Take out a month."""

    section = "time"
    name = list_name = "caseload"
    related = "caseload_months"
    intro = _("For mistakes only: then the counts of this month are not known any more.")

    def get_title(self):
        """Which month."""
        return gettext("Take out %(month)s?") % {"month": month(self.record.month)}
