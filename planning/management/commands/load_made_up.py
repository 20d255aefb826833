"""One made-up service that has lived through fourteen months."""

from django.core.management import BaseCommand

from planning import clock
from planning.made_up import KEY, load_made_up


class Command(BaseCommand):
    help = (
        "Make one invented service with fourteen months of everyday life behind it, up to today. "
        "It is always the same one; if it is there already it is left as it is."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--language",
            choices=["en", "nb"],
            default="en",
            help="the language of the record and of the service's documents (default: en)",
        )

    def handle(self, *, language, **options):
        service = load_made_up(today=clock.today(), language=language)
        if service is None:
            self.stderr.write(f"{KEY} is already there and left as it is.")
        else:
            self.stdout.write(f"Made up: {service.key}, {service.name}.")
