"""A review while it is held: one page, on one laptop, that keeps everything with every button."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import RecordFormPage
from planning import actions, agendas, reviews
from planning.drafts import Opened
from planning.forms.meetings import ACT, CLOSE, DECIDE, DONE, ELSE, MeetingForm
from planning.models import Action
from planning.standing import standing
from planning.views.reviews import PlannedReviewMixin

ROW = "row"  # in the address: which row the page comes back to


class HoldReview(PlannedReviewMixin, RecordFormPage):
    """Attendance, agenda, observations, a decision, actions, minutes, and closing."""

    permission = Permission.EDIT_RECORD
    form_class = MeetingForm
    template_name = "planning/review_hold.html"
    title = _("Hold the review")

    @cached_property
    def sent(self):
        """What the page sent, if it did."""
        return self.request.POST

    @cached_property
    def as_opened(self) -> Opened:
        """How the page stood when it was opened."""
        return Opened.read(self.sent.get("opened_as", ""))

    @cached_property
    def agenda(self) -> agendas.Agenda:
        """The agenda as it is now, with what it was when the page was opened."""
        return agendas.agenda(self.service, standing(self.service, self.today), self.review, also=self.as_opened.rows)

    def get_form_kwargs(self):
        """Adds the review, its agenda, and how both stood when the page was opened."""
        return super().get_form_kwargs() | {"review": self.review, "agenda": self.agenda, "as_opened": self.as_opened}

    def filled_in(self, data, files=None):
        """As it was typed; what is only proposed is in the language of the page."""
        self.sent = data
        form = super().filled_in(data, files)
        form.show_in_this_language()
        return form

    def form_invalid(self, form):
        """Show what is wrong; beside minutes that would have replaced somebody else's, theirs."""
        if form.is_overtaken:
            self.review.refresh_from_db(fields=["minutes"])
            form.show_meanwhile(self.review.minutes)
        return super().form_invalid(form)

    def save(self, form):
        """Keep the draft, and do what the button is for."""
        data, intent = form.cleaned_data, form.intent
        said = {name: data[name] for name in ("minutes", "attendees", "looked_at_outcomes")}
        kept = reviews.keep_draft(
            self.review,
            **said,
            agenda=self.agenda,
            settled=form.settled_codes,
            on=self.today,
            opened=self.as_opened,
            closing=intent.what == CLOSE,
        )
        if intent.observes:
            reviews.observe(form.observation, by=self.member)
        elif intent.what == DECIDE:
            reviews.decide(form.decision, by=self.member)
        elif intent.what == ACT:
            actions.save(form.action, by=self.member, on=self.today)
        elif intent.what == DONE:
            actions.set_state(form.row.subject, Action.State.DONE, by=self.member, on=self.today)
        elif intent.what == CLOSE:
            reviews.close(
                self.review,
                minutes=kept.minutes,
                attendees=kept.attendees.all(),
                looked_at_outcomes=kept.looked_at_outcomes,
                by=self.member,
                at=timezone.now(),
            )
        return intent

    def success_message(self, intent):
        """What happened."""
        if intent.observes:
            return _("Observation saved.")
        return {
            DECIDE: _("Decision recorded."),
            ACT: _("Action opened."),
            DONE: _("Marked as done."),
            CLOSE: _("Review closed."),
        }.get(intent.what, _("Draft saved."))

    def success_url(self, intent):
        """Back to the row whose button was pressed; to the minutes once it is closed."""
        if intent.what == CLOSE:
            return super().success_url(None)
        here = self.here("review_hold", self.review.pk)
        row = {DECIDE: "decision"}.get(intent.what, intent.slug)
        return f"{here}?{ROW}={row}#{row}" if row else here

    def get_context_data(self, **kwargs):
        """The rows with their fields; what was seen, decided and agreed so far."""
        context = super().get_context_data(**kwargs)
        form, review = context["form"], self.review
        rows = form.shown_rows
        asked = self.request.GET.get(ROW, "")
        return (
            context
            | self.so_far()
            | {
                "review": review,
                "agenda": self.agenda,
                "sections": [
                    (code, heading, [(part, [rows[row.slug] for row in parted]) for part, parted in parts])
                    for code, heading, parts in self.agenda.sections
                ],
                "guide": agendas.GUIDE,
                "message_at": asked if asked in {*rows, "decision", ELSE} else "",
            }
        )
