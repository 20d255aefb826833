"""What changed since the document before, in words: frozen with the rest when a document is issued."""

from collections.abc import Callable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.figures import within_bounds
from planning.documents.changes import Change, Value
from planning.documents.plan_changes import plan_changes, suggestions_moved
from planning.templatetags.plan_words import day, month, number

# Of the plan's chapters, in its order: what each is called, also where it is no chapter of its own.
CHAPTER_NAMES = {
    "service": _("The service"),
    "page_one": _("The plan on a page"),
    "vision": _("Vision"),
    "decision": _("Decision wanted"),
    "flags": _("Flags"),
    "accepted": _("Accepted for a time"),
    "actions": _("Open actions"),
    "led": _("What the leader did"),
    "goals": _("Goals"),
    "time": _("Time"),
    "conflicts": _("What displaced IMR"),
    "reviews": _("Reviews"),
    "fidelity": _("Fidelity"),
    "assessments": _("Other assessments"),
    "strengths": _("In place"),
    "unknown": _("Not known"),
    "sources": _("Rules and sources"),
}

STATES = {
    "flagged": _("flagged"),
    "watch": _("to watch"),
    "clear": _("in place"),
    "unknown": _("not known"),
    "accepted": _("accepted for a time"),
    "absent": _("does not apply"),
}

