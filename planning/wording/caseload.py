"""Words of the caseload: months, and headings short enough for a table."""

from datetime import date

from django.utils.dateformat import format as format_date
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

# The counts of `CaseloadMonth.COUNTS`, as headings of narrow columns.
SHORT = {
    "individual_patients": _("Individual"),
    "groups": _("Groups"),
    "sessions_held": _("Sessions"),
    "asked": _("Asked"),
    "planned_starts": _("Starts planned"),
    "started": _("Started"),
    "completed": _("Completed"),
    "dropped_out": _("Dropped out"),
    "eligible": _("Eligible"),
}


def month(value: date) -> str:
    """A month as it stands in a sentence: "November 2026", "november 2026"."""
    return format_date(value, pgettext("format of a month", "F Y"))


def month_alone(value: date) -> str:
    """A month that begins a line."""
    return capfirst(month(value))
