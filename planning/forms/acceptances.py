"""The form with which a leader accepts a flag for a time."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning import acceptances
from planning.models import Acceptance
from planning.models.acceptance import REASON_CHARACTERS
from planning.wording.figures import day as in_words


class AcceptanceForm(RecordForm, forms.ModelForm):
    """Why, and until when."""

    submit_label = _("Accept it until then")
    reason = forms.CharField(
        label=_("Why you live with it for now"),
        min_length=REASON_CHARACTERS,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody who reads this record sees it, and it stands in the plan. Nothing about a patient."),
    )
    required_messages = {
        "reason": _("Write why you live with it for now, in a sentence."),
        "until": _("Give the day until which you live with it."),
    }

    class Meta:
        model = Acceptance
        fields = ["reason", "until"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["until"].help_text = gettext("At most 180 days: %(day)s is the last possible day.") % {
            "day": in_words(acceptances.last_day(self.today))
        }

    def clean_until(self):
        """Ahead, and not for good."""
        day = self.cleaned_data["until"]
        if not self.today < day <= acceptances.last_day(self.today):
            raise ValidationError(_("Give a day after today, at most 180 days ahead."))
        return day
