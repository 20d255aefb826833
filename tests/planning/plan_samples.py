"""Three plans as frozen content: nothing recorded, a service like the study's F, and the largest there may be."""

import copy
from datetime import date, timedelta

from django.utils import translation

from accounts.models import Role
from planning.models import Behaviour, Work
from planning.wording.entries import STUDY_CITATION, STUDY_LIMITS, TEXTS
from planning.wording.leader_acts import BANK

AS_OF = date(2026, 11, 20)
OUTCOMES = (("2026-09-01", "3.61"), ("2026-06-01", "3.4"), ("2026-03-02", "3.52"))
MEMBERS = 30  # of the largest service

WORDS = {
    "en": {
        "themes": (
            "Priorities",
            "Leader engagement",
            "Long-term priorities",
            "Patient reception",
            "Fidelity in its place",
        ),
        "kinds": {"measured": "Measured", "reported": "Reported", "group": "Reported of a group"},
        "evidence": "In October, 2 of 3 people prepared at home; 1.5 hours a week fell in their own time.",
        "rule": "Flagged when 3 or more priority conflicts became known in 30 days; watch from 2.",
        "vision": "In December 2027 everyone in the municipality who can use IMR is asked within a month, and "
        "colleagues know why two of us are away on Tuesdays. "
        "We know how it goes because we look at the figures together.",
        "action": "Put preparation in the rota from week 48",
        "goal": "Two new groups have started by the summer",
        "progress": "Slower than planned",
        "rhythm": "Every sixth week",
        "reason": "Short of staff",
        "accepted": "A new colleague comes in April and is trained by then.",
        "setting": "Primary care",
    },
    "nb": {
        "themes": (
            "Prioritering",
            "Lederens engasjement",
            "Langsiktige prioriteringer",
            "Pasientenes mottakelse",
            "Fidelitet på sin plass",
        ),
        "kinds": {"measured": "Målt", "reported": "Meldt", "group": "Meldt om en gruppe"},
        "evidence": "I oktober forberedte 2 av 3 seg hjemme; 1,5 timer i uka falt på fritiden.",
        "rule": "Varsel når tre eller flere prioriteringskonflikter ble kjent på 30 dager; følg med fra to.",
        "vision": "I desember 2027 får alle i kommunen som kan ha nytte av IMR, spørsmål innen en måned, og "
        "kollegene vet hvorfor to av oss er borte på tirsdager. "
        "Vi vet hvordan det går, fordi vi ser på tallene sammen.",
        "action": "Før opp forberedelse i turnusen fra uke 48",
        "goal": "To nye grupper er i gang før sommeren",
        "progress": "Går saktere enn planlagt",
        "rhythm": "Hver sjette uke",
        "reason": "For få på jobb",
        "accepted": "En ny kollega kommer i april og har opplæringen da.",
        "setting": "Kommunehelsetjenesten",
    },
}


def empty(language: str = "en") -> dict:
    """A service of which nothing is recorded, as a draft."""
    with translation.override(language):
        words = WORDS[language]
        return {
            "content": 2,
            "language": language,
            "as_of_on": AS_OF.isoformat(),
            "catalogue": "1.0",
            "issue": {"number": None, "issued_on": "2026-11-22", "owner": "", "verify": ""},
            "service": {"key": "ny", "name": "Ny tjeneste", "practice": "IMR", "setting": "", "described": False},
            "leader": "",
            "vision": None,
            "themes": [
                {"number": number, "name": name, "states": [{"status": "unknown", "count": 8}]}
                for number, name in enumerate(words["themes"], start=1)
            ],
            "matters": [],
            "matters_left_out": 0,
            "decision": None,
            "open": [],
            "accepted": [],
            "strengths": [],
            "unknown": [entry(key, "unknown", language) for key in list(TEXTS)[:12]],
            "not_applicable": [str(TEXTS["expansion-without-plan"].title_unknown)],
            "actions": [],
            "actions_left_out": 0,
            "leader_acts": {"days": 90, "done": []},
            "goals": {"active": [], "reached": []},
            "time": {
                "kinds": [{"ref": work.value, "work": str(work.label), "hours": "0"} for work in Work],
                "total": "0",
                "recorded": False,
                "need": None,
                "weeks": [],
                "too_few_reported": True,
            },
            "conflicts": {"days": 90, "logging": False, "total": 0, "answered": 0, "reasons": []},
            "reviews": {"held": [], "rhythm": "", "next_on": None, "next_time": ""},
            "fidelity": [],
            "assessments": [],
            "study": {"citation": str(STUDY_CITATION), "limits": str(STUDY_LIMITS)},
            "other_sources": [],
        }


