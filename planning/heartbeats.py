"""Whether clock, worker and sender still run, by the moments at which each last said so. Pure: moments in, moments out.

Three hearts, each with a limit of its own, as each falls silent for a reason of its own:

* `beat`, the scheduler: it rang the tick;
* `worker`: it went through a tick;
* `sender`: what was due to be sent had been tried. It beats in quiet times, too, when there was nothing to send, so a
  weekend without mail is no standstill.

`MESSAGES` is none of them: all may run while a mail server takes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

BEAT, WORKER, SENDER = "beat", "worker", "sender"
MESSAGES = "messages"
# The tick comes each minute; a day and a bit is what a leader may be left in the dark about mail.
# Sources: quality point L08 (last tick < 3 min), and 26 hours for messages.
LIMITS = {BEAT: timedelta(minutes=3), WORKER: timedelta(minutes=3), SENDER: timedelta(hours=26)}
CLOCKS_DIFFER = timedelta(minutes=2)  # between the machines of an installation


@dataclass(frozen=True)
class Moments:
    """What is known of the hearts at some moment; None, or no key, for what was never heard of."""

    heard: Mapping[str, datetime | None] = field(default_factory=dict)
    handed_over: datetime | None = None  # when a mail server last took a message
    refused: datetime | None = None  # since when the message has waited that was tried in vain for the longest time


def is_standing_still(name: str, last: datetime | None, *, at: datetime) -> bool:
    """Whether a heart was not heard of within its limit; one that was never heard of stands still.

    A moment still to come proves nothing: it was written before a clock was put right.
    """
    return last is None or not at - LIMITS[name] <= last <= at + CLOCKS_DIFFER


def standing_still(moments: Moments, *, at: datetime, long_ago: datetime | None = None) -> dict[str, datetime | None]:
    """What stands still, and since when; None where nobody can say: never heard of, or only in time to come.

    `long_ago` is before when mail must have been refused to count, where there were days on which none leaves.
    """
    found = {
        name: last if last is not None and last <= at else None
        for name in LIMITS
        if is_standing_still(name, last := moments.heard.get(name), at=at)
    }
    since = silent_since(moments, at=at, long_ago=long_ago)
    return found if since is None else {**found, MESSAGES: since}


def silent_since(moments: Moments, *, at: datetime, long_ago: datetime | None = None) -> datetime | None:
    """Since when no messages have gone out though they should have; None while all is well, or nobody can say.

    One address that refuses for a day is no standstill while other mail goes out.
    """
    sender, handed_over, refused = moments.heard.get(SENDER), moments.handed_over, moments.refused
    if sender is not None and sender < at - LIMITS[SENDER]:
        return sender
    long_ago = long_ago or at - LIMITS[SENDER]
    if refused is None or refused >= long_ago:
        return None
    if handed_over is None:
        return refused
    return None if handed_over >= long_ago else max(refused, handed_over)
