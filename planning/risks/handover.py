"""Who of those who carry the practice changed lately, and whether those who took over were prepared for it.

The parts of `published.hands_lost`, which says why.
"""

from dataclasses import dataclass
from datetime import date

from .absence import clock
from .months import older_than
from .people import active_practitioners, has_stopped, in_role
from .snapshot import Person, Snapshot

HANDS_MONTHS = 12
HANDS_SHARE_PARTS = 3  # one in so many practitioners


@dataclass(frozen=True)
class Change:
    """One change: who went, or the new leader nobody was recorded to make way for; and if it was prepared."""

    person: Person
    on: date
    prepared: bool


@dataclass(frozen=True)
class Turnover:
    """Practitioners who went within the 12 months, and how many others were there before.

    `known`: were there before for certain. `undated`: active, and nobody recorded since when.
    """

    gone: tuple[Change, ...]
    known: int
    undated: int

    @property
    def total(self) -> int:
        """Those who went and those who stayed."""
        return len(self.gone) + self.known + self.undated

    @property
    def counts(self) -> bool:
        """Whether a third went, also if everybody whose beginning is not recorded was there before."""
        return self._is_a_share_of(self.known + self.undated)

    @property
    def may_count(self) -> bool:
        """Whether a third went, if nobody whose beginning is not recorded was there before."""
        return self._is_a_share_of(self.known)

    def _is_a_share_of(self, others: int) -> bool:
        return bool(self.gone) and HANDS_SHARE_PARTS * len(self.gone) >= len(self.gone) + others


def lately(snapshot: Snapshot, day: date) -> bool:
    """Whether it was within the last 12 months; on the very day a year later it still is."""
    return not older_than(day, HANDS_MONTHS, on=clock(snapshot, day))


def leader_changes(snapshot: Snapshot) -> list[Change]:
    """Leaders who left, and new leaders who do not follow one of these.

    The leader that a service began with is not a new one. Where nobody is named to follow a leader who left, a new
    leader whom nobody named does.
    """
    leaders = in_role(snapshot, "leader")
    left = [(one, day) for one in leaders if (day := _left_on(snapshot, one)) is not None and lately(snapshot, day)]
    named = {one.successor for one, _ in left}
    came = [
        (one, day)
        for one in leaders
        if one.present(snapshot.as_of) and one.number not in named
        if (day := one.started_on) is not None and lately(snapshot, day)
        if snapshot.started_on is not None and snapshot.started_on < day
    ]
    unnamed = [one for one, _ in came]
    changes = [
        Change(one, day, _prepared(unnamed if one.successor is None else _successors(snapshot, one)))
        for one, day in left
    ]
    if None in named:  # then the new ones follow those
        return changes
    return changes + [Change(one, day, _prepared([one])) for one, day in came]


def supervisor_changes(snapshot: Snapshot) -> list[Change]:
    """Those who gave supervision and left; a leader who did is counted as the leader."""
    return [
        Change(one, day, _prepared(_successors(snapshot, one)))
        for one in snapshot.people
        if one.supervises and one.role != "leader"
        if (day := _left_on(snapshot, one)) is not None and lately(snapshot, day)
    ]


def turnover(snapshot: Snapshot) -> Turnover:
    """Practitioners who left or stopped, beside those who stayed."""
    went = [
        (one, day)
        for one in in_role(snapshot, "practitioner")
        if (day := _went_on(snapshot, one)) is not None and lately(snapshot, day)
    ]
    starts = [one.started_on for one in active_practitioners(snapshot)]
    return Turnover(
        gone=tuple(Change(one, day, _prepared(_successors(snapshot, one))) for one, day in went),
        known=sum(day is not None and not lately(snapshot, day) for day in starts),
        undated=starts.count(None),
    )


def all_stayed_since(snapshot: Snapshot) -> date | None:
    """The day the newest of the leaders and active practitioners began, if all began over 12 months ago.

    None when one of them is newer, when a beginning is not recorded, and without a leader or a practitioner.
    """
    leaders = [one for one in in_role(snapshot, "leader") if one.present(snapshot.as_of)]
    practitioners = active_practitioners(snapshot)
    days = [one.started_on for one in (*leaders, *practitioners) if one.started_on is not None]
    complete = leaders and practitioners and len(days) == len(leaders) + len(practitioners)
    if not complete or any(lately(snapshot, day) for day in days):
        return None
    return max(days)


def _left_on(snapshot: Snapshot, one: Person) -> date | None:
    return None if one.present(snapshot.as_of) else one.leaves_on


def _went_on(snapshot: Snapshot, one: Person) -> date | None:
    """The day on which a practitioner left or stopped, whichever came first."""
    days = [_left_on(snapshot, one), one.stopped_on if has_stopped(one, snapshot.as_of) else None]
    return min((day for day in days if day is not None), default=None)


def _successors(snapshot: Snapshot, one: Person) -> list[Person]:
    return [other for other in snapshot.people if other.number == one.successor]


def _prepared(successors: list[Person]) -> bool:
    """Whether there is somebody to take over, and everybody who does is trained or was handed over to."""
    return bool(successors) and all(one.trained_on is not None or one.handed_over_on is not None for one in successors)
