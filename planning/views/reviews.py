"""Review meetings: the series, the agenda, holding one."""

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from planning import reviews, tables
from planning.forms.reviews import CloseForm, MoveForm, ReviewObservationForm, SeriesForm
from planning.models import Observation, Review
from planning.presenters import action_rows
from planning.standing import standing
from planning.wording.entries import TEXTS


class Reviews(WithSheet, Page):
    """The rhythm, the next meetings, those that were held."""

    permission = Permission.SEE_RECORD
    template_name = "planning/reviews.html"
    title = _("Reviews")
    section = "reviews"

    def sheet(self):
        """The meetings with their minutes."""
        return tables.reviews(self.service)

    def get_context_data(self, **kwargs):
        """The series and its meetings; a planned one whose time has passed waits to be closed."""
        series = reviews.running_series(self.service)
        planned = self.service.reviews.planned().order_by("starts_at", "pk")
        now = timezone.now()
        return super().get_context_data(
            series=series,
            rhythm=reviews.rhythm_label(series) if series else "",
            waiting=[review for review in planned if review.starts_at < now],
            upcoming=[review for review in planned if review.starts_at >= now],
            held=self.service.reviews.held().order_by("-starts_at", "-pk"),
            **kwargs,
        )


class SetRhythm(RecordFormPage):
    """How often the service meets, and when first."""

    permission = Permission.EDIT_RECORD
    form_class = SeriesForm
    title = _("Set the rhythm of reviews")
    intro = _("A fixed rhythm is what sets a review apart from talking about IMR when it comes up.")
    section = "reviews"

    def save(self, form):
        """Start the series."""
        data = form.cleaned_data
        return reviews.start_series(
            service=self.service, rhythm=data["rhythm"], starts_at=data["moment"], by=self.member, at=timezone.now()
        )

    def success_message(self, series):
        """The rhythm is set."""
        return _("Rhythm set. The next reviews are planned.")

    def success_url(self, series):
        """Back to the reviews."""
        return self.here("reviews")

    def cancel_url(self):
        """Back to the reviews."""
        return self.here("reviews")


class ReviewMixin:
    """Finds the review in the address."""

    section = "reviews"

    @cached_property
    def review(self) -> Review:
        """The review; a cancelled one is gone."""
        return one_or_404(self.service.reviews.exclude(state=Review.State.CANCELLED), pk=self.kwargs["review_pk"])

    def success_url(self, obj):
        """To the review."""
        return self.here("review", self.review.pk)

    def cancel_url(self):
        """Back to the review."""
        return self.here("review", self.review.pk)


class ReviewPage(ReviewMixin, Page):
    """One review: its agenda before it is held, its minutes afterwards."""

    permission = Permission.SEE_RECORD
    template_name = "planning/review.html"

    def get_title(self):
        """Planned or held."""
        return _("Review")

    def get_context_data(self, **kwargs):
        """The agenda of a planned one; what was seen and agreed."""
        planned = self.review.state == Review.State.PLANNED
        agenda = reviews.agenda(self.service, standing(self.service, self.today)) if planned else None
        observations = self.review.observations.order_by("pk")
        return super().get_context_data(
            review=self.review,
            planned=planned,
            agenda=agenda,
            late_actions=self.rows(agenda.late_actions) if planned else [],
            guide=reviews.GUIDE if planned else (),
            observations=[(observation, TEXTS[observation.entry].title_unknown) for observation in observations],
            actions=self.rows(self.review.actions.select_related("owner").order_by("due_on", "pk")),
            attendees=self.review.attendees.order_by("name", "pk"),
            **kwargs,
        )

    def rows(self, actions) -> list:
        """Actions as rows."""
        return action_rows(actions, member=self.member, today=self.today)


class MoveReview(ReviewMixin, RecordFormPage):
    """Another date for a planned review."""

    permission = Permission.EDIT_RECORD
    form_class = MoveForm
    title = _("Move the review")

    def get_initial(self):
        """The date it has."""
        local = timezone.localtime(self.review.starts_at)
        return {"day": local.date(), "time": local.time()}

    def save(self, form):
        """Move it."""
        return reviews.move(self.review, to=form.cleaned_data["moment"], by=self.member)

    def success_message(self, review):
        """Where it went."""
        moment = timezone.localtime(review.starts_at)
        return gettext("Review moved to %(date)s at %(time)s.") % {
            # Translators: a whole date in words, in the letters of Django's date filter.
            "date": date_format(moment, gettext("l j F Y")),
            "time": time_format(moment, "H:i"),
        }


class ObserveInReview(ReviewMixin, RecordFormPage):
    """An observation made in the meeting."""

    permission = Permission.EDIT_RECORD
    form_class = ReviewObservationForm
    title = _("New observation")

    def get_initial(self):
        """The flag one came from."""
        key = self.request.GET.get("entry", "")
        return {"entry": key if key in TEXTS else ""}

    def save(self, form):
        """Record it in the review."""
        observation = form.save(commit=False)
        observation.review, observation.on = self.review, self.today
        observation.source = Observation.Source.REVIEW
        return reviews.observe(observation, by=self.member)

    def success_message(self, observation):
        """Recorded."""
        return _("Observation saved.")


class CloseReview(ReviewMixin, RecordFormPage):
    """Write what was said, tick who was there, close."""

    permission = Permission.EDIT_RECORD
    form_class = CloseForm
    title = _("Close the review")
    intro = _("Afterwards the minutes stand as they are. Open actions stay open and come up again next time.")

    def save(self, form):
        """Close it."""
        return reviews.close(
            self.review,
            minutes=form.cleaned_data["minutes"],
            attendees=form.cleaned_data["attendees"],
            looked_at_outcomes=form.cleaned_data["looked_at_outcomes"],
            by=self.member,
            at=timezone.now(),
        )

    def success_message(self, review):
        """Closed."""
        return _("Review closed.")
