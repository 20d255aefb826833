"""Who may do what: every "may they?" is answered here.

A stranger to a service gets 404, a member without the right 403, somebody not signed in the
sign-in page and then the way back.

There are two scopes. The full one is a session: somebody gave the password. The quick one is a remembered phone's
cookie, and opens a view only if the view says so (`quick = True`); to every other the same person is nobody.
"""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from django.contrib.auth.mixins import AccessMixin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Exists, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts import phones, sessions
from accounts.languages import prefer_own_language
from accounts.models import Member, Role, Service, User


class Permission(StrEnum):
    """What a person may do in a service."""

    SEE_STATUS = "see_status"  # the five themes as words
    SEE_RECORD = "see_record"  # flags with evidence, plan, goals, reviews, actions
    SEE_DOCUMENTS = "see_documents"
    SEE_CONFLICTS = "see_conflicts"  # released entries, one by one
    SEE_CONFLICT_COUNTS = "see_conflict_counts"
    SEE_PEOPLE = "see_people"
    SEE_ALLOCATIONS = "see_allocations"  # hours set aside person by person
    SEE_AGREED_HOURS = "see_agreed_hours"  # hours kept of a team too small, where every practitioner agreed to it
    SEE_OUTBOX = "see_outbox"
    SEE_AUDIT = "see_audit"
    LOG_CONFLICT = "log_conflict"
    ANSWER_CONFLICT = "answer_conflict"
    EDIT_RECORD = "edit_record"  # vision, goals, allocations, reviews, actions
    CHECK_IN_GOAL = "check_in_goal"
    CHECK_IN_WEEK = "check_in_week"  # one's own
    ACKNOWLEDGE = "acknowledge"  # what is expected, oneself
    LOG_SUPERVISION = "log_supervision"
    SEE_CASELOAD = "see_caseload"  # exact counts of patients
    ACCEPT_RISK = "accept_risk"
    EXPORT_DOSSIER = "export_dossier"
    ADD_OBSERVATION = "add_observation"
    ADD_TOPIC = "add_topic"  # something to talk about at a review
    RATE_FIDELITY = "rate_fidelity"
    RUN_WAVE = "run_wave"  # ask the leader's team, remind them, close; nobody sees who has answered
    ISSUE_PLAN = "issue_plan"
    MANAGE_PEOPLE = "manage_people"
    COMPARE_SERVICES = "compare_services"  # the themes of all services one has it in, side by side
    DECIDE = "decide"  # what is asked of the next level up


P = Permission
LEADERS_MAY = frozenset(P) - {P.LOG_CONFLICT, P.CHECK_IN_WEEK, P.ACKNOWLEDGE, P.DECIDE}
PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.LEADER: LEADERS_MAY,
    Role.STAND_IN: LEADERS_MAY,
    Role.PRACTITIONER: frozenset(
        {
            P.SEE_STATUS,
            P.SEE_RECORD,
            P.SEE_DOCUMENTS,
            P.SEE_CONFLICTS,
            P.SEE_CONFLICT_COUNTS,
            P.SEE_PEOPLE,
            P.SEE_AGREED_HOURS,
            P.SEE_CASELOAD,
            P.LOG_CONFLICT,
            P.CHECK_IN_GOAL,
            P.CHECK_IN_WEEK,
            P.ACKNOWLEDGE,
            P.LOG_SUPERVISION,
            P.ADD_OBSERVATION,
            P.ADD_TOPIC,
        }
    ),
    Role.ADVISER: frozenset(
        {
            P.SEE_STATUS,
            P.SEE_RECORD,
            P.SEE_DOCUMENTS,
            P.SEE_CONFLICT_COUNTS,
            P.ADD_OBSERVATION,
            P.RATE_FIDELITY,
            P.RUN_WAVE,
            P.COMPARE_SERVICES,
        }
    ),
    Role.SPONSOR: frozenset({P.SEE_STATUS, P.SEE_DOCUMENTS, P.DECIDE}),
}


# What apps above this one show on every page of a service: they put in here what finds it for a day, under the name
# by which the membership then carries it. Fetched in the membership's own query; each request composes it anew, which
# takes longer than the database does: what needs joins is asked for by the page, and only where a plain "is there any"
# put in here says so.
FETCHED_WITH_MEMBERSHIP: dict[str, Callable[[date], Subquery | Exists]] = {}


def membership_of(user: User, service_key: str, *, on) -> Member | None:
    """The membership through which `user` may enter the service on that day, or None."""
    fetched = {name: find(on) for name, find in FETCHED_WITH_MEMBERSHIP.items()}
    members = Member.objects.select_related("service").annotate(**fetched)
    return members.filter(user=user, service__key=service_key).present(on).first()


