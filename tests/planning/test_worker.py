"""A real worker at a real broker: plans are made, and made after all when a worker is killed in the middle."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from config.running import broker_program
from tests.ops.installation import ROOT, clean_environment

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

PATIENCE = 90  # seconds that anything may take on a busy machine; a limit, not an expectation

PRELUDE = f"""
import os, signal, sys, time
import django

django.setup()
from datetime import timedelta
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from accounts.models import Member
from planning import tasks
from planning.documents import issuing, making
from planning.models import Message, Document, DocumentFile


def until(condition):
    end = time.monotonic() + {PATIENCE}
    while not condition():
        if time.monotonic() > end:
            sys.exit("It never came to it: " + str(list(Document.objects.values("state", "attempts", "reference"))))
        time.sleep(0.02)


def issue():
    leader = Member.objects.get()
    with transaction.atomic():
        plan = issuing.issue(
            service=leader.service, by=leader, language="nb", as_of=timezone.localdate()
        )
        tasks.ring_for(plan)
    return plan


def state(plan):
    return Document.objects.get(pk=plan.pk).state


def show(plan):
    plan.refresh_from_db()
    rows = [DocumentFile.objects.filter(document=plan).count(), Message.objects.filter(document=plan).count()]
    print(plan.state, plan.attempts, *rows)
"""

PREPARE = """
from django.core.management import call_command
from accounts.models import Role, Service, User

call_command("migrate", verbosity=0)
service = Service.objects.create(key="f", name="Tjeneste F", joined_on=timezone.localdate())
user = User.objects.create_user("kari@example.org", "a word and another one", language="nb")
Member.objects.create(service=service, user=user, name="Kari Nes", role=Role.LEADER)
"""


class Site:
    """A data folder, a broker on a socket, and workers that can be killed. Use as a context manager."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hf-w-", dir="/tmp"))  # a socket's path must be short
        socket = self.folder / "broker.sock"
        self.environment = clean_environment(
            HOLDFAST_DATA=str(self.folder / "data"),
            HOLDFAST_BROKER_URL=f"redis+socket://{socket}",
            HOLDFAST_QUIET_HOURS="off",
            DJANGO_SETTINGS_MODULE="config.settings",
            PYTHONPATH=str(ROOT),
        )
        options = {"port": 0, "unixsocket": socket, "dir": self.folder, "appendonly": "yes", "save": ""}
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        self.log = (self.folder / "log").open("w+b")
        self.broker = subprocess.Popen([broker_program(), *words], stdout=self.log, stderr=self.log)
        self.workers: list[subprocess.Popen] = []

    def __enter__(self) -> "Site":
        self.run(PREPARE)
        return self

    def run(self, code: str) -> str:
        """What the code prints, run in a process of its own within this installation."""
        done = subprocess.run(
            [sys.executable, "-c", PRELUDE + code],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE * 2,
            check=False,
        )
        assert done.returncode == 0, done.stderr[-2000:] + self.said()
        return done.stdout.strip()

    def start_worker(self) -> subprocess.Popen:
        """A worker with one child, in a process group of its own."""
        words = "-m celery -A config worker --loglevel INFO --concurrency 1 --without-gossip --without-mingle"
        worker = subprocess.Popen(
            [sys.executable, *words.split()],
            env=self.environment,
            cwd=ROOT,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
        self.workers.append(worker)
        return worker

    def said(self) -> str:
        """The end of what broker and workers wrote."""
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    def __exit__(self, *_exc):
        for worker in self.workers:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(worker.pid, signal.SIGKILL)
            worker.wait(PATIENCE)
        self.broker.kill()
        self.broker.wait(PATIENCE)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


@pytest.fixture
def site():
    with Site() as site:
        yield site


def test_p12_a_worker_makes_an_issued_plan_and_its_news_goes_out(site):
    site.start_worker()

    shown = site.run(
        """
plan = issue()
until(lambda: state(plan) == "ready")
tasks.ring_messages(timezone.now())
until(lambda: Message.objects.get().state == "handed_over")
show(plan)
file = DocumentFile.objects.get()
print(bytes(file.pdf)[:5], bytes(file.page_one)[:5], file.pages > 1)
print(len(list(settings.MAIL_FOLDER.glob("*.eml"))))
"""
    )

    assert shown.splitlines() == ["ready 1 1 1", "b'%PDF-' b'%PDF-' True", "1"]


def test_l01_a_bell_rung_while_no_worker_is_there_is_heard_later(site):
    site.run("issue()")
    site.start_worker()

    assert site.run('plan = Document.objects.get()\nuntil(lambda: state(plan) == "ready")\nshow(plan)') == "ready 1 1 1"


def test_l01_a_bell_that_was_lost_is_rung_again_by_the_sweep(site):
    site.start_worker()

    shown = site.run(
        """
tasks.ring_for = lambda plan: None
plan = issue()
print(tasks.ring_plans(timezone.now()), tasks.ring_plans(timezone.now() + timedelta(minutes=3)))
until(lambda: state(plan) == "ready")
show(plan)
"""
    )

    assert shown.splitlines() == ["0 1", "ready 1 1 1"]


# While a plan is being made, somebody kills who makes it. Time then passes: the row's start is set back.
KILL = """
plan = issue()
until(lambda: state(plan) == "making")
{kill}
show(plan)
"""
AFTERWARDS = """
plan = Document.objects.get()
Document.objects.update(started_at=timezone.now() - timedelta(minutes=1))
print(tasks.ring_plans(timezone.now()))
until(lambda: state(plan) == "ready")
show(plan)
tasks.make_document(document_id=plan.pk)
show(plan)
"""


def test_l02_a_worker_killed_in_the_middle_leaves_no_half_document_and_the_plan_is_made_anyway(site):
    worker = site.start_worker()

    left = site.run(KILL.format(kill=f"os.killpg({worker.pid}, signal.SIGKILL)"))
    worker.wait(PATIENCE)
    site.start_worker()

    assert left == "making 1 0 0"
    assert site.run(AFTERWARDS).splitlines() == ["1", "ready 2 1 1", "ready 2 1 1"]


def test_l02_a_killed_child_is_replaced_and_the_plan_is_made_anyway(site):
    worker = site.start_worker()
    children = f"/proc/{worker.pid}/task/{worker.pid}/children"

    left = site.run(KILL.format(kill=f"os.kill(int(open({children!r}).read().split()[0]), signal.SIGKILL)"))

    assert left == "making 1 0 0"
    assert worker.poll() is None
    assert site.run(AFTERWARDS).splitlines() == ["1", "ready 2 1 1", "ready 2 1 1"]
