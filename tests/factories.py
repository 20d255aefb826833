"""What tests are about, made in one line each; name only what the test is about.

Three people recur: a leader, a practitioner of the same service, a stranger.
"""

from datetime import timedelta
from itertools import count

from django.utils import timezone

from accounts.models import Invitation, Member, Role, Service, User

PASSWORD = "a word and another one"
_number = count(1)


# Accounts


def make_user(email: str | None = None, *, password: str = PASSWORD, **fields) -> User:
    """Somebody who can sign in with PASSWORD."""
    number = next(_number)
    fields = {"name": f"Person {number}", "language": "en"} | fields
    return User.objects.create_user(email or f"person{number}@example.org", password, **fields)


def make_service(key: str | None = None, **fields) -> Service:
    """A service that began three years ago, with English documents."""
    key = key or f"s{next(_number)}"
    joined_on = timezone.localdate() - timedelta(days=3 * 365)
    return Service.objects.create(
        key=key, **{"name": f"Service {key}", "language": "en", "joined_on": joined_on} | fields
    )


def make_member(
    service: Service | None = None, *, role: str = Role.PRACTITIONER, login: bool = True, **fields
) -> Member:
    """A person of the service, who can sign in unless told otherwise."""
    name = fields.pop("name", None) or f"Person {next(_number)}"
    if login and "user" not in fields:
        fields["user"] = make_user(name=name)
    return Member.objects.create(service=service or make_service(), role=role, name=name, **fields)


def make_leader(service: Service | None = None, **fields) -> Member:
    """The leader, Kari Nes."""
    return make_member(service, role=Role.LEADER, **{"name": "Kari Nes"} | fields)


def make_stand_in(service: Service | None = None, **fields) -> Member:
    """The stand-in, Svein Lie."""
    return make_member(service, role=Role.STAND_IN, **{"name": "Svein Lie"} | fields)


def make_practitioner(service: Service | None = None, **fields) -> Member:
    """A practitioner, Per Dahl."""
    return make_member(service, role=Role.PRACTITIONER, **{"name": "Per Dahl"} | fields)


def make_adviser(service: Service | None = None, **fields) -> Member:
    """An adviser, Ada Vik."""
    return make_member(service, role=Role.ADVISER, **{"name": "Ada Vik"} | fields)


def make_sponsor(service: Service | None = None, **fields) -> Member:
    """The sponsor, Siri Moe."""
    return make_member(service, role=Role.SPONSOR, **{"name": "Siri Moe"} | fields)


def make_stranger() -> Member:
    """The leader of another service, Tor Berg."""
    return make_leader(make_service(), name="Tor Berg")


def make_former(service: Service | None = None, **fields) -> Member:
    """A leader whose last day was yesterday, Finn Bakke."""
    return make_leader(
        service, **{"name": "Finn Bakke", "leaves_on": timezone.localdate() - timedelta(days=1)} | fields
    )


def make_invitation(member: Member | None = None, *, token: str = "the-token", **fields) -> Invitation:
    """An open invitation whose link ends in `token`."""
    now = timezone.now()
    fields = {"email": "invited@example.org", "expires_at": now + timedelta(days=14), "sent_at": now} | fields
    return Invitation.objects.create(
        member=member or make_member(login=False), token_hash=Invitation.hash_of(token), **fields
    )
