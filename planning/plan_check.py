"""The parts of a plan as its leader checks them before it is issued: what stands there, and where to change it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.plan_document import shorten
from planning.templatetags.plan_words import day, number

VISION_SHOWN = 200


@dataclass(frozen=True)
class Part:
    """One part of the plan: its name, what is given (empty: nothing), and the way to change it."""

    label: str
    given: str
    url: str
    note: str = ""  # what is missing in what is given
    way: str = ""  # the words of the link

    @classmethod
    def to_fill_in(cls, label: str, given: str, url: str, note: str = "") -> "Part":
        """A part that people write, whether they have or not."""
        return cls(label, given, url, note, _("Change") if given else _("Fill in"))


def parts(content: dict) -> list[Part]:
    """The parts of the plan, in the order of its first page, in the active language."""
    key = content["service"]["key"]

    def address(name: str) -> str:
        return reverse(name, args=[key])

    return [
        Part.to_fill_in(_("Vision"), _vision(content), address("plan")),
        Part(_("How it stands"), _standing(content), address("standing"), way=_("Look at it")),
        Part.to_fill_in(_("Goals"), *_goals(content, address("plan"))),
        Part.to_fill_in(_("Open actions"), *_actions(content, address("actions"))),
        Part.to_fill_in(_("Time set aside"), _time(content), address("time")),
        Part.to_fill_in(_("Next review"), _review(content), address("reviews")),
        _decision(content, address),
    ]


def _standing(content: dict) -> str:
    flagged = sum(entry["status"] == "flagged" for entry in content["open"])
    watched = len(content["open"]) - flagged
    parts = [
        ngettext("%(count)d flag", "%(count)d flags", flagged) % {"count": flagged},
        _("%(count)d to watch") % {"count": watched},
    ]
    if content["accepted"]:
        parts.append(_("%(count)d accepted for a time") % {"count": len(content["accepted"])})
    return ", ".join(parts)


def _vision(content: dict) -> str:
    return shorten(content["vision"]["text"], VISION_SHOWN) if content["vision"] else ""


def _goals(content: dict, url: str) -> tuple[str, str, str]:
    active = content["goals"]["active"]
    if not active:
        return "", url, ""
    bare = sum(not (goal["measures"] and goal["owner"] and goal["due_on"]) for goal in active)
    note = ngettext(
        "%(count)d lacks a measure, an owner or a date.", "%(count)d lack a measure, an owner or a date.", bare
    )
    return (
        ngettext("%(count)d active goal", "%(count)d active goals", len(active)) % {"count": len(active)},
        url,
        (note % {"count": bare} if bare else ""),
    )


def _actions(content: dict, url: str) -> tuple[str, str, str]:
    total = len(content["actions"]) + content["actions_left_out"]
    if not total:
        return "", url, ""
    late = sum(action["late"] for action in content["actions"])
    unowned = sum(not action["owner"] for action in content["actions"])
    notes = []
    if late:
        notes.append(ngettext("%(count)d is late.", "%(count)d are late.", late) % {"count": late})
    if unowned:
        notes.append(ngettext("%(count)d has no owner.", "%(count)d have no owner.", unowned) % {"count": unowned})
    given = ngettext("%(count)d open action", "%(count)d open actions", total) % {"count": total}
    return given, url, " ".join(notes)


def _time(content: dict) -> str:
    if not content["time"]["recorded"]:
        return ""
    return _("%(hours)s hours a week") % {"hours": number(content["time"]["total"])}


def _review(content: dict) -> str:
    review = content["reviews"]
    if not review["next_on"]:
        return ""
    return _("%(day)s at %(time)s") % {"day": day(review["next_on"]), "time": review["next_time"]}


def _decision(content: dict, address) -> Part:
    decision = content["decision"]
    label = _("Decision wanted")
    if not decision:
        return Part(label, _("None is waited for"), address("actions"), way=_("Look at it"))
    if decision["text"]:
        missing = "" if decision["owner"] and decision["due_on"] else _("Who decides, and by when, is not recorded.")
        return Part(label, decision["text"], address("actions"), missing, _("Change"))
    note = _("Nobody has been asked yet.")
    return Part(label, decision["about"], f"{address('action_add')}?entry={decision['entry']}", note, _("Ask somebody"))
