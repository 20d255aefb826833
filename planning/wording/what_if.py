"""What if, in words."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from planning.capacity import PARAMETERS, Scenario
from planning.what_if import WEEKS, Week

from .capacity import quantity
from .figures import day

NEEDS = {"low": _("Low"), "typical": _("Typical"), "high": _("High")}


def drop_out(scenario: Scenario) -> str:
    """A share that drops out, as a choice: "Low: 18 %"."""
    share = quantity(PARAMETERS["drop_out"].default(scenario), "percent")
    return f"{NEEDS[scenario]}: {share}"


def until_when(short: Week | None, *, today: date) -> str:
    """From when on the hours are not enough."""
    if short is None:
        return gettext("fits all %(weeks)d weeks") % {"weeks": WEEKS}
    if short.on == today:
        return gettext("does not fit this week")
    return gettext("no longer fits from week %(number)d (%(day)s)") % {
        "number": short.on.isocalendar().week,
        "day": day(short.on),
    }


def answer(before: Week | None, after: Week | None, *, changed: bool, today: date) -> str:
    """By the typical need, whether IMR fits: as it is planned, and with the change."""
    planned = until_when(before, today=today)
    if not changed:
        return gettext("As planned, by the typical need, IMR %(planned)s.") % {"planned": planned}
    if before == after or (before and after and before.on == after.on):
        return gettext("By the typical need the change makes no difference to when: IMR %(planned)s.") % {
            "planned": planned
        }
    return gettext("By the typical need, with the change, IMR %(changed)s; as planned, it %(planned)s.") % {
        "changed": until_when(after, today=today),
        "planned": planned,
    }
