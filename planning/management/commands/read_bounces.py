"""Take in one report that a mail did not arrive, as a mail server pipes it."""

import sys
from pathlib import Path

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from planning import bounces

SENTENCES = {
    bounces.Outcome.HARD: "The address refuses mail for good: nothing more goes there until somebody says it works.",
    bounces.Outcome.SOFT: "The mail did not arrive; three such reports within seven days pause the address.",
    bounces.Outcome.NOT_A_REPORT: "This is no report of delivery (multipart/report); nothing was changed.",
    bounces.Outcome.NO_FAILURE: "The report tells of no failure; nothing was changed.",
    bounces.Outcome.UNKNOWN: "The report is not about a mail of ours to a present address; nothing was changed.",
}


class Command(BaseCommand):
    help = (
        "Take in one report of a mail that did not arrive (RFC 3464): a file, or - for standard input, as in a "
        "mail server's alias: |/path/to/holdfast manage read_bounces -"
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default="-", help="the report; - (the default) reads standard input")

    def handle(self, *, file, **options):
        try:
            content = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        except OSError as problem:
            raise CommandError(f"Cannot read {file}: {problem.strerror}.") from None
        self.stdout.write(SENTENCES[bounces.read(content, at=timezone.now())])
