"""What only the next level up can decide: asked by the leader, answered by a sponsor, or taken back.

The answer is set down in the same transaction where the catalogue reads it. Whether IMR is a priority is a
`Confirmation`, open from the day of the question on. A yes to going on is a `Decision`, without a basis, as none was
given. A no to it is only kept as the answer: a stop rests the whole catalogue, so the leader records it as such.
"""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit, records
from accounts.access import Permission, may
from accounts.models import Member, Service
from planning.models import Confirmation, Decision, DecisionWanted
from planning.wording.figures import day as in_words

Subject, Answer = DecisionWanted.Subject, DecisionWanted.Answer
ONE_AT_A_TIME = (Subject.PRIORITY, Subject.CONTINUE)  # what the catalogue reads is asked once until it is answered


class AskedAlready(ValidationError):
    """The same is asked already, and nobody has said yes or no."""

    def __init__(self):
        super().__init__(
            gettext_lazy("This is asked already and not answered. Take that question back before you ask anew."),
            code="asked_already",
        )


class NotOpen(ValidationError):
    """Somebody else was first with an answer, or the question was taken back."""

    def __init__(self, question: DecisionWanted):
        super().__init__(_already(question), code="not_open")


def _already(question: DecisionWanted) -> str:
    if question.withdrawn_on:
        return _("This question was taken back on %(day)s. There is nothing to answer any more.") % {
            "day": in_words(question.withdrawn_on)
        }
    words = {
        "who": question.answered_by or _("Somebody"),
        "answer": question.get_answer_display(),
        "day": in_words(question.answered_on),
    }
    return _("%(who)s has answered this already, on %(day)s: %(answer)s. That answer stands.") % words


@transaction.atomic
def ask(question: DecisionWanted, *, by: Member, on: date) -> DecisionWanted:
    """Put a new question to the next level. Raises `AskedAlready` for one of the two that the catalogue reads."""
    service = Service.objects.select_for_update().get(pk=by.service_id)  # two at once: the second one is told
    if question.subject in ONE_AT_A_TIME and service.decisions_wanted.open().filter(subject=question.subject).exists():
        raise AskedAlready
    question.service, question.asked_on, question.asked_by = service, on, by
    if question.subject == Subject.PRIORITY:
        question.confirmation = records.keep(Confirmation(asked_on=on), by=by)
    question.save()
    audit.record(code="decision_wanted.asked", by=by.user, service=service, obj=question, subject=str(question.subject))
    return question


def questions_for(members: Iterable[Member], *, on: date):
    """The questions that one person may answer, by what they are in one service or in several.

    One that names somebody is theirs; when they have left, whoever of the level above is there can answer it.
    """
    deciding = [member for member in members if may(member, Permission.DECIDE)]
    theirs = Q(asked_of__in=deciding) | Q(asked_of__isnull=True) | Q(asked_of__leaves_on__lt=on)
    found = DecisionWanted.objects.filter(theirs, service__in=[member.service_id for member in deciding])
    return found.select_related("answered_by", "asked_by", "decision")


def to_answer(members: Iterable[Member], *, on: date) -> list[tuple[Member, DecisionWanted]]:
    """What waits for the person's answer, and what they answered today and can still change; each with who they are."""
    by_service = {member.service_id: member for member in members}
    given_today = Q(answered_by__in=list(by_service.values()), answered_on=on, withdrawn_on__isnull=True)
    asked = questions_for(by_service.values(), on=on)
    found = asked.filter(Q(pk__in=DecisionWanted.objects.open()) | given_today).order_by("wanted_by", "pk")
    pairs = [(by_service[question.service_id], question) for question in found]
    return [pair for pair in pairs if pair[1].is_open or can_change(pair[1], by=pair[0], on=on)]


def can_change(question: DecisionWanted, *, by: Member, on: date) -> bool:
    """Whether a yes or no can be given otherwise: by who gave it, on the same day, while nobody has acted on it."""
    same = question.answered_by_id == by.pk and question.answered_on == on
    return same and question.withdrawn_on is None and not _acted_on(question)


