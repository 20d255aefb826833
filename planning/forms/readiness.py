"""The form of what should be checked before a practice starts."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm, YesNo
from planning.models import ReadinessCheck

ITEMS = ReadinessCheck.Item


class ReadinessForm(RecordForm, forms.Form):
    """The three questions as of one day; what is not answered stays as it was."""

    submit_label = _("Save the answers")
    eligible = YesNo(label=_("Is it checked which patients IMR could be for, and how many?"))
    capacity = YesNo(label=_("Is it checked that they can be seen weekly for a year?"))
    briefing = YesNo(label=_("Were the practitioners briefed on what IMR asks of them?"))
    on = forms.DateField(label=_("As of"))
    required_messages = {"on": _("Give the day of which you speak, such as today.")}

    def clean_on(self):
        """Not ahead."""
        day = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day."))
        return day

    def clean(self):
        """At least one answer."""
        data = super().clean()
        if not self.errors and not self.answers:
            raise ValidationError(_("Answer at least one of the questions with yes or no."))
        return data

    @property
    def answers(self) -> dict[str, bool]:
        """What was answered, by item."""
        given = {item.value: self.cleaned_data.get(item.value) for item in ITEMS}
        return {item: done for item, done in given.items() if done is not None}
