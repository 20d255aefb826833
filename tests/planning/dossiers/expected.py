"""What an export must say of a dossier that was brought in: the same, with what follows from it written out.

Written from docs/dossier.md and not from the code: refs are renamed in order, texts are in one language, what may be
left out is there, what says nothing is gone.
"""

import copy
from collections import Counter

ROLES = {
    "leader": "Leader",
    "stand_in": "Stand-in for the leader",
    "practitioner": "Practitioner",
    "adviser": "Adviser",
    "sponsor": "Sponsor",
}
FLAGS = {"described", "guest", "supervises", "looked_at_outcomes", "of_group"}
PEOPLE = {"successor", "published_by", "member", "owner", "by", "moved_by", "recorded_by", "leader"}
PEOPLE |= {"asked_of", "asked_by", "answered_by"}  # of a question to the next level


def expected(content: dict) -> dict:
    """The content as it leaves, with names, in the language of the file or English."""
    content = copy.deepcopy(content)
    service = content["service"]
    service.setdefault("practice", "IMR")
    service.setdefault("language", "en")
    content = _plain(content, service["language"])
    _members(content)
    _what_follows(content)
    _refs(content)
    return _without_nothing(content)


def _plain(value, language: str):
    """Texts in one language, whole numbers without decimals."""
    if isinstance(value, dict):
        if set(value) == {"en", "nb"}:
            return value[language]
        return {name: _plain(below, language) for name, below in value.items()}
    if isinstance(value, list):
        return [_plain(one, language) for one in value]
    if isinstance(value, float) and value == int(value):
        return int(value)
    return value


def _members(content: dict) -> None:
    """Everybody has a name; who only looks in and is named nowhere is gone."""
    counts: Counter = Counter()
    for member in content.get("members", ()):
        counts[member["role"]] += 1
        member.setdefault("name", f"{ROLES[member['role']]} {counts[member['role']]}")
    named = set(_people_named({name: below for name, below in content.items() if name != "members"}))
    kept = [
        member
        for member in content.get("members", ())
        if (member["role"] in ("leader", "stand_in", "practitioner") and not member.get("guest"))
        or (member["role"] == "adviser" and member.get("supervises"))
        or member.get("ref") in named
    ]
    while heirs := {one["successor"] for one in kept if "successor" in one} - {one.get("ref") for one in kept}:
        kept += [member for member in content["members"] if member.get("ref") in heirs]
    content["members"] = [member for member in content.get("members", ()) if member in kept]


def _people_named(value):
    if isinstance(value, list):
        for one in value:
            yield from _people_named(one)
    elif isinstance(value, dict):
        for name, below in value.items():
            if name in PEOPLE and isinstance(below, str):
                yield below
            elif name == "attendees":
                yield from below
            else:
                yield from _people_named(below)


def _what_follows(content: dict) -> None:
    for name in ("visions", "expectations"):
        for number, one in enumerate(content.get(name, ()), start=1):
            one.setdefault("version", number)
    for vision in content.get("visions", ()):
        if "published_on" in vision:
            vision.setdefault("looked_at_on", vision["published_on"])
    for one in content.get("support", ()):
        one.setdefault("answer", "open")
    for one in content.get("logging_agreements", ()):
        one.setdefault("discussed_with", "Not named")
    for one in (*content.get("review_series", ()), *content.get("reviews", ())):
        for name in ("starts_at", "slot_at"):
            if len(one.get(name, "")) == len("2026-11-25"):
                one[name] += "T12:00"
    for review in content.get("reviews", ()):
        if review.get("closed_on") == review["starts_at"][:10]:
            del review["closed_on"]
    content["hours"] = sorted(content.get("hours", ()), key=lambda week: week["week"])
    content["conflicts"] = sorted(content.get("conflicts", ()), key=lambda week: week["released_on"])
    for week in content["conflicts"]:
        week["answers"] = sorted(week.get("answers", ()), key=lambda answer: (answer["on"], answer["state"]))


def _refs(content: dict) -> None:
    """Refs as an export gives them: m1, m2 ... in the order of the lists."""
    recommendations = [one for rating in content.get("fidelity", ()) for one in rating.get("recommendations", ())]
    renamed = {}
    for letter, kind, items in (
        ("m", "members", content["members"]),
        ("s", "review_series", content.get("review_series", ())),
        ("r", "reviews", content.get("reviews", ())),
        ("f", "recommendations", recommendations),
        ("d", "decisions", content.get("decisions", ())),
        ("c", "confirmations", content.get("confirmations", ())),
    ):
        renamed[kind] = {one["ref"]: f"{letter}{number}" for number, one in enumerate(items, 1) if "ref" in one}
        for number, one in enumerate(items, 1):
            one["ref"] = f"{letter}{number}"
    kinds = dict.fromkeys(PEOPLE, "members") | {
        "series": "review_series",
        "review": "reviews",
        "recommendation": "recommendations",
        "decision": "decisions",
        "confirmation": "confirmations",
    }
    _rename(content, kinds, renamed)


def _rename(value, kinds: dict, renamed: dict) -> None:
    if isinstance(value, list):
        for one in value:
            _rename(one, kinds, renamed)
    elif isinstance(value, dict):
        for name, below in value.items():
            if name in kinds and isinstance(below, str) and below in renamed[kinds[name]]:
                value[name] = renamed[kinds[name]][below]
            elif name == "attendees":
                value[name] = sorted((renamed["members"][ref] for ref in below), key=lambda ref: int(ref[1:]))
            else:
                _rename(below, kinds, renamed)


def _without_nothing(value):
    """Without empty lists, and without a no where only a yes can be told."""
    if isinstance(value, list):
        return [_without_nothing(one) for one in value]
    if isinstance(value, dict):
        return {
            name: _without_nothing(below)
            for name, below in value.items()
            if below != [] and not (name in FLAGS and below is False)
        }
    return value
