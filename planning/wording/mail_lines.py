"""What a mail tells in a line: of what goes along in another's mail, and of what is due in the week."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from planning.models import Message

K = Message.Kind
LINES = {
    K.REVIEW_SOON: gettext_lazy("%(service)s: review on %(day)s at %(time)s."),
    K.REVIEW_TOMORROW: gettext_lazy("%(service)s: review on %(day)s at %(time)s."),
    K.RESTART_DUE: gettext_lazy("%(service)s: the pause was to end on %(day)s."),
    K.VISIT_DUE: gettext_lazy("%(service)s: a fidelity visit has been due since %(day)s."),
    K.TO_READ: gettext_lazy("%(service)s: something to read that you have not said yet you have read."),
    K.WEEK_DUE: gettext_lazy("%(service)s: your week is not saved yet, as you asked to be told."),
    K.WAVE_AGAIN: gettext_lazy("%(service)s: fifteen short questions for your team, until %(day)s."),
    K.WAVE_RESULT: gettext_lazy("%(service)s: the survey of your team is closed. See what it answered."),
}
# Which of a kind's facts is its day.
DAYS = {
    K.REVIEW_SOON: "review_day",
    K.REVIEW_TOMORROW: "review_day",
    K.RESTART_DUE: "restart_day",
    K.VISIT_DUE: "due_day",
    K.WAVE_AGAIN: "closes_on",
}


@dataclass(frozen=True)
class AlsoLine:
    """One thing more in a mail that is about something graver: a sentence, its page, and the way to stop the kind."""

    words: str
    url: str
    stop_url: str
    stop_label: str


def also_line(kind: str, context: dict) -> AlsoLine:
    """A row in a line, from the facts that its own mail would tell."""
    return AlsoLine(
        words=_words(kind, context),
        url=context["url"],
        stop_url=context["stop_url"],
        stop_label=str(context.get("stop_label", "")),
    )


def _words(kind: str, facts: dict) -> str:
    """The sentence; it names the service, as one mail may tell of several."""
    named = {
        "service": facts["service"].name,
        "day": facts.get(DAYS.get(kind, ""), ""),
        "time": facts.get("review_time", ""),
        "count": facts.get("count", 0),
    }
    if kind == Message.Kind.DIGEST:
        return " ".join([_("%(service)s, this week:") % named, *facts["sentences"]])
    if kind == Message.Kind.CONFLICTS_WAITING:
        return (
            ngettext(
                "%(service)s: %(count)s entry in the log waits for an answer.",
                "%(service)s: %(count)s entries in the log wait for an answer.",
                facts["count"],
            )
            % named
        )
    return str(LINES[kind]) % named


def digest_sentences(facts) -> list[str]:
    """What is due, each in a short sentence; without names, titles or texts."""
    found = [
        (
            facts.late_actions,
            ngettext_lazy("%(n)s action of yours is past its day.", "%(n)s actions of yours are past their day.", "n"),
        ),
        (
            facts.actions,
            ngettext_lazy("%(n)s action of yours is due this week.", "%(n)s actions of yours are due this week.", "n"),
        ),
        (
            facts.late_goals,
            ngettext_lazy(
                "%(n)s goal of yours should have been checked by now.",
                "%(n)s goals of yours should have been checked by now.",
                "n",
            ),
        ),
        (
            facts.goals,
            ngettext_lazy(
                "%(n)s goal of yours is to be checked this week.",
                "%(n)s goals of yours are to be checked this week.",
                "n",
            ),
        ),
        (
            facts.reviews,
            ngettext_lazy("%(n)s review is planned for this week.", "%(n)s reviews are planned for this week.", "n"),
        ),
        (
            facts.open_reviews,
            ngettext_lazy(
                "%(n)s review has passed and is not closed yet.",
                "%(n)s reviews have passed and are not closed yet.",
                "n",
            ),
        ),
        (
            facts.conflicts,
            ngettext_lazy(
                "%(n)s entry in the log has no answer yet.", "%(n)s entries in the log have no answer yet.", "n"
            ),
        ),
    ]
    return [words % {"n": number} for number, words in found if number]
