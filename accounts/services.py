"""A new service and its first leader."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit, invitations
from accounts.models import Invitation, Member, Role, Service, User

KEY_LENGTH = 40
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"})


def checked_address(email: str) -> str:
    """The address in the form in which it is kept; raises ValidationError when it is none."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise ValidationError(_("“%(email)s” is not an e-mail address.") % {"email": email}) from problem
    return email


def free_key(name: str) -> str:
    """A key for addresses and commands, made from the name, that no service has yet.

    Norwegian letters become their nearest plain ones; "-2" and so on tells equal ones apart.
    """
    wanted = slugify(name.translate(LETTERS))[: KEY_LENGTH - 4].strip("-_") or "service"
    key, number = wanted, 1
    while Service.objects.filter(key__iexact=key).exists():
        number += 1
        key = f"{wanted}-{number}"
    return key


def checked_key(key: str) -> str:
    """The key asked for; raises ValidationError when it cannot stand in an address or is taken."""
    if len(key) > KEY_LENGTH or not KEY.fullmatch(key):
        raise ValidationError(
            _("The key “%(key)s” will not do: use at most %(length)d letters a to z, digits and hyphens.")
            % {"key": key, "length": KEY_LENGTH}
        )
    if Service.objects.filter(key__iexact=key).exists():
        raise ValidationError(_("The key “%(key)s” is taken. Choose another.") % {"key": key})
    return key


def checked_name(name: str) -> str:
    """The name without stray spaces; raises ValidationError when it is empty, too long or taken."""
    name = " ".join(name.split())
    longest = Service._meta.get_field("name").max_length
    if not name or len(name) > longest:
        raise ValidationError(_("A service needs a name of at most %(length)d characters.") % {"length": longest})
    if Service.objects.filter(name__iexact=name).exists():
        raise ValidationError(_("There is a service called “%(name)s” already. Choose another name.") % {"name": name})
    return name


@transaction.atomic
def create_service(
    *, name: str, leader_email: str, today: date, by: User | None, key: str = "", language: str = "nb"
) -> tuple[Service, Invitation]:
    """A service with its first leader, who is invited by mail once this is committed.

    Raises ValidationError, with a sentence for people, when name, key or address will not do.
    """
    email = checked_address(leader_email)
    name = checked_name(name)
    service = Service.objects.create(
        name=name, key=checked_key(key) if key else free_key(name), language=language, joined_on=today
    )
    audit.record(code="service.created", by=by, service=service, obj=service)
    return service, invite_leader(service=service, email=email, today=today, by=by)


@transaction.atomic
def invite_leader(*, service: Service, email: str, today: date, by: User | None) -> Invitation:
    """Invite a leader, again if they were invited before and have not come.

    Raises ValidationError when the address is none, or belongs to somebody who is in already.
    """
    email = checked_address(email)
    waiting = (
        service.members.present(today)
        .filter(role=Role.LEADER, user__isnull=True, invitations__email=email)
        .order_by("pk")
        .first()
    )
    if waiting is None:
        # The leader's own name comes with the answer to the invitation.
        waiting = Member.objects.create(service=service, name=email[: invitations.NAME_LENGTH], role=Role.LEADER)
        audit.record(code="member.added", by=by, service=service, obj=waiting, role=waiting.role)
    return invitations.invite(member=waiting, email=email, today=today, by=by)
