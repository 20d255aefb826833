"""Entries of the log that wait for the leader's answer: since when, and when it is time to say so by mail.

Sources: quality points F14 and F17. The days run from the release: of an entry without a name the Monday after, of one
with a name the day from which the leader may know of it. They stand still while the practice rests. Totals that came
with a dossier cannot be answered, so nobody is reminded of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from planning import pauses
from planning.clock import monday_of
from planning.models import PriorityConflict
from planning.risks import absence
from planning.risks.leadership import UNANSWERED_FLAG_DAYS, UNANSWERED_WATCH_DAYS

STEPS = (UNANSWERED_WATCH_DAYS, UNANSWERED_FLAG_DAYS)  # days of waiting after which the leader is reminded
NEWS_LASTS = timedelta(days=7)  # for which a step that nobody was reminded of is caught up; then the next one has come


@dataclass(frozen=True, order=True)
class Step:
    """Entries that were released on one day have waited for 7 or for 14 days."""

    days: int
    released_on: date
    reached_on: date  # never a day on which the practice rests


def steps_due(*, on: date) -> dict[int, list[Step]]:
    """By service what was reached on that day or up to a week before, where the practice does not rest.

    Three queries at most, however many services there are.
    """
    found = PriorityConflict.objects.known_to_leaders(on - timedelta(days=min(STEPS))).unanswered()
    releases = set(found.values_list("service_id", "released_on"))
    if not releases:
        return {}
    clocks = pauses.clocks({service for service, _released_on in releases}, on=on)
    due: dict[int, list[Step]] = {}
    for service, released_on in sorted(releases):
        if absence.resting(clocks[service]):
            continue
        for days in STEPS:
            reached_on = absence.reached(clocks[service], released_on, days)
            if on - NEWS_LASTS < reached_on <= on:
                due.setdefault(service, []).append(Step(days, released_on, reached_on))
    return due


def period(steps: Iterable[Step]) -> str:
    """What a reminder is about: "waiting:7:20261116-20261118:14:20261109-20261109", the releases of each step.

    Whatever was released between the first and the last of them had reached that step as well.
    """
    releases: dict[int, list[date]] = {}
    for step in sorted(steps):
        releases.setdefault(step.days, []).append(step.released_on)
    parts = [f"{days}:{min(of_one):%Y%m%d}-{max(of_one):%Y%m%d}" for days, of_one in releases.items()]
    return ":".join(["waiting", *parts])


def releases_of(period: str) -> dict[int, tuple[date, date]]:
    """The first and the last release that a reminder is about, by the days of waiting."""
    parts = period.split(":")[1:]
    pairs = ((int(days), span.split("-")) for days, span in zip(parts[::2], parts[1::2], strict=True))
    return {days: (date.fromisoformat(first), date.fromisoformat(last)) for days, (first, last) in pairs}


def is_about(period: str, step: Step) -> bool:
    """Whether a reminder is about entries of that release at that step."""
    span = releases_of(period).get(step.days)
    return span is not None and span[0] <= step.released_on <= span[1]


def still_wait(service_pk: int, period: str) -> bool:
    """Whether of the entries that a reminder is about one is there and has no answer."""
    spans = Q()
    for span in releases_of(period).values():
        spans |= Q(released_on__range=span)
    return PriorityConflict.objects.unanswered().filter(spans, service=service_pk).exists()


def waiting(service_pk: int, *, on: date) -> tuple[int, date | None]:
    """How many entries have waited for a week or longer on that day, and the Monday of the week the first waits from.

    No more than the week: the day itself would tell that an entry carries a name.
    """
    clock = pauses.clocks([service_pk], on=on)[service_pk]
    released = PriorityConflict.objects.filter(service=service_pk).known_to_leaders(on).unanswered()
    days = [
        day
        for day in released.values_list("released_on", flat=True)
        if absence.days_since(clock, day) >= UNANSWERED_WATCH_DAYS
    ]
    return len(days), monday_of(min(days)) if days else None
