"""Priority conflicts as weekly totals: what rules, plans and counts know of them.

Entries with and without a name count alike, from the Monday after the week in which they were logged; totals that
came with a dossier count beside them. Nothing here tells an entry from another of its week and reason.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F

from accounts.models import Service
from planning.clock import next_monday
from planning.models import Action, ConflictsOfWeek, PriorityConflict
from planning.risks import snapshot as frozen

ANSWERS_CLEAR = "crowded-out"  # the entry of the catalogue that an action which answers a conflict is to clear


@dataclass
class ConflictWeek:
    """The conflicts that became known on one Monday.

    `displaced`: what they displaced, of those that said it; of totals that came with a dossier that is not known.
    `answers`: (day, code of `ConflictAnswer.State`) of those that were answered by then or later, by day. An answer
    that was given before that Monday is dated by it: its real day would tell that the entry carried a name.
    """

    released_on: date
    reasons: Counter[str] = field(default_factory=Counter)
    answers: list[tuple[date, str]] = field(default_factory=list)
    displaced: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> int:
        """How many conflicts."""
        return self.reasons.total()


def everybody_from(conflict: PriorityConflict) -> date:
    """The Monday from which everybody may know of the entry who may know of any."""
    return next_monday(conflict.released_on) if conflict.named else conflict.released_on


def tells_a_name(action: Action, conflict: PriorityConflict) -> bool:
    """Whether a day that stands on an action lies before everybody may know of the entry it came from.

    Nothing can come of an entry without a name before that Monday: an action that was opened, due or done earlier tells
    that its entry carried one.
    """
    days = (action.opened_on, action.due_on, action.closed_on)
    return any(day is not None and day < everybody_from(conflict) for day in days)


def released_weeks(
    services: Iterable[Service], as_of: date, *, days: int | None = None
) -> dict[int, list[ConflictWeek]]:
    """The weeks with conflicts that are known on that day, by the services' primary keys, the oldest first.

    `days`: only those of the last so many days. Two queries, however many services there are.
    """
    pks = [service.pk for service in services]
    after = as_of - timedelta(days=days) if days is not None else date.min
    weeks: dict[int, dict[date, ConflictWeek]] = {pk: {} for pk in pks}

    def week_of(pk: int, released_on: date) -> ConflictWeek:
        return weeks[pk].setdefault(released_on, ConflictWeek(released_on))

    entries = (
        PriorityConflict.objects.known_to_everybody(as_of)
        .filter(service__in=pks)
        .annotate(answered_on=F("answer__answered_on"), answer_state=F("answer__state"))
        .only("service", "named", "released_on", "reason", "displaced")
    )
    for entry in entries:
        released_on = everybody_from(entry)
        if after < released_on:
            week = week_of(entry.service_id, released_on)
            week.reasons[entry.reason] += 1
            if entry.displaced:
                week.displaced[entry.displaced] += 1
            if entry.answered_on is not None and entry.answered_on <= as_of:
                week.answers.append((max(entry.answered_on, released_on), entry.answer_state))
    for total in ConflictsOfWeek.objects.filter(service__in=pks, released_on__lte=as_of, released_on__gt=after):
        week = week_of(total.service_id, total.released_on)
        week.reasons.update(total.reasons)
        answers = ((date.fromisoformat(one["on"]), one["state"]) for one in total.answers)
        week.answers += [(day, state) for day, state in answers if day <= as_of]
    for of_one in weeks.values():
        for week in of_one.values():
            week.answers.sort()
    return {pk: [of_one[monday] for monday in sorted(of_one)] for pk, of_one in weeks.items()}


def as_facts(weeks: Iterable[ConflictWeek]) -> tuple[frozen.Conflict, ...]:
    """The weeks as single facts for the rules: by week, the answered ones first, numbered in that order."""
    pairs = [
        (week.released_on, answered_on)
        for week in weeks
        for answered_on in [*(day for day, _state in week.answers), *([None] * (week.total - len(week.answers)))]
    ]
    return tuple(
        frozen.Conflict(number=number, released_on=released_on, answered_on=answered_on)
        for number, (released_on, answered_on) in enumerate(pairs, start=1)
    )


def came_with_dossier(service: Service, as_of: date, *, days: int) -> bool:
    """Whether some of the weeks of the last so many days are known as totals only."""
    return service.conflicts_of_weeks.filter(
        released_on__lte=as_of, released_on__gt=as_of - timedelta(days=days)
    ).exists()
