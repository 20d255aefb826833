"""What the columns of a sheet are, and which heading stands for which of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .cells import quoted
from .reading import heading
from .table import Row, SheetError, address

Values = Mapping[str, object]
EXAMPLE = gettext_lazy("Example")


@dataclass(frozen=True)
class Column:
    """A column: `parse` makes a value of the text of a cell (or raises CellError), `text` writes it so that it can
    be parsed again. `also`: shorter headings that are taken as well. `number_format`: of the cells in XLSX.
    """

    code: str
    label: str
    parse: Callable[[str], object]
    text: Callable[[object], str]
    needed: bool = False
    also: tuple[str, ...] = ()
    number_format: str = "General"

    def headings(self) -> set[str]:
        """Every heading that stands for this column: in each language, and the code."""
        found = {heading(self.code)}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                found |= {heading(str(label)) for label in (self.label, *self.also)}
        return found


@dataclass(frozen=True)
class Recorded:
    """A row that is on record: its number there, and what it says."""

    pk: int
    values: Values


Present = Mapping[tuple, Sequence[Recorded]]  # by the key of the sheet


@dataclass(frozen=True)
class Sheet:
    """What a sheet is about. `key`: the columns that tell one row from another; `title`: a row in a few words.

    `check` says what is wrong with a row whose cells are all right: (code of the column, sentence) or None.
    `refuse_new` says why a row cannot be new, `note` what to think of before a new row is written; both empty for
    nothing.
    `fill`: what a new row has in columns that nobody filled in.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    title: Callable[[Values], str]
    example: Values
    check: Callable[[Values], tuple[str, str] | None] = lambda values: None
    refuse_new: Callable[[Values], str] = lambda values: ""
    note: Callable[[Values, Present], str] = lambda values, present: ""
    fill: Values = field(default_factory=dict)

    def headings(self) -> set[str]:
        """Every heading that is known."""
        return set().union(*(column.headings() for column in self.columns))

    def column(self, code: str) -> Column:
        """The column with that code."""
        return next(column for column in self.columns if column.code == code)


def columns_of(sheet: Sheet, head: Row) -> dict[int, Column]:
    """The columns by their places. Raises SheetError for headings that are unknown, doubled, missing."""
    known = {name: column for column in sheet.columns for name in column.headings()}
    found: dict[int, Column] = {}
    problems = []
    if not any(heading(cell) in known for cell in head.cells):
        raise SheetError(
            _("Row %(row)d has to hold the headings, and none of them is there. They are named below.")
            % {"row": head.number}
        )
    for place, cell in enumerate(head.cells):
        if not cell:
            continue
        column = known.get(heading(cell))
        if column is None:
            problems.append(
                _("%(address)s: no column is called %(cell)s. Take it out, or give it one of the headings named below.")
                % {"address": address(place, head.number), "cell": quoted(cell)}
            )
        elif column in found.values():
            problems.append(
                _("%(address)s: the column “%(column)s” is there twice. Take one of them out.")
                % {"address": address(place, head.number), "column": column.label}
            )
        else:
            found[place] = column
    missing = [column for column in sheet.columns if column.needed and column not in found.values()]
    problems += [_("The column “%(column)s” is missing.") % {"column": column.label} for column in missing]
    if problems:
        raise SheetError(*problems)
    return found


def is_example(row: Row) -> bool:
    """Whether a row is the marked example of the sheet to start from, in any language."""
    first = next((cell for cell in row.cells if cell), "").casefold()
    return any(first.startswith(f"{mark}:") for mark in example_marks())


@cache
def example_marks() -> frozenset[str]:
    """The word that marks the example, in every language."""
    marks = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            marks.add(str(EXAMPLE).casefold())
    return frozenset(marks)
