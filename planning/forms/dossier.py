"""Taking a service's record out as a file."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.record_forms import RecordForm

WITHOUT, WITH = "without", "with"


class TakeOutForm(RecordForm, forms.Form):
    """With the names of people or without; nothing is chosen beforehand."""

    submit_label = _("Get the file")
    names = forms.ChoiceField(
        label=_("Names of people"),
        choices=[(WITHOUT, _("Without: people are called m1, m2 and so on")), (WITH, _("With names"))],
        widget=forms.RadioSelect,
    )
    required_messages = {"names": _("Choose whether the names of people are in the file.")}
