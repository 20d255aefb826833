"""What changed between two plans: exactly, all of it, and nothing else (quality point P03)."""

import copy
import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.documents.changes import ITEMS, ORDER, apply, arranged, difference, restored, said
from planning.documents.plan_changes import CHAPTERS, HEAD, compared, plan_changes, suggestions_moved
from planning.wording import document_changes
from planning.wording.document_changes import CHAPTER_NAMES, LABELS, plan_changes_said
from tests.planning import plan_samples

SLOW_MACHINE = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))

# Any JSON that a content could be: keys of ours never begin with the mark of an arranged list.
PLAIN = st.none() | st.booleans() | st.integers(-5, 5) | st.text("ab/~#", max_size=3)
NAMED = st.fixed_dictionaries({"ref": st.sampled_from(["1", "2", "3", "1#2"])}, optional={"text": PLAIN})
JSON = st.recursive(
    PLAIN | st.lists(NAMED, max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "b/c", "~d", "key", "number", "status"]), inner, max_size=3)
    ),
    max_leaves=12,
)
CONTENTS = st.dictionaries(st.sampled_from(["open", "goals", "time", "vision", "issue", "changes"]), JSON, max_size=5)


def as_json(value) -> str:
    """To Python, True is 1."""
    return json.dumps(value, sort_keys=True)


@given(CONTENTS)
@SLOW_MACHINE
def test_p03_a_content_arranged_by_names_comes_back_as_it_was(content):
    assert as_json(restored(arranged(content))) == as_json(content)


@given(CONTENTS, CONTENTS)
@SLOW_MACHINE
def test_p03_what_was_and_what_changed_give_what_is(before, after):
    assert as_json(apply(before, difference(before, after))) == as_json(said(after))
    assert difference(before, before) == []


# Plans as they might become


def other_value(value, seed: int):
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1 + seed
    if isinstance(value, str):
        try:
            return (date.fromisoformat(value) + timedelta(days=1 + seed)).isoformat()
        except ValueError:
            return f"{float(value) + 1 + seed}" if value.replace(".", "").isdigit() else f"{value} {seed}"
    return value


