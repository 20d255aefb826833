"""The shape of an entry's text: what a reader is told about one risk, wherever it is shown."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from planning.risks.answer import Status

OwnerRole = Literal["leader", "stand_in", "practitioner", "adviser", "sponsor"]
Behaviour = Literal["proactive", "knowledgeable", "supportive", "perseverant"]
Page = Literal[
    "vision",
    "goals",
    "time",
    "conflicts",
    "reviews",
    "actions",
    "people",
    "fidelity",
    "observations",
    "decisions",
    "readiness",
    "caseload",
    "supports",
    "supervision",
    "expectations",
    "week",
    "adaptations",
    "outcomes",
    "leadership",
    "organisation",
    "recommendations",
    "funding",
    "confirmations",
]


class Strength(TextChoices):
    """What an entry rests on. A reader must be able to tell a finding from a choice of ours."""

    STUDY = "study", _("This study alone")
    STUDY_AND_OTHERS = "study_and_others", _("This study and others")
    PUBLISHED = "published", _("Other published work")
    PRODUCT = "product", _("Our own judgement")


@dataclass(frozen=True)
class Source:
    """Where something is said: the work, the section in it (empty: the whole work) and its doi."""

    name: str
    section: str
    doi: str

    @property
    def url(self) -> str:
        """The address that the doi leads to."""
        return f"https://doi.org/{self.doi}"

    def __str__(self) -> str:
        return f"{self.name}, {self.section}" if self.section else str(self.name)


@dataclass(frozen=True)
class Act:
    """Something that can be done about a risk: who could own it, and in how many days.

    `behaviour` is the leadership behaviour that a leader's act shows (Implementation Leadership Scale);
    None for everybody else's acts.
    """

    text: str
    owner_role: OwnerRole
    days: int
    behaviour: Behaviour | None = None


@dataclass(frozen=True)
class EntryText:
    """All words of one entry of the catalogue. Texts are lazy: they come out in the language active on reading.

    `passage` is the source that `why` retells first, `others` the further ones it leans on.
    `record` says what to write down so that an unknown can be known, `record_page` where.
    """

    title: str
    title_clear: str
    title_unknown: str
    why: str
    passage: Source
    strength: Strength
    limits: str
    clears: str
    record: str
    record_page: Page
    acts: tuple[Act, ...]
    others: tuple[Source, ...] = ()

    def title_for(self, status: Status) -> str:
        """The title that fits the status: the risk, the strength, or the neutral subject."""
        if status is Status.CLEAR:
            return self.title_clear
        if status is Status.UNKNOWN:
            return self.title_unknown
        return self.title
