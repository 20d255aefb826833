"""What is other in an action plan since the one before it: one line for each thing, and nothing passed over in silence.

Pure: from the two frozen contents alone, so that it tells nothing that the two plans do not. Figures stand as they
were and as they are; none is worked out between them (quality point F16). Sentences: `planning.wording.
document_changes`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planning.documents.changes import ORDER, Change, Comparison, Path, Value, at, by_name, plain, untold, value
from planning.documents.plan_entry_changes import ENTRY_WORDS, EVIDENCE, PARTS, entry_changes

CHAPTERS = (
    "service",
    "page_one",
    "vision",
    "decision",
    "flags",
    "accepted",
    "actions",
    "led",
    "goals",
    "time",
    "conflicts",
    "reviews",
    "fidelity",
    "assessments",
    "strengths",
    "unknown",
    "sources",
)
PLACES = {
    "service": "service",
    "leader": "service",
    "themes": "page_one",
    "matters": "page_one",
    "matters_left_out": "page_one",
    "vision": "vision",
    "decision": "decision",
    "open": "flags",
    "accepted": "accepted",
    "actions": "actions",
    "leader_acts": "led",
    "goals": "goals",
    "time": "time",
    "conflicts": "conflicts",
    "reviews": "reviews",
    "fidelity": "fidelity",
    "assessments": "assessments",
    "strengths": "strengths",
    "unknown": "unknown",
    "not_applicable": "unknown",
}  # of the parts of a content
# The day of the record, the language and the form of the content are told above the list, and no change of the record.
HEAD = (("as_of_on",), ("language",), ("content",))

# Words of Holdfast itself, not of people: two plans in different languages are not compared in these.
WORDED: tuple[Path, ...] = (
    ("service", "setting"),
    ("themes", "*", "name"),
    ("decision", "about"),
    ("not_applicable",),
    ("other_sources",),
    ("study",),
    ("reviews", "rhythm"),
    ("actions", "*", "origin"),
    ("leader_acts", "done", "*", "behaviour"),
    ("goals", "active", "*", "check_ins", "*", "progress"),
    ("time", "kinds", "*", "work"),
    ("conflicts", "reasons", "*", "reason"),
    ("assessments", "*", "name"),
    ("assessments", "*", "figures", "*", "name"),
    *(("matters", "*", name) for name in ("title", "evidence", "act", "owner")),
    *((part, "*", name) for part in PARTS for name in (*ENTRY_WORDS, *EVIDENCE) if part != "accepted"),
    *((part, "*", "reason") for part in PARTS if part != "accepted"),
    *((part, "*", "actions", "*", "origin") for part in PARTS),
    ("accepted", "*", "title"),
    ("accepted", "*", "headline"),
)

# One fact at one place: where it stands in the plan, and how it is written.
FACTS: dict[Path, tuple[str, str]] = {
    ("service", "name"): ("service", "text"),
    ("service", "practice"): ("service", "text"),
    ("service", "setting"): ("service", "text"),
    ("service", "described"): ("service", "yes"),
    ("leader",): ("service", "text"),
    ("matters_left_out",): ("page_one", "count"),
    ("vision", "version"): ("vision", "count"),
    ("vision", "text"): ("vision", "text"),
    ("vision", "horizon_on"): ("vision", "month"),
    ("vision", "published_on"): ("vision", "day"),
    ("decision", "text"): ("decision", "text"),
    ("decision", "about"): ("decision", "text"),
    ("decision", "owner"): ("decision", "text"),
    ("decision", "due_on"): ("decision", "day"),
    ("actions_left_out",): ("actions", "count"),
    ("leader_acts", "days"): ("led", "count"),
    ("time", "total"): ("time", "figure"),
    ("time", "recorded"): ("time", "yes"),
    ("time", "too_few_reported"): ("time", "yes"),
    ("conflicts", "days"): ("conflicts", "count"),
    ("conflicts", "logging"): ("conflicts", "yes"),
    ("conflicts", "total"): ("conflicts", "count"),
    ("conflicts", "answered"): ("conflicts", "count"),
    ("reviews", "rhythm"): ("reviews", "text"),
    ("catalogue",): ("sources", "text"),
    ("study", "citation"): ("sources", "text"),
    ("study", "limits"): ("sources", "text"),
    ("other_sources",): ("sources", "texts"),
}
# Facts that are all there or none of them is: then one line tells of all.
WHOLES = {("vision",): "vision", ("decision",): "decision", ("time", "need"): "time"}
WHOLE_VALUES = {
    ("vision",): (("version", "count"), ("text", "text"), ("horizon_on", "month"), ("published_on", "day")),
    ("decision",): (("about", "text"), ("text", "text"), ("owner", "text"), ("due_on", "day")),
}


@dataclass(frozen=True)
class Things:
    """Things in a list: what each is called, and its facts with how they are written."""

    path: Path
    chapter: str
    code: str
    title: str
    facts: dict[str, str]
    shown: tuple[str, ...] = ()  # of one that is new or gone


ACTION = Things(
    ("actions",),
    "actions",
    "action",
    "title",
    {"title": "text", "owner": "text", "due_on": "day", "late": "yes", "entry": "text", "origin": "text"},
    ("owner", "due_on"),
)
GOAL = Things(
    ("goals", "active"),
    "goals",
    "goal",
    "outcome",
    {
        "outcome": "text",
        "measures": "texts",
        "baseline": "text",
        "target": "text",
        "owner": "text",
        "due_on": "day",
        "overdue": "yes",
        "first_step": "text",
        "if_obstacle": "text",
        "then_plan": "text",
    },
    ("owner", "due_on", "measures"),
)
REACHED = Things(("goals", "reached"), "goals", "goal", "outcome", {"outcome": "text", "ended_on": "day"})
THINGS = (
    Things(
        ("leader_acts", "done"),
        "led",
        "act",
        "title",
        {"title": "text", "owner": "text", "behaviour": "text", "done_on": "day"},
        ("owner", "done_on"),
    ),
    Things(("time", "kinds"), "time", "hours", "work", {"hours": "figure", "work": "text"}, ("hours",)),
    Things(
        ("time", "weeks"),
        "time",
        "week",
        "week_on",
        {"set_aside": "set_aside", "kept": "kept", "own_time": "own_time"},
        ("set_aside", "kept", "own_time"),
    ),
    Things(("conflicts", "reasons"), "conflicts", "reason", "reason", {"count": "count"}, ("count",)),
    Things(("reviews", "held"), "reviews", "held", "held_on", {"attended": "attended"}, ("attended",)),
    Things(("fidelity",), "fidelity", "rating", "rated_on", {"figure": "figure"}, ("figure",)),
    Things(
        ("assessments",),
        "assessments",
        "assessment",
        "name",
        {"name": "text", "measured_on": "day", "people": "text", "figures": "means"},
        ("measured_on", "people", "figures"),
    ),
)


def plan_changes(before: dict, after: dict) -> list[Change]:
    """Each thing that is other in `after`, in the order of the plan's chapters."""
    comparison = compared(before, after)
    found = [
        *entry_changes(comparison),
        *_matters(comparison),
        *_actions(comparison),
        *_goals(comparison),
        *_themes(comparison),
        *_facts(comparison),
        *_next_review(comparison),
        *(change for things in THINGS for change in _things(comparison, things)),
    ]
    head = Change("", "head", paths=(*HEAD, *_moved_with_the_day(comparison)))
    found += [_rest(comparison, path) for path in untold(comparison, [*found, head])]
    return sorted(found, key=lambda change: CHAPTERS.index(change.chapter))


