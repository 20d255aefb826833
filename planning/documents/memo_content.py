"""What a memo to the next level says: gathered once when it is issued, then frozen.

As in a plan everything is plain JSON with the sentences already in the memo's language, days ISO dates under names
that end in `_on`. It takes from the plan of the same day what both say. Its readers are people of another level, so
nothing of a single practitioner comes in here: no entry of the log, no hours by person, and of what was done by whom
only what leaders did.
"""

from datetime import date, time, timedelta

from django.utils import translation

from accounts.models import LEADING_ROLES, Role, Service
from planning.clock import moment
from planning.documents.plan_content import DECISIONS, plan_content
from planning.lateness import late_since
from planning.models import Action, Confirmation, DecisionWanted, Goal, Support
from planning.wording.decisions_wanted import AFTER_THE_PROJECT, WHY
from planning.wording.entries import TEXTS

CONTENT_VERSION = 1
DONE_DAYS = 90  # back from the day of the memo: what the service did itself
REFUSED_DAYS = 365  # for which a refusal is still told

# Entries that nobody in the service can clear without a word from above, in order of consequence.
ONLY_ABOVE = ("no-leader", *DECISIONS)
Subject, Answer = DecisionWanted.Subject, DecisionWanted.Answer
# The entry that the answer to a question bears on: what its wait costs is told there.
BEARS_ON = {
    Subject.PRIORITY: "leader-unbacked",
    Subject.CONTINUE: "undecided-future",
    Subject.MONEY: "money-undecided",
}


def gather(service: Service, as_of: date, language: str) -> dict:
    """Everything a memo of the service says on that day, in `language` ("en" or "nb")."""
    plan = plan_content(service, as_of, language)
    with translation.override(language):
        speaking = {entry["key"]: entry for entry in plan["open"]}
        questions = _questions(service, speaking, as_of)
        spoken_for = {one["entry"] for one in questions}
        undecided = [
            _undecided(speaking[key], as_of) for key in ONLY_ABOVE if key in speaking and key not in spoken_for
        ]
        return {
            "content": CONTENT_VERSION,
            "language": language,
            "as_of_on": plan["as_of_on"],
            "service": plan["service"],
            "leader": plan["leader"],
            "to": _addressees(service, questions, as_of),
            "wanted": sorted([*questions, *undecided], key=lambda one: one["wanted_on"]),
            "promised": _promised(service, as_of),
            "asked_for": _asked_for(service, as_of),
            "done": _done(service, as_of),
            "time": {part: plan["time"][part] for part in ("need", "total", "recorded")},
            "reviews": {part: plan["reviews"][part] for part in ("next_on", "next_time")},
            "study": plan["study"],
        }


def _questions(service: Service, speaking: dict[str, dict], as_of: date) -> list[dict]:
    """The questions to the next level that were open on that day."""
    asked = DecisionWanted.objects.open_on(as_of).filter(service=service).select_related("asked_of", "answered_by")
    return [_question(question, speaking, service, as_of) for question in asked]


def _question(question: DecisionWanted, speaking: dict[str, dict], service: Service, as_of: date) -> dict:
    """One question: of whom, by when, how it stands in the service, and what its wait costs."""
    subject = Subject(question.subject)
    entry = BEARS_ON.get(subject, "")
    asked_of = question.asked_of if question.asked_of and question.asked_of.is_present(as_of) else None
    talk = question.answer == Answer.TALK and question.answered_on <= as_of
    ends_on = service.project_ends_on if subject in AFTER_THE_PROJECT else None
    return {
        "entry": entry,
        "about": str(question.get_subject_display()),
        "text": question.question,
        "proposed": False,
        "asked_of": asked_of.name if asked_of else "",
        "asked_on": question.asked_on.isoformat(),
        "wanted_on": question.wanted_by.isoformat(),
        "late": late_since(question.wanted_by, on=as_of) is not None,
        "talk_on": question.answered_on.isoformat() if talk else None,
        "known": speaking[entry]["headline"] if entry in speaking else "",
        "project_ends_on": ends_on.isoformat() if ends_on else None,
        **(_cost(entry) if entry else {"cost": str(WHY[subject]), "strength": "", "source": ""}),
    }


