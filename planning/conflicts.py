"""Priority conflicts: logging, what each viewer may know of one, answers, and the gate before all that.

The privacy rules live in three functions that every page, count and document goes through:
`readers` (who will see an entry), `seen_by` (what one viewer may know of one entry) and
`release_day` (from when on); what is counted goes by `planning.conflict_weeks`. Sources: quality points
F13, F14, F16, S10.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.access import Permission, may
from accounts.models import LEADING_ROLES, Member, Role, Service
from planning import conflict_weeks
from planning.clock import monday_of, next_monday
from planning.conflict_weeks import ANSWERS_CLEAR, everybody_from, tells_a_name
from planning.models import Action, ConflictAnswer, LoggingAgreement, PriorityConflict
from planning.models.conflict import UNDO_MINUTES

BACKDATE_DAYS = 14  # what happened longer ago is no longer logged: memory, not record
COUNTED_DAYS = 90  # how far back conflicts are counted by reason
SMALL_TEAM = 5  # up to this many practitioners, an entry without a name can be guessed


class LoggingIsOff(ValidationError):
    """Conflicts cannot be logged: the service has not recorded what it is for, or has not looked at that again."""

    def __init__(self, *, overdue: bool):
        text = _("The log is closed. Your leader opens it by recording what it is for.")
        if overdue:
            text = _("The log stands still. Your leader opens it by looking again at what it is for.")
        super().__init__(text, code="closed")


class Withdrawn(ValidationError):
    """The entry is not there any more: its author took it back."""

    def __init__(self):
        super().__init__(_("This entry was withdrawn in the meantime. Nothing was saved."), code="withdrawn")


class AnsweredMeanwhile(Exception):
    """Somebody else has answered the entry since the list was opened."""


class NoLongerOpen(ValidationError):
    """The entry can no longer be changed: everybody may know of it, or it was answered."""

    def __init__(self):
        super().__init__(
            _("This entry has been read by others and can no longer be changed. You can still withdraw it."),
            code="released",
        )


def agreement_of(service: Service) -> LoggingAgreement | None:
    """The agreement that counts: the one recorded last."""
    return service.logging_agreements.order_by("-recorded_at", "-pk").first()


def logging_is_on(service: Service, *, on: date) -> bool:
    """Whether conflicts can be logged in the service on that day."""
    agreement = agreement_of(service)
    return agreement is not None and agreement.allows_logging(on)


def release_day(*, named: bool, logged_on: date) -> date:
    """From when on the leaders may know: with a name at once, without on the next Monday with the week's others."""
    return logged_on if named else next_monday(logged_on)


# Who sees what


@dataclass(frozen=True)
class SeenConflict:
    """What one viewer may know of one entry; what he may not know is None."""

    pk: str
    week: date  # its Monday
    reason: str
    displaced: str
    own: bool
    author: str | None = None
    happened_on: date | None = None
    hours: Decimal | None = None
    wanted_help: str | None = None
    note: str | None = None
    named: bool = False
    editable: bool = False
    answer: ConflictAnswer | None = None  # its state and its words; of its day and its action only what follows
    answered_on: date | None = None
    action: Action | None = None

    @property
    def answer_state(self) -> str:
        """How far the answer has come: what was planned is done once its action is."""
        if not self.answer:
            return ""
        action, planned = self.answer.action, self.answer.state == ConflictAnswer.State.PLANNED
        done = planned and action is not None and action.state == Action.State.DONE
        return ConflictAnswer.State.DONE if done else ConflictAnswer.State(self.answer.state)

    @property
    def answer_label(self) -> str:
        """The same in words."""
        return str(ConflictAnswer.State(self.answer_state).label) if self.answer else ""

    @property
    def reason_label(self) -> str:
        """The reason in words."""
        return PriorityConflict.Reason(self.reason).label

    @property
    def displaced_label(self) -> str:
        """What was displaced, in words; empty when not said."""
        return PriorityConflict.Displaced(self.displaced).label if self.displaced else ""

    @property
    def help_label(self) -> str:
        """What would help, in words; empty when not said or not to be known."""
        return PriorityConflict.Help(self.wanted_help).label if self.wanted_help else ""


def may_read(viewer: Member, conflict: PriorityConflict, *, on: date) -> bool:
    """Whether the viewer may know on that day that this entry exists."""
    if viewer.service_id != conflict.service_id or viewer.user_id is None or not viewer.is_present(on):
        return False
    if conflict.author_id == viewer.pk:
        return True
    if not may(viewer, Permission.SEE_CONFLICTS):
        return False
    # A name is for the leader. Colleagues see the entry as any other: from Monday, without it.
    return (conflict.released_on if viewer.role in LEADING_ROLES else everybody_from(conflict)) <= on


