"""What a leader can do for IMR within a month: acts to choose from, at least five for each leadership behaviour.

Each is one thing that one person can do and be done with. Codes are stored and never change their meaning; an act that
is taken out of the bank stays readable, as its words are those of the action.
"""

from dataclasses import dataclass

from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from assessments.figures import within_bounds
from planning.leadership_acts import ACT_DAYS, BEHAVIOURS, Least
from planning.models import Behaviour as Label
from planning.wording.entries.shape import Behaviour
from planning.wording.figures import day, on_scale


@dataclass(frozen=True)
class LeaderActText:
    """One act: what to do, how long it may take, and what it is good for."""

    code: str
    behaviour: Behaviour
    text: str
    days: int
    why: str


# What each behaviour looks like from below, in a sentence (the items of the scale in our words).
MEANING = {
    "proactive": _("You plan for IMR, clear the way and say what is expected before somebody has to ask."),
    "knowledgeable": _("You know what IMR asks of people, and can answer, or find out."),
    "supportive": _("You notice the work, say so, and back people when they spend time on it."),
    "perseverant": _("You keep at it when it gets hard, and take up what goes wrong."),
}

BANK: tuple[LeaderActText, ...] = (
    # Proactive
    LeaderActText(
        "rota",
        "proactive",
        _("Put the IMR hours into the rota for the next three months, with names."),
        14,
        _("Time that stands in the rota has to be taken away by somebody. Time that does not is simply gone."),
    ),
    LeaderActText(
        "one-obstacle",
        "proactive",
        _("Ask the team which one thing stands most in the way of IMR, and remove it."),
        21,
        _("One thing gone is worth more than five on a list."),
    ),
    LeaderActText(
        "what-may-wait",
        "proactive",
        _("Write down what may wait when a day is too full, and put IMR above it."),
        14,
        _("Without your word, everybody decides it alone, on the worst day."),
    ),
    LeaderActText(
        "cover",
        "proactive",
        _("Agree with the day team who covers when an IMR session collides with an acute patient."),
        21,
        _("A swap that is agreed beforehand needs no courage at the moment."),
    ),
    LeaderActText(
        "next-training",
        "proactive",
        _("Find out who is to learn IMR next, and book the training."),
        30,
        _("When somebody leaves, it is too late to begin."),
    ),
    LeaderActText(
        "next-level",
        "proactive",
        _("Tell your own leader in ten minutes how IMR stands and what you need decided."),
        21,
        _("What the next level has not heard of, it cannot protect."),
    ),
    # Knowledgeable
    LeaderActText(
        "sit-in-supervision",
        "knowledgeable",
        _("Sit in on one IMR supervision and only listen."),
        30,
        _("You hear what the work asks of people, in their words."),
    ),
    LeaderActText(
        "read-a-module",
        "knowledgeable",
        _("Read one IMR module and ask a practitioner how it is used."),
        21,
        _("Half an hour with the material makes the next talk another one."),
    ),
    LeaderActText(
        "see-the-tools",
        "knowledgeable",
        _("Have a practitioner show you how goals and home assignments are worked with, on an empty form."),
        21,
        _("It takes twenty minutes, and nothing about a patient is needed for it."),
    ),
    LeaderActText(
        "go-through-fidelity",
        "knowledgeable",
        _("Go through the last fidelity report with one who was there, and note what it asks of you."),
        21,
        _("Some recommendations only a leader can carry out."),
    ),
    LeaderActText(
        "outcomes-at-review",
        "knowledgeable",
        _("Bring the group figures on patient outcomes to the next review, and ask what they make of them."),
        30,
        _("Who knows what IMR yields can stand up for it."),
    ),
    LeaderActText(
        "call-another-leader",
        "knowledgeable",
        _("Call a leader of another service that has IMR, and ask what has kept it going there."),
        30,
        _("Others have solved what you are at."),
    ),
    # Supportive
    LeaderActText(
        "ask-each",
        "supportive",
        _("Ask each practitioner for five minutes what would make IMR easier for them."),
        14,
        _("Most ask for little, and nobody has asked them."),
    ),
    LeaderActText(
        "say-what-you-saw",
        "supportive",
        _("Tell each practitioner one thing you saw them do well in IMR this month."),
        14,
        _("Work that nobody notices is the first to be given up."),
    ),
    LeaderActText(
        "back-in-meeting",
        "supportive",
        _("Say in a staff meeting why the IMR hours are kept, so that nobody has to defend them alone."),
        21,
        _("In the study practitioners had to argue for IMR among their colleagues."),
    ),
    LeaderActText(
        "learning-day",
        "supportive",
        _("Set aside half a day for the team to learn together, and take their duties off the list."),
        30,
        _("Learning that has to be fitted in is not done."),
    ),
    LeaderActText(
        "preparation-at-work",
        "supportive",
        _("See to it that preparation is done in working hours for four weeks, and ask how it went."),
        30,
        _("Preparation at home keeps nobody going for long."),
    ),
    LeaderActText(
        "share-a-success",
        "supportive",
        _("Tell the whole unit about one thing that IMR has achieved, without naming a patient."),
        21,
        _("Colleagues swap more willingly for what they know of."),
    ),
    # Perseverant
    LeaderActText(
        "take-up-the-oldest",
        "perseverant",
        _("Take up the oldest open flag with the team, and agree on one step."),
        14,
        _("What has been open longest is what everybody has got used to."),
    ),
    LeaderActText(
        "answer-all",
        "perseverant",
        _("Answer every conflict that is waiting, also those you cannot solve, with a reason."),
        7,
        _("A no with a reason keeps people writing. Silence does not."),
    ),
    LeaderActText(
        "finish-what-is-late",
        "perseverant",
        _("Finish, hand on or drop every action of yours that is late."),
        14,
        _("A short list that is true is easier to hold than a long one."),
    ),
    LeaderActText(
        "hold-the-review",
        "perseverant",
        _("Hold the next review even if half the team is away."),
        30,
        _("A rhythm that survives a bad week survives."),
    ),
    LeaderActText(
        "way-back",
        "perseverant",
        _("Ask somebody who has given IMR up what stopped it, and offer one way back."),
        21,
        _("People rarely stop from one day to the next. Nobody asks, and it ends."),
    ),
    LeaderActText(
        "hard-decision",
        "perseverant",
        _("Get one decision that has been put off: write down the question, by whom and by when."),
        21,
        _("In the study, services waited long for a word on whether IMR was to go on."),
    ),
)

