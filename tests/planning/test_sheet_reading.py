"""What is read of a file or of pasted cells, and how what cannot be read is refused: in a sentence, never a trace."""

import io
import struct
import zipfile
from datetime import date, datetime

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from planning.sheets import allocations, caseload, table, xlsx
from planning.sheets.fates import fates_of
from planning.sheets.reading import read_file, read_text
from planning.sheets.table import SheetError

TODAY = date(2026, 11, 25)
CASELOAD = caseload.sheet(today=TODAY)
TIME = allocations.sheet(today=TODAY, people=[])


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def read(text: str, sheet=CASELOAD):
    return read_text(text, headings=sheet.headings())


def refused(data: bytes) -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(SheetError) as problem:
        read_file(data, headings=CASELOAD.headings())
    assert len(problem.value.sentences) == 1
    return problem.value.sentences[0]


def workbook(*rows, **sheets) -> bytes:
    """An XLSX file with these rows; further sheets by their names."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for name, others in sheets.items():
        page = book.create_sheet(name)
        for row in others:
            page.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


# What is read


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_file_is_read_whatever_separates_and_encodes_it(delimiter, encoding):
    text = f"Who{delimiter}For what{delimiter}Hours a week\r\nBjørg Ås{delimiter}Sessions{delimiter}2\r\n"

    found = read_file(text.encode(encoding), headings=TIME.headings())

    assert found.head.cells == ("Who", "For what", "Hours a week")
    assert [row.cells for row in found.rows] == [("Bjørg Ås", "Sessions", "2")]


def test_a_decimal_comma_does_not_split_a_cell():
    assert read("Who;Hours a week\nPer Dahl;1,5\n", TIME).rows[0].cells == ("Per Dahl", "1,5")
    assert read('Who,Hours a week\nPer Dahl,"1,5"\n', TIME).rows[0].cells == ("Per Dahl", "1,5")
    assert read("Who\tHours a week\nPer Dahl\t1,5\n", TIME).rows[0].cells == ("Per Dahl", "1,5")


def test_excels_hint_of_the_separator_is_heeded_and_counted_as_a_row():
    found = read("sep=|\nMonth|Groups\n2026-10|1\n")

    assert found.head.cells == ("Month", "Groups")
    assert found.rows[0].number == 3


def test_rows_keep_their_numbers_and_blank_ones_are_left_out():
    found = read("\n\nMonth;Groups\n;\n2026-10; 1 \n\n")

    assert (found.head.number, [(row.number, row.cells) for row in found.rows]) == (3, [(5, ("2026-10", "1"))])


def test_a_workbook_gives_its_cells_as_text():
    data = workbook(
        ["Month", "Groups", "Asked", "Completed"],
        [datetime(2026, 10, 1), 1, 2.0, None],
        [],
        [date(2026, 9, 1), 0.1 + 0.2, " three ", True],
    )

    found = read_file(data, headings=CASELOAD.headings())

    assert [(row.number, row.cells) for row in found.rows] == [
        (2, ("2026-10-01", "1", "2")),
        (4, ("2026-09-01", "0.3", "three", "True")),
    ]


def test_the_first_sheet_that_is_not_hidden_is_read():
    book = Workbook()
    book.active.append(["hidden"])
    book.active.sheet_state = "hidden"
    shown = book.create_sheet("Shown")
    shown.append(["Month"])
    shown.append(["2026-10"])
    book.active = 1
    out = io.BytesIO()
    book.save(out)

    assert read_file(out.getvalue(), headings=CASELOAD.headings()).head.cells == ("Month",)


def test_a_formula_is_seen_as_one_and_not_as_its_result():
    found = read_file(workbook(["Month", "Groups"], ["2026-10", "=1+1"]), headings=CASELOAD.headings())

    assert found.rows[0].cells == ("2026-10", "=1+1")


def test_coloured_and_empty_cells_far_out_are_nothing():
    book = Workbook()
    book.active.append(["Month", "Groups"])
    book.active.append(["2026-10", 1])
    book.active["F9000"].fill = PatternFill("solid", start_color="FF0000")
    out = io.BytesIO()
    book.save(out)

    assert len(read_file(out.getvalue(), headings=CASELOAD.headings()).rows) == 1


# What is refused, each in a sentence

OLD_EXCEL = xlsx.OLE + b"\0" * 600
LOCKED = xlsx.OLE + b"\0" * 600 + xlsx.ENCRYPTED_PACKAGE
OPEN_DOCUMENT = zipped(**{"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"})
WORD = zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
BROKEN = zipped(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<not closed"})


def with_entities() -> bytes:
    """A workbook whose sheet is ten entities deep."""
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{levels}]><worksheet>&e9;</worksheet>'
    return replaced(workbook(["Month"], ["2026-10"]), "xl/worksheets/sheet1.xml", bomb.encode())


def replaced(data: bytes, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped(**{part: archive.read(part) for part in archive.namelist()} | {name: content})


def with_password_flag() -> bytes:
    """A zip whose entries say that they are encrypted."""
    data = bytearray(workbook(["Month"], ["2026-10"]))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(signature)
        while at != -1:
            flags = struct.unpack_from("<H", data, at + place)[0]
            struct.pack_into("<H", data, at + place, flags | 1)
            at = data.find(signature, at + 1)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"x" * (table.MOST_BYTES + 1), "more than 1 MB"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0\0", "no spreadsheet"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "no spreadsheet"),
        (b"a\x81b", "no spreadsheet"),
        (b"\xff\xfe\x00", "no spreadsheet"),
        (OLD_EXCEL, "old Excel"),
        (LOCKED, "password"),
        (with_password_flag(), "password"),
        (OPEN_DOCUMENT, "OpenDocument"),
        (WORD, "damaged"),
        (BROKEN, "damaged"),
        (with_entities(), "damaged"),
        (xlsx.ZIP + b"nothing of the kind", "damaged"),
        (workbook(["Month"], ["2026-10"])[:-30], "damaged"),
        (replaced(workbook(["Month"], ["2026-10"]), "xl/worksheets/sheet1.xml", b"\0" * 9_000_000), "unpacks"),
        (workbook(), "nothing in it"),
        (workbook(["Month"]), "only one row"),
        (b"", "nothing in it"),
        (b"\n\n", "nothing in it"),
        (b"Month;Groups\n", "only one row"),
        (b'Month;Groups\n"2026-10;1\n2026-11;2\n', "quotation mark"),
        (b"Month\n" + b"2026-10\n" * (table.MOST_ROWS + 1), "more than 2000 rows"),
        (b"Month" + b";x" * table.MOST_COLUMNS + b"\n1\n", "more than 30 columns"),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_in_a_sentence(data, words):
    assert words in refused(data)


def test_a_sheet_that_goes_on_for_ever_is_not_walked_to_its_end():
    far = b"""<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
    <sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>
    </worksheet>"""
    wide = far.replace(b'r="1048576"', b'r="2"').replace(b"A1048576", b"XFD2")

    for content, words in ((far, "below row 20000"), (wide, "columns")):
        data = replaced(workbook(["Month"], ["2026-10"]), "xl/worksheets/sheet1.xml", content)
        assert words in refused(data)


def said_of(data: bytes) -> list:
    """The fates of a file's rows, or the sentences with which it is refused."""
    try:
        return fates_of(CASELOAD, read_file(data, headings=CASELOAD.headings()), {})
    except SheetError as problem:
        return problem.sentences


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_whatever_the_bytes_there_is_a_table_or_a_sentence(noise):
    for data in (noise, xlsx.ZIP + noise, xlsx.OLE + noise, b"Month;Groups\n" + noise):
        assert said_of(data)


DAMAGED = workbook(["Month", "Groups"], ["2026-10", 1])


@settings(deadline=None)
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=40))
def test_a_damaged_workbook_is_a_table_or_a_sentence(at, noise):
    data = bytearray(DAMAGED)
    at %= len(data)
    data[at : at + len(noise)] = noise

    assert said_of(bytes(data))
