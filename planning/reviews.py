"""Review meetings: the series and its dates, exceptions to it, holding one and closing it."""

from datetime import date, datetime, timedelta
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, records
from accounts.models import Member, Service
from planning import agendas
from planning.agendas import Agenda, ReviewIsClosed
from planning.drafts import Draft, Opened
from planning.minutes import frozen
from planning.models import Decision, Observation, Review, ReviewSeries
from planning.recurrence import occurrences
from planning.rhythms import rule_for, words_of
from planning.standing import standing

KEPT_AHEAD = 2  # planned meetings that always stand in the calendar
LOOKED_AHEAD = 12  # slots that are tried for them: somebody may have cancelled or held several already
USUAL_DAYS = 28  # from one meeting to the next, where none is planned


class AnotherThen(ValidationError):
    """A review is planned for the moment of the one that was left out."""

    def __init__(self):
        super().__init__(_("Another review is planned for that moment. Move that one first."), code="another")


class TooLateToPlan(ValidationError):
    """A review that was left out takes place no more: its time is past, or its rhythm is over."""

    def __init__(self):
        super().__init__(
            _("Its time is past, or the rhythm it belonged to is over. Plan an extra review instead."), code="too_late"
        )


def running_series(service: Service) -> ReviewSeries | None:
    """The series that is in force."""
    return service.review_series.filter(ended_on__isnull=True).first()


def rhythm_label(series: ReviewSeries) -> str:
    """The rhythm of a series in words."""
    return words_of(series.rule)


@transaction.atomic
def start_series(*, service: Service, rhythm: str, starts_at: datetime, by: Member, at: datetime) -> ReviewSeries:
    """Set the rhythm: ends the running series, cancels its meetings still to come, plans the next ones.

    The series begins with the first date of the rhythm from `starts_at` on. Held meetings stay, and so do those
    outside the series; what stood on the agenda of a cancelled one stands on that of the next. A meeting in which
    something is kept already stays planned, too, outside the series: nobody said that it is left out.
    """
    on = timezone.localdate(at)
    Service.objects.select_for_update().get(pk=service.pk)  # two at once: the later one's rhythm counts
    upcoming = service.reviews.upcoming(at).filter(series__isnull=False)
    upcoming.begun().order_by().update(series=None, slot_at=None)
    upcoming.order_by().update(state=Review.State.CANCELLED, sequence=F("sequence") + 1, told_at=at)
    service.review_series.filter(ended_on__isnull=True).update(ended_on=on)
    rule = rule_for(rhythm, starts_at)
    series = ReviewSeries.objects.create(
        service=service, rule=rule, starts_at=next(occurrences(rule, starts_at)), created_on=on
    )
    audit.record(code="review_series.started", by=by.user, service=service, obj=series, rule=series.rule)
    plan_ahead(series, at=at)
    agendas.gather(service, after=at)
    return series


