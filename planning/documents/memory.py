"""A bound on the memory that the making of one document takes (quality point P09).

A document that needs more fails by itself, with a `MemoryError` that its attempt notes as it notes any other trouble;
the worker goes on. Without a bound the whole machine would pay: the system ends some process, and not always this one.
What the process holds already is not counted, as a worker that has made others keeps fonts and templates at hand.
"""

import resource
from contextlib import contextmanager
from pathlib import Path

MEBIBYTE = 1024 * 1024
MOST = 512 * MEBIBYTE
STATM = Path("/proc/self/statm")  # Linux: figures in pages of memory; the sixth is data and stack
DATA_FIELD = 5


@contextmanager
def bounded(most: int = MOST):
    """Within it the process cannot take more than `most` bytes on top of what it has; where the system can say that.

    The bound is on private memory (Linux counts it as data), not on addresses: libraries and files that are only
    mapped cost nothing.
    """
    held = _held()
    if held is None:
        yield
        return
    before, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = [held + most, *(limit for limit in (before, hard) if limit != resource.RLIM_INFINITY)]
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (min(allowed), hard))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, hard))


def _held() -> int | None:
    """The private memory of this process in bytes; None where the system does not tell."""
    try:
        pages = STATM.read_text().split()[DATA_FIELD]
    except (OSError, IndexError):
        return None
    return int(pages) * resource.getpagesize()
