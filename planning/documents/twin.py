"""The words of a document as part of a page: from the same templates as its PDF, without the layout of paper.

The document's own HTML is read and its text taken over as it stands, so that paper and page cannot drift apart. What
belongs to paper alone is left behind: the foot of the pages, and every class but those that mean something.
"""

from collections import Counter
from xml.etree import ElementTree

import tinyhtml5
from django.utils.safestring import SafeString

from planning.documents.steering import without_steering

STATES = {"state", "state-flagged", "state-watch", "state-clear", "state-unknown", "state-late"}
MEANT = STATES | {"label", "muted", "number", "whole"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WIDE = 2  # columns that a phone has room for
ROLES = {
    "table": "table",
    "thead": "rowgroup",
    "tbody": "rowgroup",
    "tr": "row",
    "th": "columnheader",
    "td": "cell",
}
PREFIX = "text-"  # of ids, so that none meets one of the page around


def text_of(document_html: str, *, below: int) -> SafeString:
    """The text of a document for a place below a heading of that level (1-3), as HTML."""
    document = tinyhtml5.parse(document_html, namespace_html_elements=False)
    main = document.find(".//main")
    if main is None:
        raise ValueError("The document has no <main>: its template does not say what is its text.")
    for element in list(main.iter()):
        _adapt(element, below)
    for parent in list(main.iter()):
        _let_tables_scroll(parent)
    _tell_regions_apart(main)
    # Safe: it was escaped when the template was rendered, read as text, and is escaped again here.
    return SafeString("".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in main))


def _adapt(element: ElementTree.Element, below: int) -> None:
    """Make one element of a document one of a page."""
    element.text, element.tail = without_steering(element.text or ""), without_steering(element.tail or "")
    classes = [name for name in element.get("class", "").split() if name in MEANT]
    element.attrib.pop("class", None)
    if classes:
        element.set("class", " ".join(classes))
    if "id" in element.attrib:
        element.set("id", PREFIX + element.get("id"))
    if element.get("href", "").startswith("#"):
        element.set("href", f"#{PREFIX}{element.get('href')[1:]}")
    if element.tag in HEADINGS:
        element.tag = HEADINGS[min(HEADINGS.index(element.tag) + below, len(HEADINGS) - 1)]


def _let_tables_scroll(parent: ElementTree.Element) -> None:
    """Put each table into a region that scrolls on its own and can be reached by keyboard; its caption names it."""
    for position, child in enumerate(list(parent)):
        if child.tag != "table":
            continue
        caption = child.find("caption")
        region = ElementTree.Element(
            "div",
            {
                "class": "table-scroll",
                "role": "region",
                "tabindex": "0",
                "aria-label": _words(caption) if caption is not None else "",
            },
        )
        region.tail, child.tail = child.tail, ""
        region.append(child)
        parent[position] = region
        _let_rows_stack(child)


def _tell_regions_apart(main: ElementTree.Element) -> None:
    """Number the names of regions that come more than once: two tables may have the same caption."""
    met: Counter[str] = Counter()
    for region in main.iter("div"):
        if region.get("role") == "region":
            name = region.get("aria-label")
            met[name] += 1
            if met[name] > 1:
                region.set("aria-label", f"{name} ({met[name]})")


def _let_rows_stack(table: ElementTree.Element) -> None:
    """Have each cell of a wide table know its heading, so that a row can stand as a list where there is no room.

    A style sheet that does so takes the table's meaning away in most browsers: the roles keep it.
    """
    headings = [_words(cell) for cell in table.findall("thead/tr/th")]
    rows = table.findall("tbody/tr")
    if len(headings) <= WIDE or any(len(row) != len(headings) for row in rows):
        return
    table.set("class", " ".join([*table.get("class", "").split(), "stacks"]))
    for element in table.iter():
        if element.tag in ROLES:
            element.set("role", ROLES[element.tag])
    for row in rows:
        for cell, heading in zip(row, headings, strict=True):
            cell.set("data-label", heading)


def _words(element: ElementTree.Element) -> str:
    """All the text of an element in one line."""
    return " ".join("".join(element.itertext()).split())
