"""Review meetings: the series and its dates, the agenda, holding one and closing it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Member, Service
from planning.models import Action, Goal, Observation, PriorityConflict, Review, ReviewSeries
from planning.recurrence import occurrences
from planning.standing import ShownEntry, Standing

# Offered rhythms: a code, its RFC 5545 rule, its words. The study's service C met regularly; every
# interval here is short enough that something can still be done about what the last review found.
RHYTHMS = {
    "weekly_2": ("FREQ=WEEKLY;INTERVAL=2", _("Every second week")),
    "weekly_4": ("FREQ=WEEKLY;INTERVAL=4", _("Every fourth week")),
    "weekly_6": ("FREQ=WEEKLY;INTERVAL=6", _("Every sixth week")),
    "monthly": ("FREQ=MONTHLY;BYDAY={nth}{weekday}", _("Every month, on the same weekday of the month")),
    "weekly_12": ("FREQ=WEEKLY;INTERVAL=12", _("Every twelfth week")),
}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
KEPT_AHEAD = 2  # planned meetings that always stand in the calendar
LOOKED_AHEAD = 12  # slots that are tried for them: somebody may have cancelled or held several already


class ReviewIsClosed(ValidationError):
    """A review that was held and closed is not changed again."""

    def __init__(self):
        super().__init__(_("This review is closed. What was recorded stands as it is."), code="closed")


def rule_for(rhythm: str, starts_at: datetime) -> str:
    """The recurrence rule of a rhythm for a series that starts then; the fifth weekday means the last one."""
    local = timezone.localtime(starts_at)
    nth = (local.day - 1) // 7 + 1
    return RHYTHMS[rhythm][0].format(nth=-1 if nth == 5 else nth, weekday=WEEKDAYS[local.weekday()])


def running_series(service: Service) -> ReviewSeries | None:
    """The series that is in force."""
    return service.review_series.filter(ended_on__isnull=True).first()


def rhythm_label(series: ReviewSeries) -> str:
    """The rhythm of a series in words."""
    for rhythm, (_rule, label) in RHYTHMS.items():
        if rule_for(rhythm, series.starts_at) == series.rule:
            return str(label)
    return series.rule


@transaction.atomic
def start_series(*, service: Service, rhythm: str, starts_at: datetime, by: Member, at: datetime) -> ReviewSeries:
    """Set the rhythm: ends the running series, cancels its meetings still to come, plans the next ones."""
    on = timezone.localdate(at)
    Service.objects.select_for_update().get(pk=service.pk)  # two at once: the later one's rhythm counts
    upcoming = service.reviews.upcoming(at).filter(series__isnull=False)
    upcoming.order_by().update(state=Review.State.CANCELLED)
    service.review_series.filter(ended_on__isnull=True).update(ended_on=on)
    series = ReviewSeries.objects.create(
        service=service, rule=rule_for(rhythm, starts_at), starts_at=starts_at, created_on=on
    )
    audit.record(code="review_series.started", by=by.user, service=service, obj=series, rule=series.rule)
    plan_ahead(series, at=at)
    return series


def plan_ahead(series: ReviewSeries, *, at: datetime) -> list[Review]:
    """See that the next meetings of the series are planned; may run any number of times.

    A slot is used once: a meeting that was moved, held early or cancelled is not planned again.
    """
    slots = (moment for moment in occurrences(series.rule, series.starts_at) if moment >= at)
    made, ahead = [], 0
    for slot in islice(slots, LOOKED_AHEAD):
        review, created = Review.objects.get_or_create(
            series=series, slot_at=slot, defaults={"service": series.service, "starts_at": slot}
        )
        made += [review] if created else []
        ahead += review.state == Review.State.PLANNED
        if ahead == KEPT_AHEAD:
            break
    return made


def keep_ahead(at: datetime) -> int:
    """Plan the next meetings of every running series that lacks some, also where nobody closes reviews."""
    planned = Count("reviews", filter=Q(reviews__state=Review.State.PLANNED, reviews__slot_at__gte=at))
    running = ReviewSeries.objects.filter(ended_on__isnull=True).select_related("service").alias(ahead=planned)
    return sum(len(plan_ahead(series, at=at)) for series in running.filter(ahead__lt=KEPT_AHEAD).order_by("pk"))


def next_review(service: Service, *, at: datetime) -> Review | None:
    """The next planned meeting."""
    return service.reviews.upcoming(at).first()


@dataclass(frozen=True)
class Agenda:
    """What a review is to go through, taken from the record on the day it is read."""

    flags: tuple[ShownEntry, ...]
    accepted: tuple[ShownEntry, ...]  # flags that somebody lives with for a time
    late_actions: tuple[Action, ...]
    unanswered: int  # released conflicts without an answer
    overdue_goals: tuple[Goal, ...]
    unknown: tuple[ShownEntry, ...]

    @property
    def is_empty(self) -> bool:
        """Whether the record gives nothing to talk about."""
        return not (
            self.flags or self.accepted or self.late_actions or self.unanswered or self.overdue_goals or self.unknown
        )


# The framework of the study's interview guide (Methods, Table 2), as questions to go round the table with.
GUIDE = (
    _("How is it to use IMR at present?"),
    _("Who uses it, who is to use it next, and how are they chosen?"),
    _("Is training and supervision enough?"),
    _("What did the last fidelity visit say, and what came of it?"),
    _("What does the service do to make room for IMR?"),
    _("What do the outcome figures say, and what do we decide from them?"),
    _("Whose support outside the service do we need?"),
    _("What will the leader do before the next review?"),
    _("What else hinders, and what helps?"),
)


def agenda(service: Service, standing: Standing) -> Agenda:
    """The agenda as the record fills it."""
    on = standing.as_of
    unanswered = PriorityConflict.objects.filter(service=service).released(on).unanswered().count()
    return Agenda(
        flags=standing.do_now + standing.also_open,
        accepted=standing.accepted,
        late_actions=tuple(service.actions.late(on).select_related("owner").order_by("due_on", "pk")),
        unanswered=unanswered,
        overdue_goals=tuple(service.goals.overdue(on).select_related("owner").order_by("due_on", "pk")),
        unknown=standing.unknown,
    )


@transaction.atomic
def move(review: Review, *, to: datetime, by: Member) -> Review:
    """Move a planned meeting to another moment; raises `ReviewIsClosed` when it was held."""
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != Review.State.PLANNED:
        raise ReviewIsClosed
    locked.starts_at = to
    locked.save(update_fields=["starts_at"])
    audit.record(code="review.moved", by=by.user, service=review.service, obj=review)
    return locked


@transaction.atomic
def observe(observation: Observation, *, by: Member) -> Observation:
    """Record an observation, within a review or on its own; raises `ReviewIsClosed` for a closed one."""
    if observation.review and observation.review.state != Review.State.PLANNED:
        raise ReviewIsClosed
    observation.service = by.service
    observation.by = by
    observation.save()
    audit.record(
        code="observation.recorded",
        by=by.user,
        service=by.service,
        obj=observation,
        entry=observation.entry,
        effect=observation.effect,
    )
    return observation


@transaction.atomic
def close(
    review: Review, *, minutes: str, attendees, by: Member, at: datetime, looked_at_outcomes: bool = False
) -> Review:
    """Hold a review and close it: its minutes do not change again. The series plans its next meeting.

    `looked_at_outcomes`: the meeting looked at patient outcomes, which is one way of using them.

    Raises `ReviewIsClosed` when somebody else was first.
    """
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != Review.State.PLANNED:
        raise ReviewIsClosed
    locked.state = Review.State.HELD
    locked.minutes = minutes
    locked.looked_at_outcomes = looked_at_outcomes
    locked.closed_at = at
    if locked.starts_at > at:  # held before its time: the day it took place is today
        locked.starts_at = at
    locked.save(update_fields=["state", "minutes", "looked_at_outcomes", "closed_at", "starts_at"])
    locked.attendees.set(attendees)
    audit.record(code="review.closed", by=by.user, service=review.service, obj=review)
    if locked.series and locked.series.ended_on is None:
        plan_ahead(locked.series, at=at)
    return locked
