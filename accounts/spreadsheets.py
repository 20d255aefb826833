"""Lists as files that a spreadsheet opens rightly: a table of cells, written in the reader's language.

CSV in UTF-8 with its mark in front. In Bokmål cells are parted by semicolons, days and decimals are written as there;
in English by commas, with ISO days and decimal points. What somebody wrote is never taken for a formula.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language, gettext

Cell = str | int | Decimal | date | datetime | bool | None

CONTENT_TYPE = "text/csv; charset=utf-8"
# A text that begins so is run as a formula by spreadsheets (OWASP, CSV injection); the last four are their wide twins.
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Table:
    """What a list shows its reader. Texts are in the active language; an empty cell is None or empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, headings: Iterable, rows: Iterable[Iterable]) -> "Table":
        """The table; headings and texts that are translated late are translated now."""
        return cls(
            tuple(str(heading) for heading in headings),
            tuple(tuple(settled(cell) for cell in row) for row in rows),
        )


def settled(cell) -> Cell:
    """A cell as one of the kinds that can be written."""
    return cell if cell is None or isinstance(cell, int | Decimal | date) else str(cell)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that could be is led by an apostrophe."""
    return f"'{text}" if text.startswith(RISKY) else text


def written(cell: Cell, *, norwegian: bool) -> str:
    """A cell as text. Numbers and days are ours and stand as they are; all else is made harmless."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return gettext("Yes") if cell else gettext("No")
    if isinstance(cell, datetime):
        return timezone.localtime(cell).strftime("%d.%m.%Y %H:%M" if norwegian else "%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.strftime("%d.%m.%Y" if norwegian else "%Y-%m-%d")
    if isinstance(cell, Decimal):
        plain = f"{cell:f}"
        return plain.replace(".", ",") if norwegian else plain
    return str(cell) if isinstance(cell, int) else harmless(cell)


def as_csv(table: Table) -> bytes:
    """The file, in the active language."""
    norwegian = (get_language() or "").startswith("nb")
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";" if norwegian else ",")
    writer.writerow([harmless(heading) for heading in table.headings])
    writer.writerows([written(cell, norwegian=norwegian) for cell in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def file_name(*, service_key: str, name: str, on: date) -> str:
    """ASCII: the service, the list, the day."""
    return f"{service_key}-{name.replace('_', '-')}-{on.isoformat()}.csv"
