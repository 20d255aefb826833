"""The rhythms of review meetings: codes for the form, RFC 5545 rules for the calendar, words for people."""

from datetime import datetime

from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MONTHLY = "monthly"
# Offered rhythms with their words. The study's service C met regularly; every interval here is short enough that
# something can still be done about what the last review found.
RHYTHMS = {
    "weekly_2": _("Every second week"),
    "weekly_4": _("Every fourth week"),
    "weekly_6": _("Every sixth week"),
    "weekly_8": _("Every eighth week"),
    "weekly_12": _("Every twelfth week"),
    MONTHLY: _("Every month, on a weekday of your choice"),
}
# Which one of the month: as the rule counts it, with the words for the form. Not the last day of the month: that is a
# Sunday now and then. Not the fifth weekday either: most months have none.
PLACES = {"1": _("The first"), "2": _("The second"), "3": _("The third"), "4": _("The fourth"), "-1": _("The last")}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHLY_WORDS = {
    "1": _("The first %(weekday)s of every month"),
    "2": _("The second %(weekday)s of every month"),
    "3": _("The third %(weekday)s of every month"),
    "4": _("The fourth %(weekday)s of every month"),
    "-1": _("The last %(weekday)s of every month"),
}


def monthly(place: str, day: str) -> str:
    """The code of a rhythm on, say, the first Tuesday of every month."""
    return f"{MONTHLY}_{place}{day}"


def rule_for(rhythm: str, starts_at: datetime) -> str:
    """The recurrence rule of a rhythm. "monthly" alone means the weekday that `starts_at` is in its month.

    The fifth one is then taken for the last, since most months have no fifth.
    """
    kind, _underscore, rest = rhythm.partition("_")
    if kind == "weekly":
        return f"FREQ=WEEKLY;INTERVAL={int(rest)}"
    return f"FREQ=MONTHLY;BYDAY={rest or _place_in_month(starts_at)}"


def _place_in_month(moment: datetime) -> str:
    local = timezone.localtime(moment)
    number = (local.day - 1) // 7 + 1
    return f"{-1 if number == 5 else number}{DAYS[local.weekday()]}"


def words_of(rule: str) -> str:
    """A rule in words; one of another making as it stands."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    if set(parts) == {"FREQ", "INTERVAL"} and parts["FREQ"] == "WEEKLY":
        known = RHYTHMS.get(f"weekly_{parts['INTERVAL']}")
        return str(known) if known else gettext("Every %(weeks)s weeks") % {"weeks": parts["INTERVAL"]}
    if parts.get("FREQ") == "MONTHLY" and set(parts) == {"FREQ", "BYDAY"}:
        place, day = parts["BYDAY"][:-2], parts["BYDAY"][-2:]
        if place in MONTHLY_WORDS and day in DAYS:
            return str(MONTHLY_WORDS[place]) % {"weekday": WEEKDAYS[DAYS.index(day)]}
    return rule
