"""A sending process is killed while it speaks to the mail server."""

import os
import signal
import subprocess
import sys

import pytest

from tests.ops.installation import ROOT, clean_environment
from tests.planning.mail_server import HANG, MailServer

pytestmark = [pytest.mark.processes, pytest.mark.timeout(900)]

PATIENCE = 240  # seconds that anything may take on a busy machine; a limit, not an expectation

BEGIN = """
import sys
import django

django.setup()
from datetime import timedelta
from django.conf import settings
from django.utils import timezone

settings.EMAIL_BACKEND = "config.mail.SmtpBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(sys.argv[1])
from planning import mailing, reminders
from planning.models import Message
"""

PREPARE = (
    BEGIN
    + """
from django.core.management import call_command
from tests.planning.mail_samples import a_member, a_plan, a_service

call_command("migrate", verbosity=0)
service = a_service()
a_member(service)
reminders.plan_ready(a_plan(service))
"""
)

SEND = (
    BEGIN
    + """
mailing.send(Message.objects.get().pk, at=timezone.now())
"""
)

AFTERWARDS = (
    BEGIN
    + """
now, message = timezone.now(), Message.objects.get()
print(message.state, mailing.send(message.pk, at=now))
later = now + timedelta(minutes=16)
print(mailing.mark_uncertain(later), mailing.send(message.pk, at=later), Message.objects.get().state)
"""
)


@pytest.mark.parametrize(("moment", "received"), [("rcpt", 0), ("after data", 1)])
def test_m01_a_sender_killed_while_the_server_has_the_word_sends_nothing_twice(tmp_path, moment, received):
    environment = clean_environment(
        HOLDFAST_DATA=str(tmp_path),
        HOLDFAST_QUIET_HOURS="off",
        DJANGO_SETTINGS_MODULE="config.settings",
        PYTHONPATH=str(ROOT),
    )

    def command(source, server) -> list[str]:
        return [sys.executable, "-c", source, str(server.port)]

    with MailServer() as server:
        subprocess.run(command(PREPARE, server), env=environment, check=True, timeout=PATIENCE)
        server.trouble = {moment: HANG}
        with subprocess.Popen(command(SEND, server), env=environment) as sender:
            assert server.hanging.wait(PATIENCE), "the sender never came that far"
            os.kill(sender.pid, signal.SIGKILL)
        server.trouble.clear()
        done = subprocess.run(
            command(AFTERWARDS, server), env=environment, check=True, timeout=PATIENCE, capture_output=True, text=True
        )

        assert done.stdout.splitlines() == ["claimed None", "1 None uncertain"]
        assert len(server.received) == received
