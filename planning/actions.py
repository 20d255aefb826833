"""Actions: opened from anywhere, moved by whoever may, closed on a day."""

from datetime import date

from django.db import transaction

from accounts import audit
from accounts.models import Member
from planning.models import Action


@transaction.atomic
def save(action: Action, *, by: Member, on: date) -> Action:
    """Save a new or changed action; whoever changed it last, and when, is kept: it is how leadership shows."""
    opened = action.pk is None
    if opened:
        action.service, action.opened_on = by.service, on
    action.moved_on, action.moved_by = on, by
    action.save()
    code = "action.opened" if opened else "action.changed"
    audit.record(code=code, by=by.user, service=by.service, obj=action, entry=action.entry)
    return action


@transaction.atomic
def set_state(action: Action, state: str, *, by: Member, on: date) -> Action:
    """Mark an action done or dropped, or open it again; what it is already, it stays since the day it became so."""
    if action.state == state:
        return action
    action.state = state
    action.closed_on = None if state == Action.State.OPEN else on
    action.moved_on, action.moved_by = on, by
    action.save(update_fields=["state", "closed_on", "moved_on", "moved_by"])
    audit.record(code=f"action.{state}", by=by.user, service=by.service, obj=action)
    return action
