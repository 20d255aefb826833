"""A new service, and an invitation for its leader."""

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.models import INVITATION_DAYS
from accounts.services import create_service


class Command(BaseCommand):
    """`create_service NAME --leader EMAIL`: see the help text."""

    help = "Make a new service and mail its leader an invitation, a link that can be used once within 14 days."

    def add_arguments(self, parser):
        """The name, whom to invite, and what else can be chosen."""
        parser.add_argument("name", help="the service's name, as people know it")
        parser.add_argument("--leader", required=True, metavar="EMAIL", help="the leader's e-mail address")
        parser.add_argument("--key", default="", help="the service's name in addresses and commands; made from NAME")
        parser.add_argument("--language", choices=["nb", "en"], default="nb", help="of its mail and documents")

    def handle(self, *args, name, leader, key, language, **options):
        """Make it and say so; exit 1 with a sentence when it cannot be made, or the mail cannot be sent."""
        try:
            service, invitation = create_service(
                name=name, leader_email=leader, key=key, language=language, today=timezone.localdate(), by=None
            )
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        self.stdout.write(f"Made the service {service.name} with the key {service.key}.")
        if invitation.sent_at is None:
            raise CommandError(
                f"The service is there, but the invitation to {invitation.email} could not be sent: the mail server "
                f"did not take it. When it works again, run: ./holdfast manage invite_leader {service.key} "
                f"{invitation.email}"
            )
        self.stdout.write(
            f"An invitation went to {invitation.email}. It can be used once, within {INVITATION_DAYS} days."
        )
