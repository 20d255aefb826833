"""The form of an agreement with colleagues on the hours set aside."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import Clearance


class ClearanceForm(RecordForm, forms.ModelForm):
    """The day on which the hours were gone through with the staff, and what was agreed."""

    submit_label = _("Save")
    required_messages = {"cleared_on": _("Give the day on which you went through the hours with the staff.")}

    class Meta:
        model = Clearance
        fields = ["cleared_on", "agreed"]
        widgets = {"agreed": forms.Textarea(attrs={"rows": 3})}

    def clean_cleared_on(self):
        """Not ahead: it has to have taken place."""
        day = self.cleaned_data["cleared_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have taken place."))
        return day
