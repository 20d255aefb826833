"""The memo as a document: one page whatever the record holds, tagged, in both languages."""

import re
from itertools import pairwise

import lxml.html
import page as pdfua
import pytest
from django.utils import translation

from planning.documents import memo_pages, pages, rendering
from planning.documents.memo_pages import make, memo_html
from planning.models import Document
from planning.templatetags import plan_words
from tests.planning import document_samples, memo_samples
from tests.planning.pdf_reading import font_families, opened, says, squeezed, structure, text_of

pytestmark = pytest.mark.once

LANGUAGES = ("en", "nb")
EACH = [(name, language) for name in memo_samples.SAMPLES for language in LANGUAGES]


def made(name: str, language: str) -> pages.Made:
    return document_samples.made(Document.Kind.MEMO, name, language)


def written(language: str, phrase: str, **values) -> str:
    """One of our sentences in a language."""
    with translation.override(language):
        return translation.gettext(phrase) % values


def day(language: str, iso: str, shown=plan_words.day) -> str:
    with translation.override(language):
        return shown(iso)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p01_the_memo_is_one_page_always(name, language):
    memo = made(name, language)

    assert memo.pages == len(opened(memo.pdf).pages) == 1
    assert memo.page_one is None


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p01_it_says_to_whom_it_is_what_they_decide_by_when_and_has_room_for_the_answer(name, language):
    content, text = memo_samples.SAMPLES[name](language), text_of(made(name, language).pdf)

    for phrase in ("For the next level: name, date", "Leader, date", "Time a week", "What the service did itself"):
        assert says(text, written(language, phrase))
    for one in content["wanted"][:2]:
        assert says(text, one["text"][:20])
        assert says(text, day(language, one["wanted_on"], plan_words.short_day))
        assert says(text, written(language, "By whom, date"))
        assert says(text, written(language, "If it waits:")) or not one["cost"]
        assert says(text, one["source"])
    for person in content["to"][:1]:
        assert says(text, person[:6])
    if not content["wanted"]:
        assert says(text, written(language, "Nothing waits for the level above. This is how it stands."))


