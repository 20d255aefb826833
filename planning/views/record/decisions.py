"""Decisions on the practice: continue, expand, adapt, stop."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from assessments.figures import small
from planning.forms.decisions import DecisionForm
from planning.models import ConfirmedEmpty, Decision
from planning.views.record.lists import ConfirmableList
from planning.wording.figures import day, few


class Decisions(ConfirmableList):
    """What was decided, the latest first."""

    title = _("Decisions")
    intro = _("Whether IMR goes on, grows, changes or stops: by whom it was decided, and on what basis.")
    related = "decisions"
    name = "decision"
    order = ("-decided_on", "-pk")
    columns = (
        "kind",
        "text",
        "decided_on",
        "decided_by",
        "basis",
        (_("Patients"), lambda decision: None if decision.patients is None else small(decision.patients)),
        "look_again_on",
    )
    add_label = _("Record a decision")
    empty_text = _("No decision is recorded. The first one to ask for is whether IMR goes on.")
    confirms = ConfirmedEmpty.List.DECISIONS
    confirm_label = _("Nothing has been decided")

    def row(self, decision: Decision):
        """What was decided; when, by whom, on what basis, to be looked at when."""
        facts = [day(decision.decided_on), decision.get_decided_by_display(), decision.get_basis_display()]
        if decision.patients is not None:
            count = decision.patients
            facts.append(ngettext("%(count)s patient", "%(count)s patients", count) % {"count": few(count)})
        if decision.look_again_on:
            facts.append(gettext("to be looked at again on %(day)s") % {"day": day(decision.look_again_on)})
        title = decision.get_kind_display()
        return (f"{title}: {decision.text}" if decision.text else title), facts


class AddDecision(AddRecord):
    """Record a decision."""

    form_class = DecisionForm
    title = _("Record a decision")
    name, list_name = "decision", "decisions"

    def success_message(self, decision):
        """Recorded."""
        return _("Decision recorded.")


class ChangeDecision(ChangeRecord, AddDecision):
    """Put a decision right."""

    title = _("Change the decision")
    related = "decisions"


class RemoveDecision(RemoveRecord):
    """Take out a decision."""

    name, list_name, related = "decision", "decisions", "decisions"
