"""Three memos as frozen content: nothing recorded, a service like the study's F, and the largest there may be."""

import copy
from datetime import date, timedelta

from django.utils import translation

from accounts.models import Role
from planning.documents.memo_content import BEARS_ON, ONLY_ABOVE, Subject
from planning.models import Support
from planning.wording.entries import STUDY_CITATION, STUDY_LIMITS, TEXTS
from tests.planning import plan_samples
from tests.planning.plan_samples import AS_OF, long_text

WORDS = {
    "en": {
        "continue": "May IMR go on after the project, with the people it has?",
        "money": "Will the half post be paid for another year?",
        "other": "May Tuesdays be kept free of other meetings?",
        "known": "The project ends on 31 March 2027, and nothing is decided after it.",
        "promise": "Ask the municipality for a room for the group",
        "room": "A room for the group on Tuesdays",
        "done": "Went through the rota with the day team",
    },
    "nb": {
        "continue": "Kan IMR gå videre etter prosjektet, med de folkene vi har?",
        "money": "Blir den halve stillingen betalt ett år til?",
        "other": "Kan tirsdagene holdes fri for andre møter?",
        "known": "Prosjektet er slutt 31. mars 2027, og ingenting er bestemt for tiden etter.",
        "promise": "Spørre kommunen om et rom i nærheten",
        "room": "Et rom til gruppen på tirsdager",
        "done": "Gikk gjennom turnusen med dagteamet",
    },
}


def empty(language: str = "en") -> dict:
    """A service of which nothing is recorded, as a draft."""
    plan = plan_samples.empty(language)
    return {
        "content": 1,
        **{part: plan[part] for part in ("language", "as_of_on", "issue", "service", "leader")},
        "to": [],
        "wanted": [],
        "promised": [],
        "asked_for": [],
        "done": {"days": 90, "actions": 0, "reviews": 0, "goals": 0, "named": []},
        "time": {part: plan["time"][part] for part in ("need", "total", "recorded")},
        "reviews": {"next_on": None, "next_time": ""},
        "study": {"citation": str(STUDY_CITATION), "limits": str(STUDY_LIMITS)},
    }


def typical(language: str = "en") -> dict:
    """Two questions, one of them late; something undecided that nobody asked about; a promise that is late."""
    plan, words = plan_samples.typical(language), WORDS[language]
    with translation.override(language):
        return {
            **empty(language),
            **{part: plan[part] for part in ("service", "leader")},
            "issue": {**plan["issue"], "number": 3, "verify": plan["issue"]["verify"].replace("plan/4", "memo/3")},
            "to": ["Anna Berg"],
            "wanted": [
                question(Subject.OTHER, words["other"], language, days=-9),
                question(Subject.CONTINUE, words["continue"], language, days=25),
                undecided("expansion-without-plan", language),
            ],
            "promised": [promise(words["promise"], "Anna Berg", days=-31)],
            "asked_for": [asked(words["room"], Support.Level.MUNICIPALITY, days=-60)],
            "done": {
                "days": 90,
                "actions": 5,
                "reviews": 2,
                "goals": 1,
                "named": [{"text": words["done"], "done_on": "2026-11-12"}],
            },
            "time": {part: plan["time"][part] for part in ("need", "total", "recorded")},
            "reviews": {part: plan["reviews"][part] for part in ("next_on", "next_time")},
        }


def largest(language: str = "en") -> dict:
    """Thirty questions, thirty promises and thirty refusals, with the longest texts that the fields take."""
    plan, words = plan_samples.largest(language), WORDS[language]
    content = copy.deepcopy(typical(language))
    name = long_text("Marie-Therese Bjørnstad Sæther ", 100)
    content["service"] = plan["service"]
    content["issue"] = {**plan["issue"], "verify": plan["issue"]["verify"].replace("/plan/", "/memo/")}
    content["to"] = [f"{name[:97]} {number:2}" for number in range(30)]
    with translation.override(language):
        content["wanted"] = [
            {**question(subject, long_text(words["continue"], 300), language, days=days), "asked_of": name}
            for days, subject in enumerate(list(Subject) * 6, start=-20)
        ] + [undecided(key, language) for key in ONLY_ABOVE]
        for one in content["wanted"]:
            one["known"] = long_text(words["known"], 300)
        content["promised"] = [promise(long_text(words["promise"], 200), name, days=-60 + n) for n in range(30)]
        content["asked_for"] = [
            asked(long_text(words["room"], 200), list(Support.Level)[n % 5], days=-90 + n, refused=n % 2 == 0)
            for n in range(30)
        ]
    content["done"] = {
        "days": 90,
        "actions": 112,
        "reviews": 12,
        "goals": 30,
        "named": [{"text": long_text(words["done"], 200), "done_on": "2026-11-12"} for _ in range(100)],
    }
    content["time"]["total"] = "688.75"
    return content


SAMPLES = {"empty": empty, "typical": typical, "largest": largest}


def question(subject: Subject, text: str, language: str, *, days: int) -> dict:
    """A question to the next level, wanted so many days after the day of the record."""
    key = BEARS_ON.get(subject, "")
    project = "2027-03-31" if subject in (Subject.CONTINUE, Subject.MONEY) else None
    return {
        "entry": key,
        "about": str(subject.label),
        "text": text,
        "proposed": False,
        "asked_of": "Anna Berg",
        "asked_on": "2026-10-20",
        "wanted_on": (AS_OF + timedelta(days=days)).isoformat(),
        "late": days < 0,
        "talk_on": "2026-11-02" if days < 0 else None,
        "known": WORDS[language]["known"] if key else "",
        "project_ends_on": project,
        **cost(key),
    }


def undecided(key: str, language: str) -> dict:
    """What an entry needs from above although nobody was asked."""
    act = next(act for act in TEXTS[key].acts if act.owner_role == Role.SPONSOR)
    return {
        **question(Subject.OTHER, str(act.text), language, days=act.days),
        "entry": key,
        "about": str(TEXTS[key].title),
        "proposed": True,
        "asked_of": "",
        "asked_on": None,
        "known": WORDS[language]["known"],
        **cost(key),
    }


def cost(key: str) -> dict:
    """What the wait costs, by the catalogue's own words."""
    if not key:
        return {"cost": "", "strength": "", "source": ""}
    text = TEXTS[key]
    return {"cost": str(text.why), "strength": str(text.strength.label), "source": str(text.passage)}


def promise(text: str, owner: str, *, days: int) -> dict:
    """Something that somebody of the next level took on."""
    return {"text": text, "owner": owner, "due_on": day(days)}


def asked(text: str, level: Support.Level, *, days: int, refused: bool = False) -> dict:
    """Something that was asked for outside the service and not given."""
    return {
        "text": text,
        "level": str(level.label),
        "asked_on": day(days),
        "refused_on": day(days + 20) if refused else None,
    }


def day(days: int) -> str:
    """So many days after the day of the record."""
    on: date = AS_OF + timedelta(days=days)
    return on.isoformat()
