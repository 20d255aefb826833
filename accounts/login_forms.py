"""allauth's forms in our words and our look."""

from allauth.account import forms as allauth_forms
from crispy_forms.layout import HTML, Layout
from django.utils.translation import gettext_lazy as _

from accounts.forms import PageForm

EMAIL = _("E-mail address")
PASSWORD_HELP = _(
    "At least 15 characters. A few words in a row are easy to remember and hard to guess. You may paste it."
)
WRITE_EMAIL = _("Write your e-mail address.")
CHOOSE_PASSWORD = _("Choose a new password.")
REPEAT_PASSWORD = _("Write the new password once more.")
WRITE_PASSWORD = _("Write your password.")


class SignInForm(PageForm, allauth_forms.LoginForm):
    """Address and password."""

    labels = {"login": EMAIL, "password": _("Password")}
    help_texts = {"password": ""}
    required_messages = {"login": WRITE_EMAIL, "password": WRITE_PASSWORD}
    submit_label = _("Sign in")


class AskForPasswordForm(PageForm, allauth_forms.ResetPasswordForm):
    """The address to which the way to a new password is sent."""

    labels = {"email": EMAIL}
    required_messages = {"email": WRITE_EMAIL}
    submit_label = _("Send me a link")


class NewPasswordForm(PageForm, allauth_forms.ResetPasswordKeyForm):
    """A new password, by the link from the mail."""

    labels = {"password1": _("New password"), "password2": _("New password once more")}
    help_texts = {"password1": PASSWORD_HELP}
    required_messages = {"password1": CHOOSE_PASSWORD, "password2": REPEAT_PASSWORD}
    submit_label = _("Save the new password")


class KnownPersonForm(PageForm):
    """A form about the password of somebody signed in: password keepers are told whose it is."""

    def get_layout(self) -> Layout:
        """The fields, after the address as password keepers look for it."""
        address = HTML('<input type="text" hidden readonly autocomplete="username" value="{{ form.user.email }}">')
        return Layout(address, *super().get_layout().fields)


class ChangePasswordForm(KnownPersonForm, allauth_forms.ChangePasswordForm):
    """A new password, by somebody who knows the old one."""

    labels = {
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    help_texts = {"oldpassword": "", "password1": PASSWORD_HELP}
    required_messages = {
        "oldpassword": _("Write the password you have now."),
        "password1": CHOOSE_PASSWORD,
        "password2": REPEAT_PASSWORD,
    }
    submit_label = _("Save the new password")


class SetPasswordForm(KnownPersonForm, allauth_forms.SetPasswordForm):
    """A first password, for somebody without one."""

    labels = {"password1": _("New password"), "password2": _("New password once more")}
    help_texts = {"password1": PASSWORD_HELP}
    required_messages = {"password1": CHOOSE_PASSWORD, "password2": REPEAT_PASSWORD}
    submit_label = _("Save the new password")


class ConfirmPasswordForm(KnownPersonForm, allauth_forms.ReauthenticateForm):
    """The password again, before something that matters."""

    labels = {"password": _("Password")}
    required_messages = {"password": WRITE_PASSWORD}
    submit_label = _("Go on")


class AddEmailForm(PageForm, allauth_forms.AddEmailForm):
    """One more address of one's own."""

    labels = {"email": _("New e-mail address")}
    required_messages = {"email": _("Write the new e-mail address.")}
    submit_label = _("Add the address")
    submit_name = "action_add"
