"""An action plan as a PDF file, without a server: a draft, as only a leader issues one."""

import os
from pathlib import Path

from django.core.management import BaseCommand, CommandError

from planning import clock
from planning.documents import issuing, pages, plan_pages, rendering
from planning.management.arguments import day_of, service_called


class Command(BaseCommand):
    help = "Write the action plan of a service as a PDF file. It is marked as a draft: issuing is done in the browser."

    def add_arguments(self, parser):
        parser.add_argument("service", help="the key of the service, as in its address")
        parser.add_argument("--out", required=True, metavar="FILE.pdf", help="where to write it; replaced if there")
        parser.add_argument(
            "--language", choices=["en", "nb"], help="default: the language in which the service writes its documents"
        )
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="the day to look from, YYYY-MM-DD (default: today); what is dated later is left out",
        )

    def handle(self, *, service, out, language, as_of, **options):
        day = day_of(as_of)
        found = service_called(service)
        path = Path(out)
        check_writable(path)
        content = issuing.draft_content(found, as_of=day, language=language or found.language, on=clock.today())
        try:
            made = plan_pages.make_document(content)
        except rendering.RenderingError as problem:
            raise CommandError(f"The plan could not be made: {problem}") from problem
        write_whole(path, made.pdf)
        self.stdout.write(f"{path}: {made.pages} pages, checksum {pages.checksum(content)}")


def check_writable(path: Path, *, such_as: str = "plan.pdf") -> None:
    """Raise CommandError, before the work is done, when no file can be written there.

    `such_as`: the name of a file that is shown as an example when the path is a folder.
    """
    if path.is_dir():
        raise CommandError(f"{path} is a folder. Give the name of a file, for instance {path / such_as}.")
    if not path.parent.is_dir():
        raise CommandError(f"There is no folder {path.parent}. Make it first, or write somewhere else.")
    if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise CommandError(f"{path} cannot be written: this account may not write there.")


def write_whole(path: Path, content: bytes) -> None:
    """Write the file so that nobody ever sees a half one. Raises CommandError when that fails."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        partial.write_bytes(content)
        os.replace(partial, path)
    except OSError as problem:
        partial.unlink(missing_ok=True)
        raise CommandError(f"{path} cannot be written: {problem.strerror}.") from problem
