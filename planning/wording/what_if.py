"""What if, in words."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from planning import capacity
from planning.capacity import PARAMETERS, Scenario
from planning.what_if import WEEKS, Change, Planned, Week

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


def hints(now: Planned, change: Change) -> list[str]:
    """What becomes of those who start, by the drop-out that was chosen."""
    said = []
    if change.patients:
        left = capacity.left_after_drop_out(change.patients, change.drop_out, now.own)
        said.append(
            gettext("Patients who start: %(starters)d. Left after a year: %(left)d.")
            % {"starters": change.patients, "left": left}
        )
    if change.groups:
        size = int(capacity.figure("group_size", own=now.own))
        left = capacity.left_after_drop_out(size, change.drop_out, now.own)
        said.append(
            gettext("Patients who start in a group: %(size)d. Left at the end: %(left)d. Its hours stay the same.")
            % {"size": size, "left": left}
        )
        pays_off_from = capacity.group_pays_off_from(now.own)
        if pays_off_from and left < pays_off_from:
            said.append(
                gettext("With fewer than %(count)d a group takes more hours than seeing each alone.")
                % {"count": pays_off_from}
            )
    return said
