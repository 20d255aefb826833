"""The study's nine services against the catalogue, as docs/validation.md has it."""

from django.core.management import BaseCommand

from planning.study import validation


class Command(BaseCommand):
    help = (
        "Print what the catalogue makes of the study's nine services beside what the paper reports of them; "
        "nothing in the database is changed."
    )

    def add_arguments(self, parser):
        parser.add_argument("--write", action="store_true", help=f"put it into docs/{validation.PAGE.name} instead")

    def handle(self, *, write, **options):
        new = validation.page_part()
        if not write:
            self.stdout.write(new)
            return
        page = validation.PAGE.read_text(encoding="utf-8")
        validation.PAGE.write_text(validation.put_into(page, new), encoding="utf-8")
        self.stderr.write(f"Wrote docs/{validation.PAGE.name}.")
