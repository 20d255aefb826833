"""Making a login."""

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def make_login(*, email: str, password: str, name: str, language: str, is_example: bool = False) -> User:
    """A person who can sign in with an address that is known to be theirs: the way to it came by mail."""
    user = User.objects.create_user(email, password, name=name, language=language, is_example=is_example)
    # allauth keeps addresses in rows of its own, and would add this one unconfirmed on the first look at it.
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user
