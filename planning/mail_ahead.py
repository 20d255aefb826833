"""What will be sent in the next thirty days if nothing changes, as far as it can be known. Nothing is written.

It follows the same rules as the planning itself. What people do until then cannot be known: what they answer, log,
issue or move. Mail that only its recipient is to know of does not show.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from accounts.access import Permission, roles_with
from accounts.models import LEADING_ROLES, Service
from accounts.working_days import last_working_day, next_working_day
from planning import calendar_mail, pauses, reminders, unanswered, visits_due
from planning.clock import moment, monday_of
from planning.composing import in_words
from planning.ledger import day_in_oslo, next_working_moment, recipients
from planning.models import Expectation, Message, OptOut, PriorityConflict, Review, Vision
from planning.risks import absence

DAYS_AHEAD = 30
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ahead:
    """One mail, or part of one, that is to come."""

    day: date
    about: str
    names: tuple[str, ...]  # of those who get it
    depends_on: str = ""  # what has to be so by then
    of_week: bool = False  # only the week may be known; the day is its Monday

    @property
    def when(self) -> tuple[date, bool]:
        """What the page puts together under one heading."""
        return self.day, self.of_week


def mail_ahead(service: Service, *, at: datetime) -> list[Ahead]:
    """What is to come after today, the earliest first; while the practice rests, only the end of the pause."""
    today = day_in_oslo(at)
    people = _People(service, on=today)
    first, last = today + ONE_DAY, today + timedelta(days=DAYS_AHEAD)
    if pauses.resting([service.pk], on=today):
        found = _restart(service, people, on=today)
    else:
        kinds = (_reviews, _invitations, _readings, _conflicts, _visits, _digests)
        found = [one for kind in kinds for one in kind(service, people, at=at)]
    return sorted(
        (one for one in found if one.names and (one.of_week or first <= one.day <= last)),
        key=lambda one: (one.day, not one.of_week, one.about),
    )


class _People:
    """Those of the service who are written to, and who stopped what."""

    def __init__(self, service: Service, *, on: date):
        self.members = list(recipients([service.pk], on=on))
        self.stopped = set(OptOut.objects.filter(member__in=self.members).values_list("member_id", "kind"))

    def names(self, kind: str, *, roles: Iterable[str] | None = None, without: Iterable[int] = ()) -> tuple[str, ...]:
        """Who gets mail of a kind, by name."""
        without = set(without)
        return tuple(
            member.name
            for member in self.members
            if (roles is None or member.role in roles)
            and (member.pk, kind) not in self.stopped
            and member.pk not in without
        )


def _morning(day: date) -> date:
    """The day on which what is due on a day leaves."""
    return next_working_day(day)


def _restart(service: Service, people: _People, *, on: date) -> list[Ahead]:
    pause = pauses.running(service, on=on)
    if pause is None or pause.restart_planned_on is None or pauses.stopped([service.pk], on=on):
        return []
    about = _("Planned restart on %(day)s") % {"day": in_words(pause.restart_planned_on)}
    names = people.names(Message.Kind.RESTART_DUE, roles=LEADING_ROLES)
    return [Ahead(_morning(pause.restart_planned_on), about, names, _("If the pause lasts until then."))]


def _reviews(service: Service, people: _People, *, at: datetime) -> list[Ahead]:
    """The two reminders of each review; where both fall on one morning, the later one."""
    last = day_in_oslo(at) + timedelta(days=DAYS_AHEAD + reminders.DAYS_BEFORE_REVIEW + 1)
    planned = Review.objects.upcoming(at).filter(service=service, starts_at__lt=moment(last, time.min))
    found = []
    for review in planned:
        day = day_in_oslo(review.starts_at)
        soon = _morning(day - timedelta(days=reminders.DAYS_BEFORE_REVIEW))
        before = last_working_day(day - ONE_DAY)
        about = _("Review on %(day)s") % {"day": in_words(day)}
        depends = _("If it is not moved, held or cancelled by then.")
        if soon < before:
            found.append(Ahead(soon, about, people.names(Message.Kind.REVIEW_SOON), depends))
        found.append(Ahead(before, about, people.names(Message.Kind.REVIEW_TOMORROW), depends))
    return found


def _invitations(service: Service, people: _People, *, at: datetime) -> list[Ahead]:
    """Reviews that come so near that they go into calendars; those that are as near today went there already."""
    near = at + calendar_mail.AHEAD
    coming = Review.objects.upcoming(at).filter(
        service=service, told_at__isnull=False, starts_at__gte=near, starts_at__lt=near + timedelta(days=DAYS_AHEAD)
    )
    rows = Message.objects.filter(kind=calendar_mail.KIND, review__in=coming).values_list("review_id", "recipient_id")
    told: dict[int, set[int]] = {}
    for review, member in rows:
        told.setdefault(review, set()).add(member)
    return [
        Ahead(
            day_in_oslo(next_working_moment(review.starts_at - calendar_mail.AHEAD)),
            _("For your calendar: review on %(day)s") % {"day": in_words(day_in_oslo(review.starts_at))},
            people.names(calendar_mail.KIND, without=told.get(review.pk, ())),
            _("If it is not moved, held or cancelled by then."),
        )
        for review in coming
    ]


def _readings(service: Service, people: _People, *, at: datetime) -> list[Ahead]:
    """The versions in force that were published within the last week; to those who have not taken note of them."""
    today = day_in_oslo(at)
    found = []
    for model in (Vision, Expectation):
        row = model.objects.in_force(today).filter(service=service).first()
        if row is None or row.published_on is None:
            continue
        read = set(row.acknowledgements.values_list("member_id", flat=True))
        others = [member.pk for member in people.members if not reminders.is_reader(member, on=today)]
        names = people.names(Message.Kind.TO_READ, without=[*read, *others])
        day = _morning(row.published_on + reminders.READ_AFTER)
        found.append(Ahead(day, _("Something to read"), names, _("If they have not said by then that they read it.")))
    return found


def _conflicts(service: Service, people: _People, *, at: datetime) -> list[Ahead]:
    """What is in the log now and has no answer; what is to come in nobody can know.

    No more than the week, as in `unanswered.waiting`: the day itself would tell that an entry carries a name.
    """
    today = day_in_oslo(at)
    last = today + timedelta(days=DAYS_AHEAD)
    waiting = PriorityConflict.objects.known_to_leaders(today).unanswered().filter(service=service)
    clock = pauses.clocks([service.pk], on=today)[service.pk]
    names = people.names(Message.Kind.CONFLICTS_WAITING, roles=roles_with(Permission.ANSWER_CONFLICT))
    days = {
        _morning(absence.reached(clock, released_on, step))
        for released_on in waiting.values_list("released_on", flat=True)
        for step in unanswered.STEPS
    }
    weeks = {monday_of(day) for day in days if today < day <= last}
    depends = _("If they still have no answer.")
    return [Ahead(week, _("Conflicts without an answer"), names, depends, of_week=True) for week in weeks]


def _visits(service: Service, people: _People, *, at: datetime) -> list[Ahead]:
    """The days on which a visit falls due."""
    today = day_in_oslo(at)
    if service.started_on is None or service.described or service.visits.ahead().filter(planned_on__gte=today).exists():
        return []
    clock = pauses.clocks([service.pk], on=today)[service.pk]
    ahead = visits_due.due_days(service.started_on, clock=clock, until=today + timedelta(days=DAYS_AHEAD))
    names = people.names(Message.Kind.VISIT_DUE, roles=LEADING_ROLES)
    rated = list(service.fidelity_ratings.values_list("rated_on", flat=True))
    depends = _("If none is planned or rated by then.")
    return [
        Ahead(_morning(day), _("Fidelity visit due"), names, depends)
        for day in ahead
        if day > today and not any(one > day - visits_due.EARLY_BY for one in rated)
    ]


def _digests(service: Service, people: _People, *, at: datetime) -> list[Ahead]:
    """The Mondays; to whom something will be due then is not known."""
    monday = monday_of(day_in_oslo(at))
    mondays = [monday + timedelta(days=7 * week) for week in range(1, DAYS_AHEAD // 7 + 1)]
    names = people.names(Message.Kind.DIGEST)
    depends = _("Only to those to whom something is due that week.")
    return [Ahead(_morning(day), _("What is due this week"), names, depends) for day in mondays]
