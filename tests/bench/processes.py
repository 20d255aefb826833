"""What a process and its children have used, as Linux tells it."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
MEBIBYTE = 1024  # of the kibibytes that /proc counts in
EVERY = 0.02  # seconds between two looks


def peak_memory() -> float:
    """The most memory that this process has held so far, in MiB."""
    return _field(Path("/proc/self/status"), "VmHWM:") / MEBIBYTE


def tree(root: int) -> list[int]:
    """The process and all its descendants."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        if after_name := _stat(path):
            children.setdefault(int(after_name[1]), []).append(int(path.parent.name))
    found, ahead = [], [root]
    while ahead:
        ahead += children.get(process := ahead.pop(), [])
        found.append(process)
    return found


def cpu_of(processes: list[int]) -> float:
    """Seconds of processor time that processes have used since they began, and those of their children that ended."""
    times = (_stat(Path(f"/proc/{process}/stat")) for process in processes)
    return sum(sum(map(int, one[11:15])) for one in times if one) / TICKS


def memory_of(processes: list[int]) -> float:
    """The memory of processes in MiB, what they share counted once."""
    return sum(_field(Path(f"/proc/{process}/smaps_rollup"), "Pss:") for process in processes) / MEBIBYTE


@contextmanager
def watched(root: int) -> Iterator[list[float]]:
    """Look at the memory of a process and its descendants while something runs; the peak is in the list afterwards."""
    peak, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(EVERY):
            peak[0] = max(peak[0], memory_of(tree(root)))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        over.set()
        watcher.join()
        peak[0] = max(peak[0], memory_of(tree(root)))


def _stat(path: Path) -> list[str]:
    """What /proc says of a process after its name, which may hold anything; empty when it has ended."""
    try:
        return path.read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _field(path: Path, name: str) -> int:
    """A count of kibibytes; nought when the process has ended."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name)), 0)
