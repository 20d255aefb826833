"""What documents are called, on pages, in mail and as files."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy

from planning.documents.limits import Excess, What
from planning.models import Document

NEW_ONE = {
    Document.Kind.MEMO: gettext_lazy("A new memo to the next level"),
    Document.Kind.HANDOVER: gettext_lazy("A new handover pack"),
    Document.Kind.FIDELITY_REPORT: gettext_lazy("A new fidelity report"),
}
TOO_MUCH = {
    What.FLAGS: gettext_lazy(
        "It would hold %(count)d flags; a document takes %(limit)d. Accept some for a time, or settle them first."
    ),
    What.ACTIONS: gettext_lazy(
        "It would hold %(count)d open actions; a document takes %(limit)d. Close those that are done or dropped first."
    ),
    What.TEXT: gettext_lazy(
        "A text of it has %(count)d characters; a document takes %(limit)d. Shorten it where it was written. "
        "It begins: “%(begins)s…”"
    ),
}


def name(document: Document) -> str:
    """A document's kind and number in the active language: "Action plan no. 3"."""
    return gettext("%(kind)s no. %(number)s") % {"kind": document.get_kind_display(), "number": document.number}


def file_name(document: Document) -> str:
    """The name of its file without an ending, in ASCII whatever the language: "imr-nordvik-plan-3"."""
    practice = slugify(document.service.practice) or "practice"
    return f"{practice}-{document.service.key}-{document.kind}-{document.number}"


def new_one(kind: str) -> Promise:
    """The heading of the page that issues a document of that kind."""
    return NEW_ONE[kind]


def too_much(excesses: Iterable[Excess]) -> list[str]:
    """What there is too much of for one document, each with the way out, in the active language."""
    return [
        str(TOO_MUCH[one.what]) % {"count": one.count, "limit": one.limit, "begins": one.begins} for one in excesses
    ]


@dataclass(frozen=True)
class ShownStep:
    """One step of the making: its words, and whether it is "done", "now" or still to "come"."""

    words: str
    when: str


def steps(document: Document) -> list[ShownStep]:
    """The real steps of the making, in order, from the wait for a worker on."""
    shown = ["", *Document.Step.values]
    at = shown.index(document.step) if document.state == Document.State.MAKING else 0
    words = [gettext("It waits for its turn"), *(str(label) for label in Document.Step.labels)]
    return [
        ShownStep(text, "done" if position < at else "now" if position == at else "come")
        for position, text in enumerate(words)
    ]
