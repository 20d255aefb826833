"""Forms of goals: stating one, checking in on it."""

from datetime import date, timedelta

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import MemberChoice, OneOrNone, RecordForm
from planning import goals
from planning.models import Goal, GoalCheckIn
from planning.wording.figures import day, plain
from planning.wording.own_words import GOAL

BEFORE_DUE = "before_due"
LOOK_AGAIN_AFTER = {"in_3_days": 3, "in_4_weeks": goals.LOOK_AGAIN_DAYS}


class GoalForm(RecordForm, forms.ModelForm):
    """A goal; as a draft only the outcome is needed, as a goal a measure, an owner and a date besides."""

    submit_label = _("Save the goal")
    second_name = "as_draft"
    asked_for = ("doing_measure", "owner", "due_on")  # of a goal; a draft does without
    examples = GOAL
    owner = MemberChoice(label=_("Who owns it"), required=False)
    look_again = OneOrNone(
        label=_("When do you look at it again?"), choices=[], none_label=_("On the day below, or not yet")
    )
    required_messages = {"outcome": _("Write what you want to reach.")}

    class Meta:
        model = Goal
        fields = [
            "outcome",
            "doing_measure",
            "result_measure",
            "baseline",
            "target",
            "owner",
            "due_on",
            "first_step",
            "if_obstacle",
            "then_plan",
            "check_in_on",
        ]
        labels = {"check_in_on": _("On another day")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # What was stated as a goal is one: practitioners have seen it.
        self.second_label = "" if self.is_stated else _("Save as a draft")
        none = self.fields["look_again"].choices[-1]
        self.fields["look_again"].choices = [
            ("in_3_days", gettext("In 3 days, %(day)s") % {"day": day(self.day_after("in_3_days"))}),
            ("in_4_weeks", gettext("In four weeks, %(day)s") % {"day": day(self.day_after("in_4_weeks"))}),
            (BEFORE_DUE, gettext("The day before it is to be reached")),
            none,
        ]

    @property
    def is_stated(self) -> bool:
        """Whether it is a goal already, and no draft."""
        return bool(self.instance.pk) and self.instance.state != Goal.State.DRAFT

    @property
    def as_draft(self) -> bool:
        """Whether it is kept as a draft."""
        return self.by_second and not self.is_stated

    def day_after(self, code: str) -> date:
        """The day that a choice stands for."""
        return self.today + timedelta(days=LOOK_AGAIN_AFTER[code])

    def get_layout(self) -> Layout:
        """In the order in which one thinks of it."""
        return Layout(
            Fieldset(_("What"), "outcome"),
            Fieldset(_("How you see it"), "doing_measure", "result_measure", Div("baseline", "target")),
            Fieldset(_("Who and when"), "owner", "due_on", "first_step"),
            Fieldset(_("What could get in the way"), "if_obstacle", "then_plan"),
            Fieldset(_("Looking at it"), "look_again", "check_in_on"),
        )

    def clean_due_on(self):
        """A new date to reach it by lies ahead; that of a goal, or of what stays a draft, may stay as it was."""
        return self.not_past("due_on")

    def clean_check_in_on(self):
        """The same of a day to look at it again."""
        return self.not_past("check_in_on")

    def not_past(self, name: str) -> date | None:
        """The day that was given, unless it is over and new, or that of a draft which is to be a goal from now on."""
        given = self.cleaned_data[name]
        stays = given == self.initial.get(name) and (self.is_stated or self.as_draft)
        if given and given < self.today and not stays:
            raise ValidationError(_("Give today or a later day."))
        return given

    def clean(self):
        """A goal without measure, owner or date is a wish: it can be kept as a draft."""
        data = super().clean()
        if not self.as_draft:
            if not (data.get("doing_measure") or data.get("result_measure")):
                self.lacks("doing_measure", _("Write how you will see it being done, or keep the goal as a draft."))
            if not data.get("owner"):
                self.lacks("owner", _("Choose who owns it, or keep the goal as a draft."))
            if not data.get("due_on"):
                self.lacks("due_on", _("Give a date to reach it by, or keep the goal as a draft."))
            if data.get("then_plan") and not data.get("if_obstacle"):
                self.lacks("if_obstacle", _("Write what could get in the way, or leave both of these empty."))
            if data.get("if_obstacle") and not data.get("then_plan"):
                self.lacks("then_plan", _("Write what you do then, or leave both of these empty."))
        if data.get("look_again"):
            data["check_in_on"] = self.chosen_day(data)
            self.errors.pop("check_in_on", None)  # the choice counts, whatever stands in the field below it
            if data["check_in_on"] and data["check_in_on"] < self.today and "due_on" not in self.errors:
                self.add_error("look_again", _("That day is over. Choose another one."))
        return data

    def lacks(self, name: str, message) -> None:
        """Say what is missing, unless what was given there is wrong in itself."""
        if name not in self.errors:
            self.add_error(name, message)

    def chosen_day(self, data) -> date | None:
        """The day that was chosen among those offered; none yet for a draft without a date."""
        if data["look_again"] != BEFORE_DUE:
            return self.day_after(data["look_again"])
        return data["due_on"] - timedelta(days=1) if data.get("due_on") else None

    def save(self, commit=True):
        """The goal, active or as a draft."""
        self.instance.state = Goal.State.DRAFT if self.as_draft else Goal.State.ACTIVE
        return super().save(commit)


class CheckInForm(RecordForm, forms.ModelForm):
    """How a goal goes today: a choice, a number, and a few words for those who want to.

    `last`: the check-in before, whose figure is offered again.
    """

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the check-in")
    note = forms.CharField(label=_("Note"), max_length=140, required=False, help_text=_("Nothing about a patient."))
    required_messages = {"progress": _("Choose how it goes.")}

    class Meta:
        model = GoalCheckIn
        fields = ["progress", "value", "note"]
        widgets = {
            "progress": forms.RadioSelect,
            "value": forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
        }

    def __init__(self, *args, goal: Goal, last: GoalCheckIn | None, **kwargs):
        super().__init__(*args, **kwargs)
        help_text = [goal.doing_measure or goal.result_measure]
        if last and last.value is not None:
            if self.instance._state.adding:
                self.initial["value"] = f"{last.value.normalize():f}"  # "3", not "3.00"
            help_text.append(
                gettext("On %(day)s it was %(figure)s. Change it if it is another one now.")
                % {"day": day(last.on), "figure": plain(last.value)}
            )
        self.fields["value"].help_text = " · ".join(part for part in help_text if part)
