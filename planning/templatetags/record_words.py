"""Small looks at what the record holds, for templates."""

from django import template

from planning import lateness
from planning.wording import figures

register = template.Library()


@register.filter
def late_since(due_on, today):
    """The day since when something is late on the day of the page; None when it is not."""
    return lateness.late_since(due_on, on=today)


@register.filter
def to_look_at(goal, today) -> bool:
    """Whether a goal's day to be looked at again has come by the day of the page."""
    return goal.is_to_be_looked_at(today)


@register.filter
def few(count: int) -> str:
    """A count of patients as those outside the team may see it."""
    return figures.few(count)
