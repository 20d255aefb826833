"""The recurring meeting on how IMR stands."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Service


class ReviewSeries(models.Model):
    """How often the service meets; the dates follow from the rule and the first meeting.

    `rule` is an RFC 5545 recurrence rule without dates; it runs on the wall clock of Europe/Oslo.
    """

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="review_series")
    rule = models.CharField(max_length=100)
    starts_at = models.DateTimeField(_("First review"))
    ended_on = models.DateField(null=True, blank=True)
    created_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(ended_on__isnull=True), name="one_running_review_series"
            )
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {self.rule}"


class ReviewQuerySet(models.QuerySet):
    """Sets of reviews that people talk about."""

    def planned(self) -> "ReviewQuerySet":
        """Those still to be held."""
        return self.filter(state=Review.State.PLANNED)

    def held(self) -> "ReviewQuerySet":
        """Those that took place and were closed."""
        return self.filter(state=Review.State.HELD)

    def upcoming(self, at) -> "ReviewQuerySet":
        """Planned ones from that moment on, the next first."""
        return self.planned().filter(starts_at__gte=at).order_by("starts_at", "pk")

    def begun(self) -> "ReviewQuerySet":
        """Those in which something was written, ticked, seen, decided or agreed already."""
        beside = [f"{name}__isnull" for name in ("attendees", "observations", "decisions", "actions")]
        kept = Q(looked_at_outcomes=True) | ~Q(minutes="")
        for condition in (*({name: False} for name in beside), {"agenda_items__settled": True}):
            kept |= Q(pk__in=Review.objects.filter(**condition).values("pk"))
        return self.filter(kept)

    def with_page(self) -> "ReviewQuerySet":
        """Those that can be looked at: all but what a new rhythm did away with before anything was in it."""
        gone = self.filter(state=Review.State.CANCELLED, cancelled_because="").exclude(pk__in=self.begun().values("pk"))
        return self.exclude(pk__in=gone.values("pk"))

    def can_return(self, at) -> "ReviewQuerySet":
        """Those left out that can take place after all: what is in a begun one is never out of reach.

        Of others those whose time lies ahead and whose rhythm still holds; not what a new rhythm did away with.
        """
        runs = Q(series__isnull=True) | Q(series__ended_on__isnull=True)
        ahead = self.exclude(cancelled_because="").filter(runs, starts_at__gt=at)
        kept = Q(pk__in=self.begun().values("pk")) | Q(pk__in=ahead.values("pk"))
        return self.filter(kept, state=Review.State.CANCELLED)


class Review(models.Model):
    """One meeting: planned, held or cancelled. What was held and closed is not changed again."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reviews")
    series = models.ForeignKey(ReviewSeries, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews")
    slot_at = models.DateTimeField(null=True, blank=True)  # the moment the rule gave; stays when the meeting is moved
    starts_at = models.DateTimeField(_("Date and time"))
    state = models.CharField(_("State"), max_length=10, choices=State.choices, default=State.PLANNED)
    closed_at = models.DateTimeField(null=True, blank=True)
    attendees = models.ManyToManyField(Member, blank=True, related_name="+", verbose_name=_("Who was there"))
    minutes = models.TextField(_("What was said and decided"), max_length=5000, blank=True)
    looked_at_outcomes = models.BooleanField(_("We looked at patient outcomes"), default=False)
    cancelled_because = models.CharField(_("Why it is left out"), max_length=200, blank=True)  # said by who skipped it
    # The agenda as it stood when the review was closed: codes and figures, in the order gone through.
    held_agenda = models.JSONField(null=True, blank=True)
    # What calendars need to know which word is the last (RFC 5545, 3.8.7.4), and mail when it was said. No time: nobody
    # said anything here, as of a record that was read from a file, and nobody is invited.
    sequence = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="held", closed_at__isnull=False) | Q(~Q(state="held"), closed_at__isnull=True),
                name="review_closed_when_held",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled") | Q(cancelled_because=""), name="review_cancelled_when_it_says_why"
            ),
            models.UniqueConstraint(
                fields=["series", "slot_at"], condition=Q(series__isnull=False), name="one_review_per_series_and_slot"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service.key} {timezone.localdate(self.starts_at)}"

    @property
    def on(self):
        """The day of the meeting in Europe/Oslo."""
        return timezone.localdate(self.starts_at)

    def tell_calendars(self, *, at) -> list[str]:
        """Its time or state is another one from now on: once for each change. Returns the fields to save."""
        self.sequence += 1
        self.told_at = at
        return ["sequence", "told_at"]

    def recorded_on(self, today):
        """The day of what is seen and decided in it: its own, also when it is written up later; never one ahead."""
        return min(self.on, today)


class AgendaItemQuerySet(models.QuerySet):
    """Sets of items that people talk about."""

    def topics(self) -> "AgendaItemQuerySet":
        """What somebody put there in their own words."""
        return self.filter(code__startswith="topic:")

    def put_there(self) -> "AgendaItemQuerySet":
        """What somebody put there or what came from an earlier review: the record does not bring it up by itself."""
        return self.filter(Q(carried_from__isnull=False) | Q(code__startswith="topic:"))

    def waiting(self) -> "AgendaItemQuerySet":
        """Open ones whose review is over, that stand in no later one yet.

        Of a review that was left out only what somebody had put there, or what had come from an earlier one.
        """
        left_out = self.put_there().filter(review__state=Review.State.CANCELLED)
        over = self.filter(review__state=Review.State.HELD) | left_out
        return over.filter(settled=False, passed_on=False)


class AgendaItem(models.Model):
    """Something a review is to go through: carried over, put there, or taken from the record and kept in view.

    `code` says what it is about: "flag:no-vision", "action:12", "goal:3", "wanted:4", "conflicts", or "topic:<number>"
    for words of somebody's own. One code stands once in a review, so carrying over twice changes nothing (quality
    point B08). What the record gives gets a row once a meeting has begun, so that it does not vanish from under
    people's eyes when an observation changes how the service stands.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="agenda_items")
    code = models.CharField(max_length=60)
    text = models.CharField(_("What is to be talked about"), max_length=200, blank=True)
    carried_from = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    first_on = models.DateField()  # the day of the review it first stood in
    added_by = models.ForeignKey(Member, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled = models.BooleanField(_("Dealt with"), default=False)
    passed_on = models.BooleanField(default=False)  # stands in a later review, or the record brings it up by itself

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("Item of the agenda")
        constraints = [models.UniqueConstraint(fields=["review", "code"], name="one_agenda_item_per_review_and_code")]

    def __str__(self) -> str:
        return f"{self.code} in review {self.review_id}"
