"""Everything that can break, broken in turn in one running installation; after each it mends by itself (point L05).

Real processes: PostgreSQL, a broker, workers, schedulers, a mail server that counts. The times are those of
`tests.ops.quick`; five minutes in production are thirty seconds here. A frozen broker is frozen for five seconds, which
is longer than every timeout here, as the sixty seconds of the point are in production.

After each fault every job is done, failed, uncertain or expired, none is lost; no mail arrived twice and no document
was made twice, by the count of the mail server and of the files; and the worker makes the next plan.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

from config.running import broker_program
from tests.figures import FIGURE
from tests.ops.installation import ROOT, clean_environment, free_port
from tests.planning.mail_server import HANG, HANG_UP, MailServer
from tests.postgres import PostgresServer

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]

RECOVERS_WITHIN = 30  # seconds from the end of a fault, at test speed
USUAL_START = 10  # seconds until a new installation has made its first plan, on two slow cores of our own
STARTS_WITHIN = 120
SETTLED = {
    "documents": {"ready", "failed", "cancelled"},
    "messages": {"handed_over", "failed", "uncertain", "expired"},
}
PLANS = 3  # in the queue while something breaks; each has two readers


class Installation:
    """PostgreSQL, broker, mail server, scheduler and worker, each of which can be hurt. Use as a context manager."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="hf-f-", dir="/tmp"))
        self.log = (self.folder / "log").open("ab")
        self.broker_port = free_port()
        self.parts = contextlib.ExitStack()
        self.processes: dict[str, subprocess.Popen] = {}

    def __enter__(self) -> "Installation":
        try:
            self.mail = self.parts.enter_context(MailServer())
            self.database = self.parts.enter_context(PostgresServer())
            self.environment = clean_environment(
                HOLDFAST_DATA=str(self.folder / "data"),
                DJANGO_SETTINGS_MODULE="tests.ops.quick.settings",
                PYTHONPATH=str(ROOT),
                DATABASE_URL=self.database.url,
                REDIS_URL=f"redis://127.0.0.1:{self.broker_port}/0",
                EMAIL_URL=f"smtp://127.0.0.1:{self.mail.port}",
                SECRET_KEY="a-key-for-this-test-alone-0123456789-abcdefghijklmnopq",
                ALLOWED_HOSTS="localhost",
            )
            (self.folder / "data").mkdir()
            self.start_broker()
            self.start("driver", "-m", "tests.ops.quick.driver", talks=True)
            self.tell("prepare")
        except BaseException as problem:
            problem.add_note(self.said())
            self.__exit__()
            raise
        return self

    def __exit__(self, *_exc):
        for name in list(self.processes):
            self.kill(name)
        self.parts.close()
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def said(self) -> str:
        """The end of what its processes wrote."""
        return (self.folder / "log").read_text(errors="replace")[-4000:]

    # Processes

    def start(self, name: str, *words: str, talks: bool = False) -> None:
        """A Python process of ours in a group of its own."""
        pipe = subprocess.PIPE if talks else subprocess.DEVNULL
        self.processes[name] = subprocess.Popen(
            [sys.executable, *words],
            env=self.environment,
            cwd=ROOT,
            stdin=pipe,
            stdout=pipe if talks else self.log,
            stderr=self.log,
            text=True,
            start_new_session=True,
        )

    def start_worker(self) -> None:
        """Two children, as in production."""
        words = "-m celery -A config worker --loglevel INFO --concurrency 2 --without-gossip --without-mingle"
        self.start("worker", *words.split())

    def start_beat(self, name: str) -> None:
        """A scheduler, with a file of its own."""
        schedule = self.folder / f"{name}-schedule"
        self.start(name, *f"-m celery -A config beat --loglevel INFO --pidfile= --schedule {schedule}".split())

    def start_broker(self) -> None:
        """The broker, with what it had written down."""
        options = {"port": self.broker_port, "dir": self.folder, "appendonly": "yes", "save": "", "bind": "127.0.0.1"}
        words = [str(word) for name, value in options.items() for word in (f"--{name}", value)]
        self.processes["broker"] = subprocess.Popen(
            [broker_program(), *words], stdout=self.log, stderr=self.log, start_new_session=True
        )

    def kill(self, name: str) -> None:
        """kill -9, for the whole of it."""
        process = self.processes.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(STARTS_WITHIN)
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with contextlib.suppress(OSError):
                    pipe.close()

    def children_of_worker(self) -> list[int]:
        """The process ids of those who do the work."""
        pid = self.processes["worker"].pid
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def set_clock_ahead(self, seconds: int) -> None:
        """The clock of all our processes, from now on."""
        path = self.folder / "data" / "clock-ahead"
        path.with_suffix(".new").write_text(str(seconds))
        path.with_suffix(".new").replace(path)

    # Work

    def tell(self, do: str, **words) -> dict:
        """Have the driver do something; what it answers."""
        driver = self.processes["driver"]
        driver.stdin.write(json.dumps({"do": do, **words}) + "\n")
        driver.stdin.flush()
        answer = json.loads(driver.stdout.readline())
        assert "trouble" not in answer, answer["trouble"] + self.said()
        return answer

    def ask(self, plans: int = PLANS, **content) -> float:
        """Issue plans; how long the slowest bell took, in seconds."""
        return self.tell("ask", plans=plans, content=content)["slowest_bell"]

    def unsettled(self) -> list[dict]:
        """The jobs that are neither done nor given up; a plan that is ready counts only with its two messages."""
        stand = self.tell("stand")
        open_jobs = [one for kind, states in SETTLED.items() for one in stand[kind] if one["state"] not in states]
        ready = sum(one["state"] == "ready" for one in stand["documents"])
        assert len(stand["messages"]) == 2 * ready or open_jobs, "A message is lost"
        return open_jobs

    def settle(self, within: float) -> float:
        """Wait until every job is; how long that took."""
        begin = time.monotonic()
        while left := self.unsettled():
            assert time.monotonic() - begin < within, f"Still open after {within} s: {left}\n{self.said()}"
            time.sleep(0.1)
        return time.monotonic() - begin

    def verify(self) -> dict[str, Counter]:
        """Nothing lost and nothing twice, by the mail server's count; the states as they stand."""
        stand = self.tell("stand")
        arrived = Counter(mail["Message-ID"] for mail in self.mail.received)
        assert max(arrived.values(), default=0) <= 1, f"Arrived twice: {arrived}"
        for message in stand["messages"]:
            if message["state"] == "handed_over":
                assert arrived[message["id"]] == 1, f"Said to be handed over, and never arrived: {message}"
            elif message["state"] in ("failed", "expired"):
                assert arrived[message["id"]] == 0, f"Given up, and it arrived: {message}"
        assert set(arrived) <= {message["id"] for message in stand["messages"]}
        for document in stand["documents"]:
            assert document["has_file"] == (document["state"] == "ready"), document
        return {kind: Counter(one["state"] for one in stand[kind]) for kind in SETTLED}


