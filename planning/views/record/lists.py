"""A list of the record that can be said to be empty."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import RecordList
from planning import empty_lists
from planning.models import ConfirmedEmpty


class Confirmable:
    """In front of a page. `confirms`: the list (of `ConfirmedEmpty.List`) that leaders can say is empty."""

    confirms: ConfirmedEmpty.List
    confirm_label = _("There is nothing to record")

    def get_context_data(self, **kwargs):
        """Since when the list is said to be empty, and the way to say so."""
        return super().get_context_data(
            empty_since=empty_lists.since(self.service, self.confirms, on=self.today),
            confirm_url=reverse("record_nothing", args=[self.service.key, self.confirms])
            if self.may(Permission.EDIT_RECORD)
            else "",
            confirm_label=self.confirm_label,
            **kwargs,
        )


class ConfirmableList(Confirmable, RecordList):
    """A list of the record that can be said to be empty."""

    template_name = "planning/confirmable_list.html"
