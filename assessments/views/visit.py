"""A fidelity visit: planning it, its page, what it recommends, and when the service was told."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import records
from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from assessments import visits
from assessments.figures import day
from assessments.forms.fidelity import RecommendationForm
from assessments.forms.visit import ToldForm, VisitForm
from assessments.models import Rater, Visit
from assessments.views import visit_shown
from assessments.views.rated import Rated
from assessments.visit_reading import report_of
from assessments.wording import CONVERSATION, OURS


class VisitMixin(Rated):
    """Finds the visit in the address, and whether the reader rates it."""

    @cached_property
    def visit(self) -> Visit:
        """The visit."""
        return one_or_404(self.service.visits.select_related("rating", "organisation"), pk=self.kwargs["visit_pk"])

    @cached_property
    def rater(self) -> Rater | None:
        """The reader as one of its raters; None for anybody else."""
        return self.visit.raters.select_related("visit", "member").filter(member=self.member).first()

    def success_url(self, obj):
        """To the visit."""
        return self.here("visit", self.visit.pk)

    def cancel_url(self):
        """To the visit."""
        return self.here("visit", self.visit.pk)


class AddVisit(Rated, RecordFormPage):
    """Plan a visit."""

    form_class = VisitForm
    title = _("Plan a fidelity visit")
    intro = _(
        "Two people who give no IMR here visit the service on one day. Each rates on their own; nobody sees anything "
        "of it until both are done. Then they agree, and the service is told."
    )

    def save(self, form):
        """Keep it with its raters."""
        return visits.plan(form.save(commit=False), form.raters, by=self.member)

    def success_message(self, visit):
        """Planned."""
        return _("Visit planned.")

    def success_url(self, visit):
        """To the visit."""
        return self.here("visit", visit.pk)

    def cancel_url(self):
        """Back to the assessments."""
        return self.here("fidelity")


class ChangeVisit(VisitMixin, AddVisit):
    """Another date, another description, other raters while they have not begun."""

    title = _("Change the visit")
    intro = ""
    template_name = "assessments/visit_change.html"

    def get_instance(self):
        """The visit."""
        return self.visit

    def save(self, form):
        """Keep it."""
        return visits.change(form.save(commit=False), form.raters, by=self.member)

    def success_message(self, visit):
        """Saved."""
        return _("Saved.")

    def cancel_url(self):
        """To the visit."""
        return self.here("visit", self.visit.pk)


class CancelVisit(VisitMixin, RecordFormPage):
    """It does not take place."""

    form_class = ConfirmForm
    title = _("Cancel the visit?")

    def get_intro(self):
        """Which one, and what becomes of what was rated."""
        return gettext("The visit of %(day)s. What was rated so far is seen by nobody.") % {
            "day": day(self.visit.planned_on)
        }

    def save(self, form):
        """Cancel it."""
        return visits.cancel(self.visit, by=self.member, on=self.today)

    def success_message(self, visit):
        """Cancelled."""
        return _("Visit cancelled.")

    def success_url(self, visit):
        """Back to the assessments."""
        return self.here("fidelity")


class TakeBackVisit(VisitMixin, RecordFormPage):
    """What was agreed on was a mistake."""

    form_class = ConfirmForm
    title = _("Take the result back?")
    intro = _(
        "For mistakes only. The ratings of fidelity and of the organisation go, and with them what the visit "
        "recommended and when the service was told; actions stay. Then the two raters agree anew, or the visit is "
        "cancelled."
    )

    def save(self, form):
        """Take it back."""
        return visits.take_back(self.visit, by=self.member)

    def success_message(self, visit):
        """Taken back."""
        return _("Taken back. The two raters can agree anew.")


class VisitPage(VisitMixin, Page):
    """The visit as it stands: who rates and who is done; then the two side by side; then the result."""

    permission = Permission.SEE_RECORD
    template_name = "assessments/visit.html"

    def get_title(self):
        """With its day."""
        return gettext("Fidelity visit of %(day)s") % {"day": day(self.visit.planned_on)}

    @cached_property
    def may_see_ratings(self) -> bool:
        """Not before both are done; then the two who have to agree, and everybody once they have."""
        if self.visit.agreed_on:
            return True
        return self.rater is not None and not self.visit.cancelled_on and visits.both_are_done(self.visit)

    def actions_in_words(self) -> dict:
        """What became of each recommendation, in words, by its number; planning knows of actions."""
        return {}

    def get_context_data(self, **kwargs):
        """The visit, and as much of its ratings as the reader may see."""
        context = {
            "visit": self.visit,
            "rater": self.rater,
            "raters": self.visit.raters.select_related("member").order_by("number"),
            "both_done": visits.both_are_done(self.visit),
            "facts": visit_shown.facts(self.visit, exact=self.may(Permission.SEE_CASELOAD)),
            "conversation": CONVERSATION,
            "ours": OURS,
        }
        if self.may_see_ratings:
            report = report_of(self.visit, actions=self.actions_in_words())
            context |= visit_shown.result(report, exact=self.may(Permission.SEE_CASELOAD))
            context["unsettled"] = [] if self.visit.agreed_on else visits.unsettled(self.visit)
            if self.visit.rating:
                instruments = visits.definitions_of(self.visit)
                context["recommendations"] = [
                    visit_shown.Advised.of(one, instruments) for one in self.recommendations()
                ]
        return super().get_context_data(**context, **kwargs)

    def recommendations(self):
        """What the visit recommends, as it was written down."""
        return self.visit.rating.recommendations.order_by("pk")


class AddAdvice(VisitMixin, RecordFormPage):
    """What the visit recommends, one thing at a time."""

    form_class = RecommendationForm
    title = _("Recommendation of the visit")
    intro = _("One at a time: each can then become an action with an owner and a date.")

    def get_form_kwargs(self):
        """Adds what was rated."""
        return super().get_form_kwargs() | {"instruments": visits.definitions_of(self.visit)}

    def get_initial(self):
        """The item that was clicked."""
        return {"about": self.request.GET.get("about", "")}

    def save(self, form):
        """Keep it with the rating of the visit."""
        if self.visit.rating is None:
            raise ValidationError(_("A recommendation goes with a total. Agree on the ratings first."))
        advice = form.save(commit=False)
        advice.rating = self.visit.rating
        return records.keep(advice, by=self.member)

    def success_message(self, advice):
        """Saved."""
        return _("Recommendation saved.")

    def success_url(self, advice):
        """Back to the visit, where it stands."""
        return f"{reverse('visit', args=[self.service.key, self.visit.pk])}#recommendations"


class TellVisit(VisitMixin, RecordFormPage):
    """Note when the service was told."""

    form_class = ToldForm
    title = _("When was the service told?")
    intro = _("A visit helps those who hear of it: what is strong, what to work on, and what is recommended.")

    def get_form_kwargs(self):
        """Adds the visit."""
        return super().get_form_kwargs() | {"visit": self.visit}

    def get_initial(self):
        """The day that was noted."""
        return {"told_on": self.visit.feedback_on}

    def save(self, form):
        """Note the day."""
        return visits.tell(self.visit, by=self.member, on=form.cleaned_data["told_on"])
