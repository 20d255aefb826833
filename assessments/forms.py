"""Forms of the assessments."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import PageForm
from assessments.models import FidelityRating


class FidelityForm(PageForm, forms.ModelForm):
    """A total on the IMR Fidelity Scale, with its date."""

    submit_label = _("Save the rating")
    required_messages = {
        "rated_on": _("Give the date of the visit."),
        "total": _("Write the mean, from 1 to 5, such as 4.38."),
    }

    class Meta:
        model = FidelityRating
        fields = ["rated_on", "total"]

    def __init__(self, *args, service, today, **kwargs):
        self.service, self.today = service, today
        super().__init__(*args, **kwargs)

    def clean_rated_on(self):
        """Not ahead, and one rating a day."""
        day = self.cleaned_data["rated_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: a visit has to have taken place."))
        if self.service.fidelity_ratings.filter(rated_on=day).exists():
            raise ValidationError(_("There is a rating of that day already. Give another day."))
        return day
