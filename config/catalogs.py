"""Compile the translations, so that nobody needs the gettext tools to run Holdfast.

`python -m config.catalogs` compiles what is older than its source.
"""

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def stale_catalogs(locale: Path = LOCALE) -> list[Path]:
    """The .po files whose compiled form is missing or older."""
    return [
        source
        for source in sorted(locale.glob("*/LC_MESSAGES/*.po"))
        if not (target := source.with_suffix(".mo")).exists() or target.stat().st_mtime < source.stat().st_mtime
    ]


def compile_catalogs(locale: Path = LOCALE) -> int:
    """Compile each stale catalogue, leaving fuzzy entries out; returns how many there were.

    Raises babel's PoFileError, which names the line, when a source cannot be read.
    """
    stale = stale_catalogs(locale)
    for source in stale:
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, domain=source.stem, abort_invalid=True)
        for message in list(catalog):
            if message.pluralizable and not all(message.string):  # else a text would come out empty
                catalog.delete(message.id, message.context)
        partial = source.with_suffix(f".mo.{os.getpid()}")
        with partial.open("wb") as file:
            write_mo(file, catalog)
        partial.replace(source.with_suffix(".mo"))
    return len(stale)


if __name__ == "__main__":
    compile_catalogs()
