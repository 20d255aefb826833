"""The sheet of the caseload: a row is a month."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.models import CaseloadMonth
from planning.wording.caseload import SHORT, month_alone

from .cells import CellError, month, whole
from .columns import Column, Present, Recorded, Sheet, Values

MOST = 99_999  # of anything in a month, as on the form

EXAMPLE_COUNTS = dict(zip(CaseloadMonth.COUNTS, (4, 1, 18, 6, 3, 2, 1, 0, 40), strict=True))


def past_month(text: str, *, today: date) -> date:
    """A month that has begun. Raises CellError."""
    found = month(text)
    if found > today:
        raise CellError(_("%(month)s has not begun.") % {"month": month_alone(found)})
    return found


def sheet(*, today: date) -> Sheet:
    """The sheet as it is taken today."""
    counts = tuple(
        Column(
            code=name,
            label=CaseloadMonth._meta.get_field(name).verbose_name,
            parse=partial(whole, most=MOST),
            text=str,
            also=(SHORT[name],),
            number_format="0",
        )
        for name in CaseloadMonth.COUNTS
    )
    first = Column(
        code="month",
        label=gettext_lazy("Month"),
        parse=partial(past_month, today=today),
        text=lambda value: f"{value:%Y-%m}",
        needed=True,
        number_format="yyyy-mm",
    )
    return Sheet(
        name="caseload",
        columns=(first, *counts),
        key=("month",),
        title=lambda values: month_alone(values["month"]),
        example={"month": today.replace(day=1)} | EXAMPLE_COUNTS,
    )


def recorded(months: Iterable[CaseloadMonth]) -> Present:
    """The months on record by their keys."""
    return {(one.month,): (Recorded(one.pk, values_of(one)),) for one in months}


def values_of(one: CaseloadMonth) -> Values:
    """What a month on record says."""
    return {"month": one.month} | {name: getattr(one, name) for name in CaseloadMonth.COUNTS}
