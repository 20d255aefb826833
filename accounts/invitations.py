"""Logins by invitation: a mailed link that works once, for one member, for fourteen days."""

import logging
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import audit
from accounts.logins import make_login
from accounts.mail import AUTOMATIC
from accounts.models import INVITATION_DAYS, Invitation, Member, User, invitation_expiry

logger = logging.getLogger(__name__)

NAME_LENGTH = Member._meta.get_field("name").max_length


class LinkIsClosed(Exception):
    """The invitation was used, is too old, was followed by a newer one, or its member has left."""


@transaction.atomic
def invite(*, member: Member, email: str, today: date, by: User | None) -> Invitation:
    """Offer a member a login; the mail goes out after commit, and links sent to them before stop working.

    `sent_at` of the invitation then says whether the mail server took it. Raises ValidationError, with
    a sentence for people, when the member needs none or the address is in use in the service.
    """
    if member.user_id:
        raise ValidationError(_("%(name)s can sign in already.") % {"name": member.name})
    if has_left(member, today):
        raise ValidationError(_("%(name)s has left the service.") % {"name": member.name})
    same = Member.objects.filter(service=member.service_id, user__email__iexact=email).first()
    if same:
        raise ValidationError(
            _("%(email)s signs in to this service already, as %(name)s.") % {"email": email, "name": same.name}
        )
    now = timezone.now()
    member.invitations.filter(used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    token = Invitation.new_token()
    invitation = Invitation.objects.create(
        member=member, email=email.lower(), token_hash=Invitation.hash_of(token), expires_at=invitation_expiry()
    )
    audit.record(code="member.invited", by=by, service=member.service, obj=member)
    transaction.on_commit(lambda: send(invitation, token=token, by=by))
    return invitation


def send(invitation: Invitation, *, token: str, by: User | None) -> bool:
    """Hand the mail to the server, in the service's language; whether that went well, also kept as `sent_at`."""
    service = invitation.member.service
    with translation.override(service.language):
        words = {
            "service": service,
            "invited_by": by.get_full_name() if by else "",
            "days": INVITATION_DAYS,
            "url": settings.SITE_URL + reverse("invitation", kwargs={"token": token}),
            "language": service.language,
        }
        message = EmailMultiAlternatives(
            subject=" ".join(render_to_string("emails/invitation.subject.txt", words).split()),
            body=render_to_string("emails/invitation.txt", words),
            to=[invitation.email],
            headers=AUTOMATIC,
        )
        message.attach_alternative(render_to_string("emails/invitation.html", words), "text/html")
    try:
        message.send()
    except (SMTPException, OSError):
        logger.exception("Invitation %s could not be sent", invitation.pk)
        return False
    invitation.sent_at = timezone.now()
    invitation.save(update_fields=["sent_at"])
    return True


def find(token: str) -> Invitation | None:
    """The invitation that a link belongs to, open or not."""
    return (
        Invitation.objects.select_related("member__service", "member__user")
        .filter(token_hash=Invitation.hash_of(token))
        .first()
    )


def has_left(member: Member, today: date) -> bool:
    """Whether the member's last day in the service is over."""
    return member.leaves_on is not None and member.leaves_on < today


def can_be_used(invitation: Invitation, *, at: datetime) -> bool:
    """Whether the link still works at that moment."""
    member = invitation.member
    return invitation.open(at) and not member.user_id and not has_left(member, timezone.localdate(at))


@transaction.atomic
def join(invitation: Invitation, *, user: User, at: datetime) -> Member:
    """Use the link: the member gets this login. Raises LinkIsClosed, or ValidationError for a second membership."""
    _claim(invitation, at=at)
    if Member.objects.filter(service=invitation.member.service_id, user=user).exists():
        raise ValidationError(_("You are in this service already."))
    return _take_place(invitation, user)


@transaction.atomic
def join_as_new(invitation: Invitation, *, name: str, password: str, language: str, at: datetime) -> User:
    """Use the link and make the login it is for. Raises LinkIsClosed when the link no longer works."""
    _claim(invitation, at=at)
    user = make_login(email=invitation.email, password=password, name=name, language=language)
    _take_place(invitation, user)
    return user


def _claim(invitation: Invitation, *, at: datetime) -> None:
    """Use the link up. Of two people who do at the same time, one finds the row changed."""
    usable = can_be_used(invitation, at=at)
    if not usable or not Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=at):
        raise LinkIsClosed


def _take_place(invitation: Invitation, user: User) -> Member:
    member = invitation.member
    member.user = user
    if member.name == invitation.email[:NAME_LENGTH]:  # a first leader is known by address only until now
        member.name = user.get_full_name()
    member.save(update_fields=["user", "name"])
    audit.record(code="member.joined", by=user, service=member.service, obj=member)
    return member
