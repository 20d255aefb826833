"""Where signing in leads, and one's own settings."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from accounts import people
from accounts.access import memberships_of
from accounts.models import User
from accounts.own_forms import OwnSettingsForm
from accounts.pages import PageMixin, SignedInPage


class Home(SignedInPage):
    """One service: straight to its home. Several: choose. None: what to do about it.

    At its address stands `planning.views.home`, which adds what the services have for the person.
    """

    template_name = "accounts/home.html"

    def get(self, request, *args, **kwargs):
        """Lead on when there is nothing to choose."""
        self.memberships = list(memberships_of(request.user, on=timezone.localdate()))
        if len(self.memberships) == 1:
            return redirect("service_home", service_key=self.memberships[0].service.key)
        return super().get(request, *args, **kwargs)

    def get_title(self):
        """What the page is for."""
        return gettext("Your services") if self.memberships else gettext("No service yet")

    def get_context_data(self, **kwargs):
        """The services with the person's role in each."""
        return super().get_context_data(memberships=self.memberships, **kwargs)


class OwnSettings(PageMixin, LoginRequiredMixin, FormView):
    """Name and language. Saving them twice does no harm, so no submission is remembered."""

    template_name = "accounts/own_settings.html"
    form_class = OwnSettingsForm
    success_url = reverse_lazy("own_settings")
    title = _("Your settings")

    def get_form_kwargs(self):
        """The person's own row, a fresh copy: the header must not show what was not saved."""
        return super().get_form_kwargs() | {"instance": User.objects.get(pk=self.request.user.pk)}

    def form_valid(self, form):
        """Save, and speak the language from now on, whatever this browser was switched to."""
        user = people.change_own_account(
            form.instance, name=form.cleaned_data["name"], language=form.cleaned_data["language"]
        )
        with translation.override(user.language):
            messages.success(self.request, gettext("Your settings are saved."))
        response = super().form_valid(form)
        response.delete_cookie(
            settings.LANGUAGE_COOKIE_NAME, path=settings.LANGUAGE_COOKIE_PATH, domain=settings.LANGUAGE_COOKIE_DOMAIN
        )
        return response