def _acted_on(question: DecisionWanted) -> bool:
    """Whether the decision that hangs on it is more than the answer itself made."""
    decision = question.decision
    if decision is None:
        return False
    added = (decision.basis, decision.patients, decision.look_again_on)
    return decision.kind != Decision.Kind.CONTINUE or any(value not in ("", None) for value in added)


@transaction.atomic
def answer(
    question: DecisionWanted, given: str, *, by: Member, on: date, words: str = "", given_on: date | None = None
) -> DecisionWanted:
    """Answer a question, or change today's own answer; with what follows from it.

    `given_on`: the day on which it was said, when a leader records it later. Of two who answer at the same time the
    first one counts: the other one gets `NotOpen`, which says what was answered and by whom. The same answer once
    more changes nothing.
    """
    known = DecisionWanted.objects.select_for_update(of=("self",)).select_related("answered_by", "decision")
    question = known.get(pk=question.pk)
    if not question.is_open and not can_change(question, by=by, on=on):
        raise NotOpen(question)
    given_on = given_on or on
    if (question.answer, question.words, question.answered_on) == (given, words.strip(), given_on):
        return question
    question.answer, question.words = given, words.strip()
    question.answered_on, question.answered_by = given_on, by
    if question.subject == Subject.PRIORITY:
        _confirm(question, by=by)
    elif question.subject == Subject.CONTINUE:
        _decide(question, by=by)
    question.save(update_fields=["answer", "words", "answered_on", "answered_by", "confirmation", "decision"])
    audit.record(code="decision_wanted.answered", by=by.user, service=question.service, obj=question, answer=given)
    return question


def _confirm(question: DecisionWanted, *, by: Member) -> None:
    """One row from the question to its answer. Wanting to talk is no answer yet."""
    row = question.confirmation or Confirmation(asked_on=question.asked_on)
    settled = question.is_settled
    row.confirmed = question.answer == Answer.YES if settled else None
    row.answered_on = question.answered_on if settled else None
    question.confirmation = records.keep(row, by=by)


def _decide(question: DecisionWanted, *, by: Member) -> None:
    """A yes is a decision to continue; with another answer there is none, and what an earlier yes made goes."""
    made = question.decision
    if question.answer != Answer.YES:
        question.decision = None
        if made is not None:
            DecisionWanted.objects.filter(pk=question.pk).update(decision=None)
            records.remove(made, by=by)
        return
    row = made or Decision(kind=Decision.Kind.CONTINUE, decided_by=Decision.DecidedBy.NEXT_LEVEL)
    row.text, row.decided_on = question.words, question.answered_on
    question.decision = records.keep(row, by=by)


def wants_stop(question: DecisionWanted) -> bool:
    """Whether the next level said that IMR is not to go on, and nobody has recorded the stop."""
    return question.subject == Subject.CONTINUE and question.answer == Answer.NO and question.decision_id is None


@transaction.atomic
def record_stop(question: DecisionWanted, *, by: Member) -> DecisionWanted:
    """Record the decision to stop that a no to going on means, as of the day of the answer; once."""
    question = DecisionWanted.objects.select_for_update().get(pk=question.pk)
    if not wants_stop(question):
        raise ValidationError(_("There is no stop to record for this question."), code="no_stop")
    stop = Decision(
        kind=Decision.Kind.STOP,
        decided_by=Decision.DecidedBy.NEXT_LEVEL,
        text=question.words,
        decided_on=question.answered_on,
    )
    question.decision = records.keep(stop, by=by)
    question.save(update_fields=["decision"])
    return question


@transaction.atomic
def take_back(question: DecisionWanted, *, by: Member, on: date) -> DecisionWanted:
    """Nobody needs to answer it any more. Raises `NotOpen` when somebody has; taken back twice is taken back once."""
    question = DecisionWanted.objects.select_for_update().get(pk=question.pk)
    if question.withdrawn_on:
        return question
    if not question.is_open:
        raise NotOpen(question)
    asked, question.confirmation = question.confirmation, None
    question.withdrawn_on = on
    question.save(update_fields=["withdrawn_on", "confirmation"])
    if asked is not None:  # what is not asked any more is not left unanswered either
        records.remove(asked, by=by)
    audit.record(code="decision_wanted.taken_back", by=by.user, service=question.service, obj=question)
    return question
