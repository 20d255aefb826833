"""The draft of a meeting: what several people who write it at the same time each changed, put together."""

import json
import re
from dataclasses import dataclass, replace
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from planning.models import Review

MEANWHILE = "meanwhile"  # the code of the error below
KNOWN_CODE = re.compile(r"conflicts|flag:[a-z0-9-]{1,50}|(action|goal|wanted|topic):[0-9]{1,9}")  # of AgendaItem


class SavedMeanwhile(ValidationError):
    """Somebody else saved other minutes since the page was opened; neither of the two is thrown away unseen."""

    def __init__(self):
        message = _(
            "Somebody saved other minutes meanwhile. They stand above the box, and yours are still in it. "
            "Put them together there, then press again."
        )
        super().__init__({"minutes": ValidationError(message, code=MEANWHILE)})


def mark_of(text: str) -> str:
    """A short mark of a text, the same however a browser ends its lines."""
    lines = "\n".join(text.strip().splitlines())
    return sha256(lines.encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True)
class Opened:
    """How the page of a meeting stood when somebody opened it. The page carries it along."""

    minutes: str = mark_of("")  # a mark of them: the words themselves stand in their box
    attendees: frozenset[int] = frozenset()
    settled: frozenset[str] = frozenset()  # codes of the agenda
    looked_at_outcomes: bool = False
    rows: tuple[str, ...] = ()  # codes of everything that stood on the agenda, in its order

    @classmethod
    def read(cls, carried: str) -> "Opened":
        """From what a page sent. One that says nothing readable counts as opened before anything was saved."""
        try:
            said = json.loads(carried)
            return cls(
                minutes=str(said["minutes"]),
                attendees=frozenset(int(number) for number in said["attendees"]),
                settled=frozenset(str(code) for code in said["settled"]),
                looked_at_outcomes=bool(said["looked_at_outcomes"]),
                rows=tuple(code for code in map(str, said["rows"]) if KNOWN_CODE.fullmatch(code)),
            )
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
            return cls()

    @property
    def carried(self) -> str:
        """As the page carries it."""
        said = {
            "minutes": self.minutes,
            "attendees": sorted(self.attendees),
            "settled": sorted(self.settled),
            "looked_at_outcomes": self.looked_at_outcomes,
            "rows": self.rows,
        }
        return json.dumps(said)

    def having_read(self, minutes: str) -> "Opened":
        """The same page once it has shown these minutes."""
        return replace(self, minutes=mark_of(minutes))


@dataclass(frozen=True)
class Draft:
    """What is written while a meeting is held."""

    minutes: str
    attendees: frozenset[int]
    settled: frozenset[str]  # codes of what is dealt with
    looked_at_outcomes: bool

    @classmethod
    def of(cls, review: Review) -> "Draft":
        """As it is kept."""
        return cls(
            minutes=review.minutes,
            attendees=frozenset(review.attendees.values_list("pk", flat=True)),
            settled=frozenset(review.agenda_items.filter(settled=True).values_list("code", flat=True)),
            looked_at_outcomes=review.looked_at_outcomes,
        )

    def on_top_of(self, kept: "Draft", *, opened: Opened, closing: bool = False) -> "Draft":
        """What was changed here since the page was opened, on top of what is kept by now.

        Ticks cannot contradict each other: each one that was set or taken away here is so. Minutes that were changed
        here and by somebody else raise `SavedMeanwhile`; so do, when the meeting is closed, those never shown here.
        """
        changed = self.looked_at_outcomes != opened.looked_at_outcomes
        return Draft(
            minutes=self._minutes(kept.minutes, opened.minutes, closing=closing),
            attendees=(kept.attendees | (self.attendees - opened.attendees)) - (opened.attendees - self.attendees),
            settled=(kept.settled | (self.settled - opened.settled)) - (opened.settled - self.settled),
            looked_at_outcomes=self.looked_at_outcomes if changed else kept.looked_at_outcomes,
        )

    def _minutes(self, kept: str, opened: str, *, closing: bool) -> str:
        if mark_of(kept) in (opened, mark_of(self.minutes)):
            return self.minutes
        if mark_of(self.minutes) == opened and not closing:
            return kept
        raise SavedMeanwhile
