"""Mail goes out: claim the row, check that it is still true, compose, hand over, keep what became of it.

At most one mail leaves for a row, whatever crashes. The claim is one conditional UPDATE, committed
before the mail server hears of anything; no transaction is open while it is spoken to. What happens
next depends on how far the message came (see config.mail):

* taken, or refused for good: the row says so;
* not taken, provably (no connection, refused before its text was on its way): planned again, each
  time after a longer wait, until its period is over;
* anything else, a crash included: the claim stays. After fifteen minutes it is shown as uncertain,
  and only a person can have it sent again.
"""

import logging
import smtplib
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts import audit
from accounts.mail import AUTOMATIC
from accounts.models import Member
from assessments import waves
from planning import calendar_mail, opt_outs, reminders, unanswered
from planning.addresses import link
from planning.ledger import OSLO, day_in_oslo
from planning.models import Document, DocumentFile, Message
from planning.wording.mail import STOPPING

logger = logging.getLogger(__name__)

LARGEST_MAIL = 2_000_000  # bytes of the whole message as sent; a larger one goes without its attachment
CLAIM_LASTS = timedelta(minutes=15)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360))  # the last one repeats
MOST_FAILURES_OF_OURS = 3  # a message that we cannot put together is not tried for ever
MOST_AT_ONCE = 500
READING_PAGES = {"vision": "vision_acknowledge", "expectation": "expectation_acknowledge"}


def due(at: datetime) -> list[int]:
    """The keys of messages to send now, the longest waiting first."""
    rows = Message.objects.due(at).order_by("not_before", "pk")
    return list(rows.values_list("pk", flat=True)[:MOST_AT_ONCE])


def expire(at: datetime) -> int:
    """Give up what was not sent within its period; returns how many."""
    return Message.objects.past(at).update(state=Message.State.EXPIRED, trouble=Message.Reason.TOO_LATE)


def mark_uncertain(at: datetime) -> int:
    """Show claims that nobody settled within fifteen minutes as what they are; returns how many."""
    stale = Message.objects.filter(state=Message.State.CLAIMED, claimed_at__lt=at - CLAIM_LASTS)
    return stale.update(state=Message.State.UNCERTAIN, trouble=Message.Reason.NO_WORD)


def send(pk: int, *, at: datetime) -> str | None:
    """Send one message if it is due at that moment and nobody else has claimed it.

    Returns the state it is in afterwards, or None when there was nothing to do.
    """
    claimed = Message.objects.due(at).filter(pk=pk)
    if not claimed.update(state=Message.State.CLAIMED, attempts=F("attempts") + 1, claimed_at=timezone.now()):
        return None
    related = (
        "recipient__user",
        "service",
        "document",
        "review",
        "invitation__wave__leader",
        "invitation__wave__opened_by",
    )
    message = Message.objects.select_related(*related).get(pk=pk)
    if reason := reminders.why_moot(message, at=at):
        return _settle(message, Message.State.EXPIRED, trouble=reason)
    try:
        mail = compose(message, at=at)
    except Exception:
        logger.exception("Message %s could not be put together", pk)
        if message.attempts >= MOST_FAILURES_OF_OURS:
            return _settle(message, Message.State.FAILED, trouble=Message.Reason.NOT_MADE)
        return _wait(message, at=at, trouble=Message.Reason.NOT_MADE)
    return _hand_over(message, mail, at=at)


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
        return _settle(message, Message.State.FAILED, trouble=_said(problem))
    return Message.State.CLAIMED


def _before_it_began(message: Message, problem: Exception, *, at: datetime) -> str:
    """Nobody has the mail. An address or a message refused for good is not tried again."""
    logger.warning("Message %s was not taken: %s", message.pk, type(problem).__name__)
    if _is_permanent(problem):
        return _settle(message, Message.State.FAILED, trouble=_said(problem))
    if not isinstance(problem, OSError) and message.attempts >= MOST_FAILURES_OF_OURS:
        return _settle(message, Message.State.FAILED, trouble=Message.Reason.NOT_MADE)
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
    """Plan it again, later each time; the end of its period ends this too."""
    wait = WAITS[min(message.attempts, len(WAITS)) - 1]
    return _settle(message, Message.State.PLANNED, not_before=at + wait, trouble=trouble)


def _settle(message: Message, state: str, *, trouble: str = "", **fields) -> str:
    """Write down what became of this very claim, also when it took so long that it is shown as uncertain."""
    ours = Message.objects.filter(
        pk=message.pk,
        attempts=message.attempts,
        state__in=[Message.State.CLAIMED, Message.State.UNCERTAIN],
    )
    ours.update(state=state, trouble=trouble, document_id=message.document_id, **fields)
    return state


def compose(message: Message, *, at: datetime) -> EmailMultiAlternatives:
    """The mail of a ledger row, in the recipient's language; with the plan on a page while it stays small."""
    if message.kind in (Message.Kind.REVIEW_SOON, Message.Kind.RESTART_DUE):
        message.document = Document.objects.plans().filter(service=message.service_id).in_force()
    page = _page_one(message.document) if message.document else None
    mail = _compose(message, page=page, at=at)
    if page and len(mail.message().as_bytes(linesep="\r\n")) > LARGEST_MAIL:
        mail = _compose(message, page=None, at=at)
    return mail


def _page_one(plan: Document) -> bytes | None:
    """The bytes of the plan on a page, without loading the whole document."""
    found = DocumentFile.objects.filter(document=plan).values_list("page_one", flat=True).first()
    return bytes(found) if found else None