@pytest.fixture(scope="module")
def installation():
    """Up and running. Where that took longer than usual, somebody else wants the machine, and mending may, too."""
    with Installation() as installation:
        begin = time.monotonic()
        installation.start_beat("beat")
        installation.start_worker()
        installation.ask(1)
        installation.settle(STARTS_WITHIN)
        installation.patience = RECOVERS_WITHIN * max(1, (time.monotonic() - begin) / USUAL_START)
        yield installation


@pytest.fixture
def recovers(installation, record_property):
    """Call it when a fault is over: waits for everything to be settled, has one more plan made, and tells how long."""
    before = installation.verify()

    def check(fault: str, **expected: int) -> dict[str, int]:
        took = installation.settle(installation.patience)
        installation.ask(1)
        installation.settle(installation.patience)
        after = installation.verify()
        new = {
            state: count - before[kind][state]
            for kind in SETTLED
            for state, count in after[kind].items()
            if count > before[kind][state]
        }
        said = ", ".join(f"{count} {state.replace('_', ' ')}" for state, count in new.items())
        record_property(FIGURE, f"{fault}: mended after {took:.1f} s of {installation.patience:.0f} ({said})")
        for state, count in expected.items():
            assert new.get(state, 0) == count, f"{fault}: {new}"
        return new

    return check


def until(condition, within: float = STARTS_WITHIN) -> None:
    """Wait for it; fails after `within` seconds."""
    end = time.monotonic() + within
    while not condition():
        assert time.monotonic() < end, "It never came to it"
        time.sleep(0.02)


def test_l05_a_worker_is_killed(installation, recovers):
    installation.ask()
    time.sleep(0.3)
    installation.kill("worker")
    installation.start_worker()

    recovers("kill -9 worker", ready=PLANS + 1)


def test_l05_a_child_of_the_worker_is_killed(installation, recovers):
    until(lambda: installation.children_of_worker())
    installation.ask()
    os.kill(installation.children_of_worker()[0], signal.SIGKILL)

    recovers("kill -9 child", ready=PLANS + 1)


