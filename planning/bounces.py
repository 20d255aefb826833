"""Reports that a mail did not arrive (RFC 3464), as a mail server hands them on: what they say, and of whose mail.

A report is believed only if it names the id of a mail that we sent to the person's present address: anybody can write
to the address that reports come to.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum

from planning import addresses
from planning.composing import message_id
from planning.models import Message

LATEST = timedelta(days=14)  # after a mail left, a report of it still counts
ID = re.compile(r"<[a-z_]+\.([0-9]{1,18})\.([0-9]{14})@[^<>\s]+>")  # as `composing.message_id` writes them
LARGEST_REPORT = 5_000_000  # bytes; a report carries at most the mail itself, which has two million


class Outcome(StrEnum):
    """What became of a report."""

    HARD = "hard"  # the address refuses mail for good
    SOFT = "soft"  # this mail did not arrive, another may
    NOT_A_REPORT = "not a report"
    NO_FAILURE = "no failure"
    UNKNOWN = "unknown mail"


@dataclass(frozen=True)
class Failure:
    """What a report says of one recipient."""

    address: str
    status: str  # RFC 3463, as in 5.1.1
    said: str
    message_id: str


def read(content: bytes, *, at: datetime) -> Outcome:
    """Take in one report: note the trouble with the address, or change nothing and say why."""
    if len(content) > LARGEST_REPORT:
        return Outcome.NOT_A_REPORT
    try:
        report = message_from_bytes(content, policy=policy.default)
        failures = _failures(report)
    except (ValueError, LookupError, AttributeError, TypeError):  # the parser's own answers to bad bytes
        return Outcome.NOT_A_REPORT
    if failures is None:
        return Outcome.NOT_A_REPORT
    outcomes = {_note(failure, at=at) for failure in failures}
    order = (Outcome.HARD, Outcome.SOFT, Outcome.UNKNOWN)
    return next((outcome for outcome in order if outcome in outcomes), Outcome.NO_FAILURE)


def _failures(report: EmailMessage) -> list[Failure] | None:
    """The recipients that a mail did not reach; None where it is no report of delivery."""
    if report.get_content_type() != "multipart/report":
        return None
    parts = {part.get_content_type(): part for part in report.iter_parts()}
    status = parts.get("message/delivery-status")
    if status is None:
        return None
    about = _id_of(parts)
    blocks = [block for block in status.get_payload() if block.get("Action")]
    return [
        Failure(
            address=_value(block.get("Original-Recipient") or block.get("Final-Recipient") or ""),
            status=str(block.get("Status", "")).strip(),
            said=" ".join(_value(block.get("Diagnostic-Code", "")).split()),
            message_id=about,
        )
        for block in blocks
        if str(block["Action"]).strip().lower() == "failed"
    ]


def _id_of(parts: dict) -> str:
    """The id of the mail that the report is about: it comes back whole, or its headers alone."""
    whole = parts.get("message/rfc822")
    if whole is not None:
        return str(whole.get_content()["Message-ID"] or "").strip()
    headers = parts.get("text/rfc822-headers")
    if headers is None:
        return ""
    content = headers.get_content()
    text = content if isinstance(content, str) else content.decode(errors="replace")
    return str(message_from_bytes(text.encode(), policy=policy.default)["Message-ID"] or "").strip()


def _value(field: str) -> str:
    """What stands after the type, as in "rfc822; kari@example.org"."""
    kind, semicolon, value = str(field).partition(";")
    return (value if semicolon else kind).strip().strip("<>")


def _note(failure: Failure, *, at: datetime) -> Outcome:
    """Note a failure, if it is of a mail of ours to an address that its person still has."""
    found = ID.fullmatch(failure.message_id)
    left_since = at - LATEST
    message = (
        Message.objects.select_related("recipient__user", "invitation")
        .filter(pk=int(found[1]), claimed_at__gte=left_since)
        .first()
        if found
        else None
    )
    if message is None or message_id(message) != failure.message_id:
        return Outcome.UNKNOWN
    user = addresses.person_of(message)
    if user is None or failure.address.lower() != user.email:
        return Outcome.UNKNOWN
    if failure.status.startswith("5."):
        addresses.refused(user, message_id=failure.message_id, said=failure.said, at=at)
        return Outcome.HARD
    if failure.status.startswith("4."):
        addresses.failed_for_now(user, message_id=failure.message_id, said=failure.said, at=at)
        return Outcome.SOFT
    return Outcome.NO_FAILURE
