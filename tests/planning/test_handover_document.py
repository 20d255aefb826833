"""The handover pack as a document: the first ten days, then everything in chapters, tagged, in both languages."""

import functools
import re
from itertools import pairwise

import lxml.html
import pytest
from django.utils import translation

from planning.documents import pages
from planning.documents.handover_pages import handover_html, make, whole_html
from planning.models import Document
from tests.planning import document_samples, handover_samples
from tests.planning.pdf_reading import font_families, opened, says, squeezed, structure, text_of

pytestmark = pytest.mark.once

LANGUAGES = ("en", "nb")
EACH = [(name, language) for name in handover_samples.SAMPLES for language in LANGUAGES]


def made(name: str, language: str) -> pages.Made:
    return document_samples.made(Document.Kind.HANDOVER, name, language)


@functools.cache
def words(name: str, language: str) -> str:
    return text_of(made(name, language).pdf, foot=False)


def written(language: str, phrase: str, **values) -> str:
    with translation.override(language):
        return translation.gettext(phrase) % values


@pytest.mark.parametrize(("name", "language"), EACH)
def test_everything_open_decided_and_promised_is_in_it(name, language):
    content, text = handover_samples.SAMPLES[name](language), words(name, language)

    listed = [person["name"] for group in content["people"].values() for person in group]
    listed += [one["name"] for one in content["set_aside"]]
    for part in ("decisions", "wanted", "supports", "adaptations", "promises", "first_days"):
        listed += [one["text"] for one in content[part]]
    listed += [one["title"] for one in (*content["open"], *content["actions"], *content["accepted"])]
    listed += [one["record"] for one in content["unknown"]]
    listed += [one["what"] for one in content["rhythm"]]
    listed += [one["title"] for one in (content["reviews"]["carried"] or {"items": []})["items"]]
    listed += [goal["outcome"] for goal in content["goals"]["active"]]
    if content["vision"]:
        listed += [content["vision"]["text"], content["expectation"]["text"]]
    assert [part for part in dict.fromkeys(listed) if not says(text, part)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_pack_says_of_each_chapter_that_there_is_nothing(language):
    text = words("empty", language)

    for phrase in (
        "Nobody is recorded.",
        "No vision is written.",
        "Nothing is written of what is expected.",
        "No decision on IMR is recorded.",
        "Nothing is asked of the next level.",
        "No answer to the staff says “planned”.",
        "No action is open.",
        "No goal is active.",
        "Nothing is accepted for a time.",
        "No hours are set aside in the record.",
        "No review has been held.",
        "No support from outside is recorded.",
        "No change to the programme is recorded.",
    ):
        assert says(text, written(language, phrase))


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_one_is_the_first_ten_days_in_order(language):
    content = handover_samples.typical(language)
    first = squeezed(text_of(made("typical", language).pdf, last=1))

    places = [first.find(squeezed(step["text"])) for step in content["first_days"]]

    assert -1 not in places
    assert places == sorted(places)
    assert [step["day"] for step in content["first_days"]] == sorted(step["day"] for step in content["first_days"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_step_names_the_page_on_which_its_chapter_begins(language):
    pdf = made("typical", language).pdf
    content = handover_samples.typical(language)
    step = content["first_days"][-2]  # what is not known, at the end of the pack
    pattern = re.escape(squeezed(step["text"])) + r"(\d+)"

    number = int(re.search(pattern, squeezed(text_of(pdf, last=2))).group(1)[0])

    assert says(text_of(pdf, first=number, last=number), written(language, "Not known"))


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p06_language_title_headings_and_tables_are_tagged(name, language):
    content, pack = handover_samples.SAMPLES[name](language), made(name, language)
    pdf = opened(pack.pdf)
    kinds = [kind for _depth, kind in structure(pack.pdf)]

    assert str(pdf.Root.Lang) == language
    assert content["service"]["name"] in str(pdf.docinfo["/Title"])
    assert kinds.count("H1") == 1
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = handover_html(content).count("<table")
    assert kinds.count("Caption") == tables
    assert min(kinds.count("Table"), kinds.count("THead")) >= tables
    assert font_families(pack.pdf) == {"Plan"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_p06_tables_have_a_caption_a_head_and_scopes(language):
    html = handover_html(handover_samples.typical(language))

    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert "<caption>" in table
        assert "<thead>" in table
        assert set(re.findall(r"<th\b[^>]*", table)) <= {'<th scope="col"', '<th scope="col" class="number"'}
    assert "<svg" not in html


def test_p07_no_text_is_under_nine_points_and_no_margin_under_fifteen_millimetres():
    style = pages.stylesheet("1", "handover")

    sizes = [float(size) for size in re.findall(r"font-size: ([\d.]+)pt", style)]
    (margins,) = re.findall(r"@page \{\s*size: A4;\s*margin: ([^;]+);", style)
    assert min(sizes) >= 9
    assert min(int(one) for one in re.findall(r"(\d+)mm", margins)) >= 15


def test_p04_made_again_it_is_the_same_to_the_byte():
    assert make(handover_samples.typical()).pdf == made("typical", "en").pdf


def test_p13_bokmaal_has_its_dates_and_figures():
    text = words("typical", "nb")

    assert says(text, "22. november 2026")
    assert says(text, "1,5")
    assert says(text, "Åse Bjørnstad")
    assert says(text, "Øyvind Sæther")


@pytest.mark.parametrize("language", LANGUAGES)
def test_p08_on_a_screen_a_step_leads_to_its_chapter_and_names_no_page(language):
    content = handover_samples.typical(language)

    page = lxml.html.fromstring(whole_html(content))

    steps = page.xpath("//table[contains(@class, 'steps')]//a")
    assert len(steps) == len(content["first_days"])
    assert all(page.get_element_by_id(step.get("href").removeprefix("#")).tag == "section" for step in steps)
    assert all(
        step.text_content() == page.get_element_by_id(step.get("href")[1:]).xpath("./h2")[0].text for step in steps
    )
