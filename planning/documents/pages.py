"""What the pages of every kind of document share: the finished file, the stylesheet, the checksum at the foot."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from planning.documents import rendering
from planning.models import Document

TEMPLATE_VERSION = "1"  # of documents issued now: the folder templates/documents/v1
CHECKSUM_CHARACTERS = 8
FOOTER_NAME_LIMIT = 60
WATERMARK_COLOUR = "#e9e4da"  # pale: all our colours of text keep 4.5 to 1 on it


@dataclass(frozen=True)
class Made:
    """The finished files of a document. `page_one`: the plan on a page; None for kinds that have no such page."""

    pdf: bytes
    page_one: bytes | None
    pages: int

    @property
    def sha256(self) -> str:
        """What the stored file is recognised by."""
        return hashlib.sha256(self.pdf).hexdigest()


def canonical(content: dict) -> bytes:
    """Everything a document says, in the one way of writing it down that its checksum is taken of."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def checksum(content: dict) -> str:
    """What a printed document is recognised by: the start of the hash of all it says."""
    return hashlib.sha256(canonical(content)).hexdigest()[:CHECKSUM_CHARACTERS]


def frozen_content(content: dict, *, kind: str) -> rendering.Attachment:
    """All the document says, as the file of data inside its PDF: so that machines can read it years later.

    Its SHA-256 begins with the checksum at the foot of each page.
    """
    issue = content["issue"]
    with translation.override(content["language"]):
        description = _("Everything this document says, as data (JSON)")
    return rendering.Attachment(
        name=f"{kind}-{issue['number'] or 'draft'}.json",
        description=description,
        content=canonical(content),
        dated_on=date.fromisoformat(issue["issued_on"]),
    )


def stylesheet(version: str, kind: str, *, watermark: str = "") -> str:
    """The print stylesheet of that template version: what all documents share, then the kind's own."""
    return "\n".join(
        render_to_string(f"documents/v{version}/{name}.css", {"watermark": watermark}) for name in ("document", kind)
    )


def stylesheet_of(content: dict, *, kind: str, version: str) -> str:
    """The print stylesheet of one document.

    A draft says so behind the text of each page. That is a background, which no screen reader comes upon: the words
    at the head and at the foot are for everybody.
    """
    if content["issue"]["number"]:
        return stylesheet(version, kind)
    with translation.override(content["language"]):
        word = _("Draft")
    return stylesheet(version, kind, watermark=rendering.drawn_word(word, colour=WATERMARK_COLOUR))


def as_html(content: dict, context: dict, *, kind: str, version: str) -> str:
    """The document as HTML in its own language, from its kind's template and what all templates are handed.

    `context` holds what the kind's template asks for besides; `title` must be in it.
    """
    with translation.override(content["language"]):
        shared = {
            "content": content,
            "kind": kind,
            "issue": content["issue"],
            "checksum": checksum(content),
            "footer_name": shorten(content["service"]["name"], FOOTER_NAME_LIMIT),
        }
        return render_to_string(f"documents/v{version}/{kind}.html", {**shared, **context})


def write(html: str, content: dict, *, kind: str, version: str, on_step: Callable[[str], None]) -> Made:
    """Lay out and write a document that is one flow of pages.

    Raises `rendering.RenderingError` when it cannot be made.
    """
    layout = rendering.lay_out(html, stylesheet=stylesheet_of(content, kind=kind, version=version))
    on_step(Document.Step.WRITING)
    pdf = written(layout, content, kind=kind)
    on_step(Document.Step.STORING)
    return Made(pdf=pdf, page_one=None, pages=layout.pages)


def written(layout: rendering.Layout, content: dict, *, kind: str) -> bytes:
    """The whole document as laid out, with what it says inside as data."""
    return layout.pdf(identifier=checksum(content).encode(), attachments=(frozen_content(content, kind=kind),))


def nobody_follows(step: str) -> None:
    """For a document that is made while nobody looks on."""


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words where there are any, and marked as cut."""
    if len(text) <= limit:
        return text
    if limit < 2:
        return ""
    cut = text[: limit - 1]
    between_words = cut.rsplit(None, 1)[0] if " " in cut[limit // 2 :] else cut
    return between_words.rstrip(" ,;:.–-") + "…"
