"""Review meetings: the series and exceptions to it, the agenda, the minutes."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from planning import agendas, minutes, reviews, tables
from planning.forms.reviews import ExtraForm, MoveForm, ReviewObservationForm, SeriesForm, SkipForm, TopicForm
from planning.models import AgendaItem, Observation, Review
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
            left_out=self.service.reviews.can_return(now).order_by("starts_at", "pk"),
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
        """The rhythm in words, and when it begins."""
        return gettext("Rhythm set: %(rhythm)s, from %(moment)s.") % {
            "rhythm": reviews.rhythm_label(series),
            "moment": in_words(series.starts_at),
        }

    def success_url(self, series):
        """Back to the reviews."""
        return self.here("reviews")

    def cancel_url(self):
        """Back to the reviews."""
        return self.here("reviews")


class PlanExtra(RecordFormPage):
    """A meeting outside the series."""

    permission = Permission.EDIT_RECORD
    form_class = ExtraForm
    title = _("Plan an extra review")
    intro = _("Beside the rhythm, which stays as it is. What is open from the last review comes up in this one first.")
    section = "reviews"

    def save(self, form):
        """Plan it."""
        return reviews.plan_extra(starts_at=form.cleaned_data["moment"], by=self.member, at=timezone.now())

    def success_message(self, review):
        """When it is."""
        return gettext("Review planned for %(moment)s.") % {"moment": in_words(review.starts_at)}

    def success_url(self, review):
        """Back to the reviews."""
        return self.here("reviews")

    def cancel_url(self):
        """Back to the reviews."""
        return self.here("reviews")


def in_words(at) -> str:
    """A moment as a whole date in words, with its hour."""
    moment = timezone.localtime(at)
    return gettext("%(date)s at %(time)s") % {
        # Translators: a whole date in words, in the letters of Django's date filter.
        "date": date_format(moment, gettext("l j F Y")),
        "time": time_format(moment, "H:i"),
    }


TEMPLATES = {
    Review.State.PLANNED: "planning/review.html",
    Review.State.HELD: "planning/review_held.html",
    Review.State.CANCELLED: "planning/review_left_out.html",
}


class ReviewMixin:
    """Finds the review in the address."""

    section = "reviews"

    @cached_property
    def review(self) -> Review:
        """The review; what a new rhythm did away with is gone."""
        return one_or_404(self.service.reviews.with_page(), pk=self.kwargs["review_pk"])

    def so_far(self) -> dict:
        """What was seen, decided and agreed in a meeting that is not closed."""
        review = self.review
        opened = review.actions.select_related("owner").order_by("due_on", "pk")
        return {
            "observations": minutes.observed(review.observations.order_by("pk")),
            "decisions": minutes.decided(review.decisions.order_by("pk")),
            "actions": action_rows(opened, member=self.member, today=self.today),
        }

    def success_url(self, obj):
        """To the review."""
        return self.here("review", self.review.pk)

    def cancel_url(self):
        """Back to the review."""
        return self.here("review", self.review.pk)


class PlannedReviewMixin(ReviewMixin):
    """A form of a meeting still to be held: when it is over, its page is shown instead of a form that is refused."""

    @cached_property
    def review(self) -> Review:
        """Also one that a new rhythm did away with meanwhile, when a form is sent: what was typed is not lost."""
        found = self.service.reviews.all() if self.request.method == "POST" else self.service.reviews.with_page()
        return one_or_404(found, pk=self.kwargs["review_pk"])

    def get(self, request, *args, **kwargs):
        """The form; the page of the review when it is over."""
        if self.review.state != Review.State.PLANNED:
            return redirect(self.here("review", self.review.pk))
        return super().get(request, *args, **kwargs)


class ReviewPage(ReviewMixin, Page):
    """One review: its agenda before it is held, its minutes afterwards; what is kept of one that was left out."""

    permission = Permission.SEE_RECORD
    title = _("Review")

    def get_template_names(self):
        """Planned, held or left out."""
        return [TEMPLATES[self.review.state]]

    def get_context_data(self, **kwargs):
        """The agenda of a planned one with what was seen and agreed so far; the minutes of a held one."""
        review = self.review
        if review.state == Review.State.HELD:
            shown = {"minutes": minutes.minutes_of(review), "attendees": review.attendees.order_by("name", "pk")}
        elif review.state == Review.State.CANCELLED:
            shown = self.so_far() | {"can_return": reviews.can_be_planned_again(review, at=timezone.now())}
        else:
            agenda = agendas.agenda(self.service, standing(self.service, self.today), review)
            shown = self.so_far() | {
                "agenda": agenda,
                "is_early": review.on > self.today,
                "sections": agenda.sections,
                "guide": agendas.GUIDE,
            }
        return super().get_context_data(review=review, **shown, **kwargs)


class AddTopic(PlannedReviewMixin, RecordFormPage):
    """Put something on the agenda."""

    permission = Permission.ADD_TOPIC
    form_class = TopicForm
    title = _("Put something on the agenda")

    def save(self, form):
        """Put it there."""
        return agendas.add_topic(self.review, form.cleaned_data["text"], by=self.member)

    def success_message(self, item):
        """It is there."""
        return _("It is on the agenda.")


class RemoveTopic(PlannedReviewMixin, RecordFormPage):
    """Take what one has put on the agenda off again; others' topics are settled in the meeting."""

    permission = Permission.ADD_TOPIC
    form_class = ConfirmForm
    title = _("Take this off the agenda?")

    @cached_property
    def item(self) -> AgendaItem:
        """The topic, of a meeting still to be held."""
        mine = AgendaItem.objects.topics().filter(added_by=self.member, review__state=Review.State.PLANNED)
        return one_or_404(mine.filter(review=self.review), pk=self.kwargs["item_pk"])

    def get_intro(self):
        """Which topic."""
        return self.item.text

    def save(self, form):
        """Take it off."""
        agendas.remove_topic(self.item, by=self.member)
        return self.review

    def success_message(self, review):
        """It is gone."""
        return _("Taken off the agenda.")


