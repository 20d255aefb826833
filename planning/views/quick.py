"""The log on a phone's home screen: its address, its manifest, and what works without a connection."""

from django.contrib.auth.mixins import AccessMixin
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from accounts import phones
from accounts.access import Permission, may, memberships_of
from accounts.languages import prefer_own_language
from accounts.pages import PageMixin
from planning import quick_page


class QuickLog(PageMixin, AccessMixin, TemplateView):
    """The address on the home screen: the log of the one service where somebody logs; a choice when there are more.

    A remembered phone comes in here, too: it is what the phone was remembered for.
    """

    template_name = "planning/quick_log.html"
    title = _("Log a conflict: where?")
    quick = True

    def get(self, request, *args, **kwargs):
        """Lead on when there is nothing to choose; whoever logs nowhere begins at their first page."""
        phone = None if request.user.is_authenticated else phones.find(request, at=timezone.now())
        if phone:
            request.user = phone.user
            prefer_own_language(request)
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        everywhere = memberships_of(request.user, on=timezone.localdate())
        places = [member for member in everywhere if may(member, Permission.LOG_CONFLICT)]
        if len(places) == 1:
            return redirect("conflict_log", service_key=places[0].service.key)
        if not places:
            return redirect("home")
        return self.render_to_response(self.get_context_data(memberships=places, quick=phone is not None))


class Manifest(View):
    """The manifest, for everybody: it names nobody and no service."""

    def get(self, request, *, language):
        """In the language of the address: browsers ask for it without cookies."""
        return JsonResponse(quick_page.manifest(language), content_type="application/manifest+json")


class Shell(View):
    """The page without a connection, the same for everybody."""

    def get(self, request, *, language):
        """In the language of the address."""
        with translation.override(language):
            return HttpResponse(quick_page.shell(language), headers={"Content-Language": language})


class Worker(View):
    """The script that keeps the page on the phone."""

    def get(self, request, *, language):
        """Never from a cache, and allowed at the address of the log too, which does not lie below its own."""
        return HttpResponse(
            quick_page.worker(language),
            content_type="text/javascript; charset=utf-8",
            headers={"Service-Worker-Allowed": "/", "Cache-Control": "no-cache"},
        )
