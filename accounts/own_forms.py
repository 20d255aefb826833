"""Forms about oneself: name, language, and taking up an invitation."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from accounts.forms import PageForm
from accounts.models import User


class OwnSettingsForm(PageForm, forms.ModelForm):
    """How Holdfast calls and addresses somebody."""

    required_messages = {"name": _("Write your name.")}

    class Meta:
        model = User
        fields = ["name", "language"]
        help_texts = {
            "name": _("As your colleagues know you. It is shown in all services you are in."),
            "language": _("Of pages and of mail to you. A service's documents have a language of their own."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class NewLoginForm(OwnSettingsForm):
    """Name, password and language of somebody who was invited."""

    submit_label = _("Make my login")
    required_messages = {"name": _("Write your name."), "password": _("Choose a password.")}

    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 15 characters. Four or five words that only you would put together are good."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["name", "password", "language"]

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.email = email

    def _post_clean(self):
        """Check the password once name and address are known: it must not resemble them."""
        super()._post_clean()
        password = self.cleaned_data.get("password")
        if password:
            try:
                validate_password(password, self.instance)
            except forms.ValidationError as problem:
                self.add_error("password", problem)


class ConfirmForm(PageForm, forms.Form):
    """A button and nothing else."""


class RememberPhoneForm(PageForm, forms.Form):
    """A button and nothing else; what it does stands above it."""

    submit_label = _("Remember this phone")
