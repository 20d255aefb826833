"""What is new in a service's data, in sentences without figures: for the agenda of a review, and its minutes."""

from datetime import date

from django.utils.translation import gettext, gettext_lazy

from .figures import day

NAMES = {
    "fidelity": gettext_lazy("Fidelity"),
    "organisation": gettext_lazy("Organisation"),
    "leadership": gettext_lazy("Leadership"),
    "sustainment": gettext_lazy("Continued use"),
    "outcomes": gettext_lazy("Patient outcomes"),
    "caseload": gettext_lazy("Caseload"),
    "time": gettext_lazy("Time"),
}
_NEW = {
    "fidelity": gettext_lazy("A fidelity rating of %(day)s is new."),
    "organisation": gettext_lazy("A rating of the organisation of %(day)s is new."),
    "leadership": gettext_lazy("What staff answered about the leadership up to %(day)s is new."),
    "sustainment": gettext_lazy("What staff answered about continued use up to %(day)s is new."),
    "outcomes": gettext_lazy("A round of patient outcomes of %(day)s is new."),
    "caseload": gettext_lazy("The caseload is recorded up to %(day)s."),
    "time": gettext_lazy("The hours set aside changed on %(day)s."),
}


def of_source(source: str, on: date) -> str:
    """That something of a source is new; its name alone for a source that is gone."""
    return str(_NEW[source]) % {"day": day(on)} if source in _NEW else source


def nothing_new(since: date) -> str:
    """That nothing is."""
    return gettext("Nothing is new since the review on %(day)s.") % {"day": day(since)}
