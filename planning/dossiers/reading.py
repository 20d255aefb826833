"""Bytes become a dossier that was understood, or a DossierError. Limits come before everything that costs time."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import BinaryIO

from django.core.exceptions import ValidationError

from accounts.record_forms import refuse_national_ids
from planning.dossiers import checks, schema
from planning.dossiers.errors import DossierError, Place

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE  # ten years of a busy service are not one megabyte
MAX_VALUES = 100_000
MAX_COMMAS = 1_000_000  # those of texts included; keeps the parser from filling the memory
MAX_DEPTH = 12  # the format itself goes seven deep
HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")
MAX_DIGITS = 15  # what every database and every other program keeps exactly


@dataclass(frozen=True)
class Dossier:
    """A file that was understood, as it stands there."""

    content: dict

    @property
    def key(self) -> str:
        """The key of the service."""
        return self.content["service"]["key"]

    @property
    def as_of(self) -> date:
        """The day it is seen from."""
        return date.fromisoformat(self.content["as_of"])


def read(stream: BinaryIO) -> Dossier:
    """The dossier in an open file. No more of it is read than is allowed. Raises DossierError."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise DossierError([], f"the file is larger than {MAX_BYTES // MEGABYTE} MB; a dossier holds one service only.")
    return understand(data)


def understand(data: bytes) -> Dossier:
    """The dossier in these bytes. Raises DossierError for the first thing in them that is not understood."""
    content = parsed(data)
    _refuse_what_cannot_be_kept(content)
    return understood(content)


def understood(content) -> Dossier:
    """The parsed content as a dossier, held against the format. Raises DossierError."""
    schema.refuse_what_does_not_fit(content)
    checks.refuse_what_cannot_be(content)
    return Dossier(content)


def parsed(data: bytes):
    """What the JSON says; numbers are whole or Decimal. Raises DossierError for what is not JSON in UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise DossierError([], f"the file is not UTF-8 (line {line} does not fit); save it as UTF-8.") from problem
    if not text.strip():
        raise DossierError([], "the file is empty; write at least the format, as_of and the service.")
    if text.count(",") > MAX_COMMAS:
        raise DossierError([], f"the file holds more than {MAX_VALUES} values; a dossier holds one service only.")
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_number,
            parse_float=_number,
            parse_constant=lambda word: _Unusable(f"{word} is no number; write one, or leave the field out."),
        )
    except RecursionError as problem:
        raise DossierError([], f"the file is nested more than {MAX_DEPTH} levels deep; a dossier is flat.") from problem
    except json.JSONDecodeError as problem:
        raise DossierError(
            [],
            f"the file is not JSON: line {problem.lineno}, column {problem.colno} does not fit "
            f"({problem.msg[:1].lower()}{problem.msg[1:]}); put the comma, quote or bracket right.",
        ) from problem


class _Object(dict):
    """An object of the file that remembers a key it had twice."""

    twice: str | None = None


class _Unusable:
    """Something JSON readers take that no dossier may hold, with what to say about it."""

    def __init__(self, sentence: str):
        self.sentence = sentence


def _object(pairs: list) -> _Object:
    found = _Object(pairs)
    if len(found) < len(pairs):
        seen = set()
        found.twice = next(key for key, _ in pairs if key in seen or seen.add(key))
    return found


def _number(text: str):
    """A whole number, or a Decimal as written; unusable when it has more digits than are kept exactly."""
    if len(text) <= 2 * MAX_DIGITS:
        number = Decimal(text)
        shift = number.as_tuple().exponent
        if len(number.as_tuple().digits) <= MAX_DIGITS and shift >= -MAX_DIGITS and number.adjusted() < MAX_DIGITS:
            return int(number) if number == number.to_integral_value() else number
    return _Unusable(f"the number has more than {MAX_DIGITS} digits; round it.")


def _refuse_what_cannot_be_kept(content) -> None:
    """Raise DossierError for the first place with something that JSON allows and a record does not."""
    for count, (place, value) in enumerate(_values(content)):
        if count >= MAX_VALUES:
            raise DossierError(
                place, f"from here on the file holds more than {MAX_VALUES} values; a service has fewer."
            )
        if len(place) > MAX_DEPTH:
            raise DossierError(place, f"the file is nested more than {MAX_DEPTH} levels deep; a dossier is flat.")
        if isinstance(value, _Unusable):
            raise DossierError(place, value.sentence)
        if isinstance(value, _Object) and value.twice is not None:
            raise DossierError([*place, value.twice], "stands there twice; keep one of the two.")
        if isinstance(value, str):
            _refuse_text(value, place)


def _values(value, place: tuple = ()) -> Iterator[tuple[Place, object]]:
    """Every value with its place, in the order of the file; no deeper than is refused anyway."""
    yield place, value
    if len(place) <= MAX_DEPTH and isinstance(value, dict | list):
        for part, below in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(below, (*place, part))


def _refuse_text(text: str, place: Place) -> None:
    if HALF_A_CHARACTER.search(text):
        raise DossierError(place, "the text holds half of a character (a lone surrogate); write it again.")
    if "\0" in text:
        raise DossierError(place, "the text holds a null character; take it out.")
    try:
        refuse_national_ids(text)
    except ValidationError:
        raise DossierError(
            place,
            "the text holds what looks like a national identity number; take it out: "
            "nothing about a patient belongs in a dossier.",
        ) from None
