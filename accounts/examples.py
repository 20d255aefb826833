"""Example people to sign in as, on one's own machine only: their password is published."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.logins import make_login
from accounts.models import Member, Role, Service, User
from accounts.services import LETTERS

EXAMPLE_PASSWORD = "holdfast-example"  # noqa: S105 - published on purpose; refused outside the embedded default
ADVISER = "adviser@example.org"
SPONSOR = "sponsor@example.org"
SHOWN_FIRST = (
    "leader.nordvik@example.org",
    "maja@example.org",
    "leader.f@example.org",
    "freya@example.org",
    ADVISER,
    SPONSOR,
    "leader.c@example.org",
    "leader.a@example.org",
)


class ExamplesRefused(Exception):
    """Example people cannot be made here; says why in a sentence."""


@dataclass(frozen=True)
class Example:
    """Somebody to sign in as."""

    email: str
    role: str
    services: tuple[str, ...]


@transaction.atomic
def create_examples(*, today: date) -> list[Example]:
    """Logins for every service's people; run again, it adds only what is missing.

    A service that real people sign in to, or were invited to, is left alone. Raises ExamplesRefused in production.
    """
    if not settings.EXAMPLE_ACCOUNTS_ALLOWED:
        raise ExamplesRefused(
            "Example accounts have a published password, so they exist only in an installation that answers to "
            "this machine alone. Here DATABASE_URL, REDIS_URL or another production variable is set."
        )
    examples = []
    services = [
        service
        for service in Service.objects.order_by("key")
        if not service.members.filter(
            Q(user__isnull=False, user__is_example=False) | Q(invitations__isnull=False)
        ).exists()
    ]
    for service in services:
        examples.append(example_leader(service, today=today))
        for member in service.members.present(today).filter(role=Role.PRACTITIONER, guest=False).order_by("name", "pk"):
            email = member.user.email if member.user else address_for(member)
            give_login(member, email)
            examples.append(Example(email, member.role, (service.name,)))
    if services:
        for email, role in ((ADVISER, Role.ADVISER), (SPONSOR, Role.SPONSOR)):
            for service in services:
                look_in(service, email, role)
            examples.append(Example(email, role, tuple(service.name for service in services)))
    return examples


def example_leader(service: Service, *, today: date) -> Example:
    """The service's own leader with a login or, where none is on record, a guest: it adds nothing to the record."""
    own = service.members.present(today).filter(role=Role.LEADER, guest=False).order_by("pk").first()
    email = f"leader.{service.key.lower()}@example.org"
    if own:
        email = own.user.email if own.user else email
        give_login(own, email)
    else:
        look_in(service, email, Role.LEADER)
    return Example(email, Role.LEADER, (service.name,))


def address_for(member: Member) -> str:
    """The member's first name at example.org, with the service's key when somebody has that already."""
    first = slugify(member.name.split()[0].translate(LETTERS)) or f"member-{member.pk}"
    for email in (f"{first}@example.org", f"{first}.{member.service.key.lower()}@example.org"):
        if not User.objects.filter(email=email).exists():
            return email
    return f"{first}.{member.pk}@example.org"


def example_user(email: str, *, name: str, language: str) -> User:
    """The example person with this address, made if need be; a real person's login is never used (ExamplesRefused)."""
    user = User.objects.filter(email=email).first()
    if user is None:
        return make_login(email=email, password=EXAMPLE_PASSWORD, name=name, language=language, is_example=True)
    if not user.is_example:
        raise ExamplesRefused(f"{email} is the login of a real person.")
    return user


def give_login(member: Member, email: str) -> None:
    """Let a member sign in as an example person."""
    if member.user is None:
        member.user = example_user(email, name=member.name, language=member.service.language)
        member.save(update_fields=["user"])
        audit.record(code="member.joined", by=member.user, service=member.service, obj=member)


def look_in(service: Service, email: str, role: str) -> None:
    """Let an example person in as a guest, who does not count as one of the service's people."""
    with translation.override(service.language):
        name = {
            Role.LEADER: _("Example leader"),
            Role.ADVISER: _("Example adviser"),
            Role.SPONSOR: _("Example sponsor"),
        }[role]
    user = example_user(email, name=name, language=service.language)
    member, made = Member.objects.get_or_create(
        service=service, user=user, defaults={"name": name, "role": role, "guest": True}
    )
    if made:
        audit.record(code="member.added", by=None, service=service, obj=member, role=role)


def shortlist(examples: list[Example]) -> list[Example]:
    """The few worth naming: one per role, and services that differ."""
    by_email = {example.email: example for example in examples}
    return [by_email[email] for email in SHOWN_FIRST if email in by_email] or examples[: len(SHOWN_FIRST)]
