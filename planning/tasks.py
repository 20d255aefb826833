"""What the worker does when it is rung. The rows are the requests; a bell that is lost or doubled does no harm.

Each task takes ids, loads and makes one call. Words it does not know are ignored, so that a message
of an older or newer version still rings.
"""

import logging
from functools import partial

from celery import current_app, shared_task
from celery.signals import after_task_publish
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from accounts import phones, sessions
from accounts.submissions import forget_submissions
from assessments import waves
from planning import heartbeats, mailing, reminders, reviews, standstill, steps
from planning.documents import making
from planning.models import Document, Message

logger = logging.getLogger(__name__)

# Somebody waits for the page while this bell is rung: one short try, on a connection of its own.
BELL_PATIENCE = {"socket_connect_timeout": 0.4, "socket_timeout": 0.4, "max_retries": 0}
BELL_LASTS = 55  # seconds; the next tick rings again, so bells never pile up behind a slow mail server


@shared_task
def send_message(*, message_pk: int, **_unknown):
    """Send one message of the ledger, unless somebody else has."""
    if mailing.send(message_pk, at=timezone.now()) == Message.State.HANDED_OVER:
        standstill.note_handed_over(timezone.now())


@shared_task
def make_document(*, document_id: int, **_unknown):
    """Make the document of one plan, unless somebody else has or is at it."""
    making.make(document_id, at=timezone.now())  # its readers hear of it when ten minutes have passed, from a tick


@shared_task
def make_plan(*, plan_id: int, **_unknown):
    """What `make_document` was called while there were plans alone: a deploy may find such a message in the queue."""
    make_document(document_id=plan_id)


def to_do() -> tuple[steps.Step, ...]:
    """What is due at a moment, whoever rings: the tick, or `run_due` where there is no worker."""
    return (reviews.keep_ahead, waves.close_due, reminders.plan_due, mailing.expire, mailing.mark_uncertain)


def to_forget() -> tuple[steps.Step, ...]:
    """What is done away with when its time is over; it cannot be brought back, so it goes by the real clock alone."""
    return (waves.forget_addresses, forget_submissions, sessions.forget_ended, phones.forget_expired)


@shared_task
def tick(**_unknown):
    """Each minute: do and plan what is due, and ring for all that waits, also where a bell was lost."""
    at = timezone.now()
    steps.each((*to_do(), ring_plans, ring_messages, *to_forget()), at)
    standstill.note_tick(at)
    standstill.watch.tell(standstill.standing_still(standstill.read(), at=at))


@after_task_publish.connect(sender=tick.name)
def note_ringing(**_told) -> None:
    """The scheduler has rung the tick: in its process, which must go on ringing whatever becomes of this."""
    try:
        if not connection.in_atomic_block:
            close_old_connections()  # nobody else does it there, and the database may have been started anew
        standstill.beat(heartbeats.BEAT, at=timezone.now())
    except Exception as trouble:
        logger.warning("The scheduler's heartbeat could not be written: %s", trouble)


def ring_messages(at) -> int:
    """Ring for every message whose moment has come; returns how many."""
    keys = mailing.due(at)
    for key in keys:
        send_message.apply_async(kwargs={"message_pk": key}, expires=BELL_LASTS)
    return len(keys)


def ring_plans(at) -> int:
    """Ring for every plan whose bell was lost or whose worker died; returns how many."""
    keys = making.sweep(at)
    for key in keys:
        make_document.apply_async(kwargs={"document_id": key}, expires=BELL_LASTS)
    return len(keys)


def ring_for(plan: Document) -> None:
    """Ring for one plan once the transaction it was written in is committed.

    A broker that is down neither fails nor delays whoever asked for the plan: the sweep rings again.
    """
    transaction.on_commit(partial(_ring, plan.pk))


def _ring(document_id: int) -> None:
    try:
        with current_app.connection_for_write(transport_options=BELL_PATIENCE) as link:
            make_document.apply_async(kwargs={"document_id": document_id}, connection=link)
    except Exception as trouble:  # kombu hands on whatever the transport raises
        logger.warning("The bell for plan %s could not be rung; the sweep does it: %s", document_id, trouble)
