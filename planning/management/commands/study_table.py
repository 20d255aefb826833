"""The catalogue's answers for the study's nine services, as the table of docs/study-table.md."""

from django.core.management import BaseCommand

from planning.study import table


class Command(BaseCommand):
    help = "Print the study's services x the catalogue's entries as a table; nothing in the database is changed."

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help=f"put the table into docs/{table.PAGE.name} instead")

    def handle(self, *, write, **options):
        new = table.table()
        if not write:
            self.stdout.write(new)
            return
        table.PAGE.write_text(table.put_into(table.PAGE.read_text(encoding="utf-8"), new), encoding="utf-8")
        self.stderr.write(f"Wrote docs/{table.PAGE.name}.")
