"""One service's record from a file: a new service, all of it or nothing."""

import sys
from contextlib import contextmanager

from django.core.management import BaseCommand, CommandError

from planning.dossiers.errors import DossierError
from planning.dossiers.importing import import_dossier
from planning.dossiers.reading import read
from planning.management.arguments import day_of


class Command(BaseCommand):
    help = (
        "Bring in a service with its record from a dossier (docs/dossier.md). It becomes a new service; one that is "
        "there is never changed. What is not understood ends the import with its place in the file, and nothing is "
        "written."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", help="the dossier, or - for standard input")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="move all days so that the dossier's as_of falls on this one: by whole months and then days, weeks by "
            "whole weeks (default: days stay as they are)",
        )
        parser.add_argument("--key", default="", help="the service's name in addresses and commands, if not the file's")
        parser.add_argument(
            "--language",
            choices=["en", "nb"],
            default="",
            help="of texts that are there in both, and of the service's documents (default: the file's, or en)",
        )

    def handle(self, *, file, as_of, key, language, **options):
        day = day_of(as_of) if as_of is not None else None
        try:
            with opened(file) as stream:
                dossier = read(stream)
            service = import_dossier(dossier, key=key, language=language, as_of=day)
        except DossierError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f'Imported "{service.name}" as the new service {service.key}.')
        if day is not None:
            self.stdout.write(
                f"Days were moved so that {dossier.as_of} falls on {day}: by whole months and then days; weeks by "
                "whole weeks, so that Mondays stay Mondays, and months by whole months."
            )


@contextmanager
def opened(file: str):
    """The file as a stream of bytes. Raises CommandError when it cannot be read."""
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with open(file, "rb") as stream:
            yield stream
    except OSError as problem:
        raise CommandError(
            f"{file} cannot be read: {problem.strerror}. Give the name of a dossier, or - for standard input."
        ) from problem
