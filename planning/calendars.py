"""Calendar files (RFC 5545, RFC 5546) of entries that somebody else looked up. Nothing here knows rows or requests.

One event for each date, never a rule of repetition: a meeting of a series is moved and left out like any other. Times
stand on the wall clock of Europe/Oslo, whose changes are in the file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vDuration,
    vText,
)

OSLO = ZoneInfo("Europe/Oslo")
PRODUCT = "-//Holdfast//Holdfast//EN"
READ_AGAIN_AFTER = timedelta(hours=6)  # how often a subscribed calendar is looked at anew
NEVER_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f\"<>,;:]")  # what would end the line or the value


class Method(StrEnum):
    """What a file asks of the calendar that reads it (RFC 5546, 3.2)."""

    PUBLISH = "PUBLISH"  # to look at; goes to nobody in particular
    REQUEST = "REQUEST"  # come, or come at another time
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Meeting:
    """Something at a time of day. `uid` stays the same for good; `sequence` grows with each change of time or state."""

    uid: str
    title: str
    url: str
    starts_at: datetime
    lasts: timedelta
    sequence: int = 0
    cancelled: bool = False

    def to_event(self, *, stamp: datetime) -> Event:
        """The event, on the wall clock of Europe/Oslo."""
        event = _event(self, stamp=stamp)
        starts_at = self.starts_at.astimezone(OSLO)
        event.add("dtstart", starts_at)
        event.add("dtend", (self.starts_at + self.lasts).astimezone(OSLO))
        event.add("sequence", self.sequence)
        event.add("status", "CANCELLED" if self.cancelled else "CONFIRMED")
        event.add("transp", "OPAQUE")
        return event


@dataclass(frozen=True)
class DueDay:
    """Something that falls on a day and takes none of its time."""

    uid: str
    title: str
    url: str
    day: date

    def to_event(self, *, stamp: datetime) -> Event:
        """The event of one whole day."""
        event = _event(self, stamp=stamp)
        event.add("dtstart", self.day)
        event.add("dtend", self.day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return event


Entry = Meeting | DueDay


def _event(entry: Entry, *, stamp: datetime) -> Event:
    """What every event has. All there is to read besides stands behind its link."""
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", stamp)
    event.add("summary", on_one_line(entry.title))
    event.add("description", entry.url)
    event.add("url", entry.url)
    return event


def published(entries: Iterable[Entry], *, name: str, stamp: datetime) -> bytes:
    """Entries to look at, without attendees."""
    calendar = _calendar(Method.PUBLISH)
    calendar.add("name", on_one_line(name))
    calendar.add("x-wr-calname", vText(on_one_line(name)))
    calendar.add("refresh-interval", vDuration(READ_AGAIN_AFTER), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(READ_AGAIN_AFTER))
    return _finished(calendar, [entry.to_event(stamp=stamp) for entry in entries])


def to_one(meeting: Meeting, *, method: Method, organizer: str, attendee: str, stamp: datetime) -> bytes:
    """A meeting for the calendar of one person: come, or do not. Raises ValueError for what is no mail address."""
    event = meeting.to_event(stamp=stamp)
    sender = mail_address(organizer)
    sender.params["CN"] = vText("Holdfast")
    event.add("organizer", sender)
    person = mail_address(attendee)
    person.params |= {"ROLE": vText("REQ-PARTICIPANT"), "PARTSTAT": vText("NEEDS-ACTION"), "RSVP": vText("FALSE")}
    event.add("attendee", person)
    return _finished(_calendar(method), [event])


def _calendar(method: Method) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method.value)
    return calendar


def _finished(calendar: Calendar, events: Iterable[Event]) -> bytes:
    """The file: the clock of Europe/Oslo, then the events."""
    calendar.add_component(clock_of_oslo())
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def clock_of_oslo() -> Timezone:
    """When clocks change in Norway: on the last Sundays of March and October, since 1996.

    As rules, which every mail program reads. The library would list single changes instead, and lists those of spring
    an hour late (RFC 5545, 3.6.5: the onset is told by the clock that ends with it). The tests hold these rules against
    the table of time zones.
    """
    summer, winter = timedelta(hours=2), timedelta(hours=1)
    clock = Timezone()
    clock.add("tzid", OSLO.key)
    for component, name, before, after, first, month in (
        (TimezoneDaylight(), "CEST", winter, summer, datetime(1996, 3, 31, 2), 3),
        (TimezoneStandard(), "CET", summer, winter, datetime(1996, 10, 27, 3), 10),
    ):
        component.add("dtstart", first)
        component.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        component.add("tzname", name)
        component.add("tzoffsetfrom", before)
        component.add("tzoffsetto", after)
        clock.add_component(component)
    return clock


def mail_address(email: str) -> vCalAddress:
    """An address as calendars know people; raises ValueError for one that could say more than itself."""
    if NEVER_IN_AN_ADDRESS.search(email) or email.count("@") != 1:
        raise ValueError("this is no mail address for a calendar")
    return vCalAddress(f"mailto:{email}")


def on_one_line(text: str) -> str:
    """A title without line breaks and control characters, which calendar programs show in many ways."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
