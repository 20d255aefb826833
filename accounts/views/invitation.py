"""Taking up an invitation."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.generic import FormView

from accounts import invitations
from accounts.models import Invitation, User
from accounts.own_forms import ConfirmForm, NewLoginForm
from accounts.pages import PageMixin

NEW, SIGN_IN, JOIN, OTHER_PERSON = "new", "sign_in", "join", "other_person"


class TakeUpInvitation(PageMixin, FormView):
    """The page behind the mailed link. Only sending its form uses the link: mail scanners open every link.

    Who has no login yet gives name, password and language; who has one signs in first, then joins.
    """

    template_name = "accounts/invitation.html"

    @cached_property
    def invitation(self) -> Invitation:
        """The invitation of the link; 404 when there never was one."""
        found = invitations.find(self.kwargs["token"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def state(self) -> str:
        """What this visitor has to do."""
        invited, visitor = self.invitation.email, self.request.user
        if visitor.is_authenticated:
            return JOIN if visitor.email == invited else OTHER_PERSON
        return SIGN_IN if User.objects.filter(email=invited).exists() else NEW

    def dispatch(self, request, *args, **kwargs):
        """A closed link says so with 410; no page of an invitation is kept in a cache."""
        if invitations.can_be_used(self.invitation, at=timezone.now()):
            response = super().dispatch(request, *args, **kwargs)
        else:
            response = self.closed()
        add_never_cache_headers(response)
        return response

    def closed(self):
        """The link no longer works; whoever it was for and is signed in goes where it led."""
        member = self.invitation.member
        if self.request.method == "POST" and not self.request.user.is_authenticated and member.user:
            # The same form sent twice: the second is let in by its password, as at the sign-in page.
            user = get_adapter().authenticate(
                self.request, email=self.invitation.email, password=self.request.POST.get("password", "")
            )
            if user and user == member.user:
                return self.enter(user)
        if self.request.user.is_authenticated and member.user == self.request.user:
            return self.lead_on()
        context = {"title": gettext("This link no longer works"), "invitation": self.invitation, "used": member.user_id}
        return render(self.request, "accounts/invitation_closed.html", context, status=410)

    def lead_on(self):
        """To the service."""
        return redirect("service_home", service_key=self.invitation.member.service.key)

    def enter(self, user: User):
        """Sign in, then to the service."""
        get_adapter().login(self.request, user)
        return self.lead_on()

    def get_title(self):
        """The service."""
        return gettext("Join %(service)s") % {"service": self.invitation.member.service.name}

    def get_form_class(self):
        """Only somebody new has anything to fill in."""
        return NewLoginForm if self.state == NEW else ConfirmForm

    def get_form_kwargs(self):
        """Adds the address, which cannot be changed here."""
        kwargs = super().get_form_kwargs()
        return kwargs | {"email": self.invitation.email} if self.state == NEW else kwargs

    def get_form(self, form_class=None):
        """The button of somebody who has a login says where it leads."""
        form = super().get_form(form_class)
        if self.state == JOIN:
            form.submit_label = gettext("Join %(service)s") % {"service": self.invitation.member.service.name}
        return form

    def get_initial(self):
        """The name the leader wrote, unless that is only the address; the service's language."""
        member = self.invitation.member
        known = member.name != self.invitation.email[: invitations.NAME_LENGTH]
        return {"name": member.name if known else "", "language": member.service.language}

    def get_context_data(self, **kwargs):
        """Adds what the visitor has to do, and where to come back to after signing in."""
        return super().get_context_data(state=self.state, invitation=self.invitation, here=self.request.path, **kwargs)

    def form_valid(self, form):
        """Use the link; a link that somebody used a moment ago says so."""
        now = timezone.now()
        try:
            if self.state == NEW:
                user = invitations.join_as_new(
                    self.invitation,
                    name=form.cleaned_data["name"],
                    password=form.cleaned_data["password"],
                    language=form.cleaned_data["language"],
                    at=now,
                )
                messages.success(self.request, gettext("Welcome, %(name)s.") % {"name": user.name})
                return self.enter(user)
            if self.state == JOIN:
                invitations.join(self.invitation, user=self.request.user, at=now)
                return self.lead_on()
        except invitations.LinkIsClosed:
            del self.invitation
            return self.closed()
        except IntegrityError:  # another service's link made the login a moment ago: now it is "sign in first"
            return redirect(self.request.path)
        except ValidationError as problem:
            form.add_error(None, problem)
        return self.form_invalid(form)
