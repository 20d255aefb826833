"""Phones that are remembered for logging: what a cookie of thirty days opens is decided in `accounts.access`.

The cookie holds a random token, the row its hash and a mark of the password: whoever changes the password has no
remembered phone any more, however it was changed.
"""

import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.crypto import constant_time_compare

from accounts import audit
from accounts.backends import may_sign_in
from accounts.models import RememberedPhone, User

LASTS = timedelta(days=30)


@transaction.atomic
def remember(user: User, *, device: str, at: datetime) -> tuple[RememberedPhone, str]:
    """Remember one more phone; returns its row, and the token for its cookie, which is kept nowhere."""
    token = new_token()
    phone = RememberedPhone.objects.create(
        user=user,
        token_hash=RememberedPhone.hash_of(token),
        password_mark=user.get_session_auth_hash(),
        device=device,
        made_at=at,
        expires_at=at + LASTS,
    )
    audit.record(code="phone.remembered", by=user, obj=phone)
    return phone, token


def new_token() -> str:
    """A secret for a cookie, 256 random bits."""
    return secrets.token_urlsafe(32)


def hand_out_again(phone: RememberedPhone) -> str:
    """Another token for the same phone: the answer with the first one may never have arrived."""
    token = new_token()
    phone.token_hash = RememberedPhone.hash_of(token)
    phone.save(update_fields=["token_hash"])
    return token


def find(request, *, at: datetime) -> RememberedPhone | None:
    """The phone whose cookie came along, as long as it holds and its person may sign in."""
    token = request.COOKIES.get(settings.REMEMBERED_PHONE_COOKIE)
    if not token:
        return None
    phones = RememberedPhone.objects.select_related("user").filter(expires_at__gt=at)
    phone = phones.filter(token_hash=RememberedPhone.hash_of(token)).first()
    return phone if phone and holds(phone) else None


def holds(phone: RememberedPhone) -> bool:
    """Whether its person may sign in at all, with the password it was remembered under."""
    return may_sign_in(phone.user) and constant_time_compare(phone.password_mark, phone.user.get_session_auth_hash())


def phones_of(user: User, *, at: datetime) -> list[RememberedPhone]:
    """The person's phones that still hold, the latest first."""
    phones = user.phones.select_related("user").filter(expires_at__gt=at).order_by("-made_at", "-pk")
    return [phone for phone in phones if holds(phone)]


def note_use(phone: RememberedPhone, *, on: date) -> None:
    """The day it was last used for logging; its person alone sees it."""
    if phone.last_used_on != on:
        phone.last_used_on = on
        phone.save(update_fields=["last_used_on"])


@transaction.atomic
def forget(phone: RememberedPhone) -> None:
    """Forget it, from this moment on."""
    audit.record(code="phone.forgotten", by=phone.user, obj=phone)
    phone.delete()


def forget_expired(at: datetime) -> int:
    """Remove what no longer opens anything; returns how many."""
    removed, _by_model = RememberedPhone.objects.filter(expires_at__lte=at).delete()
    return removed


# The cookie


def set_cookie(response, token: str) -> None:
    """Keep the token in this browser, where no script reads it."""
    response.set_cookie(
        settings.REMEMBERED_PHONE_COOKIE,
        token,
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def delete_cookie(response) -> None:
    """Take it out of this browser. Set anew to nothing: a `__Host-` cookie yields to a secure one alone."""
    response.set_cookie(
        settings.REMEMBERED_PHONE_COOKIE,
        "",
        max_age=0,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
