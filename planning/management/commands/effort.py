"""What the product's forms cost in all services together, as counted from day to day."""

from django.core.management import BaseCommand

from planning import effort
from planning.effort_figures import minutes
from planning.management.arguments import month_of


class Command(BaseCommand):
    help = (
        "Show what the forms cost in a month, in all services together: how often each was saved, its fields, and the "
        "median seconds from opening to saving. A form that lay open for more than 30 minutes is not counted."
    )

    def add_arguments(self, parser):
        parser.add_argument("--month", metavar="MONTH", help="the month to show, YYYY-MM (default: this one)")

    def handle(self, *, month, **options):
        first = month_of(month)
        found = effort.of_month(first)
        if not found:
            self.stdout.write(f"No form was counted in {first:%Y-%m}.")
            return
        width = max(len("Form"), *(len(one.form) for one in found))
        self.stdout.write(f"{'Form':{width}}  Saved  Fields  Median seconds")
        for one in found:
            self.stdout.write(f"{one.form:{width}}  {one.saved:5}  {one.fields:6}  {round(one.median):14}")
        self.stdout.write(f"In all about {minutes(found)} minutes in {first:%Y-%m}.")
