"""Files of definitions besides those that are shipped: newer versions, and instruments that are to come."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from assessments import instruments
from assessments.definitions import FOLDER, files
from tests.assessments.second_wave import SECOND_WAVE


def newer_version(folder: Path, key: str, version: str, change: Callable[[dict], None]) -> Path:
    """A newer version of a shipped instrument, changed."""
    (path,) = FOLDER.glob(f"{key}-*.json")
    content = json.loads(path.read_text(encoding="utf-8")) | {"version": version}
    change(content)
    written = folder / f"{key}-{version}.json"
    written.write_text(json.dumps(content), encoding="utf-8")
    return written


def carry(monkeypatch, paths: Iterable[Path]) -> None:
    """Have the registry hold these files besides those that are shipped."""
    held = sorted((*instruments.definitions(), *map(instruments.read, paths)), key=lambda one: (one.key, one.version))
    monkeypatch.setattr(instruments, "definitions", lambda: tuple(held))


def second_wave() -> list[Path]:
    """The files of the instruments that are to come."""
    return list(files(SECOND_WAVE))
