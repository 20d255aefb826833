"""The plan: the vision, what is expected, and the goals with their check-ins."""

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from planning import expectations, goals, tables, visions
from planning.forms.record import CheckInForm, GoalForm, VisionForm
from planning.models import Expectation, Goal
from planning.wording import run_charts


class PlanPage(WithSheet, Page):
    """Vision, what is expected, and goals in one view."""

    permission = Permission.SEE_RECORD
    template_name = "planning/plan.html"
    title = _("Plan")
    section = "plan"
    sheet_name = "goals"
    sheet_title = _("Goals")

    def sheet(self):
        """The goals."""
        return tables.goals(self.member)

    def get_context_data(self, **kwargs):
        """The vision in force, its earlier versions, what is expected, and the goals."""
        mine = self.service.goals.select_related("owner").prefetch_related("check_ins")
        if not self.may(Permission.EDIT_RECORD):
            mine = mine.exclude(state=Goal.State.DRAFT)
        vision = visions.in_force(self.service, on=self.today)
        expectation = expectations.in_force(self.service, on=self.today)
        return super().get_context_data(
            vision=vision,
            expectation=expectation,
            **(self.notes_of(expectation) if expectation else {}),
            earlier=self.service.visions.exclude(pk=vision.pk).order_by("-version") if vision else [],
            drafts=mine.filter(state=Goal.State.DRAFT).order_by("stated_on", "pk"),
            active=mine.active().order_by("due_on", "pk"),
            ended=mine.filter(state__in=[Goal.State.REACHED, Goal.State.DROPPED]).order_by("-ended_on", "pk"),
            **kwargs,
        )

    def notes_of(self, expectation: Expectation) -> dict:
        """For a practitioner the own note of what is expected; for leaders how many have taken none."""
        notes = {}
        if self.may(Permission.ACKNOWLEDGE):
            notes["own_note"] = expectations.note_of(self.member, expectation, on=self.today)
        if self.may(Permission.EDIT_RECORD):
            notes["without_note"] = expectations.without_note(expectation, on=self.today).count()
        return notes


class PublishVision(RecordFormPage):
    """Write and publish a new version of the vision."""

    permission = Permission.EDIT_RECORD
    form_class = VisionForm
    title = _("Vision")
    intro = _("Most services in the study had none. Two sentences and a date are a vision.")
    section = "plan"

    def get_initial(self):
        """A new version starts from the one in force."""
        vision = visions.in_force(self.service, on=self.today)
        return {"text": vision.text, "horizon_on": vision.horizon_on} if vision else {}

    def save(self, form):
        """Publish it."""
        return visions.publish(
            service=self.service,
            text=form.cleaned_data["text"],
            horizon_on=form.cleaned_data["horizon_on"],
            by=self.member,
            on=self.today,
        )

    def success_message(self, vision):
        """Which version is published."""
        return gettext("Vision published, version %(version)d.") % {"version": vision.version}

    def success_url(self, vision):
        """Back to the plan."""
        return self.here("plan")

    def cancel_url(self):
        """Back to the plan."""
        return self.here("plan")


class ConfirmVision(RecordFormPage):
    """Look at the vision again and say that it still holds."""

    permission = Permission.EDIT_RECORD
    template_name = "planning/vision_confirm.html"
    form_class = ConfirmForm
    title = _("Does the vision still hold?")
    section = "plan"

    @cached_property
    def vision(self):
        """The vision in force; 404 when there is none."""
        return one_or_404(self.service.visions.in_force(self.today))

    def get_context_data(self, **kwargs):
        """The vision."""
        return super().get_context_data(vision=self.vision, **kwargs)

    def save(self, form):
        """Note that it was looked at."""
        return visions.confirm(self.vision, by=self.member, on=self.today)

    def success_message(self, vision):
        """Noted."""
        return _("Noted: the vision still holds.")

    def success_url(self, vision):
        """Back to the plan."""
        return self.here("plan")

    def cancel_url(self):
        """To writing a new version instead."""
        return self.here("plan")