def typical(language: str = "en") -> dict:
    """A service like the study's F, with a plan that has begun to answer what is flagged."""
    words = WORDS[language]
    with translation.override(language):
        flags = ["own-time", "passive-support", "expansion-without-plan", "undecided-future"]
        watches = ["no-goals", "picked-in-passing", "no-regular-review", "judged-by-few"]
        owned = action(words["action"], "Åse Bjørnstad", "own-time", days=6)
        late = action(words["action"], "Øyvind Sæther", "passive-support", days=-17)
        open_entries = [entry(key, "flagged", language) for key in flags]
        open_entries += [entry(key, "watch", language) for key in watches]
        strengths = ["crowded-out", "fidelity-low"]
        told = {*flags, *watches, *strengths, "hands-lost", "expansion-without-plan"}
        open_entries[0]["actions"] = [owned]
        open_entries[1]["actions"] = [late]
        return {
            **empty(language),
            "issue": {
                "number": 4,
                "issued_on": "2026-11-22",
                "owner": "Åse Bjørnstad",
                "verify": "https://holdfast.example.org/services/f/verify/plan/4/",
            },
            "service": {
                "key": "f",
                "name": "Service F",
                "practice": "IMR",
                "setting": words["setting"],
                "described": True,
            },
            "leader": "Åse Bjørnstad",
            "vision": {"text": words["vision"], "version": 2, "horizon_on": "2027-12-31", "published_on": "2026-03-02"},
            "themes": themes(language, [(1, 0, 1, 3), (1, 0, 0, 6), (2, 3, 1, 4), (0, 1, 0, 4), (0, 0, 1, 3)]),
            "matters": [matter(one) for one in open_entries[:5]],
            "matters_left_out": 3,
            "decision": {
                "entry": "undecided-future",
                "about": open_entries[3]["title"],
                "text": "",
                "owner": "",
                "due_on": None,
            },
            "open": open_entries,
            "accepted": [accepted("hands-lost", "flagged", words, language)],
            "strengths": [entry(key, "clear", language) for key in strengths],
            "unknown": [one for one in empty(language)["unknown"] if one["key"] not in told],
            "not_applicable": [],
            "actions": [late, owned],
            "leader_acts": {
                "days": 90,
                "done": [
                    {
                        "ref": "1",
                        "title": str(BANK[0].text),
                        "owner": "Åse Bjørnstad",
                        "behaviour": str(Behaviour(BANK[0].behaviour).label),
                        "done_on": "2026-11-12",
                    }
                ],
            },
            "goals": {
                "active": [goal(words, 1), {**goal(words, 2), "measures": [], "check_ins": []}],
                "reached": [{"ref": "3", "outcome": words["goal"], "ended_on": "2026-06-01"}],
            },
            "time": {
                "kinds": [
                    {"ref": work.value, "work": str(work.label), "hours": hours}
                    for work, hours in zip(Work, ("3", "1.5", "1", "0.5", "0"), strict=True)
                ],
                "total": "6",
                "recorded": True,
                "need": {"low": "7.6", "typical": "9.1", "high": "11.4", "month_on": "2026-10-01"},
                "weeks": [
                    week(date(2026, 11, 9), set_aside="6", kept="4.5", own_time="1.5"),
                    week(date(2026, 10, 26), set_aside="", kept="", own_time="0"),
                ],
                "too_few_reported": False,
            },
            "conflicts": {
                "days": 90,
                "logging": True,
                "total": 7,
                "answered": 5,
                "reasons": [{"ref": "staff", "reason": words["reason"], "count": 7}],
            },
            "reviews": {
                "held": [{"held_on": "2026-10-20", "attended": 4}, {"held_on": "2026-09-08", "attended": 3}],
                "rhythm": words["rhythm"],
                "next_on": "2026-12-01",
                "next_time": "13:00",
            },
            "fidelity": [{"rated_on": "2026-10-14", "figure": "4.62"}, {"rated_on": "2026-04-15", "figure": "4.15"}],
            "assessments": [
                result("organisation", "2026-10-14", "", ("total", "3.42", "")),
                result("leadership", "2026-09-30", "6", ("proactive", "2.5", ""), ("supportive", "3.13", "most")),
                *(result("patient", day, "8", ("total", mean, "")) for day, mean in OUTCOMES),
                result("patient", "2025-09-01", "<5"),
            ],
            "other_sources": ["Bond and others 2014, doi 10.1007/s10488-012-0461-5"],
        }