def seen_by(viewer: Member, conflict: PriorityConflict, *, on: date) -> SeenConflict | None:
    """What the viewer may know of the entry on that day; None when not even that it exists."""
    if not may_read(viewer, conflict, on=on):
        return None
    own, leads = conflict.author_id == viewer.pk, viewer.role in LEADING_ROLES
    with_name = own or (conflict.named and leads)
    answer = getattr(conflict, "answer", None)
    answered_on, action = (answer.answered_on, answer.action) if answer else (None, None)
    if answer and not (own or leads):
        # Before its Monday only an entry with a name can be answered: no earlier day is told to those who may not know.
        answered_on = max(answered_on, everybody_from(conflict))
        action = None if action and tells_a_name(action, conflict) else action
    return SeenConflict(
        pk=str(conflict.pk),
        week=monday_of(conflict.happened_on),
        reason=conflict.reason,
        displaced=conflict.displaced,
        own=own,
        author=conflict.author.name if with_name and conflict.author else None,
        happened_on=conflict.happened_on if with_name else None,
        hours=conflict.hours if with_name else None,
        wanted_help=(conflict.wanted_help or None) if with_name else None,
        note=(conflict.note or None) if own or conflict.show_note else None,
        named=conflict.named and with_name,
        editable=own and is_editable(conflict, on=on),
        answer=answer,
        answered_on=answered_on,
        action=action,
    )


def list_for(viewer: Member, *, on: date) -> list[SeenConflict]:
    """Every entry the viewer may know, by week and reason; never in the order in which they came."""
    conflicts = viewer.service.conflicts.select_related("author", "answer", "answer__action")
    seen = [one for conflict in conflicts if (one := seen_by(viewer, conflict, on=on))]
    return sorted(seen, key=lambda one: (-one.week.toordinal(), one.reason, one.pk))


# What tells most comes first: what was done, then what will be, then why not, then that it was read.
MOST_TELLING = (
    ConflictAnswer.State.DONE,
    ConflictAnswer.State.PLANNED,
    ConflictAnswer.State.NOT_NOW,
    ConflictAnswer.State.SEEN,
)


def said_and_done(entries: list[SeenConflict], *, on: date, limit: int) -> list[SeenConflict]:
    """Of what a viewer may know, the answers of the last weeks that tell most: one's own first.

    An own entry that was answered longer ago still comes, behind everything newer; somebody else's does not.
    """
    since = monday_of(on - timedelta(days=COUNTED_DAYS))
    answered = [entry for entry in entries if entry.answer and (entry.own or entry.week >= since)]
    answered.sort(
        key=lambda one: (one.week < since, not one.own, MOST_TELLING.index(one.answer_state), -one.week.toordinal())
    )
    return answered[:limit]


def waiting_for(viewer: Member, *, on: date) -> list[SeenConflict]:
    """The entries that wait for an answer which the viewer may give; nobody answers their own."""
    return waiting_among(list_for(viewer, on=on), viewer=viewer)


def waiting_among(entries: list[SeenConflict], *, viewer: Member) -> list[SeenConflict]:
    """Those of the entries that wait for an answer of the viewer's."""
    if not may(viewer, Permission.ANSWER_CONFLICT):
        return []
    return [entry for entry in entries if entry.answer is None and not entry.own]


def readers(author: Member, *, named: bool, on: date) -> tuple[list[Member], list[Member]]:
    """Who will read an entry that `author` makes now: (with the name, without it), by name, without the author.

    Asked of the function that lets them read, `seen_by`: today, and on the Monday from which everybody may.
    """
    draft = PriorityConflict(
        service=author.service,
        author=author,
        named=named,
        reason=PriorityConflict.Reason.OTHER,
        happened_on=on,
        released_on=release_day(named=named, logged_on=on),
    )
    candidates = author.service.members.with_login().exclude(pk=author.pk).order_by("name", "pk")
    with_name, without_name = [], []
    for member in candidates:
        entry = seen_by(member, draft, on=on) or seen_by(member, draft, on=next_monday(on))
        if entry is not None:
            (with_name if entry.author else without_name).append(member)
    return with_name, without_name


def practitioners_who_can_log(service: Service, *, on: date) -> int:
    """How many people an entry without a name could be from."""
    return service.members.with_login().present(on).filter(role=Role.PRACTITIONER).count()


def counts_by_reason(service: Service, *, on: date, days: int = COUNTED_DAYS) -> list[tuple[str, int]]:
    """(label of the reason, conflicts of the last days), most first: what may be known without entries."""
    return by_reason(conflict_weeks.released_weeks([service], on, days=days)[service.pk])


def by_reason(weeks: list[conflict_weeks.ConflictWeek]) -> list[tuple[str, int]]:
    """(label of the reason, conflicts of these weeks), most first."""
    counts = sum((week.reasons for week in weeks), Counter())
    labels = [(str(PriorityConflict.Reason(reason).label), count) for reason, count in counts.items()]
    return sorted(labels, key=lambda pair: (-pair[1], pair[0]))


