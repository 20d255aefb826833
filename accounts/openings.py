"""When a form was opened: a signed moment that travels in it, so that what the product costs can be counted."""

from datetime import datetime

from django.core import signing

OPENED = "opened"
LONGEST_SECONDS = 30 * 60  # what lay open for longer was not being filled in all the time
_SALT = "accounts.openings"


def stamp(at: datetime) -> str:
    """The moment, signed."""
    return signing.dumps(int(at.timestamp()), salt=_SALT)


def seconds_open(stamped: str, *, at: datetime) -> int | None:
    """How long a form has been open at that moment; None when that cannot be told, or it lay open for too long."""
    try:
        opened = signing.loads(stamped, salt=_SALT)
    except signing.BadSignature:
        return None
    seconds = int(at.timestamp()) - opened
    return seconds if 0 <= seconds <= LONGEST_SECONDS else None
