"""A real mail server of the tests' own. It can refuse, hang or hang up, and counts what it got."""

import asyncio
import logging
import socket
import threading
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HANG_UP = "hang up"
HANG = "hang"


# A connection that the tests cut is told of after the test, to a stream that is closed by then.
logging.getLogger("mail.log").setLevel(logging.ERROR)


class _Session(SMTP):
    """aiosmtpd's session, with the trouble its server was told to make."""

    trouble: dict

    async def _make(self, moment) -> bool:
        answer = self.trouble.get(moment)
        if answer is None:
            return False
        if answer == HANG_UP:
            self.transport.abort()
        elif answer == HANG:
            self.event_handler.hanging.set()
            await asyncio.Event().wait()  # until the server is stopped
        else:
            await self.push(answer)
        return True

    async def smtp_MAIL(self, arg):
        if not await self._make("mail"):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg):
        if not await self._make("rcpt"):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg):
        if not await self._make("before data"):
            await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg):
        if not await self._make("quit"):
            await super().smtp_QUIT(arg)


class _Controller(Controller):
    def factory(self):
        session = _Session(self.handler, loop=self.loop, hostname="test", ident="test")
        session.trouble = self.handler.trouble
        return session


class MailServer:
    """Use as a context manager. `trouble` maps a moment (mail, rcpt, before data, after data, quit) to what happens
    then: an answer such as "451 later", HANG or HANG_UP. `received` is every message whose text arrived whole.
    """

    def __init__(self):
        self.trouble: dict[str, str] = {}
        self.received: list = []
        self.recipients: list[list[str]] = []
        self.attempts = 0
        self.hanging = threading.Event()  # somebody is being kept waiting
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.controller = _Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_exc):
        self.controller.stop()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.attempts += 1
        session.host_name = hostname
        return responses

    async def handle_DATA(self, server, session, envelope):
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.recipients.append(envelope.rcpt_tos)
        answer = self.trouble.get("after data", "250 taken")
        if answer == HANG_UP:
            server.transport.abort()
            return "250 nobody hears this"
        if answer == HANG:
            self.hanging.set()
            await asyncio.Event().wait()
        return answer
