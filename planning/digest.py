"""The Monday digest: what is due to a person in one service this week, or late. Nobody gets an empty one.

Counts alone: the titles of actions and goals stay behind the sign-in (quality point M14).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.access import Permission, may
from accounts.models import Member
from accounts.working_days import next_working_day
from planning import pauses
from planning.clock import moment, monday_of
from planning.ledger import MORNING, day_in_oslo, keep, recipients
from planning.models import Action, Goal, Message, OptOut, PriorityConflict, Review

NEWS_LASTS = timedelta(days=3)  # from Monday: on Thursday the week's digest is no news any more
NOON = time(12)  # what becomes due to somebody later on that day waits for the next digest


@dataclass(frozen=True)
class Facts:
    """What is due to one member: how many of each, this week or late already."""

    actions: int = 0
    late_actions: int = 0
    goals: int = 0
    late_goals: int = 0
    reviews: int = 0
    open_reviews: int = 0  # for those who lead: over by the calendar, and neither held nor moved
    conflicts: int = 0  # for those who answer them

    def __bool__(self) -> bool:
        return any(vars(self).values())


def facts_of(members: Iterable[Member], *, on: date) -> dict[int, Facts]:
    """By member what is due in the week of that day; five queries, however many members there are."""
    members = list(members)
    services = {member.service_id for member in members}
    monday = monday_of(on)
    sunday = monday + timedelta(days=6)
    now, end = moment(on, time.min), moment(sunday + timedelta(days=1), time.min)
    actions = Action.objects.open().filter(owner__in=members, due_on__lte=sunday)
    goals = Goal.objects.to_look_at(sunday).filter(owner__in=members)
    planned = Review.objects.planned().filter(service__in=services)
    ahead = Counter(planned.filter(starts_at__gte=now, starts_at__lt=end).values_list("service_id", flat=True))
    behind = Counter(planned.filter(starts_at__lt=now).values_list("service_id", flat=True))
    waiting = PriorityConflict.objects.known_to_leaders(on).unanswered().filter(service__in=services)
    unanswered = Counter(waiting.values_list("service_id", flat=True))
    by_owner = [_split(rows, on=on) for rows in (actions.values_list("owner_id", "due_on"), _days_of(goals))]
    return {
        member.pk: Facts(
            actions=by_owner[0][0][member.pk],
            late_actions=by_owner[0][1][member.pk],
            goals=by_owner[1][0][member.pk],
            late_goals=by_owner[1][1][member.pk],
            reviews=ahead[member.service_id],
            open_reviews=behind[member.service_id] if may(member, Permission.EDIT_RECORD) else 0,
            conflicts=unanswered[member.service_id] if may(member, Permission.ANSWER_CONFLICT) else 0,
        )
        for member in members
    }


def _days_of(goals):
    return goals.values_list("owner_id", "check_in_on")


def _split(rows, *, on: date) -> tuple[Counter, Counter]:
    """By owner how many are due, and how many of which the day has passed."""
    due, late = Counter(), Counter()
    for owner, day in rows:
        (late if day < on else due)[owner] += 1
    return due, late


def period(monday: date) -> str:
    """What a digest is about, by its Monday."""
    return f"digest:{monday}"


def plan(at: datetime) -> int:
    """On the first working day of a week, to everybody to whom something is due; how many rows are new.

    Later in the week only where the clock stood still on that morning, so that nobody has one yet.
    """
    today = day_in_oslo(at)
    monday = monday_of(today)
    first = next_working_day(monday)
    if not first <= today < monday + NEWS_LASTS:
        return 0
    rows = Message.objects.filter(kind=Message.Kind.DIGEST, period=period(monday))
    if at >= moment(first, NOON) and rows.exists():
        return 0
    people = list(recipients_of_all(on=today))
    resting = pauses.resting({member.service_id for member in people}, on=today)
    stopped = set(OptOut.objects.filter(kind=Message.Kind.DIGEST).values_list("member_id", flat=True))
    people = [member for member in people if member.service_id not in resting and member.pk not in stopped]
    due = facts_of(people, on=today)
    wanted = {
        (member.pk, period(monday)): Message(
            service_id=member.service_id,
            kind=Message.Kind.DIGEST,
            recipient=member,
            period=period(monday),
            not_before=moment(today, MORNING),
            expires_at=moment(monday + NEWS_LASTS, time.min),
        )
        for member in people
        if due[member.pk]
    }
    return keep(wanted, rows, at=at)


def recipients_of_all(*, on: date):
    """Everybody who hears of what is due, in every service."""
    services = Member.objects.with_login().values("service")
    return recipients(services, on=on)


def why_moot(message: Message, *, at: datetime) -> str:
    """Why a digest is no longer true: what was due is done."""
    due = facts_of([message.recipient], on=day_in_oslo(at))[message.recipient_id]
    return "" if due else Message.Reason.NOTHING_DUE
