"""What the worker does when it is rung. The rows are the requests; a bell that is lost or doubled does no harm.

Each task takes ids, loads and makes one call. Words it does not know are ignored, so that a message
of an older or newer version still rings.
"""

import logging

from celery import shared_task
from django.utils import timezone

from planning import mailing, reminders

logger = logging.getLogger(__name__)

BELL_LASTS = 55  # seconds; the next tick rings again, so bells never pile up behind a slow mail server


@shared_task
def send_message(*, message_pk: int, **_unknown):
    """Send one message of the ledger, unless somebody else has."""
    mailing.send(message_pk, at=timezone.now())


@shared_task
def tick(**_unknown):
    """Each minute: plan the mail that is due and ring for all that waits, also where a bell was lost."""
    at = timezone.now()
    for step in (reminders.plan_due, mailing.expire, mailing.mark_uncertain, ring_messages):
        try:
            step(at)
        except Exception:  # one step in trouble must not silence the others; the next tick tries it again
            logger.exception("A step of the tick failed: %s", step.__name__)


def ring_messages(at) -> int:
    """Ring for every message whose moment has come; returns how many."""
    keys = mailing.due(at)
    for key in keys:
        send_message.apply_async(kwargs={"message_pk": key}, expires=BELL_LASTS)
    return len(keys)
