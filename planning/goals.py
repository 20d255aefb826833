"""Goals: stated, changed, looked at, ended."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from accounts import audit
from accounts.models import Member
from planning.models import Goal, GoalCheckIn


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
    """Save how a goal goes on that day. Raises `NoLongerOpen` for one that is not active."""
    _must_be(goal, Goal.State.ACTIVE)
    answer.goal, answer.on, answer.by = goal, on, by
    answer.save()
    audit.record(code="goal.checked_in", by=by.user, service=by.service, obj=answer, progress=answer.progress)
    return answer


@transaction.atomic
def end(goal: Goal, how: str, *, by: Member, on: date) -> Goal:
    """Mark a goal reached or dropped. Raises `NoLongerOpen` when somebody else was first."""
    _must_be(goal, Goal.State.ACTIVE, Goal.State.DRAFT)
    goal.state, goal.ended_on = how, on
    goal.save(update_fields=["state", "ended_on"])
    audit.record(code="goal.ended", by=by.user, service=by.service, obj=goal, state=goal.state)
    return goal
