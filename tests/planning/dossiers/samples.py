"""Dossiers for tests: one with everything in it, one with next to nothing, and the way in and out."""

import copy
import json
from pathlib import Path

from accounts.models import Service
from planning.dossiers import exporting
from planning.dossiers.importing import import_dossier
from planning.dossiers.reading import understand
from planning.risk_report import as_json
from planning.standing import standing

RICH = Path(__file__).parent / "rich.json"
SPARSE = {"format": "holdfast-dossier/1", "as_of": "2026-11-25", "service": {"key": "x", "name": "X"}}


def rich() -> dict:
    """A dossier with at least one of everything, written as an export writes it; seen from 25 November 2026."""
    return json.loads(RICH.read_text(encoding="utf-8"))


def sparse(**fields) -> dict:
    """A dossier that says only this; what is given for `service` is said besides its key and name."""
    content = copy.deepcopy(SPARSE)
    content["service"] |= fields.pop("service", {})
    return content | fields


def as_bytes(content) -> bytes:
    """The content as a file."""
    return json.dumps(content, ensure_ascii=False).encode()


def bring_in(content, **options) -> Service:
    """The content as a new service."""
    return import_dossier(understand(content if isinstance(content, bytes) else as_bytes(content)), **options)


def take_out(service: Service, as_of, *, with_names: bool = True) -> str:
    """The service as the text of a dossier."""
    return exporting.export_dossier(service, as_of=as_of, with_names=with_names)


def risks_of(service: Service, as_of) -> str:
    """What `risks --format json` prints."""
    return as_json(service, standing(service, as_of))


def place_of(way: str) -> list[str | int]:
    """The parts of a dotted way such as `goals.0.owner`."""
    return [int(part) if part.isdigit() else part for part in way.split(".")]


def place_in(content, way: str):
    """(container, key) of a dotted way."""
    *before, last = place_of(way)
    for part in before:
        content = content[part]
    return content, last
