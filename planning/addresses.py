"""Addresses that refuse mail: nothing more goes there until somebody says that they work (quality point M12)."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, Q

from accounts import audit
from accounts.access import FETCHED_WITH_MEMBERSHIP
from accounts.models import Member, Service, User
from planning.models import MailTrouble, Message

SOFT_LASTS = timedelta(days=7)
MOST_SOFT = 3  # within those days


def troubles():
    """What pauses an address that its person still has."""
    return MailTrouble.objects.filter(pauses=True, settled_at__isnull=True, address__iexact=F("user__email"))


def person_of(message: Message) -> User | None:
    """Whose mail it is: the recipient's, or of a survey whose login has the address; None without a login."""
    if message.recipient:
        return message.recipient.user
    return User.objects.filter(email=message.invitation.email.lower()).first()


def paused(people: Collection[int]) -> set[int]:
    """Those of the people whose address is paused."""
    return set(troubles().filter(user__in=people).values_list("user_id", flat=True)) if people else set()


def is_paused(user: User) -> bool:
    """Whether nothing goes to the person's address."""
    return troubles().filter(user=user).exists()


def one_is_paused(on: date) -> Exists:
    """For a query: whether anybody's address is paused, in any service; only then a page asks whose."""
    return Exists(troubles())


def paused_around(member: Member, *, on: date) -> set[int]:
    """The people whose address is paused: the member, and who is in the service on that day or later. One query."""
    here = Q(user__memberships__leaves_on__isnull=True) | Q(user__memberships__leaves_on__gte=on)
    of_service = Q(here, user__memberships__service=member.service_id)
    return set(troubles().filter(of_service | Q(user=member.user_id)).values_list("user_id", flat=True))


# Every page of a service says that mail comes back, to whose it is and to those who lead.
FETCHED_WITH_MEMBERSHIP["an_address_is_paused"] = one_is_paused


def refused(user: User, *, message_id: str, said: str, at: datetime) -> None:
    """The mail server of the address refused it for good."""
    _note(user, message_id=message_id, hard=True, said=said, at=at)


def failed_for_now(user: User, *, message_id: str, said: str, at: datetime) -> None:
    """A mail did not arrive for a reason that may pass; three within seven days are taken for one that does not."""
    _note(user, message_id=message_id, hard=False, said=said, at=at)


@transaction.atomic
def _note(user: User, *, message_id: str, hard: bool, said: str, at: datetime) -> None:
    """Write it down once for each mail; a hard report after a soft one counts as hard."""
    known = MailTrouble.objects.filter(user=user, message_id=message_id).first()
    if known and (known.hard or not hard):
        return
    lately = MailTrouble.objects.filter(
        user=user, address__iexact=user.email, hard=False, settled_at__isnull=True, met_at__gt=at - SOFT_LASTS
    ).exclude(message_id=message_id)
    pauses = hard or lately.count() + 1 >= MOST_SOFT
    MailTrouble.objects.update_or_create(
        user=user,
        message_id=message_id,
        defaults={
            "address": user.email,
            "hard": hard,
            "pauses": pauses,
            "said": said[:200],
            "met_at": at,
            "settled_at": None,
        },
    )


@transaction.atomic
def works_again(user: User, *, by: User, at: datetime, service: Service | None = None) -> bool:
    """Somebody says that the address works: mail goes there again. Whether it was paused."""
    open_ones = MailTrouble.objects.filter(user=user, settled_at__isnull=True)
    was_paused = is_paused(user)
    open_ones.update(settled_at=at)
    if was_paused and service is not None:
        audit.record(code="message.address_works", by=by, service=service)
    return was_paused


def unreached(service: Service, *, on: date) -> list[Member]:
    """The people of a service who get no mail because their address refused it, by name."""
    members = service.members.with_login().present(on).select_related("user")
    return list(members.filter(user__in=troubles().values("user")).order_by("name", "pk"))
