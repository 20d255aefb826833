"""Forms of the vision, and of having read it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import Vision
from planning.wording.own_words import VISION


class VisionForm(RecordForm, forms.ModelForm):
    """Why IMR is here and where it is to be. It can be kept as a draft at any time."""

    submit_label = _("Publish")
    second_label, second_name = _("Save as a draft"), "as_draft"
    examples = {"text": VISION}
    text = forms.CharField(
        label=_("Vision"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why IMR is here, and what patients and colleagues will see when it works. A few sentences do."),
    )
    required_messages = {"text": _("Write the vision, if only in one sentence.")}

    asked_for = ("horizon_on",)  # of a vision that is published; a draft does without

    class Meta:
        model = Vision
        fields = ["text", "horizon_on"]

    def clean_horizon_on(self):
        """Given and ahead of today; a draft may be without, and may wait until its day is past."""
        day = self.cleaned_data["horizon_on"]
        if self.by_second:
            return day
        if day is None:
            raise ValidationError(_("Give the date by which you want to be there, or keep the vision as a draft."))
        if day <= self.today:
            raise ValidationError(_("Give a date after today."))
        return day
