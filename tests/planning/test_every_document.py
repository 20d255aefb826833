"""What holds for every kind of document: its data inside, its text on screen, its bytes, its look in years to come."""

import base64
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import count, pairwise
from pathlib import Path

import lxml.etree
import lxml.html
import page as pdfua
import pytest
from django.conf import settings
from django.utils import translation

from planning.documents import pages, rendering, twin
from planning.documents.kinds import KINDS
from planning.models import Document
from tests.planning import document_samples
from tests.planning.document_samples import LANGUAGES, SIZES, made, sample
from tests.planning.pdf_reading import files_inside, says, squeezed, structure, text_of

pytestmark = [pytest.mark.once, pytest.mark.timeout(300)]

USUAL = [(kind, size, language) for kind in KINDS for size in ("empty", "typical") for language in LANGUAGES]
EACH = [*USUAL, *((kind, "largest", "en") for kind in KINDS)]


def on_screen(kind: str, content: dict) -> str:
    return twin.text_of(KINDS[kind].html(content, version=KINDS[kind].template_version), below=1)


def test_every_kind_that_can_be_issued_has_samples_of_every_size():
    assert set(document_samples.SAMPLES) == set(KINDS)
    assert {tuple(sizes) for sizes in document_samples.SAMPLES.values()} == {SIZES}


# The data inside


@pytest.mark.parametrize(("kind", "size", "language"), USUAL)
def test_p04_the_frozen_content_is_inside_and_its_hash_begins_with_the_checksum(kind, size, language):
    content = sample(kind, size, language)
    issue = content["issue"]

    inside = files_inside(made(kind, size, language).pdf)

    name = f"{kind}-{issue['number'] or 'draft'}.json"
    assert list(inside) == [name]
    assert json.loads(inside[name].content) == content
    assert hashlib.sha256(inside[name].content).hexdigest().startswith(pages.checksum(content))
    assert inside[name].kind == "application/json"
    assert inside[name].created_on == date.fromisoformat(issue["issued_on"])
    assert "JSON" in inside[name].description


def test_the_page_that_goes_by_mail_carries_no_data():
    assert files_inside(made(Document.Kind.ACTION_PLAN, "typical").page_one) == {}


# The text on screen


BLOCKS = frozenset(
    re.findall(r"\w+", "p div section article li ul ol dl dt dd table caption thead tbody tr th td h1 h2 h3 h4 h5 h6")
)
PAPER_ALONE = (  # ways to a page, which a screen has not: one and many
    ("The whole text is on page",) * 2,
    ("%(count)s more on page",) * 2,
    (
        "%(count)s recommendation, with what is agreed: page",
        "All %(count)s recommendations, with what is agreed: page",
    ),
    (
        "Nothing is waiting but %(count)s thing that is accepted for a time: page",
        "Nothing is waiting but %(count)s things that are accepted for a time: page",
    ),
    (
        "%(count)s thing is not known, which is not the same as well. What to record: page",
        "%(count)s things are not known, which is not the same as well. What to record: page",
    ),
)


def pieces(element) -> Iterator[str]:
    """The text of each block, as a reader meets them; ways within the text are left out."""
    if element.tag == "a" and element.get("href", "").startswith("#"):
        return
    inline = element.text or ""
    for child in element:
        if child.tag in BLOCKS:
            yield inline
            yield from pieces(child)
            inline = ""
        else:
            inline += "".join(pieces(child))
        inline += child.tail or ""
    yield inline


def drawn(element) -> str:
    """The words within the charts."""
    found = []
    for image in element.iter("img"):
        drawing = lxml.etree.fromstring(base64.b64decode(image.get("src").partition(",")[2]))
        found += drawing.itertext()
    return "".join(found)


def stands_in(words: str, paper: str) -> bool:
    """Whether a block's words are on paper, whole or shortened to the room of a page."""
    words = squeezed(words)
    return words in paper or any(words[:length] + "…" in paper for length in range(len(words), 3, -1))


