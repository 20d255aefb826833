"""The memo that counts, as its readers meet it before they open it: what is wanted, by when, from whom to whom."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Service
from planning.models import Document


@dataclass(frozen=True)
class Memo:
    """A memo whose page is there. `first_on`: the day the first decision is wanted by; None when none is wanted."""

    document: Document
    pages: int
    to: tuple[str, ...]  # names; empty where nobody of the next level was known
    wanted: int
    first_on: date | None


def in_force(service: Service) -> Memo | None:
    """The latest memo of the service whose page is there, in one query."""
    memos = service.documents.of_kind(Document.Kind.MEMO).select_related("issued_by", "file")
    document = memos.defer("file__pdf", "file__page_one").in_force()
    if document is None:
        return None
    wanted = document.content["wanted"]
    return Memo(
        document=document,
        pages=document.file.pages,
        to=tuple(document.content["to"]),
        wanted=len(wanted),
        first_on=min((date.fromisoformat(one["wanted_on"]) for one in wanted), default=None),
    )


def earlier(service: Service, memo: Memo | None):
    """The memos before it, the latest first, without what they say."""
    if memo is None:
        return Document.objects.none()
    made = service.documents.of_kind(Document.Kind.MEMO).ready().filter(number__lt=memo.document.number)
    return made.select_related("service").defer("content").order_by("-number")
