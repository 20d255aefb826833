"""What an action plan says: gathered once when it is issued, then frozen.

Everything is plain JSON with the sentences already in the plan's language, so that an old plan keeps
its words when ours change. Days are ISO dates under names that end in `_on`, figures are strings with
a point; the template writes both as its language does. No conflict note, no hours of a single person
and no minutes of a meeting ever come in here.
"""

from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Manager, Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import LEADING_ROLES, Role, Service
from planning import reviews, visions
from planning.clock import moment
from planning.documents import plan_results, plan_time
from planning.documents.plan_time import plain
from planning.lateness import late_since
from planning.leadership_acts import ACT_DAYS
from planning.models import Action, Behaviour, DecisionWanted, Goal, Review
from planning.origins import origin_of, with_origins
from planning.risks import CATALOGUE_VERSION
from planning.risks.answer import Reason, Status
from planning.standing import ShownEntry, Standing, by_consequence, standing
from planning.wording.entries import STUDY_CITATION, STUDY_DOI, STUDY_LIMITS

CONTENT_VERSION = 2  # since 2 goals, actions and what matters bear names that stay
MATTERS = 5  # things that matter on page 1
MAX_ACTIONS = 100  # quality point P09; the document says how many it leaves out
CHECK_INS_SHOWN = 3
REVIEWS_SHOWN = 6
REACHED_DAYS = 365
OPEN = (Status.FLAGGED, Status.WATCH)

# Entries that somebody above or beside the service has to decide: where one speaks and nobody was asked yet, a decision
# is wanted all the same.
DECISIONS = ("undecided-future", "money-undecided", "expansion-without-plan", "leader-unbacked")


def plan_content(service: Service, as_of: date, language: str) -> dict:
    """Everything an action plan of the service says on that day, in `language` ("en" or "nb").

    Who issues it, when and under which number is added by `planning.documents.issuing`.
    """
    with translation.override(language):
        stands = standing(service, as_of)
        actions = _open_actions(service, as_of)
        entries = [_entry(entry, actions) for entry in by_consequence(stands.entries)]
        known = {entry["key"]: entry for entry in entries}
        accepted = [_accepted(entry) for entry in stands.accepted]
        lived_with = {entry["key"] for entry in accepted}
        shown_open = [entry for entry in entries if entry["status"] in OPEN and entry["key"] not in lived_with]
        goals = _goals(service, as_of)
        matters = _matters(shown_open, actions, goals["active"], as_of)
        return {
            "content": CONTENT_VERSION,
            "language": language,
            "as_of_on": as_of.isoformat(),
            "catalogue": CATALOGUE_VERSION,
            "service": {
                "key": service.key,
                "name": service.name,
                "practice": service.practice,
                "setting": service.get_setting_display() if service.setting else "",
                "described": service.described,
            },
            "leader": leader_in_post(service, as_of),
            "vision": _vision(service, as_of),
            "themes": _themes(stands),
            "matters": matters[:MATTERS],
            "matters_left_out": max(0, len(matters) - MATTERS),
            "decision": _question(service, as_of) or _decision(shown_open),
            "open": shown_open,
            "accepted": accepted,
            "strengths": [entry for entry in entries if entry["status"] == Status.CLEAR],
            "unknown": [known[entry.key] for entry in stands.unknown],
            "not_applicable": [
                str(entry.title) for entry in stands.entries if entry.answer.reason is Reason.NOT_APPLICABLE
            ],
            "actions": actions[:MAX_ACTIONS],
            "actions_left_out": max(0, len(actions) - MAX_ACTIONS),
            "leader_acts": _leader_acts(service, as_of),
            "goals": goals,
            "time": plan_time.hours(service, stands.snapshot),
            "conflicts": plan_time.displaced(service, as_of),
            "reviews": _reviews(service, as_of),
            "fidelity": _fidelity(service, as_of),
            "assessments": plan_results.other_results(service, as_of),
            "study": {"citation": str(STUDY_CITATION), "limits": str(STUDY_LIMITS)},
            "other_sources": _other_sources(stands),
        }