def bare(words: str) -> str:
    """Without spaces, and without dashes, which are the marks of lists on paper."""
    return squeezed(words).replace("–", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_p08_all_that_a_memo_has_room_for_stands_on_the_screen(language):
    """It is one page whatever there is to say: it counts what it has no room for, and the screen shows that, too."""
    memo = Document.Kind.MEMO
    screen = lxml.html.fromstring(on_screen(memo, sample(memo, "typical", language))).text_content()

    on_paper = set(re.findall(r"[^\W\d]{4,}", text_of(made(memo, "typical", language).pdf, foot=False)))

    assert len(on_paper) > 50
    assert [word for word in on_paper if word not in screen] == []


@pytest.mark.parametrize(("kind", "size", "language"), [one for one in EACH if one[0] != Document.Kind.MEMO])
def test_p08_the_text_on_screen_and_the_pdf_say_the_same(kind, size, language):
    text = lxml.html.fragment_fromstring(on_screen(kind, sample(kind, size, language)), create_parent="div")
    on_paper = text_of(made(kind, size, language).pdf, foot=False)
    paper = squeezed(on_paper)
    screen = bare(rendering.printable(text.text_content() + drawn(text)))
    with translation.override(language):
        ways = [
            bare(wording % {"count": ""})
            for one, many in PAPER_ALONE
            for wording in (translation.gettext(one), *(translation.ngettext(one, many, count) for count in (1, 2)))
        ]

    def on_screen_too(line: str) -> bool:
        parts = [bare(part) for part in line.split("…")]
        without_page = re.sub(r"\d+$", "", bare(line))
        return (
            all(part in screen for part in parts)
            or without_page in screen
            or any(re.sub(r"\d", "", without_page) in way for way in ways)
        )

    missing_on_paper = [
        piece for piece in pieces(text) if piece.strip() and not stands_in(rendering.printable(piece), paper)
    ]
    missing_on_screen = [line for line in on_paper.splitlines() if line.strip() and not on_screen_too(line)]
    assert missing_on_paper == []
    assert missing_on_screen == []


@pytest.mark.parametrize(("kind", "size", "language"), EACH)
def test_p08_the_text_on_screen_stands_below_the_heading_of_its_page_and_brings_no_layout(kind, size, language):
    html = on_screen(kind, sample(kind, size, language))
    text = lxml.html.fragment_fromstring(html, create_parent="div")

    levels = [int(one.tag[1]) for one in text.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 2
    assert 1 not in levels
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert {word for one in text.iter() for word in one.get("class", "").split()} <= twin.MEANT | {
        "table-scroll",
        "stacks",
    }
    assert {one.tag for one in text.iter()}.isdisjoint({"script", "style", "link", "svg", "form"})
    assert "style=" not in html
    ids = [one.get("id") for one in text.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert all(one.startswith("text-") for one in ids)
    for link in text.iter("a"):
        assert not link.get("href").startswith("#") or link.get("href")[1:] in ids
    for table in text.iter("table"):
        around = table.getparent()
        assert (around.get("role"), around.get("tabindex")) == ("region", "0")
        assert around.get("aria-label")


# The same again


@pytest.mark.parametrize("kind", KINDS)
def test_p04_made_again_from_what_the_database_gives_back_it_is_the_same_to_the_byte(kind):
    content = sample(kind, "typical")
    given_back = json.loads(json.dumps(content, sort_keys=True))  # PostgreSQL keeps no order of keys

    again = KINDS[kind].make(given_back, version=KINDS[kind].template_version)

    assert (again.pdf, again.page_one) == (made(kind, "typical").pdf, made(kind, "typical").page_one)
    assert again.sha256 == made(kind, "typical").sha256


@pytest.fixture
def next_version(tmp_path):
    """A second version of the templates, in which every document is headed otherwise."""
    here = Path(settings.BASE_DIR) / "templates" / "documents"
    there = tmp_path / "documents" / "v2"
    shutil.copytree(here / "v1", there)
    for template in there.rglob("*.html"):
        words = template.read_text().replace("documents/v1/", "documents/v2/")
        template.write_text(re.sub(r"(<main[^>]*>)", r"\1<p>In the newest look</p>", words))
    (there / "document.css").write_text((there / "document.css").read_text().replace("9.75pt", "10.5pt"))
    return [{**settings.TEMPLATES[0], "DIRS": [tmp_path, *settings.TEMPLATES[0]["DIRS"]]}]


@pytest.mark.parametrize("kind", KINDS)
def test_an_old_document_keeps_its_look_when_there_is_a_newer_one(kind, next_version, settings):
    settings.TEMPLATES = next_version
    content = sample(kind, "empty")

    old, new = KINDS[kind].make(content, version="1"), KINDS[kind].make(content, version="2")

    assert old.sha256 == made(kind, "empty").sha256
    assert not says(text_of(old.pdf), "In the newest look")
    assert says(text_of(new.pdf), "In the newest look")
    assert "In the newest look" in KINDS[kind].html(content, version="2")
    assert "In the newest look" not in KINDS[kind].html(content, version="1")


# Drafts, and the foot


def pale_pixels(pdf: bytes) -> list[int]:
    """For each page, how many of its pixels have the colour of the watermark."""
    red, green, blue = bytes.fromhex(pages.WATERMARK_COLOUR[1:])
    done = subprocess.run(["pdftoppm", "-r", "15", "-"], input=pdf, capture_output=True, check=True, timeout=60)
    found, rest = [], done.stdout
    while rest:
        head = re.match(rb"P6\s(\d+) (\d+)\s255\s", rest)
        size = int(head[1]) * int(head[2]) * 3
        shown, rest = rest[head.end() : head.end() + size], rest[head.end() + size :]
        found.append(sum(shown[at : at + 3] == bytes((red, green, blue)) for at in range(0, size, 3)))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_each_page_of_a_draft_is_marked_behind_the_text_and_no_page_of_what_is_issued(kind):
    issued = made(kind, "typical")

    draft = KINDS[kind].make(
        {**sample(kind, "typical"), "issue": sample(kind, "empty")["issue"]}, version=KINDS[kind].template_version
    )

    assert min(pale_pixels(draft.pdf)) > 100
    assert max(pale_pixels(issued.pdf)) == 0
    # Only drawn: the tags and the words are those of the text alone.
    figures = [kind for _depth, kind in structure(draft.pdf)].count("Figure")
    assert figures == [kind for _depth, kind in structure(issued.pdf)].count("Figure")
    assert pdfua.is_pdf_compliant_bytes(draft.pdf, profile="ua1")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_watermark_is_a_word_of_the_documents_language(language):
    with translation.override(language):
        word = translation.gettext("Draft")
    content = document_samples.sample(Document.Kind.ACTION_PLAN, "empty", language)

    style = pages.stylesheet_of(content, kind=Document.Kind.ACTION_PLAN, version="1")

    assert rendering.drawn_word(word, colour=pages.WATERMARK_COLOUR) in style
    assert {"en": "Draft", "nb": "Utkast"}[language] == word


@pytest.mark.parametrize(("kind", "size", "language"), USUAL)
def test_p04_the_foot_says_how_to_check_this_kind_of_document(kind, size, language):
    issue = sample(kind, size, language)["issue"]
    phrase = {
        "plan": "Check that this is the plan in force:",
        "memo": "Check that this is the latest memo:",
        "handover": "Check that this is the latest handover pack:",
        "fidelity": "Check that this is the report in force:",
    }[kind]
    not_issued = {"plan": "Not issued: nobody can check this page against the plan in force."}.get(
        kind, "Not issued: there is nothing that this page can be checked against."
    )

    with translation.override(language):
        said = translation.gettext(phrase if issue["number"] else not_issued)

    for number in range(1, made(kind, size, language).pages + 1):
        assert says(text_of(made(kind, size, language).pdf, first=number, last=number), said + issue["verify"])


# Text that means harm


HOSTILE = (
    '<img alt="x" src="file:///etc/passwd">',
    "</style><style>@import url(http://127.0.0.1:9/x.css);</style>",
    "</main></body><h1>Another one</h1>",
    '<link rel="attachment" href="file:///etc/passwd">',
    "@import url(file:///etc/passwd); x",
    "{% include 'documents/v1/document.css' %}{{ settings.SECRET_KEY }}",
    "\u202egnirts lacitsomreh\u202c \u200f\u2066abc",
    "a\x00b \x07c",
    "&lt;b&gt; &amp; 😀 漢字",
)
LONG = ("W" * 10_000, "ord " * 2_500)
TYPED_AT_LENGTH = ("text", "question", "note", "outcome", "reason")


def poisoned(content: dict) -> tuple[dict, set[str]]:
    """The content with harm in place of every sentence, and 10,000 characters in the first two typed texts."""
    turn, long, used = count(), iter(LONG), set()

    def poison(value, key=""):
        if isinstance(value, dict):
            return {name: poison(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [poison(one, key) for one in value]
        if isinstance(value, str) and " " in value.strip():  # codes, days and figures have none
            if key in TYPED_AT_LENGTH and (text := next(long, "")):
                return text
            text = HOSTILE[next(turn) % len(HOSTILE)]
            used.add(text)
            return text
        return value

    return poison(content), used


@pytest.mark.parametrize("kind", KINDS)
def test_p10_hostile_text_anywhere_is_printed_as_text_and_fetches_nothing(kind, monkeypatch):
    asked: list = []
    for way in ("FileHandler.file_open", "HTTPHandler.http_open", "HTTPSHandler.https_open", "FTPHandler.ftp_open"):
        monkeypatch.setattr(f"urllib.request.{way}", lambda self, request: asked.append(request))
    content, used = poisoned(sample(kind, "typical"))

    document = KINDS[kind].make(content, version=KINDS[kind].template_version)
    text = lxml.html.fragment_fromstring(on_screen(kind, content), create_parent="div")

    assert asked == []
    assert len(used) >= 3
    kinds = [kind for _depth, kind in structure(document.pdf)]
    usual = [kind for _depth, kind in structure(made(kind, "typical").pdf)]
    assert (kinds.count("H1"), kinds.count("Figure")) == (1, usual.count("Figure"))
    assert len(files_inside(document.pdf)) == 1
    paper = text_of(document.pdf)
    for hostile in used:
        assert says(paper, rendering.printable(hostile)[:12])
    assert pdfua.is_pdf_compliant_bytes(document.pdf, profile="ua1")
    assert {one.tag for one in text.iter()}.isdisjoint({"script", "style", "link", "h1"})
    assert all(image.get("src").startswith("data:image/svg+xml;base64,") for image in text.iter("img"))
    assert not set(map(ord, text.text_content())) & rendering.STEERING
