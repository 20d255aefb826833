"""Goals: stated, changed, looked at, ended."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from accounts import audit
from accounts.models import Member
from planning.models import Goal, GoalCheckIn

LOOK_AGAIN_DAYS = 28  # from one look to the next, where nobody says otherwise


class NoLongerOpen(ValidationError):
    """The goal was reached or dropped: somebody else may have been first."""

    def __init__(self, goal: Goal):
        super().__init__(
            gettext("This goal is no longer open. It is marked as: %(state)s.") % {"state": goal.get_state_display()},
            code="ended",
        )


def _must_be(goal: Goal, *states: str) -> None:
    if goal.state not in states:
        raise NoLongerOpen(goal)


@transaction.atomic
def state(goal: Goal, *, by: Member, on: date) -> Goal:
    """State a new goal, as a draft or as a goal."""
    goal.service, goal.stated_on = by.service, on
    goal.save()
    audit.record(code="goal.stated", by=by.user, service=by.service, obj=goal, state=goal.state)
    return goal


@transaction.atomic
def change(goal: Goal, *, by: Member) -> Goal:
    """Save what changed in a goal. Raises `NoLongerOpen` for one that has ended meanwhile."""
    stored = Goal.objects.select_for_update().get(pk=goal.pk)
    _must_be(stored, Goal.State.ACTIVE, Goal.State.DRAFT)
    goal.save()
    audit.record(code="goal.changed", by=by.user, service=by.service, obj=goal, state=goal.state)
    return goal


@transaction.atomic
def check_in(answer: GoalCheckIn, *, goal: Goal, by: Member, on: date) -> GoalCheckIn:
    """Save how a goal goes on that day, as `by` sees it; what they said earlier that day is replaced, nobody else's is.

    If its day to be looked at again had come, the next one is set. Raises `NoLongerOpen` for one that is not active.
    """
    goal = Goal.objects.select_for_update().get(pk=goal.pk)
    _must_be(goal, Goal.State.ACTIVE)
    answer.goal, answer.on, answer.by = goal, on, by
    earlier = goal.check_ins.filter(on=on, by=by).first()
    if earlier and earlier.pk != answer.pk:  # the same person, in another window
        answer.pk, answer._state.adding = earlier.pk, False
    answer.save()
    if goal.is_to_be_looked_at(on):
        goal.check_in_on = next_look(goal, on=on)
        goal.save(update_fields=["check_in_on"])
    audit.record(code="goal.checked_in", by=by.user, service=by.service, obj=answer, progress=answer.progress)
    return answer


def next_look(goal: Goal, *, on: date) -> date | None:
    """When a goal that was looked at on that day is looked at again: in four weeks, or on the day before it is due.

    None when that day has come, too: its date itself is what it is looked at for then.
    """
    later = on + timedelta(days=LOOK_AGAIN_DAYS)
    if goal.due_on is None or later < goal.due_on:
        return later
    day_before = goal.due_on - timedelta(days=1)
    return day_before if day_before > on else None


@transaction.atomic
def end(goal: Goal, how: str, *, by: Member, on: date) -> Goal:
    """Mark a goal reached or dropped. Raises `NoLongerOpen` when somebody else was first."""
    _must_be(goal, Goal.State.ACTIVE, Goal.State.DRAFT)
    goal.state, goal.ended_on = how, on
    goal.save(update_fields=["state", "ended_on"])
    audit.record(code="goal.ended", by=by.user, service=by.service, obj=goal, state=goal.state)
    return goal
