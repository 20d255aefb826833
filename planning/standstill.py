"""The hearts of an installation: written by those who work, looked at by those who pass by.

What is late, and since when, is told by the pure rule in `planning.heartbeats`. Here its moments are kept and read.
Whoever looks tells the log as well, so that the operator hears of it even where the process that should work is gone:
every page of a service looks, and so do the health page and the tick.
"""

import logging
import socket
import time
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Exists
from django.db.models.functions import Coalesce

from accounts.access import FETCHED_WITH_MEMBERSHIP
from accounts.models import Member
from planning import addresses, heartbeats, ledger, mailing
from planning.heartbeats import LIMITS, MESSAGES, SENDER, WORKER, Moments
from planning.models import Document, Heartbeat, Message

logger = logging.getLogger(__name__)

LATE = timedelta(minutes=5)  # a document or message that has waited longer is not being worked on (quality point L08)
LOOK_EVERY = 60  # seconds
# Of one message. The seventh try comes more than ten hours after the first (`mailing.WAITS`), so not on the same day:
# by then it is no trouble that passes. Since when it was tried nobody wrote down.
TRIES_IN_VAIN = 7


# Written


def beat(*names: str, at: datetime, detail: str = "") -> None:
    """Say that these run; one statement, however many."""
    detail = detail or socket.gethostname()[:100]
    rows = [Heartbeat(name=name, at=at, detail=detail) for name in names]
    Heartbeat.objects.bulk_create(rows, update_conflicts=True, unique_fields=["name"], update_fields=["at", "detail"])


def note_tick(at: datetime, *, others: tuple[str, ...] = (), detail: str = "") -> None:
    """A worker went through a tick. The sender beats with it unless something due has lain untouched for minutes."""
    names = [*others, WORKER] if mailing.due(at - LATE) else [*others, WORKER, SENDER]
    beat(*names, at=at, detail=detail)


def note_handed_over(at: datetime) -> None:
    """Somebody took a message: the mail server, or the folder of one's own machine."""
    Heartbeat.objects.filter(name=SENDER).update(handed_over_at=at)


# Read


def read(*, look_for_refused: bool = True) -> Moments:
    """What is known of the hearts now; one query less where it is known that nothing was tried in vain."""
    rows = {row.name: row for row in Heartbeat.objects.all()}
    return Moments(
        heard={name: row.at for name, row in rows.items()},
        handed_over=rows[SENDER].handed_over_at if SENDER in rows else None,
        refused=_refused_messages().values_list("created_at", flat=True).first() if look_for_refused else None,
    )


def _tried_in_vain():
    return Message.objects.filter(state=Message.State.PLANNED, attempts__gte=TRIES_IN_VAIN, by_hand=False)


def _refused_messages():
    """Messages that were tried in vain for a day and wait to be tried again, the oldest first.

    Not those that wait for something else: for a person who had it sent again, or for an address that works.
    """
    trouble = addresses.troubles()
    rows = _tried_in_vain().exclude(recipient__user__in=trouble.values("user"))
    return rows.exclude(invitation__email__in=trouble.values("user__email")).order_by("created_at")


def standing_still(moments: Moments, *, at: datetime) -> dict[str, datetime | None]:
    """What stands still, and since when; days on which no mail leaves do not count as silence."""
    return heartbeats.standing_still(moments, at=at, long_ago=ledger.ago_on_working_days(LIMITS[SENDER], at=at))


def waits_too_long(at: datetime) -> bool:
    """Whether a document or a message has waited for minutes without anybody beginning with it."""
    queued = Document.objects.filter(state=Document.State.QUEUED).alias(since=Coalesce("started_at", "issued_at"))
    return queued.filter(since__lt=at - LATE).exists() or bool(mailing.due(at - LATE))


# On every page of a service

# Found with the membership: to ask of each message whose it is would cost every page more than all the rest of this.
FETCHED_WITH_MEMBERSHIP["tried_in_vain"] = lambda _on: Exists(_tried_in_vain())


def as_known_to(member: Member, *, at: datetime) -> dict[str, datetime]:
    """What stands still and since when, for a member who came with the membership's query: `worker`, `messages`."""
    still = standing_still(read(look_for_refused=member.tried_in_vain), at=at)
    watch.tell(still)
    return {name: since for name in (WORKER, MESSAGES) if (since := still.get(name))}


# Told to the operator


class Watch:
    """What one process has told the log already: one standstill is one line of it.

    Nothing is told in the first minute of a process: all of them may have just been started.
    """

    def __init__(self):
        self.looked = time.monotonic()
        self.told: dict[str, datetime] = {}

    def tell(self, still: Mapping[str, datetime | None]) -> None:
        """Tell what stands still and since when, at most once a minute."""
        if time.monotonic() - self.looked < LOOK_EVERY:
            return
        self.looked = time.monotonic()
        for name, since in sorted(still.items()):
            if since is None or self.told.get(name) == since or (name == MESSAGES and SENDER in still):
                continue  # since when is not known, told before, or told of its cause
            self.told[name] = since
            logger.error("Standstill: nothing was heard of %s since %s", name, since.isoformat(timespec="seconds"))


watch = Watch()
