"""What a sponsor reads of the questions that wait for them: in one service, or in all of theirs at once."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from accounts.models import Member, Service
from planning import decisions_wanted
from planning.models import DecisionWanted
from planning.theme_words import ThemeWords, theme_words
from planning.wording import decisions_wanted as wording


@dataclass(frozen=True)
class Asked:
    """One question with its reasons; `answered`: by the reader, today, and still to be changed."""

    question: DecisionWanted
    service: Service
    why: str
    theme: ThemeWords | None
    project_ends_on: date | None
    late: bool
    form_id: uuid.UUID = field(default_factory=uuid.uuid4)  # that of one filling-in, as in any form

    @property
    def answered(self) -> bool:
        """Whether it has a yes or a no."""
        return self.question.is_settled


def asked_of(members: Iterable[Member], *, on: date) -> list[Asked]:
    """What is asked of one person in their memberships: what is open first, by the day it is wanted by.

    The themes of all services concerned are worked out together.
    """
    found = decisions_wanted.to_answer(members, on=on)
    services = {member.service.pk: member.service for member, question in found if question.subject in wording.THEME}
    themes = theme_words(services.values(), on)
    shown = [shown_question(question, member.service, themes, on=on) for member, question in found]
    return sorted(shown, key=lambda one: (one.answered, one.question.wanted_by, one.question.pk))


def shown_question(
    question: DecisionWanted, service: Service, themes: dict[int, tuple[ThemeWords, ...]], *, on: date
) -> Asked:
    """The question with its reasons, from the themes of its service."""
    subject = DecisionWanted.Subject(question.subject)
    behind = wording.THEME.get(subject)
    return Asked(
        question=question,
        service=service,
        why=str(wording.WHY[subject]),
        theme=next((theme for theme in themes.get(service.pk, ()) if theme.number == behind), None),
        project_ends_on=service.project_ends_on if subject in wording.AFTER_THE_PROJECT else None,
        late=question.is_late(on),
    )
