"""All sheets of an XLSX file, where one of several is asked for by its name and the others must be empty."""

import io
import logging
import warnings

from openpyxl import load_workbook

from .table import SheetError
from .xlsx import FURTHEST_COLUMN, FURTHEST_ROW, broken, look_inside, text_of

logger = logging.getLogger(__name__)


def sheets_of(data: bytes) -> dict[str, list[tuple[int, list[str]]]]:
    """The rows with anything in them of every sheet, hidden ones too, by its name. Raises SheetError.

    A formula is what it came to when the file was saved. Nothing of what is in the file is logged.
    """
    look_inside(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            try:
                return {sheet.title: _filled_rows(sheet) for sheet in book.worksheets}
            finally:
                book.close()
    except Exception as problem:  # whatever a broken or hostile file makes the XML and the library raise
        logger.info("A workbook could not be read: %s", type(problem).__name__)
        raise SheetError(broken()) from None


def _filled_rows(sheet) -> list[tuple[int, list[str]]]:
    """Row numbers and cells. Raises SheetError for one that goes on further than anybody typed."""
    sheet.reset_dimensions()
    found = []
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number > FURTHEST_ROW or len(row) > FURTHEST_COLUMN:
            raise SheetError(broken())
        cells = [text_of(cell).strip() for cell in row]
        if any(cells):
            found.append((number, cells))
    return found
