"""What is proposed as an action: the words of an act of the catalogue or of a visit, with an owner and a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.text import Truncator

from accounts.models import LEADING_ROLES, Member, Role, Service
from assessments.models import Recommendation
from planning import actions
from planning.models import Action
from planning.wording.entries import TEXTS

TAKES_UP_ADVICE = "feedback-unused"  # the entry that an action from a recommendation is to clear
LONGEST = Action._meta.get_field("title").max_length


@dataclass(frozen=True)
class Proposal:
    """An action as it is proposed. `owner` is None where nobody leads the service, so that nobody can be proposed."""

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
        owner=whose_task(act.owner_role, people),
        due_on=on + timedelta(days=act.days),
        entry=entry,
        behaviour=act.behaviour or "",
    )


def whose_task(role: str, people: Sequence[Member]) -> Member | None:
    """Whose task something for that role is proposed to be, wherever it is proposed.

    The only one with the role, or else the leader, who sees to it that somebody does it; the stand-in where there is
    no leader. None where nobody leads.
    """
    holders = [member for member in people if member.role == role]
    if len(holders) == 1:
        return holders[0]
    leading = [member for member in people if member.role in LEADING_ROLES]
    return min(leading, key=lambda member: member.role != Role.LEADER, default=None)


def of_recommendation(recommendation: Recommendation, *, people: Sequence[Member], on: date) -> Proposal:
    """What a visit advised as an action of the leader, due when the catalogue would have it taken up."""
    return Proposal(
        title=Truncator(recommendation.text).chars(LONGEST),
        owner=whose_task(Role.LEADER, people),
        due_on=on + timedelta(days=TEXTS[TAKES_UP_ADVICE].acts[0].days),
        entry=TAKES_UP_ADVICE,
        recommendation=recommendation,
    )


@transaction.atomic
def take_up(proposal: Proposal, *, by: Member, on: date) -> tuple[Action, bool]:
    """Open the action as it is proposed, and say that it is new; or find the same one open already.

    Where nobody is proposed, whoever takes it up owns it until it is given to another.
    """
    service = Service.objects.select_for_update().get(pk=by.service_id)  # two at once: the second one finds the first's
    same = service.actions.open().filter(
        entry=proposal.entry, recommendation=proposal.recommendation, title=proposal.title
    )
    if (there := same.select_related("owner").order_by("pk").first()) is not None:
        return there, False
    action = Action(
        title=proposal.title,
        owner=proposal.owner or by,
        due_on=proposal.due_on,
        entry=proposal.entry,
        behaviour=proposal.behaviour,
        recommendation=proposal.recommendation,
    )
    return actions.save(action, by=by, on=on), True