def figure(total: Decimal) -> str:
    """A fidelity total with two decimals, half up; three where two would put it into another band.

    Bands are decided on the unrounded value: 3.996 is not yet 4.
    """
    two = total.quantize(Decimal("0.01"), ROUND_HALF_UP)
    crosses = any((total < limit) != (two < limit) for limit in (Decimal(3), Decimal(4)))
    return str(total.quantize(Decimal("0.001"), ROUND_HALF_UP) if crosses else two)


def leader_in_post(service: Service, as_of: date) -> str:
    """The name of the leader in post, else of the stand-in; empty when there is neither."""
    people = [
        member
        for member in service.members.of_record().present(as_of).order_by("pk")
        if member.started_on is None or member.started_on <= as_of
    ]
    for role in (Role.LEADER, Role.STAND_IN):
        for member in people:
            if member.role == role:
                return member.name
    return ""


def _vision(service: Service, as_of: date) -> dict | None:
    """The vision in force."""
    vision = visions.in_force(service, on=as_of)
    if vision is None:
        return None
    return {
        "text": vision.text,
        "version": vision.version,
        "horizon_on": vision.horizon_on.isoformat(),
        "published_on": vision.published_on.isoformat(),
    }


def _themes(stands: Standing) -> list[dict]:
    """The five themes with how many entries are in each state; what does not apply is not counted."""
    themes = []
    for theme in stands.themes:
        counted = dict(theme.states)
        asked = [entry for entry in theme.unknown if entry.answer.reason is not Reason.NOT_APPLICABLE]
        counted[Status.UNKNOWN] = len(asked)
        themes.append(
            {
                "number": theme.number,
                "name": str(theme.name),
                "states": [{"status": status.value, "count": count} for status, count in counted.items() if count],
                "accepted": len(theme.accepted),  # of those that are flagged or to watch
            }
        )
    return themes


def _open_actions(service: Service, as_of: date) -> list[dict]:
    """What was open on that day: the earliest date first, those without a date last."""
    names = _names(service.actions)
    opened = [
        action
        for action in with_origins(service.actions.filter(opened_on__lte=as_of))
        if action.closed_on is None or action.closed_on > as_of
    ]
    return [
        {
            "ref": names[action.pk],
            "title": action.title,
            "owner": action.owner.name if action.owner else "",
            "due_on": action.due_on.isoformat() if action.due_on else None,
            "late": action.is_late(as_of),
            "entry": action.entry,
            "origin": origin_of(action, on=as_of, document=True).text,
        }
        for action in sorted(opened, key=lambda action: (action.due_on or date.max, action.pk))
    ]


def _names(rows: Manager) -> dict[int, str]:
    """What each row is called in every plan, so that it is known again in the next one: its place among all there were.

    It says nothing of when, and is the same in a copy that was brought in from a dossier.
    """
    return {pk: str(place) for place, pk in enumerate(rows.order_by("pk").values_list("pk", flat=True), start=1)}


def _leader_acts(service: Service, as_of: date) -> dict:
    """The dated acts by which the service is led: what leaders did for the practice lately, the latest first."""
    names = _names(service.actions)
    tagged = service.actions.exclude(behaviour="").filter(state=Action.State.DONE, owner__role__in=LEADING_ROLES)
    done = tagged.filter(closed_on__gt=as_of - timedelta(days=ACT_DAYS), closed_on__lte=as_of)
    return {
        "days": ACT_DAYS,
        "done": [
            {
                "ref": names[action.pk],
                "title": action.title,
                "owner": action.owner.name,
                "behaviour": str(Behaviour(action.behaviour).label),
                "done_on": action.closed_on.isoformat(),
            }
            for action in done.select_related("owner").order_by("-closed_on", "pk")
        ],
    }


