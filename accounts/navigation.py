"""The places of a service that its pages lead to, in one order everywhere."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.access import Permission as P

# Section (also the address's name), label, who finds it.
SECTIONS = (
    ("service_home", _("Home"), P.SEE_STATUS),
    ("standing", _("How IMR stands"), P.SEE_RECORD),
    ("plan", _("Plan"), P.SEE_RECORD),
    ("time", _("Time"), P.SEE_RECORD),
    ("conflicts", _("Conflicts"), P.SEE_CONFLICT_COUNTS),
    ("reviews", _("Reviews"), P.SEE_RECORD),
    ("actions", _("Actions"), P.SEE_RECORD),
    ("record", _("Record"), P.SEE_RECORD),
    ("documents", _("Documents"), P.SEE_DOCUMENTS),
    ("people", _("People"), P.SEE_PEOPLE),
    ("outbox", _("Messages"), P.SEE_OUTBOX),
)


@dataclass(frozen=True)
class Entry:
    """One link; `current` is "page" on that page itself, "true" on a page below it, else empty."""

    label: str
    url: str
    current: str


def entries(*, service_key: str, may: dict[str, bool], section: str, url_name: str) -> list[Entry]:
    """The links for somebody who `may` do these things, with the place they are at marked."""
    shown = []
    for name, label, permission in SECTIONS:
        if not may[permission]:
            continue
        url = reverse(name, kwargs={"service_key": service_key})
        current = "page" if url_name == name else "true" if section == name else ""
        shown.append(Entry(str(label), url, current))
    return shown