def largest(language: str = "en") -> dict:
    """50 flags, 100 actions of 30 members, the longest texts that the fields take."""
    words = WORDS[language]
    content = copy.deepcopy(typical(language))
    keys = (list(TEXTS) * 2)[:50]
    with translation.override(language):
        flags = [entry(key, "flagged", language) for key in keys]
        actions = [
            action(long_text(words["action"], 200), member(place % MEMBERS), key, days=place - 20)
            for place, key in enumerate(keys * 2)
        ]
    for flag in flags:
        flag["actions"] = [one for one in actions if one["entry"] == flag["key"]]
        flag["headline"] = long_text(words["evidence"], 300)
        flag["evidence"] = [
            {"kind": kind, "kind_label": label, "text": words["evidence"]} for kind, label in words["kinds"].items()
        ]
    content["service"]["name"] = long_text("Distriktspsykiatrisk senter og oppfølgingstjeneste ", 100)
    content["service"]["key"] = "distriktspsykiatrisk-senter-og-oppfolgin"
    content["issue"]["number"] = 112
    content["issue"]["owner"] = long_text("Marie-Therese Bjørnstad Sæther ", 100)
    content["issue"]["verify"] = (
        "https://holdfast.innlandet-fylkeskommune.example.org/services/distriktspsykiatrisk-senter-og-oppfolgin/verify/plan/112/"
    )
    content["vision"]["text"] = long_text(words["vision"] + "\n\n", 2000)
    content["themes"] = themes(language, [(12, 12, 12, 12)] * 5)
    content["matters"] = [matter(flag) for flag in flags[:5]]
    content["matters_left_out"] = 45
    content["decision"] = {
        "entry": "undecided-future",
        "about": flags[0]["title"],
        "text": long_text(words["action"], 200),
        "owner": content["issue"]["owner"],
        "due_on": "2026-12-15",
    }
    content["open"] = flags
    content["accepted"] = [
        {**accepted(key, "flagged", words, language), "reason": long_text(words["reason"], 500)} for key in keys[:10]
    ]
    content["actions"] = actions
    content["actions_left_out"] = 3
    content["goals"]["active"] = [
        goal({**words, "goal": long_text(words["goal"], 200)}, number) for number in range(12)
    ]
    content["time"]["kinds"] = [{**kind, "hours": "137.75"} for kind in content["time"]["kinds"]]
    content["time"]["total"] = "688.75"
    content["time"]["weeks"] = [
        week(AS_OF - timedelta(days=AS_OF.weekday() + 7 * back), set_aside="688.75", kept="512.3", own_time="120.25")
        for back in range(1, 5)
    ]
    return content


SAMPLES = {"empty": empty, "typical": typical, "largest": largest}


