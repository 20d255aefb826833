"""The files that define the instruments, and nothing else: they are checked before anything is made of them."""

from pathlib import Path

FOLDER = Path(__file__).parent


def files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """The files of definitions, in the order of their names."""
    return tuple(sorted(path for path in folder.glob("*.json") if not path.name.endswith(".schema.json")))
