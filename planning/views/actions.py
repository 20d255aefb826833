"""Actions and observations."""

from django.db.models import F
from django.http import Http404
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from assessments.models import Recommendation
from planning import actions, proposals, reviews, tables
from planning.forms.record import ActionForm, ObservationForm, TakeUpForm
from planning.models import Action
from planning.origins import with_origins
from planning.presenters import action_rows
from planning.proposals import Proposal
from planning.views.standing import StandingMixin
from planning.wording.entries import TEXTS
from planning.wording.figures import day

MINE, CLOSED = "mine", "closed"
CLOSED_SHOWN = 20  # below the open ones; all of them on a page of their own


class Actions(WithSheet, StandingMixin, Page):
    """Who does what by when, where it came from, and whether what it is to clear has cleared."""

    permission = Permission.SEE_RECORD
    template_name = "planning/actions.html"
    title = _("Actions")
    section = "actions"

    def sheet(self):
        """All of them."""
        return tables.actions(self.service)

    @cached_property
    def show(self) -> str:
        """Which of them are asked for: one's own, the closed ones, or all."""
        asked = self.request.GET.get("show", "")
        return asked if asked in (MINE, CLOSED) else ""

    def get_context_data(self, **kwargs):
        """Late ones first, then open ones by date, then what was done lately."""
        opened = list(with_origins(self.service.actions.open()).order_by(F("due_on").asc(nulls_last=True), "pk"))
        mine = [action for action in opened if action.owner_id == self.member.pk]
        done = self.service.actions.exclude(state=Action.State.OPEN)
        shown = {MINE: mine, CLOSED: []}.get(self.show, opened)
        closed = with_origins(done).order_by("-closed_on", "-pk")
        closed = {MINE: closed.none(), CLOSED: closed}.get(self.show, closed[:CLOSED_SHOWN])
        rows = self.rows(shown)
        return super().get_context_data(
            show=self.show,
            filters=[
                (gettext("All that are open"), "", len(opened)),
                (gettext("Yours"), MINE, len(mine)),
                (gettext("Done or dropped"), CLOSED, done.count()),
            ],
            late=[row for row in rows if row.late],
            open=[row for row in rows if not row.late],
            closed=self.rows(closed),
            **kwargs,
        )

    def rows(self, actions) -> list:
        """Actions as rows; how it stands is worked out only if one of them is to clear a flag."""
        actions = list(actions)
        stands = self.standing if any(action.entry for action in actions) else None
        return action_rows(actions, member=self.member, today=self.today, standing=stands)


class BackMixin:
    """Leads back to the page of this service that it was asked for on, or to where its own way back leads."""

    def usual_way_back(self) -> str:
        """Where the way back leads when nobody says."""
        raise TypeError(f"{type(self).__name__} does not say where it leads back to.")

    def back(self) -> str:
        """The page named in the address, if it is one of this service."""
        asked = self.request.GET.get("back", "")
        here = url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
        return asked if here and asked.startswith(self.here("service_home")) else self.usual_way_back()

    def success_url(self, obj):
        """Back."""
        return self.back()

    def cancel_url(self):
        """Back."""
        return self.back()


class AddAction(RecordFormPage):
    """A new action, from a flag, a recommendation, a review, or of its own."""

    permission = Permission.EDIT_RECORD
    form_class = ActionForm
    title = _("New action")
    section = "actions"

    @cached_property
    def entry_key(self) -> str:
        """The catalogue entry that it is to clear, from the address; empty for none."""
        key = proposals.TAKES_UP_ADVICE if self.recommendation else self.request.GET.get("entry", "")
        return key if key in TEXTS else ""

    @cached_property
    def proposal(self) -> Proposal | None:
        """What is proposed for the recommendation or the act that was clicked."""
        people = proposals.people_of(self.service, on=self.today)
        if self.recommendation:
            return proposals.of_recommendation(self.recommendation, people=people, on=self.today)
        number = self.request.GET.get("act", "")
        if not number.isdecimal():
            return None
        return proposals.of_act(self.entry_key, int(number), people=people, on=self.today)

    @cached_property
    def review(self):
        """The open review it comes from, or None."""
        number = self.request.GET.get("review", "")
        return self.service.reviews.planned().filter(pk=number).first() if number.isdecimal() else None

    @cached_property
    def recommendation(self):
        """The recommendation of a fidelity visit to this service that it takes up, or None."""
        number = self.request.GET.get("recommendation", "")
        mine = Recommendation.objects.filter(rating__service=self.service).select_related("rating")
        return mine.filter(pk=number).first() if number.isdecimal() else None

    def get_intro(self):
        """What it is to clear, or which visit advised it."""
        if self.recommendation:
            visit = day(self.recommendation.rating.rated_on)
            return gettext("Recommended at the fidelity visit on %(day)s.") % {"day": visit}
        if not self.entry_key:
            return ""
        return gettext("To clear: %(title)s") % {"title": TEXTS[self.entry_key].title}

    def get_initial(self):
        """The words, the owner and the date that are proposed."""
        if self.proposal is None:
            return {}
        return {name: getattr(self.proposal, name) for name in ("title", "owner", "due_on", "behaviour")}

    def save(self, form):
        """Open it."""
        action = form.save(commit=False)
        action.entry, action.review, action.recommendation = self.entry_key, self.review, self.recommendation
        return actions.save(action, by=self.member, on=self.today)

    def success_message(self, action):
        """Opened."""
        return _("Action opened.")

    def success_url(self, action):
        """Back to where it came from."""
        if self.recommendation:
            return self.here("fidelity_rating", self.recommendation.rating_id)
        if self.review:
            return self.here("review", self.review.pk)
        return self.here("entry", self.entry_key) if self.entry_key else self.here("actions")

    def cancel_url(self):
        """Back to where it came from."""
        return self.success_url(None)


