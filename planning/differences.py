"""What became of a text from one version to the next, in pieces that people can read.

Pure: it knows two texts. Words stay whole; a word or two that happen to stand in both between larger changes are
told as changed too, since nobody reads "added one, the same one, taken out one" as a sentence.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Change = Literal["same", "added", "removed"]

PIECES = re.compile(r"\S+|\s+")  # words and the blanks between them: put together again they are the text
SHORTEST_KEPT = 3  # words; what stands in both, but is shorter and lies between changes, counts as changed


@dataclass(frozen=True)
class Piece:
    """Some words, and what became of them."""

    change: Change
    text: str


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in the order of reading; of what was changed, the old words stand before the new ones.

    The same and the removed ones together are `before`, the same and the added ones `after`.
    """
    old, new = PIECES.findall(before), PIECES.findall(after)
    runs = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    pieces: list[Piece] = []
    removed: list[str] = []
    added: list[str] = []
    for position, (kind, old_from, old_to, new_from, new_to) in enumerate(runs):
        between_changes = 0 < position < len(runs) - 1
        words = sum(not piece.isspace() for piece in old[old_from:old_to])
        if kind == "equal" and not (between_changes and words < SHORTEST_KEPT):
            pieces += _changed(removed, added)
            pieces.append(Piece("same", "".join(old[old_from:old_to])))
            removed, added = [], []
        else:
            removed += old[old_from:old_to]
            added += new[new_from:new_to]
    return tuple(pieces + _changed(removed, added))


def _changed(removed: list[str], added: list[str]) -> list[Piece]:
    found = [("removed", "".join(removed)), ("added", "".join(added))]
    return [Piece(change, text) for change, text in found if text]  # type: ignore[arg-type]
