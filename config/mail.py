"""The ways mail leaves. Each says how far it came, so that nothing is sent a second time on a guess.

A backend here carries, for the last message given to it:

* `began`: the message itself was on its way. Until then a failure proves that nobody has it.
* `accepted`: whoever takes the message has taken it. From then on a failure changes nothing.
"""

import os
import secrets
import smtplib

from django.conf import settings
from django.core.mail.backends import smtp
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class FolderBackend(BaseEmailBackend):
    """Mail on one's own machine: each message whole as an .eml file, readable with any mail program."""

    began = accepted = False

    def send_messages(self, email_messages) -> int:
        """Write `email_messages`; returns how many. A half-written file is never seen."""
        settings.MAIL_FOLDER.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            self.began = self.accepted = False
            # The name sorts by the moment of sending and never meets another.
            name = f"{timezone.now():%Y%m%dT%H%M%S.%f}-{secrets.token_hex(3)}.eml"
            partial = settings.MAIL_FOLDER / f".{name}.part"
            partial.touch(mode=0o600)  # links that let people in: for the owner alone
            partial.write_bytes(message.message().as_bytes(linesep="\r\n"))
            self.began = True
            os.replace(partial, settings.MAIL_FOLDER / name)
            self.accepted = True
        return len(email_messages)


class SmtpBackend(smtp.EmailBackend):
    """Django's SMTP backend, which besides knows whether the text of the message was on its way.

    SMTP hands a message over with DATA: the server answers 354, gets the text and confirms with 250.
    What fails before the 354 was not taken; what fails after the 250 was. In between nobody can tell,
    unless the server refuses in so many words (smtplib.SMTPDataError).
    """

    began = accepted = False

    @property
    def connection_class(self):
        """smtplib's class for this server, reporting to this backend."""
        backend = self

        class Watched(super().connection_class):
            def data(self, msg):
                backend.began = True
                try:
                    code, reply = super().data(msg)
                except smtplib.SMTPDataError:  # anything but 354: the server did not want the text
                    backend.began = False
                    raise
                backend.accepted = code == 250
                return code, reply

        return Watched

    def _send(self, email_message):
        """One message; what was known of the one before is forgotten first."""
        self.began = self.accepted = False
        return super()._send(email_message)
