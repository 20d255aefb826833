"""What a password must not be, beyond Django's own rules."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTEXT_WORDS = ("holdfast",)  # with it, also the published password of the example people


class ContextWordValidator:
    """Refuses what anybody would try first here (ASVS 5.0, 6.2.11)."""

    def validate(self, password: str, user=None) -> None:
        """Raises ValidationError when the product's name is in the password."""
        if any(word in password.lower() for word in CONTEXT_WORDS):
            raise ValidationError(_("Leave the name of this site out of your password."), code="context_word")

    def get_help_text(self) -> str:
        """The rule in a sentence."""
        return _("Your password can't contain the name of this site.")