class GoalMixin:
    """Finds the goal in the address."""

    section = "plan"

    @cached_property
    def goal(self) -> Goal:
        """The goal; drafts are found by those who may write them only."""
        goals = self.service.goals.select_related("owner")
        if not self.may(Permission.EDIT_RECORD):
            goals = goals.exclude(state=Goal.State.DRAFT)
        return one_or_404(goals, pk=self.kwargs["goal_pk"])

    def success_url(self, obj):
        """To the goal."""
        goal = obj if isinstance(obj, Goal) else obj.goal
        return self.here("goal", goal.pk)


class GoalPage(GoalMixin, Page):
    """One goal with its check-ins."""

    permission = Permission.SEE_RECORD
    template_name = "planning/goal.html"

    def get_title(self):
        """The outcome."""
        return self.goal.outcome

    def get_context_data(self, **kwargs):
        """The goal, the latest check-in first; its figures over time."""
        check_ins = list(self.goal.check_ins.select_related("by").order_by("-on", "-pk"))
        figures = [(one.on, one.value) for one in reversed(check_ins) if one.value is not None]
        return super().get_context_data(
            goal=self.goal,
            check_ins=check_ins,
            chart=run_charts.shown(figures, name=gettext("The figure at each check-in")),
            late=self.goal.state == Goal.State.ACTIVE and self.goal.due_on and self.goal.due_on < self.today,
            **kwargs,
        )


class AddGoal(GoalMixin, RecordFormPage):
    """A new goal, at any time as a draft."""

    permission = Permission.EDIT_RECORD
    form_class = GoalForm
    title = _("New goal")
    intro = _("One result, one measure, one owner, one date. You can keep it as a draft at any time.")

    def save(self, form):
        """Save it as a draft or as a goal."""
        return goals.state(form.save(commit=False), by=self.member, on=self.today)

    def success_message(self, goal):
        """A draft or a goal."""
        return _("Draft saved.") if goal.state == Goal.State.DRAFT else _("Goal saved.")

    def cancel_url(self):
        """Back to the plan."""
        return self.here("plan")


class ChangeGoal(AddGoal):
    """Change a goal, or make a draft a goal."""

    title = _("Change the goal")
    intro = ""

    def get_instance(self):
        """The goal."""
        return self.goal

    def save(self, form):
        """Save what changed."""
        return goals.change(form.save(commit=False), by=self.member)

    def cancel_url(self):
        """Back to the goal."""
        return self.here("goal", self.goal.pk)


class CheckIn(GoalMixin, RecordFormPage):
    """How a goal goes today; a second check-in on the same day changes the first."""

    permission = Permission.CHECK_IN_GOAL
    form_class = CheckInForm
    title = _("How does it go?")

    def get_intro(self):
        """Which goal."""
        return self.goal.outcome

    def get_instance(self):
        """Today's check-in, if there is one."""
        return self.goal.check_ins.filter(on=self.today).first()

    def save(self, form):
        """Save it."""
        return goals.check_in(form.save(commit=False), goal=self.goal, by=self.member, on=self.today)

    def success_message(self, check_in):
        """Saved."""
        return _("Check-in saved.")

    def cancel_url(self):
        """Back to the goal."""
        return self.here("goal", self.goal.pk)


class EndGoal(GoalMixin, RecordFormPage):
    """Mark a goal reached or dropped."""

    permission = Permission.EDIT_RECORD
    form_class = ConfirmForm

    def get_title(self):
        """What is asked."""
        return _("Reached?") if self.kwargs["state"] == Goal.State.REACHED else _("Drop this goal?")

    def get_intro(self):
        """Which goal."""
        return self.goal.outcome

    def save(self, form):
        """End it today."""
        return goals.end(self.goal, self.kwargs["state"], by=self.member, on=self.today)

    def success_message(self, goal):
        """How it ended."""
        return _("Goal reached.") if goal.state == Goal.State.REACHED else _("Goal dropped.")

    def cancel_url(self):
        """Back to the goal."""
        return self.here("goal", self.goal.pk)
