"""A kind of document as plain as can be, for tests of what all kinds share."""

from accounts.access import Permission
from planning.documents.kinds import DocumentKind
from planning.documents.pages import Made

MADE = Made(pdf=b"%PDF-1.7 plain", page_one=None, pages=1)


def plain_kind(
    *, read: Permission = Permission.SEE_DOCUMENTS, issue: Permission = Permission.ISSUE_PLAN, text: str = "All of it"
) -> DocumentKind:
    """A kind that says the name of its service or the day of its visit, and `text`."""

    def content(about, as_of, language) -> dict:
        name = about.name if hasattr(about, "name") else f"Visit of {about.planned_on}"
        return {"language": language, "leader": "", "as_of_on": as_of.isoformat(), "name": name, "text": text}

    def html(content, *, version) -> str:
        return f"<html><body><main><h1>{content['name']}</h1><p>{content['text']}</p></main></body></html>"

    return DocumentKind(
        content=content, make=lambda content, **_: MADE, html=html, template_version="1", read=read, issue=issue
    )
