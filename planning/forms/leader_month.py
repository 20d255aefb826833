"""Forms of the leader's month."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm
from planning.models import LeaderAct


class ChooseActForm(RecordForm, forms.Form):
    """Nothing but the button: this is the act of the month."""

    submit_label = _("Choose this one")


class LookBackForm(RecordForm, forms.ModelForm):
    """Whether the act of an earlier month helped."""

    helped = forms.ChoiceField(label=_("Did it help?"), choices=LeaderAct.Helped.choices, widget=forms.RadioSelect)
    required_messages = {"helped": _("Choose whether it helped.")}

    class Meta:
        model = LeaderAct
        fields = ["helped"]
