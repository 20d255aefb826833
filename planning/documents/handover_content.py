"""What a handover pack says: everything open, decided and promised, for somebody who takes over; gathered once.

As in a plan everything is plain JSON with the sentences already in the pack's language, days ISO dates under names
that end in `_on`. It takes from the plan of the same day what both say. Only leaders read it: it names people and the
hours that each was promised, as the pages for leaders do. What practitioners keep for themselves never comes in: no
entry of the log and no note, only how many of a week that everybody knows of wait for an answer (quality points F14,
F16), no hours kept by anybody, nobody's own rating of themselves.
"""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import translation

from accounts.models import Service
from assessments.small_numbers import FEWEST_PATIENTS
from planning import conflict_weeks, conflicts, expectations, minutes, pauses, visions
from planning.conflict_weeks import everybody_from, tells_a_name
from planning.documents import handover_first_days, handover_people, handover_rhythm
from planning.documents.plan_content import plan_content
from planning.lateness import late_since
from planning.models import ConflictAnswer, Decision, DecisionWanted, PriorityConflict, Support

CONTENT_VERSION = 1
# Taken over as the plan of that day says it.
AS_IN_THE_PLAN = (
    "language", "as_of_on", "catalogue", "service", "leader", "vision", "open", "accepted", "unknown", "actions",
    "actions_left_out", "goals", "conflicts", "study",
)  # fmt: skip
SUPPORT_DAYS = 365  # for which support that was given or refused is still told
ONE_AT_A_TIME = (Decision.Kind.CONTINUE, Decision.Kind.STOP)  # the later one takes the place of the earlier


def gather(service: Service, as_of: date, language: str) -> dict:
    """Everything a handover pack of the service says on that day, in `language` ("en" or "nb")."""
    plan = plan_content(service, as_of, language)
    with translation.override(language):
        content = {
            "content": CONTENT_VERSION,
            **{part: plan[part] for part in AS_IN_THE_PLAN},
            "time": {part: plan["time"][part] for part in ("kinds", "need", "total", "recorded")},
            "set_aside": handover_people.set_aside(service, as_of),
            "people": handover_people.people(service, as_of),
            "looked_at_on": _looked_at(service, as_of),
            "expectation": _expectation(service, as_of),
            "decisions": _decisions(service, as_of),
            "wanted": _wanted(service, as_of),
            "pauses": _pauses(service, as_of),
            "reviews": {**plan["reviews"], "carried": _carried(service, as_of)},
            "supports": _supports(service, as_of),
            "fundings": _fundings(service, as_of),
            "adaptations": _adaptations(service, as_of),
            "rhythm": handover_rhythm.rows(service, as_of),
            "waiting": _waiting(service, as_of),
            "agreement": _agreement(service),
            "promises": _promises(service, as_of),
        }
        return {**content, "first_days": handover_first_days.steps(content)}


def _looked_at(service: Service, as_of: date) -> str | None:
    """When the vision in force was last found to hold."""
    vision = visions.in_force(service, on=as_of)
    return _iso(vision.looked_at_on if vision and vision.looked_at_on and vision.looked_at_on <= as_of else None)


def _expectation(service: Service, as_of: date) -> dict | None:
    """What is expected of the practitioners, and how many of them have taken note of it."""
    expectation = expectations.in_force(service, on=as_of)
    if expectation is None:
        return None
    concerned = expectations.concerned(service, on=as_of)
    return {
        "text": expectation.text,
        "version": expectation.version,
        "published_on": expectation.published_on.isoformat(),
        "concerned": concerned.count(),
        "noted": concerned.filter(acknowledgements__expectation=expectation, acknowledgements__on__lte=as_of).count(),
    }


def _decisions(service: Service, as_of: date) -> list[dict]:
    """The decisions that hold, the latest first: the last one to continue or stop, and what was decided since a stop.

    With their basis, and when they are looked at again.
    """
    known = list(service.decisions.filter(decided_on__lte=as_of).order_by("-decided_on", "-pk"))
    in_force, settled = [], False
    for one in known:
        if one.kind in ONE_AT_A_TIME:
            if not settled:
                in_force.append(one)
            settled = True
            if one.kind == Decision.Kind.STOP:
                break
        else:
            in_force.append(one)
    return [_decision(one, as_of) for one in in_force]


def _decision(one: Decision, as_of: date) -> dict:
    few = one.patients is not None and 0 < one.patients < FEWEST_PATIENTS
    return {
        "kind": str(one.get_kind_display()),
        "text": one.text,
        "decided_on": one.decided_on.isoformat(),
        "decided_by": str(one.get_decided_by_display()) if one.decided_by else "",
        "basis": str(one.get_basis_display()) if one.basis else "",
        "patients": "" if one.patients is None else f"<{FEWEST_PATIENTS}" if few else str(one.patients),
        "look_again_on": _iso(one.look_again_on),
        "late": late_since(one.look_again_on, on=as_of) is not None,
    }


def _wanted(service: Service, as_of: date) -> list[dict]:
    """What the next level was asked and has not decided."""
    asked = DecisionWanted.objects.open_on(as_of).filter(service=service).select_related("asked_of")
    return [
        {
            "text": one.question,
            "asked_of": one.asked_of.name if one.asked_of and one.asked_of.is_present(as_of) else "",
            "asked_on": one.asked_on.isoformat(),
            "wanted_on": one.wanted_by.isoformat(),
            "late": late_since(one.wanted_by, on=as_of) is not None,
        }
        for one in asked
    ]


