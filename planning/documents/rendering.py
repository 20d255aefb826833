"""HTML in, tagged PDF out. The only place that knows WeasyPrint.

What is rendered can fetch nothing: not the network, not the disk. A document gets its words as HTML,
its look as one stylesheet, and the fonts below; images are `data:` addresses. Anything else that asks
to be fetched stops the rendering, because only a fault of ours can bring it about: text that people
typed is escaped and stays text.

WeasyPrint is imported inside the functions: it costs 2.8 s and 31 MB that a web process need not pay. A worker reads it
before it forks (see config.celery).
"""

import base64
import copy
import gc
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from io import BytesIO
from typing import Any

import fontpkg_lato

from planning.documents.steering import STEERING

FONT_SCHEME = "handed"  # addresses of the files handed to a document: handed:Lato-Regular.ttf
FONT_FOLDER = fontpkg_lato.ROOT / "files"
BOLD = "Lato-Bold.ttf"
FONT_FILES = ("Lato-Regular.ttf", "Lato-Italic.ttf", BOLD)
MISSING_GLYPH = "□"
DRAWING = "data:image/svg+xml"
VARIANT = "pdf/ua-1"


class RenderingError(Exception):
    """The document cannot be made; the message says why, for the log."""


def lay_out(html: str, *, stylesheet: str) -> "Layout":
    """Lay `html` out on pages. Raises RenderingError when it asks for a file it was not handed."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    gc.collect()  # the boxes of the document before, so that a worker holds one document's at a time
    fetcher = _fetcher()
    fonts = FontConfiguration()
    with _handed_files_only(), _collecting_later():
        style = CSS(string=stylesheet, url_fetcher=fetcher, font_config=fonts)
        document = HTML(string=printable(html), url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=[style], pdf_variant=VARIANT
        )
    return Layout(document)


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF. Its dates are those of the document, so that the same document has the same bytes."""

    name: str
    description: str
    content: bytes
    dated_on: date


@contextmanager
def _collecting_later():
    """Put off the search for garbage while a document is laid out or written: it goes through all boxes each time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _handed_files_only():
    """Turn WeasyPrint's refusal, which is no Exception, into one that a worker's handlers know."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as problem:
        raise RenderingError(str(problem)) from problem


@dataclass(frozen=True)
class Layout:
    """A document laid out on pages, not yet written."""

    document: Any  # weasyprint.Document

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.document.pages)

    def page_of(self, anchor: str) -> int | None:
        """The page, counted from 1, on which the element with that id begins; None when there is none."""
        for number, page in enumerate(self.document.pages, start=1):
            if anchor in page.anchors:
                return number
        return None

    def pdf(self, *, identifier: bytes, attachments: tuple[Attachment, ...] = ()) -> bytes:
        """The whole document. The same layout, identifier and attachments give the same bytes."""
        return _written(self.document, identifier, attachments)

    def first_page(self, *, identifier: bytes) -> bytes:
        """The first page as a document of its own, with the page numbers it has in the whole."""
        page = copy.copy(self.document.pages[0])
        page.links = [link for link in page.links if link[0] != "internal"]  # their targets are left behind
        return _written(self.document.copy([page]), identifier)


def _written(document, identifier: bytes, attachments: tuple[Attachment, ...] = ()) -> bytes:
    """The document's bytes; what is within images and attachments is asked for only now."""
    import weasyprint

    inside = [
        weasyprint.Attachment(
            file_obj=BytesIO(one.content),
            name=one.name,
            description=one.description,
            created=datetime.combine(one.dated_on, time.min),
            modified=datetime.combine(one.dated_on, time.min),
        )
        for one in attachments
    ]
    with _handed_files_only(), _collecting_later():
        return document.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier, attachments=inside)


def drawn_word(word: str, *, colour: str) -> str:
    """A word in our bold letters, slanting upwards, as the `data:` address of a drawing.

    The letters are outlines: no reader, eye or program, takes them for part of the text they lie behind.
    """
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    with TTFont(FONT_FOLDER / BOLD, lazy=True) as font:
        letters, shapes, height = font.getGlyphSet(), font.getBestCmap(), font["hhea"].ascent
        pen, width = SVGPathPen(letters), 0
        for name in (shapes[ord(character)] for character in printable(word)):
            letters[name].draw(TransformPen(pen, (1, 0, 0, -1, width, height)))
            width += letters[name].width
    side = width + height
    middle = f"translate({side / 2} {side / 2}) rotate(-45) translate({-width / 2} {-height / 2})"
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}">'
        f'<path transform="{middle}" fill="{colour}" d="{pen.getCommands()}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


def printable(text: str) -> str:
    """`text` with only characters that the embedded font can draw.

    A character it lacks would be taken from whatever font the machine has, or come out as nothing; it
    becomes an empty box instead. Marks that steer the direction of writing are left out: they
    would turn the text around them.
    """
    known = _known_characters()
    text = unicodedata.normalize("NFC", text)
    if all(ord(character) in known for character in set(text)):
        return text
    return "".join(character if ord(character) in known else _replacement(character, known) for character in text)


def _replacement(character: str, known: frozenset[int]) -> str:
    """What is drawn instead of a character that the font lacks."""
    if unicodedata.category(character) in ("Cc", "Cf", "Mn", "Me", "Cs"):
        return ""
    plain = unicodedata.normalize("NFKC", character)
    return plain if all(ord(part) in known for part in plain) else MISSING_GLYPH


@cache
def _known_characters() -> frozenset[int]:
    """The characters that every one of the fonts has, and the white space that needs no glyph."""
    from fontTools.ttLib import TTFont

    drawn = []
    for name in FONT_FILES:
        with TTFont(FONT_FOLDER / name, lazy=True) as font:
            drawn.append(set(font.getBestCmap()))
    unseen = STEERING | {code for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc"}
    return frozenset((set.intersection(*drawn) - unseen) | {ord("\n"), ord("\t"), ord("\r")})


def _fetcher():
    """What answers each request for a file while a document is made."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class HandedFiles(URLFetcher):
        """Gives out `data:` addresses and the handed fonts, and stops the rendering at anything else."""

        def __init__(self):
            super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

        def fetch(self, url, headers=None):
            scheme, _, name = url.partition(":")
            if scheme == FONT_SCHEME and name in FONT_FILES:
                return URLFetcherResponse(url, (FONT_FOLDER / name).read_bytes(), {"Content-Type": "font/ttf"})
            if url.startswith(DRAWING):
                # The words within are drawn with the same fonts as all others.
                drawing = super().fetch(url, headers).read().decode()
                return URLFetcherResponse(url, printable(drawing).encode(), {"Content-Type": "image/svg+xml"})
            if scheme == "data":
                return super().fetch(url, headers)
            raise FatalURLFetchingError(f"The document asked for a file it was not handed: {url[:200]}")

    return HandedFiles()
