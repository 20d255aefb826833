"""Who counts in the rules."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from .answer import Record
from .snapshot import Allocation, Person, Snapshot, Work


def active_practitioners(snapshot: Snapshot) -> list[Person]:
    """Practitioners in the service who have not stopped.

    Being away for a time does not end it, and a missing starting date does not stand against anybody.
    """
    return [
        person
        for person in snapshot.people
        if person.role == "practitioner" and person.present(snapshot.as_of) and not has_stopped(person, snapshot.as_of)
    ]


def has_stopped(person: Person, on: date) -> bool:
    """Whether the person delivers IMR no longer."""
    return person.stopped_on is not None and person.stopped_on <= on


def in_role(snapshot: Snapshot, role: str) -> list[Person]:
    """Everybody recorded in the role, also those who have left."""
    return [person for person in snapshot.people if person.role == role]


def person_records(people: Iterable[Person]) -> tuple[Record, ...]:
    """Pointers to people, in an order of their own."""
    return tuple(Record("person", number) for number in sorted(person.number for person in people))


def allocations_in_use(snapshot: Snapshot) -> list[Allocation]:
    """Hours set aside for people who are there to use them: not for those who have left or stopped."""
    gone = {
        person.number
        for person in snapshot.people
        if not person.present(snapshot.as_of) or has_stopped(person, snapshot.as_of)
    }
    return [one for one in snapshot.allocations if one.hours > 0 and one.person not in gone]


def hours_by_person(allocations: Iterable[Allocation], work: Work | None = None) -> dict[int, Fraction]:
    """Hours a week by person, exact; of one kind of work if one is named."""
    hours: dict[int, Fraction] = defaultdict(Fraction)
    for one in allocations:
        if work is None or one.work == work:
            hours[one.person] += Fraction(one.hours)
    return dict(hours)
