"""An invitation for a leader of a service there is: again, or because nobody is left who could invite."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import INVITATION_DAYS, Service
from accounts.services import invite_leader


class Command(BaseCommand):
    """`invite_leader SERVICE EMAIL`: see the help text."""

    help = (
        "Mail somebody an invitation to lead a service. Use it when the first invitation was lost or too old, or when "
        "a service has nobody left who can invite people from its own page."
    )

    def add_arguments(self, parser):
        """Which service, and whom."""
        parser.add_argument("service", help="the service's key")
        parser.add_argument("email", help="the leader's e-mail address")

    def handle(self, *args, service, email, **options):
        """Invite and say so; exit 1 with a sentence when that cannot be done."""
        found = Service.objects.filter(key=service).first()
        if found is None:
            keys = ", ".join(Service.objects.order_by("key").values_list("key", flat=True)) or "none yet"
            raise CommandError(f"There is no service with the key {service}. Services: {keys}.")
        try:
            invitation = invite_leader(service=found, email=email, today=timezone.localdate(), by=None)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        if invitation.sent_at is None:
            raise CommandError(f"The mail server did not take the invitation to {invitation.email}. Try again later.")
        self.stdout.write(
            f"An invitation went to {invitation.email}. It can be used once, within {INVITATION_DAYS} days."
        )
