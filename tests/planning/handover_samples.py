"""Three handover packs as frozen content: nothing recorded, a service like the study's F, the largest there may be."""

import copy
from datetime import timedelta

from django.utils import translation

from accounts.models import Member, Role
from planning.documents import handover_first_days
from planning.models import Decision, Funding, Support, Work
from tests.planning import plan_samples
from tests.planning.plan_samples import AS_OF, long_text

WORDS = {
    "en": {
        "expected": "Each of us leads a group or sees two patients, and prepares in working hours.",
        "decision": "IMR goes on with two groups",
        "question": "Will the half post be paid for another year?",
        "promise": "We swap with the day team on Tuesdays",
        "topic": "How we tell new colleagues about IMR",
        "support": "A room for the group on Tuesdays",
        "adaptation": "Home assignments are done in the session",
        "reason": "Few have the calm for it at home.",
        "rhythm": ("Fidelity visit", "Patient outcomes, a round", "Supervision in IMR", "Survey of the staff"),
        "with": "The employees' representative",
    },
    "nb": {
        "expected": "Hver av oss leder en gruppe eller har to pasienter, og forbereder seg i arbeidstiden.",
        "decision": "IMR går videre med to grupper",
        "question": "Blir den halve stillingen betalt ett år til?",
        "promise": "Vi bytter med dagteamet på tirsdager",
        "topic": "Hvordan vi forteller nye kolleger om IMR",
        "support": "Et rom til gruppen på tirsdager",
        "adaptation": "Hjemmeoppgaver gjøres i timen",
        "reason": "Få har ro til det hjemme.",
        "rhythm": (
            "Fidelitetsbesøk",
            "Pasientutfall, en runde",
            "Veiledning i IMR",
            "Spørreundersøkelse blant de ansatte",
        ),
        "with": "Tillitsvalgt",
    },
}


def empty(language: str = "en") -> dict:
    """A service of which nothing is recorded, as a draft."""
    plan = plan_samples.empty(language)
    with translation.override(language):
        content = {
            "content": 1,
            **{
                part: plan[part]
                for part in (
                    "language", "as_of_on", "catalogue", "issue", "service", "leader", "vision", "open", "accepted",
                    "unknown", "actions", "actions_left_out", "goals", "conflicts", "study",
                )
            },
            "time": {part: plan["time"][part] for part in ("kinds", "need", "total", "recorded")},
            "set_aside": [],
            "people": {"leading": [], "practitioners": [], "beside": [], "left_open": []},
            "looked_at_on": None,
            "expectation": None,
            "decisions": [],
            "wanted": [],
            "pauses": {"running": None, "stopped": False, "over": []},
            "reviews": {**plan["reviews"], "carried": None},
            "supports": [],
            "fundings": [],
            "adaptations": [],
            "rhythm": [recurring(what, None, 0) for what in WORDS[language]["rhythm"]],
            "waiting": [],
            "agreement": None,
            "promises": [],
        }  # fmt: skip
        return {**content, "first_days": handover_first_days.steps(content)}


