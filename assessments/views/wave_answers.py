"""The page of a personal link: the questions, then a thank you, then the result.

No sign-in: the signed link is the only proof there is. Opening it changes nothing, as mail scanners open every link.
Whoever is signed in besides is nobody here: no session is touched, and no script keeps what is typed.
"""

import json

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from accounts.pages import SWITCH_LANGUAGE
from assessments import wave_results, waves
from assessments.figures import day
from assessments.forms.waves import AnswerForm
from assessments.wording import CONVERSATION, said

DRAFT = "wave_draft"  # the cookie of somebody who goes on later: in their browser alone, for this address alone
DRAFT_SALT = "assessments.wave_draft"
LANGUAGE = "language"


@method_decorator([never_cache, csrf_exempt], name="dispatch")
class WaveAnswerPage(View):
    """One person's page. What it shows depends on the wave and on whether the link was used."""

    unattended = True  # it keeps no session alive

    def dispatch(self, request, *args, **kwargs):
        """Find whose link it is, and speak their language."""
        self.invitation = waves.read(kwargs["token"])
        if self.invitation is None:
            raise Http404
        self.wave = self.invitation.wave
        self.offered = waves.languages(self.wave, self.invitation.language)
        request.user = AnonymousUser()
        with translation.override(self.language):
            request.LANGUAGE_CODE = self.language
            response = super().dispatch(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    @property
    def language(self) -> str:
        """The one switched to, if it is offered; else that of the invitation."""
        wanted = self.request.POST.get(SWITCH_LANGUAGE) or self.request.GET.get(LANGUAGE)
        return wanted if wanted in self.offered else self.invitation.language

    @property
    def state(self) -> str:
        """closed, taken_back, answered, over or open, in this order."""
        invitation, at = self.invitation, timezone.now()
        if invitation.withdrawn_on and not invitation.answered:
            return "taken_back"
        if self.wave.closed_at:
            return "closed"
        if invitation.answered:
            return "answered"
        return "open" if waves.takes_answers(self.wave, at=at) else "over"

    def get(self, request, **_kwargs):
        """The page as it stands, with what was kept in this browser."""
        form = AnswerForm(wave=self.wave, initial=self.draft()) if self.state == "open" else None
        return self.page(form)

    def post(self, request, **_kwargs):
        """Another language, later, or sent; where the link takes no answers any more, the page says what is so."""
        if self.state != "open":
            return redirect(self.here())
        if SWITCH_LANGUAGE in request.POST:
            return self.page(AnswerForm(wave=self.wave, initial=self.typed()))
        if AnswerForm.second_name in request.POST:
            return self.keep_draft()
        form = AnswerForm(request.POST, wave=self.wave)
        if not form.is_valid():
            return self.page(form)
        waves.answer(self.invitation, leadership=form.given(0), sustainment=form.given(1), at=timezone.now())
        response = redirect(self.here())
        response.delete_cookie(DRAFT, path=self.path())
        return response

    def path(self) -> str:
        """The address without its language."""
        return reverse("wave_answer", args=[self.kwargs["token"]])

    def here(self) -> str:
        """The address, in the language in use."""
        return f"{self.path()}?{LANGUAGE}={self.language}"

    def typed(self) -> dict[str, str]:
        """What was chosen, by question; nothing that cannot be chosen."""
        form = AnswerForm(wave=self.wave)
        chosen = {name: self.request.POST.get(name) for name in form.base_fields}
        return {name: one for name, one in chosen.items() if one in dict(form.fields[name].choices)}

    def keep_draft(self):
        """Keep what was chosen in the person's own browser, signed; nothing of it on the server."""
        response = redirect(f"{self.here()}&kept=1")
        left = (self.wave.closes_on - timezone.localdate()).days + 1
        response.set_signed_cookie(
            DRAFT,
            json.dumps(self.typed()),
            salt=f"{DRAFT_SALT}.{self.invitation.pk}",
            max_age=left * 24 * 3600,
            path=self.path(),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def draft(self) -> dict[str, str]:
        """What was kept here before; nothing if it is not ours."""
        kept = self.request.get_signed_cookie(DRAFT, default=None, salt=f"{DRAFT_SALT}.{self.invitation.pk}")
        return json.loads(kept) if kept else {}

    def page(self, form: AnswerForm | None):
        """The page of the state."""
        wave, state = self.wave, self.state
        closed = state == "closed"
        context = {
            "title": TITLES[state],
            "state": state,
            "form": form,
            "wave": wave,
            "service": None,  # its navigation is not for here
            "service_name": wave.service.name,
            "leader": wave.leader.name,
            "by": wave.opened_by.name if wave.opened_by else "",
            "closes_on": day(wave.closes_on),
            "answered": self.invitation.answered,
            "kept": "kept" in self.request.GET,
            "others": [code for code in self.offered if code != self.language],
            "here": self.here(),
            "quick": True,
            "leadership": wave_results.leadership_of(wave) if closed else None,
            "sustainment": wave_results.sustainment_of(wave) if closed else None,
            "conversation": CONVERSATION,
            "sources": [f"{said(one.licence)} {said(one.citation)}" for one in waves.instruments(wave)],
        }
        return render(self.request, "assessments/wave_answer.html", context)


TITLES = {
    "open": _("How is IMR led and kept here?"),
    "answered": _("Thank you: your answers have come in"),
    "over": _("The last day to answer is over"),
    "taken_back": _("This invitation was taken back"),
    "closed": _("What the team answered"),
}
