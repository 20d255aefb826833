"""Where somebody is signed in, phones remembered for logging, and how long the session lasts."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts import phones, sessions
from accounts.access import Permission
from accounts.devices import name_of
from accounts.own_forms import RememberPhoneForm
from accounts.pages import FormPage, SignedInPage

EVERYWHERE = "everywhere"


class OwnDevices(SignedInPage):
    """Sessions and remembered phones, each with a button that ends it. Ending one twice does no harm."""

    template_name = "accounts/own_devices.html"
    title = _("Where you are signed in")

    def get_context_data(self, **kwargs):
        """What is open now."""
        user, session = self.request.user, self.request.session
        return super().get_context_data(
            sessions=sessions.open_sessions(user, current=session),
            phones=phones.phones_of(user, at=timezone.now()),
            today=self.today,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        """End one session, all others, or forget a phone; of one's own only."""
        if EVERYWHERE in request.POST:
            sessions.end(request.user.sign_ins.exclude(session_key=request.session.session_key))
            messages.success(request, gettext("You are signed out everywhere else."))
        elif sign_in := self.one(request.user.sign_ins, "session"):
            sessions.end(request.user.sign_ins.filter(pk=sign_in.pk))
            messages.success(request, gettext("That session is ended."))
        elif phone := self.one(request.user.phones, "phone"):
            phones.forget(phone)
            messages.success(request, gettext("That phone is forgotten. It asks for your password from now on."))
        return redirect("own_devices")

    def one(self, rows, name: str):
        """The row whose button was pressed; None when it was another button's, or is gone."""
        number = self.request.POST.get(name, "")
        return rows.filter(pk=number).first() if number.isdecimal() else None


class RememberPhone(FormPage):
    """Let this phone log without the password for thirty days."""

    permission = Permission.LOG_CONFLICT
    fresh = True  # no passer-by turns a page left open into thirty days
    form_class = RememberPhoneForm
    title = _("Remember this phone for logging")
    intro = _(
        "For 30 days this phone opens the log without your password. It can only add entries and undo your own for "
        "10 minutes; it shows nothing that you or others logged before. Choose this on a phone that is yours alone "
        "and has a screen lock. You can forget it at any time."
    )
    section = "conflicts"
    token = ""

    def save(self, form):
        """Remember it; a phone that was remembered already starts its thirty days anew."""
        user, now = self.request.user, timezone.now()
        known = phones.find(self.request, at=now)
        if known and known.user == user:
            phones.forget(known)
        device = name_of(self.request.headers.get("User-Agent", ""))
        phone, self.token = phones.remember(user, device=device, at=now)
        return phone

    def success_message(self, phone):
        """Until when."""
        until = date_format(timezone.localdate(phone.expires_at))
        return gettext("This phone is remembered for logging until %(date)s.") % {"date": until}

    def success_url(self, phone):
        """To the log, which is what it was for."""
        return reverse("conflict_log", args=[self.service.key])

    def cancel_url(self):
        """Back to the log."""
        return self.success_url(None)

    def once_more(self, earlier):
        """Tapped twice, the browser heeds the second answer alone: that one brings a cookie, too."""
        if phone := self.request.user.phones.filter(made_at__gte=earlier.at).order_by("made_at", "pk").first():
            self.token = phones.hand_out_again(phone)
        return super().once_more(earlier)

    def post(self, request, *args, **kwargs):
        """Hand the cookie out with the answer."""
        response = super().post(request, *args, **kwargs)
        if self.token:
            phones.set_cookie(response, self.token)
        return response


class ForgetPhone(View):
    """Whoever holds a remembered phone can have it forgotten, signed in or not."""

    http_method_names = ["post", "options"]

    def post(self, request):
        """Forget it, here and in the browser."""
        if phone := phones.find(request, at=timezone.now()):
            phones.forget(phone)
        messages.success(request, gettext("This phone is forgotten. It asks for your password from now on."))
        response = redirect("home")
        phones.delete_cookie(response)
        return response


class SessionLeft(LoginRequiredMixin, View):
    """How long the session lasts, in seconds: looking does not count as doing something, asking for more does."""

    http_method_names = ["get", "head", "post", "options"]
    unattended = True  # for the middleware: a page asks by itself, whether or not somebody sits before it

    def get(self, request):
        """What is left."""
        return self.answer()

    def post(self, request):
        """Somebody is here: half an hour from now."""
        sessions.note_activity(request.session, exactly=True)
        return self.answer()

    def answer(self):
        """The seconds."""
        left = sessions.left_of(self.request.session)
        return JsonResponse({"idle": round(left.idle), "whole": round(left.whole)})