# What stands first in a line, by the code of the change.
LABELS = {
    "service_name": _("Name of the service"),
    "service_practice": _("Practice"),
    "service_setting": _("Setting"),
    "service_described": _("Described from a publication"),
    "leader": _("Leader"),
    "matter_new": _("New among the things that matter"),
    "matter_gone": _("No longer among the things that matter"),
    "matter_done_by": _("What is done about it"),
    "matters_left_out": _("Things that matter and have no room on page 1"),
    "theme": _("Theme"),
    "vision": _("Vision"),
    "vision_version": _("Version of the vision"),
    "vision_text": _("Text of the vision"),
    "vision_horizon_on": _("The vision reaches to"),
    "vision_published_on": _("The vision was published"),
    "decision": _("Decision wanted"),
    "decision_text": _("Question"),
    "decision_about": _("What it is about"),
    "decision_owner": _("Wanted of"),
    "decision_due_on": _("Wanted by"),
    "entry_flagged": _("Newly flagged"),
    "entry_watch": _("Newly to watch"),
    "entry_no_longer_flagged": _("No longer flagged"),
    "entry_no_longer_watch": _("No longer to watch"),
    "entry_accepted": _("Newly accepted for a time"),
    "entry_no_longer_accepted": _("No longer accepted"),
    "entry_known": _("Now known"),
    "entry_no_longer_known": _("No longer known"),
    "entry_state": _("Stands otherwise"),
    "entry_evidence": _("Evidence"),
    "entry_since": _("Since when"),
    "entry_reason": _("Why it is not known"),
    "entry_words": _("Worded anew in the catalogue"),
    "accepted_status": _("State of what is accepted"),
    "accepted_reason": _("Reason for accepting it"),
    "accepted_by": _("Who accepted it"),
    "accepted_accepted_on": _("Accepted on"),
    "accepted_until_on": _("Accepted until"),
    "action_new": _("New action"),
    "action_gone": _("No longer open"),
    "action_title": _("Wording of an action"),
    "action_owner": _("Who does it"),
    "action_due_on": _("By when"),
    "action_late": _("Late"),
    "action_entry": _("What it is to clear"),
    "action_origin": _("Where it came from"),
    "actions_left_out": _("Open actions that have no room in the plan"),
    "act_new": _("Newly done"),
    "act_gone": _("No longer listed, for it is long ago or was put right"),
    "act_title": _("Wording of what was done"),
    "act_owner": _("Who did it"),
    "act_behaviour": _("Which behaviour it shows"),
    "act_done_on": _("Day it was done"),
    "leader_acts_days": _("Days looked back"),
    "goal_new": _("New goal"),
    "goal_gone": _("No longer a goal"),
    "goal_reached": _("Goal reached"),
    "goal_reached_gone": _("No longer listed as reached in the last year"),
    "goal_outcome": _("Wording of a goal"),
    "goal_ended_on": _("Day a goal was reached"),
    "goal_measures": _("Measure of a goal"),
    "goal_baseline": _("Where a goal starts from"),
    "goal_target": _("Target of a goal"),
    "goal_owner": _("Owner of a goal"),
    "goal_due_on": _("Date of a goal"),
    "goal_overdue": _("Past its date"),
    "goal_first_step": _("First step to a goal"),
    "goal_if_obstacle": _("What may get in the way of a goal"),
    "goal_then_plan": _("What is done then"),
    "check_in_new": _("How a goal goes"),
    "check_in_gone": _("Earlier look at a goal, no longer listed"),
    "check_in": _("Look at a goal, put right"),
    "need": _("Hours that IMR takes"),
    "time_total": _("Hours a week set aside, in all"),
    "time_recorded": _("Whether hours set aside are recorded"),
    "time_too_few_reported": _("Whether too few people answered the weekly check-in"),
    "hours_hours": _("Hours a week set aside"),
    "hours_new": _("New kind of work"),
    "hours_gone": _("Kind of work no longer listed"),
    "hours_work": _("Name of a kind of work"),
    "week_new": _("Week now counted"),
    "week_gone": _("Week no longer listed"),
    "week_set_aside": _("Hours set aside in the week"),
    "week_kept": _("Hours kept in the week"),
    "week_own_time": _("Own time in the week"),
    "conflicts_days": _("Days looked back"),
    "conflicts_logging": _("Whether priority conflicts are logged"),
    "conflicts_total": _("Priority conflicts that became known in the days looked back"),
    "conflicts_answered": _("Answered priority conflicts"),
    "reason_new": _("New reason"),
    "reason_gone": _("Reason no longer named"),
    "reason_count": _("Priority conflicts by reason"),
    "reason_reason": _("Name of a reason"),
    "reviews_rhythm": _("Rhythm of reviews"),
    "next_review": _("Next review"),
    "held_new": _("Review held"),
    "held_gone": _("Review no longer listed"),
    "held_attended": _("Who took part in the review"),
    "rating_new": _("New fidelity rating"),
    "rating_gone": _("Fidelity rating no longer recorded"),
    "rating_figure": _("Fidelity rating put right"),
    "assessment_new": _("New result"),
    "assessment_gone": _("Result no longer recorded"),
    "assessment_name": _("Name of an instrument"),
    "assessment_measured_on": _("Day of a result"),
    "assessment_people": _("How many are behind a result"),
    "assessment_figures": _("Result put right"),
    "catalogue": _("Version of the rules"),
    "study_citation": _("The study"),
    "study_limits": _("Limits of the study"),
    "other_sources": _("Other works that the open entries lean on"),
    "order": _("Listed in another order"),
    "other": _("Something else"),
}

# Parts of what the catalogue says of an entry.
PARTS = {
    "title": _("title"),
    "why": _("why it matters"),
    "sources": _("sources"),
    "strength": _("what the sources are"),
    "limits": _("limits of the sources"),
    "rule": _("the rule"),
    "clears": _("what clears it"),
    "record": _("what to record"),
    "acts": _("what can be done"),
    "theme": _("number of its theme"),
    "theme_name": _("name of its theme"),
}


