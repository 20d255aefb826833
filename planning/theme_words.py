"""The five themes of many services as words and counts: what a page says of services side by side.

The same answers as in `planning.standing`, without their evidence, and with a number of queries that does not grow
with the services. As everybody may know them: a leader's own rating counts once it is shared, also on that leader's
pages here. No figure of hours, and nothing that adds the themes or the services up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Service
from planning import acceptances
from planning.models import Acceptance
from planning.risks import assess
from planning.risks.answer import Answer, Status
from planning.risks.snapshot import Snapshot
from planning.snapshots import take_snapshots
from planning.standing import fidelity_note
from planning.wording import labels

WORST_FIRST = (Status.FLAGGED, Status.WATCH, Status.CLEAR, Status.UNKNOWN)  # what is known before what is not


@dataclass(frozen=True)
class ThemeWords:
    """One theme of one service. `accepted`: the keys of what a leader lives with for a time; counted as before."""

    number: int
    states: tuple[tuple[Status, int], ...]  # those that occur, worst first, with how many entries are in each
    accepted: tuple[str, ...]
    since: date | None  # the day of the oldest flag
    note: str  # a fidelity that looks fine is never left to speak for itself

    @property
    def name(self) -> str:
        """The theme's name."""
        return str(labels.THEMES[self.number])

    @property
    def status(self) -> Status:
        """The word for the whole theme: its worst known state."""
        return self.states[0][0]


def theme_words(services: Iterable[Service], as_of: date) -> dict[int, tuple[ThemeWords, ...]]:
    """The five themes of each service on a day, by the services' primary keys."""
    services = list(services)
    if not services:
        return {}
    running = acceptances.running_in(services, on=as_of)
    return {pk: words_of(snapshot, running[pk]) for pk, snapshot in take_snapshots(services, as_of).items()}


def words_of(snapshot: Snapshot, running: Iterable[Acceptance] = ()) -> tuple[ThemeWords, ...]:
    """The five themes of one service."""
    answers = assess(snapshot)
    accepted = acceptances.in_force(running, answers)
    return tuple(
        _theme(number, [answer for answer in answers if answer.theme == number], accepted) for number in labels.THEMES
    )


def _theme(number: int, answers: list[Answer], accepted: dict[str, Acceptance]) -> ThemeWords:
    counted = {status: sum(answer.status is status for answer in answers) for status in WORST_FIRST}
    flagged_since = [answer.since for answer in answers if answer.status is Status.FLAGGED and answer.since]
    return ThemeWords(
        number=number,
        states=tuple((status, count) for status, count in counted.items() if count),
        accepted=tuple(answer.key for answer in answers if answer.key in accepted),
        since=min(flagged_since, default=None),
        note=fidelity_note(answer for answer in answers if answer.status is Status.CLEAR),
    )
