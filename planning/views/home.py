"""The first page after signing in, for people with several services: what is wanted of them, and the way to each."""

from django.utils.functional import cached_property
from django.utils.translation import gettext

from accounts.access import Permission, may
from accounts.views.home import Home as Choice
from planning.asked import Asked, asked_of

SEVERAL = 2


class Home(Choice):
    """The choice of a service; above it the decisions wanted of a sponsor, below it the services side by side."""

    template_name = "planning/home.html"

    def get_title(self):
        """What the page is for."""
        return gettext("What is wanted of you") if self.asked else super().get_title()

    @cached_property
    def asked(self) -> list[Asked]:
        """What waits for the person's answer in all their services."""
        deciding = [member for member in self.memberships if may(member, Permission.DECIDE)]
        return asked_of(deciding, on=self.today)

    def get_context_data(self, **kwargs):
        """Adds the questions, and whether there is something to put side by side."""
        compared = [member for member in self.memberships if may(member, Permission.COMPARE_SERVICES)]
        return super().get_context_data(
            asked=self.asked, side_by_side=len(compared) >= SEVERAL, today=self.today, **kwargs
        )
