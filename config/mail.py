"""Mail on one's own machine: each message becomes an .eml file in the data folder."""

import os
import secrets

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Write each message whole, readable with any mail program."""

    def send_messages(self, email_messages) -> int:
        """Write `email_messages`; returns how many. A half-written file is never seen."""
        settings.MAIL_FOLDER.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            # The name sorts by the moment of sending and never meets another.
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}.eml"
            partial = settings.MAIL_FOLDER / f".{name}.part"
            partial.write_bytes(message.message().as_bytes(linesep="\r\n"))
            os.replace(partial, settings.MAIL_FOLDER / name)
        return len(email_messages)
