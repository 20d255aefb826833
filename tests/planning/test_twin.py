"""The text of a document as part of a page: every word of it, nothing that does something, tables that fit a phone."""

import lxml.html
import pytest
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from planning.documents import limits, twin
from planning.documents.steering import STEERING, without_steering

LONG_OR_SHORT = st.sampled_from(["x" * 2000, "x" * 2001, "y" * 2500, "z", ""])
CONTENT = st.recursive(
    LONG_OR_SHORT | st.none() | st.booleans() | st.integers(),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(st.sampled_from("abc"), inside, max_size=3),
    max_leaves=12,
)


def shown(inside: str, *, below: int = 1):
    """The text of a document whose `<main>` holds this, parsed."""
    html = twin.text_of(f"<!doctype html><html><body><div>foot</div><main>{inside}</main></body></html>", below=below)
    return lxml.html.fragment_fromstring(html, create_parent="div")


@given(st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), min_size=1))
def test_p08_every_typed_character_comes_through_as_text_but_those_that_steer(typed):
    text = shown(f"<p>{escape(typed)}</p>")

    assert text.text_content() == without_steering(typed)
    assert [one.tag for one in text.iter()] == ["div", "p"]


@given(st.text())
def test_p10_what_steers_the_direction_of_writing_is_left_out_and_nothing_else(typed):
    kept = without_steering(typed)

    assert not set(map(ord, kept)) & STEERING
    assert kept == "".join(one for one in typed if ord(one) not in STEERING)


@pytest.mark.parametrize(("below", "tags"), [(1, ["h2", "h3", "h4"]), (2, ["h3", "h4", "h5"])])
def test_headings_stand_below_that_of_the_page(below, tags):
    text = shown("<h1>a</h1><h2>b</h2><h3>c</h3>", below=below)

    assert [one.tag for one in text] == tags


def test_ways_within_the_text_still_lead_somewhere_and_no_class_of_the_paper_is_left():
    text = shown(
        '<p class="row muted"><a href="#time" class="on-page">more</a></p><div id="time" class="page-one"></div>'
    )

    (paragraph, way, target) = text[0], text[0][0], text[1]
    assert paragraph.get("class") == "muted"
    assert (way.get("href"), way.get("class")) == ("#text-time", None)
    assert (target.get("id"), target.get("class")) == ("text-time", None)


def table(columns: int, *, cells: int | None = None) -> str:
    heads = "".join(f"<th>Head {number}</th>" for number in range(columns))
    row = "".join(f"<td>{number}</td>" for number in range(columns if cells is None else cells))
    caption = "<caption>What <b>it</b> is</caption>"
    return f"<table>{caption}<thead><tr>{heads}</tr></thead><tbody><tr>{row}</tr></tbody></table>"


def test_a_table_can_be_scrolled_by_keyboard_and_a_wide_ones_cells_know_their_headings():
    (narrow,), (wide,) = shown(table(2)), shown(table(3))

    assert (wide.get("role"), wide.get("tabindex"), wide.get("aria-label")) == ("region", "0", "What it is")
    assert wide[0].get("class") == "stacks"
    assert [cell.get("data-label") for cell in wide.iter("td")] == ["Head 0", "Head 1", "Head 2"]
    assert {one.get("role") for one in wide[0].iter("table", "tr", "td", "th")} == {
        "table",
        "row",
        "cell",
        "columnheader",
    }
    assert narrow[0].get("class") is None
    assert not any(cell.get("data-label") for cell in narrow.iter("td"))


def test_a_table_whose_rows_are_not_all_alike_stays_as_it_is():
    (odd,) = shown(table(4, cells=3))

    assert odd[0].get("class") is None


def test_a_document_without_a_main_is_a_fault_of_its_template():
    with pytest.raises(ValueError, match="<main>"):
        twin.text_of("<!doctype html><p>x</p>", below=1)


@given(CONTENT)
def test_p09_each_text_that_is_too_long_is_named_once_and_no_other(content):
    def texts(value):
        if isinstance(value, str):
            return {value}
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        return set().union(*map(texts, inside))

    found = limits.excesses({"within": content})

    assert sorted(one.count for one in found) == sorted(len(text) for text in texts(content) if len(text) > 2000)
