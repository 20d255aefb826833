"""Calendar files as others read them: by the library that wrote them and by one that did not."""

from dataclasses import dataclass
from datetime import date, datetime

import vobject
from icalendar import Calendar


@dataclass(frozen=True)
class Read:
    """What both parsers found of one event."""

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime
    sequence: int | None
    status: str | None
    description: str


def read(content: bytes) -> tuple[str, list[Read]]:
    """The method of a file and its events, once both parsers and the rules of the format agree on them."""
    refuse_bad_lines(content)
    calendar = Calendar.from_ical(content)
    assert calendar.errors == []
    assert [event.errors for event in calendar.events if event.errors] == []
    other = vobject.readOne(content.decode())
    other.validate(raiseException=True)
    found = [by_icalendar(event) for event in calendar.events]
    assert [by_vobject(event) for event in other.contents.get("vevent", [])] == found
    assert other.method.value == calendar["METHOD"]
    assert len({event.uid for event in found}) == len(found)
    return str(calendar["METHOD"]), found


def by_icalendar(event) -> Read:
    sequence, status = event.get("SEQUENCE"), event.get("STATUS")
    return Read(
        uid=str(event["UID"]),
        title=str(event["SUMMARY"]),
        starts=event.start,
        ends=event.end,
        sequence=None if sequence is None else int(sequence),
        status=None if status is None else str(status),
        description=str(event["DESCRIPTION"]),
    )


def by_vobject(event) -> Read:
    lines = event.contents
    sequence, status = lines.get("sequence"), lines.get("status")
    return Read(
        uid=event.uid.value,
        title=event.summary.value,
        starts=event.dtstart.value,
        ends=event.dtend.value,
        sequence=int(sequence[0].value) if sequence else None,
        status=status[0].value if status else None,
        description=event.description.value,
    )


def refuse_bad_lines(content: bytes) -> None:
    """Lines end with CR LF and hold at most 75 octets, none of them half a letter (RFC 5545, 3.1)."""
    assert content.endswith(b"\r\n")
    for line in content.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert not set(line) & {*range(9), *range(10, 32), 127}


def names_in(content: bytes) -> set[str]:
    """The names of all properties and parts of a file."""
    lines = content.decode().replace("\r\n ", "").splitlines()
    return {line.partition(":")[0].partition(";")[0] for line in lines}
