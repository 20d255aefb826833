"""The plan as a document: page 1 that stands alone, everything in full after it, tagged, in both languages."""

import re
from itertools import pairwise
from unittest import mock

import lxml.html
import page as pdfua
import pytest
from django.utils import translation

from planning.documents import pages, plan_pages, rendering
from planning.documents.plan_pages import ROOMS, checksum, make_document, plan_html, shorten
from planning.models import Document
from planning.templatetags import plan_words
from planning.wording.document_changes import plan_changes_said
from tests.planning import document_samples, plan_samples
from tests.planning.pdf_reading import font_families, opened, says, structure, text_of

LANGUAGES = ("en", "nb")
EACH = [(name, language) for name in plan_samples.SAMPLES for language in LANGUAGES]


def made(name: str, language: str) -> pages.Made:
    return document_samples.made(Document.Kind.ACTION_PLAN, name, language)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p05_the_page_that_goes_by_mail_conforms_to_pdf_ua(name, language):
    report = pdfua.validate_pdf_bytes(made(name, language).page_one, profile="ua1")

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (None, "None recorded."),
        (
            {"about": "Something else", "text": "A post?", "owner": "Ada Lie", "due_on": "2026-12-10"},
            "A post? Wanted of Ada Lie by 10 December 2026.",
        ),
        ({"about": "No backing"}, "No backing. Nobody has been asked yet."),
        # As plans that were issued earlier have it: the action on an entry, with or without owner and date.
        ({"about": "No backing", "text": "Ask", "owner": "Kari Nes"}, "Ask. Wanted of Kari Nes; no date is set."),
        (
            {"about": "No backing", "text": "Ask", "due_on": "2026-12-10"},
            "Ask. Who decides, and by when, is not recorded.",
        ),
    ],
)
def test_p01_page_one_says_what_is_to_be_decided_by_whom_and_by_when(decision, said):
    content = plan_samples.typical()
    content["decision"] = decision and {"entry": "", "text": "", "owner": "", "due_on": None} | decision

    page = lxml.html.fromstring(plan_html(content, ROOMS[0], only_page_one=True))

    (shown,) = page.xpath("//*[@class='decision']/p")
    assert " ".join(shown.text_content().split()) == said


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p01_page_one_stands_alone(name, language):
    content = plan_samples.SAMPLES[name](language)
    first = text_of(made(name, language).pdf, last=1)

    def written(phrase: str, **values) -> str:
        with translation.override(language):
            return translation.gettext(phrase) % values

    def day(iso: str, shown=plan_words.day) -> str:
        with translation.override(language):
            return shown(iso)

    issue = content["issue"]
    assert says(first, content["service"]["practice"])
    assert says(first, shorten(content["service"]["name"], 30).rstrip("…"))
    assert says(first, day(issue["issued_on"]))
    assert says(first, day(content["as_of_on"]))
    assert says(first, checksum(content))
    if issue["number"]:
        assert says(first, written("Action plan no. %(number)s", number=issue["number"]))
        assert says(first, issue["owner"][:40])
        assert says(first, issue["verify"])
    else:
        assert says(first, written("Draft, not issued"))
    if content["vision"]:
        assert says(first, content["vision"]["text"][:100])
        assert says(first, day(content["vision"]["horizon_on"], plan_words.month))
    else:
        assert says(first, written("No vision written yet. That is the first thing."))
    for theme in content["themes"]:
        assert says(first, theme["name"])
    for matter in content["matters"]:
        assert says(first, matter["title"][:40])
        assert says(first, matter["evidence"][:30])
        assert says(first, matter["owner"][:12])
        assert says(first, day(matter["due_on"], plan_words.short_day))
    assert says(first, content["reviews"]["next_time"] or written("None is planned."))
    assert says(first, written("Decision wanted"))
    assert says(first, written("Leader, date"))
    assert says(first, written("For the practitioners, date"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "left_out", "chapter"), [("typical", 3, "To watch"), ("largest", 45, "Flags")])
