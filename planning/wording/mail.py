"""What is said of the kinds of mail that a person may stop."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from planning.models import Message


@dataclass(frozen=True)
class StopWords:
    """The words around stopping one kind; `comes` and `stopped` name the service as %(service)s."""

    title: Promise
    stop: Promise  # on the link in the mail and on the button
    comes: Promise
    stopped: Promise


STOPPING = {
    Message.Kind.REVIEW_SOON: StopWords(
        title=_("Reminders of reviews"),
        stop=_("Stop reminders of reviews"),
        comes=_(
            "Seven days before a review in %(service)s you get a reminder by mail. You can stop that here; other mail "
            "is not touched."
        ),
        stopped=_("You get no more reminders of reviews in %(service)s. Other mail is not touched."),
    ),
    Message.Kind.REVIEW_TOMORROW: StopWords(
        title=_("Reminders the day before a review"),
        stop=_("Stop reminders the day before a review"),
        comes=_(
            "On the working day before a review in %(service)s you get a reminder by mail. You can stop that here; "
            "other mail is not touched."
        ),
        stopped=_("You get no more reminders the day before a review in %(service)s. Other mail is not touched."),
    ),
    Message.Kind.VISIT_DUE: StopWords(
        title=_("Reminders of fidelity visits"),
        stop=_("Stop reminders of fidelity visits"),
        comes=_(
            "When a fidelity visit is due in %(service)s and none is planned you get a reminder by mail. You can stop "
            "that here; other mail is not touched."
        ),
        stopped=_("You get no more reminders of fidelity visits in %(service)s. Other mail is not touched."),
    ),
    Message.Kind.DIGEST: StopWords(
        title=_("What is due this week, on Mondays"),
        stop=_("Stop the mail on Mondays"),
        comes=_(
            "On Mondays you get by mail what is due to you in %(service)s this week, or late; nothing when nothing is. "
            "You can stop that here; other mail is not touched."
        ),
        stopped=_("You get no more mail on Mondays from %(service)s. Other mail is not touched."),
    ),
    Message.Kind.REVIEW_INVITATION: StopWords(
        title=_("Reviews for your calendar"),
        stop=_("Stop calendar entries by mail"),
        comes=_(
            "When a review in %(service)s is planned, moved or left out you get a mail that puts it into your "
            "calendar. You can stop that here; other mail is not touched. What is in your calendar stays as it is."
        ),
        stopped=_("You get no more calendar entries of reviews in %(service)s by mail. Other mail is not touched."),
    ),
    Message.Kind.TO_READ: StopWords(
        title=_("Reminders of something to read"),
        stop=_("Stop reminders of something to read"),
        comes=_(
            "Seven days after a vision or what is expected is published in %(service)s you get a reminder by mail, "
            "unless you have read it. You can stop that here; other mail is not touched."
        ),
        stopped=_("You get no more reminders of something to read in %(service)s. Other mail is not touched."),
    ),
    Message.Kind.CONFLICTS_WAITING: StopWords(
        title=_("Reminders of conflicts without an answer"),
        stop=_("Stop reminders of conflicts without an answer"),
        comes=_(
            "When a conflict in %(service)s has waited seven days for an answer you get a reminder by mail, and once "
            "more after fourteen. You can stop that here; other mail is not touched."
        ),
        stopped=_(
            "You get no more reminders of conflicts without an answer in %(service)s. Other mail is not touched."
        ),
    ),
    Message.Kind.WEEK_DUE: StopWords(
        title=_("Reminders of your week"),
        stop=_("Stop reminders of my week"),
        comes=_(
            "On Fridays you are reminded of your week in %(service)s if it is not saved yet, because you asked for it. "
            "You can stop that here; other mail is not touched."
        ),
        stopped=_("You get no reminders of your week in %(service)s. Other mail is not touched."),
    ),
}
