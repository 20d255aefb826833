"""The tables of docs/dossier.md: every field of the format, made from its schema; every key of the catalogue."""

import re
from pathlib import Path

from django.utils import translation

from planning.capacity import PARAMETERS
from planning.dossiers import schema
from planning.dossiers.errors import any_of
from planning.risks import ENTRIES
from planning.wording.entries import TEXTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "dossier.md"
BEGIN = "<!-- from here: written by `./holdfast manage dossier_doc --write` -->"
END = "<!-- until here -->"
FIELDS = ["| field | must be there | takes | means |", "|---|---|---|---|"]
SHORT = re.compile("[,:]| such as")  # what follows is how it is written


def tables() -> str:
    """All tables in Markdown."""
    root = schema.schema()
    top = {name: schema.resolved(part) for name, part in root["properties"].items()}
    lines = ["## Every field", "", root["description"], "", "### The file", "", *FIELDS]
    lines += [_row(name, part, name in root["required"]) for name, part in root["properties"].items()]
    for name, part in top.items():
        if name == "service":
            lines += _table(name, part, part["description"])
        elif name in schema.lists():
            lines += _table(name, part["items"], part["description"])
    return "\n".join([*lines, *_entries(), *_parameters()])


def _table(name: str, part: dict, description: str) -> list[str]:
    """The fields of one object, and after it those of the lists within it."""
    lines = ["", f"### {name}", "", description, "", *FIELDS]
    lines += [_row(field, below, field in part["required"]) for field, below in part["properties"].items()]
    for field, below in part["properties"].items():
        within = below.get("items", below)
        if "properties" in within and not _is_plain(within):
            lines += _table(f"{name}[].{field}", within, below["description"])
    return lines


def _row(name: str, part: dict, required: bool) -> str:
    needed = "yes" if required else ""
    return f"| `{name}` | {needed} | {_takes(part)} | {schema.resolved(part)['description']} |"


def _takes(part: dict) -> str:
    """What may stand there, in a few words; how days and the like are written is said above the tables."""
    kind, part = schema.kind_of(part), schema.resolved(part)
    if kind == "entry":
        return "a key of the [catalogue](#keys-of-the-catalogue)"
    if part.get("enum") == list(PARAMETERS):
        return "a [name of a figure](#names-of-figures)"
    if "const" in part:
        return f'`"{part["const"]}"`'
    if "enum" in part:
        return any_of([f"`{code}`" for code in part["enum"]])
    if "title" in part:
        return part["title"] if part.get("type") == "number" else SHORT.split(part["title"])[0]
    if part["type"] == "array":
        return f"a list, each {_takes(part['items'])}" if "$ref" in part["items"] else "a list"
    if "properties" in part:
        names = ", ".join(f"`{one}`" for one in part["properties"])
        return f"an object with any of {names}{_each(part)}" if _is_plain(part) else "an object"
    if "minimum" in part:
        return f"{schema.KINDS[part['type']]} from {part['minimum']} to {part['maximum']}"
    return schema.KINDS[part["type"]]


def _each(part: dict) -> str:
    """What each field of a plain object takes."""
    (kind,) = {_takes(below) for below in part["properties"].values()}
    return f", each {kind}"


def _is_plain(part: dict) -> bool:
    """Whether all fields of an object take the same number or word, so that it needs no table of its own."""
    properties = [schema.resolved(below) for below in part.get("properties", {}).values()]
    of_one_kind = len({_takes(below) for below in properties}) == 1
    return of_one_kind and all("enum" in below or below["type"] in ("integer", "number") for below in properties)


def _entries() -> list[str]:
    with translation.override("en"):
        rows = [f"| `{entry.key}` | {entry.theme} | {TEXTS[entry.key].title} |" for entry in ENTRIES]
    heading = ["", "### Keys of the catalogue", "", "What an observation, an action or an acceptance can be about.", ""]
    return [*heading, "| key | theme | flagged as |", "|---|---|---|", *rows]


def _parameters() -> list[str]:
    heading = ["", "### Names of figures", "", "The figures of the need for hours that a service can replace.", ""]
    rows = [f"| `{one.name}` | {one.unit} | {one.typical} |" for one in PARAMETERS.values()]
    return [*heading, "| name | in | default |", "|---|---|---|", *rows]


def put_into(page: str, new: str) -> str:
    """The page with what stands between its two marks replaced. Raises ValueError when a mark is missing."""
    before, _, rest = page.partition(BEGIN)
    _, mark, after = rest.partition(END)
    if not mark:
        raise ValueError(f"The page needs the lines {BEGIN} and {END}.")
    return f"{before}{BEGIN}\n\n{new}\n\n{END}{after}"
