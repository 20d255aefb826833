"""What people saw that hinders or helps, over all entries of the catalogue."""

from django.utils.translation import gettext_lazy as _

from accounts.access import Permission
from accounts.record_pages import RecordList
from planning.models import Observation
from planning.wording.entries import TEXTS
from planning.wording.figures import day


def subject_of(observation: Observation) -> str:
    """The title of the entry it is about."""
    return str(TEXTS[observation.entry].title_unknown)


class Observations(RecordList):
    """The observations, the latest first. They are added, and not changed: the next one tells what is so now."""

    title = _("Observations")
    intro = _("What somebody saw that hinders or helps. Each counts for six months, or until somebody saw a change.")
    related = "observations"
    name = "observation"
    order = ("-on", "-pk")
    columns = (
        "on",
        "effect",
        (_("What it is about"), subject_of),
        "text",
        "source",
        (_("Said of a group of services"), lambda observation: observation.of_group or None),
        (_("Section of the study"), lambda observation: observation.passage),
    )
    edit_permission = Permission.ADD_OBSERVATION
    add_label = _("Record an observation")
    empty_text = _("Nothing is recorded. What you hear in a meeting or in passing can be an observation.")

    def can_change(self, observation):
        """Nobody."""
        return False

    def row(self, observation: Observation):
        """What was seen; whether it hinders or helps, what it is about, when and where it came up."""
        said = observation.text
        facts = [
            observation.get_effect_display(),
            subject_of(observation) if said else "",  # without words it is the title
            _("said of a group of services") if observation.of_group else "",
            day(observation.on),
            observation.get_source_display(),
            observation.passage,
        ]
        return said or subject_of(observation), facts
