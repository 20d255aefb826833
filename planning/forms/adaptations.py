"""The form of a change to the programme."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import Adaptation


class AdaptationForm(RecordForm, forms.ModelForm):
    """What is done otherwise; and what makes it a planned change, as far as it is there."""

    submit_label = _("Save the change")
    required_messages = {
        "what": _("Write what is done otherwise, in a few words."),
        "in_use_from": _("Give the day from which it is in use, if only about."),
    }

    class Meta:
        model = Adaptation
        fields = ["what", "in_use_from", "reason", "evidence", "decided_on", "look_again_on", "in_use_until"]
        help_texts = {
            "look_again_on": _("A change without such a date stays for ever."),
            "in_use_until": _("Leave empty while it is in use."),
        }

    def clean_decided_on(self):
        """Not ahead: what will be decided is not decided."""
        day = self.cleaned_data["decided_on"]
        if day and day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have been decided."))
        return day

    def clean(self):
        """Until is not before from."""
        data = super().clean()
        begun, ended = data.get("in_use_from"), data.get("in_use_until")
        if begun and ended and ended < begun:
            self.add_error("in_use_until", _("Give a day on or after the first one, or leave this empty."))
        return data
