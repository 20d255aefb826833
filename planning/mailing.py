"""Mail goes out: claim the rows, check that they are still true, compose, hand over, keep what became of them.

What the clock planned for one person and is due goes in one mail: one row leads it, and is claimed for the person and
the day; the others are carried by it and share what becomes of it. What answers somebody's act goes by itself.

At most one mail leaves for a row, whatever crashes. The claim is one conditional UPDATE, committed
before the mail server hears of anything; no transaction is open while it is spoken to. What happens
next depends on how far the message came (see config.mail):

* taken, or refused for good: the rows say so;
* not taken, provably (no connection, refused before its text was on its way): planned again, each
  time after a longer wait, until its period is over; the day is free again;
* anything else, a crash included: the claim stays. After fifteen minutes it is shown as uncertain,
  and only a person can have it sent again.
"""

import logging
import smtplib
from collections import defaultdict
from datetime import datetime, timedelta

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts import audit
from accounts.models import Member, User
from planning import addresses, mail_days, reminders
from planning.composing import compose, message_id
from planning.ledger import IN_TIME, day_in_oslo, may_leave, minute_of
from planning.models import Message

logger = logging.getLogger(__name__)

CLAIM_LASTS = timedelta(minutes=15)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))  # the last one repeats
MOST_FAILURES_OF_OURS = 3  # a message that we cannot put together is not tried for ever
MOST_AT_ONCE = 500
FREE_DAY = {"person": None, "mail_day": None}
GRAVITY = {kind: place for place, kind in enumerate(Message.SCHEDULED)}
WITH_ALL_IT_TELLS = (
    "recipient__user",
    "service__link_only",
    "document",
    "review",
    "invitation__wave__leader",
    "invitation__wave__opened_by",
)


def due(at: datetime) -> list[int]:
    """The keys of messages to send now, the longest waiting first; of what goes in one mail the one that leads it."""
    if not may_leave(at):
        return []
    found, waiting = [], defaultdict(list)
    rows = Message.objects.due(at).select_related("recipient", "invitation").order_by("not_before", "pk")
    people = _people_of(rows)
    paused = addresses.paused(set(people.values()))
    for row in rows:
        person = people.get(row.pk)
        if person in paused and not row.by_hand:
            continue
        if person and row.kind in GRAVITY and not row.by_hand:
            waiting[person].append(row)
        else:
            found.append(row)
    used = mail_days.days_used(waiting.keys(), at=at)
    for person, rows_of_person in waiting.items():
        together = _not_for_later_today(rows_of_person, person, at=at)
        cannot_wait = mail_days.cannot_wait((row.expires_at for row in together), at=at)
        has_room = mail_days.has_room(used.get(person, ()), day_in_oslo(at), cannot_wait=cannot_wait)
        if together and has_room:
            found.append(min(together, key=lambda row: (GRAVITY[row.kind], row.pk)))
    found.sort(key=lambda row: (row.not_before, row.pk))
    return [row.pk for row in found[:MOST_AT_ONCE]]


def _not_for_later_today(rows: list[Message], person: int, *, at: datetime) -> list[Message]:
    """Before the person's minute only what would be over within an hour of it.

    What was left over from another day waits for it: leaving early it would use the one mail of the day, and what is
    planned for today would come a day late.
    """
    minute = minute_of(person, on=day_in_oslo(at))
    return [row for row in rows if minute <= at or row.expires_at <= minute + IN_TIME]


def _people_of(rows) -> dict[int, int]:
    """By row whose it is, of those with a login."""
    asked = {row.invitation.email.lower() for row in rows if row.invitation}
    logins = dict(User.objects.filter(email__in=asked).values_list("email", "pk")) if asked else {}
    found = {
        row.pk: row.recipient.user_id if row.recipient else logins.get(row.invitation.email.lower()) for row in rows
    }
    return {row: person for row, person in found.items() if person}


def expire(at: datetime) -> int:
    """Give up what was not sent within its period; returns how many."""
    return Message.objects.past(at).update(state=Message.State.EXPIRED, trouble=Message.Reason.TOO_LATE)


def mark_uncertain(at: datetime) -> int:
    """Show claims that nobody settled within fifteen minutes as what they are; returns how many."""
    stale = Message.objects.filter(state=Message.State.CLAIMED, claimed_at__lt=at - CLAIM_LASTS)
    return stale.update(state=Message.State.UNCERTAIN, trouble=Message.Reason.NO_WORD)


def send(pk: int, *, at: datetime) -> str | None:
    """Send one message if it is due at that moment and nobody else has claimed it, with what goes in the same mail.

    Returns the state it is in afterwards, or None when there was nothing to do.
    """
    if not may_leave(at):
        return None
    message = Message.objects.due(at).select_related(*WITH_ALL_IT_TELLS).filter(pk=pk).first()
    if message is None:
        return None
    person = addresses.person_of(message)
    if person and not message.by_hand and addresses.is_paused(person):
        return None
    still_true, fallen_out = _check(_together(message, person, at=at), at=at)
    # What could not wait may have turned out untrue: the rest then keeps to the person's minute.
    if person and _is_scheduled(message) and not _not_for_later_today(still_true, person.pk, at=at):
        still_true = []
    rows = _claim(still_true, person=person, at=at) if still_true else []
    state = _compose_and_hand_over(rows, at=at) if rows else None
    return fallen_out.get(message.pk, state)