def _undecided(entry: dict, as_of: date) -> dict:
    """What an entry that speaks needs from above although nobody was asked; by when is the catalogue's proposal."""
    above = str(Role.SPONSOR.label)
    act = next(act for act in entry["acts"] if act["owner"] == above)
    return {
        "entry": entry["key"],
        "about": entry["title"],
        "text": act["text"],
        "proposed": True,
        "asked_of": "",
        "asked_on": None,
        "wanted_on": (as_of + timedelta(days=act["days"])).isoformat(),
        "late": False,
        "talk_on": None,
        "known": entry["headline"],
        "project_ends_on": None,
        **_cost(entry["key"]),
    }


def _cost(key: str) -> dict:
    """What it costs to leave it undecided: as the study or other work found it, how strong that is, and where."""
    text = TEXTS[key]
    return {"cost": str(text.why), "strength": str(text.strength.label), "source": str(text.passage)}


def _addressees(service: Service, questions: list[dict], as_of: date) -> list[str]:
    """Whom the memo is to: those who are asked, else everybody of the next level who is there; none where nobody is."""
    asked = [one["asked_of"] for one in questions if one["asked_of"]]
    there = service.members.present(as_of).filter(role=Role.SPONSOR).order_by("name", "pk")
    return list(dict.fromkeys(asked)) or list(there.values_list("name", flat=True))


def _promised(service: Service, as_of: date) -> list[dict]:
    """What somebody of the next level took on and has not done, past its date."""
    theirs = service.actions.filter(owner__role=Role.SPONSOR, opened_on__lte=as_of).select_related("owner")
    late = [action for action in theirs.order_by("due_on", "pk") if action.is_late(as_of)]
    return [{"text": action.title, "owner": action.owner.name, "due_on": action.due_on.isoformat()} for action in late]


def _asked_for(service: Service, as_of: date) -> list[dict]:
    """What was asked for outside the service and not given: without an answer, or refused within the last year."""
    asked = service.supports.filter(asked_on__lte=as_of).order_by("asked_on", "pk")
    found = []
    for one in asked:
        answered_on = one.answered_on if one.answered_on and one.answered_on <= as_of else None
        refused = answered_on is not None and one.answer == Support.Answer.REFUSED
        if answered_on is None or (refused and as_of - answered_on < timedelta(days=REFUSED_DAYS)):
            found.append(_asked(one.wanted, str(one.get_level_display()), one.asked_on, answered_on))
    return found + [
        _asked(str(Subject.PRIORITY.label), str(Support.Level.NEXT_LEVEL.label), one.asked_on, None)
        for one in _unanswered_confirmations(service, as_of)
    ]


def _asked(text: str, level: str, asked_on: date, refused_on: date | None) -> dict:
    return {
        "text": text,
        "level": level,
        "asked_on": asked_on.isoformat(),
        "refused_on": refused_on.isoformat() if refused_on else None,
    }


def _unanswered_confirmations(service: Service, as_of: date) -> list[Confirmation]:
    """Asked whether IMR is a priority, without a question of its own on the memo, and no word came."""
    asked = service.confirmations.filter(asked_on__lte=as_of, question__isnull=True).order_by("asked_on", "pk")
    return [one for one in asked if one.answered_on is None or one.answered_on > as_of]


def _done(service: Service, as_of: date) -> dict:
    """What the service did itself lately: counts, and by their words only what leaders did and goals that were reached.

    What a practitioner did is counted and not named: a sponsor is told of the service.
    """
    after = as_of - timedelta(days=DONE_DAYS)
    actions = service.actions.filter(state=Action.State.DONE, closed_on__gt=after, closed_on__lte=as_of)
    goals = service.goals.filter(state=Goal.State.REACHED, ended_on__gt=after, ended_on__lte=as_of)
    held = service.reviews.held().filter(
        starts_at__gte=moment(after + timedelta(days=1), time.min),
        closed_at__lt=moment(as_of + timedelta(days=1), time.min),
    )
    led = actions.filter(owner__role__in=LEADING_ROLES)
    named = [(action.closed_on, action.title) for action in led] + [(goal.ended_on, goal.outcome) for goal in goals]
    return {
        "days": DONE_DAYS,
        "actions": actions.count(),
        "reviews": held.count(),
        "goals": len(goals),
        "named": [
            {"text": text, "done_on": day.isoformat()}
            for day, text in sorted(named, key=lambda one: one[0], reverse=True)
        ],
    }
