"""Which language a page speaks."""

from django.conf import settings
from django.utils import translation


def prefer_own_language(request) -> None:
    """The person's own, unless this browser was switched to another."""
    if not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
        translation.activate(request.user.language)
        request.LANGUAGE_CODE = translation.get_language()