def compared(before: dict, after: dict) -> Comparison:
    """The two, without what two languages say each in its way."""
    return Comparison(before, after, WORDED if before["language"] != after["language"] else ())


def suggestions_moved(before: dict, after: dict) -> bool:
    """Whether dates that are only suggested have moved with the day of the record, which is no change of it."""
    return bool(_moved_with_the_day(compared(before, after)))


# Facts


def _facts(c: Comparison) -> Iterator[Change]:
    for whole, chapter in WHOLES.items():
        was, now = at(c.before, whole), at(c.after, whole)
        if c.differs(whole) and (was is None or now is None or whole not in (("vision",), ("decision",))):
            yield Change(chapter, whole[-1], "", _whole(whole, was), _whole(whole, now), (whole,))
    for path, (chapter, kind) in FACTS.items():
        if path[:1] in WHOLES and (at(c.before, path[:1]) is None or at(c.after, path[:1]) is None):
            continue
        if c.differs(path):
            values = value(kind, at(c.before, path)), value(kind, at(c.after, path))
            yield Change(chapter, "_".join(path), "", *values, (path,))


def _whole(path: Path, fact: dict | None) -> tuple[Value, ...]:
    if fact is None or path not in WHOLE_VALUES:
        return value(path[-1], fact)
    return tuple(one for name, kind in WHOLE_VALUES[path] for one in value(kind, fact.get(name)))


