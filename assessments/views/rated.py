"""What the pages of assessments share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import RecordList
from assessments.wording import CONVERSATION


class Rated:
    """In front of the pages of an assessment: whoever may rate adds and corrects."""

    permission = Permission.RATE_FIDELITY
    section = "standing"


def refuse_what_was_agreed(visits) -> None:
    """Raise ValidationError if a visit has made the rating: two raters agreed on it."""
    if visits.exists():
        raise ValidationError(
            gettext("Two raters agreed on this at a visit, and it stands still. Take it out if it is a mistake.")
        )


class RatedList(RecordList):
    """A list of assessments of one kind, and where the instrument comes from. `source`: its citation."""

    template_name = "assessments/rated_list.html"
    edit_permission = Permission.RATE_FIDELITY
    section = "standing"
    back = ("fidelity", _("All assessments"))
    source = ""

    def get_context_data(self, **kwargs):
        """Adds what a figure is for, and the citation."""
        return super().get_context_data(conversation=CONVERSATION, source=self.source, **kwargs)
