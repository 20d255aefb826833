"""Mail of all services as whoever runs the installation sees it: figures, and what needs somebody.

No texts, no names, no addresses: services, kinds, states and the codes of mail servers, so that nothing shows here
that its recipient alone is to know of.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count

from accounts.models import User
from planning import addresses
from planning.models import Message

MOST_SHOWN = 200
CODES = re.compile(r"[2-5]\d\d(?:[ -][245]\.\d{1,3}\.\d{1,3}(?!\S))?")  # RFC 5321 4.2 and RFC 3463, as in "550 5.1.1"


@dataclass(frozen=True)
class Row:
    """One message that needs somebody, or waits though its moment has come."""

    number: int
    service: str
    kind: str
    state: str
    since: datetime
    why: str


@dataclass(frozen=True)
class Report:
    """How mail stands."""

    counts: dict[str, int]  # by state, in words
    stuck: tuple[Row, ...]  # failed or uncertain
    waiting: tuple[Row, ...]  # due, and not gone yet
    paused: int  # addresses that refuse mail


def is_operator(user: User) -> bool:
    """Whether the installation names the person as one of those who run it, by their confirmed address."""
    return user.email in settings.OPERATORS


def report(at: datetime) -> Report:
    """How mail stands at that moment, in all services."""
    rows = Message.objects.select_related("service").order_by("-created_at", "-pk")
    stuck = rows.filter(state__in=[Message.State.FAILED, Message.State.UNCERTAIN], expires_at__gt=at)
    states = dict(Message.objects.values_list("state").annotate(Count("pk")).order_by())
    return Report(
        counts={str(state.label): states.get(state.value, 0) for state in Message.State},
        stuck=tuple(map(_row, stuck[:MOST_SHOWN])),
        waiting=tuple(map(_row, rows.due(at)[:MOST_SHOWN])),
        paused=addresses.troubles().values("user").distinct().count(),
    )


def _row(message: Message) -> Row:
    # A reminder that its recipient alone is to know of shows as mail and no more.
    private = message.kind in Message.PRIVATE
    return Row(
        number=message.pk,
        service=message.service.key,
        kind="-" if private else message.get_kind_display(),
        state=message.get_state_display(),
        since=message.claimed_at or message.not_before,
        why=_why(message),
    )


def _why(message: Message) -> str:
    """Our own reason, the kind of failure, or the server's codes; its words may name the address or its person."""
    if message.trouble in Message.Reason.values or message.trouble.isidentifier():
        return message.why
    codes = CODES.match(message.trouble)
    return codes[0] if codes else ""
