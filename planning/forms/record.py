"""Forms of time, actions, observations."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import MemberChoice, RecordForm
from planning.models import Action, Allocation, Behaviour, Observation
from planning.risks import ENTRIES
from planning.wording.entries import TEXTS
from planning.wording.labels import THEMES


class AllocationForm(RecordForm, forms.ModelForm):
    """Hours a week set aside for one person and one kind of IMR work."""

    submit_label = _("Set the time aside")
    required_messages = {
        "member": _("Choose whose time it is."),
        "work": _("Choose what the time is for."),
        "hours_per_week": _("Write how many hours a week, such as 2 or 1.5."),
        "starts_on": _("Give the day from which it holds."),
    }

    class Meta:
        model = Allocation
        fields = ["member", "work", "hours_per_week", "starts_on", "ends_on"]
        widgets = {
            "work": forms.RadioSelect,
            "hours_per_week": forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.25", "min": "0.25"}),
        }
        help_texts = {"ends_on": _("Leave empty if it holds until further notice.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = (
            self.member.service.members.of_record().present(self.today).order_by("name", "pk")
        )
        self.fields["member"].empty_label = _("Choose a person")

    def clean(self):
        """Until is not before from."""
        data = super().clean()
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("Give a day on or after the first one, or leave this empty."))
        return data


class ActionForm(RecordForm, forms.ModelForm):
    """Who does what by when."""

    submit_label = _("Save the action")
    title = forms.CharField(label=_("What is to be done"), max_length=200)
    owner = MemberChoice(label=_("Who does it"))
    behaviour = forms.ChoiceField(
        label=_("Leadership behaviour"),
        choices=[("", _("None in particular")), *Behaviour.choices],
        required=False,
        help_text=_("If this is something the leader does: which side of leading it shows."),
    )
    required_messages = {
        "title": _("Write what is to be done."),
        "owner": _("Choose who does it."),
        "due_on": _("Give a date by which it is done."),
    }

    class Meta:
        model = Action
        fields = ["title", "owner", "due_on", "behaviour"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].required = True

    def clean_due_on(self):
        """A new date lies ahead; one that was there before may stay."""
        day = self.cleaned_data["due_on"]
        if day < self.today and day != self.initial.get("due_on"):
            raise ValidationError(_("Give today or a later day."))
        return day


class TakeUpForm(RecordForm, forms.Form):
    """Nothing but the button: what is proposed is taken up as it is."""

    submit_label = _("Take this up")


def entry_choices() -> list:
    """The catalogue's entries by theme, as choices for what an observation is about."""
    return [
        (str(name), [(entry.key, TEXTS[entry.key].title_unknown) for entry in ENTRIES if entry.theme == theme])
        for theme, name in THEMES.items()
    ]


class ObservationForm(RecordForm, forms.ModelForm):
    """What somebody saw that hinders or helps."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save the observation")
    entry = forms.ChoiceField(label=_("What it is about"))
    text = forms.CharField(
        label=_("What was seen"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In a sentence. Nothing about a patient, nobody's name."),
    )
    required_messages = {
        "entry": _("Choose what it is about."),
        "effect": _("Choose whether it hinders or helps."),
        "text": _("Write what was seen, in a sentence."),
        "on": _("Give the day on which it was seen."),
        "source": _("Choose where it came up."),
    }

    class Meta:
        model = Observation
        fields = ["entry", "effect", "text", "on", "source"]
        widgets = {"effect": forms.RadioSelect, "source": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["entry"].choices = [("", _("Choose one")), *entry_choices()]

    def clean_on(self):
        """Not in the future and not longer ago than a year."""
        day = self.cleaned_data["on"]
        if not self.today - timedelta(days=366) <= day <= self.today:
            raise ValidationError(_("Give a day within the last year."))
        return day