def _check(rows: list[Message], *, at: datetime) -> tuple[list[Message], dict[int, str]]:
    """The rows that are still true, and by key the state of those that go in no mail now."""
    still_true, fallen_out = [], {}
    for row in rows:
        try:
            reason = reminders.why_moot(row, at=at)
        except Exception:
            logger.exception("Message %s could not be checked", row.pk)
            fallen_out[row.pk] = _set_aside(row, at=at)
            continue
        if reason:
            unclaimed = Message.objects.filter(pk=row.pk, state=Message.State.PLANNED)
            unclaimed.update(state=Message.State.EXPIRED, trouble=reason)
            fallen_out[row.pk] = Message.State.EXPIRED
        else:
            still_true.append(row)
    return still_true, fallen_out


def _set_aside(row: Message, *, at: datetime) -> str | None:
    """Count an attempt at a row that cannot even be checked, so that it ends some day and holds up no other."""
    if not Message.objects.due(at).filter(pk=row.pk, attempts=row.attempts).update(**_claim_fields()):
        return None
    row.attempts += 1
    return _not_made(row, at=at)


def _is_scheduled(message: Message) -> bool:
    return message.kind in GRAVITY and not message.by_hand


def _together(message: Message, person: User | None, *, at: datetime) -> list[Message]:
    """What goes in one mail with a message, itself among it: all that the clock planned for the person and is due."""
    if person is None or not _is_scheduled(message):
        return [message]
    rows = Message.objects.due(at).scheduled().of_person(person).select_related(*WITH_ALL_IT_TELLS)
    return sorted(rows, key=lambda row: (GRAVITY[row.kind], row.pk))


def _claim_fields() -> dict:
    return {"state": Message.State.CLAIMED, "attempts": F("attempts") + 1, "claimed_at": timezone.now()}


def _claim(together: list[Message], *, person: User | None, at: datetime) -> list[Message]:
    """Claim the gravest row, the person's one mail of the day if the clock planned it, and carry the others with it.

    The rows that are ours now, the gravest first; none where somebody else has it or the person's mail of the day, or
    where the person got as many as a week may have.
    """
    message = together[0]
    day, slot = day_in_oslo(at), {"lead": None}
    if person and _is_scheduled(message):
        used = mail_days.days_used([person.pk], at=at).get(person.pk, ())
        cannot_wait = mail_days.cannot_wait((row.expires_at for row in together), at=at)
        if not mail_days.has_room(used, day, cannot_wait=cannot_wait):
            return []
        slot |= {"person": person, "mail_day": day}
    claim = _claim_fields()
    others = [row.pk for row in together[1:]]
    try:
        with transaction.atomic():
            if not Message.objects.due(at).filter(pk=message.pk).update(**claim, **slot):
                return []
            if others:
                Message.objects.due(at).filter(pk__in=others).update(**claim, **FREE_DAY, lead=message)
    except IntegrityError:  # another worker has the person's mail of this day
        return []
    ours = Message.objects.filter(pk=message.pk)
    if others:
        ours |= Message.objects.filter(lead=message, state=Message.State.CLAIMED, pk__in=others)
    return sorted(ours.select_related(*WITH_ALL_IT_TELLS), key=lambda row: (GRAVITY.get(row.kind, 0), row.pk))


def _compose_and_hand_over(rows: list[Message], *, at: datetime) -> str:
    """The mail of rows that are claimed; what cannot be put together is tried again, but not for ever."""
    lead, *others = rows
    try:
        mail = compose(*rows, at=at)
    except Exception:
        logger.exception("Message %s could not be put together", lead.pk)
        if others and lead.attempts >= MOST_FAILURES_OF_OURS:
            return _part(rows, at=at)
        return _not_made(lead, at=at)
    return _hand_over(lead, mail, at=at)


def _not_made(message: Message, *, at: datetime) -> str:
    """Try again later what is our own failure; after three times it has failed."""
    if message.attempts >= MOST_FAILURES_OF_OURS:
        return _settle(message, Message.State.FAILED, trouble=Message.Reason.NOT_MADE, **_free_day(message))
    return _wait(message, at=at, trouble=Message.Reason.NOT_MADE)


def _part(rows: list[Message], *, at: datetime) -> str:
    """Fail those rows that no mail can be put together with, and plan the others again; the state of the first."""
    sound = _sound(rows, at=at)
    with transaction.atomic():
        Message.objects.filter(lead=rows[0], state=Message.State.CLAIMED).update(lead=None)
        states = [
            _settle(row, Message.State.PLANNED, not_before=at + WAITS[0], **FREE_DAY)
            if row in sound
            else _settle(row, Message.State.FAILED, trouble=Message.Reason.NOT_MADE, **FREE_DAY)
            for row in rows
        ]
    return states[0]


