"""Cells of an XLSX file as text. What it unpacks to is known before anything is unpacked."""

import io
import logging
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import islice

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .table import MOST_COLUMNS, SheetError

logger = logging.getLogger(__name__)

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Excel, and new Excel behind a password
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
WORKBOOK = "xl/workbook.xml"

MOST_UNPACKED = 8_000_000  # bytes of everything together; zipfile reads no entry beyond the size it declares
MOST_PARTS = 300
FURTHEST_ROW = 20_000  # blank rows included
FURTHEST_COLUMN = 1_000


def read_xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells of the first sheet that is not hidden. Raises SheetError."""
    look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of parts it does not keep; nothing is kept here
            yield from rows_of(data)
    except SheetError:
        raise
    except Exception as problem:  # whatever a broken or hostile file makes the XML and the library raise
        logger.info("A spreadsheet could not be read: %s", type(problem).__name__)
        raise SheetError(broken()) from None


def broken() -> str:
    """It looks like a spreadsheet and cannot be read."""
    return _("This file is damaged or no spreadsheet. Open it, save it anew as XLSX, or copy the cells and paste them.")


def locked() -> str:
    """It has a password."""
    return _("This file has a password. Save it without one, or copy the cells and paste them here.")


def look_inside(data: bytes) -> None:
    """Raise SheetError for what is no workbook, is locked, or unpacks to far more than anybody typed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError):  # RuntimeError: a zip version it does not know
        raise SheetError(broken()) from None
    if any(part.flag_bits & 0x1 for part in parts):
        raise SheetError(locked())
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise SheetError(_("This file unpacks to far too much. Copy the cells and paste them here instead."))
    names = {part.filename for part in parts}
    if WORKBOOK not in names:
        if "content.xml" in names and "mimetype" in names:
            raise SheetError(_("This is an OpenDocument file. Save it as XLSX or CSV."))
        raise SheetError(broken())


def read_old_format(data: bytes) -> SheetError:
    """What to say of a file in Microsoft's old container: a password, or a format of before 2007."""
    if ENCRYPTED_PACKAGE in data:
        return SheetError(locked())
    return SheetError(_("This is a file of old Excel (.xls), or none of Excel's. Save it as XLSX or CSV."))


def rows_of(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows of the first sheet that is not hidden."""
    workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        sheet = next((one for one in workbook.worksheets if one.sheet_state == "visible"), None)
        if sheet is None:
            raise SheetError(_("There is nothing in it."))
        sheet.reset_dimensions()  # programs other than Excel write a size that is wrong, or none
        for number, row in enumerate(islice(sheet.iter_rows(), FURTHEST_ROW + 1), start=1):
            if number > FURTHEST_ROW:
                raise SheetError(
                    _("The sheet goes on below row %(row)d. Copy the rows you need into a new sheet.")
                    % {"row": FURTHEST_ROW}
                )
            if len(row) > FURTHEST_COLUMN:
                raise SheetError(
                    _("Row %(row)d has more than %(count)d columns. Copy the columns you need into a new sheet.")
                    % {"row": number, "count": MOST_COLUMNS}
                )
            yield number, [text_of(cell) for cell in row]
    finally:
        workbook.close()


def text_of(cell) -> str:
    """What a cell holds, as text; a formula begins with "=", a day is written 2026-11-30."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return value if isinstance(value, str) and value.startswith("=") else "="
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"  # 0.1 + 0.2 is 0.3
    return str(value)
