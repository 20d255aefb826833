"""The outbox of a service: what went to whom, and, on one's own machine, the very message."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from planning.ledger import day_in_oslo
from planning.mailing import in_words, message_id
from planning.models import Message
from planning.reminders import restart_day

HEAD = 8192  # bytes that hold all headers we write
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
    may_send_again: bool
    may_open: bool  # where the mail folder is our own


def about(message: Message) -> str:
    """What a message is about, without opening it."""
    if message.kind == Message.Kind.PLAN_READY:
        return _("Action plan no. %(number)s is ready") % {"number": message.document.number}
    if message.kind == Message.Kind.RESTART_DUE:
        return _("Planned restart on %(day)s") % {"day": in_words(restart_day(message))}
    if message.kind == Message.Kind.REVIEW_SOON:
        return _("Review on %(day)s") % {"day": in_words(day_in_oslo(message.review.starts_at))}
    if message.kind == Message.Kind.REVIEW_INVITATION:
        return _("Calendar entry of the review on %(day)s") % {"day": in_words(day_in_oslo(message.review.starts_at))}
    return message.get_kind_display()


def line(message: Message, *, at: datetime) -> Line:
    """A message in words, as it stands at that moment."""
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
        why=message.why,
        may_send_again=stuck and message.expires_at > at,
        may_open=message.state == Message.State.HANDED_OVER,
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


def opened(path: Path) -> Opened:
    """Read a message as a mail program does."""
    mail: EmailMessage = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Opened(
        subject=mail["Subject"],
        recipient=mail["To"],
        sender=mail["From"],
        date=parsedate_to_datetime(mail["Date"].replace("-0000", "+0000")),
        text=mail.get_body(("plain",)).get_content(),
        attachments=tuple(
            Attachment(
                part.get_filename(),
                part.get_content_type(),
                part.get_content(),
            )
            for part in mail.iter_attachments()
        ),
    )
