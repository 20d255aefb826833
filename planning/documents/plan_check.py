"""The parts of a plan as its leader checks them before it is issued: what stands there, and where to change it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.documents.plan_pages import shorten
from planning.models import Goal
from planning.templatetags.plan_words import day, number

THEN = "check"  # the word after `?then=` that leads back to the check
VISION_SHOWN = 200


@dataclass(frozen=True)
class Part:
    """One part of the plan: its name, what is given (empty: nothing), and the way to change it."""

    label: str
    given: str
    url: str
    note: str = ""  # what is missing in what is given, or belongs to it
    way: str = ""  # the words of the link

    @classmethod
    def to_fill_in(cls, label: str, given: str, url: str, note: str = "") -> "Part":
        """A part that people write, whether they have or not."""
        return cls(label, given, url, note, _("Change") if given else _("Fill in"))


def parts(content: dict, goals: Iterable[Goal] = ()) -> list[Part]:
    """The parts of the plan, in the order of its first page, in the active language.

    `goals`: the active ones, each a line of its own with the way to its form. Every way leads back to the check.
    """
    key = content["service"]["key"]

    def address(name: str, *args) -> str:
        return f"{reverse(name, args=[key, *args])}?then={THEN}"

    time, review = _time(content), _review(content)
    return [
        Part.to_fill_in(_("Vision"), _vision(content), address("vision_publish")),
        Part(_("How it stands"), _standing(content), address("standing"), way=_("Look at it")),
        _goals(content, address("goal_add")),
        *(_goal(goal, address("goal_change", goal.pk)) for goal in goals),
        Part.to_fill_in(_("Open actions"), *_actions(content, address("actions"))),
        Part.to_fill_in(_("Time set aside"), time, address("time" if time else "allocation_add")),
        Part.to_fill_in(_("Next review"), review, address("reviews" if review else "review_rhythm")),
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


def _goals(content: dict, url: str) -> Part:
    active = content["goals"]["active"]
    if not active:
        return Part.to_fill_in(_("Goals"), "", url)
    given = ngettext("%(count)d active goal", "%(count)d active goals", len(active)) % {"count": len(active)}
    return Part(_("Goals"), given, url, way=_("Write another"))


def _goal(goal: Goal, url: str) -> Part:
    lacking = [
        name
        for name, there in (
            (_("a measure"), goal.has_measure),
            (_("an owner"), goal.owner_id),
            (_("a date"), goal.due_on),
        )
        if not there
    ]
    note = _("It lacks %(parts)s.") % {"parts": get_text_list(lacking, _("and"))} if lacking else ""
    return Part.to_fill_in(_("Goal"), goal.outcome, url, note)


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
        return Part(label, _("None is waited for"), address("decisions_wanted"), way=_("Look at it"))
    if decision["text"]:
        words = {"owner": decision["owner"], "day": day(decision["due_on"])}
        note = _("Wanted of %(owner)s by %(day)s.") % words
        return Part(label, decision["text"], address("decisions_wanted"), note, _("Look at it"))
    note = _("Nobody has been asked yet.")
    return Part(label, decision["about"], address("decision_wanted_add"), note, _("Ask somebody"))
