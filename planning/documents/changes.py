"""What is other between two frozen contents: exactly, and each thing known again by what it is and not by its place.

`difference` and `apply` are the two halves of one promise: what was issued, and what changed since, give what is issued
now, to the last leaf. `Comparison` names the leaves that are other, for the sentences of `planning.documents.
plan_changes`; `untold` holds these to the same promise. No database, no clock, no language.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import jsonpatch

Path = tuple[str, ...]
Value = tuple[str, Any]  # how it is written ("text", "day", "figure", ...), and what

ORDER, ITEMS = "#order", "#items"  # of a list whose items are known by name; no key of a content begins so
# What an item of a list is known by: the first of these that it has. `ref` names one row of the record for good.
NAMES = ("ref", "key", "status", "week_on", "checked_on", "held_on", "rated_on", "measured_on", "number")
# Of every kind of document; who issued it and when, and what is other, are no part of what it says.
APART = ("issue", "changes")


@dataclass(frozen=True)
class Change:
    """One thing that is other, before and now (empty: it was not, it is no longer there).

    `chapter`: where in the document; `code`: what became of it; `about`: of what; `paths`: the parts it speaks for.
    """

    chapter: str
    code: str
    about: str = ""
    before: tuple[Value, ...] = ()
    after: tuple[Value, ...] = ()
    paths: tuple[Path, ...] = field(default=(), compare=False)


# The difference


def difference(before: dict, after: dict) -> list[dict]:
    """What leads from one content to the other, as a JSON Patch (RFC 6902) on their `arranged` forms."""
    return jsonpatch.make_patch(arranged(said(before)), arranged(said(after))).patch


def apply(before: dict, patch: list[dict]) -> dict:
    """What a content became: `apply(before, difference(before, after))` is what `after` says."""
    return restored(jsonpatch.apply_patch(arranged(said(before)), patch))


def said(content: dict) -> dict:
    """All that a document says for itself."""
    return {key: value for key, value in content.items() if key not in APART}


def arranged(value: Any) -> Any:
    """The same with each list whose items have names as what they are by name, and their order."""
    if isinstance(value, dict):
        return {key: arranged(inner) for key, inner in value.items()}
    if isinstance(value, list) and (items := by_name(value)):
        return {ORDER: list(items), ITEMS: {name: arranged(item) for name, item in items.items()}}
    return value


def by_name(items: list | None) -> dict[str, Any]:
    """The items of a list by what each is known by; empty when there is one that has no name."""
    named: dict[str, Any] = {}
    for item in items or ():
        if not _name(item):
            return {}
        named[_free(_name(item), named)] = item
    return named


def restored(value: Any) -> Any:
    """The content behind an `arranged` one."""
    if not isinstance(value, dict):
        return value
    if ORDER in value:
        return [restored(value[ITEMS][name]) for name in value[ORDER]]
    return {key: restored(inner) for key, inner in value.items()}


def _name(item: Any) -> str:
    """What an item is known by; empty for one that has no name."""
    if not isinstance(item, dict):
        return ""
    return next((str(item[name]) for name in NAMES if item.get(name) not in (None, "")), "")


def _free(name: str, taken: Iterable[str]) -> str:
    """The name, or with the number that tells it from those before it that bear the same."""
    number, candidate = 1, name
    while candidate in taken:
        number += 1
        candidate = f"{name}#{number}"
    return candidate


# Its leaves


@dataclass(frozen=True)
class Comparison:
    """Two contents, side by side. `passed_over`: patterns of what cannot be compared; `*` stands for any name."""

    before: dict
    after: dict
    passed_over: tuple[Path, ...] = ()

    @cached_property
    def leaves(self) -> dict[Path, tuple[Any, Any]]:
        """Each leaf that is other or on one side only, with what it is on either (`None`: nothing)."""
        was, now = (dict(_leaves(arranged(said(content)))) for content in (self.before, self.after))
        return {
            path: (was.get(path), now.get(path))
            for path in dict.fromkeys((*now, *was))
            if _written(path, was) != _written(path, now) and not self._passes_over(path, was, now)
        }

    def differs(self, path: Path) -> bool:
        """Whether anything at or under that path is other."""
        return path in self._touched

    @cached_property
    def _touched(self) -> set[Path]:
        """Each part with something in it that is other."""
        return {path[:length] for path in self.leaves for length in range(len(path) + 1)}

    def _passes_over(self, path: Path, was: dict, now: dict) -> bool:
        return path in was and path in now and any(_fits(path, pattern) for pattern in self.passed_over)


def untold(comparison: Comparison, changes: Iterable[Change]) -> list[Path]:
    """The leaves that are other and that no change speaks for.

    The order of a list speaks through its items: it is other in itself only when nothing else in the list is.
    """
    changes = list(changes)
    told = {path for one in changes for path in one.paths}
    within = {path[:length] for path in told for length in range(len(path))}
    left = []
    for path, sides in comparison.leaves.items():
        if any(path[:length] in told for length in range(len(path) + 1)):
            continue
        frame = path[:-1] if path[-1] == ORDER else path if [] in sides else None  # of a list, and not in it
        if frame is None or frame not in within:
            left.append(path)
    return left


def _leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each leaf of an arranged content with the way to it; a list without names is one leaf, as is what is empty."""
    if not isinstance(value, dict) or not value:
        yield path, value
    elif ORDER in value:
        yield (*path, ORDER), value[ORDER]
        for name, item in value[ITEMS].items():
            yield from _leaves(item, (*path, name))
    else:
        for key, inner in value.items():
            yield from _leaves(inner, (*path, key))


def _written(path: Path, leaves: dict) -> str | None:
    """A leaf as JSON writes it: to Python, True is 1."""
    return json.dumps(leaves[path], sort_keys=True) if path in leaves else None


def _fits(path: Path, pattern: Path) -> bool:
    return len(path) >= len(pattern) and all(want in ("*", part) for part, want in zip(path, pattern, strict=False))


# Values


def at(content: dict, path: Path) -> Any:
    """What stands there; None where nothing does."""
    for name in path:
        if not isinstance(content, dict):
            return None
        content = content.get(name)
    return content


def value(kind: str, raw: Any) -> tuple[Value, ...]:
    """One value as (how it is written, what); nothing for what is not given."""
    return () if raw is None or raw in ("", []) else ((kind, raw),)


def plain(value: Any) -> str:
    """Anything as the text it is read as."""
    if isinstance(value, list):
        return "; ".join(plain(one) for one in value)
    if isinstance(value, dict):
        return ", ".join(plain(one) for one in value.values())
    return "" if value is None else str(value)
