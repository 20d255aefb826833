"""The form about the service itself. It asks for what the rules and the documents read."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import PageForm
from accounts.models import Service


class ServiceForm(PageForm, forms.ModelForm):
    """What the service is called, since when it uses IMR, and when the project behind it ends."""

    required_messages = {"name": _("Write what the service is called.")}

    class Meta:
        model = Service
        fields = ["name", "setting", "started_on", "project_ends_on", "language"]
        widgets = {"setting": forms.RadioSelect, "language": forms.RadioSelect}
        help_texts = {
            "started_on": _("The day the first patient had the first session. Fidelity visits are counted from it."),
            "language": _("Plans and mail to people without a language of their own are written in it."),
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_started_on(self):
        """Not ahead: it is the day the practice began, not the day it is planned for."""
        day = self.cleaned_data["started_on"]
        if day and day > self.today:
            raise forms.ValidationError(_("Give today or an earlier day, or leave it empty until IMR has begun."))
        return day

    def clean(self):
        """A project that brought IMR did not end before IMR began."""
        cleaned = super().clean()
        began, ends = cleaned.get("started_on"), cleaned.get("project_ends_on")
        if began and ends and ends < began:
            self.add_error("project_ends_on", _("Give a day on or after the one on which IMR began."))
        return cleaned
