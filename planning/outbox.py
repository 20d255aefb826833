"""The outbox of a service: what went to whom, and, on one's own machine, the very message."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime, parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from planning import addresses, unanswered
from planning.composing import compose, in_words, message_id
from planning.ledger import day_in_oslo, may_leave, minute_of
from planning.mailing import GRAVITY
from planning.models import Message
from planning.reminders import restart_day

HEAD = 8192  # bytes that hold all headers we write
# The way to stop a kind, with the line that says so and the empty one before both: its recipient's alone to use.
STOP_LINK = re.compile(r"(?:\r?\n)*^.*:\r?\n\S+/mail/stop/\S+", re.MULTILINE)
# How a state looks: its shape and the class of its colour, as everywhere else.
LOOKS = {
    Message.State.PLANNED: ("ring", "unknown"),
    Message.State.CLAIMED: ("ring", "unknown"),
    Message.State.HANDED_OVER: ("check", "clear"),
    Message.State.FAILED: ("square", "flagged"),
    Message.State.UNCERTAIN: ("diamond", "watch"),
    Message.State.EXPIRED: ("ring", "unknown"),
}


@dataclass(frozen=True)
class Line:
    """One message as the outbox shows it."""

    pk: int
    about: str
    recipient: str
    state: str
    shape: str
    status: str
    at: datetime  # when it left, or when it is to leave
    why: str
    with_it: tuple[str, ...]  # what else went in the same mail, of what may be seen here
    may_send_again: bool
    may_open: bool  # where the mail folder is our own


def about(message: Message) -> str:
    """What a message is about, without opening it."""
    if message.kind == Message.Kind.PLAN_READY:
        return _("Action plan no. %(number)s is ready") % {"number": message.document.number}
    if message.kind == Message.Kind.RESTART_DUE:
        return _("Planned restart on %(day)s") % {"day": in_words(restart_day(message))}
    if message.kind == Message.Kind.MEMO_READY:
        return _("Memo no. %(number)s is ready") % {"number": message.document.number}
    if message.kind in (Message.Kind.REVIEW_SOON, Message.Kind.REVIEW_TOMORROW):
        return _("Review on %(day)s") % {"day": in_words(day_in_oslo(message.review.starts_at))}
    if message.kind == Message.Kind.REVIEW_INVITATION:
        return _("Calendar entry of the review on %(day)s") % {"day": in_words(day_in_oslo(message.review.starts_at))}
    return message.get_kind_display()


def lines(messages: Iterable[Message], *, at: datetime) -> list[Line]:
    """Messages of one service in words, as they stand at that moment; two queries, however many there are."""
    messages = list(messages)
    mails = {message.lead_id or message.pk for message in messages if message.kind in Message.SCHEDULED}
    together = defaultdict(list)
    for row in visible_of(messages, mails):
        together[row.lead_id or row.pk].append(row)
    paused = addresses.paused({message.recipient.user_id for message in messages if _waits(message, at=at)})
    return [
        _line(
            message,
            with_it=[row for row in together[message.lead_id or message.pk] if row.pk != message.pk],
            paused=message.recipient.user_id in paused,
            at=at,
        )
        for message in messages
    ]


def visible_of(messages: list[Message], mails: set[int]):
    """The rows of these mails that the leaders of the messages' service may know of; `mails` by what leads them."""
    if not messages:
        return Message.objects.none()
    rows = Message.objects.for_outbox().filter(service=messages[0].service_id)
    rows = rows.filter(lead__in=mails) | rows.filter(pk__in=mails)
    return rows.select_related("recipient", "document", "review", "service").order_by("pk")


def _waits(message: Message, *, at: datetime) -> bool:
    return message.state == Message.State.PLANNED and message.not_before <= at


def _why(message: Message, *, paused: bool, at: datetime) -> str:
    """What became of it, or what it waits for."""
    if not _waits(message, at=at) or message.trouble:
        return message.why
    if paused:
        return _("Waits: mail to this address comes back.")
    if not may_leave(at):
        return _("Waits for the next working morning.")
    if message.kind in Message.SCHEDULED and at < minute_of(message.recipient.user_id, on=day_in_oslo(at)):
        return _("Waits: the morning's mail goes out between eight and ten.")
    if message.kind in Message.SCHEDULED:
        return _("Waits: a person gets one such mail a day at most, and three a week.")
    return ""


