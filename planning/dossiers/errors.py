"""What is said of a dossier that is not taken: one sentence, with the place in the file and the way out."""

import json
import re
from collections.abc import Sequence
from decimal import Decimal

PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
LONGEST = 40  # characters of somebody's file that are quoted

Place = Sequence[str | int]


class DossierError(ValueError):
    """A dossier is not taken. The message is `path: sentence`; the path is a JSON path, or an option of the command."""

    def __init__(self, place: Place | str, sentence: str):
        self.path = place if isinstance(place, str) else path_of(place)
        self.sentence = sentence
        super().__init__(f"{self.path}: {sentence}")


def path_of(place: Place) -> str:
    """The place as a JSON path: `$.goals[2].owner`."""
    path = "$"
    for part in place:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += f".{part}" if PLAIN.match(part) and len(part) <= LONGEST else f"[{shown(part)}]"
    return path


def shown(value) -> str:
    """A value of the file as it is quoted in a sentence: short, on one line, nothing in it that acts on a terminal."""
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "a list"
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str):
        text = value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
        return '"' + "".join(one if one.isprintable() else "�" for one in text) + '"'
    return json.dumps(value)


def any_of(codes: Sequence) -> str:
    """Codes as a list to choose from: `a, b or c`."""
    words = [str(code) for code in codes]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