def memberships_of(user: User, *, on):
    """Every membership that lets `user` in on that day, by the service's name."""
    return Member.objects.select_related("service").filter(user=user).present(on).order_by("service__name", "pk")


def may(member: Member, permission: Permission) -> bool:
    """Whether the member's role allows it."""
    return permission in PERMISSIONS[member.role]


def roles_with(permission: Permission) -> list[str]:
    """The roles that have a permission, in the order of `Role`."""
    return [role for role in Role.values if permission in PERMISSIONS[role]]


def members_who_may(service: Service, permission: Permission, *, on):
    """Everybody who can sign in to the service on that day and may do it, by name."""
    members = service.members.with_login().present(on)
    return members.filter(role__in=roles_with(permission)).order_by("name", "pk")


class Scope(StrEnum):
    """How somebody was let in: `request.session_scope` on every page of a service."""

    FULL = "full"  # by password
    QUICK = "quick"  # by a remembered phone, for logging alone


READING = ("GET", "HEAD", "OPTIONS")


def back_after_sign_in(request) -> str:
    """Where to return to after signing in: the page asked for or, when a form was sent, the page it was on."""
    if request.method in READING:
        return request.get_full_path()
    before = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(before, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(before)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.path


class ServiceMixin(AccessMixin):
    """Puts a view behind the service's wall: `self.service`, `self.member`, and its one `permission`.

    A view without a permission does not start. `write_permission` is asked for besides on POST,
    for pages that more people may read than change.
    """

    permission: Permission | None = None
    write_permission: Permission | None = None
    quick = False  # whether a remembered phone opens it, for a member who may log conflicts
    fresh = False  # whether the password must have been given within the last quarter of an hour

    @classmethod
    def as_view(cls, **initkwargs):
        """The view, if it says whom it is for; raises ImproperlyConfigured otherwise."""
        if not isinstance(initkwargs.get("permission", cls.permission), Permission):
            raise ImproperlyConfigured(f"{cls.__name__} names no permission: nobody could be kept out.")
        return super().as_view(**initkwargs)

    def dispatch(self, request, *args, **kwargs):
        request.session_scope = self.scope_of(request)
        if request.session_scope is None:
            return redirect_to_login(back_after_sign_in(request), self.get_login_url())
        if self.member is None:
            raise Http404
        needed = [self.permission]
        if self.write_permission and request.method not in READING:
            needed.append(self.write_permission)
        if not all(may(self.member, permission) for permission in needed) or not self.is_for_member():
            raise PermissionDenied
        if self.fresh and not sessions.is_fresh(request.session):
            return self.ask_for_password()
        return super().dispatch(request, *args, **kwargs)

    def scope_of(self, request) -> Scope | None:
        """How the visitor comes in; None for somebody who has to sign in first.

        Whoever comes by a remembered phone is the request's user from here on, for this view alone. What such a phone
        does not open, it does not tell of either: the answer is the sign-in page, whatever is there.
        """
        if request.user.is_authenticated:
            return Scope.FULL
        phone = phones.find(request, at=timezone.now()) if self.quick else None
        if phone is None:
            return None
        member = membership_of(phone.user, self.kwargs["service_key"], on=self.today)
        if member is None or not may(member, Permission.LOG_CONFLICT):
            return None
        self.member = member
        if not self.is_open_to_phones():
            return None
        request.user, request.remembered_phone = phone.user, phone
        prefer_own_language(request)
        if request.method not in READING:
            phones.note_use(phone, on=self.today)
        return Scope.QUICK

    def is_open_to_phones(self) -> bool:
        """Whether a remembered phone of `self.member` opens what is in the address; asked where `quick` is set."""
        return True

    def ask_for_password(self):
        """To the page that asks for the password once more, and then back to the page one was on."""
        back = urlencode({"next": back_after_sign_in(self.request)})
        return redirect(f"{reverse('account_reauthenticate')}?{back}")

    def is_for_member(self) -> bool:
        """Whether the page is for this member, of those with the permission; override where it is for some alone."""
        return True

    @cached_property
    def member(self) -> Member | None:
        """The signed-in person's membership of the service in the address."""
        return membership_of(self.request.user, self.kwargs["service_key"], on=self.today)

    @cached_property
    def today(self):
        """The day of the request, taken once."""
        return timezone.localdate()

    @property
    def service(self) -> Service:
        """The service in the address."""
        return self.member.service

    def may(self, permission: Permission) -> bool:
        """Whether the signed-in person may do it here."""
        return may(self.member, permission)

    def get_context_data(self, **kwargs):
        """Every page of a service knows the service, the member and what they may do."""
        return super().get_context_data(
            service=self.service,
            member=self.member,
            today=self.today,
            may={permission.value: self.may(permission) for permission in Permission},
            quick=self.request.session_scope is Scope.QUICK,
            **kwargs,
        )
