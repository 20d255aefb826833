"""Whether the leader follows the practice up: what the record shows of it, and what staff say.

The two halves of `leadership.passive_support`, which says why and from which limits.
"""

from datetime import date
from decimal import Decimal

from .absence import counted_from, days_since
from .answer import Status
from .combining import reported_to_help
from .finding import Finding, measured, unknown
from .leadership_ratings import by_staff, range_of, silence, stated
from .snapshot import Snapshot

PASSIVE_DAYS = 60
PASSIVE_WAITING_DAYS = 7


def by_acts(snapshot: Snapshot) -> Finding:
    """What conflicts, reviews and actions show of the leader; its severity is how many things wait."""
    acts = {
        "answered": [one.answered_on for one in snapshot.conflicts if one.answered_on],
        "held": [one.held_on for one in snapshot.reviews],
        "moved": list(snapshot.leader_moved_on),
    }
    lately = {name: [day for day in days if days_since(snapshot, day) < PASSIVE_DAYS] for name, days in acts.items()}
    waiting = _waiting(snapshot)
    severity = Decimal(sum(waiting.values()))
    if any(lately.values()):
        first = min(day for days in lately.values() for day in days)
        counts = {name: len(days) for name, days in lately.items()}
        piece = measured("leader_acts", Status.CLEAR, on=first, days=PASSIVE_DAYS, **counts)
        return Finding(Status.CLEAR, (piece,), severity=severity)
    since = counted_from(snapshot, max((day for days in acts.values() for day in days), default=None))
    if since is None or days_since(snapshot, since) < PASSIVE_DAYS:
        return unknown()
    if not severity:
        return unknown(measured("nothing_waits_for_leader", Status.UNKNOWN, on=since, idle_since=since))
    piece = measured("no_leader_act", Status.FLAGGED, on=since, idle_since=since, **waiting)
    return Finding(Status.FLAGGED, (piece,), severity=severity)


def _waiting(snapshot: Snapshot) -> dict[str, int]:
    """What a leader could have answered, held or moved, by kind, each having waited for a while."""
    last_held = max((one.held_on for one in snapshot.reviews), default=date.min)
    since = {
        "conflicts": [one.released_on for one in snapshot.conflicts if one.answered_on is None],
        "reviews": [day for day in snapshot.review_due_on if day > last_held],
        "actions": [one.opened_on for one in snapshot.actions if one.closed_on is None],
    }
    return {
        name: sum(days_since(snapshot, day) >= PASSIVE_WAITING_DAYS for day in days) for name, days in since.items()
    }


PASSIVE_SUPPORTIVE_RATING = Decimal("2.5")
PASSIVE_RATING = Decimal("2.0")


def by_ratings(snapshot: Snapshot) -> Finding:
    """What staff say of the leader whose support is not in doubt; its severity is how many of the two are too low."""
    rating = by_staff(snapshot)
    silent = silence(snapshot, rating)
    if silent:
        return silent
    under = [range_of(rating, name).is_under(PASSIVE_RATING) for name in ("proactive", "perseverant")]
    low = under.count(True)
    backed = range_of(rating, "supportive").is_under(PASSIVE_SUPPORTIVE_RATING) is False
    helped_on = reported_to_help(snapshot, "leader-unconvinced")
    if low and (backed or helped_on):
        status = Status.FLAGGED
    elif backed and under == [False, False]:
        status = Status.CLEAR
    else:
        status = Status.UNKNOWN
    piece = measured(
        "engagement_rated",
        status,
        on=rating.rated_on,
        **stated(rating, supportive="supportive", proactive="proactive", perseverant="perseverant"),
        answers=rating.answers,
        rated_on=rating.rated_on,
    )
    if status is Status.UNKNOWN:
        return unknown(piece)
    evidence = [piece]
    if helped_on and not backed:
        evidence.append(measured("support_reported", status, reported_on=helped_on))
    return Finding(status, tuple(evidence), severity=Decimal(low))
