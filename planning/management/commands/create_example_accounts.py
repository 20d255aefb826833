"""Example people for one's own machine, and how to sign in as them."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.examples import EXAMPLE_PASSWORD, Example, ExamplesRefused, create_examples, shortlist
from planning.examples import open_example_logs


class Command(BaseCommand):
    """`create_example_accounts`: see the help text."""

    help = (
        "Make example people for the services there are: leaders, practitioners, an adviser and a sponsor, all with "
        "one published password. Only in an installation for this machine alone. Run again, it adds what is missing."
    )

    def handle(self, *args, **options):
        """Make them and print the few worth naming; exit 1 with a sentence where they are refused."""
        today = timezone.localdate()
        try:
            with transaction.atomic():
                examples = create_examples(today=today)
                open_example_logs(today=today)
        except ExamplesRefused as refused:
            raise CommandError(str(refused)) from refused
        if not examples:
            raise CommandError("There is no service to make people for. Run first: ./holdfast manage load_study")
        self.stdout.write(f"Sign in with the password {EXAMPLE_PASSWORD} as")
        for example in shortlist(examples):
            self.stdout.write(f"  {example.email:<24} {described(example)}")


def described(example: Example) -> str:
    """What the person is, and where."""
    where = example.services[0] if len(example.services) == 1 else f"{len(example.services)} services"
    return f"{example.role} of {where}"