def test_p01_what_does_not_fit_says_on_which_page_it_is(name, left_out, chapter, language):
    pdf = made(name, language).pdf
    with translation.override(language):
        sentence = translation.ngettext("%(count)s more on page", "%(count)s more on page", left_out)
        chapter = translation.gettext(chapter)

    number = re.search(re.escape(sentence % {"count": left_out}) + r"\s+(\d+)", text_of(pdf, last=1)).group(1)

    assert chapter in text_of(pdf, first=int(number), last=int(number)).splitlines()


def test_p01_a_vision_too_long_for_page_one_is_whole_on_the_page_it_names():
    content = plan_samples.largest()
    pdf = made("largest", "en").pdf

    number = int(re.search(r"The whole text is on page\s+(\d+)", text_of(pdf, last=1)).group(1))

    assert number > 1
    assert says(text_of(pdf, first=number, last=number + 1), content["vision"]["text"][-200:])


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p02_later_pages_hold_each_flag_in_full(name, language):
    content = plan_samples.SAMPLES[name](language)
    later = text_of(made(name, language).pdf, first=2, foot=False)

    for entry in content["open"]:
        parts = [entry["title"], entry["why"], entry["rule"], entry["clears"], entry["limits"], *entry["sources"]]
        parts += [one["text"] for one in entry["evidence"]] + [act["text"] for act in entry["acts"]]
        parts += [action["title"] for action in entry["actions"]]
        for part in parts:
            assert says(later, part)
    for goal in content["goals"]["active"]:
        assert says(later, goal["outcome"])
    for action in content["actions"]:
        assert says(later, action["title"])
        assert says(later, action["owner"])
    for act in content["leader_acts"]["done"]:
        assert says(later, act["title"])
        assert says(later, act["behaviour"])
    for entry in content["unknown"]:
        assert says(later, entry["record"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_p03_what_changed_is_a_chapter_of_the_plan_and_page_one_says_where(language):
    before, content = plan_samples.empty(language), plan_samples.typical(language)
    before["issue"]["number"] = 3
    content["changes"] = plan_changes_said(before, content)

    plan = make_document(content)

    with translation.override(language):
        where = translation.gettext("Changes since no. %(number)s: page") % {"number": 3}
    page = int(re.search(re.escape(where) + r"\s+(\d+)", text_of(plan.pdf, last=1)).group(1))
    chapter = text_of(plan.pdf, first=page, foot=False)
    for told in content["changes"]["chapters"]:
        for line in told["lines"]:
            assert says(chapter, f"{line['label']}{':' if line['about'] else ''} {line['about']}".strip())
            assert says(chapter, line["before"])
            assert says(chapter, line["after"])
    assert pdfua.is_pdf_compliant_bytes(plan.pdf, profile="ua1")


@pytest.mark.parametrize("told", [{"since": None}, {"since": {"number": 3, "issued_on": "2026-10-02"}}])
def test_p03_no_changes_and_the_first_plan_are_said_so(told):
    content = plan_samples.typical()
    since = told["since"] and {**told["since"], "as_of_on": "2026-10-01", "language": "en"}
    content["changes"] = {"since": since, "notes": [], "chapters": [], "count": 0}

    page = " ".join(lxml.html.fromstring(plan_html(content, ROOMS[0])).text_content().split())

    assert ("This is the first plan." in page) == (since is None)
    assert ("No changes since no. 3." in page) == ("No changes." in page) == (since is not None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_p02_later_pages_say_how_flags_are_computed_and_where_the_study_ends(language):
    content = plan_samples.typical(language)
    later = text_of(made("typical", language).pdf, first=2, foot=False)

    assert says(later, content["study"]["citation"])
    assert says(later, content["study"]["limits"])
    assert says(later, content["other_sources"][0])
    with translation.override(language):
        assert says(later, translation.gettext("How flags are computed"))


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p04_each_page_says_whose_plan_it_is_which_and_where_in_it(name, language):
    plan = made(name, language)
    content = plan_samples.SAMPLES[name](language)
    with translation.override(language):
        page, of = translation.gettext("page"), translation.pgettext("page 1 of 6", "of")

    for number in range(1, plan.pages + 1):
        foot = text_of(plan.pdf, first=number, last=number)
        assert says(foot, content["service"]["name"][:30])
        assert says(foot, f"{page} {number} {of} {plan.pages}")
        assert says(foot, checksum(content))


def test_p04_made_again_it_is_the_same_to_the_byte():
    again = make_document(plan_samples.typical())

    assert again.pdf == made("typical", "en").pdf
    assert again.page_one == made("typical", "en").page_one
    assert again.sha256 == made("typical", "en").sha256


def test_the_checksum_tells_of_every_change():
    content = plan_samples.typical()
    changed = plan_samples.typical() | {"as_of_on": "2026-11-19"}

    assert re.fullmatch("[0-9a-f]{8}", checksum(content))
    assert checksum(content) != checksum(changed)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_p06_language_title_headings_and_tables_are_tagged(name, language):
    plan = made(name, language)
    pdf = opened(plan.pdf)
    kinds = [kind for _depth, kind in structure(plan.pdf)]

    assert str(pdf.Root.Lang) == language
    assert plan_samples.SAMPLES[name](language)["service"]["name"] in str(pdf.docinfo["/Title"])
    assert kinds.count("H1") == 1
    levels = [int(kind[1]) for kind in kinds if re.fullmatch("H[1-6]", kind)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    tables = plan_html(plan_samples.SAMPLES[name](language), ROOMS[0]).count("<table")
    assert kinds.count("Caption") == tables
    assert kinds.count("Table") >= tables  # one that goes on over pages is a table on each
    assert kinds.count("THead") >= tables
    assert "TH" in kinds
    # The chart of hours, of fidelity, of outcomes; the shapes are decoration: the word beside them says the same.
    assert kinds.count("Figure") == (1 if name == "empty" else 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_p06_tables_have_a_caption_a_head_and_scopes_and_no_drawing_stands_in_the_page(language):
    html = plan_html(plan_samples.typical(language), ROOMS[0])

    assert f'<html lang="{language}">' in html
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        assert "<caption>" in table
        assert "<thead>" in table
        assert set(re.findall(r"<th\b[^>]*", table)) <= {
            '<th scope="col"',
            '<th scope="col" class="number"',
            '<th scope="col" class="total"',
        }
    assert "<svg" not in html
    charts = re.findall(r"<img\b[^>]*>", html)
    assert len(charts) == 3
    for chart in charts:
        assert re.fullmatch(r'<img alt="[^"]{20,}" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+">', chart)


@pytest.mark.parametrize(("name", "language"), EACH)
def test_only_our_font_is_in_the_document(name, language):
    assert font_families(made(name, language).pdf) == {"Plan"}


def test_the_largest_plan_keeps_within_the_limit_of_a_task():
    plan = made("largest", "nb")

    assert plan.pages < 100
    assert len(plan.page_one) < 200_000  # it goes by mail


def test_a_state_is_told_by_its_word_and_its_shape():
    words = text_of(made("typical", "en").pdf, last=1)
    style = pages.stylesheet("1", "plan")

    for word in ("flagged", "to watch", "in place", "not known"):
        assert word in words
    for state in ("flagged", "watch", "clear", "unknown"):
        assert re.search(rf"\.state-{state} {{[^}}]*background-image: url\(\"data:image/svg", style)


def test_p13_bokmaal_has_its_dates_and_figures():
    text = text_of(made("typical", "nb").pdf)

    assert says(text, "22. november 2026")
    assert "4,62" in text
    assert "4.62" not in text
    assert says(text, "Åse Bjørnstad")
    assert says(text, "Øyvind Sæther")


HOSTILE = [
    '<img alt="x" src="file:///etc/passwd">',
    "</style><style>@import url(http://127.0.0.1:9/x.css);</style>",
    "</title></head><body><h1>Another plan</h1>",
    '<link rel="attachment" href="file:///etc/passwd">',
    "@import url(file:///etc/passwd);",
    "{% include 'documents/v1/document.css' %}{{ settings.SECRET_KEY }}",
    "javascript:alert(1)",
    "W" * 10_000,
    "ord " * 2_500,
    "\u202egnirts lacitsomreh\u202c \u200f\u2066abc",
    "a\x00b\x07c",
    "&lt;b&gt; &amp; 😀 漢字",
]


@pytest.fixture
def asked(monkeypatch) -> list:
    """What was asked of the disk or the network while a document was made."""
    requests: list = []
    for way in ("FileHandler.file_open", "HTTPHandler.http_open", "HTTPSHandler.https_open", "FTPHandler.ftp_open"):
        monkeypatch.setattr(f"urllib.request.{way}", lambda self, request: requests.append(request))
    return requests


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[2], "W" * 10_000, "ord " * 2_500], ids=range(4))
def test_p10_hostile_text_on_page_one_stays_there_as_text(text, asked):
    content = plan_samples.typical()
    content["service"]["name"] = content["issue"]["owner"] = content["vision"]["text"] = text
    content["decision"].update(text=text, owner=text, due_on="2026-12-15")
    for matter in content["matters"]:
        matter.update(title=text, evidence=text, act=text, owner=text)

    plan = make_document(content)

    assert asked == []
    assert says(text_of(plan.pdf, last=1), text[:20])
    assert says(text_of(plan.pdf, last=1), "For the practitioners, date")
    assert pdfua.is_pdf_compliant_bytes(plan.pdf, profile="ua1")


def talkative(name: str) -> dict:
    """A plan whose page 1 holds less than there is to say, though not much less."""
    content = plan_samples.SAMPLES[name]()
    for matter in content["matters"]:
        for text in ("title", "evidence", "act"):
            matter[text] = (f"{matter[text]} " * 2)[: int(len(matter[text]) * 1.6)]
    return content


@pytest.mark.parametrize(("content", "layouts"), [(plan_samples.typical(), 1), (talkative("typical"), 4)])
def test_p09_page_one_is_tried_alone_only_where_it_may_not_fit(content, layouts, monkeypatch):
    with mock.patch.object(rendering, "lay_out", side_effect=rendering.lay_out) as spied:
        plan = make_document(content)
    monkeypatch.setattr(plan_pages, "SURELY_FIT", 0)
    tried = make_document(content)
    monkeypatch.setattr(plan_pages, "SURELY_FIT", 10_000)
    untried = make_document(content)

    assert spied.call_count == layouts
    assert plan.pdf == tried.pdf == untried.pdf


def test_a_plan_that_fits_nowhere_is_an_error_and_not_a_longer_page_one(monkeypatch):
    monkeypatch.setattr(plan_pages, "ROOMS", (plan_pages.Room(vision=9000, title=9000, evidence=9000, act=9000),))
    content = plan_samples.typical()
    content["vision"]["text"] = "ord " * 2_000

    with pytest.raises(rendering.RenderingError, match="does not fit"):
        make_document(content)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("", 10, ""),
        ("exactly te", 10, "exactly te"),
        ("exactly ten", 10, "exactly…"),
        ("one, two and three", 6, "one…"),
        ("W" * 20, 10, "W" * 9 + "…"),
        ("anything", 0, ""),
        ("anything", 1, ""),
    ],
)
def test_shorten(text, limit, short):
    assert shorten(text, limit) == short
    assert len(shorten(text, limit)) <= limit


def test_drawings_in_the_stylesheet_are_data_and_nothing_else():
    addresses = re.findall(r"url\(([^)]*)\)", pages.stylesheet("1", "plan"))

    assert addresses
    assert all(address.startswith(("handed:Lato-", '"data:image/svg+xml,')) for address in addresses)
