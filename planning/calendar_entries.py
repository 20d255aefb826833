"""What stands in calendars: rows become entries, in words that tell nothing, with a link to the page that does.

A calendar is read by colleagues, family and the programs of others. So an entry says that there is a meeting or that
something is due, and where; nothing of what it is about, and no name.
"""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from assessments.models import Visit
from planning.calendars import DueDay, Meeting
from planning.links import domain, link
from planning.models import Action, Goal, Review

REVIEW_LASTS = timedelta(minutes=45)  # as the page that sets the rhythm advises; a review keeps no end


def uid(kind: str, pk: int) -> str:
    """The same for good, in every file and every mail."""
    return f"{kind}-{pk}@{domain()}"


def of_review(review: Review) -> Meeting:
    """A review meeting. One that a new rhythm did away with has no page: its link leads to the reviews."""
    gone = review.state == Review.State.CANCELLED and not review.cancelled_because
    key = review.service.key
    return Meeting(
        uid=uid("review", review.pk),
        title=_("Review meeting: %(service)s") % {"service": review.service.name},
        url=link("reviews", service_key=key) if gone else link("review", service_key=key, review_pk=review.pk),
        starts_at=review.starts_at,
        lasts=REVIEW_LASTS,
        sequence=review.sequence,
        cancelled=review.state == Review.State.CANCELLED,
    )


def of_action(action: Action) -> DueDay:
    """The day by which its owner is to have done something."""
    return _due(action, _("Due: an action (%(service)s)"), action.due_on, url=_page(action, "actions"))


def of_goal(goal: Goal) -> DueDay:
    """The day by which its owner wants to have reached something."""
    return _due(goal, _("Due: a goal (%(service)s)"), goal.due_on, url=_page(goal, "goal", goal_pk=goal.pk))


def of_visit(visit: Visit) -> DueDay:
    """The day of a visit by raters."""
    return _due(visit, _("Visit: %(service)s"), visit.planned_on, url=_page(visit, "visit", visit_pk=visit.pk))


def _page(row: Action | Goal | Visit, name: str, **kwargs) -> str:
    return link(name, service_key=row.service.key, **kwargs)


def _due(row: Action | Goal | Visit, words: str, day: date, *, url: str) -> DueDay:
    title = words % {"service": row.service.name}
    return DueDay(uid=uid(row._meta.model_name, row.pk), title=title, url=url, day=day)
