"""The tables of docs/dossier.md, made from the schema of the format."""

from django.core.management import BaseCommand

from planning.dossiers import document


class Command(BaseCommand):
    help = "Print every field of the dossier format as tables; nothing in the database is looked at or changed."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help=f"put them into docs/{document.PAGE.name} instead")

    def handle(self, *, write, **options):
        new = document.tables()
        if not write:
            self.stdout.write(new)
            return
        page = document.PAGE.read_text(encoding="utf-8")
        document.PAGE.write_text(document.put_into(page, new), encoding="utf-8")
        self.stderr.write(f"Wrote docs/{document.PAGE.name}.")
