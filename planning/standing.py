"""How the practice stands in a service: the catalogue's answers, put in order and into words.

Pages, the plan and mail all show a flag through `ShownEntry`, so that it says the same everywhere.
Computed on every read, never stored.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import Member, Service
from planning import acceptances
from planning.models import Acceptance
from planning.risks import assess
from planning.risks.answer import Answer, Evidence, Reason, Status
from planning.risks.snapshot import Snapshot
from planning.snapshots import take_snapshot
from planning.wording import evidence as evidence_wording
from planning.wording import labels
from planning.wording.entries import TEXTS, EntryText

DO_NOW = 3  # quality point B04

# In what order flags ask for attention: first what ends the practice soonest if nobody acts, then what
# the study's leaders could do most about. A product decision; not a weight, and never shown as a figure.
CONSEQUENCE = (
    "no-leader",
    "undecided-future",
    "money-undecided",
    "use-stopping",
    "no-recruitment",
    "unanswered-conflicts",
    "crowded-out",
    "unprotected-time",
    "own-time",
    "fading-time",
    "passive-support",
    "leader-unconvinced",
    "expectations-unspoken",
    "no-vision",
    "no-goals",
    "leaving-soon",
    "hands-lost",
    "expansion-without-plan",
    "lone-champion",
    "unprepared-start",
    "no-regular-review",
    "supervision-lapsed",
)


@dataclass(frozen=True)
class ShownEvidence:
    """One piece of evidence in words; `kind_label` says how it is known."""

    kind: str
    kind_label: str
    status: Status
    sentence: str
    evidence: Evidence


@dataclass(frozen=True)
class ShownEntry:
    """One entry of the catalogue with its state, ready to be shown.

    `accepted`: the acceptance that is in force for it; its state is the same with and without.
    """

    answer: Answer
    text: EntryText
    evidence: tuple[ShownEvidence, ...]
    accepted: Acceptance | None = None

    @property
    def key(self) -> str:
        """The entry's key in the catalogue."""
        return self.answer.key

    @property
    def theme(self) -> int:
        """The theme it belongs to, 1 to 5."""
        return self.answer.theme

    @property
    def theme_name(self) -> str:
        """The theme's name."""
        return labels.THEMES[self.answer.theme]

    @property
    def status(self) -> Status:
        """Flagged, watch, clear or unknown."""
        return self.answer.status

    @property
    def since(self) -> date | None:
        """The day of the oldest fact that now makes the rule speak."""
        return self.answer.since

    @property
    def title(self) -> str:
        """The risk, the strength or the neutral subject, as the status asks."""
        return self.text.title_for(self.answer.status)

    @property
    def rule(self) -> str:
        """The rule in words, with its numbers."""
        return evidence_wording.rule_text(self.answer.key)

    @property
    def reason_sentence(self) -> str:
        """Why it is not known; empty when it is."""
        return labels.reason_sentence(self.answer.reason) if self.answer.reason else ""

    @property
    def headline_evidence(self) -> ShownEvidence | None:
        """The one piece to show beside the title: what bears the status, measured first."""
        bearing = [one for one in self.evidence if one.status == self.answer.status]
        return (bearing or list(self.evidence) or [None])[0]


def fidelity_note(strengths: Iterable[Answer]) -> str:
    """What to say beside a theme in whose strengths a fine fidelity rating is; empty where there is none."""
    for answer in strengths:
        for one in answer.evidence:
            if answer.key == "fidelity-low" and one.code == "rating" and one.status is Status.CLEAR:
                return labels.fidelity_note(one.value("total"))
    return ""


@dataclass(frozen=True)
class ThemeStanding:
    """One theme: its entries by state, each list in order of consequence."""

    number: int
    flagged: tuple[ShownEntry, ...]
    watched: tuple[ShownEntry, ...]
    strengths: tuple[ShownEntry, ...]
    unknown: tuple[ShownEntry, ...]

    @property
    def name(self) -> str:
        """The theme's name."""
        return labels.THEMES[self.number]

    @property
    def open(self) -> tuple[ShownEntry, ...]:
        """What is flagged or to watch, and nobody lives with for now."""
        return tuple(entry for entry in self.flagged + self.watched if not entry.accepted)

    @property
    def accepted(self) -> tuple[ShownEntry, ...]:
        """What is flagged or to watch, and accepted for a time; counted among the states as before."""
        return tuple(entry for entry in self.flagged + self.watched if entry.accepted)

    @property
    def status(self) -> Status:
        """The word for the whole theme: its worst known state, as a word and not as a score."""
        for status, entries in (
            (Status.FLAGGED, self.flagged),
            (Status.WATCH, self.watched),
            (Status.CLEAR, self.strengths),
        ):
            if entries:
                return status
        return Status.UNKNOWN

    @property
    def note(self) -> str:
        """What to say instead of the states; a fidelity that looks fine is never left to speak for itself."""
        return fidelity_note(entry.answer for entry in self.strengths)

    @property
    def states(self) -> list[tuple[Status, int]]:
        """The states that occur, worst first, with how many entries are in each."""
        counted = [
            (Status.FLAGGED, len(self.flagged)),
            (Status.WATCH, len(self.watched)),
            (Status.CLEAR, len(self.strengths)),
            (Status.UNKNOWN, len(self.unknown)),
        ]
        return [(status, count) for status, count in counted if count]


