"""Stopping one kind of mail by its link: no sign-in, no cookie, and only what the link names.

Kinds that come only to those who ask for them are asked for by `start_again`, and a person who stops them has no
longer asked. That leaves no line in the trail, which leaders read: it is between the person and the clock.
"""

from dataclasses import dataclass

from django.core import signing
from django.db import transaction

from accounts import audit
from accounts.access import Permission, may
from accounts.models import LEADING_ROLES, Member, Role
from planning.models import Message, OptIn, OptOut
from planning.wording.mail import STOPPING, StopWords

SALT = "planning.opt_outs"


@dataclass(frozen=True)
class Choice:
    """A kind that a person may stop, and whether it comes."""

    kind: str
    words: StopWords
    comes: bool


def kinds_for(member: Member) -> list[str]:
    """The kinds that come to somebody in the member's role, and that they may stop."""
    kind, team = Message.Kind, {*LEADING_ROLES, Role.PRACTITIONER}
    comes = {
        kind.REVIEW_SOON: member.role in team,
        kind.REVIEW_TOMORROW: member.role in team,
        kind.REVIEW_INVITATION: member.role in team,
        kind.DIGEST: member.role in team,
        kind.CONFLICTS_WAITING: may(member, Permission.ANSWER_CONFLICT),
        kind.VISIT_DUE: member.role in LEADING_ROLES,
        kind.TO_READ: member.role == Role.PRACTITIONER,
        kind.WEEK_DUE: member.role == Role.PRACTITIONER,
    }
    return [str(one.value) for one, does in comes.items() if does]


def choices_of(member: Member) -> list[Choice]:
    """What comes to a member, kind by kind."""
    stopped = set(member.opt_outs.values_list("kind", flat=True))
    wanted = set(member.opt_ins.values_list("kind", flat=True))
    return [
        Choice(kind, STOPPING[kind], comes=kind in wanted if kind in Message.WANTED else kind not in stopped)
        for kind in kinds_for(member)
    ]


def token(member: Member, *, kind: str) -> str:
    """What the link carries: whom and what, signed. It does not run out, as old mail is read too."""
    return signing.dumps([member.pk, kind], salt=SALT)


def read(token: str) -> tuple[Member, str] | None:
    """Whom and what a link is about; None for one that we did not make, or of a person who is gone."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    member = Member.objects.select_related("service", "user").filter(pk=pk, user__isnull=False).first()
    return (member, kind) if member and kind in Message.OPTIONAL else None


@transaction.atomic
def stop(member: Member, *, kind: str) -> None:
    """No more mail of this kind to this person; once is enough."""
    if kind in Message.WANTED:
        OptIn.objects.filter(member=member, kind=kind).delete()
        return
    _row, new = OptOut.objects.get_or_create(member=member, kind=kind)
    if new:
        audit.record(code="message.stopped", by=member.user, service=member.service, kind=kind)


@transaction.atomic
def start_again(member: Member, *, kind: str) -> None:
    """Mail of this kind goes to this person again, or, where it must be asked for, from now on."""
    if kind in Message.WANTED:
        OptIn.objects.get_or_create(member=member, kind=kind)
        return
    deleted, _by_model = OptOut.objects.filter(member=member, kind=kind).delete()
    if deleted:
        audit.record(code="message.started_again", by=member.user, service=member.service, kind=kind)
