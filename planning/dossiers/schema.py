"""What the format allows: the JSON Schema of `holdfast-dossier/1`, and what to say when a file does not fit it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from planning.dossiers.errors import DossierError, any_of, shown

FILE = Path(__file__).parent / "holdfast-dossier-1.schema.json"
KINDS = {
    "object": "an object in braces",
    "array": "a list in brackets",
    "string": "a text in quotes",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


@cache
def schema() -> dict:
    """The schema. Its numbers are whole or Decimal, so that a limit is met exactly."""
    return json.loads(FILE.read_text(encoding="utf-8"), parse_float=Decimal)


def version() -> str:
    """The format that is read and written."""
    return schema()["properties"]["format"]["const"]


def lists() -> dict[str, dict]:
    """The lists of the format with what the schema says of them, in its order."""
    return {name: resolved(one) for name, one in schema()["properties"].items() if resolved(one).get("type") == "array"}


def resolved(part: dict) -> dict:
    """A part of the schema with what it refers to; its own words come first."""
    if "$ref" not in part:
        return part
    return schema()["$defs"][kind_of(part)] | {name: value for name, value in part.items() if name != "$ref"}


def kind_of(part: dict) -> str:
    """The name of the definition that a part refers to; empty for none."""
    return part.get("$ref", "").rpartition("/")[2]


Item = tuple[tuple, dict]  # (place, item)


def items(content: dict, name: str) -> Iterator[Item]:
    """The items of a list of a dossier with their places."""
    for number, item in enumerate(content.get(name, ())):
        yield (name, number), item


@dataclass(frozen=True)
class Mark:
    """One value of a dossier that is of a kind the schema defines: a day, a text, the ref of a member."""

    place: tuple
    kind: str
    value: object


def marks(content: dict) -> Iterator[Mark]:
    """The marked values of content that fits the schema, in the schema's order."""
    return _marks(content, schema(), ())


def _marks(value, part: dict, place: tuple) -> Iterator[Mark]:
    if kind := kind_of(part):
        yield Mark(place, kind, value)
    part = resolved(part)
    if isinstance(value, dict):
        for name, below in part.get("properties", {}).items():
            if name in value:
                yield from _marks(value[name], below, (*place, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _marks(one, part["items"], (*place, number))


def _whole_pattern(validator, pattern, instance, schema):
    """Python's `$` also fits before a last line break, the schema's does not."""
    if validator.is_type(instance, "string") and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield ValidationError("pattern")


_Validator = extend(Draft202012Validator, {"pattern": _whole_pattern})


@cache
def _validator():
    return _Validator(schema())


def refuse_what_does_not_fit(content) -> None:
    """Raise DossierError for the first thing in the content that the schema does not allow."""
    if isinstance(content, dict) and content.get("format", version()) != version():
        raise DossierError(
            ["format"],
            f'this Holdfast reads "{version()}", and this is {shown(content["format"])}; '
            "export it anew, or bring Holdfast up to date.",
        )
    error = next(_validator().iter_errors(content), None)
    if error is not None:
        raise _explained(error)


def _explained(error: ValidationError) -> DossierError:
    place, value, part = list(error.absolute_path), error.instance, error.schema
    match error.validator:
        case "additionalProperties":
            known = list(part["properties"])
            unknown = next(name for name in value if name not in part["properties"])
            return DossierError([*place, unknown], f"the format has no such field here; {_nearest(unknown, known)}")
        case "required":
            missing = next(name for name in error.validator_value if name not in value)
            return DossierError([*place, missing], f"is missing; add {_wanted(part['properties'][missing])}.")
        case "enum":
            if error.validator_value == schema()["$defs"]["entry"]["enum"]:
                nearest = get_close_matches(value, error.validator_value, 1) if isinstance(value, str) else []
                hint = f"; did you mean {nearest[0]}?" if nearest else "; docs/dossier.md lists its keys."
                return DossierError(place, f"the catalogue has no entry {shown(value)}{hint}")
            return DossierError(place, f"{shown(value)} is none of the words for it; write {_wanted(part)}.")
        case "anyOf":
            return _explained_text(error)
        case "minProperties" | "minItems":
            return DossierError(place, "is empty; fill it in, or leave the field out.")
        case "uniqueItems":
            return DossierError(place, "names the same twice; keep one of the two.")
        case "maxLength":
            limit = f"{len(value)} characters, and at most {error.validator_value} are taken"
            return DossierError(place, f"the text has {limit}; shorten it.")
        case "pattern" if not value.strip():
            return DossierError(place, "the text is empty; write it, or leave the field out.")
    return DossierError(place, f"{shown(value)} will not do; write {_wanted(part)}.")


def _explained_text(error: ValidationError) -> DossierError:
    """Of a text in one language or two, what is wrong in the one that was tried."""
    tried = 1 if isinstance(error.instance, dict) else 0
    below = [one for one in error.context if one.schema_path[0] == tried]
    if isinstance(error.instance, dict | str):
        return _explained(below[0])
    wanted = 'a text in quotes, or one in each language: {"en": "...", "nb": "..."}'
    return DossierError(list(error.absolute_path), f"{shown(error.instance)} will not do; write {wanted}.")


def _nearest(unknown: str, known: list[str]) -> str:
    nearest = get_close_matches(unknown, known, 1)
    return f"did you mean {nearest[0]}?" if nearest else f"it has {any_of(known).replace(' or ', ' and ')}."


def _wanted(part: dict) -> str:
    """What may stand there, in words."""
    part = resolved(part)
    if "enum" in part:
        return any_of(part["enum"])
    if "const" in part:
        return shown(part["const"])
    if "title" in part and part.get("type") != "object":
        return part["title"]
    words = KINDS[part["type"]]
    if "minimum" in part:
        words += f" from {part['minimum']} to {part['maximum']}"
    return words
