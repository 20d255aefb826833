"""What holds for every printed document, whatever its kind, its size and its language."""

import base64
import functools
import re
from itertools import pairwise
from unittest import mock

import lxml.etree
import lxml.html
import page as pdfua
import pytest

from planning.documents import pages, rendering
from planning.documents.kinds import KINDS
from tests.planning import document_samples
from tests.planning.document_samples import LANGUAGES, SAMPLES, SIZES
from tests.planning.pdf_reading import (
    below,
    elements,
    fonts,
    heads_of,
    letter_sizes,
    opened,
    pages_of,
    squeezed,
    structure,
    text_of,
    words_with_places,
)

MILLIMETRE = 72 / 25.4  # in points
A4 = (210 * MILLIMETRE, 297 * MILLIMETRE)
MARGIN = 15 * MILLIMETRE
ROUNDING = 0.2  # points, of the places that pdftotext tells
SMALLEST = 9  # points
LONG = 25  # letters: a text that long is not met by chance

EACH = [(kind, size, language) for kind in SAMPLES for size in SIZES for language in LANGUAGES]
each = pytest.mark.parametrize(("kind", "size", "language"), EACH)

pytestmark = pytest.mark.once


@functools.cache
def made(kind: str, size: str, language: str) -> tuple[pages.Made, str]:
    """A sample as a document, and the HTML that it was laid out from."""
    lay_out = rendering.lay_out
    with mock.patch.object(rendering, "lay_out", side_effect=lay_out) as spied:
        document = KINDS[kind].make(document_samples.sample(kind, size, language), version=KINDS[kind].template_version)
    return document, spied.call_args.args[0]


def pdf_of(kind: str, size: str, language: str) -> bytes:
    return made(kind, size, language)[0].pdf


def body_of(kind: str, size: str, language: str):
    """What stands on the pages, without the foot that each of them repeats."""
    root = lxml.html.fromstring(rendering.printable(made(kind, size, language)[1]))
    (body,) = root.xpath("//main")
    return body


def test_every_kind_that_is_registered_is_looked_at():
    assert set(SAMPLES) == set(KINDS)


@each
def test_p05_the_checker_of_pdf_ua_finds_no_error(kind, size, language):
    report = pdfua.validate_pdf_bytes(pdf_of(kind, size, language), profile="ua1")

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


@each
def test_p06_the_document_says_its_language_and_its_title(kind, size, language):
    pdf = opened(pdf_of(kind, size, language))
    service = document_samples.sample(kind, size, language)["service"]["name"]

    assert str(pdf.Root.Lang) == language
    assert service in str(pdf.docinfo["/Title"])
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


@each
def test_p06_headings_are_in_order_and_none_is_skipped(kind, size, language):
    headings = [tag for _depth, tag in structure(pdf_of(kind, size, language)) if re.fullmatch("H[1-6]", tag)]

    assert headings[0] == "H1"
    assert headings.count("H1") == 1
    assert all(int(after[1]) - int(before[1]) <= 1 for before, after in pairwise(headings))


@each
def test_p06_p07_tables_have_their_heads_again_on_each_page_and_each_cell_says_under_which_it_stands(
    kind, size, language
):
    document = opened(pdf_of(kind, size, language))
    tables = elements(document, "/Table")

    for table in tables:  # one that goes on over pages is a table on each
        assert below(table, "/THead")
        heads = {str(head.ID) for head in below(table, "/TH")}
        for cell in below(table, "/TD"):
            assert heads_of(cell)
            assert heads_of(cell) <= heads
    written = body_of(kind, size, language).xpath(".//table")
    assert len(tables) >= len(written)
    assert {head.get("scope") for table in written for head in table.iter("th")} <= {"col", "row"}


@each
def test_p06_each_drawing_has_its_words(kind, size, language):
    document = opened(pdf_of(kind, size, language))
    figures = elements(document, "/Figure")

    assert len(figures) == len(body_of(kind, size, language).xpath(".//img"))
    for figure in figures:
        assert len(str(figure.Alt)) > LONG


