"""Where an action came from, said in one way on the list, beside a flag, and in the plan."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from planning.conflict_weeks import ANSWERS_CLEAR, everybody_from, tells_a_name
from planning.models import Action, ConflictAnswer
from planning.wording.caseload import month as month_in_words
from planning.wording.entries import TEXTS
from planning.wording.figures import day


@dataclass(frozen=True)
class Origin:
    """Where an action came from: in words, and the page that shows it with the parts of its address.

    `page` is empty where no page shows it.
    """

    text: str
    page: str = ""
    parts: tuple = ()


BEHIND = ("owner", "review", "recommendation__rating", "leader_act")


def _answers() -> Prefetch:
    answers = ConflictAnswer.objects.select_related("conflict").defer("text", "conflict__note")
    return Prefetch("answers", queryset=answers.order_by("pk"))


def with_origins(actions: QuerySet) -> QuerySet:
    """Actions with all that `origin_of` asks for, in two queries however many there are."""
    return actions.select_related(*BEHIND).prefetch_related(_answers())


def fetch_origins(actions: list[Action]) -> list[Action]:
    """The same for actions that are fetched already; in a query for each kind of place."""
    prefetch_related_objects(actions, *BEHIND, _answers())
    return actions


def _everybody_may_know(answer: ConflictAnswer, action: Action, *, on: date) -> bool:
    return everybody_from(answer.conflict) <= on and not tells_a_name(action, answer.conflict)


def origin_of(action: Action, *, on: date, leading: bool = False, document: bool = False) -> Origin:
    """Where the action came from, as somebody may know it on that day; of a conflict never whose it was.

    The most telling place first: one that was opened in a review to clear a flag came from the review. An entry with a
    name is known to others than its leaders from Monday (quality point F14), and so is what came of it; if the action
    was due or done before that Monday, not even then. Who may not know reads the same of it as of an action that was
    opened beside the flag on conflicts, in words that are true of both. A `document` says only what travels with the
    record in a dossier, so that the same record gives the same document anywhere.
    """
    act = None if document else getattr(action, "leader_act", None)
    if act is not None:
        month = month_in_words(act.month)
        return Origin(_("The leader's month, %(month)s") % {"month": month}, "leader_month" if leading else "")
    if action.recommendation:
        rating = action.recommendation.rating
        return Origin(_("Fidelity visit of %(day)s") % {"day": day(rating.rated_on)}, "fidelity_rating", (rating.pk,))
    if action.review:
        return Origin(_("Review of %(day)s") % {"day": day(action.review.on)}, "review", (action.review.pk,))
    answers = () if document else action.answers.all()
    if any(leading or _everybody_may_know(answer, action, on=on) for answer in answers):
        return Origin(_("The answer to a conflict"), "conflicts")
    if action.entry == ANSWERS_CLEAR:
        return Origin(_("What takes time from IMR"), "entry", (action.entry,))
    if action.entry in TEXTS:
        return Origin(_("A flag"), "entry", (action.entry,))
    return Origin(_("Opened by itself"))
