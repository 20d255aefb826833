"""Request-wide behaviour that depends on who is signed in."""

from django.conf import settings
from django.utils import translation
from django.utils.cache import add_never_cache_headers


class PreferredLanguage:
    """A signed-in person's own language wins, unless this browser was switched to another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and not request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class NoStoreWhenSignedIn:
    """Pages of signed-in people stay in no cache: a shared computer shows nothing after sign-out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return response