def _next_review(c: Comparison) -> Iterator[Change]:
    """Day and time are one appointment."""
    paths = (("reviews", "next_on"), ("reviews", "next_time"))
    if any(c.differs(path) for path in paths):
        was, now = (
            (*value("day", content["reviews"]["next_on"]), *value("text", content["reviews"]["next_time"]))
            for content in (c.before, c.after)
        )
        yield Change("reviews", "next_review", "", was, now, paths)


def _themes(c: Comparison) -> Iterator[Change]:
    """How many entries of a theme are in which state, as page 1 says it."""
    was, now = ({str(theme["number"]): theme for theme in content["themes"]} for content in (c.before, c.after))
    for number in dict.fromkeys((*now, *was)):
        path = ("themes", number)
        if any(c.differs((*path, name)) for name in ("states", "accepted")) or (number in was) != (number in now):
            name = now.get(number, was.get(number))["name"]
            counts = _counts(was.get(number)), _counts(now.get(number))
            yield Change("page_one", "theme", name, *counts, ((*path, "states"), (*path, "accepted"), path))


def _counts(theme: dict | None) -> tuple[Value, ...]:
    if theme is None:
        return ()
    states = tuple(("states", (state["status"], state["count"])) for state in theme["states"])
    return states + ((("states", ("accepted", theme["accepted"])),) if theme.get("accepted") else ())


# Things in lists


def _things(c: Comparison, things: Things) -> Iterator[Change]:
    if c.differs(things.path):
        was, now = by_name(at(c.before, things.path)), by_name(at(c.after, things.path))
        for name in dict.fromkeys((*now, *was)):
            yield from _thing(c, things, was.get(name), now.get(name), ((*things.path, name),))


def _thing(c: Comparison, things: Things, was: dict | None, now: dict | None, paths: tuple[Path, ...]):
    """One thing: that it is new or gone, or each of its facts that is other."""
    about = (now or was)[things.title]
    if was is None or now is None:
        code = f"{things.code}_{'new' if was is None else 'gone'}"
        values = _shown(things, was), _shown(things, now)
        yield Change(things.chapter, code, about, *values, paths)
        return
    for fact, kind in things.facts.items():
        # An action on another entry stands at another place: the line that says so speaks for all of it there.
        of_fact = paths if fact == "entry" else tuple((*path, fact) for path in paths)
        if was.get(fact) != now.get(fact) and any(c.differs(path) for path in of_fact):
            values = value(kind, was.get(fact)), value(kind, now.get(fact))
            yield Change(things.chapter, f"{things.code}_{fact}", about, *values, of_fact)


def _shown(things: Things, thing: dict | None) -> tuple[Value, ...]:
    if thing is None:
        return ()
    return tuple(one for fact in things.shown for one in value(things.facts[fact], thing.get(fact)))


def _actions(c: Comparison) -> Iterator[Change]:
    """The open actions; one stands also under the entry that it is to clear, and there when the list is full."""
    was, now = _all_actions(c.before), _all_actions(c.after)
    for name in dict.fromkeys((*now, *was)):
        paths = {path for actions in (was, now) if name in actions for path in actions[name][1]}
        paths.add(("matters", f"action:{name}"))
        sides = (actions[name][0] if name in actions else None for actions in (was, now))
        yield from _thing(c, ACTION, *sides, tuple(sorted(paths)))


def _all_actions(content: dict) -> dict[str, tuple[dict, list[Path]]]:
    """Each open action by its name, with the places it stands at."""
    found: dict[str, tuple[dict, list[Path]]] = {}
    places = [(("actions",), content["actions"])]
    for part in PARTS:
        for key, entry in by_name(content.get(part)).items():
            places.append(((part, key, "actions"), entry.get("actions", [])))
    for place, actions in places:
        for name, action in by_name(actions).items():
            found.setdefault(name, (action, []))[1].append((*place, name))
    return found