def plan_ahead(series: ReviewSeries, *, at: datetime) -> list[Review]:
    """See that the next meetings of the series are planned; may run any number of times.

    A slot is used once: a meeting that was moved, held early or cancelled is not planned again.
    """
    slots = (moment for moment in occurrences(series.rule, series.starts_at) if moment >= at)
    made, ahead = [], 0
    loose = {one.starts_at: one for one in series.service.reviews.upcoming(at).filter(series__isnull=True)}
    for slot in islice(slots, LOOKED_AHEAD):
        # A meeting outside the series at this very moment, such as one begun under an earlier rhythm, is that meeting.
        if (one := loose.get(slot)) and not series.reviews.filter(slot_at=slot).exists():
            one.series, one.slot_at = series, slot
            one.save(update_fields=["series", "slot_at"])
        review, created = Review.objects.get_or_create(
            series=series, slot_at=slot, defaults={"service": series.service, "starts_at": slot, "told_at": at}
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
    return sum(len(_plan_and_gather(series, at=at)) for series in running.filter(ahead__lt=KEPT_AHEAD).order_by("pk"))


@transaction.atomic
def _plan_and_gather(series: ReviewSeries, *, at: datetime) -> list[Review]:
    """Plan what is missing; what waited for a meeting stands in it."""
    Service.objects.select_for_update().get(pk=series.service_id)  # in the same order as all who plan and close
    made = plan_ahead(series, at=at)
    if made:
        agendas.gather(series.service, after=at)
    return made


def next_review(service: Service, *, at: datetime) -> Review | None:
    """The next planned meeting."""
    return service.reviews.upcoming(at).first()


def review_after(review: Review) -> Review | None:
    """The planned meeting that follows this one."""
    later = Q(starts_at__gt=review.starts_at) | Q(starts_at=review.starts_at, pk__gt=review.pk)
    return review.service.reviews.planned().filter(later).order_by("starts_at", "pk").first()


def due_before_next(review: Review, *, on: date) -> date:
    """By when something agreed in this meeting is proposed to be done: the day before the next one."""
    following = review_after(review)
    return max(on, following.on - timedelta(days=1) if following else on + timedelta(days=USUAL_DAYS))


# Exceptions to the series


def _planned(review: Review) -> Review:
    """The review, its service locked and then itself, in this order everywhere; raises `ReviewIsClosed` if over."""
    Service.objects.select_for_update().get(pk=review.service_id)
    locked = Review.objects.select_for_update().get(pk=review.pk)
    if locked.state != Review.State.PLANNED:
        raise ReviewIsClosed(left_out=locked.state == Review.State.CANCELLED)
    return locked


@transaction.atomic
def move(review: Review, *, to: datetime, by: Member, at: datetime | None = None) -> Review:
    """Move a planned meeting to another moment; raises `ReviewIsClosed` when it was held."""
    at = at or timezone.now()
    locked = _planned(review)
    if locked.starts_at != to:
        locked.starts_at = to
        locked.save(update_fields=["starts_at", *locked.tell_calendars(at=at)])
    audit.record(code="review.moved", by=by.user, service=review.service, obj=review)
    agendas.gather(review.service, after=at)
    return locked


@transaction.atomic
def skip(review: Review, *, because: str, by: Member, at: datetime) -> Review:
    """Leave one meeting out, and say why. What stood on its agenda stands on that of the next one.

    So does what was agreed in it already; what else was written down stays where it is, to be read.
    """
    locked = _planned(review)
    locked.state, locked.cancelled_because = Review.State.CANCELLED, because
    locked.save(update_fields=["state", "cancelled_because", *locked.tell_calendars(at=at)])
    agendas.keep_agreed(locked)
    audit.record(code="review.skipped", by=by.user, service=review.service, obj=review)
    if locked.series and locked.series.ended_on is None:
        plan_ahead(locked.series, at=at)
    agendas.gather(review.service, after=at)
    return locked


def has_begun(review: Review) -> bool:
    """Whether something was written, ticked, seen, decided or agreed in a meeting already."""
    return Review.objects.filter(pk=review.pk).begun().exists()


def can_be_planned_again(review: Review, *, at: datetime) -> bool:
    """Whether a meeting that was left out can take place after all."""
    return Review.objects.filter(pk=review.pk).can_return(at).exists()


@transaction.atomic
def plan_again(review: Review, *, by: Member, at: datetime) -> Review:
    """Let a meeting that was left out take place after all; raises `TooLateToPlan` or `AnotherThen`.

    One whose rhythm is over stands outside the series from then on. What is planned already stays so.
    """
    Service.objects.select_for_update().get(pk=review.service_id)
    locked = Review.objects.select_for_update(of=["self"]).select_related("series").get(pk=review.pk)
    if locked.state == Review.State.PLANNED:
        return locked
    if locked.state == Review.State.HELD:
        raise ReviewIsClosed
    if not can_be_planned_again(locked, at=at):
        raise TooLateToPlan
    if locked.service.reviews.planned().filter(starts_at=locked.starts_at).exists():
        raise AnotherThen
    locked.state, locked.cancelled_because = Review.State.PLANNED, ""
    if locked.series and locked.series.ended_on is not None:
        locked.series = locked.slot_at = None
    locked.save(update_fields=["state", "cancelled_because", "series", "slot_at", *locked.tell_calendars(at=at)])
    locked.agenda_items.filter(passed_on=True).delete()  # they stand in the next one, and come back from there
    agendas.take_back_agreed(locked)
    audit.record(code="review.planned", by=by.user, service=review.service, obj=review)
    agendas.gather(review.service, after=at)
    return locked


@transaction.atomic
def plan_extra(*, starts_at: datetime, by: Member, at: datetime) -> Review:
    """Plan a meeting outside the series."""
    Service.objects.select_for_update().get(pk=by.service_id)
    review = Review.objects.create(service=by.service, starts_at=starts_at, told_at=at)
    audit.record(code="review.planned", by=by.user, service=by.service, obj=review)
    agendas.gather(by.service, after=at)
    return review


# The meeting


@transaction.atomic
def keep_draft(
    review: Review,
    *,
    minutes: str,
    attendees,
    looked_at_outcomes: bool,
    agenda: Agenda,
    settled: set[str],
    on: date,
    opened: Opened | None = None,
    closing: bool = False,
) -> Review:
    """Keep what is written while a meeting is held: minutes, who is there, what is dealt with. Nobody gets word of it.

    `opened`: how it stood when whoever writes it began, so that what somebody else saved since then stays; without it
    this one counts. `closing`: it is about to be closed, so no minutes come in that whoever closes it has not seen.

    Raises `ReviewIsClosed` when the review is over, `SavedMeanwhile` when two wrote different minutes.
    """
    locked = _planned(review)
    draft = Draft(minutes, frozenset(one.pk for one in attendees), frozenset(settled), looked_at_outcomes)
    if opened:
        draft = draft.on_top_of(Draft.of(locked), opened=opened, closing=closing)
    locked.minutes, locked.looked_at_outcomes = draft.minutes, draft.looked_at_outcomes
    locked.save(update_fields=["minutes", "looked_at_outcomes"])
    locked.attendees.set(draft.attendees)
    agendas.keep_in_view(locked, [row.code for row in agenda.rows], settled=set(draft.settled), on=on)
    return locked  # no line in the trail: a meeting saves many times, and closing it has one


@transaction.atomic
def observe(observation: Observation, *, by: Member) -> Observation:
    """Record an observation, within a review or on its own; raises `ReviewIsClosed` for a closed one."""
    if observation.review:
        _planned(observation.review)
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
def decide(decision: Decision, *, by: Member) -> Decision:
    """Record a decision made in a review; raises `ReviewIsClosed` for a closed one."""
    _planned(decision.review)
    return records.keep(decision, by=by)


@transaction.atomic
def close(
    review: Review, *, minutes: str, attendees, by: Member, at: datetime, looked_at_outcomes: bool = False
) -> Review:
    """Hold a review and close it: its minutes do not change again. The series plans its next meeting.

    `looked_at_outcomes`: the meeting looked at patient outcomes, which is one way of using them.

    What was gone through is kept as it stood; what is still open goes into the next review, or waits for one.
    Raises `ReviewIsClosed` when somebody else was first.
    """
    locked = _planned(review)
    locked.state = Review.State.HELD
    locked.minutes = minutes
    locked.looked_at_outcomes = looked_at_outcomes
    locked.closed_at = at
    changed = ["state", "minutes", "looked_at_outcomes", "closed_at", "starts_at", "held_agenda"]
    if locked.starts_at > at:  # held before its time: the day it took place is today
        locked.starts_at = at
        changed += locked.tell_calendars(at=at)
    _freeze(locked, on=timezone.localdate(at))
    locked.save(update_fields=changed)
    locked.attendees.set(attendees)
    audit.record(code="review.closed", by=by.user, service=review.service, obj=review)
    if locked.series and locked.series.ended_on is None:
        plan_ahead(locked.series, at=at)
    agendas.gather(locked.service, after=locked.starts_at)
    return locked


def _freeze(review: Review, *, on: date) -> None:
    """Keep the agenda as it stands, and say of each thing whether it goes on into the next review."""
    held = agendas.agenda(review.service, standing(review.service, on), review)
    opened = {f"action:{one.pk}" for one in review.actions.open()}
    settled = {row.code for row in held.rows if row.settled}
    agendas.keep_in_view(review, [row.code for row in held.rows] + sorted(opened), settled=settled, on=on)
    going_on = opened | {row.code for row in held.rows if row.goes_on(review)}
    review.agenda_items.exclude(code__in=going_on).update(passed_on=True)
    review.held_agenda = frozen(review, held)
