"""Files and pasted text become a table. Every way in which that can fail is a sentence, never a trace.

Nothing is read before its size is known: neither the file nor what it unpacks to.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator

from django.utils.translation import gettext as _

from .table import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Row, SheetError, Table
from .xlsx import OLE, ZIP, read_old_format, read_xlsx

DELIMITERS = ("\t", ";", ",")
# What no text file holds: marks of a picture, a document, a program. Tab, line feed and carriage return are fine.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SPACES = re.compile(r"[\s\u00a0\u202f\ufeff]+")
SEPARATOR_LINE = re.compile(r"\Asep=(.)\r?\n", re.IGNORECASE)  # Excel's own hint, in front of everything


def read_file(data: bytes, *, headings: Collection[str]) -> Table:
    """The table in a file: XLSX or CSV, told apart by what is in it. `headings` as `heading` gives them.

    Raises SheetError.
    """
    if len(data) > MOST_BYTES:
        raise SheetError(too_big())
    if data.startswith(ZIP):
        return table_of(read_xlsx(data))
    if data.startswith(OLE):
        raise read_old_format(data)
    return read_text(decode(data), headings=headings)


def read_text(text: str, *, headings: Collection[str]) -> Table:
    """The table in text: a CSV file, or cells that were copied from a spreadsheet. Raises SheetError."""
    if len(text) > MOST_BYTES:
        raise SheetError(too_big())
    if CONTROL.search(text):
        raise SheetError(not_a_sheet())
    text = text.removeprefix("\ufeff")
    if hint := SEPARATOR_LINE.match(text):
        return table_of(split(text[hint.end() :], hint[1], first=2))
    return table_of(split(text, delimiter_of(text, headings)))


def too_big() -> str:
    """There is more of it than is read."""
    return _("That is more than 1 MB. Copy the rows you need into a new sheet, or bring it in by parts.")


def not_a_sheet() -> str:
    """It is something else."""
    return _("This is no spreadsheet that can be read here. Save it as XLSX or CSV, or copy the cells and paste them.")


def decode(data: bytes) -> str:
    """Text as spreadsheets write it: UTF-8, what Excel calls Unicode text, or Windows-1252. Raises SheetError."""
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError(not_a_sheet())


def heading(text: str) -> str:
    """A heading as it is compared: without regard to case, spaces, and a colon or asterisk at its end."""
    return SPACES.sub(" ", text).strip().rstrip(":* ").casefold()


def delimiter_of(text: str, headings: Collection[str]) -> str:
    """The character between cells: the one that makes most headings known; of equals the one that splits more."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def fit(delimiter: str) -> tuple[int, int]:
        cells = next(csv.reader([first], delimiter=delimiter), [])
        return sum(heading(cell) in headings for cell in cells), len(cells)

    return max(DELIMITERS, key=fit)


def split(text: str, delimiter: str, *, first: int = 1) -> Iterator[tuple[int, Iterable[str]]]:
    """Rows with their numbers, counted from `first`. Raises SheetError for quotation marks that do not match."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = first
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error:
            raise SheetError(
                _('Row %(row)d: a quotation mark (") is not closed, or stands inside a cell. Take it out.')
                % {"row": number}
            ) from None
        yield number, cells
        number += 1


def table_of(rows: Iterable[tuple[int, Iterable[str]]]) -> Table:
    """The first row that is not blank as headings, the rest below it. Raises SheetError for too much and too little."""
    kept: list[Row] = []
    for number, cells in rows:
        trimmed = [SPACES.sub(" ", cell).strip() for cell in cells]
        while trimmed and not trimmed[-1]:
            trimmed.pop()
        if not trimmed:
            continue
        if len(trimmed) > MOST_COLUMNS:
            raise SheetError(
                _("Row %(row)d has more than %(count)d columns. Copy the columns you need into a new sheet.")
                % {"row": number, "count": MOST_COLUMNS}
            )
        kept.append(Row(number, tuple(trimmed)))
        if len(kept) > MOST_ROWS + 1:
            raise SheetError(_("That is more than %(count)d rows. Bring it in by parts.") % {"count": MOST_ROWS})
    if not kept:
        raise SheetError(_("There is nothing in it."))
    if len(kept) == 1:
        raise SheetError(_("There is only one row in it. Headings belong in the first row, and your figures below."))
    return Table(kept[0], tuple(kept[1:]))
