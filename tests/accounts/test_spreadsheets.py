"""Tables as files: what a spreadsheet opens rightly, and never runs."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from accounts.spreadsheets import RISKY, Table, as_csv, file_name

CELLS = (
    "Kari",
    None,
    7,
    Decimal("4.38"),
    Decimal("-2.5"),
    date(2026, 11, 5),
    datetime(2026, 12, 1, 12, tzinfo=UTC),
    True,
    False,
)


def lines(table: Table, language: str) -> list[str]:
    """The file's lines, as the language writes them."""
    with translation.override(language):
        content = as_csv(table)
    assert content.startswith(b"\xef\xbb\xbf")
    return content.decode("utf-8-sig").splitlines()


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Kari,,7,4.38,-2.5,2026-11-05,2026-12-01 13:00,Yes,No"),
        ("nb", "Kari;;7;4,38;-2,5;05.11.2026;01.12.2026 13:00;Ja;Nei"),
    ],
)
def test_cells_are_written_as_spreadsheets_of_the_language_read_them(language, line):
    assert lines(Table.of(["a"] * len(CELLS), [CELLS]), language)[1] == line


@pytest.mark.parametrize("start", RISKY)
def test_what_somebody_wrote_is_never_a_formula(start):
    text = f"{start}HYPERLINK(1)"

    (row,) = list(csv.reader(io.StringIO(as_csv(Table.of([text], [])).decode("utf-8-sig"), newline="")))

    assert row == [f"'{text}"]


@given(st.lists(st.lists(st.text(alphabet=st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5))
def test_whatever_is_written_comes_back_and_starts_with_nothing_risky(rows):
    for language, delimiter in (("en", ","), ("nb", ";")):
        with translation.override(language):
            content = as_csv(Table.of(["one", "two"], rows)).decode("utf-8-sig")
        found = list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))[1:]

        assert [[cell.removeprefix("'") for cell in row] for row in found] == [
            [cell.removeprefix("'") for cell in row] for row in rows
        ]
        assert not [cell for row in found for cell in row if cell.startswith(RISKY)]


def test_texts_that_are_translated_late_are_settled_with_the_table():
    with translation.override("nb"):
        table = Table.of([gettext_lazy("Yes")], [[gettext_lazy("No")]])

    assert table == Table(("Ja",), (("Nei",),))


def test_a_files_name_is_ascii_with_the_service_and_the_day():
    assert file_name(service_key="north-2", name="outcome_rounds", on=date(2026, 11, 5)) == (
        "north-2-outcome-rounds-2026-11-05.csv"
    )
