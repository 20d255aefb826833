"""What the absence of a record means, and from which day it is counted."""

from datetime import date

from .snapshot import Snapshot

FIRST_DAYS = 60  # days after joining in which what a leader is to write is unknown and not yet missing


def joined(snapshot: Snapshot) -> date | None:
    """The day the service began with the product; none for one that was only described, never run in it."""
    return None if snapshot.described else snapshot.joined_on


def counted_from(snapshot: Snapshot, last: date | None) -> date | None:
    """From when "nothing for N days" counts: the later of the last such record and the day of joining.

    None when there is neither: then nothing can be said of how long it has been.
    """
    return max((day for day in (last, joined(snapshot)) if day is not None), default=None)


def first_days_are_over(snapshot: Snapshot) -> bool:
    """Whether what a leader is expected to write (vision, goals, time, review schedule) counts as missing.

    For a service that was only described, or of which nobody says when it joined, the first days never end.
    """
    day = joined(snapshot)
    return day is not None and (snapshot.as_of - day).days >= FIRST_DAYS
