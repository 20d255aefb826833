"""How mail stands in all services, for whoever runs the installation."""

import json
from dataclasses import asdict

from django.core.management import BaseCommand

from planning import operators
from planning.management.arguments import moment_of


class Command(BaseCommand):
    help = "Print how mail stands in all services: how many in each state, what is stuck, and what waits though due."

    def add_arguments(self, parser):
        parser.add_argument(
            "--as-of",
            metavar="MOMENT",
            help="as it stands at YYYY-MM-DDTHH:MM in Oslo (default: now); a day alone means its end",
        )

    def handle(self, *, as_of, **options):
        self.stdout.write(json.dumps(asdict(operators.report(moment_of(as_of))), indent=2, default=str))
