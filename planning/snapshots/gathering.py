"""What all parts of a snapshot do with rows."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

Thing = TypeVar("Thing")


def until(day: date | None, as_of: date) -> date | None:
    """The day, unless it lies in the future: what has not happened is not yet a fact."""
    return day if day is not None and day <= as_of else None


def grouped(pairs: Iterable[tuple[int, Thing]]) -> dict[int, tuple[Thing, ...]]:
    """(service, thing) pairs as tuples by service."""
    groups = defaultdict(list)
    for service_pk, thing in pairs:
        groups[service_pk].append(thing)
    return {service_pk: tuple(things) for service_pk, things in groups.items()}
