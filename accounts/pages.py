"""What the pages of a service share: their frame, and forms that take effect once however often they are sent."""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise, cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from accounts.access import ServiceMixin
from accounts.forms import SUBMISSION, PageForm
from accounts.models import Submission
from accounts.openings import OPENED, seconds_open

logger = logging.getLogger(__name__)

# What apps above this one note of a form that was saved: called in the transaction of the saving, with the page,
# the form and the seconds from its opening. What goes wrong there is logged and costs nobody their entry.
AFTER_SAVING: list[Callable[["FormPage", PageForm, int], None]] = []

SWITCH_LANGUAGE = "switch_language"
TYPED = "typed_before_password"  # session key: a form that waits until the password was given again


@dataclass(frozen=True)
class WayBack:
    """A page of a service that leads through several others, which then lead back to it: its address by name."""

    url_name: str
    label: Promise


# By the word after `?then=` in the address of a page that was reached from there. What is not in here leads nowhere.
WAYS_BACK: dict[str, WayBack] = {}


class PageMixin:
    """A page with a title, which is also its heading; `section` is the navigation entry it belongs to."""

    title: str = ""
    intro: str = ""
    section: str = ""

    def get_title(self) -> str:
        """The page's title and heading; override when it depends on what is shown."""
        return self.title

    def get_intro(self) -> str:
        """One or two sentences below the heading."""
        return self.intro

    def get_context_data(self, **kwargs):
        """Adds the title and the introduction."""
        kwargs.setdefault("title", self.get_title())
        kwargs.setdefault("intro", self.get_intro())
        return super().get_context_data(**kwargs)


class ReturningMixin(ServiceMixin):
    """A page of a service that leads back to the one it was reached from, if its address says which."""

    @cached_property
    def way_back(self) -> tuple[str, Promise] | None:
        """The address and the name of the page to lead back to; None without one."""
        way = WAYS_BACK.get(self.request.GET.get("then", ""))
        return (reverse(way.url_name, args=[self.service.key]), way.label) if way else None

    def get_context_data(self, **kwargs):
        """Adds the way back."""
        return super().get_context_data(way_back=self.way_back, **kwargs)


class Page(PageMixin, ReturningMixin, TemplateView):
    """A page of a service that is only read."""


class SignedInPage(PageMixin, LoginRequiredMixin, TemplateView):
    """A page of no service, for everybody who is signed in."""

    @cached_property
    def today(self):
        """The day of the request, taken once."""
        return timezone.localdate()


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep the language in this browser, as Django's own switch does."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


