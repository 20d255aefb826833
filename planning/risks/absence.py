"""What the absence of a record means, and how long ago something is while the practice rests and goes on.

A list without records is *absent*: nobody knows. It is *confirmed empty* when somebody said on a day that there is
nothing to record in it; that counts as long as no record of the list is as new.
"""

from datetime import date, timedelta

from .months import older_than
from .snapshot import ListName, Snapshot

FIRST_DAYS = 60  # days after joining in which what a leader is to write is unknown and not yet missing
CONFIRMED_MONTHS = 12  # how long it counts that a list was said to be empty, where that is good or no matter

_GOES_ON = ("continue", "expand", "adapt")  # decisions after which a practice that was stopped does not rest


def joined(snapshot: Snapshot) -> date | None:
    """The day the service began with the product; none for one that was only described, never run in it."""
    return None if snapshot.described else snapshot.joined_on


def counted_from(snapshot: Snapshot, last: date | None) -> date | None:
    """From when "nothing for N days" counts: the later of the last such record and the day of joining.

    None when there is neither: then nothing can be said of how long it has been. How long it has been
    is for `clock` to say.
    """
    return max((day for day in (last, joined(snapshot)) if day is not None), default=None)


def first_days_are_over(snapshot: Snapshot) -> bool:
    """Whether what a leader is expected to write (vision, goals, time, review schedule) counts as missing.

    For a service that was only described, or of which nobody says when it joined, the first days never end.
    While the practice rests they do not go by.
    """
    day = joined(snapshot)
    return day is not None and days_since(snapshot, day) >= FIRST_DAYS


def resting(snapshot: Snapshot) -> bool:
    """Whether the practice rests on the snapshot's day: it is paused, or it was decided to stop.

    On the day of a pause or of the decision it rests already, on the day of the restart no longer.
    """
    return any(began <= snapshot.as_of < ended for began, ended in rests(snapshot))


def clock(snapshot: Snapshot, since: date) -> date:
    """The day against which the age of something of the day `since` is measured: `as_of` less the days of rest.

    A service's clocks stand still while it is paused, and after a decision to stop; with the restart they go on
    where they stood, because a restart is not a new service. Days on which it rested for two reasons count once.
    Never earlier than `since`, unless that lies ahead: then it is `as_of`. For how long ago something was; a date
    ahead is measured from `as_of`.
    """
    days, reached = 0, since
    for began, ended in sorted(rests(snapshot)):
        first, last = max(began, reached), min(ended, snapshot.as_of)
        if first < last:
            days += (last - first).days
            reached = last
    return snapshot.as_of - timedelta(days=days)


def days_since(snapshot: Snapshot, day: date) -> int:
    """How many days ago it was, without those on which the practice rested; less than nought when it lies ahead."""
    return (clock(snapshot, day) - day).days


def reached(snapshot: Snapshot, since: date, days: int) -> date:
    """The first day on which `since` is that many days ago, as `clock` counts, and the practice does not rest.

    `date.max` while it rests without an end.
    """
    day, counted = since + timedelta(days=days), since
    for began, ended in sorted(rests(snapshot)):
        first = max(began, counted)
        if first > day:
            break
        if first < ended:
            if ended == date.max:
                return date.max
            day += ended - first
            counted = ended
    return day


def confirmed_empty(snapshot: Snapshot, name: ListName, last: date | None) -> date | None:
    """Since when the list is known to be empty: the first day after `last` on which somebody said so.

    `last` is the day of the list's last record, None when there is none; a record of the same day counts
    against it. None when nobody said so. For lists whose emptiness is bad: the rule speaks at once, first
    days or not, and goes on speaking until there is a record.
    """
    return min(_confirmed(snapshot, name, last), default=None)


def confirmed_empty_lately(snapshot: Snapshot, name: ListName, last: date | None) -> date | None:
    """The latest day after `last` on which somebody said that the list is empty, at most 12 months ago.

    For lists whose emptiness is good or no matter: that nothing had changed once says nothing of today.
    """
    day = max(_confirmed(snapshot, name, last), default=None)
    if day is None or older_than(day, CONFIRMED_MONTHS, on=clock(snapshot, day)):
        return None
    return day


def _confirmed(snapshot: Snapshot, name: ListName, last: date | None) -> list[date]:
    return [one.on for one in snapshot.confirmed_empty if one.list == name and (last is None or one.on > last)]


def rests(snapshot: Snapshot) -> list[tuple[date, date]]:
    """The times of rest, from their first day to the day they ended; `date.max` while they last.

    A decision to stop holds until a later one to continue, expand or adapt, or until a restart after its day. Of two
    decisions of one day the one with the higher number is the later.
    """
    pauses = [(one.paused_on, one.restarted_on or date.max) for one in snapshot.pauses]
    stops = [one for one in snapshot.decisions if one.kind == "stop"]
    restarts = [one.restarted_on for one in snapshot.pauses if one.restarted_on is not None]
    for stop in stops:
        ends = [
            one.decided_on
            for one in snapshot.decisions
            if one.kind in _GOES_ON and (one.decided_on, one.number) > (stop.decided_on, stop.number)
        ]
        ends += [day for day in restarts if day > stop.decided_on]
        pauses.append((stop.decided_on, min(ends, default=date.max)))
    return pauses