def _line(message: Message, *, with_it: list[Message], paused: bool, at: datetime) -> Line:
    """A message in words."""
    stuck = message.state in (Message.State.FAILED, Message.State.UNCERTAIN)
    shape, status = LOOKS[message.state]
    return Line(
        pk=message.pk,
        about=about(message),
        recipient=message.recipient.name,
        state=message.get_state_display(),
        shape=shape,
        status=status,
        at=message.handed_over_at or (message.claimed_at if stuck else message.not_before) or message.created_at,
        why=_why(message, paused=paused, at=at),
        with_it=tuple(about(row) for row in with_it),
        may_send_again=stuck and message.expires_at > at,
        may_open=message.state == Message.State.HANDED_OVER and message.recipient.user_id is not None,
    )


@dataclass(frozen=True)
class Attachment:
    """A file that came with a message."""

    name: str
    content_type: str
    content: bytes

    @property
    def kilobytes(self) -> int:
        """Its size, rounded up."""
        return -(-len(self.content) // 1000)


@dataclass(frozen=True)
class Opened:
    """A message of the mail folder as its reader gets it."""

    subject: str
    recipient: str
    sender: str
    date: datetime
    text: str
    attachments: tuple[Attachment, ...]


def in_folder(message: Message) -> Path | None:
    """The file of a message in the mail folder, the latest if it was sent again; None without one.

    Only messages of the ledger are found, by their id: mail about logins, which carries secrets,
    lies in the same folder and is nobody's to read here.
    """
    wanted = message_id(message)
    for path in sorted(settings.MAIL_FOLDER.glob("*.eml"), reverse=True):
        with path.open("rb") as file:
            head = file.read(HEAD)
        if wanted.encode() in head and message_from_bytes(head, policy=policy.default)["Message-ID"] == wanted:
            return path
    return None


def opened_message(message: Message) -> Opened | None:
    """What somebody of its service may read of a message that left; None where there is no copy.

    What the clock planned may tell of other services, and of what is its recipient's alone to know: then it is put
    together again, from what the leaders of this service may know of.
    """
    if message.recipient.user is None:
        return None
    if message.kind not in Message.SCHEDULED:
        return _as_it_lies(message)
    if message.state != Message.State.HANDED_OVER:
        return None
    lead = message.lead or message
    rows = sorted(visible_of([message], {lead.pk}), key=lambda row: (GRAVITY[row.kind], row.pk))
    is_all = Message.objects.filter(Q(pk=lead.pk) | Q(lead=lead)).count() == len(rows)
    return (is_all and _as_it_lies(lead)) or _put_together(rows, at=message.handed_over_at)


def _as_it_lies(message: Message) -> Opened | None:
    """The very mail in the folder."""
    path = in_folder(message)
    return opened(path.read_bytes()) if path else None


def _put_together(rows: list[Message], *, at: datetime) -> Opened | None:
    """The mail of these rows once more; None where what it told of is gone."""
    told = [row for row in rows if row.kind != Message.Kind.CONFLICTS_WAITING or _still_wait(row, at=at)]
    if not told:
        return None
    mail = compose(*told, at=at)
    mail.extra_headers["Date"] = format_datetime(at)
    return opened(mail.message().as_bytes())


def _still_wait(message: Message, *, at: datetime) -> bool:
    """Whether any of the conflicts that a reminder counted has no answer yet."""
    count, _since = unanswered.waiting(message.service_id, on=day_in_oslo(at))
    return count > 0


def opened(content: bytes) -> Opened:
    """Read a message as a mail program does, but for the ways to stop a kind."""
    mail: EmailMessage = message_from_bytes(content, policy=policy.default)
    return Opened(
        subject=mail["Subject"],
        recipient=mail["To"],
        sender=mail["From"],
        date=parsedate_to_datetime(mail["Date"].replace("-0000", "+0000")),
        text=STOP_LINK.sub("", mail.get_body(("plain",)).get_content()),
        attachments=tuple(
            Attachment(
                part.get_filename(),
                part.get_content_type(),
                part.get_content(),
            )
            for part in mail.iter_attachments()
        ),
    )