BY_CODE = {act.code: act for act in BANK}


def acts_for(behaviour: str) -> tuple[LeaderActText, ...]:
    """The acts of one behaviour, in the order of the bank."""
    return tuple(act for act in BANK if act.behaviour == behaviour)


def why_this_one(least: Least) -> str:
    """Which behaviour shows least, and from what that is known, in the active language."""
    if least.source == "rating":
        return gettext(
            "%(name)s is the side that staff see least of: %(figure)s of 4 in the rating of %(day)s, "
            "with %(answers)d answers."
        ) % {
            "name": _label(least.behaviour),
            "figure": _figure(least, least.behaviour),
            "day": day(least.rating.rated_on),
            "answers": least.rating.answers,
        }
    if least.source == "acts":
        count = dict(least.figures)[least.behaviour]
        return ngettext(
            "%(name)s is the side that shows least: %(count)d dated act in the last %(days)d days. No rating by staff "
            "counts now, so this goes by what the record shows.",
            "%(name)s is the side that shows least: %(count)d dated acts in the last %(days)d days. No rating by staff "
            "counts now, so this goes by what the record shows.",
            count,
        ) % {"name": _label(least.behaviour), "count": count, "days": ACT_DAYS}
    return gettext(
        "Which side shows least is not known: no rating by staff counts now, and there is no dated act in the last "
        "%(days)d days. The acts are for being proactive, which the study missed most."
    ) % {"days": ACT_DAYS}


def tie(least: Least) -> str:
    """That others show as little, and why this one comes first; empty when none does."""
    if len(least.tied) < 2:
        return ""
    others = get_text_list([_label(name).lower() for name in least.tied[1:]], gettext("and"))
    order = ", ".join(_label(name).lower() for name in BEHAVIOURS)
    if least.rating and least.behaviour in dict(least.rating.bounded):
        return gettext(
            "Whether less shows of these cannot be told: %(others)s. Of several the first in this order is taken: "
            "%(order)s. What the study missed most comes first."
        ) % {"others": others, "order": order}
    return gettext(
        "As little shows of: %(others)s. Of several the first in this order is taken: %(order)s. What the study missed "
        "most comes first."
    ) % {"others": others, "order": order}


def figures(least: Least) -> list[tuple[str, str]]:
    """The four behaviours with what is known of each."""
    return [
        (_label(name), _figure(least, name) if least.source == "rating" else str(count))
        for name, count in least.figures
    ]


def _figure(least: Least, behaviour: str) -> str:
    """A mean of staff; of few answers near an end of the scale, the limit that is known in its place."""
    figure, bound = dict(least.figures)[behaviour], dict(least.rating.bounded).get(behaviour)
    return within_bounds(figure, bound) if bound else on_scale(figure)


def _label(behaviour: str) -> str:
    return str(Label(behaviour).label)
