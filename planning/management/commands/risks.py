"""The catalogue's answer for one service."""

from django.core.management import BaseCommand
from django.utils import translation

from planning import risk_report
from planning.management.arguments import day_of, service_called
from planning.standing import standing


class Command(BaseCommand):
    help = "Show how IMR stands in a service: every entry of the risk catalogue, with its evidence."

    def add_arguments(self, parser):
        parser.add_argument("service", help="the key of the service, as in its address")
        parser.add_argument(
            "--as-of",
            metavar="DATE",
            help="the day to look from, YYYY-MM-DD (default: today); what is dated later is left out",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", help="default: text")
        parser.add_argument("--language", choices=["en", "nb"], default="en", help="default: en")

    def handle(self, *, service, as_of, format, language, **options):
        day = day_of(as_of)
        found = service_called(service)
        write = {"json": risk_report.as_json, "text": risk_report.as_text}[format]
        with translation.override(language):
            self.stdout.write(write(found, standing(found, day)))
