"""The people of a service, and letting them in."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import invitations, people
from accounts.access import Permission
from accounts.models import INVITATION_DAYS, Invitation, Member
from accounts.pages import FormPage, Page
from accounts.people_forms import InviteForm, MemberForm
from accounts.sheet_pages import WithSheet


class People(WithSheet, Page):
    """Everybody of the service; of others, a practitioner sees name, role and discipline."""

    permission = Permission.SEE_PEOPLE
    template_name = "accounts/people.html"
    title = _("People")
    section = "people"

    def get_context_data(self, **kwargs):
        """Those who are here and, for the leader, those who have left."""
        here, gone = people.people_of(self.service, viewer=self.member, today=self.today)
        return super().get_context_data(here=here, gone=gone, **kwargs)

    def sheet(self):
        """The same people with the same facts; addresses stay on the page."""
        here, gone = people.people_of(self.service, viewer=self.member, today=self.today)
        return people.table_of([*here, *gone])


class PeopleFormPage(FormPage):
    """A form that leads back to the list."""

    permission = Permission.MANAGE_PEOPLE
    fresh = True  # roles and access
    section = "people"

    @cached_property
    def person(self) -> Member:
        """The member in the address; 404 for one of another service."""
        return get_object_or_404(self.service.members.select_related("service"), pk=self.kwargs["member_pk"])

    def cancel_url(self):
        """The list."""
        return reverse("people", kwargs={"service_key": self.service.key})

    def success_url(self, obj):
        """The list."""
        return self.cancel_url()


class AddMember(PeopleFormPage):
    """A person, not yet with a login."""

    form_class = MemberForm
    title = _("Add a person")
    intro = _("Only name and role must be given. The person cannot sign in until you send an invitation.")

    def get_form_kwargs(self):
        """Adds what the form needs to know."""
        return super().get_form_kwargs() | {"service": self.service, "today": self.today}

    def save(self, form):
        """Add the person."""
        return people.add_member(form.save(commit=False), by=self.member)

    def success_message(self, obj):
        """Whom, and how they get in."""
        return gettext("%(name)s is added. To let them sign in, send an invitation.") % {"name": obj.name}


class ChangeMember(PeopleFormPage):
    """Everything of a person; leaving and being away, too."""

    form_class = MemberForm

    def get_title(self):
        """The person."""
        return self.person.name

    def get_instance(self):
        """The person."""
        return self.person

    def get_form_kwargs(self):
        """Adds what the form needs to know."""
        return super().get_form_kwargs() | {"service": self.service, "today": self.today}

    def save(self, form):
        """Save what was changed."""
        return people.change_member(form.save(commit=False), by=self.member, today=self.today)

    def success_message(self, obj):
        """Whose entry."""
        return gettext("What is known of %(name)s is saved.") % {"name": obj.name}


class InviteMember(PeopleFormPage):
    """Send somebody a link with which they can sign in; again if need be."""

    form_class = InviteForm
    sent: Invitation | None = None

    def get_title(self):
        """Whom."""
        return gettext("Let %(name)s sign in") % {"name": self.person.name}

    def get_intro(self):
        """What the mail does."""
        return gettext(
            "%(name)s gets a mail with a link that can be used once, within %(days)d days. "
            "A link sent earlier stops working."
        ) % {"name": self.person.name, "days": INVITATION_DAYS}

    def get_initial(self):
        """The address used last time."""
        latest = self.person.invitations.order_by("-created_at", "-pk").first()
        return {"email": latest.email} if latest else {}

    def save(self, form):
        """Make the invitation; it goes out once this is committed."""
        self.sent = invitations.invite(
            member=self.person, email=form.cleaned_data["email"], today=self.today, by=self.request.user
        )
        return self.sent

    def success_message(self, obj):
        """Said below, when it is known whether the mail went out."""
        return ""

    def form_valid(self, form):
        """After commit: whether the mail server took the mail."""
        response = super().form_valid(form)
        if self.sent and self.sent.sent_at:
            messages.success(self.request, gettext("The invitation went to %(email)s.") % {"email": self.sent.email})
        elif self.sent:
            messages.error(
                self.request,
                gettext("The invitation to %(email)s could not be sent. Check the address, or try again in a while.")
                % {"email": self.sent.email},
            )
        return response
