"""Documents made: laid out, stored, tried again.

The row is the request: it is written in the transaction of issuing, and a message to the queue is only
a bell. `make` may run any number of times and in several processes at once. An attempt is counted
before its work starts, by one conditional UPDATE; the document is made outside of any transaction; and
what came of it is written only if the row still belongs to that attempt. So a worker that is killed
leaves no half document, and `sweep` has its work done again.
"""

import logging
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts import audit
from accounts.models import Member
from planning import reminders
from planning.documents import memory
from planning.documents.kinds import KINDS
from planning.documents.pages import Made
from planning.models import Document, DocumentFile

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
UNHEARD_AFTER = timedelta(minutes=2)  # a document that waits longer is rung for again
# No attempt runs longer than the hard limit of a task; the rest is for clocks that differ.
STUCK_AFTER = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 10)


class NotFailed(Exception):
    """Only a document that has failed, or whose making was cancelled, can be tried again."""


class NotWaiting(Exception):
    """Only the making of a document that waits or is being made can be cancelled."""


def make(document_id: int, *, at: datetime) -> bool:
    """Make the file of a document that waits for it; True when this call made it.

    False also when there is nothing to do: it is made, being made, given up, cancelled, or no longer there.
    """
    waits = Q(state=Document.State.QUEUED) | Q(state=Document.State.MAKING, started_at__lt=at - STUCK_AFTER)
    claimed = Document.objects.filter(waits, pk=document_id, attempts__lt=MAX_ATTEMPTS).update(
        state=Document.State.MAKING, attempts=F("attempts") + 1, started_at=at, step=Document.Step.LAYING_OUT
    )
    if not claimed:
        return False
    document = Document.objects.get(pk=document_id)
    try:
        return _store(document, make_file(document))
    except _NoLongerOurs:
        logger.info("Document %s was cancelled while it was being made.", document_id)
        return False
    except Exception:  # whatever it is, the row must say so; a worker's time limit is an exception, too
        _note_failure(document)
        return False


@transaction.atomic
def _store(document: Document, made: Made) -> bool:
    """Keep the file and plan the news of it, if the attempt still counts; whether it did."""
    if not _still_ours(document).update(state=Document.State.READY, made_at=timezone.now(), step=""):
        logger.warning("Document %s was finished by an attempt that no longer counts.", document.pk)
        return False
    DocumentFile.objects.create(
        document=document, pdf=made.pdf, page_one=made.page_one, sha256=made.sha256, pages=made.pages
    )
    if document.is_plan:
        reminders.plan_ready(document)
    elif document.kind == Document.Kind.MEMO:
        reminders.memo_ready(document)
    return True


def make_file(document: Document) -> Made:
    """Lay out and write what the document says, in the look it was issued in; the row tells how far it is."""
    with memory.bounded():
        return KINDS[document.kind].make(
            document.content, version=document.template_version, on_step=lambda step: _note_step(document, step)
        )


class _NoLongerOurs(Exception):
    """The row was cancelled or taken by another attempt, so nobody waits for this one."""


def _still_ours(document: Document):
    """The row, as long as the attempt that `document` was read in is the one that counts."""
    return Document.objects.filter(
        # The moment besides the count: a person who has it made again starts the count anew.
        pk=document.pk,
        state=Document.State.MAKING,
        attempts=document.attempts,
        started_at=document.started_at,
    )


def _note_step(document: Document, step: str) -> None:
    """Say how far the making is; stops it when nobody waits for it any more."""
    if not _still_ours(document).update(step=step):
        raise _NoLongerOurs


def _note_failure(document: Document) -> None:
    """Log what happened under a reference; give up after the last attempt, else leave it to the sweep."""
    reference = new_reference()
    logger.exception("Document %s: attempt %s failed, reference %s", document.pk, document.attempts, reference)
    if document.attempts >= MAX_ATTEMPTS:
        _still_ours(document).update(state=Document.State.FAILED, reference=reference, step="")
    else:
        _still_ours(document).update(state=Document.State.QUEUED, step="")


def new_reference() -> str:
    """Eight characters that a page shows and the log carries."""
    return secrets.token_hex(4)


def sweep(at: datetime) -> list[int]:
    """The documents to ring for again; those whose last attempt died are given up here.

    A worker that was killed cannot say that it failed, so this is told by the time that has passed.
    """
    stuck = Document.objects.filter(state=Document.State.MAKING, started_at__lt=at - STUCK_AFTER)
    for document in stuck.filter(attempts__gte=MAX_ATTEMPTS):
        reference = new_reference()
        if _still_ours(document).update(state=Document.State.FAILED, reference=reference, step=""):
            logger.error("Document %s: its last attempt never ended, reference %s", document.pk, reference)
    unheard = Document.objects.filter(state=Document.State.QUEUED, issued_at__lt=at - UNHEARD_AFTER)
    waiting = stuck.filter(attempts__lt=MAX_ATTEMPTS) | unheard
    return list(waiting.order_by("issued_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def try_again(document: Document, *, by: Member) -> Document:
    """Have a failed or cancelled document made after all; raises `NotFailed` when it is neither (any more)."""
    again = Document.objects.filter(pk=document.pk, state__in=[Document.State.FAILED, Document.State.CANCELLED]).update(
        state=Document.State.QUEUED,
        attempts=0,
        started_at=timezone.now(),
        reference="",
        step="",  # waits from now on
    )
    if not again:
        raise NotFailed
    audit.record(
        code=f"{document.kind}.retried", by=by.user, service=document.service, obj=document, number=document.number
    )
    document.refresh_from_db()
    return document


@transaction.atomic
def cancel(document: Document, *, by: Member) -> Document:
    """Stop the making of a document; raises `NotWaiting` when it is made, failed or cancelled already.

    An attempt that is under way notices at its next step and keeps nothing. What the document says stays.
    """
    stopped = Document.objects.waiting().filter(pk=document.pk).update(state=Document.State.CANCELLED, step="")
    if not stopped:
        raise NotWaiting
    audit.record(
        code=f"{document.kind}.cancelled", by=by.user, service=document.service, obj=document, number=document.number
    )
    document.refresh_from_db()
    return document