# Writing


def _audit(code: str, conflict: PriorityConflict) -> None:
    """The trail knows an entry by its random key and the Monday after it was logged; by nobody's name.

    Also an entry with a name: it may lose that name, and once withdrawn nothing of it may be left but its key.
    """
    at = timezone.make_aware(datetime.combine(everybody_from(conflict), datetime.min.time()))
    audit.record(code=code, by=None, service=conflict.service, obj=conflict, at=at)


@transaction.atomic
def log(*, author: Member, reason: str, named: bool, at: datetime, happened_on: date | None = None) -> PriorityConflict:
    """Log that something displaced IMR that day; raises `LoggingIsOff` while no agreement allows it.

    `happened_on`: an earlier day, of a tap that waited on a phone. Others may know of it counted from the day of `at`.
    """
    on = timezone.localdate(at)
    if not logging_is_on(author.service, on=on):
        raise LoggingIsOff(overdue=agreement_of(author.service) is not None)
    conflict = PriorityConflict.objects.create(
        service=author.service,
        author=author,
        named=named,
        reason=reason,
        happened_on=happened_on or on,
        logged_at=at,
        released_on=release_day(named=named, logged_on=on),
    )
    _audit("conflict.logged", conflict)
    return conflict


def _locked(conflict: PriorityConflict) -> PriorityConflict:
    """The entry as stored, held until the transaction ends; raises `Withdrawn` when it is gone."""
    stored = PriorityConflict.objects.select_for_update().filter(pk=conflict.pk).first()
    if stored is None:
        raise Withdrawn
    return stored


def is_editable(conflict: PriorityConflict, *, on: date) -> bool:
    """Whether its author can still change it: before the Monday from which everybody may know of it, and unanswered.

    A change afterwards would tell when somebody was at work on it, and, of an entry with a name, that it carries one.
    """
    return on < everybody_from(conflict) and not hasattr(conflict, "answer")


@transaction.atomic
def add_detail(conflict: PriorityConflict, *, on: date) -> PriorityConflict:
    """Save what the author changed on the entry; raises `NoLongerOpen` or `Withdrawn` when that is too late."""
    before = _locked(conflict)
    if not is_editable(before, on=on):
        raise NoLongerOpen
    conflict.released_on = release_day(named=conflict.named, logged_on=timezone.localdate(conflict.logged_at))
    conflict.save(
        update_fields=[
            "named",
            "happened_on",
            "displaced",
            "hours",
            "wanted_help",
            "note",
            "show_note",
            "released_on",
        ]
    )
    _audit("conflict.visibility" if before.named != conflict.named else "conflict.changed", conflict)
    return conflict


@transaction.atomic
def withdraw(conflict: PriorityConflict) -> None:
    """Take an entry back: it is gone everywhere at once, and nothing is left but its key in the audit trail."""
    _audit("conflict.withdrawn", conflict)
    conflict.delete()


def can_undo(conflict: PriorityConflict, *, at: datetime) -> bool:
    """Whether the saved page still offers to undo."""
    return at <= conflict.logged_at + timedelta(minutes=UNDO_MINUTES)


@transaction.atomic
def answer(
    *,
    conflict: PriorityConflict,
    state: str,
    text: str,
    by: Member,
    on: date,
    action_title: str = "",
    action_due_on: date | None = None,
    action_owner: Member | None = None,
    first: bool = False,
) -> ConflictAnswer:
    """Answer an entry, if wanted with an action; answering again changes the answer, not its first date.

    Raises `Withdrawn` when its author took it back meanwhile; with `first`, `AnsweredMeanwhile` when there is one.
    """
    _locked(conflict)
    existing = ConflictAnswer.objects.select_for_update().filter(conflict=conflict).first()
    if existing and first:
        raise AnsweredMeanwhile
    reply = existing or ConflictAnswer(conflict=conflict, answered_on=on)
    reply.state, reply.text, reply.by = state, text, by
    if action_title:
        reply.action = Action.objects.create(
            service=conflict.service,
            title=action_title,
            due_on=action_due_on,
            owner=action_owner,
            entry=ANSWERS_CLEAR,
            opened_on=on,
            moved_on=on,
            moved_by=by,
        )
        audit.record(code="action.opened", by=by.user, service=conflict.service, obj=reply.action)
    reply.save()
    audit.record(code="conflict.answered", by=by.user, service=conflict.service, obj=reply, state=state)
    return reply


@transaction.atomic
def record_agreement(agreement: LoggingAgreement, *, by: Member) -> LoggingAgreement:
    """Record what logging is for in this service; from then on conflicts can be logged."""
    agreement.service = by.service
    agreement.recorded_by = by
    agreement.save()
    audit.record(code="agreement.recorded", by=by.user, service=by.service, obj=agreement)
    return agreement


VISIBILITY_CHOICES = [(False, _("Without my name")), (True, _("With my name"))]
