"""What the pages of every kind of document share: the finished file, the stylesheet, the checksum at the foot."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from planning.documents import rendering
from planning.models import Document

TEMPLATE_VERSION = "1"  # of documents issued now: the folder templates/documents/v1
CHECKSUM_CHARACTERS = 8
FOOTER_NAME_LIMIT = 60


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


def checksum(content: dict) -> str:
    """What a printed document is recognised by: the start of the hash of all it says."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:CHECKSUM_CHARACTERS]


def stylesheet(version: str, kind: str) -> str:
    """The print stylesheet of that template version: what all documents share, then the kind's own."""
    return "\n".join(render_to_string(f"documents/v{version}/{name}.css") for name in ("document", kind))


def as_html(content: dict, context: dict, *, kind: str, version: str) -> str:
    """The document as HTML in its own language, from its kind's template and what all templates are handed.

    `context` holds what the kind's template asks for besides; `title` must be in it.
    """
    with translation.override(content["language"]):
        shared = {
            "content": content,
            "issue": content["issue"],
            "checksum": checksum(content),
            "footer_name": shorten(content["service"]["name"], FOOTER_NAME_LIMIT),
        }
        return render_to_string(f"documents/v{version}/{kind}.html", {**shared, **context})


def write(html: str, content: dict, *, kind: str, version: str, on_step: Callable[[str], None]) -> Made:
    """Lay out and write a document that is one flow of pages.

    Raises `rendering.RenderingError` when it cannot be made.
    """
    layout = rendering.lay_out(html, stylesheet=stylesheet(version, kind))
    on_step(Document.Step.WRITING)
    pdf = layout.pdf(identifier=checksum(content).encode())
    on_step(Document.Step.STORING)
    return Made(pdf=pdf, page_one=None, pages=layout.pages)


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
