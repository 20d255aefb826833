"""The hours set aside, gone through with the colleagues who carry the rest of the work."""

from django.utils.translation import gettext_lazy as _

from accounts.record_pages import AddRecord, ChangeRecord, RecordList, RemoveRecord
from planning.forms.clearances import ClearanceForm
from planning.models import Clearance
from planning.wording.figures import day


class Clearances(RecordList):
    """When the hours were gone through with the staff, the latest first."""

    title = _("Gone through with the staff")
    intro = _(
        "Hours for IMR are hours that others cover. Time holds better where all have heard which hours they are, and "
        "who takes what meanwhile."
    )
    section = "time"
    related = "clearances"
    name = "clearance"
    order = ("-cleared_on", "-pk")
    columns = ("cleared_on", "agreed")
    add_label = _("Record that you went through it")
    empty_text = _(
        "It is not recorded that the hours were gone through with the staff. Ten minutes of a meeting will do."
    )
    back = ("time", _("Time"))

    def row(self, clearance: Clearance):
        """The day, and what was agreed."""
        return day(clearance.cleared_on), [clearance.agreed]


class AddClearance(AddRecord):
    """Record that the hours were gone through."""

    form_class = ClearanceForm
    title = _("Gone through with the staff")
    section = "time"
    name, list_name = "clearance", "clearances"

    def get_initial(self):
        """Today, most often."""
        return {"cleared_on": self.today}


class ChangeClearance(ChangeRecord, AddClearance):
    """Put it right."""

    related = "clearances"

    def get_initial(self):
        """What is recorded."""
        return {}


class RemoveClearance(RemoveRecord):
    """Take it out."""

    section = "time"
    name, list_name, related = "clearance", "clearances", "clearances"
