"""Forms of what is expected of practitioners, and of taking note of it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.models import Member
from accounts.record_forms import ConfirmForm, RecordForm
from planning import expectations
from planning.models import Acknowledgement, Expectation
from planning.wording.own_words import EXPECTED


class ExpectationForm(RecordForm, forms.ModelForm):
    """What is expected, in writing."""

    submit_label = _("Publish")
    second_label, second_name = _("Save as a draft"), "as_draft"
    examples = {"text": EXPECTED}
    required_messages = {"text": _("Write what is expected, if only in two sentences.")}

    class Meta:
        model = Expectation
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


LONGEST_NUMBER = 10  # digits; no version has as many


class ShownVersion(forms.Field):
    """The number of the version that a page showed. A missing or spoilt one is no error of the person: it is 0."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, label="", **kwargs)

    def clean(self, value) -> int:
        """The number; 0, which no version has, for none."""
        number = str(value)
        return int(number) if number.isdecimal() and len(number) < LONGEST_NUMBER else 0


class ReadForm(ConfirmForm):
    """One button: a practitioner has read it. By name only leaders see who has.

    It carries the number of the version that stands above it, so that no other one is noted as read.
    """

    seen_with = Permission.EDIT_RECORD
    submit_label = _("I have read this")
    version = ShownVersion()

    def show(self, version: int) -> None:
        """Let the form, sent and shown again, stand below that version."""
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(version)


class ToldForm(RecordForm, forms.ModelForm):
    """Who was told in person, and when; offered are those who have not taken note of this version."""

    submit_label = _("Record it")
    required_messages = {
        "member": _("Choose who was told."),
        "on": _("Give the day on which they were told."),
    }

    class Meta:
        model = Acknowledgement
        fields = ["member", "on"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.expectation = expectations.in_force(self.member.service, on=self.today)
        self.fields["member"].queryset = (
            expectations.without_note(self.expectation, on=self.today) if self.expectation else Member.objects.none()
        )
        self.fields["member"].empty_label = _("Choose a person")

    def clean_on(self):
        """Within the life of the text in force, and not ahead."""
        day = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have been said."))
        if self.expectation and day < self.expectation.published_on:
            raise ValidationError(_("Give a day on or after the one on which this text was published."))
        return day
