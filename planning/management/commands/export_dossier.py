"""One service's whole record as a file."""

from pathlib import Path

from django.core.management import BaseCommand

from planning import clock
from planning.dossiers.exporting import hand_out
from planning.management.arguments import service_called
from planning.management.commands.write_plan import check_writable, write_whole


class Command(BaseCommand):
    help = (
        "Write the whole record of a service, as of today, as a dossier (docs/dossier.md) that import_dossier takes. "
        "It holds no logins, no addresses, and no single check-in or conflict; texts leave as they were written."
    )

    def add_arguments(self, parser):
        parser.add_argument("service", help="the key of the service, as in its address")
        parser.add_argument(
            "--with-names", action="store_true", help="with the names of people; without it they are m1, m2 and so on"
        )
        parser.add_argument(
            "--out", metavar="FILE.json", help="where to write it, replaced if there (default: standard output)"
        )

    def handle(self, *, service, with_names, out, **options):
        found = service_called(service)
        if out:
            check_writable(Path(out), such_as=f"{service}.json")
        text = hand_out(found, as_of=clock.today(), with_names=with_names, by=None)
        if out:
            write_whole(Path(out), text.encode())
            self.stderr.write(f"Wrote {out}.")
        else:
            self.stdout.write(text, ending="")