def places_of(value, path=()):
    """The way to each leaf and to each list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from places_of(inner, (*path, key))
    elif isinstance(value, list):
        yield path
        for number, inner in enumerate(value):
            yield from places_of(inner, (*path, number))
    else:
        yield path


FIXED = {
    "language",
    "content",
    "ref",
    "key",
    "kind",
    "status",
    "week_on",
    "checked_on",
    "held_on",
    "rated_on",
    "number",
}


def changed_at(content: dict, choice: int, seed: int) -> None:
    """Change one thing of a plan: a value, or what is in a list and in what order."""
    places = [path for path in places_of(said(content)) if not FIXED & set(path[-1:])]
    path = places[choice % len(places)]
    holder = content
    for part in path[:-1]:
        holder = holder[part]
    value = holder[path[-1]]
    if not isinstance(value, list):
        holder[path[-1]] = other_value(value, seed)
    elif seed % 3 == 0:
        holder[path[-1]] = value[1:]
    elif seed % 3 == 1:
        holder[path[-1]] = value[::-1]
    elif value and isinstance(value[0], dict) and "ref" in value[0]:
        holder[path[-1]] = [*value, {**value[0], "ref": f"new {seed}"}]


@st.composite
def two_plans(draw) -> tuple[dict, dict]:
    """A plan and what became of it after some changes; now and then two that have nothing to do with each other."""
    samples = [plan_samples.empty, plan_samples.typical]
    languages = draw(st.sampled_from([("en", "en"), ("en", "en"), ("nb", "nb"), ("nb", "en")]))
    before = copy.deepcopy(draw(st.sampled_from(samples))(languages[0]))
    if languages[0] != languages[1] or draw(st.integers(0, 5)) == 0:
        return before, draw(st.sampled_from(samples))(languages[1])
    after = copy.deepcopy(before)
    for choice, seed in draw(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 9)), max_size=5)):
        changed_at(after, choice, seed)
    return before, after


def leaves_of(value, path=()) -> dict:
    """Each leaf of an arranged content, by another way than the module takes."""
    if isinstance(value, dict) and ORDER in value:
        found = {(*path, ORDER): value[ORDER]}
        for name, item in value[ITEMS].items():
            found |= leaves_of(item, (*path, name))
        return found
    if isinstance(value, dict) and value:
        return {k: v for key, inner in value.items() for k, v in leaves_of(inner, (*path, key)).items()}
    return {path: value}


@given(two_plans())
@SLOW_MACHINE
def test_p03_each_leaf_that_is_other_is_told_of_and_no_line_is_there_without_one(plans):
    before, after = plans
    was, now = (leaves_of(arranged(said(content))) for content in plans)
    other = {path for path in {*was, *now} if as_json(was.get(path, "-")) != as_json(now.get(path, "-"))}
    changes = plan_changes(before, after)
    told = {path for change in changes for path in change.paths}
    moved = {path for path in other if path[0] == "matters" and path[-1] == "due_on"}

    passed_over = set()
    if before["language"] != after["language"]:
        passed_over = {path for path in other if path not in compared(before, after).leaves}
        assert all(path in was and path in now for path in passed_over)  # what is new or gone is told in any language
    moved = {path for path in other if path[0] == "matters" and path[-1] == "due_on"}
    parts = {path[:length] for path in told for length in range(len(path))}
    for path in other - passed_over - {*HEAD}:
        frame = path[:-1] if path[-1] == ORDER else path  # of a list: it speaks through what is in it
        framed = path[-1] == ORDER or [] in (was.get(path), now.get(path))
        assert (
            any(path[:length] in told for length in range(len(path) + 1))
            or (framed and frame in parts)
            or (path in moved and suggestions_moved(before, after))
        ), path
    within_other = {path[:length] for path in other for length in range(len(path) + 1)}
    for change in changes:
        assert within_other & set(change.paths), change


@given(two_plans())
@SLOW_MACHINE
def test_p03_every_line_has_words_in_either_language_and_says_two_different_things(plans):
    said_of_it = plan_changes_said(*plans)

    assert json.loads(json.dumps(said_of_it)) == said_of_it
    lines = [line for chapter in said_of_it["chapters"] for line in chapter["lines"]]
    assert said_of_it["count"] == len(lines)
    for line in lines:
        assert line["label"]
        assert line["before"] != line["after"] or not line["before"], line


@given(two_plans())
@SLOW_MACHINE
def test_f16_a_difference_tells_nothing_that_the_two_plans_do_not(plans):
    """Every value of a change stands in one of the plans: none is worked out between them."""
    before, after = plans
    known = as_json([before, after])

    def stands(value) -> bool:
        if isinstance(value, dict):
            return all(stands(inner) for inner in value.values())
        if isinstance(value, list | tuple):
            return all(stands(inner) for inner in value)
        return value in ("absent", "accepted") or json.dumps(value).strip('"') in known

    for change in plan_changes(before, after):
        for kind, value in (*change.before, *change.after):
            if kind == "part":
                continue  # of the catalogue, the same for every service
            for piece in value.split(": ", 1) if kind == "text" and ": " in value else [value]:
                assert stands(piece), change


def test_every_chapter_and_every_change_has_words_and_no_words_are_left_over():
    assert tuple(CHAPTER_NAMES) == CHAPTERS
    assert set(document_changes.PARTS) >= {"rule", "theme"}
    assert len(LABELS) == len({str(key) for key in LABELS})


# One thing at a time


def entry_moves(content: dict, key: str, part: str, status: str) -> None:
    """An entry stands elsewhere than it did."""
    for name in ("open", "strengths", "unknown"):
        for entry in list(content[name]):
            if entry["key"] == key:
                content[name].remove(entry)
    content[part].append(plan_samples.entry(key, status, content["language"]))


def at(path: str, value):
    """A change of one value: "goals/active/0/owner"."""

    def change(content: dict) -> None:
        holder = content
        *way, last = (int(part) if part.isdigit() else part for part in path.split("/"))
        for part in way:
            holder = holder[part]
        holder[last] = value

    return change


def out_of(path: str):
    """A change that takes the first thing out of a list."""

    def change(content: dict) -> None:
        holder = content
        for part in path.split("/"):
            holder = holder[part]
        holder.pop(0)

    return change


def into(path: str, item: dict):
    """A change that puts a thing into a list."""

    def change(content: dict) -> None:
        holder = content
        for part in path.split("/"):
            holder = holder[part]
        holder.append(item)

    return change


def moved(key: str, part: str, status: str):
    return lambda content: entry_moves(content, key, part, status)


def accepted_now(content: dict) -> None:
    entry = content["open"].pop(2)
    content["accepted"].append(
        plan_samples.accepted(entry["key"], "flagged", plan_samples.WORDS[content["language"]], content["language"])
    )


def no_longer_accepted(content: dict) -> None:
    entry = content["accepted"].pop()
    content["open"].append(plan_samples.entry(entry["key"], "flagged", content["language"]))


def goal_reached(content: dict) -> None:
    goal = content["goals"]["active"].pop(0)
    content["goals"]["reached"].append({"ref": goal["ref"], "outcome": goal["outcome"], "ended_on": "2026-11-19"})


def other_evidence(content: dict) -> None:
    label = content["open"][0]["evidence"][0]["kind_label"]
    content["open"][0]["evidence"] = [{"kind": "measured", "kind_label": label, "text": "3 of 3 people."}]
    content["open"][0]["headline"] = "3 of 3 people."


def owner_of_an_action(content: dict) -> None:
    """It stands in the list, and under its entry."""
    content["actions"][0]["owner"] = "Per Dahl"
    content["open"][1]["actions"][0]["owner"] = "Per Dahl"
    content["matters"][1]["owner"] = "Per Dahl"


# What changes, and the lines that tell of it: (code, before, now) in English, then the label in Bokmål.
KINDS = {
    "flagged": (
        moved("picked-in-passing", "open", "flagged"),
        [("entry_flagged", "to watch · since 3 September 2026", "flagged · since 3 September 2026")],
        "Nytt varsel",
    ),
    "to watch": (
        moved("own-time", "open", "watch"),
        [("entry_watch", "flagged · since 3 September 2026", "to watch · since 3 September 2026")],
        "Nytt å følge med på",
    ),
    "cleared": (
        moved("own-time", "strengths", "clear"),
        [("entry_no_longer_flagged", "flagged · since 3 September 2026", "in place")],
        "Ikke lenger varsel",
    ),
    "watch cleared": (
        moved("picked-in-passing", "strengths", "clear"),
        [("entry_no_longer_watch", "to watch", "in place")],
        "Ikke lenger noe å følge med på",
    ),
    "no longer known": (
        moved("crowded-out", "unknown", "unknown"),
        [("entry_no_longer_known", "in place", "not known")],
        "Ikke lenger kjent",
    ),
    "accepted": (
        accepted_now,
        [("entry_accepted", "flagged", "accepted for a time · until 31 March 2027 · Åse Bjørnstad")],
        "Nå godtatt en tid",
    ),
    "accepted no more": (
        no_longer_accepted,
        [("entry_flagged", "accepted for a time · until 31 March 2027", "flagged · since 3 September 2026")],
        "Nytt varsel",
    ),
    "accepted longer": (
        at("accepted/0/until_on", "2027-05-01"),
        [("accepted_until_on", "31 March 2027", "1 May 2027")],
        "Godtatt til",
    ),
    "accepted for another reason": (
        at("accepted/0/reason", "She comes in May."),
        [("accepted_reason", "A new colleague comes in April", "She comes in May.")],
        "Grunnen til å godta det",
    ),
    "evidence": (
        other_evidence,
        [("entry_evidence", "Measured: In October, 2 of 3", "Measured: 3 of 3 people.")],
        "Grunnlag",
    ),
    "since": (
        at("open/0/since_on", "2026-10-01"),
        [("entry_since", "3 September 2026", "1 October 2026")],
        "Siden når",
    ),
    "rules": (at("catalogue", "1.1"), [("catalogue", "1.0", "1.1")], "Reglenes versjon"),
    "a rule": (
        at("open/0/rule", "Flagged from 2."),
        [("entry_words", "the rule: Flagged when 3 or more", "the rule: Flagged from 2.")],
        "Ny ordlyd i katalogen",
    ),
    "goal new": (
        into("goals/active", {**plan_samples.goal(plan_samples.WORDS["en"], 9), "owner": "Per Dahl", "measures": []}),
        [("goal_new", "", "Per Dahl · 20 June 2027")],
        "Nytt mål",
    ),
    "goal reached": (goal_reached, [("goal_reached", "", "19 November 2026")], "Mål nådd"),
    "goal dropped": (
        out_of("goals/active"),
        [("goal_gone", "Åse Bjørnstad · 20 June 2027", "")],
        "Ikke lenger et mål",
    ),
    "goal date": (
        at("goals/active/0/due_on", "2027-09-01"),
        [("goal_due_on", "20 June 2027", "1 September 2027")],
        "Fristen for et mål",
    ),
    "goal owner": (
        at("goals/active/0/owner", ""),
        [("goal_owner", "Åse Bjørnstad", "not given")],
        "Ansvarlig for et mål",
    ),
    "goal measure": (
        at("goals/active/1/measures", ["Groups"]),
        [("goal_measures", "not given", "Groups")],
        "Hva et mål måles ved",
    ),
    "goal looked at": (
        at(
            "goals/active/1/check_ins",
            [{"checked_on": "2026-11-18", "progress": "As planned", "value": "2.5", "note": "Good"}],
        ),
        [("check_in_new", "", "18 November 2026 · As planned · 2.5 · Good")],
        "Hvordan det går med et mål",
    ),
    "action new": (
        into("actions", plan_samples.action("Ask the ward", "", "", days=20)),
        [("action_new", "", "10 December 2026")],
        "Nytt tiltak",
    ),
    "action owner": (
        owner_of_an_action,
        [
            ("matter_done_by", "Put preparation in the rota from week 48 · Øyvind", "Put preparation in the rota"),
            ("action_owner", "Øyvind Sæther", "Per Dahl"),
        ],
        "Hva som gjøres med det",
    ),
    "vision": (
        at("vision/text", "Everyone is asked."),
        [("vision_text", "In December 2027", "Everyone is asked.")],
        "Visjonens tekst",
    ),
    "no vision": (at("vision", None), [("vision", "2 · In December 2027", "not given")], "Visjon"),
    "decision": (
        at("decision/due_on", "2026-12-15"),
        [("decision_due_on", "not given", "15 December 2026")],
        "Ønskes innen",
    ),
    "time by kind": (at("time/kinds/0/hours", "4.5"), [("hours_hours", "3", "4.5")], "Timer avsatt i uken"),
    "time in all": (at("time/total", "7"), [("time_total", "6", "7")], "Timer avsatt i uken, i alt"),
    "need": (
        at("time/need/low", "8"),
        [("need", "7.6 to 11.4 hours a week, typically 9.1 (caseload of October 2026)", "8 to 11.4 hours a week")],
        "Timer IMR tar",
    ),
    "a week": (
        out_of("time/weeks"),
        [("week_gone", "6 hours set aside · 4.5 hours kept · 1.5 hours in own time", "")],
        "Uke som ikke lenger er med",
    ),
    "conflicts": (
        at("conflicts/total", 9),
        [("conflicts_total", "7", "9")],
        "Prioriteringskonflikter som ble kjent i dagene det ses tilbake på",
    ),
    "conflicts by reason": (
        at("conflicts/reasons/0/count", 9),
        [("reason_count", "7", "9")],
        "Prioriteringskonflikter etter grunn",
    ),
    "next review": (
        at("reviews/next_time", "14:00"),
        [("next_review", "1 December 2026 · 13:00", "1 December 2026 · 14:00")],
        "Neste gjennomgang",
    ),
    "review held": (
        into("reviews/held", {"held_on": "2026-11-17", "attended": 5}),
        [("held_new", "", "5 took part")],
        "Gjennomgang holdt",
    ),
    "fidelity": (
        into("fidelity", {"rated_on": "2026-11-17", "figure": "4.69"}),
        [("rating_new", "", "4.69")],
        "Ny fidelitetsvurdering",
    ),
    "another assessment": (
        into("assessments", plan_samples.result("leadership", "2026-11-17", "5", ("supportive", "3.13", "most"))),
        [("assessment_new", "", "17 November 2026 · 5 · Supportive 3.13 or more")],
        "Nytt resultat",
    ),
    "leader": (at("leader", "Per Dahl"), [("leader", "Åse Bjørnstad", "Per Dahl")], "Leder"),
    "order": (lambda content: content["open"].reverse(), [("order", "", "")], "Satt opp i en annen rekkefølge"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_p03_one_thing_changed_is_told_by_its_line_and_no_other(kind):
    change, expected, _label = KINDS[kind]
    before, after = plan_samples.typical(), plan_samples.typical()
    change(after)

    lines = [line for chapter in plan_changes_said(before, after)["chapters"] for line in chapter["lines"]]

    assert [line["code"] for line in lines] == [code for code, _was, _now in expected]
    for line, (_code, was, now) in zip(lines, expected, strict=True):
        assert line["before"].startswith(was)
        assert line["after"].startswith(now)
        assert bool(line["before"]) == bool(was)
        assert bool(line["after"]) == bool(now)


@pytest.mark.parametrize("kind", KINDS)
def test_p03_it_is_told_in_bokmaal_too(kind):
    change, expected, label = KINDS[kind]
    before, after = plan_samples.typical("nb"), plan_samples.typical("nb")
    change(after)

    lines = [line for chapter in plan_changes_said(before, after)["chapters"] for line in chapter["lines"]]

    assert [line["code"] for line in lines] == [code for code, _was, _now in expected]
    assert lines[0]["label"] == label


@pytest.mark.parametrize("name", plan_samples.SAMPLES)
@pytest.mark.parametrize("language", ["en", "nb"])
def test_p03_nothing_changed_is_no_change(name, language):
    content = plan_samples.SAMPLES[name](language)

    told = plan_changes_said(content, copy.deepcopy(content))

    assert (told["count"], told["chapters"], told["notes"]) == (0, [], [])
    assert told["since"]["number"] == content["issue"]["number"]
    assert difference(content, copy.deepcopy(content)) == []


def test_the_day_of_the_record_alone_is_no_change_and_moves_what_is_only_suggested():
    before, after = plan_samples.typical(), plan_samples.typical()
    after["as_of_on"] = "2026-11-23"
    for matter in after["matters"]:
        if matter["suggested"]:
            matter["due_on"] = (date.fromisoformat(matter["due_on"]) + timedelta(days=3)).isoformat()

    told = plan_changes_said(before, after)

    assert told["count"] == 0
    assert told["notes"] == [
        "Days that are only suggested on page 1 count from the day of the record, and moved with it."
    ]


def test_two_languages_are_compared_in_what_people_wrote_and_in_states_days_and_figures():
    before, after = plan_samples.typical("nb"), plan_samples.typical("en")
    after["vision"]["text"] = before["vision"]["text"]
    after["accepted"][0]["reason"] = before["accepted"][0]["reason"]
    for one in ("goals", "actions", "open"):
        after[one] = copy.deepcopy(before[one])
    entry_moves(after, "own-time", "strengths", "clear")

    told = plan_changes_said(before, after)

    assert told["chapters"][0]["lines"][0]["code"] == "entry_no_longer_flagged"
    assert "different languages" in told["notes"][0]
    assert not {"entry_words", "entry_evidence", "setting"} & {
        line["code"] for chapter in told["chapters"] for line in chapter["lines"]
    }


def test_a_plan_of_an_older_form_says_that_its_goals_cannot_be_known_again():
    before, after = plan_samples.typical(), plan_samples.typical()
    before["content"] = 1
    for goal in before["goals"]["active"]:
        del goal["ref"]

    told = plan_changes_said(before, after)

    assert "older form" in told["notes"][0]
    assert told["count"] > 0


def test_the_first_plan_is_compared_with_none():
    assert plan_changes_said(None, plan_samples.typical()) == {"since": None, "notes": [], "chapters": [], "count": 0}
