"""What displaces the practice, and what it displaces: counts over weeks, for the leader who can act on them.

Counted are entries with and without a name alike, from the Monday after the week in which they were logged; so no
count tells one of them from another. Days of the week are of entries that carry a name alone: their day is the
leader's to see. Nothing is counted by person, nothing is put in the order in which it came (quality points F14, F16).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from accounts.models import Member
from planning import conflict_weeks
from planning.clock import monday_of
from planning.conflict_weeks import ConflictWeek
from planning.conflicts import SeenConflict, list_for

WEEKS_OF_A_SPAN = 4
SPANS = 3
FEWEST_DAYS = 5  # below that many entries with a name, days of the week are chance


@dataclass(frozen=True)
class Span:
    """Four weeks whose entries are known: from the Monday of the first to the Sunday of the last."""

    first: date
    last: date


@dataclass(frozen=True)
class Line:
    """One reason, or one kind of displaced work: its code, how often in each span, and how often in all."""

    code: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """In all spans."""
        return sum(self.counts)


@dataclass(frozen=True)
class Patterns:
    """What the leader sees: the spans, the newest first, and the lines, the most frequent first."""

    spans: tuple[Span, ...]
    reasons: tuple[Line, ...]
    displaced: tuple[Line, ...]
    total: int
    answered: int
    said_what: int  # of how many entries what was displaced is known
    weekdays: tuple[int, ...]  # Monday to Sunday, of entries that carry a name; empty when those are too few
    named: int

    @property
    def unanswered(self) -> int:
        """Entries without any answer."""
        return self.total - self.answered


def spans_until(on: date) -> tuple[Span, ...]:
    """The last twelve weeks that are over on that day, four by four, the newest first."""
    length = timedelta(weeks=WEEKS_OF_A_SPAN)
    ends = [monday_of(on) - number * length for number in range(SPANS)]
    return tuple(Span(first=end - length, last=end - timedelta(days=1)) for end in ends)


def span_of(week: ConflictWeek, spans: tuple[Span, ...]) -> int | None:
    """The number of the span in which a week's entries were logged: the week before the Monday they were known."""
    logged = week.released_on - timedelta(days=1)
    return next((number for number, span in enumerate(spans) if span.first <= logged <= span.last), None)


def _lines(counters: list[Counter[str]]) -> tuple[Line, ...]:
    codes = {code for counter in counters for code in counter}
    lines = [Line(code, tuple(counter[code] for counter in counters)) for code in codes]
    return tuple(sorted(lines, key=lambda line: (-line.total, line.code)))


def patterns_of(weeks: Iterable[ConflictWeek], entries: Iterable[SeenConflict], *, on: date) -> Patterns:
    """The patterns of weeks that are known on that day; `entries` are what the leader may know, for the days alone."""
    spans = spans_until(on)
    reasons: list[Counter[str]] = [Counter() for _span in spans]
    displaced: list[Counter[str]] = [Counter() for _span in spans]
    answered = 0
    for week in weeks:
        number = span_of(week, spans)
        if number is not None:
            reasons[number] += week.reasons
            displaced[number] += week.displaced
            answered += len(week.answers)
    days = Counter(
        entry.happened_on.weekday()
        for entry in entries
        if entry.author and not entry.own and spans[-1].first <= entry.happened_on <= spans[0].last
    )
    return Patterns(
        spans=spans,
        reasons=_lines(reasons),
        displaced=_lines(displaced),
        total=sum(counter.total() for counter in reasons),
        answered=answered,
        said_what=sum(counter.total() for counter in displaced),
        weekdays=tuple(days[number] for number in range(7)) if days.total() >= FEWEST_DAYS else (),
        named=days.total(),
    )


def patterns_for(leader: Member, *, on: date) -> Patterns:
    """What displaced the practice in the leader's service in the last twelve weeks that are over."""
    service = leader.service
    return patterns_of(conflict_weeks.released_weeks([service], on)[service.pk], list_for(leader, on=on), on=on)
