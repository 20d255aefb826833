"""A person's own calendar under a secret address, the page where they make that address, and one review as a file."""

import hashlib

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag, urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View

from accounts import sessions
from accounts.access import Permission, ServiceMixin, memberships_of
from accounts.pages import SignedInPage
from planning import calendar_feeds
from planning.links import link
from planning.models import CalendarFeed
from planning.views.reviews import ReviewMixin

CALENDAR = "text/calendar; method=PUBLISH; charset=utf-8"


class Feed(View):
    """The calendar, for programs that come by themselves: no sign-in, no session, nothing changes.

    Whoever is signed in besides is nobody here. Programs may keep a copy, but ask each time whether it still holds, so
    that an address that was ended is over at once.
    """

    http_method_names = ["get", "head", "options"]
    unattended = True  # it keeps no session alive

    def get(self, request, token):
        """The file; 304 to whoever has it already, 404 where the address leads nowhere."""
        request.user = AnonymousUser()
        found = calendar_feeds.find(token, on=timezone.localdate())
        if found is None:
            return self.missed(request)
        user, members = found
        body = calendar_feeds.content(user, members, at=timezone.now())
        etag = quote_etag(hashlib.sha256(body).hexdigest())
        response = HttpResponse(body, content_type=CALENDAR, headers={"ETag": etag})
        response["Content-Disposition"] = 'inline; filename="holdfast.ics"'
        patch_cache_control(response, private=True, no_cache=True)
        response = get_conditional_response(request, etag=etag, response=response)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @method_decorator(rate_limit(action="calendar_missed", limit_get=True))
    def missed(self, request):
        """Nothing here; after many of these, whoever asks has to wait."""
        raise Http404


class OwnCalendar(SignedInPage):
    """Make, renew and end the address of one's own calendar.

    The address is shown in the answer that makes it, and nowhere afterwards: not even we could.
    """

    template_name = "planning/own_calendar.html"
    title = _("Your calendar")
    address = ""

    def get_context_data(self, **kwargs):
        """The address if it is new, and since when there is one."""
        user = self.request.user
        members = memberships_of(user, on=self.today)
        return super().get_context_data(
            feed=CalendarFeed.objects.filter(user=user).first(),
            address=self.address,
            has_entries=bool(calendar_feeds.readers(members)),
            today=self.today,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """End the address, or make a new one; for that the password must be fresh, as it opens something for good."""
        if "end" in request.POST:
            calendar_feeds.end(request.user)
            messages.success(request, gettext("The address is ended. Calendars that used it get nothing more."))
            return redirect("own_calendar")
        if not sessions.is_fresh(request.session):
            back = urlencode({"next": reverse("own_calendar")})
            return redirect(f"{reverse('account_reauthenticate')}?{back}")
        token = calendar_feeds.make(request.user, at=timezone.now())
        self.address = link("calendar_feed", token=token)
        return self.get(request, *args, **kwargs)


class ReviewCalendar(ReviewMixin, ServiceMixin, View):
    """One review as a file, to be opened with any calendar program."""

    permission = Permission.SEE_RECORD

    def get(self, request, *args, **kwargs):
        """The file, to keep."""
        name = f"review-{self.review.on}.ics"
        return HttpResponse(
            calendar_feeds.one_review(self.review),
            content_type=CALENDAR,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
