"""Changes to the programme: what is done otherwise, and whether it was considered."""

from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.record_pages import AddRecord, ChangeRecord, RemoveRecord
from planning.forms.adaptations import AdaptationForm
from planning.models import Adaptation, ConfirmedEmpty
from planning.views.record.lists import ConfirmableList
from planning.wording.figures import day


def lacking(adaptation: Adaptation) -> list[str]:
    """What makes a change a considered one and is not there, in words."""
    return [
        word
        for given, word in (
            (adaptation.reason, gettext("a reason")),
            (adaptation.evidence, gettext("what speaks for it")),
            (adaptation.decided_on, gettext("a decision")),
            (adaptation.look_again_on, gettext("a date to look at it again")),
        )
        if not given
    ]


def looked_at_again(adaptation: Adaptation) -> date | None:
    """When a considered change that goes on is to be looked at again."""
    return None if adaptation.in_use_until or lacking(adaptation) else adaptation.look_again_on


class Adaptations(ConfirmableList):
    """What is done otherwise than in the programme, the latest first."""

    title = _("Changes to the programme")
    intro = _("What you do otherwise than the programme says, on purpose or because it came about.")
    related = "adaptations"
    name = "adaptation"
    order = ("-in_use_from", "-pk")
    columns = (
        "what",
        "in_use_from",
        "in_use_until",
        (_("To be looked at again on"), looked_at_again),
    )
    add_label = _("Record a change")
    empty_text = _("No change is recorded. Record what you leave out, add or do in another way.")
    confirms = ConfirmedEmpty.List.ADAPTATIONS
    confirm_label = _("We use the programme as it is")

    def row(self, adaptation: Adaptation):
        """What is done otherwise; since when; what is missing, or when it is looked at again."""
        facts = [gettext("since %(day)s") % {"day": day(adaptation.in_use_from)}]
        if adaptation.in_use_until:
            facts.append(gettext("until %(day)s") % {"day": day(adaptation.in_use_until)})
        ended = adaptation.in_use_until and adaptation.in_use_until < self.today
        if (missing := lacking(adaptation)) and not ended:
            facts.append(gettext("lacks %(things)s") % {"things": get_text_list(missing, gettext("and"))})
        elif not ended:
            facts.append(gettext("to be looked at again on %(day)s") % {"day": day(adaptation.look_again_on)})
        return adaptation.what, facts


class AddAdaptation(AddRecord):
    """Record a change to the programme."""

    form_class = AdaptationForm
    title = _("Record a change to the programme")
    intro = _("A change can be right. It needs a reason, something that speaks for it, a decision and a date.")
    name, list_name = "adaptation", "adaptations"

    def success_message(self, adaptation):
        """Recorded."""
        return _("Change recorded.")


class ChangeAdaptation(ChangeRecord, AddAdaptation):
    """Put right or complete what is recorded of a change."""

    title = _("Change to the programme")
    intro = ""
    related = "adaptations"


class RemoveAdaptation(RemoveRecord):
    """Take out a change that was recorded by mistake."""

    name, list_name, related = "adaptation", "adaptations", "adaptations"
