"""What is rendered fetches nothing, prints only what our font can draw, and comes out the same each time."""

import base64
import subprocess
import sys

import pytest
from django.conf import settings

from planning.documents import rendering
from tests.planning.pdf_reading import font_families
from tests.planning.pdf_reading import opened as opened_pdf

STYLE = """
@font-face { font-family: "Plan"; src: url(handed:Lato-Regular.ttf); }
html { font-family: "Plan"; }
"""


def page(body: str) -> str:
    return f'<!doctype html><html lang="nb"><head><title>En plan</title></head><body>{body}</body></html>'


def pdf_of(body: str, style: str = STYLE) -> bytes:
    return rendering.lay_out(page(body), stylesheet=style).pdf(identifier=b"a plan")


def data(kind: str, content: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content.encode()).decode()}"


def svg(inside: str) -> str:
    return data("image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>')


SQUARE = svg('<rect width="9" height="9"/>')
PEEPING = svg('<image href="file:///etc/passwd" width="9" height="9"/>')


@pytest.fixture
def opened(monkeypatch) -> list:
    """What was asked of the disk or the network while a document was made."""
    requests: list = []
    for way in ("FileHandler.file_open", "HTTPHandler.http_open", "HTTPSHandler.https_open", "FTPHandler.ftp_open"):
        monkeypatch.setattr(f"urllib.request.{way}", lambda self, request: requests.append(request))
    return requests


@pytest.mark.parametrize(
    "body",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="FILE:///etc/passwd">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<img alt="x" src="handed:../../etc/passwd">',
        '<img alt="x" src="handed:Lato-Black.ttf">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        "<style>@import url(file:///etc/passwd);</style>",
        '<p style="background: url(http://127.0.0.1:9/x.png)">x</p>',
        '<object data="file:///etc/passwd" type="image/png"></object>',
    ],
)
def test_p10_a_document_that_asks_for_anything_it_was_not_handed_is_not_made(body, opened):
    with pytest.raises(rendering.RenderingError, match="not handed"):
        pdf_of(body)

    assert opened == []


def test_p10_an_image_within_an_image_is_not_fetched(opened):
    pdf_of(f'<img alt="x" src="{PEEPING}">')

    assert opened == []


def test_p10_the_stylesheet_cannot_bring_anything_in_either():
    with pytest.raises(rendering.RenderingError):
        pdf_of("<p>x</p>", "@import url(http://127.0.0.1:9/x.css);" + STYLE)


def test_p10_images_and_fonts_that_were_handed_are_used():
    assert font_families(pdf_of(f'<img alt="a square" src="{SQUARE}">x')) == {"Plan"}


def test_characters_our_font_lacks_never_come_from_another_font():
    assert font_families(pdf_of("<p>Kjærlighet 漢字 😀 عمر ✓ a\u030a \u202egnimoc</p>")) == {"Plan"}


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("æøå ÆØÅ čđŋšŧž éüß – “sitat” «sitat» ½ → ≥", "æøå ÆØÅ čđŋšŧž éüß – “sitat” «sitat» ½ → ≥"),
        ("a\u030a", "å"),  # a letter and its ring become the one letter
        ("to\u2011do", "to\u2010do"),  # a hyphen of another kind
        ("\u202eomvendt\u202c \u200ftekst\u200e", "omvendt tekst"),  # marks that steer the direction of writing
        ("ｆｕｌｌ ２", "full 2"),
        ("glad 😀 dag", "glad □ dag"),
        ("漢字", "□□"),
        ("bell\x07 null\x00", "bell null"),
        ("first\nsecond\tthird", "first\nsecond\tthird"),
    ],
)
def test_printable(text, printed):
    assert rendering.printable(text) == printed


def test_the_same_layout_gives_the_same_bytes():
    assert pdf_of("<h1>Plan</h1><p>æøå</p>") == pdf_of("<h1>Plan</h1><p>æøå</p>")


def test_p06_language_title_and_tags_are_in_the_document():
    pdf = opened_pdf(pdf_of("<h1>Plan</h1>"))

    assert str(pdf.Root.Lang) == "nb"
    assert str(pdf.docinfo["/Title"]) == "En plan"
    assert bool(pdf.Root.MarkInfo.Marked)
    assert pdf.Root.ViewerPreferences.DisplayDocTitle in (True, "true")


def test_the_first_page_keeps_its_number_and_loses_its_ways_to_the_others():
    numbered = STYLE + "@page { @bottom-left { content: counter(page) ' / ' counter(pages) } }"
    body = '<p><a href="#later">more</a></p><h1 id="later" style="break-before: page">Later</h1>'
    layout = rendering.lay_out(page(body), stylesheet=numbered)
    alone = opened_pdf(layout.first_page(identifier=b"x"))

    assert (layout.pages, layout.page_of("later"), layout.page_of("never")) == (2, 2, None)
    assert len(alone.pages) == 1
    assert "/Annots" not in alone.pages[0]


def test_weasyprint_is_not_loaded_before_something_is_rendered():
    code = "import sys; from planning.documents import rendering; raise SystemExit('weasyprint' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False).returncode == 0