def _goals(c: Comparison) -> Iterator[Change]:
    was, now = (by_name(content["goals"]["active"]) for content in (c.before, c.after))
    reached_before, reached = (by_name(content["goals"]["reached"]) for content in (c.before, c.after))
    for name in dict.fromkeys((*now, *was)):
        paths = (("goals", "active", name), ("matters", f"goal:{name}"))
        if name in was and name not in now and name in reached and name not in reached_before:
            continue
        yield from _thing(c, GOAL, was.get(name), now.get(name), paths)
        if name in was and name in now:
            yield from _check_ins(c, name, was[name], now[name])
    for name in dict.fromkeys((*reached, *reached_before)):
        paths = (("goals", "reached", name),)
        if name in reached and name in reached_before:
            yield from _thing(c, REACHED, reached_before[name], reached[name], paths)
        elif c.differs(paths[0]):
            if name in was and name not in now:
                paths += (("goals", "active", name), ("matters", f"goal:{name}"))
            days = (value("day", side.get(name, {}).get("ended_on")) for side in (reached_before, reached))
            code = "goal_reached" if name in reached else "goal_reached_gone"
            yield Change("goals", code, (reached.get(name) or reached_before[name])["outcome"], *days, paths)


def _check_ins(c: Comparison, goal: str, was: dict, now: dict) -> Iterator[Change]:
    """How a goal goes, each time it was looked at."""
    before, after = by_name(was["check_ins"]), by_name(now["check_ins"])
    for name in dict.fromkeys((*after, *before)):
        path = ("goals", "active", goal, "check_ins", name)
        if c.differs(path):
            code = "check_in_new" if name not in before else "check_in_gone" if name not in after else "check_in"
            sides = (_check_in(side.get(name)) for side in (before, after))
            yield Change("goals", code, now["outcome"], *sides, (path,))


def _check_in(one: dict | None) -> tuple[Value, ...]:
    if one is None:
        return ()
    kinds = (("checked_on", "day"), ("progress", "text"), ("value", "figure"), ("note", "text"))
    return tuple(part for name, kind in kinds for part in value(kind, one[name]))


def _matters(c: Comparison) -> Iterator[Change]:
    """What stands among the things that matter on page 1, and who does what about it by when."""
    was, now = by_name(c.before["matters"]), by_name(c.after["matters"])
    for name in dict.fromkeys((*now, *was)):
        path = ("matters", name)
        about = (now.get(name) or was[name])["title"]
        if name not in was or name not in now:
            yield Change("page_one", "matter_new" if name in now else "matter_gone", about, paths=(path,))
            continue
        facts = ("act", "owner", "due_on", "suggested")
        moved = _moved_with_the_day(c)
        if any(c.differs((*path, fact)) and (*path, fact) not in moved for fact in facts):
            paths = tuple((*path, fact) for fact in (*facts, "late"))
            yield Change("page_one", "matter_done_by", about, _done_by(was[name]), _done_by(now[name]), paths)


def _done_by(matter: dict) -> tuple[Value, ...]:
    suggested: tuple[Value, ...] = (("suggested", True),) if matter["suggested"] else ()
    kinds = (("act", "text"), ("owner", "text"), ("due_on", "day"))
    return (*(one for name, kind in kinds for one in value(kind, matter[name])), *suggested)


def _moved_with_the_day(c: Comparison) -> tuple[Path, ...]:
    """The suggested dates that are later by as many days as the record is: they count from its day."""
    if not c.differs(("as_of_on",)):
        return ()
    was, now = by_name(c.before["matters"]), by_name(c.after["matters"])
    days = date.fromisoformat(c.after["as_of_on"]) - date.fromisoformat(c.before["as_of_on"])
    return tuple(
        ("matters", name, "due_on")
        for name, matter in now.items()
        if matter["suggested"]
        and was.get(name, {}).get("suggested")
        and date.fromisoformat(matter["due_on"]) - date.fromisoformat(was[name]["due_on"]) == days
    )


# What is left


def _rest(c: Comparison, path: Path) -> Change:
    """A leaf that no rule above knows: it is told all the same."""
    chapter = PLACES.get(path[0], "sources")
    if path[-1] == ORDER:
        return Change(chapter, "order", paths=(path,))
    was, now = c.leaves[path]
    return Change(chapter, "other", "", value("text", plain(was)), value("text", plain(now)), (path,))