def _compose(message: Message, *, page: bytes | None, at: datetime) -> EmailMultiAlternatives:
    address, language = _reader(message)
    with translation.override(language):
        context = _context(message, attached=page is not None, at=at)
        name = f"emails/{message.kind}"
        mail = EmailMultiAlternatives(
            subject=" ".join(render_to_string(f"{name}.subject.txt", context).split()),
            body=render_to_string(f"{name}.txt", context),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers=_headers(message, context),
        )
        mail.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
        if message.kind == Message.Kind.REVIEW_INVITATION:
            calendar_mail.attach(mail, message)
        if page is not None:
            # ASCII whatever the language: not every mail program reads anything else in a file name.
            name = slugify(_("action plan"))
            mail.attach(f"{name}-{message.service.key}-{message.document.number}.pdf", page, "application/pdf")
    return mail


def _reader(message: Message) -> tuple[str, str]:
    """The address and the language of whoever gets it: a member, or somebody who was asked in a survey."""
    if message.invitation:
        return message.invitation.email, message.invitation.language
    return message.recipient.user.email, message.recipient.user.language


def _context(message: Message, *, attached: bool, at: datetime) -> dict:
    """The few facts a mail tells; everything else stays behind the link."""
    service, plan, review = message.service, message.document, message.review
    context = {
        "service": service,
        "plan": plan,
        "attached": attached,
        "role": message.recipient.get_role_display() if message.recipient else "",
        "language": translation.get_language(),
        "today": day_in_oslo(at),
        "stop_url": "",
    }
    if plan:
        context["url"] = link("document", service_key=service.key, kind=plan.kind, number=plan.number)
        context["issued_on"] = in_words(day_in_oslo(plan.issued_at))
    if review:
        starts_at = timezone.localtime(calendar_mail.moment_of(message), OSLO)
        context |= {
            "review": review,
            "review_day": in_words(starts_at.date()),
            "review_day_short": formats.date_format(starts_at, _("l j F")),
            "review_time": f"{starts_at:%H:%M}",
            "url": link("review", service_key=service.key, review_pk=review.pk),
        }
    if message.kind == Message.Kind.RESTART_DUE:
        day = reminders.restart_day(message)
        context |= {
            "restart_on": day,
            "restart_day": in_words(day),
            "restart_day_short": formats.date_format(day, _("l j F")),
            "url": link("pauses", service_key=service.key),
        }
    if message.kind == Message.Kind.WEEK_DUE:
        week = reminders.week_of(message)
        context |= {"week": week, "url": link("week_check_in_add", service_key=service.key)}
    if message.kind == Message.Kind.TO_READ:
        context |= _to_read(message, on=context["today"])
    if message.kind == Message.Kind.CONFLICTS_WAITING:
        count, since = unanswered.waiting(service.pk, on=context["today"])
        context |= {"count": count, "since": since, "url": link("conflicts", service_key=service.key)}
    if message.kind == Message.Kind.REVIEW_INVITATION:
        context |= calendar_mail.context(message)
    if message.kind in Message.OF_WAVES:
        context |= _of_wave(message)
    if message.kind in Message.OPTIONAL:
        context["stop_label"] = STOPPING[message.kind].stop
        context["stop_url"] = link("unsubscribe", token=opt_outs.token(message.recipient, kind=message.kind))
    return context


def _of_wave(message: Message) -> dict:
    """Who asks, about whose team, until when; and the reader's own link."""
    wave = message.invitation.wave
    return {
        "wave": wave,
        "asked_by": wave.opened_by.name if wave.opened_by else "",
        "leader": wave.leader.name,
        "closes_on": in_words(wave.closes_on),
        "url": link("wave_answer", token=waves.token(message.invitation)),
    }


def _to_read(message: Message, *, on: date) -> dict:
    """What there is to read, and the one page to read it on."""
    unread = reminders.still_unread(message, on=on)
    page = READING_PAGES[unread[0]] if len(unread) == 1 else "plan"
    return {"unread": unread, "url": link(page, service_key=message.service.key)}


def in_words(day) -> str:
    """A whole date in the active language: "Tuesday 1 December 2026"."""
    # Translators: a whole date in words, in the letters of Django's date filter.
    return formats.date_format(day, _("l j F Y"))


def _headers(message: Message, context: dict) -> dict[str, str]:
    headers = {"Message-ID": message_id(message), **AUTOMATIC}
    if context["stop_url"]:
        # One click in the mail program, without cookies (RFC 8058).
        headers["List-Unsubscribe"] = f"<{context['stop_url']}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def message_id(message: Message) -> str:
    """The same for every attempt at a row, so that even a mail sent twice by hand is known as one."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("<> ")
    return f"<{message.kind}.{message.pk}.{message.created_at:%Y%m%d%H%M%S}@{domain}>"


class CannotSendAgain(Exception):
    """The message is on its way, has arrived, or its time is over."""


@transaction.atomic
def send_again(message: Message, *, by: Member, at: datetime) -> None:
    """Plan a failed or uncertain message once more, because a person says so; raises `CannotSendAgain`."""
    stuck = Message.objects.filter(
        pk=message.pk, state__in=[Message.State.FAILED, Message.State.UNCERTAIN], expires_at__gt=at
    )
    if not stuck.update(state=Message.State.PLANNED, not_before=at, trouble=""):
        raise CannotSendAgain
    audit.record(code="message.sent_again", by=by.user, service=message.service, obj=message)