@each
def test_only_our_fonts_are_in_it_and_they_are_embedded(kind, size, language):
    found = fonts(pdf_of(kind, size, language))

    assert found
    for name, embedded, in_part in found:
        assert re.fullmatch(r"[A-Z]{6}\+Plan(-\w+)*", name)
        assert (embedded, in_part) == ("yes", "yes")


@each
def test_p07_no_letter_is_smaller_than_nine_points(kind, size, language):
    assert min(letter_sizes(pdf_of(kind, size, language))) >= SMALLEST - 0.01


@each
def test_p07_fifteen_millimetres_around_each_page_are_free(kind, size, language):
    pdf = pdf_of(kind, size, language)

    assert {tuple(map(round, map(float, page.mediabox[2:]))) for page in opened(pdf).pages} == {(595, 842)}
    for left, top, right, bottom in words_with_places(pdf):
        assert left >= MARGIN - ROUNDING
        assert top >= MARGIN - ROUNDING
        assert right <= A4[0] - MARGIN + ROUNDING
        assert bottom <= A4[1] - MARGIN + ROUNDING


@each
def test_p07_a_state_is_told_by_word_and_shape_and_never_by_colour_alone(kind, size, language):
    style = pages.stylesheet(KINDS[kind].template_version, kind)

    for told in body_of(kind, size, language).xpath(".//*[contains(@class, 'state-')]"):
        (state,) = re.findall(r"\bstate-(\w+)", told.get("class"))
        assert told.text_content().strip()
        assert state == "late" or re.search(rf"\.state-{state} {{[^}}]*background-image: url\(\"data:image/svg", style)


def found_in_order(kind: str, size: str, language: str):
    """(text of the HTML, page) for each, found in the PDF one after the other; the page is None where one is missing.

    Table heads that are repeated, and the letters of drawings, come in between.
    """
    written = [squeezed(page) for page in pages_of(pdf_of(kind, size, language))]
    whole, place = "".join(written), 0
    ends = [sum(map(len, written[: number + 1])) for number in range(len(written))]
    for text in body_of(kind, size, language).xpath(".//text()"):
        words = squeezed(str(text))
        if len(words) < 2:
            continue
        at = whole.find(words, place)
        if at >= 0:
            place = at + len(words)
        yield text, None if at < 0 else next(number for number, end in enumerate(ends, 1) if place <= end)


@each
def test_p06_read_aloud_it_comes_in_the_order_of_the_text(kind, size, language):
    missing = [str(text) for text, page in found_in_order(kind, size, language) if page is None]

    assert missing == []


def drawn(kind: str, size: str, language: str) -> str:
    """The letters of all drawings, which stand on the pages a second time."""
    sources = body_of(kind, size, language).xpath(".//img/@src")
    drawings = [lxml.etree.fromstring(base64.b64decode(source.partition(",")[2])) for source in sources]
    return squeezed(" ".join(text for drawing in drawings for text in drawing.itertext()))


@each
def test_p07_no_row_of_a_table_is_cut(kind, size, language):
    in_drawings, pages_of_row = drawn(kind, size, language), {}
    for text, page in found_in_order(kind, size, language):
        rows = text.getparent().xpath("ancestor-or-self::tr")
        words = squeezed(str(text))
        if rows and len(words) >= LONG and words not in in_drawings:
            pages_of_row.setdefault(rows[0], set()).add(page)

    assert [row.text_content() for row, pages in pages_of_row.items() if len(pages) > 1] == []


@pytest.mark.parametrize("kind", SAMPLES)
def test_p13_bokmaal_has_its_dates_its_letters_and_its_hyphens(kind):
    text = text_of(pdf_of(kind, "typical", "nb"))

    assert squeezed("22. november 2026") in squeezed(text)
    assert {"æ", "ø", "å"} <= set(text)
    assert not re.search(r"\d\.\d\d\b(?!\.)", re.sub(r"10\.\d{4}/\S+|\d{4}\.\d", "", text))  # but in addresses of works
    assert any(re.search(r"\w[-\u2010]$", line) for line in text.splitlines())