def _pauses(service: Service, as_of: date) -> dict:
    """Whether the practice rests on that day, and the pauses that are over."""
    running = pauses.running(service, on=as_of)
    over = service.pauses.filter(restarted_on__lte=as_of).order_by("-paused_on")
    return {
        "running": running
        and {"since_on": running.paused_on.isoformat(), "until_on": _iso(running.restart_planned_on)},
        "stopped": service.pk in pauses.stopped([service.pk], on=as_of),
        "over": [{"since_on": _iso(one.paused_on), "until_on": _iso(one.restarted_on)} for one in over],
    }


def _carried(service: Service, as_of: date) -> dict | None:
    """What the last review held left for the next one; of conflicts another chapter tells. None without a review."""
    held = service.reviews.held().filter(closed_at__date__lte=as_of, starts_at__date__lte=as_of)
    last = held.order_by("-starts_at", "-pk").first()
    if last is None:
        return None
    lines = minutes.minutes_of(last).carried
    return {
        "held_on": last.on.isoformat(),
        "looked_at_outcomes": last.looked_at_outcomes,
        "items": [{"title": line.title, "who": line.who, "due_on": line.due_on or None} for line in lines],
    }


def _supports(service: Service, as_of: date) -> list[dict]:
    """Support from outside that nobody has answered yet, and what was given or refused within the last year."""
    asked = service.supports.filter(asked_on__lte=as_of).order_by("-asked_on", "-pk")
    recent = as_of - timedelta(days=SUPPORT_DAYS)
    found = []
    for one in asked:
        open_then = one.answered_on is None or one.answered_on > as_of
        if open_then or one.answered_on > recent:
            answer = Support.Answer.OPEN if open_then else Support.Answer(one.answer)
            found.append(
                {
                    "text": one.wanted,
                    "level": str(one.get_level_display()),
                    "asked_on": one.asked_on.isoformat(),
                    "answer": str(answer.label),
                    "answered_on": None if open_then else one.answered_on.isoformat(),
                }
            )
    return found


def _fundings(service: Service, as_of: date) -> list[dict]:
    """Money and posts that hold on that day, the first to end first."""
    decided = service.fundings.filter(Q(until__isnull=True) | Q(until__gte=as_of), decided_on__lte=as_of)
    ordered = sorted(decided, key=lambda one: (one.until or date.max, one.pk))
    return [
        {"kind": str(one.get_kind_display()), "decided_on": one.decided_on.isoformat(), "until_on": _iso(one.until)}
        for one in ordered
    ]


def _adaptations(service: Service, as_of: date) -> list[dict]:
    """What is done otherwise than in the programme, and why."""
    return [
        {
            "text": one.what,
            "since_on": one.in_use_from.isoformat(),
            "reason": one.reason,
            "evidence": one.evidence,
            "decided_on": _iso(one.decided_on),
            "look_again_on": _iso(one.look_again_on),
            "late": late_since(one.look_again_on, on=as_of) is not None,
        }
        for one in service.adaptations.in_use(as_of).order_by("in_use_from", "pk")
    ]


def _waiting(service: Service, as_of: date) -> list[dict]:
    """The weeks of which entries wait for an answer, the oldest first: counts that everybody knows, no entry."""
    weeks = conflict_weeks.released_weeks([service], as_of, days=conflicts.COUNTED_DAYS)[service.pk]
    return [
        {"week_on": week.released_on.isoformat(), "total": week.total, "waiting": week.total - len(week.answers)}
        for week in weeks
        if week.total > len(week.answers)
    ]


def _agreement(service: Service) -> dict | None:
    """Under what conflicts are logged, and until when that holds."""
    agreement = conflicts.agreement_of(service)
    return agreement and {
        "discussed_on": agreement.discussed_on.isoformat(),
        "discussed_with": agreement.discussed_with,
        "evaluate_on": agreement.evaluate_on.isoformat(),
        "stands_still_on": agreement.pauses_on.isoformat(),
    }


def _promises(service: Service, as_of: date) -> list[dict]:
    """Answers "planned" that are not done: the leader's own words, and the action if there is one.

    Of the entry nothing is told; and of one that not everybody may know of yet, not even this. Days that would tell
    that it carried a name are put to the Monday from which everybody may know of it (quality point F14).
    """
    planned = ConflictAnswer.objects.filter(
        conflict__in=PriorityConflict.objects.known_to_everybody(as_of).filter(service=service),
        state=ConflictAnswer.State.PLANNED,
        answered_on__lte=as_of,
    ).select_related("conflict", "action__owner")
    found = [_promise(one) for one in planned.defer("conflict__note")]
    return sorted(found, key=lambda one: (one["promised_on"], one["text"], one["due_on"] or ""))


def _promise(answer: ConflictAnswer) -> dict:
    action = answer.action
    if action is not None and tells_a_name(action, answer.conflict):
        action = None
    return {
        "text": answer.text or (action.title if action else ""),
        "promised_on": max(answer.answered_on, everybody_from(answer.conflict)).isoformat(),
        "owner": action.owner.name if action and action.owner else "",
        "due_on": _iso(action.due_on) if action else None,
        "done": action is not None and action.closed_on is not None,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