@dataclass(frozen=True)
class Standing:
    """How a service stands on a day."""

    as_of: date
    snapshot: Snapshot
    entries: tuple[ShownEntry, ...]  # all, in the catalogue's order
    themes: tuple[ThemeStanding, ...]
    do_now: tuple[ShownEntry, ...]
    also_open: tuple[ShownEntry, ...]
    accepted: tuple[ShownEntry, ...]  # flagged or to watch, and a leader lives with it for a time
    outgrown: tuple[Acceptance, ...]  # that would still run, but things stand worse than when they were made

    @property
    def unknown(self) -> tuple[ShownEntry, ...]:
        """What the record does not decide, but could: what does not apply is left out."""
        return tuple(
            entry
            for entry in self.entries
            if entry.status is Status.UNKNOWN and entry.answer.reason is not Reason.NOT_APPLICABLE
        )

    @property
    def known(self) -> int:
        """How many entries the record decides."""
        return sum(1 for entry in self.entries if entry.status is not Status.UNKNOWN)

    @property
    def strengths(self) -> tuple[ShownEntry, ...]:
        """What the record shows to be handled."""
        return tuple(entry for entry in self.entries if entry.status is Status.CLEAR)

    def entry(self, key: str) -> ShownEntry:
        """The entry with that key; KeyError when the catalogue has none."""
        return {entry.key: entry for entry in self.entries}[key]


def show(answer: Answer, accepted: Acceptance | None = None) -> ShownEntry:
    """The answer with its words, in the active language; and the acceptance in force for it."""
    return ShownEntry(
        answer=answer,
        text=TEXTS[answer.key],
        accepted=accepted,
        evidence=tuple(
            ShownEvidence(
                kind=one.kind,
                kind_label=evidence_wording.kind_label(one),
                status=one.status,
                sentence=evidence_wording.sentence(one),
                evidence=one,
            )
            for one in answer.evidence
        ),
    )


def by_consequence(entries) -> list[ShownEntry]:
    """Entries in the order in which they ask for attention; those not named there after them, as given."""
    rank = {key: position for position, key in enumerate(CONSEQUENCE)}
    return sorted(entries, key=lambda entry: (entry.status is not Status.FLAGGED, rank.get(entry.key, len(rank))))


def standing_of(snapshot: Snapshot, running: Iterable[Acceptance] = ()) -> Standing:
    """How the service of this snapshot stands, with its running acceptances."""
    answers = assess(snapshot)
    running = tuple(running)
    accepted = acceptances.in_force(running, answers)
    entries = tuple(show(answer, accepted.get(answer.key)) for answer in answers)
    ordered = by_consequence(entries)
    waiting = [entry for entry in ordered if not entry.accepted]
    flagged = [entry for entry in waiting if entry.status is Status.FLAGGED]
    watched = [entry for entry in waiting if entry.status is Status.WATCH]

    def of_theme(number: int) -> ThemeStanding:
        mine = [entry for entry in ordered if entry.theme == number]
        return ThemeStanding(
            number,
            *(
                tuple(entry for entry in mine if entry.status is status)
                for status in (Status.FLAGGED, Status.WATCH, Status.CLEAR, Status.UNKNOWN)
            ),
        )

    return Standing(
        as_of=snapshot.as_of,
        snapshot=snapshot,
        entries=entries,
        themes=tuple(of_theme(number) for number in labels.THEMES),
        do_now=tuple(flagged[:DO_NOW]),
        also_open=tuple(flagged[DO_NOW:] + watched),
        accepted=tuple(entry for entry in ordered if entry.accepted),
        outgrown=tuple(one for one in running if one.entry in {entry.key for entry in flagged + watched}),
    )


def standing(service: Service, as_of: date, own_rating_of: Member | None = None) -> Standing:
    """How a service stands on a day; for pages of `own_rating_of` only, with what that leader alone may know."""
    return standing_of(take_snapshot(service, as_of, own_rating_of), acceptances.running(service, on=as_of))
