"""The leader's month: one act chosen out of three, done as any action, and looked at in the next month."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import LEADING_ROLES, Member, Service
from planning import actions
from planning.leadership_acts import ACT_DAYS, BEHAVIOURS, DatedAct, Least, least_shown, offered
from planning.models import Action, ConflictAnswer, LeaderAct, Review
from planning.risks.snapshot import Snapshot
from planning.snapshots import ratings, time
from planning.wording.leader_acts import BY_CODE, LeaderActText, acts_for


class AlreadyChosen(ValidationError):
    """An act is chosen for this month: the stand-in may have been first."""

    def __init__(self):
        super().__init__(_("An act is already chosen for this month. One is enough."), code="chosen")


class NotYet(ValidationError):
    """The act is of this month: it is looked at in the next one."""

    def __init__(self):
        super().__init__(_("This act is of the month that runs. Look back on it in the next one."), code="not_yet")


def month_of(on: date) -> date:
    """The first day of the month."""
    return on.replace(day=1)


def act_of_month(service: Service, *, on: date) -> LeaderAct | None:
    """The act chosen for the month of that day; one that was dropped leaves room for another."""
    acts = service.leader_acts.filter(month=month_of(on), replaced_on__isnull=True)
    return acts.exclude(action__state=Action.State.DROPPED).select_related("action__owner").first()


def earlier_acts(service: Service, *, on: date) -> list[LeaderAct]:
    """The acts of the months before, the latest first; what another one took the place of is not among them."""
    acts = service.leader_acts.filter(month__lt=month_of(on), replaced_on__isnull=True)
    return list(acts.select_related("action__owner").order_by("-month"))


def least(service: Service, *, on: date) -> Least:
    """Which behaviour shows least in the service on that day."""
    pks = [service.pk]
    snapshot = Snapshot(
        as_of=on,
        leadership=ratings.measured(pks, on, None)["leadership"].get(service.pk, ()),
        pauses=time.pauses(pks, on).get(service.pk, ()),
    )
    return least_shown(snapshot, dated_acts(service, on=on))


def dated_acts(service: Service, *, on: date) -> list[DatedAct]:
    """What leaders did in the last months, as the record dates it: tagged actions, answers, reviews."""
    since = on - timedelta(days=ACT_DAYS)
    tagged = service.actions.exclude(behaviour="").exclude(state=Action.State.DROPPED)
    acts = [
        DatedAct("done" if action.closed_on else "opened", action.closed_on or action.opened_on, action.behaviour)
        for action in tagged.filter(owner__role__in=LEADING_ROLES)
    ]
    answers = ConflictAnswer.objects.filter(conflict__service=service, answered_on__gt=since)
    acts += [DatedAct("answered", day) for day in answers.values_list("answered_on", flat=True)]
    for review in service.reviews.filter(state=Review.State.HELD).defer("minutes", "held_agenda"):
        acts.append(DatedAct("held", review.on))
        if review.looked_at_outcomes:
            acts.append(DatedAct("held_with_outcomes", review.on))
    return acts


def offers(service: Service, behaviour: str | None, *, on: date) -> list[LeaderActText]:
    """Three acts for a behaviour; for the first of all when none is known to show least."""
    codes = [act.code for act in acts_for(behaviour or BEHAVIOURS[0])]
    chosen = service.leader_acts.filter(month__lte=month_of(on)).order_by("month", "pk").values_list("code", flat=True)
    return [BY_CODE[code] for code in offered(codes, chosen=list(chosen), month=month_of(on))]


@transaction.atomic
def choose(act: LeaderActText, *, by: Member, on: date) -> LeaderAct:
    """Take an act for the month: it becomes an action of whoever chose it. Raises `AlreadyChosen`.

    It takes the place of one that was dropped.
    """
    if act_of_month(by.service, on=on):
        raise AlreadyChosen
    dropped = by.service.leader_acts.filter(month=month_of(on), action__state=Action.State.DROPPED)
    dropped.filter(replaced_on__isnull=True).update(replaced_on=on)
    action = Action(title=str(act.text), owner=by, due_on=on + timedelta(days=act.days), behaviour=act.behaviour)
    actions.save(action, by=by, on=on)
    chosen = LeaderAct.objects.create(service=by.service, month=month_of(on), code=act.code, action=action)
    audit.record(code="leader_act.chosen", by=by.user, service=by.service, obj=chosen)
    return chosen


@transaction.atomic
def look_back(act: LeaderAct, helped: str, *, by: Member, on: date) -> LeaderAct:
    """Say whether an act of an earlier month helped; saying it again corrects it. Raises `NotYet`."""
    if act.month >= month_of(on):
        raise NotYet
    act.helped, act.looked_at_on = helped, on
    act.save(update_fields=["helped", "looked_at_on"])
    audit.record(code="leader_act.looked_at", by=by.user, service=by.service, obj=act)
    return act
