"""A real installation under test: its own data folder and port, and the script as a person runs it."""

import os
import queue
import re
import select
import signal
import socket
import subprocess
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "holdfast"
FIRST_PAGE_SECONDS = 90  # on a busy machine, with the example to load; a limit, not an expectation


def free_port() -> int:
    """A port nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**more: str) -> dict:
    """What a new login shell has, and `more`: nothing of ours, nothing of the test run's."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **more}


def run(*words: str, timeout: float = 120, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess:
    """Run the script to its end."""
    return subprocess.run(
        [SCRIPT, *words],
        env=clean_environment(**environment),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def processes_with(word: str) -> dict[int, str]:
    """The running processes whose environment has `word`: number and command line."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if word.encode() in (folder / "environ").read_bytes().split(b"\0"):
                found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue  # it ended meanwhile
    return {number: line for number, line in found.items() if line}


class Running:
    """`./holdfast up` in a process of its own; use as a context manager, entered when its page answers."""

    def __init__(self, data: Path, **environment: str):
        self.data = data
        self.port = free_port()
        self.environment = clean_environment(HOLDFAST_DATA=str(data), HOLDFAST_PORT=str(self.port), **environment)
        self.output = ""

    def __enter__(self):
        self.process = subprocess.Popen(
            [SCRIPT, "up"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._lines = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.wait_for("Ctrl-C stops it.", FIRST_PAGE_SECONDS)
        return self

    def _read(self):
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def wait_for(self, words: str | None, seconds: float) -> None:
        """Until a line with `words` was printed (None: until the output ends)."""
        while True:
            line = self._lines.get(timeout=seconds)
            if line is None:
                assert words is None, f"It ended before it said {words!r}:\n{self.output}"
                return
            self.output += line
            if words is not None and words in line:
                return

    def end(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal to the process a person sees; returns its exit code."""
        self.process.send_signal(number)
        return self.await_end()

    def await_end(self) -> int:
        self.wait_for(None, 60)
        return self.process.wait(60)

    def child(self, name: str) -> int:
        """The process id of one part: broker, web or worker."""
        pattern = {"broker": "-server unixsocket", "web": "gunicorn", "worker": "celery"}[name]
        for number in self.children():
            if re.search(pattern, Path(f"/proc/{number}/cmdline").read_text().replace("\0", " ")):
                return number
        raise AssertionError(f"No {name} among the children")

    def children(self) -> list[int]:
        """The process ids of its parts."""
        return [
            int(word) for word in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def alive(self) -> dict[int, str]:
        """All processes of this installation that still run."""
        return processes_with(f"HOLDFAST_DATA={self.data}")

    def await_all_gone(self, seconds: float) -> None:
        """Until none of them runs any more, nor any that one of them began meanwhile; fails with those that do."""
        limit = time.monotonic() + seconds
        while (left := self.alive()) and time.monotonic() < limit:
            for number in left:
                try:
                    handle = os.pidfd_open(number)
                except ProcessLookupError:
                    continue
                select.select([handle], [], [], max(0, limit - time.monotonic()))
                os.close(handle)
        assert not self.alive(), self.alive()

    def __exit__(self, *_exc):
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        self.process.stdout.close()
        self._reader.join(10)