def test_l05_the_broker_is_started_anew(installation, recovers):
    installation.ask()
    installation.kill("broker")
    slowest = installation.ask(1)
    installation.start_broker()

    recovers("broker killed and started anew", ready=PLANS + 2)
    assert slowest < 1, "L06: nobody waits for a broker that is away"


def test_l05_the_broker_freezes(installation, recovers):
    installation.ask()
    os.kill(installation.processes["broker"].pid, signal.SIGSTOP)
    slowest = installation.ask(1)
    time.sleep(5)
    os.kill(installation.processes["broker"].pid, signal.SIGCONT)

    recovers("broker frozen", ready=PLANS + 2)
    assert slowest < 1, "L06: nobody waits for a broker that does not answer"


def test_l05_the_database_is_started_anew(installation, recovers):
    installation.ask()
    installation.database.stop()
    time.sleep(1)
    installation.database.start()

    new = recovers("database started anew")

    assert new["ready"] == PLANS + 1


def waits_to_be_tried_again(installation) -> bool:
    """Whether a message was tried in vain."""
    return any(one["state"] == "planned" and one["attempts"] for one in installation.tell("stand")["messages"])


def test_l05_the_mail_server_refuses(installation, recovers):
    installation.mail.trouble = {"mail": "451 not now"}
    installation.ask()
    until(lambda: waits_to_be_tried_again(installation))
    installation.mail.trouble = {}

    recovers("mail server refusing", handed_over=2 * (PLANS + 1))


def test_l05_the_mail_server_hangs(installation, recovers):
    """Before DATA nobody has the mail, so it is tried again."""
    installation.mail.trouble = {"rcpt": HANG}
    installation.ask()
    until(lambda: waits_to_be_tried_again(installation))
    installation.mail.trouble = {}

    recovers("mail server hanging before DATA", handed_over=2 * (PLANS + 1))


@pytest.mark.parametrize(("trouble", "words"), [(HANG, "hanging"), (HANG_UP, "hanging up")])
def test_l05_the_mail_server_drops_what_it_took(installation, recovers, trouble, words):
    """After DATA nobody can tell who has the mail: it is shown as uncertain, and never sent again by itself."""
    before = len(installation.mail.received)
    installation.mail.trouble = {"after data": trouble}
    installation.ask()
    until(lambda: len(installation.mail.received) == before + 2 * PLANS)
    installation.mail.trouble = {}

    recovers(f"mail server {words} after DATA", uncertain=2 * PLANS, handed_over=2)


def test_l05_a_second_scheduler(installation, recovers):
    installation.start_beat("second beat")
    installation.ask()
    time.sleep(5)

    recovers("two schedulers", ready=PLANS + 1, handed_over=2 * (PLANS + 1))
    installation.kill("second beat")


def test_l05_messages_of_the_queue_come_several_times(installation, recovers):
    installation.tell("ask", plans=PLANS, content={}, times=5)
    installation.settle(installation.patience)
    installation.tell("double")

    recovers("doubled messages", ready=PLANS + 1, handed_over=2 * (PLANS + 1))


@pytest.mark.parametrize("seconds", [3600, -3600])
def test_l05_the_clock_jumps(installation, recovers, seconds):
    """What was on its way may be shown as uncertain for a moment; whoever sends it puts that right."""
    installation.ask()
    installation.set_clock_ahead(seconds)
    time.sleep(2)
    installation.set_clock_ahead(0)

    recovers(f"clock jumping by {seconds} s and back", ready=PLANS + 1)


@pytest.mark.parametrize("poison", ["kills", "hangs"])
def test_l05_a_poisonous_plan_is_given_up_and_holds_nobody_up(installation, recovers, poison):
    """A killed child's task is run again without end by the queue; the attempts counted in the row end it."""
    installation.ask(1, poison=poison)
    installation.ask()

    recovers(f"a plan that {poison} its maker", ready=PLANS + 1, failed=1)
    (failed,) = [one for one in installation.tell("stand")["documents"] if one["state"] == "failed"][-1:]
    assert failed["attempts"] == 3


def test_l09_a_deploy_with_jobs_in_the_queue_loses_none(installation, recovers):
    """What the version before wrote waits while nobody works; then the new one is started."""
    installation.kill("worker")
    installation.kill("beat")
    installation.tell("ask", plans=PLANS, content={}, old=True)
    installation.start_worker()
    installation.start_beat("beat")

    recovers("deploy with old messages in the queue", ready=PLANS + 1, handed_over=2 * (PLANS + 1))


def test_the_hearts_beat_after_all_that(installation):
    assert set(installation.tell("stand")["hearts"]) == {"beat", "worker", "sender"}