class SkipReview(PlannedReviewMixin, RecordFormPage):
    """Leave one meeting out."""

    permission = Permission.EDIT_RECORD
    form_class = SkipForm
    title = _("Leave this review out")

    def get_intro(self):
        """What becomes of it, and whether it can be taken back."""
        if self.review.starts_at > timezone.now() or reviews.has_begun(self.review):
            return gettext(
                "The others stay as they are. What is on its agenda goes to the next one. You can plan it again."
            )
        return gettext(
            "The others stay as they are. What is on its agenda goes to the next one. Its time is past, so you cannot "
            "plan it again."
        )

    def save(self, form):
        """Leave it out."""
        return reviews.skip(self.review, because=form.cleaned_data["because"], by=self.member, at=timezone.now())

    def success_message(self, review):
        """Left out."""
        return _("Review left out.")

    def success_url(self, review):
        """Back to the reviews."""
        return self.here("reviews")


class PlanAgain(RecordFormPage):
    """Let a meeting that was left out take place after all."""

    permission = Permission.EDIT_RECORD
    form_class = ConfirmForm
    title = _("Plan this review again?")
    section = "reviews"

    @cached_property
    def review(self) -> Review:
        """The meeting that was left out."""
        return one_or_404(self.service.reviews.with_page(), pk=self.kwargs["review_pk"])

    def get(self, request, *args, **kwargs):
        """The question; the page of the review when it is too late to ask, or when it is planned."""
        if not reviews.can_be_planned_again(self.review, at=timezone.now()):
            return redirect(self.here("review", self.review.pk))
        return super().get(request, *args, **kwargs)

    def get_intro(self):
        """When it would be, and why it was left out."""
        return f"{in_words(self.review.starts_at)}. {self.review.cancelled_because}".rstrip()

    def save(self, form):
        """Plan it again."""
        return reviews.plan_again(self.review, by=self.member, at=timezone.now())

    def success_message(self, review):
        """When it is."""
        return gettext("Review planned for %(moment)s.") % {"moment": in_words(review.starts_at)}

    def success_url(self, review):
        """Back to the reviews."""
        return self.here("reviews")

    def cancel_url(self):
        """Back to the reviews."""
        return self.here("reviews")


class MoveReview(PlannedReviewMixin, RecordFormPage):
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
        return gettext("Review moved to %(moment)s.") % {"moment": in_words(review.starts_at)}


class ObserveInReview(PlannedReviewMixin, RecordFormPage):
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
        observation.review, observation.on = self.review, self.review.recorded_on(self.today)
        observation.source = Observation.Source.REVIEW
        return reviews.observe(observation, by=self.member)

    def success_message(self, observation):
        """Recorded."""
        return _("Observation saved.")
