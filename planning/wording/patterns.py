"""What displaces the practice, in sentences and rows."""

from dataclasses import dataclass

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.conflict_patterns import Line, Patterns
from planning.models import PriorityConflict


@dataclass(frozen=True)
class Row:
    """A line of a table: its label and its figures, that of all spans first."""

    label: str
    counts: tuple[int, ...]


def reason_rows(patterns: Patterns) -> list[Row]:
    """The reasons, the most frequent first."""
    return [_row(line, PriorityConflict.Reason) for line in patterns.reasons]


def displaced_rows(patterns: Patterns) -> list[Row]:
    """What was displaced, the most frequent first."""
    return [_row(line, PriorityConflict.Displaced) for line in patterns.displaced]


def _row(line: Line, choices) -> Row:
    return Row(str(choices(line.code).label), (line.total, *line.counts))


def weekday_rows(patterns: Patterns) -> list[Row]:
    """The days of the week on which something happened, Monday first; weekends only when something did."""
    return [
        Row(str(WEEKDAYS[number]).capitalize(), (count,))
        for number, count in enumerate(patterns.weekdays)
        if number < 5 or count
    ]


def summary(patterns: Patterns) -> str:
    """The one sentence above the tables."""
    if not patterns.total:
        return _("Nothing was logged in the last twelve weeks.")
    first = patterns.reasons[0]
    leading = [line for line in patterns.reasons if line.total == first.total]
    counted = ngettext(
        "%(count)d entry in the last twelve weeks.", "%(count)d entries in the last twelve weeks.", patterns.total
    ) % {"count": patterns.total}
    if len(leading) > 1:
        return counted + " " + _("No reason stands out.")
    most = _("Most often: %(reason)s, %(count)d of %(total)d.") % {
        "reason": PriorityConflict.Reason(first.code).label,
        "count": first.total,
        "total": patterns.total,
    }
    return f"{counted} {most}"


def answers(patterns: Patterns) -> str:
    """How many have an answer."""
    if not patterns.unanswered:
        return _("All of them have an answer.")
    return ngettext(
        "%(count)d of %(total)d has no answer yet.", "%(count)d of %(total)d have no answer yet.", patterns.unanswered
    ) % {"count": patterns.unanswered, "total": patterns.total}


def displaced_known(patterns: Patterns) -> str:
    """Of how many what was displaced is known."""
    return _("Said in %(count)d of %(total)d entries.") % {"count": patterns.said_what, "total": patterns.total}


def weekdays_known(patterns: Patterns) -> str:
    """Whose days these are."""
    if not patterns.weekdays:
        return _("Entries without a name carry no day. Those with a name are too few to tell days apart.")
    return _("Of the %(count)d entries with a name. Entries without a name carry no day.") % {"count": patterns.named}
