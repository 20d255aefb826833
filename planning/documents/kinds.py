"""The kinds of document in one place: what gathers the words of each, what lays them out, who may read and issue it."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.access import Permission
from planning.documents import fidelity_content, fidelity_pages, plan_content, plan_pages
from planning.documents.pages import TEMPLATE_VERSION, Made
from planning.models import Document


@dataclass(frozen=True)
class DocumentKind:
    """One kind.

    `content(about, as_of, language)` gathers everything the document says, as plain JSON in its language; `about` is a
    service, or for a fidelity report a visit. `make(content, version=, on_step=)` lays that out and returns a
    `pages.Made`; it reads nothing but the content.
    """

    content: Callable[..., dict]
    make: Callable[..., Made]
    template_version: str  # the folder of its templates: an old document keeps its look
    read: Permission
    issue: Permission


KINDS: dict[str, DocumentKind] = {
    Document.Kind.ACTION_PLAN: DocumentKind(
        content=plan_content.plan_content,
        make=plan_pages.make_document,
        template_version=TEMPLATE_VERSION,
        read=Permission.SEE_DOCUMENTS,
        issue=Permission.ISSUE_PLAN,
    ),
    # Read by those who may see the result of a visit on its page, and issued by those who may rate one: the two raters,
    # an adviser among them, owe the service its report.
    Document.Kind.FIDELITY_REPORT: DocumentKind(
        content=fidelity_content.gather,
        make=fidelity_pages.make,
        template_version=TEMPLATE_VERSION,
        read=Permission.SEE_RECORD,
        issue=Permission.RATE_FIDELITY,
    ),
}