def typical(language: str = "en") -> dict:
    """A leader who leaves in the new year, with somebody who takes over, and a little of everything."""
    plan, words = plan_samples.typical(language), WORDS[language]
    with translation.override(language):
        content = {
            **empty(language),
            **{
                part: plan[part]
                for part in ("service", "leader", "vision", "open", "accepted", "actions", "goals", "conflicts")
            },
            "issue": {**plan["issue"], "number": 1, "verify": plan["issue"]["verify"].replace("plan/4", "handover/1")},
            "time": {part: plan["time"][part] for part in ("kinds", "need", "total", "recorded")},
            "set_aside": [hours("Åse Bjørnstad", until=60), hours("Øyvind Sæther", until=None)],
            "people": {
                "leading": [
                    person("Åse Bjørnstad", Role.LEADER, leaves_on=day(72), successor="Kari Nes"),
                    person("Kari Nes", Role.STAND_IN),
                ],
                "practitioners": [
                    person("Øyvind Sæther", Role.PRACTITIONER, trained_on="2024-03-01", supervises=True),
                    person("Per Dahl", Role.PRACTITIONER, leaves_on=day(40)),
                    person("Asta Ro", Role.PRACTITIONER, away_from_on=day(-20), away_until_on=day(30)),
                ],
                "beside": [person("Anna Berg", Role.SPONSOR), person("Odd Vang", Role.ADVISER)],
                "left_open": [left("Berit Moe")],
            },
            "looked_at_on": "2026-09-08",
            "expectation": {
                "text": words["expected"],
                "version": 2,
                "published_on": "2026-05-04",
                "concerned": 3,
                "noted": 2,
            },
            "decisions": [decision(words["decision"], Decision.Kind.CONTINUE, look_again=30)],
            "wanted": [question(words["question"], days=-9), question(words["question"], days=12)],
            "pauses": {"running": None, "stopped": False, "over": [{"since_on": day(-300), "until_on": day(-280)}]},
            "reviews": {**plan["reviews"], "carried": carried(words, 2)},
            "supports": [
                support(words["support"], Support.Answer.OPEN),
                support(words["support"], Support.Answer.AGREED),
            ],
            "fundings": [funding(until=45), funding(until=None)],
            "adaptations": [adaptation(words)],
            "rhythm": [
                recurring(words["rhythm"][0], -37, 340),
                recurring(words["rhythm"][1], -200, -80),
                recurring(words["rhythm"][2], -9, 51),
                recurring(words["rhythm"][3], None, None),
            ],
            "waiting": [waiting(-18, 3, 2), waiting(-4, 2, 2)],
            "agreement": {
                "discussed_on": "2026-02-02",
                "discussed_with": words["with"],
                "evaluate_on": day(50),
                "stands_still_on": day(110),
            },
            "promises": [promise(words["promise"], owner="Åse Bjørnstad", due=12), promise(words["promise"])],
        }
        return {**content, "first_days": handover_first_days.steps(content)}


def largest(language: str = "en") -> dict:
    """30 members, 50 flags, 100 actions, the longest texts that the fields take."""
    plan, words = plan_samples.largest(language), WORDS[language]
    content = copy.deepcopy(typical(language))
    name = long_text("Marie-Therese Bjørnstad Sæther ", 100)
    content |= {
        part: plan[part] for part in ("service", "vision", "open", "accepted", "actions", "actions_left_out", "goals")
    }
    content["issue"] = {**plan["issue"], "verify": plan["issue"]["verify"].replace("/plan/", "/handover/")}
    content["leader"] = name
    content["expectation"]["text"] = long_text(words["expected"] + "\n", 2000)
    with translation.override(language):
        content["people"] = {
            "leading": [person(name, Role.LEADER, leaves_on=day(20), successor=name), person(name, Role.STAND_IN)],
            "practitioners": [
                person(name, Role.PRACTITIONER, leaves_on=day(20 + n), successor=name, trained_on="2024-03-01")
                for n in range(24)
            ],
            "beside": [person(name, Role.SPONSOR)] * 4,
            "left_open": [left(name)] * 6,
        }
        content["set_aside"] = [hours(name, until=30) for _ in range(30)]
        content["decisions"] = [
            decision(long_text(words["decision"], 300), kind, look_again=-9) for kind in Decision.Kind
        ]
        content["wanted"] = [question(long_text(words["question"], 300), days=n, asked_of=name) for n in range(-9, 11)]
        content["reviews"]["carried"] = carried({"topic": long_text(words["topic"], 200)}, 20)
        content["supports"] = [support(long_text(words["support"], 200), answer) for answer in list(Support.Answer) * 6]
        content["adaptations"] = [
            adaptation(
                {**words, "adaptation": long_text(words["adaptation"], 200), "reason": long_text(words["reason"], 300)}
            )
        ] * 6
        content["waiting"] = [waiting(-7 * n, 40, 39) for n in range(12, 0, -1)]
        content["promises"] = [promise(long_text(words["promise"], 300), owner=name, due=n) for n in range(20)]
        content["agreement"]["discussed_with"] = long_text(words["with"], 200)
        return {**content, "first_days": handover_first_days.steps(content)}