def _entry(entry: ShownEntry, actions: list[dict]) -> dict:
    """One entry of the catalogue in full: what is said of it, on what grounds, and what is under way."""
    text = entry.text
    headline = entry.headline_evidence
    return {
        "key": entry.key,
        "theme": entry.theme,
        "theme_name": str(entry.theme_name),
        "status": entry.status.value,
        "since_on": entry.since.isoformat() if entry.since else None,
        "reason": str(entry.reason_sentence),
        "title": str(entry.title),
        "headline": str(headline.sentence) if headline else "",
        "evidence": [
            {"kind": one.kind, "kind_label": str(one.kind_label), "text": str(one.sentence)} for one in entry.evidence
        ],
        "why": str(text.why),
        "sources": [str(source) for source in (text.passage, *text.others)],
        "strength": str(text.strength.label),
        "limits": str(text.limits),
        "rule": str(entry.rule),
        "clears": str(text.clears),
        "record": str(text.record),
        "acts": [
            {"text": str(act.text), "owner": str(Role(act.owner_role).label), "days": act.days} for act in text.acts
        ],
        "actions": [action for action in actions if action["entry"] == entry.key],
    }


def _accepted(entry: ShownEntry) -> dict:
    """What a leader lives with for a time: with the reason, by whom, from when and until when (quality point P02)."""
    headline = entry.headline_evidence
    return {
        "key": entry.key,
        "status": entry.status.value,
        "title": str(entry.title),
        "headline": str(headline.sentence) if headline else "",
        "reason": entry.accepted.reason,
        "by": entry.accepted.by.name if entry.accepted.by else "",
        "accepted_on": entry.accepted.accepted_on.isoformat(),
        "until_on": entry.accepted.until.isoformat(),
    }


def _matters(shown_open: list[dict], actions: list[dict], goals: list[dict], as_of: date) -> list[dict]:
    """What matters, in order: flags, watches, late actions that belong to neither, goals past their date.

    An entry without an action of its own gets the catalogue's first act as a suggestion, and says so.
    """
    matters = []
    for entry in shown_open:
        if entry["actions"]:
            done_by = {**entry["actions"][0], "suggested": False}
        else:
            act = entry["acts"][0]
            due_on = (as_of + timedelta(days=act["days"])).isoformat()
            done_by = {"title": act["text"], "owner": act["owner"], "due_on": due_on, "late": False, "suggested": True}
        matters.append(_matter(f"entry:{entry['key']}", entry["status"], entry["title"], entry["headline"], done_by))
    spoken_for = {entry["key"] for entry in shown_open}
    for action in actions:
        if action["late"] and action["entry"] not in spoken_for:
            done_by = {**action, "title": "", "suggested": False}
            matters.append(_matter(f"action:{action['ref']}", "action", action["title"], "", done_by))
    for goal in goals:
        if goal["overdue"]:
            done_by = {"title": "", "owner": goal["owner"], "due_on": goal["due_on"], "late": True, "suggested": False}
            matters.append(_matter(f"goal:{goal['ref']}", "goal", goal["outcome"], "", done_by))
    return matters


def _matter(ref: str, kind: str, title: str, evidence: str, done_by: dict) -> dict:
    """One thing that matters: what, why we know, what is done about it, by whom, by when."""
    return {
        "ref": ref,
        "kind": kind,
        "title": title,
        "evidence": evidence,
        "act": done_by["title"],
        "owner": done_by["owner"],
        "due_on": done_by["due_on"],
        "late": done_by["late"],
        "suggested": done_by["suggested"],
    }


def _question(service: Service, as_of: date) -> dict | None:
    """The question to the next level that was open on that day and is wanted first; None without one.

    `owner`: who was asked, as it is them that the decision is wanted of; when they have left, whoever is there.
    """
    question = DecisionWanted.objects.open_on(as_of).filter(service=service).select_related("asked_of").first()
    if question is None:
        return None
    asked_of = question.asked_of
    there = asked_of is not None and (asked_of.leaves_on is None or asked_of.leaves_on >= as_of)
    return {
        "entry": "",
        "about": str(question.get_subject_display()),
        "text": question.question,
        "owner": asked_of.name if there else gettext("the next level"),
        "due_on": question.wanted_by.isoformat(),
    }


def _decision(shown_open: list[dict]) -> dict | None:
    """What is undecided although nobody was asked: by an entry that speaks; None when none does.

    What somebody does about the entry is their action and no decision of somebody else's, so it names nobody.
    """
    waiting = {entry["key"]: entry for entry in shown_open}
    for key in DECISIONS:
        if key in waiting:
            return {"entry": key, "about": waiting[key]["title"], "text": "", "owner": "", "due_on": None}
    return None


