"""Documents issued: numbered, what they say frozen, and asked for in the same transaction."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Member, Service
from assessments.models import Visit
from planning.documents import limits
from planning.documents.kinds import KINDS
from planning.models import Document


@transaction.atomic
def issue(
    *,
    service: Service,
    by: Member,
    language: str,
    as_of: date,
    kind: str = Document.Kind.ACTION_PLAN,
    visit: Visit | None = None,
    at: datetime | None = None,
) -> Document:
    """Number the document, freeze what it says and ask for its file; the caller rings for it after commit.

    Raises `limits.TooMuch`, and issues nothing, when it would say more than one document takes.

    Two at once get two numbers: the second waits for the first one's transaction. `visit` is what a fidelity
    report is about; the other kinds are about the service as it stands on `as_of`.
    """
    at = at or timezone.now()
    Service.objects.select_for_update().get(pk=service.pk)
    number = (service.documents.of_kind(kind).aggregate(last=Max("number"))["last"] or 0) + 1
    content = _content(service, kind=kind, visit=visit, as_of=as_of, language=language)
    if too_much := limits.excesses(content):
        raise limits.TooMuch(too_much)
    content["issue"] = {
        "number": number,
        "issued_on": timezone.localdate(at).isoformat(),
        "owner": by.name,
        "verify": settings.SITE_URL.rstrip("/") + reverse("document_verify", args=[service.key, kind, number]),
    }
    document = Document.objects.create(
        service=service,
        kind=kind,
        number=number,
        visit=visit,
        language=language,
        as_of=as_of,
        template_version=KINDS[kind].template_version,
        content=content,
        issued_at=at,
        issued_by=by,
    )
    audit.record(code=f"{kind}.issued", by=by.user, service=service, obj=document, number=number)
    return document


def draft_content(
    service: Service,
    *,
    as_of: date,
    language: str,
    on: date,
    kind: str = Document.Kind.ACTION_PLAN,
    visit: Visit | None = None,
) -> dict:
    """What a document would say, without number and issuer: for a look at it before it is issued."""
    content = _content(service, kind=kind, visit=visit, as_of=as_of, language=language)
    content["issue"] = {"number": None, "issued_on": on.isoformat(), "owner": content.get("leader", ""), "verify": ""}
    return content


def _content(service: Service, *, kind: str, visit: Visit | None, as_of: date, language: str) -> dict:
    """All that the document says, and what of that is other than in the one that counts until now."""
    content = KINDS[kind].content(visit or service, as_of, language)
    if changes := KINDS[kind].changes:
        before = service.documents.filter(kind=kind, visit=visit).in_force()
        content["changes"] = changes(before and before.content, content)
    return content
