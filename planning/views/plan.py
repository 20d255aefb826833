"""The plan on one page, and the goals with their check-ins."""

from datetime import date

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.pages import Page
from accounts.record_forms import ConfirmForm
from accounts.record_pages import RecordFormPage, one_or_404
from accounts.sheet_pages import WithSheet
from assessments import run_charts
from planning import expectations, goals, tables, visions
from planning.forms.goals import CheckInForm, GoalForm
from planning.lateness import late_since
from planning.models import Expectation, Goal, GoalCheckIn, Vision
from planning.wording.figures import day


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
        goals_of = self.goals_by_state()
        vision = visions.in_force(self.service, on=self.today)
        expectation = expectations.in_force(self.service, on=self.today)
        return super().get_context_data(
            vision=vision,
            **(self.readings_of(vision) if vision else {}),
            expectation=expectation,
            **(self.notes_of(expectation) if expectation else {}),
            **(self.drafts_of_texts() if self.may(Permission.EDIT_RECORD) else {}),
            decision=self.service.decisions.order_by("-decided_on", "-pk").first(),
            wanted=self.service.decisions_wanted.open().select_related("asked_of").order_by("wanted_by", "pk"),
            drafts=goals_of[Goal.State.DRAFT],
            active=sorted(goals_of[Goal.State.ACTIVE], key=lambda goal: (goal.due_on or date.max, goal.pk)),
            ended=sorted(
                goals_of[Goal.State.REACHED] + goals_of[Goal.State.DROPPED],
                key=lambda goal: (-goal.ended_on.toordinal(), goal.pk),
            ),
            **kwargs,
        )

    def goals_by_state(self) -> dict[str, list[Goal]]:
        """The goals in the order in which they were stated; drafts for those alone who may write them."""
        found: dict[str, list[Goal]] = {state: [] for state in Goal.State.values}
        for goal in self.service.goals.select_related("owner").order_by("stated_on", "pk"):
            if goal.state != Goal.State.DRAFT or self.may(Permission.EDIT_RECORD):
                found[goal.state].append(goal)
        return found

    def readings_of(self, vision: Vision) -> dict:
        """How near the vision's day is; one's own reading, or how many have read it."""
        found = {"horizon": visions.horizon(vision, on=self.today)}
        if self.may(Permission.ACKNOWLEDGE):
            found["own_reading"] = visions.note_of(self.member, vision, on=self.today)
        else:
            found["readers"] = visions.readers(vision, on=self.today)
        return found

    def drafts_of_texts(self) -> dict:
        """The next versions that leaders are writing."""
        return {
            "vision_draft": visions.draft_of(self.service),
            "expectation_draft": expectations.draft_of(self.service),
        }

    def notes_of(self, expectation: Expectation) -> dict:
        """For a practitioner the own note of what is expected; for leaders how many have taken none."""
        notes = {}
        if self.may(Permission.ACKNOWLEDGE):
            notes["own_note"] = expectations.note_of(self.member, expectation, on=self.today)
        if self.may(Permission.EDIT_RECORD):
            notes["without_note"] = expectations.without_note(expectation, on=self.today).count()
        return notes


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
        figures = {one.on: one.value for one in reversed(check_ins) if one.value is not None}  # the last one of a day
        return super().get_context_data(
            goal=self.goal,
            check_ins=check_ins,
            chart=run_charts.shown(list(figures.items()), name=gettext("The figure at each check-in")),
            late_since=late_since(self.goal.due_on, on=self.today) if self.goal.state == Goal.State.ACTIVE else None,
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
    """How a goal goes today; a second check-in of the same person on the same day changes the first."""

    permission = Permission.CHECK_IN_GOAL
    form_class = CheckInForm
    title = _("How does it go?")

    def get_intro(self):
        """Which goal."""
        return self.goal.outcome

    @property
    def own(self) -> QuerySet[GoalCheckIn]:
        """What the reader said of it today."""
        return self.goal.check_ins.filter(on=self.today, by=self.member)

    def get_instance(self):
        """One's own check-in of today, if there is one."""
        return self.own.first()

    def get_form_kwargs(self):
        """Adds the goal, and the check-in before this one: perhaps somebody else's, of today."""
        others = self.goal.check_ins.filter(on__lte=self.today).exclude(pk__in=self.own.values("pk"))
        last = others.order_by("-on", "-pk").first()
        return super().get_form_kwargs() | {"goal": self.goal, "last": last}

    def save(self, form):
        """Save it."""
        return goals.check_in(form.save(commit=False), goal=self.goal, by=self.member, on=self.today)

    def success_message(self, check_in):
        """Saved; and the day on which it comes up again."""
        again = check_in.goal.check_in_on
        if again is None or again <= self.today:
            return _("Check-in saved.")
        return gettext("Check-in saved. It comes up again on %(day)s.") % {"day": day(again)}

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