def _goals(service: Service, as_of: date) -> dict[str, list[dict]]:
    """The goals that were active on that day, and those reached in the year before it."""
    stated = (
        service.goals.exclude(state=Goal.State.DRAFT)
        .filter(stated_on__lte=as_of)
        .select_related("owner")
        .prefetch_related("check_ins")
    )
    names = _names(service.goals)
    active = [goal for goal in stated if goal.ended_on is None or goal.ended_on > as_of]
    reached = [
        goal
        for goal in stated
        if goal.state == Goal.State.REACHED
        and goal.ended_on
        and as_of - timedelta(days=REACHED_DAYS) < goal.ended_on <= as_of
    ]
    return {
        "active": [
            {"ref": names[goal.pk]} | _goal(goal, as_of)
            for goal in sorted(active, key=lambda goal: (goal.due_on or date.max, goal.pk))
        ],
        "reached": [
            {"ref": names[goal.pk], "outcome": goal.outcome, "ended_on": goal.ended_on.isoformat()}
            for goal in sorted(reached, key=lambda goal: (goal.ended_on, goal.pk), reverse=True)
        ],
    }


def _goal(goal: Goal, as_of: date) -> dict:
    """One goal with how it goes, the latest check-in first."""
    known = [one for one in goal.check_ins.all() if one.on <= as_of]
    check_ins = sorted(known, key=lambda one: (one.on, one.pk), reverse=True)
    return {
        "outcome": goal.outcome,
        "measures": [measure for measure in (goal.doing_measure, goal.result_measure) if measure],
        "baseline": goal.baseline,
        "target": goal.target,
        "owner": goal.owner.name if goal.owner else "",
        "due_on": goal.due_on.isoformat() if goal.due_on else None,
        "overdue": late_since(goal.due_on, on=as_of) is not None,
        "first_step": goal.first_step,
        "if_obstacle": goal.if_obstacle,
        "then_plan": goal.then_plan,
        "check_ins": [
            {
                "checked_on": one.on.isoformat(),
                "progress": one.get_progress_display(),
                "value": plain(one.value) if one.value is not None else "",
                "note": one.note,
            }
            for one in check_ins[:CHECK_INS_SHOWN]
        ],
    }


def _reviews(service: Service, as_of: date) -> dict:
    """The reviews held up to that day, the latest first, and the next one. No minutes."""
    start, end = moment(as_of, time.min), moment(as_of + timedelta(days=1), time.min)
    held = (
        service.reviews.held()
        .filter(starts_at__lt=end, closed_at__lt=end)
        .annotate(attended=Count("attendees"))
        .order_by("-starts_at", "-pk")
    )
    ahead = (
        service.reviews.exclude(state=Review.State.CANCELLED)
        .filter(Q(closed_at__isnull=True) | Q(closed_at__gte=end), starts_at__gte=start)
        .order_by("starts_at", "pk")
        .first()
    )
    series = reviews.running_series(service)
    return {
        "held": [{"held_on": review.on.isoformat(), "attended": review.attended} for review in held[:REVIEWS_SHOWN]],
        "rhythm": str(reviews.rhythm_label(series)) if series else "",
        "next_on": ahead.on.isoformat() if ahead else None,
        "next_time": f"{timezone.localtime(ahead.starts_at):%H:%M}" if ahead else "",
    }


def _fidelity(service: Service, as_of: date) -> list[dict]:
    """The ratings on the IMR Fidelity Scale, the latest first."""
    ratings = service.fidelity_ratings.filter(rated_on__lte=as_of).order_by("-rated_on")
    return [{"rated_on": rating.rated_on.isoformat(), "figure": figure(rating.total)} for rating in ratings]


def _other_sources(stands: Standing) -> list[str]:
    """What the open entries rest on besides the study, each once, with its doi."""
    sources = {
        f"{source.name}, doi {source.doi}"
        for entry in stands.entries
        if entry.status in OPEN
        for source in (entry.text.passage, *entry.text.others)
        if source.doi != STUDY_DOI
    }
    return sorted(sources)
