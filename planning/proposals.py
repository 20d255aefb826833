"""What is proposed as an action: the words of an act of the catalogue or of a visit, with an owner and a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import Truncator

from accounts.models import LEADING_ROLES, Member, Role, Service
from assessments.models import Recommendation
from planning import actions
from planning.models import Action
from planning.wording.entries import TEXTS
from planning.wording.entries.shape import Act

TAKES_UP_ADVICE = "feedback-unused"  # the entry that an action from a recommendation is to clear
LONGEST = Action._meta.get_field("title").max_length


@dataclass(frozen=True)
class Proposal:
    """An action as it is proposed. `owner` is None where the record does not say who it would be."""

    title: str
    owner: Member | None
    due_on: date
    entry: str
    behaviour: str = ""
    recommendation: Recommendation | None = None


def people_of(service: Service, *, on: date) -> list[Member]:
    """Who of the service can be proposed as owner on that day."""
    return list(service.members.present(on).exclude(role=Role.SPONSOR).order_by("name", "pk"))


def of_act(entry: str, number: int, *, people: Sequence[Member], on: date) -> Proposal | None:
    """One of an entry's acts as an action; None when there is no such act."""
    acts = TEXTS[entry].acts if entry in TEXTS else ()
    if number not in range(len(acts)):
        return None
    act = acts[number]
    return Proposal(
        title=Truncator(str(act.text)).chars(LONGEST),
        owner=_owner_of(act, people),
        due_on=on + timedelta(days=act.days),
        entry=entry,
        behaviour=act.behaviour or "",
    )


def _owner_of(act: Act, people: Sequence[Member]) -> Member | None:
    """Of leaders the first one; anybody else only where there is but one with the role."""
    holders = [member for member in people if member.role == act.owner_role]
    return holders[0] if holders and (act.owner_role in LEADING_ROLES or len(holders) == 1) else None


def of_recommendation(recommendation: Recommendation, *, people: Sequence[Member], on: date) -> Proposal:
    """What a visit advised as an action of the leader, due when the catalogue would have it taken up."""
    leaders = [member for member in people if member.role in LEADING_ROLES]
    return Proposal(
        title=Truncator(recommendation.text).chars(LONGEST),
        owner=min(leaders, key=lambda member: member.role != Role.LEADER, default=None),
        due_on=on + timedelta(days=TEXTS[TAKES_UP_ADVICE].acts[0].days),
        entry=TAKES_UP_ADVICE,
        recommendation=recommendation,
    )


def take_up(proposal: Proposal, *, by: Member, on: date) -> Action:
    """Open the action as it is proposed; where nobody is, whoever takes it up owns it until it is given to another."""
    action = Action(
        title=proposal.title,
        owner=proposal.owner or by,
        due_on=proposal.due_on,
        entry=proposal.entry,
        behaviour=proposal.behaviour,
        recommendation=proposal.recommendation,
    )
    return actions.save(action, by=by, on=on)
