"""What would happen with every row of a table, beside what is on record."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from .cells import CellError, is_blank
from .columns import Present, Recorded, Sheet, Values, columns_of, is_example
from .table import Row, Table, address


class Kind(StrEnum):
    """What happens with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"  # already there: nothing to do
    LEFT_OUT = "left_out"  # the example, or a row that says nothing
    WRONG = "wrong"


@dataclass(frozen=True)
class Change:
    """One figure that changes, in words; `before` is empty for what was not known."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Fate:
    """What happens with a row, why, and what would be written (`values`; `pk` and `before` of the row on record).

    `note`: what to think of before it is written.
    """

    number: int
    kind: Kind
    title: str = ""
    values: Values = field(default_factory=dict)
    pk: int | None = None
    before: Values = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    problems: tuple[str, ...] = ()
    note: str = ""


def fates_of(sheet: Sheet, table: Table, present: Present) -> list[Fate]:
    """The fate of every row, in their order. Raises SheetError for headings that cannot be taken.

    An empty cell leaves what is on record as it is; of a new row it is not known.
    """
    columns = columns_of(sheet, table.head)
    first_rows: dict[tuple, int] = {}
    fates = []
    for row in table.rows:
        if is_example(row):
            fates.append(Fate(row.number, Kind.LEFT_OUT, _("The example")))
            continue
        values, places, problems = values_of(row, columns)
        if not problems and (wrong := sheet.check(values)):
            code, sentence = wrong
            problems.append(_at(places.get(code, 0), row, sentence))
        key = tuple(values.get(code) for code in sheet.key)
        if not problems and key in first_rows:
            problems.append(
                _at(
                    min(places[code] for code in sheet.key),
                    row,
                    _("the same as row %(row)d.") % {"row": first_rows[key]},
                )
            )
        if problems:
            fates.append(Fate(row.number, Kind.WRONG, problems=tuple(problems)))
            continue
        first_rows[key] = row.number
        fate = fate_of(sheet, row, values, present.get(key, ()))
        fates.append(replace(fate, note=sheet.note(values, present)) if fate.kind == Kind.NEW else fate)
    return fates


def values_of(row: Row, columns: Mapping) -> tuple[dict[str, object], dict[str, int], list[str]]:
    """(values by column, places by column, what is wrong) of a row; empty cells have no value."""
    values: dict[str, object] = {}
    places = {column.code: place for place, column in columns.items()}
    problems = []
    for place, cell in enumerate(row.cells):
        if place not in columns and not is_blank(cell):
            problems.append(_at(place, row, _("there is no heading above it.")))
    for place, column in columns.items():
        cell = row.cells[place] if place < len(row.cells) else ""
        if is_blank(cell):
            if column.needed:
                problems.append(_at(place, row, _("“%(column)s” is empty.") % {"column": column.label}))
            continue
        try:
            values[column.code] = column.parse(cell)
        except CellError as problem:
            problems.append(_at(place, row, str(problem)))
    return values, places, problems


def _at(place: int, row: Row, sentence: str) -> str:
    return f"{address(place, row.number)}: {sentence}"


def in_row(row: Row, sentence: str) -> str:
    """What is wrong with a row as a whole."""
    return _("Row %(row)d: %(problem)s") % {"row": row.number, "problem": sentence}


def says_nothing(row: Row, title: str) -> Fate:
    """The fate of a row that only says which one it is."""
    return Fate(row.number, Kind.LEFT_OUT, title, note=_("There is no figure in it."))


def fate_of(sheet: Sheet, row: Row, values: Values, recorded: Sequence[Recorded]) -> Fate:
    """The fate of a row whose cells are all right."""
    title = sheet.title(values)
    said = {code: value for code, value in values.items() if code not in sheet.key}
    if any(all(one.values[code] == value for code, value in said.items()) for one in recorded):
        return Fate(row.number, Kind.SAME, title) if said else says_nothing(row, title)
    if len(recorded) > 1:
        twice = _("this is recorded more than once. Change it on its own page.")
        return Fate(row.number, Kind.WRONG, title, problems=(in_row(row, twice),))
    if not said:
        return says_nothing(row, title)
    if not recorded and (refusal := sheet.refuse_new(values)):
        return Fate(row.number, Kind.WRONG, title, problems=(in_row(row, refusal),))
    before = recorded[0].values if recorded else {}
    changes = tuple(
        Change(
            str(sheet.column(code).label),
            "" if before.get(code) is None else sheet.column(code).text(before[code]),
            sheet.column(code).text(value),
        )
        for code, value in said.items()
        if before.get(code) != value
    )
    if recorded:
        return Fate(row.number, Kind.CHANGED, title, values, recorded[0].pk, before, changes)
    return Fate(row.number, Kind.NEW, title, dict(sheet.fill) | dict(values), changes=changes)


def counts(fates: Iterable[Fate]) -> dict[Kind, int]:
    """How many rows have which fate."""
    counted = Counter(fate.kind for fate in fates)
    return {kind: counted[kind] for kind in Kind}


def digest(fates: Iterable[Fate]) -> str:
    """A short sum of what would be written over what: the same as long as the sheet and the record are."""

    def told(values: Values) -> list:
        return sorted((code, str(value)) for code, value in values.items())

    rows = [[fate.number, fate.kind, fate.pk, told(fate.values), told(fate.before)] for fate in fates]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:16]