class TakeUp(BackMixin, RecordFormPage):
    """What is proposed becomes an action at once, with its owner and its date; asked for by address, it asks first."""

    permission = Permission.EDIT_RECORD
    form_class = TakeUpForm
    title = _("Take this up?")

    @cached_property
    def proposal(self) -> Proposal:
        """What is proposed."""
        raise TypeError(f"{type(self).__name__} does not say what it takes up.")

    @property
    def people(self) -> list:
        """Who can be proposed as owner."""
        return proposals.people_of(self.service, on=self.today)

    def get_intro(self):
        """The action as it will be."""
        owner = self.proposal.owner or self.member
        title = self.proposal.title.rstrip(".")
        words = {"title": title, "owner": owner.name, "day": day(self.proposal.due_on)}
        return gettext("%(title)s, %(owner)s, by %(day)s.") % words

    def save(self, form):
        """Open it, unless it is open already."""
        return proposals.take_up(self.proposal, by=self.member, on=self.today)

    def success_message(self, taken_up):
        """What was opened, for whom and by when, or that it was open already; with the way to change it."""
        action, is_new = taken_up
        title = action.title.rstrip(".")
        if is_new:
            words = gettext("Opened: {title}, {owner}, by {day}.")
            said = format_html(words, title=title, owner=action.owner.name, day=day(action.due_on))
        else:
            said = format_html(gettext("This was under way already: {title}. Nothing was opened twice."), title=title)
        change = self.here("action_change", action.pk)
        return format_html('{} <a href="{}">{}</a>', said, change, gettext("Change"))


class TakeUpAct(TakeUp):
    """An act that the catalogue proposes for an entry."""

    section = "standing"

    @cached_property
    def proposal(self):
        """The act in the address; 404 when there is none such."""
        number = self.kwargs["number"]
        proposal = proposals.of_act(self.kwargs["entry_key"], number, people=self.people, on=self.today)
        if proposal is None:
            raise Http404
        return proposal

    def usual_way_back(self):
        """To the entry."""
        return self.here("entry", self.kwargs["entry_key"])


class TakeUpRecommendation(TakeUp):
    """What a fidelity visit advised."""

    section = "record"

    @cached_property
    def recommendation(self):
        """The recommendation in the address; 404 when the service has none such."""
        mine = Recommendation.objects.filter(rating__service=self.service).select_related("rating")
        return one_or_404(mine, pk=self.kwargs["record_pk"])

    @cached_property
    def proposal(self):
        """The recommendation as an action."""
        return proposals.of_recommendation(self.recommendation, people=self.people, on=self.today)

    def usual_way_back(self):
        """To the visit."""
        return self.here("fidelity_rating", self.recommendation.rating_id)


class ActionMixin(BackMixin):
    """Finds the action in the address."""

    section = "actions"

    @cached_property
    def action(self) -> Action:
        """The action."""
        return one_or_404(self.service.actions, pk=self.kwargs["action_pk"])

    def usual_way_back(self):
        """To the list."""
        return self.here("actions")


class ChangeAction(ActionMixin, RecordFormPage):
    """Change an action."""

    permission = Permission.EDIT_RECORD
    form_class = ActionForm
    title = _("Change the action")

    def get_instance(self):
        """The action."""
        return self.action

    def save(self, form):
        """Save what changed."""
        return actions.save(form.save(commit=False), by=self.member, on=self.today)

    def success_message(self, action):
        """Changed."""
        return _("Action changed.")


class SetActionState(ActionMixin, RecordFormPage):
    """Mark an action done or dropped, or open it again: leaders any, others their own."""

    permission = Permission.CHECK_IN_GOAL
    form_class = ConfirmForm

    @cached_property
    def action(self) -> Action:
        """The action; of others' only leaders may say that they are done."""
        mine = self.service.actions
        if not self.may(Permission.EDIT_RECORD):
            mine = mine.filter(owner=self.member)
        return one_or_404(mine, pk=self.kwargs["action_pk"])

    def get_title(self):
        """What is asked."""
        return {
            Action.State.DONE: _("Is this done?"),
            Action.State.DROPPED: _("Drop this action?"),
            Action.State.OPEN: _("Open this action again?"),
        }[self.kwargs["state"]]

    def get_intro(self):
        """Which action."""
        return self.action.title

    def save(self, form):
        """Set it."""
        return actions.set_state(self.action, self.kwargs["state"], by=self.member, on=self.today)

    def success_message(self, action):
        """What it is now."""
        return {
            Action.State.DONE: _("Marked as done."),
            Action.State.DROPPED: _("Dropped."),
            Action.State.OPEN: _("Open again."),
        }[action.state]


class AddObservation(RecordFormPage):
    """What somebody saw that hinders or helps."""

    permission = Permission.ADD_OBSERVATION
    form_class = ObservationForm
    title = _("New observation")
    intro = _("What you saw counts for six months, or until somebody sees that it has changed.")
    section = "standing"

    def get_initial(self):
        """The entry one came from; today."""
        key = self.request.GET.get("entry", "")
        return {"entry": key if key in TEXTS else "", "on": self.today}

    def save(self, form):
        """Record it."""
        return reviews.observe(form.save(commit=False), by=self.member)

    def success_message(self, observation):
        """Recorded."""
        return _("Observation saved.")

    def success_url(self, observation):
        """To the entry."""
        return self.here("entry", observation.entry)

    def cancel_url(self):
        """Back to how it stands."""
        return self.here("standing")
