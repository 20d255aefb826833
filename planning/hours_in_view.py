"""Time in one view: the hours IMR needs, those promised, those kept, those displaced; a week, for the service.

Kept and displaced hours are of the latest weeks whose hours the reader may know (`planning.weeks` says which): the
totals that everybody knows, and in a small team those that every practitioner agreed to show. Displaced is what was set
aside in those weeks less what was kept; never the sum of the hours that people wrote in single conflicts, which could
be one person's (docs/decisions/0012). What is not known is None, with the reason.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from accounts.models import Member
from planning import conflict_weeks, needs, weeks
from planning.conflict_weeks import ConflictWeek
from planning.risks.snapshot import Snapshot, Week
from planning.risks.weeks import Weeks, last_full_weeks
from planning.snapshots import take_snapshot

LOOKED_AT = 8  # full weeks back
SHOWN = 4  # of those whose hours may be known, the latest

WhyUnknown = Literal["no_weeks", "too_few", "few_hold_hours", "nothing_set_aside"]


@dataclass(frozen=True)
class Range:
    """The hours a week that are needed, in the three cases."""

    low: Fraction
    typical: Fraction
    high: Fraction


@dataclass(frozen=True)
class HoursInView:
    """The four figures, each in hours a week, and what they rest on."""

    need: Range | None
    promised: Fraction  # set aside today, for people who are there to use it
    weeks: tuple[Week, ...] = ()  # that kept and displaced rest on, the oldest first
    agreed: bool = False  # some of these are told because every practitioner agreed
    why_unknown: WhyUnknown | None = None
    logging: bool = False  # whether conflicts can be logged
    reasons: tuple[tuple[str, int], ...] = ()  # conflicts logged in these weeks by code of their reason, most first

    @property
    def set_aside_then(self) -> Fraction | None:
        """Hours set aside in the weeks that are known."""
        return self._mean(one.set_aside for one in self.weeks)

    @property
    def kept(self) -> Fraction | None:
        """Of these the hours kept."""
        return self._mean(one.kept for one in self.weeks)

    @property
    def displaced(self) -> Fraction | None:
        """Of these the hours not kept."""
        return None if self.kept is None else self.set_aside_then - self.kept

    def _mean(self, hours: Iterable[Decimal]) -> Fraction | None:
        return sum(map(Fraction, hours), Fraction()) / len(self.weeks) if self.weeks else None


def hours_in_view(reader: Member, on: date) -> HoursInView:
    """What a member may know of the hours of their service on that day."""
    service = reader.service
    snapshot = take_snapshot(service, on)
    agreed = weeks.agreed_weeks(reader, last=LOOKED_AT, on=on)
    conflicts = conflict_weeks.released_weeks([service], on, days=(LOOKED_AT + 1) * weeks.WEEK.days)[service.pk]
    return in_view(snapshot, agreed=agreed, conflicts=conflicts)


def in_view(
    snapshot: Snapshot, *, agreed: tuple[Week, ...] = (), conflicts: Iterable[ConflictWeek] = ()
) -> HoursInView:
    """The same from what is known: released totals, weeks that everybody agreed to show, released conflicts."""
    hours = needs.hours_of(snapshot)
    looked_at = last_full_weeks(snapshot, LOOKED_AT)
    told = [one for one in looked_at.counted if one.set_aside]
    shown = tuple(sorted([*told, *agreed], key=lambda one: one.week)[-SHOWN:])
    mondays = {one.week + weeks.WEEK for one in shown}  # on which these weeks' conflicts became known
    reasons = sum((week.reasons for week in conflicts if week.released_on in mondays), Counter[str]())
    return HoursInView(
        need=hours.need and Range(hours.need.low.week, hours.need.typical.week, hours.need.high.week),
        promised=hours.together,
        weeks=shown,
        agreed=any(one in agreed for one in shown),
        why_unknown=None if shown else why_unknown(looked_at, set_aside=bool(hours.together)),
        logging=snapshot.logging_since is not None,
        reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
    )


def why_unknown(looked_at: Weeks, *, set_aside: bool) -> WhyUnknown:
    """Why no week tells the hours kept."""
    if not set_aside:
        return "nothing_set_aside"
    if looked_at.counted:
        return "few_hold_hours"
    return "too_few" if looked_at.too_few else "no_weeks"
