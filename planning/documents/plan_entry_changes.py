"""What is other of the catalogue's entries between two action plans: flagged, accepted, in place, known, and why.

Pure; a part of `planning.documents.plan_changes`.
"""

from collections.abc import Iterator

from planning.documents.changes import Change, Comparison, Path, Value, by_name, plain, value

PARTS = ("open", "accepted", "strengths", "unknown")  # of a plan, in which entries of the catalogue stand
ENTRY_WORDS = ("title", "why", "sources", "strength", "limits", "rule", "clears", "record", "acts", "theme_name")
EVIDENCE = ("headline", "evidence")


def entry_changes(c: Comparison) -> Iterator[Change]:
    """Each entry that stands otherwise than it did, and what is other of those that stand as they did."""
    was, now = _standing(c.before), _standing(c.after)
    for key in dict.fromkeys((*now, *was)):
        before, after = was.get(key, ("absent", None)), now.get(key, ("absent", None))
        if before[0] != after[0]:
            yield _state(key, before, after)
        else:
            yield from _same_state(c, key, before[1], after[1])


def _standing(content: dict) -> dict[str, tuple[str, dict]]:
    """Each entry of the catalogue that the plan lists, with the state in which it is there."""
    found = {}
    for part in PARTS:
        for key, entry in by_name(content.get(part)).items():
            found.setdefault(key, ("accepted" if part == "accepted" else entry["status"], entry))
    return found


def _state(key: str, before: tuple[str, dict | None], after: tuple[str, dict | None]) -> Change:
    """That an entry stands otherwise: from where, to where, and on what grounds now."""
    was, now = before[0], after[0]
    if now in ("flagged", "watch"):
        code, chapter = f"entry_{now}", "flags"
    elif "accepted" in (was, now):
        code, chapter = "entry_accepted" if now == "accepted" else "entry_no_longer_accepted", "accepted"
    elif was in ("flagged", "watch"):
        code, chapter = f"entry_no_longer_{was}", "flags"
    elif now == "unknown":
        code, chapter = "entry_no_longer_known", "unknown"
    elif was == "unknown" and now != "absent":
        code, chapter = "entry_known", "unknown"
    else:
        code, chapter = "entry_state", "strengths"
    paths: tuple[Path, ...] = (*((part, key) for part in PARTS), ("matters", f"entry:{key}"))
    if "absent" in (was, now):
        paths += (("not_applicable",),)
    title = (after[1] or before[1])["title"]
    return Change(chapter, code, title, _stands(*before), _stands(*after), paths)


def _stands(state: str, entry: dict | None) -> tuple[Value, ...]:
    """The state of an entry with since when and on what grounds, or until when and why it is accepted."""
    if entry is None or state in ("clear", "unknown"):
        return (("state", state),)
    if state == "accepted":
        facts = (("until_on", "until"), ("by", "text"), ("reason", "text"))
    else:
        facts = (("since_on", "since"), ("headline", "text"))
    return (("state", state), *(one for name, kind in facts for one in value(kind, entry[name])))


def _same_state(c: Comparison, key: str, was: dict, now: dict) -> Iterator[Change]:
    """What is other of an entry that stands as it did."""
    part = "accepted" if "until_on" in now else {"clear": "strengths", "unknown": "unknown"}.get(now["status"], "open")
    path, matter, title = (part, key), ("matters", f"entry:{key}"), now["title"]
    chapter = {"open": "flags"}.get(part, part)

    def other(*names: str) -> bool:
        return any(c.differs((*path, name)) for name in names)

    if other(*EVIDENCE):
        paths = (*((*path, name) for name in EVIDENCE), (*matter, "evidence"))
        yield Change(chapter, "entry_evidence", title, _grounds(was), _grounds(now), paths)
    if part == "accepted":
        for name, kind in (
            ("status", "state"),
            ("reason", "text"),
            ("by", "text"),
            ("accepted_on", "day"),
            ("until_on", "day"),
        ):
            if other(name):
                values = value(kind, was[name]), value(kind, now[name])
                yield Change(chapter, f"accepted_{name}", title, *values, ((*path, name),))
    else:
        if other("since_on"):
            values = value("day", was["since_on"]), value("day", now["since_on"])
            yield Change(chapter, "entry_since", title, *values, ((*path, "since_on"),))
        if other("reason"):
            values = value("text", was["reason"]), value("text", now["reason"])
            yield Change(chapter, "entry_reason", title, *values, ((*path, "reason"),))
    reworded = [name for name in (*ENTRY_WORDS, "theme") if other(name)]
    if reworded:
        paths = (*((*path, name) for name in reworded), (*matter, "title"))
        yield _reworded(title, reworded, was, now, paths)


def _reworded(title: str, names: list[str], was: dict, now: dict, paths: tuple[Path, ...]) -> Change:
    """The catalogue speaks otherwise of an entry: its rule, its reasons, what can be done."""
    before, after = (tuple(("part", (name, plain(entry[name]))) for name in names) for entry in (was, now))
    return Change("sources", "entry_words", title, before, after, paths)


def _grounds(entry: dict) -> tuple[Value, ...]:
    """The evidence of an entry, first what speaks for the rest where it is not among it, as of an accepted one."""
    evidence = entry.get("evidence", [])
    first = () if entry["headline"] in [one["text"] for one in evidence] else value("text", entry["headline"])
    return (*first, *(("text", f"{one['kind_label']}: {one['text']}") for one in evidence))