class FormPage(PageMixin, ReturningMixin, FormView):
    """A page with one form of a service.

    `save` runs in one transaction with the row that remembers the submission. The same submission
    sent again, even at the same time, leads to the same page and saves nothing: the second one waits
    for the first one's row (PostgreSQL) or transaction (SQLite), then finds it (quality point F06).

    Objects named in the address belong in cached properties, not in `dispatch`: a submission that
    is already done is answered before they are looked for, as they may be gone by then.
    """

    template_name = "form_page.html"

    def save(self, form):
        """Do what the form is for, its audit event included; returns the object.

        A ValidationError raised here undoes everything and is shown as an error of the form.
        """
        return form.save()

    def get_instance(self):
        """The object that a ModelForm changes; None for a new one."""

    def success_message(self, obj) -> str:
        """What happened, in a sentence; empty for none."""
        return _("Saved.")

    def success_url(self, obj) -> str:
        """Where to go afterwards; this page itself unless said otherwise."""
        return self.request.get_full_path()

    def cancel_url(self) -> str | None:
        """Where the way out leads; None for no such link."""
        return None

    def get_form_kwargs(self):
        """Adds the instance of a ModelForm."""
        kwargs = super().get_form_kwargs()
        if (instance := self.get_instance()) is not None:
            kwargs["instance"] = instance
        return kwargs

    def get_form(self, form_class=None):
        """The form with its way out."""
        form = super().get_form(form_class)
        form.cancel_url = self.way_out(form)
        return form

    def way_out(self, form) -> str | None:
        """Where the way out of the form leads: to the page one came from, before anything else."""
        return self.way_back[0] if self.way_back else form.cancel_url or self.cancel_url()

    def ask_for_password(self):
        """What was typed waits in the session, and stands in the form again once the password was given."""
        if self.request.method == "POST":
            typed = self.request.POST.copy()
            typed.pop("csrfmiddlewaretoken", None)
            here = self.request.get_full_path()
            self.request.session[TYPED] = {"where": here, "what": typed.urlencode()}
            return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': here})}")
        return super().ask_for_password()

    def get(self, request, *args, **kwargs):
        """The form as it opens; with what was typed before the password was asked for."""
        waiting = request.session.get(TYPED)
        if waiting and waiting["where"] == request.get_full_path():
            del request.session[TYPED]
            form = self.filled_in(QueryDict(waiting["what"]))
            return self.render_to_response(self.get_context_data(form=form))
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Answer a submission that is done, a change of language, or the form itself, in this order."""
        if done := self.done_before():
            return done
        if (language := request.POST.get(SWITCH_LANGUAGE)) in dict(settings.LANGUAGES):
            return self.in_language(language)
        return super().post(request, *args, **kwargs)

    def done_before(self) -> HttpResponse | None:
        """The way to the page that this very submission led to, if it was sent before."""
        try:
            key = uuid.UUID(self.request.POST.get(self.add_prefix(SUBMISSION), ""))
        except ValueError:
            return None
        earlier = Submission.objects.filter(key=key, user=self.request.user).first()
        return self.once_more(earlier) if earlier else None

    def once_more(self, earlier: Submission) -> HttpResponse:
        """The same page as the first time, saying that nothing was done twice."""
        messages.success(self.request, _("This had reached us already. It is saved once."))
        return redirect(earlier.success_url)

    def add_prefix(self, name: str) -> str:
        """The name of a field in what was sent."""
        prefix = self.get_prefix()
        return f"{prefix}-{name}" if prefix else name

    def form_valid(self, form):
        """Save and remember the submission, both or neither."""
        try:
            with transaction.atomic():
                submission, first = Submission.objects.get_or_create(
                    key=form.cleaned_data[SUBMISSION], defaults={"user": self.request.user, "success_url": ""}
                )
                if first:
                    obj = self.save(form)
                    submission.success_url = str(self.way_back[0] if self.way_back else self.success_url(obj))
                    submission.save(update_fields=["success_url"])
                    message = self.success_message(obj)
                    self.note_saving(form)
        except ValidationError as problem:
            form.add_error(None, problem)
            return self.form_invalid(form)
        except IntegrityError:  # what the form had checked was no longer so: somebody else was first
            logger.warning("A form met what somebody else had just saved", exc_info=True)
            form.add_error(None, _("Somebody saved the same at the same moment. Look at it before you save again."))
            return self.form_invalid(form)
        if not first:
            if submission.user_id != self.request.user.pk:
                raise SuspiciousOperation("A submission of somebody else was sent.")
            return self.once_more(submission)
        if message:
            messages.success(self.request, message)
        return redirect(submission.success_url)

    def note_saving(self, form) -> None:
        """Tell whoever counts how long the form was open; where that is not known, there is nothing to tell."""
        seconds = seconds_open(self.request.POST.get(self.add_prefix(OPENED), ""), at=timezone.now())
        if seconds is None:
            return
        for note in AFTER_SAVING:
            try:
                with transaction.atomic():
                    note(self, form, seconds)
            except Exception:  # a count is never worth more than what was saved
                logger.exception("A saved form could not be counted")

    def form_invalid(self, form):
        """Show what is wrong; unless the same submission was saved while this one was being checked."""
        return self.done_before() or super().form_invalid(form)

    def unbound_form(self):
        """The form as it opens, whatever was sent."""
        kwargs = self.get_form_kwargs()
        form = self.get_form_class()(**{name: kwargs[name] for name in kwargs.keys() - {"data", "files"}})
        form.cancel_url = self.way_out(form)
        return form

    def filled_in(self, data, files=None):
        """The form with everything as it was typed, unchecked."""
        form = self.unbound_form()
        for name, field in form.fields.items():
            form.initial[name] = field.widget.value_from_datadict(data, files or {}, form.add_prefix(name))
        form.initial[OPENED] = data.get(form.add_prefix(OPENED), "")
        return form

    def in_language(self, language: str) -> HttpResponse:
        """The page in another language with everything as it was typed, unchecked."""
        translation.activate(language)
        self.request.LANGUAGE_CODE = language
        form = self.filled_in(self.request.POST, self.request.FILES)
        response = self.render_to_response(self.get_context_data(form=form))
        remember_language(response, language)
        return response
