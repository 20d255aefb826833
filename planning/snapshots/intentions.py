"""What a snapshot holds of where a service wants to go: vision, expectations, goals, actions, decisions."""

from datetime import date

from django.db.models import F, Max

from accounts.models import LEADING_ROLES, Member
from planning.models import Acknowledgement, Action, Adaptation, Decision, Expectation, Goal, Vision
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import grouped, until


def visions(pks, as_of: date) -> dict[int, frozen.Vision]:
    """The vision in force."""
    latest = {}
    for vision in Vision.objects.in_force(as_of).filter(service__in=pks).defer("text"):
        latest.setdefault(
            vision.service_id,
            frozen.Vision(
                published_on=vision.published_on,
                horizon_on=vision.horizon_on,
                looked_at_on=until(vision.looked_at_on, as_of) or vision.published_on,
            ),
        )
    return latest


def expectations(pks, as_of: date) -> dict[int, frozen.Expectation]:
    """The statement in force, and which of the service's own people have taken note of this version."""
    latest: dict[int, Expectation] = {}
    for expectation in Expectation.objects.in_force(as_of).filter(service__in=pks).defer("text"):
        latest.setdefault(expectation.service_id, expectation)
    taken_note = Acknowledgement.objects.filter(
        expectation__service__in=pks, on__lte=as_of, member__in=Member.objects.of_record()
    )
    by_statement = grouped(
        (statement, (person, day))
        for statement, person, day in taken_note.order_by("member").values_list("expectation", "member", "on")
    )
    return {
        service_pk: frozen.Expectation(
            published_on=statement.published_on, acknowledged=by_statement.get(statement.pk, ())
        )
        for service_pk, statement in latest.items()
    }


def goals(pks, as_of: date) -> dict[int, tuple[frozen.Goal, ...]]:
    """The goals that are active."""
    active = (
        Goal.objects.filter(service__in=pks, stated_on__lte=as_of)
        .exclude(state=Goal.State.DRAFT)
        .exclude(ended_on__lte=as_of)
        .annotate(owner_role=F("owner__role"))
        .order_by("pk")
    )
    return grouped(
        (
            goal.service_id,
            frozen.Goal(
                number=goal.pk,
                stated_on=goal.stated_on,
                has_measure=goal.has_measure,
                owner_role=goal.owner_role,
                due_on=goal.due_on,
            ),
        )
        for goal in active
    )


def goal_ends(pks, as_of: date) -> dict[int, date]:
    """The day on which a goal was reached or dropped, most lately."""
    ended = Goal.objects.filter(service__in=pks, ended_on__lte=as_of)
    return dict(ended.values_list("service_id").annotate(Max("ended_on")).order_by("service_id"))


def actions(pks, as_of: date) -> dict[int, tuple[frozen.Action, ...]]:
    """Every action that was opened, with the day on which it was closed."""
    opened = (
        Action.objects.filter(service__in=pks, opened_on__lte=as_of)
        .annotate(owner_role=F("owner__role"))
        .order_by("pk")
    )
    return grouped(
        (
            action.service_id,
            frozen.Action(
                number=action.pk,
                opened_on=action.opened_on,
                owner_role=action.owner_role,
                due_on=action.due_on,
                closed_on=until(action.closed_on, as_of),
            ),
        )
        for action in opened
    )


def leader_moves(pks, as_of: date) -> dict[int, tuple[date, ...]]:
    """The days on which somebody who leads changed or closed an action."""
    moves = Action.objects.filter(service__in=pks, moved_on__lte=as_of, moved_by__role__in=LEADING_ROLES)
    return grouped(moves.order_by("moved_on", "pk").values_list("service_id", "moved_on"))


def decisions(pks, as_of: date) -> dict[int, tuple[frozen.Decision, ...]]:
    """The decisions on the practice, in the order in which they were made."""
    made = Decision.objects.filter(service__in=pks, decided_on__lte=as_of).defer("text").order_by("decided_on", "pk")
    return grouped(
        (
            decision.service_id,
            frozen.Decision(
                number=decision.pk,
                kind=decision.kind,
                decided_on=decision.decided_on,
                decided_by=decision.decided_by or None,
                basis=decision.basis or None,
                patients=decision.patients,
                look_again_on=decision.look_again_on,
                goals_behind=decision.goals_behind,
                hours_behind=decision.hours_behind,
                training_behind=decision.training_behind,
            ),
        )
        for decision in made
    )


def adaptations(pks, as_of: date) -> dict[int, tuple[frozen.Adaptation, ...]]:
    """The changes to the programme that are in use. When they are to be looked at again may lie ahead."""
    in_use = Adaptation.objects.in_use(as_of).filter(service__in=pks).order_by("in_use_from", "pk")
    return grouped(
        (
            adaptation.service_id,
            frozen.Adaptation(
                number=adaptation.pk,
                in_use_from=adaptation.in_use_from,
                has_reason=bool(adaptation.reason.strip()),
                has_evidence=bool(adaptation.evidence.strip()),
                decided_on=until(adaptation.decided_on, as_of),
                look_again_on=adaptation.look_again_on,
            ),
        )
        for adaptation in in_use
    )
