"""A service with people, a plan that is ready and a review, for the tests of mail."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import weasyprint

from accounts.models import Member, Role, Service, User
from planning.models import Document, DocumentFile, Review

OSLO = ZoneInfo("Europe/Oslo")
NOVEMBER = date(2026, 11, 20)


def oslo(text: str) -> datetime:
    """A moment on the wall clock of Europe/Oslo, as in "2026-11-24 08:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def a_service(key="f", **fields) -> Service:
    return Service.objects.create(**{"key": key, "name": f"Service {key.upper()}", **fields})


def a_member(service, role=Role.LEADER, *, name="Kari Nes", email=None, language="en", login=True, **fields) -> Member:
    user = None
    if login:
        user = User.objects.create_user(email or f"{uuid.uuid4().hex[:12]}@example.org", name=name, language=language)
    return Member.objects.create(service=service, user=user, name=name, role=role, **fields)


def a_page(words="The plan on a page: Service F") -> bytes:
    return weasyprint.HTML(string=f"<html lang=en><title>Plan</title><h1>{words}</h1>").write_pdf()


def a_big_page() -> bytes:
    """More than two megabytes once encoded for mail; nobody opens it."""
    return a_page() + b"%" * 1_600_000


def a_plan(
    service, number=1, *, page_one=b"%PDF-1.7 page", state=Document.State.READY, at=None, kind="plan"
) -> Document:
    at = at or oslo("2026-11-22 12:00")
    plan = Document.objects.create(
        service=service,
        kind=kind,
        number=number,
        language="en",
        as_of=NOVEMBER,
        template_version="1",
        content={},
        issued_at=at,
        state=state,
        made_at=at if state == Document.State.READY else None,
    )
    if state == Document.State.READY:
        DocumentFile.objects.create(document=plan, pdf=page_one, page_one=page_one, sha256="0" * 64, pages=1)
    return plan


def a_review(service, starts_at="2026-12-01 13:00", **fields) -> Review:
    return Review.objects.create(service=service, starts_at=oslo(starts_at), **fields)
