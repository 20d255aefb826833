"""Who may sign in at all."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.models import User


def may_sign_in(user: User | None) -> bool:
    """Active people; example people, whose password is published, only where examples are allowed."""
    return user is not None and user.is_active and (settings.EXAMPLE_ACCOUNTS_ALLOWED or not user.is_example)


class Backend(AuthenticationBackend):
    """Asked at sign-in and with every request: a session ends as soon as its person may not sign in."""

    def user_can_authenticate(self, user: User | None) -> bool:
        """See `may_sign_in`."""
        return may_sign_in(user)
