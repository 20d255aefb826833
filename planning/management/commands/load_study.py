"""The study's nine services, A to I, as records."""

from django.core.management import BaseCommand

from planning import clock
from planning.study import load_study


class Command(BaseCommand):
    help = (
        "Load the nine services of the study (A to I) as records, dated so that the interviews were last month. "
        "A service whose key is already there is left as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--language",
            choices=["en", "nb"],
            default="en",
            help="the language of the records and of the services' documents (default: en)",
        )

    def handle(self, *, language, **options):
        loaded = load_study(today=clock.today(), language=language)
        if loaded.left_alone:
            self.stderr.write(f"Already there and left as they were: {', '.join(loaded.left_alone)}.")
        if loaded.created:
            self.stdout.write(f"Loaded from the study: {', '.join(loaded.created)}.")