def long_text(words: str, length: int) -> str:
    """`words` again and again, exactly `length` characters."""
    return ((words.rstrip() + " ") * (length // len(words) + 2))[:length].strip().ljust(length, "n")


def member(number: int) -> str:
    """One of the largest service's members, with the longest name there may be."""
    return long_text("Marie-Therese Bjørnstad Sæther ", 97) + f" {number:02}"


def week(monday: date, **hours: str) -> dict:
    """A week's total as a plan holds it."""
    return {"week_on": monday.isoformat(), "number": monday.isocalendar().week, **hours}


def themes(language: str, counts: list[tuple[int, int, int, int]]) -> list[dict]:
    """The five themes with (flagged, watch, clear, unknown) each."""
    statuses = ("flagged", "watch", "clear", "unknown")
    return [
        {
            "number": number,
            "name": name,
            "states": [{"status": status, "count": n} for status, n in zip(statuses, row, strict=True) if n],
        }
        for number, (name, row) in enumerate(zip(WORDS[language]["themes"], counts, strict=True), start=1)
    ]


def entry(key: str, status: str, language: str) -> dict:
    """An entry of the catalogue with its own words and a made-up piece of evidence."""
    text, words = TEXTS[key], WORDS[language]
    title = {"clear": text.title_clear, "unknown": text.title_unknown}.get(status, text.title)
    return {
        "key": key,
        "theme": 1,
        "theme_name": words["themes"][0],
        "status": status,
        "since_on": "2026-09-03",
        "reason": "",
        "title": str(title),
        "headline": words["evidence"],
        "evidence": [{"kind": "measured", "kind_label": words["kinds"]["measured"], "text": words["evidence"]}],
        "why": str(text.why),
        "sources": [str(text.passage)],
        "strength": str(text.strength.label),
        "limits": str(text.limits),
        "rule": words["rule"],
        "clears": str(text.clears),
        "record": str(text.record),
        "acts": [
            {"text": str(act.text), "owner": str(Role(act.owner_role).label), "days": act.days} for act in text.acts
        ],
        "actions": [],
    }


def accepted(key: str, status: str, words: dict, language: str) -> dict:
    """A flag that the leader lives with until the spring."""
    shown = entry(key, status, language)
    return {
        "key": key,
        "status": status,
        "title": shown["title"],
        "headline": shown["headline"],
        "reason": words["accepted"],
        "by": "Åse Bjørnstad",
        "accepted_on": "2026-11-02",
        "until_on": "2027-03-31",
    }


def result(instrument: str, on: str, people: str, *figures: tuple[str, str, str]) -> dict:
    """A result of an instrument with (what, mean, bound) each."""
    return {
        "ref": f"{instrument}:{on}",
        "instrument": instrument,
        "name": f"Instrument {instrument}",
        "measured_on": on,
        "people": people,
        "figures": [
            {"ref": ref, "name": ref.title(), "figure": figure, "bound": bound} for ref, figure, bound in figures
        ],
    }


def action(title: str, owner: str, entry_key: str, *, days: int) -> dict:
    """An action due so many days after the day of the record."""
    return {
        "ref": str(100 + days),
        "title": title,
        "owner": owner,
        "due_on": (AS_OF + timedelta(days=days)).isoformat(),
        "late": days < 0,
        "entry": entry_key,
        "origin": "",
    }


def matter(flag: dict) -> dict:
    """A flag as one of the things that matter."""
    if flag["actions"]:
        done_by = {**flag["actions"][0], "suggested": False}
    else:
        act = flag["acts"][0]
        done_by = {
            "title": act["text"],
            "owner": act["owner"],
            "due_on": (AS_OF + timedelta(days=act["days"])).isoformat(),
            "late": False,
            "suggested": True,
        }
    return {
        "ref": f"entry:{flag['key']}",
        "kind": flag["status"],
        "title": flag["title"],
        "evidence": flag["headline"],
        "act": done_by["title"],
        "owner": done_by["owner"],
        "due_on": done_by["due_on"],
        "late": done_by["late"],
        "suggested": done_by["suggested"],
    }


def goal(words: dict, number: int) -> dict:
    """An active goal with a check-in."""
    return {
        "ref": str(number),
        "outcome": f"{words['goal']} ({number})",
        "measures": [words["goal"], words["action"]],
        "baseline": "0",
        "target": "2",
        "owner": "Åse Bjørnstad",
        "due_on": "2027-06-20",
        "overdue": False,
        "first_step": words["action"],
        "if_obstacle": words["reason"] + ".",
        "then_plan": words["action"] + ".",
        "check_ins": [
            {"checked_on": "2026-11-01", "progress": words["progress"], "value": "1.5", "note": words["reason"]}
        ],
    }
