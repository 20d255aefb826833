"""Request-wide behaviour that depends on who is signed in."""

from django.contrib.auth.models import AnonymousUser
from django.utils.cache import add_never_cache_headers

from accounts import sessions
from accounts.languages import prefer_own_language


class SessionEnds:
    """A full session ends twelve hours after the password and half an hour after the last request (quality point S05).

    Right after Django's own middleware has said who is asking: nothing behind it sees a session that is over.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated and sessions.left_of(request.session).is_over:
            sessions.finish(type(request.user), request)
            request.session.flush()
            request.user = AnonymousUser()
        return self.get_response(request)

    def process_view(self, request, view, *_arguments):
        """Note that something was done, before the page that counts the minutes left is made."""
        unattended = getattr(getattr(view, "view_class", None), "unattended", False)
        if request.user.is_authenticated and not unattended:
            sessions.note_activity(request.session)


class PreferredLanguage:
    """A signed-in person's own language wins, unless this browser was switched to another."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.user.is_authenticated:
            prefer_own_language(request)
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
