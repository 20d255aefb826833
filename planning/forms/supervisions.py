"""Forms of supervision that took place."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_forms import RecordForm
from planning.models import Supervision


class SupervisionForm(RecordForm, forms.ModelForm):
    """The day on which supervision took place. Who was there is not asked."""

    seen_with = Permission.SEE_RECORD
    submit_label = _("Save")
    required_messages = {"held_on": _("Give the day on which supervision took place.")}

    class Meta:
        model = Supervision
        fields = ["held_on"]

    def clean_held_on(self):
        """Not ahead, and one a day: two meetings on a day count as one."""
        day = self.cleaned_data["held_on"]
        if day > self.today:
            raise ValidationError(_("Give today or an earlier day: it has to have taken place."))
        if self.member.service.supervisions.filter(held_on=day).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Supervision on that day is recorded already."))
        return day


class SupervisedTodayForm(SupervisionForm):
    """One button, for today."""

    submit_label = _("Supervision took place today")

    class Meta(SupervisionForm.Meta):
        widgets = {"held_on": forms.HiddenInput}
