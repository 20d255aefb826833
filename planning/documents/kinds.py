"""The kinds of document in one place: what gathers the words of each, what lays them out, who may read and issue it."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.access import Permission
from planning.documents import (
    fidelity_content,
    fidelity_pages,
    handover_content,
    handover_pages,
    memo_content,
    memo_pages,
    plan_content,
    plan_pages,
)
from planning.documents.pages import TEMPLATE_VERSION, Made
from planning.models import Document
from planning.wording import document_changes


@dataclass(frozen=True)
class DocumentKind:
    """One kind.

    `content(about, as_of, language)` gathers everything the document says, as plain JSON in its language; `about` is a
    service, or for a fidelity report a visit. `make(content, version=, on_step=)` lays that out and returns a
    `pages.Made`; `html(content, version=)` gives the same as HTML, with nothing shortened to the room of a page, whose
    `<main>` is the text for reading on screen. Both read nothing but the content.
    `changes(before, after)` says what is other than in the one before, by the contents of both (`before` is None for
    the first); None for kinds that are not compared.
    """

    content: Callable[..., dict]
    make: Callable[..., Made]
    html: Callable[..., str]
    template_version: str  # the folder of its templates: an old document keeps its look
    read: Permission
    issue: Permission
    changes: Callable[[dict | None, dict], dict] | None = None


KINDS: dict[str, DocumentKind] = {
    Document.Kind.ACTION_PLAN: DocumentKind(
        content=plan_content.plan_content,
        make=plan_pages.make_document,
        html=plan_pages.whole_html,
        template_version=TEMPLATE_VERSION,
        read=Permission.SEE_DOCUMENTS,
        issue=Permission.ISSUE_PLAN,
        changes=document_changes.plan_changes_said,
    ),
    # Read by those who may see the result of a visit on its page, and issued by those who may rate one: the two raters,
    # an adviser among them, owe the service its report.
    Document.Kind.FIDELITY_REPORT: DocumentKind(
        content=fidelity_content.gather,
        make=fidelity_pages.make,
        html=fidelity_pages.report_html,
        template_version=TEMPLATE_VERSION,
        read=Permission.SEE_RECORD,
        issue=Permission.RATE_FIDELITY,
    ),
    Document.Kind.MEMO: DocumentKind(
        content=memo_content.gather,
        make=memo_pages.make,
        html=memo_pages.whole_html,
        template_version=TEMPLATE_VERSION,
        read=Permission.SEE_DOCUMENTS,  # sponsors first of all: nothing in it is of a single practitioner
        issue=Permission.ISSUE_PLAN,
    ),
    Document.Kind.HANDOVER: DocumentKind(
        content=handover_content.gather,
        make=handover_pages.make,
        html=handover_pages.whole_html,
        template_version=TEMPLATE_VERSION,
        # It says who leaves, who takes over and what each person was promised: for those who look after the people,
        # the leader and a stand-in. Nobody else has this permission, and both see hours person by person anyway.
        read=Permission.MANAGE_PEOPLE,
        issue=Permission.MANAGE_PEOPLE,
    ),
}
