"""The checks of the background work, for the health page (quality point L08). Each is empty when all is well."""

from datetime import datetime

from planning import standstill
from planning.heartbeats import BEAT, MESSAGES, SENDER, WORKER


def jobs(at: datetime) -> str:
    """Whether a document or a message has waited for five minutes without anybody beginning with it."""
    return "one has waited for more than 5 minutes" if standstill.waits_too_long(at) else ""


def tick(at: datetime) -> str:
    """Whether scheduler and worker were heard of within three minutes."""
    still = _still(at)
    return "; ".join(_said(name, still[name]) for name in (BEAT, WORKER) if name in still)


def sending(at: datetime) -> str:
    """Whether what was due to be sent was tried, and taken, within a day and a bit. Silence before the first beat."""
    still = _still(at)
    return "; ".join(_said(name, since) for name in (SENDER, MESSAGES) if (since := still.get(name)))


def _still(at: datetime) -> dict[str, datetime | None]:
    """What stands still; whoever asks tells the log as well."""
    still = standstill.standing_still(standstill.read(), at=at)
    standstill.watch.tell(still)
    return still


def _said(name: str, since: datetime | None) -> str:
    return f"{name}: nothing since {since.isoformat(timespec='seconds')}" if since else f"{name}: not heard of yet"
