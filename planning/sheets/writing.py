"""A sheet as a file: headings in the reader's language, the marked example, and rows."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from .columns import EXAMPLE, Column, Sheet, Values

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMATS = {"xlsx": XLSX, "csv": CSV}
NARROWEST = 12  # characters


def example_cells(sheet: Sheet) -> list[str]:
    """The example as text; its first cell says that it is one, and is never taken for a record."""
    first, *others = sheet.columns
    marked = sheet.example[first.code]
    shown = marked if isinstance(marked, str) else first.text(marked)
    return [f"{EXAMPLE}: {shown}", *(text_of(column, sheet.example) for column in others)]


def text_of(column: Column, values: Values) -> str:
    """A value as text; empty for what is not known."""
    value = values[column.code]
    return "" if value is None else column.text(value)


def as_csv(sheet: Sheet, rows: Iterable[Values] = ()) -> bytes:
    """CSV as Excel here opens it by a click: semicolons, and UTF-8 with its mark in front."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow([str(column.label) for column in sheet.columns])
    writer.writerow(example_cells(sheet))
    writer.writerows([text_of(column, values) for column in sheet.columns] for values in rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet, rows: Iterable[Values] = ()) -> bytes:
    """A workbook with one sheet; days, months and numbers are such, and not text."""
    workbook = Workbook()
    page = workbook.active
    page.append([str(column.label) for column in sheet.columns])
    page.append(example_cells(sheet))
    for values in rows:
        page.append([cell_of(column, values) for column in sheet.columns])
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = max(NARROWEST, len(str(column.label)) + 2)
        page.column_dimensions[letter].number_format = column.number_format
        page.cell(1, place).font = Font(bold=True)
        page.cell(2, place).font = Font(italic=True)
        for row in range(3, page.max_row + 1):
            cell = page.cell(row, place)
            cell.number_format = column.number_format
            if isinstance(cell.value, str):
                cell.data_type = "s"  # never a formula
    page.freeze_panes = "A2"
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def cell_of(column: Column, values: Values):
    """A value as the spreadsheet keeps it."""
    value = values[column.code]
    kept = isinstance(value, date | Decimal) or (isinstance(value, int) and column.number_format != "General")
    return value if value is None or kept else column.text(value)