SAMPLES = {"empty": empty, "typical": typical, "largest": largest}


def day(days: int) -> str:
    """So many days after the day of the record."""
    return (AS_OF + timedelta(days=days)).isoformat()


def person(name: str, role: Role, **fields) -> dict:
    """Somebody of the service."""
    return {
        "name": name,
        "role": str(role.label),
        "discipline": str(Member.Discipline.NURSING.label) if role == Role.PRACTITIONER else "",
        "since_on": "2023-08-01",
        "trained_on": None,
        "supervises": False,
        "stopped_on": None,
        "away_from_on": None,
        "away_until_on": None,
        "leaves_on": None,
        "successor": "",
        "told_on": None,
        **fields,
    }


def left(name: str) -> dict:
    """Somebody who left without having handed over."""
    return {"name": name, "role": str(Role.PRACTITIONER.label), "left_on": day(-80), "successor": ""}


def hours(name: str, *, until: int | None) -> dict:
    """Hours a week that somebody was promised."""
    until_on = None if until is None else day(until)
    return {
        "name": name,
        "hours": [
            {"work": str(work.label), "hours": "1.5", "from_on": None, "until_on": until_on}
            for work in (Work.SESSION, Work.PREPARATION)
        ],
    }


def decision(text: str, kind: Decision.Kind, *, look_again: int) -> dict:
    """A decision that holds."""
    return {
        "kind": str(kind.label),
        "text": text,
        "decided_on": "2026-06-15",
        "decided_by": str(Decision.DecidedBy.TOGETHER.label),
        "basis": str(Decision.Basis.OUTCOMES.label),
        "patients": "12",
        "look_again_on": day(look_again),
        "late": look_again < 0,
    }


def question(text: str, *, days: int, asked_of: str = "Anna Berg") -> dict:
    """Something that the next level was asked."""
    return {"text": text, "asked_of": asked_of, "asked_on": "2026-10-20", "wanted_on": day(days), "late": days < 0}


def carried(words: dict, count: int) -> dict:
    """What the last review left."""
    items = [{"title": words["topic"], "who": "Per Dahl", "due_on": day(9)}] * count
    return {"held_on": "2026-10-20", "looked_at_outcomes": False, "items": items}


def support(text: str, answer: Support.Answer) -> dict:
    """Support that was asked for."""
    return {
        "text": text,
        "level": str(Support.Level.MUNICIPALITY.label),
        "asked_on": day(-60),
        "answer": str(answer.label),
        "answered_on": None if answer == Support.Answer.OPEN else day(-30),
    }


def funding(*, until: int | None) -> dict:
    """Money that was decided."""
    return {
        "kind": str(Funding.Kind.MONEY.label),
        "decided_on": "2025-12-01",
        "until_on": None if until is None else day(until),
    }


def adaptation(words: dict) -> dict:
    """Something done otherwise than in the programme."""
    return {
        "text": words["adaptation"],
        "since_on": "2026-01-10",
        "reason": words["reason"],
        "evidence": "",
        "decided_on": "2026-01-10",
        "look_again_on": day(-40),
        "late": True,
    }


def recurring(what: str, last: int | None, due: int | None) -> dict:
    """Something that comes up again and again."""
    return {
        "what": what,
        "last_on": None if last is None else day(last),
        "next_on": None if due is None else day(due),
        "planned": due == 340,
        "overdue": due is not None and (due < 0 or last is None),
    }


def waiting(days: int, total: int, without: int) -> dict:
    """A week of which entries wait for an answer."""
    return {"week_on": day(days), "total": total, "waiting": without}


def promise(text: str, *, owner: str = "", due: int | None = None) -> dict:
    """An answer that says "planned"."""
    due_on = None if due is None else day(due)
    return {"text": text, "promised_on": day(-11), "owner": owner, "due_on": due_on, "done": False}