def _sound(rows: list[Message], *, at: datetime) -> list[Message]:
    """Those of the rows that a mail can be put together with, found one by one."""
    sound: list[Message] = []
    for row in rows:
        try:
            compose(*sound, row, at=at)
        except Exception:
            logger.exception("Message %s cannot be put together with others", row.pk)
        else:
            sound.append(row)
    return sound


def _free_day(message: Message) -> dict:
    """What frees the day of a mail that nobody got; not of one sent again by hand, whose first may have arrived."""
    return {} if message.by_hand else FREE_DAY


def _hand_over(message: Message, mail: EmailMultiAlternatives, *, at: datetime) -> str:
    """Give the mail to the server and settle the row by how far it came."""
    connection = get_connection()
    try:
        connection.send_messages([mail])
    except Exception as problem:
        if getattr(connection, "accepted", False):
            logger.warning("Message %s was taken, then the mail server failed: %s", message.pk, type(problem).__name__)
        elif getattr(connection, "began", True):
            return _after_it_began(message, problem)
        else:
            return _before_it_began(message, problem, at=at)
    return _settle(message, Message.State.HANDED_OVER, handed_over_at=timezone.now())


def _after_it_began(message: Message, problem: Exception) -> str:
    """A clear refusal ends it. Without one nobody can tell who has the mail: the claim stays."""
    logger.warning("Message %s: the mail server failed while taking it: %s", message.pk, type(problem).__name__)
    if isinstance(problem, smtplib.SMTPDataError):
        return _settle(message, Message.State.FAILED, trouble=_said(problem), **_free_day(message))
    return Message.State.CLAIMED


def _before_it_began(message: Message, problem: Exception, *, at: datetime) -> str:
    """Nobody has the mail. An address or a message refused for good is not tried again."""
    logger.warning("Message %s was not taken: %s", message.pk, type(problem).__name__)
    if _is_permanent(problem):
        person = addresses.person_of(message)
        if isinstance(problem, smtplib.SMTPRecipientsRefused) and person:
            addresses.refused(person, message_id=message_id(message), said=_said(problem), at=at)
        return _settle(message, Message.State.FAILED, trouble=_said(problem), **_free_day(message))
    if not isinstance(problem, OSError) and message.attempts >= MOST_FAILURES_OF_OURS:
        return _not_made(message, at=at)
    return _wait(message, at=at, trouble=_said(problem))


def _is_permanent(problem: Exception) -> bool:
    """Whether the server refused this address or this message with a code of 500 or more (RFC 5321, 4.2.1)."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError) and problem.smtp_code >= 500


def _said(problem: Exception) -> str:
    """What the server said, short enough to keep; the kind of failure when it said nothing."""
    replies = [(getattr(problem, "smtp_code", None), getattr(problem, "smtp_error", b""))]
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        replies = list(problem.recipients.values())
    words = [
        f"{code} {reply.decode(errors='replace') if isinstance(reply, bytes) else reply}"
        for code, reply in replies
        if code is not None
    ]
    return (" ".join("; ".join(words).split()) or type(problem).__name__)[:200]


def _wait(message: Message, *, at: datetime, trouble: str) -> str:
    """Plan it again, later each time; the end of its period ends this too. The day is free for whatever leads next."""
    wait = WAITS[min(message.attempts, len(WAITS)) - 1]
    return _settle(message, Message.State.PLANNED, not_before=at + wait, trouble=trouble, **_free_day(message))


@transaction.atomic
def _settle(message: Message, state: str, *, trouble: str = "", **fields) -> str:
    """Write down what became of this very claim, also when it took so long that it is shown as uncertain.

    What the message carries shares it; planned again, each is for itself.
    """
    claimed = Message.objects.filter(state__in=[Message.State.CLAIMED, Message.State.UNCERTAIN])
    ours = claimed.filter(pk=message.pk, attempts=message.attempts)
    if ours.update(state=state, trouble=trouble, document_id=message.document_id, **fields):
        lead = None if state == Message.State.PLANNED else message
        claimed.filter(lead=message).update(state=state, trouble=trouble, **fields | FREE_DAY, lead=lead)
    return state


class CannotSendAgain(Exception):
    """The message is on its way, has arrived, or its time is over."""


@transaction.atomic
def send_again(message: Message, *, by: Member, at: datetime) -> None:
    """Plan a failed or uncertain message once more, by itself, because a person says so; raises `CannotSendAgain`.

    What went with it stays as it was, and so does the day that its mail used.
    """
    stuck = Message.objects.filter(
        pk=message.pk, state__in=[Message.State.FAILED, Message.State.UNCERTAIN], expires_at__gt=at
    )
    if not stuck.update(state=Message.State.PLANNED, not_before=at, trouble="", lead=None, by_hand=True):
        raise CannotSendAgain
    Message.objects.filter(lead=message).update(lead=None)
    audit.record(code="message.sent_again", by=by.user, service=message.service, obj=message)
