"""The first ten days of somebody who takes over: what to do, in order, from what the pack itself says.

First the people and what they were promised, then what is late, then what others decide and what ends by itself, at
last what is not known. Pure: the pack's content in, sentences in the active language out; the order is ours.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.templatetags.plan_words import day

ENDS_WITHIN = timedelta(days=60)  # what ends by itself in this time is settled in the first days
NAMED = 3  # names in a sentence
Steps = Iterable[tuple[str, str]]  # (sentence, chapter)


def steps(content: dict) -> list[dict]:
    """The steps in order, each with the day to take it on, a sentence, and the chapter that holds what it is about."""
    groups = (
        (1, _meet(content)),
        (2, _people(content)),
        (3, _promised(content)),
        (4, _late(content)),
        (5, _above(content)),
        (6, _ends(content)),
        (7, _time(content)),
        (8, _review(content)),
        (9, _unknown(content)),
        (10, _plan(content)),
    )
    return [{"day": number, "text": text, "chapter": chapter} for number, found in groups for text, chapter in found]


def _meet(content: dict) -> Steps:
    yield _("Tell the practitioners that you lead IMR now, and when they can reach you."), "people"
    if content["vision"]:
        yield _("Read the vision and what is expected of the practitioners."), "vision"
    else:
        yield _("There is no vision. Ask the practitioners what IMR is for, and write down what they say."), "vision"
    rests = content["pauses"]["running"] or content["pauses"]["stopped"]
    if rests:
        yield _("IMR rests now. Find out why, and who decides when it starts again."), "decisions"


def _people(content: dict) -> Steps:
    people = content["people"]
    there = people["leading"] + people["practitioners"]
    if leaving := [one["name"] for one in there if one["leaves_on"]]:
        yield _("Talk with those who leave, before their last day: %(names)s.") % {"names": _names(leaving)}, "people"
    if without := [one["name"] for one in there if one["leaves_on"] and not one["successor"]]:
        yield _("Nobody takes over yet from %(names)s. Find somebody.") % {"names": _names(without)}, "people"
    if gone := [one["name"] for one in people["left_open"]]:
        yield (
            _("Somebody left and nothing is recorded as handed over: %(names)s. Ask who took it on.")
            % {"names": _names(gone)},
            "people",
        )


def _promised(content: dict) -> Steps:
    if waiting := sum(one["waiting"] for one in content["waiting"]):
        yield (
            ngettext(
                "%(count)d priority conflict waits for an answer. Answer it first.",
                "%(count)d priority conflicts wait for an answer. Answer the oldest week first.",
                waiting,
            )
            % {"count": waiting},
            "conflicts",
        )
    if promises := len(content["promises"]):
        yield (
            ngettext(
                "%(count)d answer to the staff says “planned”. Keep the promise, or say that it cannot be kept.",
                "%(count)d answers to the staff say “planned”. Keep the promises, or say that they cannot be kept.",
                promises,
            )
            % {"count": promises},
            "promises",
        )


def _late(content: dict) -> Steps:
    if late := sum(one["late"] for one in content["actions"]):
        yield (
            ngettext(
                "%(count)d action is late. Give it a new date and an owner, or drop it.",
                "%(count)d actions are late. Give each a new date and an owner, or drop it.",
                late,
            )
            % {"count": late},
            "actions",
        )
    if overdue := sum(one["overdue"] for one in content["goals"]["active"]):
        yield (
            ngettext(
                "%(count)d goal is past its date. Give it a new one, or drop it.",
                "%(count)d goals are past their date. Give each a new one, or drop it.",
                overdue,
            )
            % {"count": overdue},
            "goals",
        )


def _above(content: dict) -> Steps:
    if wanted := content["wanted"]:
        words = {"count": len(wanted), "day": day(wanted[0]["wanted_on"])}
        yield (
            ngettext(
                "%(count)d decision is wanted of the next level, by %(day)s. Ask where it stands.",
                "%(count)d decisions are wanted of the next level, the first by %(day)s. Ask where they stand.",
                len(wanted),
            )
            % words,
            "wanted",
        )
    if unanswered := sum(one["answered_on"] is None for one in content["supports"]):
        yield (
            ngettext(
                "%(count)d request for support is not answered. Ask again.",
                "%(count)d requests for support are not answered. Ask again.",
                unanswered,
            )
            % {"count": unanswered},
            "support",
        )


def _ends(content: dict) -> Steps:
    """What ends within two months unless somebody does something."""
    as_of = date.fromisoformat(content["as_of_on"])

    def soon(iso: str | None) -> bool:
        return iso is not None and date.fromisoformat(iso) <= as_of + ENDS_WITHIN

    if accepted := [one for one in content["accepted"] if soon(one["until_on"])]:
        yield (
            ngettext(
                "%(count)d acceptance of a flag ends soon. Decide what then.",
                "%(count)d acceptances of flags end soon. Decide what then.",
                len(accepted),
            )
            % {"count": len(accepted)},
            "accepted",
        )
    if hours := [
        person["name"] for person in content["set_aside"] if any(soon(one["until_on"]) for one in person["hours"])
    ]:
        yield _("Hours set aside end soon for %(names)s. Renew them, or say so.") % {"names": _names(hours)}, "time"
    if [one for one in content["fundings"] if soon(one["until_on"])]:
        yield _("Money or posts end soon. Ask for what comes after."), "support"
    if content["agreement"] and soon(content["agreement"]["evaluate_on"]):
        yield _("The agreement on logging is to be looked at again. Without it logging stands still."), "conflicts"
    if again := [one for one in content["decisions"] if soon(one["look_again_on"])]:
        yield (
            ngettext(
                "%(count)d decision is to be looked at again soon.",
                "%(count)d decisions are to be looked at again soon.",
                len(again),
            )
            % {"count": len(again)},
            "decisions",
        )


def _time(content: dict) -> Steps:
    if content["time"]["recorded"]:
        yield _("Ask each practitioner whether the hours set aside hold in an ordinary week."), "time"
    else:
        yield _("No hours are set aside in the record. Agree on them with each practitioner."), "time"


def _review(content: dict) -> Steps:
    reviews = content["reviews"]
    if reviews["next_on"]:
        yield (
            _("Prepare the review on %(day)s: its agenda fills itself. Say that you will be there.")
            % {"day": day(reviews["next_on"])},
            "reviews",
        )
    else:
        yield _("No review is planned. Set a day, and how often you will meet."), "reviews"


def _unknown(content: dict) -> Steps:
    if overdue := sum(one["overdue"] for one in content["rhythm"]):
        yield (
            ngettext(
                "%(count)d recurring thing is due or overdue. Plan it.",
                "%(count)d recurring things are due or overdue. Plan them.",
                overdue,
            )
            % {"count": overdue},
            "rhythm",
        )
    if unknown := len(content["unknown"]):
        yield (
            ngettext(
                "%(count)d thing is not known, which is not the same as well. Record what you can.",
                "%(count)d things are not known, which is not the same as well. Record what you can.",
                unknown,
            )
            % {"count": unknown},
            "unknown",
        )


def _plan(content: dict) -> Steps:
    yield _("Issue an action plan in your own name, and give it to the practitioners."), "flags"


def _names(names: list[str]) -> str:
    """The first names, and how many more."""
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return shown if more <= 0 else _("%(names)s and %(count)d more") % {"names": shown, "count": more}