def plan_changes_said(before: dict | None, after: dict) -> dict:
    """What an action plan says of its changes: `before` is the content of the plan it is compared with, if any.

    `since`: that plan's number and day; None: this is the first. `notes`: what the comparison leaves out, and why.
    """
    if not before:
        return {"since": None, "notes": [], "chapters": [], "count": 0}
    with translation.override(after["language"]):
        changes = plan_changes(before, after)
        return {
            "since": {
                "number": before["issue"]["number"],
                "issued_on": before["issue"]["issued_on"],
                "as_of_on": before["as_of_on"],
                "language": before["language"],
            },
            "notes": _notes(before, after),
            "chapters": [
                {"name": str(CHAPTER_NAMES[chapter]), "lines": [line(change) for change in of_chapter]}
                for chapter, of_chapter in groupby(changes, key=lambda change: change.chapter)
            ],
            "count": len(changes),
        }


def line(change: Change) -> dict:
    """One change in the active language: what became of what, before, now."""
    about = change.about
    before, after = _in_words(change.before), _in_words(change.after)
    if not change.code.endswith(ONE_SIDED) and (before or after):
        nothing = gettext("not given")
        before, after = before or nothing, after or nothing
    return {
        "code": change.code,
        "label": str(LABELS[change.code]),
        "about": day(about) if change.code.startswith(DATED) else about,
        "before": before,
        "after": after,
    }


ONE_SIDED = ("_new", "_gone", "_reached")  # changes of things that were or are not there
DATED = ("week_", "held_", "rating_")  # changes about a thing that is called by its day


def _notes(before: dict, after: dict) -> list[str]:
    notes = []
    if before["language"] != after["language"]:
        notes.append(
            gettext(
                "The two plans are in different languages. States, days, figures and what people wrote are compared; "
                "what Holdfast itself words (titles, evidence, rules, reasons, names of kinds) is not."
            )
        )
    if before["content"] != after["content"]:
        notes.append(
            gettext(
                "The earlier plan was kept in an older form, in which goals and actions cannot be known again: they "
                "may be listed as gone and as new."
            )
        )
    if suggestions_moved(before, after):
        notes.append(
            gettext("Days that are only suggested on page 1 count from the day of the record, and moved with it.")
        )
    return notes


def _in_words(values: tuple[Value, ...]) -> str:
    """Values one after the other; empty where there was nothing."""
    return " · ".join(WRITTEN[kind](raw) for kind, raw in values)


def _states(pair: tuple[str, int]) -> str:
    return f"{pair[1]} {STATES[pair[0]]}"


def _need(need: dict) -> str:
    return gettext("%(low)s to %(high)s hours a week, typically %(typical)s (caseload of %(month)s)") % {
        **{name: number(need[name]) for name in ("low", "high", "typical")},
        "month": month(need["month_on"]),
    }


def _part(pair: tuple[str, str]) -> str:
    return f"{PARTS[pair[0]]}: {pair[1]}"


def _mean(mean: dict) -> str:
    """A mean, or the limit beyond which it lies."""
    return within_bounds(Decimal(mean["figure"]), mean["bound"])


def _hours(sentence: Any) -> Callable[[str], str]:
    return lambda figure: sentence % {"hours": number(figure)}


def _took_part(count: int) -> str:
    return ngettext("%(count)d took part", "%(count)d took part", count) % {"count": count}


# How each kind of value is written.
WRITTEN: dict[str, Callable[[Any], str]] = {
    "text": str,
    "texts": lambda texts: "; ".join(texts),
    "count": str,
    "figure": number,
    "day": day,
    "month": month,
    "since": lambda on: gettext("since %(day)s") % {"day": day(on)},
    "until": lambda on: gettext("until %(day)s") % {"day": day(on)},
    "yes": lambda is_so: gettext("yes") if is_so else gettext("no"),
    "state": lambda state: str(STATES[state]),
    "states": _states,
    "suggested": lambda _so: gettext("only suggested"),
    "need": _need,
    "part": _part,
    "means": lambda means: "; ".join(f"{one['name']} {_mean(one)}" for one in means),
    "set_aside": _hours(_("%(hours)s hours set aside")),
    "kept": _hours(_("%(hours)s hours kept")),
    "own_time": _hours(_("%(hours)s hours in own time")),
    "attended": _took_part,
}
