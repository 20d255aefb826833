"""Actions and observations."""

from datetime import timedelta

from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.models import Role
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from assessments.models import Recommendation
from planning import actions, reviews, tables
from planning.forms.record import ActionForm, ObservationForm
from planning.models import Action
from planning.presenters import action_rows
from planning.wording.entries import TEXTS
from planning.wording.figures import day


class Actions(WithSheet, Page):
    """Who does what by when."""

    permission = Permission.SEE_RECORD
    template_name = "planning/actions.html"
    title = _("Actions")
    section = "actions"

    def sheet(self):
        """All of them."""
        return tables.actions(self.service)

    def get_context_data(self, **kwargs):
        """Late ones first, then open ones by date, then what was done lately."""
        mine = self.service.actions.select_related("owner", "review")
        return super().get_context_data(
            late=self.rows(mine.late(self.today).order_by("due_on", "pk")),
            open=self.rows(mine.open().exclude(due_on__lt=self.today).order_by("due_on", "pk")),
            closed=self.rows(mine.exclude(state=Action.State.OPEN).order_by("-closed_on", "-pk")[:20]),
            **kwargs,
        )

    def rows(self, actions) -> list:
        """Actions as rows."""
        return action_rows(actions, member=self.member, today=self.today)


TAKES_UP_ADVICE = "feedback-unused"  # the entry that an action from a recommendation is to clear


class AddAction(RecordFormPage):
    """A new action, from a flag, a recommendation, a review, or of its own."""

    permission = Permission.EDIT_RECORD
    form_class = ActionForm
    title = _("New action")
    section = "actions"

    @cached_property
    def entry_key(self) -> str:
        """The catalogue entry that it is to clear, from the address; empty for none."""
        key = TAKES_UP_ADVICE if self.recommendation else self.request.GET.get("entry", "")
        return key if key in TEXTS else ""

    @cached_property
    def act(self):
        """The recommended act that was clicked, or None."""
        number = self.request.GET.get("act", "")
        acts = TEXTS[self.entry_key].acts if self.entry_key else ()
        return dict(enumerate(acts)).get(int(number)) if number.isdecimal() else None

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
        """A recommendation proposes its words; a recommended act its owner and its date besides."""
        if self.recommendation:
            longest = Action._meta.get_field("title").max_length
            return {"title": Truncator(self.recommendation.text).chars(longest)}
        if self.act is None:
            return {}
        owner = self.service.members.present(self.today).filter(role=self.act.owner_role).order_by("name", "pk")
        leading = self.act.owner_role in (Role.LEADER, Role.STAND_IN)
        return {
            "title": str(self.act.text),
            "owner": owner.first() if leading or owner.count() == 1 else None,
            "due_on": self.today + timedelta(days=self.act.days),
            "behaviour": self.act.behaviour or "",
        }

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


class ActionMixin:
    """Finds the action in the address."""

    section = "actions"

    @cached_property
    def action(self) -> Action:
        """The action."""
        return one_or_404(self.service.actions, pk=self.kwargs["action_pk"])

    def success_url(self, action):
        """Back to the list."""
        return self.here("actions")

    def cancel_url(self):
        """Back to the list."""
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
