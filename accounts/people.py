"""The people of a service: adding and changing them, and who may know what of whom."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import audit
from accounts.access import Permission, may
from accounts.invitations import has_left
from accounts.models import Invitation, Member, Role, Service, User
from accounts.spreadsheets import Table


@transaction.atomic
def add_member(member: Member, *, by: Member) -> Member:
    """Add a person to the service of whoever adds them."""
    member.service = by.service
    member.save()
    audit.record(code="member.added", by=by.user, service=by.service, obj=member, role=member.role)
    return member


@transaction.atomic
def change_member(member: Member, *, by: Member, today: date) -> Member:
    """Save what was changed on a member; a new role is an event of its own.

    Raises ValidationError, with a sentence for people, when nobody would be left to lead.
    """
    # Two leaders who demote each other at the same time must take turns.
    Service.objects.select_for_update().get(pk=member.service_id)
    before = Member.objects.get(pk=member.pk)
    changed = [
        field.attname
        for field in Member._meta.concrete_fields
        if getattr(before, field.attname) != getattr(member, field.attname)
    ]
    if not changed:
        return member
    keep_a_leader(before, member, today=today)
    member.save(update_fields=changed)
    others = sorted(set(changed) - {"role"})
    if member.role != before.role:
        audit.record(
            code="member.role_changed",
            by=by.user,
            service=member.service,
            obj=member,
            role_before=before.role,
            role=member.role,
        )
    if others:
        audit.record(code="member.changed", by=by.user, service=member.service, obj=member, fields=others)
    return member


def keep_a_leader(before: Member, after: Member, *, today: date) -> None:
    """A service keeps somebody who leads it; raises ValidationError when this change would leave nobody.

    A last day that is still to come is fine: it is told in good time, and the rules speak of it. The last
    leader with a login is not replaced by one without: nobody could then let anybody in.
    """

    def leads(member: Member) -> bool:
        return member.role == Role.LEADER and not has_left(member, today)

    if not leads(before) or leads(after):
        return
    others = Member.objects.filter(service=before.service_id, role=Role.LEADER).present(today).exclude(pk=before.pk)
    if before.user_id:
        others = others.with_login()
    if others.exists():
        return
    if before.user_id:
        sentence = _("%(name)s is the only leader who can sign in. First make somebody else leader and let them in.")
    else:
        sentence = _("%(name)s is the only leader. First make somebody else leader.")
    raise ValidationError(sentence % {"name": before.name})


@transaction.atomic
def change_own_account(user: User, *, name: str, language: str) -> User:
    """Change how a person is called and addressed; colleagues in all their services see the new name."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    for membership in Member.objects.select_related("service").filter(user=user).exclude(name=name):
        membership.name = name
        membership.save(update_fields=["name"])
        audit.record(code="member.changed", by=user, service=membership.service, obj=membership, fields=["name"])
    return user


class Login(StrEnum):
    """How a member stands with signing in."""

    YES = "yes"
    INVITED = "invited"
    EXPIRED = "expired"
    NOT_SENT = "not_sent"
    NONE = "none"


@dataclass(frozen=True)
class Person:
    """A line of the people page. `own` and `managed` decide what of it the viewer may see.

    Of others, people see name, role and discipline. How somebody was chosen, their absence, their
    leaving and whether they can sign in are theirs and the leader's.
    """

    member: Member
    own: bool
    managed: bool
    login: Login | None = None  # for the leader only, as is `invitation`
    invitation: Invitation | None = None

    @property
    def facts(self) -> list[str]:
        """What the viewer may know besides name and role, in the active language."""
        member = self.member
        facts = [member.get_discipline_display()]
        if self.own or self.managed:
            if member.experience_years is not None:
                facts.append(
                    ngettext("%(years)d year of experience", "%(years)d years of experience", member.experience_years)
                    % {"years": member.experience_years}
                )
            if member.how_chosen:
                facts.append(_("chosen: %(how)s") % {"how": member.get_how_chosen_display().lower()})
            facts += [
                sentence % {"day": date_format(day)}
                for sentence, day in (
                    (_("trained by %(day)s"), member.trained_on),
                    (_("in this role since %(day)s"), member.started_on),
                    (_("IMR handed over on %(day)s"), member.handed_over_on),
                    (_("stopped using IMR on %(day)s"), member.stopped_on),
                    (_("away from %(day)s"), member.away_from),
                    (_("away until %(day)s"), member.away_until),
                    (_("last day %(day)s"), member.leaves_on),
                )
                if day
            ]
            if member.supervises:
                facts.append(_("gives supervision in IMR"))
            if member.successor:
                facts.append(_("%(name)s takes over") % {"name": member.successor.name})
        return [fact for fact in facts if fact]


def people_of(service: Service, *, viewer: Member, today: date) -> tuple[list[Person], list[Person]]:
    """Those who are here, by role and name, and those who have left, latest first, as the viewer may see them.

    Only whoever manages people sees those who have left.
    """
    manages = may(viewer, Permission.MANAGE_PEOPLE)
    members = service.members.select_related("user", "successor").prefetch_related(
        Prefetch("invitations", queryset=Invitation.objects.order_by("-created_at", "-pk"))
    )
    order = {role: place for place, role in enumerate(Role.values)}
    here = [
        person(member, viewer=viewer, manages=manages)
        for member in sorted(members.present(today), key=lambda each: (order[each.role], each.name.casefold(), each.pk))
    ]
    gone = members.filter(leaves_on__lt=today).order_by("-leaves_on", "name", "pk") if manages else []
    return here, [person(member, viewer=viewer, manages=manages) for member in gone]


def person(member: Member, *, viewer: Member, manages: bool) -> Person:
    """One line; asks the database nothing when the member came from `people_of`."""
    latest = next(iter(member.invitations.all()), None) if manages else None
    return Person(
        member=member,
        own=member.pk == viewer.pk,
        managed=manages,
        login=login_state(member, latest) if manages else None,
        invitation=latest,
    )


# What of a person is theirs and the leader's to know, as columns.
PARTICULARS = (
    "experience_years",
    "how_chosen",
    "trained_on",
    "started_on",
    "handed_over_on",
    "supervises",
    "stopped_on",
    "away_from",
    "away_until",
    "leaves_on",
    "successor",
)


def table_of(persons: list[Person]) -> Table:
    """The people as their viewer may see them, for a spreadsheet; nobody's address, and not who can sign in."""
    shown = ("name", "role", "discipline", "guest")
    words = {name: str(Member._meta.get_field(name).verbose_name) for name in (*shown, *PARTICULARS)}
    words["guest"] = _("Looks in as a guest")
    rows = []
    for one in persons:
        member = one.member
        known = one.own or one.managed
        rows.append(
            [
                member.name,
                member.get_role_display(),
                member.get_discipline_display(),
                member.guest or None,
                *(_particular(member, name) if known else None for name in PARTICULARS),
            ]
        )
    return Table.of(words.values(), rows)


def _particular(member: Member, name: str):
    """One of them as a cell."""
    if name == "how_chosen":
        return member.get_how_chosen_display()
    if name == "successor":
        return member.successor.name if member.successor else None
    return getattr(member, name) or None if name == "supervises" else getattr(member, name)


def login_state(member: Member, latest: Invitation | None) -> Login:
    """Whether the member can sign in, or how far their invitation has come."""
    if member.user_id:
        return Login.YES
    if latest is None:
        return Login.NONE
    if latest.sent_at is None:
        return Login.NOT_SENT
    return Login.INVITED if latest.open(timezone.now()) else Login.EXPIRED