@pytest.mark.parametrize("language", LANGUAGES)
def test_p01_a_typical_memo_holds_everything_uncut(language):
    content, text = memo_samples.typical(language), text_of(made("typical", language).pdf)

    for one in content["wanted"]:
        for part in (one["text"], one["known"], one["cost"], one["strength"]):
            assert says(text, part)
    for one in (*content["promised"], *content["asked_for"], *content["done"]["named"]):
        assert says(text, one["text"])
    assert "…" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_p01_what_has_no_room_is_counted_and_the_first_decisions_stay(language):
    content, text = memo_samples.largest(language), text_of(made("largest", language).pdf)
    answers = squeezed(text).count(squeezed(written(language, "By whom, date")))
    with translation.override(language):
        sentence = translation.ngettext(
            "%(count)s more decision is wanted later; it has no room here and is in Holdfast.",
            "%(count)s more decisions are wanted later; they have no room here and are in Holdfast.",
            26,
        )

    assert answers >= 2
    assert says(text, sentence % {"count": len(content["wanted"]) - answers})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_come_in_the_order_in_which_they_are_read(language):
    content, text = memo_samples.typical(language), squeezed(text_of(made("typical", language).pdf, foot=False))
    in_order = [
        content["to"][0],
        written(language, "What to decide"),
        content["wanted"][0]["text"],
        content["wanted"][1]["text"],
        content["wanted"][1]["cost"],
        content["wanted"][2]["text"],
        written(language, "Promised by you, and late"),
        content["promised"][0]["text"],
        written(language, "Asked for and not given"),
        content["asked_for"][0]["text"],
        written(language, "What the service did itself"),
        content["done"]["named"][0]["text"],
        written(language, "Time a week"),
        written(language, "Signed"),
        written(language, "For the next level: name, date"),
    ]

    places = [text.find(squeezed(words)) for words in in_order]

    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p06_language_title_headings_and_tables_are_tagged(name, language):
    content, memo = memo_samples.SAMPLES[name](language), made(name, language)
    pdf = opened(memo.pdf)
    kinds = [kind for _depth, kind in structure(memo.pdf)]

    assert str(pdf.Root.Lang) == language
    assert content["service"]["name"] in str(pdf.docinfo["/Title"])
    assert kinds.count("H1") == 1
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = 1 if content["wanted"] else 0
    assert [kinds.count(kind) for kind in ("Table", "Caption", "THead")] == [tables] * 3
    assert font_families(memo.pdf) == {"Plan"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_p06_each_table_has_a_caption_a_head_and_scopes(language):
    html = memo_html(memo_samples.typical(language))

    (table,) = re.findall(r"<table.*?</table>", html, re.DOTALL)
    assert "<caption>" in table
    assert "<thead>" in table
    assert set(re.findall(r"<th\b[^>]*", table)) == {'<th scope="col"'}
    assert "<svg" not in html


def test_p07_no_text_is_under_nine_points_and_no_margin_under_fifteen_millimetres():
    style = pages.stylesheet("1", "memo")

    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", style)]
    (margins,) = re.findall(r"@page \{\s*size: A4;\s*margin: ([^;]+);", style)
    assert min(sizes) >= 9
    assert min(int(one) for one in re.findall(r"(\d+)mm", margins)) >= 15


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p07_what_is_late_says_so_in_words(name, language):
    content, text = memo_samples.SAMPLES[name](language), text_of(made(name, language).pdf)

    late = any(one["late"] for one in content["wanted"])
    assert says(text, written(language, "late since")) == late


def test_p04_made_again_it_is_the_same_to_the_byte():
    assert make(memo_samples.typical()).pdf == made("typical", "en").pdf


def test_p13_bokmaal_has_its_dates_and_figures():
    text = text_of(made("typical", "nb").pdf)

    assert says(text, "22. november 2026")
    assert says(text, "7,6 til 11,4")
    assert says(text, "Åse Bjørnstad")
    assert says(text, "Nivået over") or says(text, "nivået over")


@pytest.mark.parametrize("text", ['<img src="file:///etc/passwd">', "W" * 10_000, "ord " * 2_500], ids=range(3))
def test_p10_hostile_text_stays_text_on_one_page(text):
    content = memo_samples.typical()
    content["service"]["name"] = content["issue"]["owner"] = text
    content["to"] = [text] * 9
    for one in content["wanted"]:
        one |= {"text": text, "known": text, "cost": text, "asked_of": text}
    for one in (*content["promised"], *content["asked_for"], *content["done"]["named"]):
        one["text"] = text
    content["promised"][0]["owner"] = text

    memo = make(content)

    assert memo.pages == 1
    assert says(text_of(memo.pdf), text[:6])
    assert pdfua.is_pdf_compliant_bytes(memo.pdf, profile="ua1")


def test_a_memo_that_fits_nowhere_is_an_error_and_not_a_longer_one(monkeypatch):
    monkeypatch.setattr(
        memo_pages, "ROOMS", (memo_pages.Room(wanted=99, text=9000, known=0, cost=0, listed=0, done=0, line=0),)
    )
    content = memo_samples.typical()
    content["wanted"][0]["text"] = "ord " * 2_000

    with pytest.raises(rendering.RenderingError, match="does not fit"):
        make(content)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p08_on_a_screen_nothing_is_shortened_or_left_out(name, language):
    content = memo_samples.SAMPLES[name](language)
    page = lxml.html.fromstring(memo_pages.whole_html(content))
    text = " ".join(page.xpath("//main")[0].text_content().split())

    told = [part for one in content["wanted"] for part in (one["text"], one["known"], one["cost"], one["asked_of"])]
    told += [one["text"] for one in (*content["promised"], *content["asked_for"], *content["done"]["named"])]
    told += content["to"]
    assert [part for part in told if " ".join(part.split()) not in text] == []
