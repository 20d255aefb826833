"""Full sessions: twelve hours from the password, half an hour without anything, and what asks for it anew.

The marks that decide it lie in the session itself, where each request has them at no cost. What only the person asks
for (where am I signed in?) is a row beside it, `SignIn`: a session cannot be looked up by its person.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY as PASSWORDS
from allauth.account.signals import password_changed, password_set
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.auth import SESSION_KEY as WHOSE
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.devices import name_of
from accounts.models import SignIn, User

WHOLE = timedelta(hours=12)  # from the password
IDLE = timedelta(minutes=30)  # from the last thing done
FRESH = timedelta(minutes=15)  # how old the password may be for what matters most
WARNED = timedelta(minutes=5)  # how long before the end the page says so
SEEN_EVERY = timedelta(minutes=1)  # no more is written than that

# What is kept in the session
BEGAN, SEEN, SIGN_IN = "session_began", "session_seen", "session_sign_in"


def now() -> float:
    """This moment, as the marks are kept."""
    return time.time()


@receiver(user_logged_in)
def begin(sender, request, user, **_kwargs) -> None:
    """Django's signal, as it is sent whichever way somebody signs in: no session is without its marks."""
    session = request.session
    session[BEGAN] = session[SEEN] = now()
    if not session.session_key:
        session.save()
    SignIn.objects.filter(user=user).exclude(session_key__in=Session.objects.values("session_key")).delete()
    device = name_of(request.META.get("HTTP_USER_AGENT", ""))
    row, _new = SignIn.objects.update_or_create(
        session_key=session.session_key, defaults={"user": user, "device": device, "began_at": timezone.now()}
    )
    session[SIGN_IN] = row.pk


@receiver([password_changed, password_set])
def move(sender, request, **_kwargs) -> None:
    """With a new password the same session goes on under another key."""
    SignIn.objects.filter(pk=request.session.get(SIGN_IN)).update(session_key=request.session.session_key)


@receiver(user_logged_out)
def finish(sender, request, **_kwargs) -> None:
    """The session is about to be gone."""
    SignIn.objects.filter(pk=request.session.get(SIGN_IN)).delete()


def password_given_at(session) -> float:
    """When the password was last given: at sign-in, or later when it was asked for again."""
    records = session.get(PASSWORDS, [])
    return max([session.get(BEGAN, 0), *(record["at"] for record in records)])


def is_fresh(session) -> bool:
    """Whether the password was given only just now."""
    return now() - password_given_at(session) < FRESH.total_seconds()


@dataclass(frozen=True)
class Left:
    """Seconds until a session ends: if nothing happens, and whatever happens."""

    idle: float
    whole: float

    @property
    def is_over(self) -> bool:
        """Whether one of them is used up."""
        return self.idle <= 0 or self.whole <= 0


def left_of(session) -> Left:
    """How long the session lasts. Of one without marks nobody knows when it began: it is over."""
    return Left(
        idle=session.get(SEEN, 0) + IDLE.total_seconds() - now(),
        whole=password_given_at(session) + WHOLE.total_seconds() - now(),
    )


def note_activity(session, *, exactly: bool = False) -> None:
    """Something was done; written at most once a minute, unless it must be right to the second."""
    if exactly or now() - session.get(SEEN, 0) >= SEEN_EVERY.total_seconds():
        session[SEEN] = now()


# Which sessions somebody has


@dataclass(frozen=True)
class OpenSession:
    """One place where somebody is signed in."""

    pk: int
    device: str
    began_at: datetime
    seen_at: datetime
    current: bool


def open_sessions(user: User, *, current: SessionBase) -> list[OpenSession]:
    """Where the person is signed in now: this session first, then the one used last."""
    rows = {row.session_key: row for row in SignIn.objects.filter(user=user)}
    stored = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    found = []
    for one in stored:
        row, data = rows[one.session_key], one.get_decoded()
        if is_of(user, data) and not left_of(data).is_over:
            seen_at = datetime.fromtimestamp(data[SEEN], UTC)
            mine = one.session_key == current.session_key
            found.append(OpenSession(row.pk, row.device, row.began_at, seen_at, mine))
    return sorted(found, key=lambda one: (not one.current, -one.seen_at.timestamp(), one.pk))


def is_of(user: User, data: dict) -> bool:
    """Whether a session's content lets this person in; with an older password it no longer does."""
    return data.get(WHOSE) == str(user.pk) and constant_time_compare(
        data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()
    )


def end(rows) -> None:
    """End these sessions (a queryset of `SignIn`) at once."""
    Session.objects.filter(session_key__in=rows.values("session_key")).delete()
    rows.delete()


def forget_ended(at: datetime) -> int:
    """Leave nothing of sessions that are over; returns how many were."""
    ended, _by_model = Session.objects.filter(expire_date__lt=at).delete()
    SignIn.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return ended


def mark_of(user: User) -> str:
    """Tells the browser whose page it is, and nobody else who that is: drafts are kept for one person only."""
    return salted_hmac("accounts.sessions", str(user.pk)).hexdigest()[:16]
