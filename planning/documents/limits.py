"""How much one document takes (quality point P09). Whoever issues it hears of too much before, not from a failed job.

The figures are what was measured to be laid out well within the time and the memory that a worker has; a plan beyond
them is none that a meeting reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_FLAGS = 50
MAX_ACTIONS = 100
MAX_CHARACTERS = 2000  # of one text
BEGINNING = 60  # characters by which a text is recognised


class What(StrEnum):
    """What there can be too much of."""

    FLAGS = "flags"
    ACTIONS = "actions"
    TEXT = "text"


@dataclass(frozen=True)
class Excess:
    """One thing there is too much of: how much, how much there may be, and how the text begins."""

    what: What
    count: int
    limit: int
    begins: str = ""


class TooMuch(Exception):
    """The document would hold more than one document takes."""

    def __init__(self, excesses: list[Excess]):
        super().__init__(", ".join(f"{one.count} {one.what} of {one.limit}" for one in excesses))
        self.excesses = excesses


def excesses(content: dict) -> list[Excess]:
    """What is too much in a document's content, each text once; nothing for a document that can be made."""
    found = []
    said = {part: value for part, value in content.items() if part != "changes"}  # what changed repeats the rest
    for what, key, limit in ((What.FLAGS, "open", MAX_FLAGS), (What.ACTIONS, "actions", MAX_ACTIONS)):
        count = len(content.get(key, ()))
        if count > limit:
            found.append(Excess(what, count, limit))
    too_long = dict.fromkeys(text for text in _texts(said) if len(text) > MAX_CHARACTERS)
    found += [Excess(What.TEXT, len(text), MAX_CHARACTERS, text[:BEGINNING].rstrip()) for text in too_long]
    return found


def _texts(value) -> Iterator[str]:
    """Every text within, in the order in which they stand there."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
