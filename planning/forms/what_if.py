"""The question of what would happen to the hours: nothing is saved by asking."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import SUBMISSION
from accounts.models import Role
from accounts.record_forms import RecordForm
from planning.capacity import SCENARIOS
from planning.wording.what_if import drop_out


class WhatIfForm(RecordForm, forms.Form):
    """What changes, and from when; left empty, nothing does. Sent in the address, so that an answer can be kept."""

    submit_label = _("Show what happens")
    leaves = forms.ModelChoiceField(
        label=_("Who leaves, or stops with IMR"), queryset=None, required=False, empty_label=_("Nobody")
    )
    fewer_hours = forms.DecimalField(
        label=_("Hours a week that go"),
        min_value=Decimal(0),
        max_value=Decimal(400),
        decimal_places=2,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "min": "0", "step": "0.25"}),
    )
    groups = forms.IntegerField(
        label=_("Groups that come"),
        min_value=0,
        max_value=20,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
    )
    patients = forms.IntegerField(
        label=_("Patients one by one who come"),
        min_value=0,
        max_value=100,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "0"}),
    )
    drop_out = forms.ChoiceField(label=_("How many of them drop out"), required=False)
    from_on = forms.DateField(label=_("From when"), required=False, help_text=_("Left empty, from today."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields[SUBMISSION]  # nothing is saved
        self.fields["drop_out"].choices = [(scenario, drop_out(scenario)) for scenario in SCENARIOS]
        people = self.member.service.members.present(self.today).filter(role=Role.PRACTITIONER, guest=False)
        self.fields["leaves"].queryset = people.order_by("name", "pk")

    @property
    def marks_optional(self) -> bool:
        """Everything may be left empty; marking each field would say nothing."""
        return False

    @property
    def helper(self):
        """A form that only asks."""
        helper = super().helper
        helper.form_method = "get"
        helper.disable_csrf = True
        return helper

    def clean_from_on(self):
        """Today if no day is given; an earlier day cannot be changed any more."""
        day = self.cleaned_data["from_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Give today or a later day: what was cannot be changed."))
        return day or self.today
