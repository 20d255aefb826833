"""A sheet as rows of text cells, each with the address people see in their spreadsheet."""

from dataclasses import dataclass
from string import ascii_uppercase

MOST_BYTES = 1_000_000
MOST_ROWS = 2_000
MOST_COLUMNS = 30


class SheetError(Exception):
    """Why a whole sheet cannot be taken: one sentence each, for the person who brought it."""

    def __init__(self, *sentences: str):
        super().__init__(*sentences)
        self.sentences = [str(sentence) for sentence in sentences]


@dataclass(frozen=True)
class Row:
    """A row with its number in the sheet, counted from 1; cells are trimmed, empty ones are empty strings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """The headings, and the rows below them that are not blank."""

    head: Row
    rows: tuple[Row, ...]

    def as_data(self) -> list:
        """The table as plain lists, to be carried along."""
        return [[row.number, list(row.cells)] for row in (self.head, *self.rows)]

    @classmethod
    def from_data(cls, data: list) -> "Table":
        """The table that `as_data` gave."""
        head, *rows = (Row(number, tuple(cells)) for number, cells in data)
        return cls(head, tuple(rows))


def letter(column: int) -> str:
    """The name of a column, counted from 0: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, place = divmod(column - 1, len(ascii_uppercase))
        name = ascii_uppercase[place] + name
    return name


def address(column: int, row: int) -> str:
    """The address of a cell: B4 is the second column of the fourth row."""
    return f"{letter(column)}{row}"
