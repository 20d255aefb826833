"""M10, M11: what is written as a calendar file is what others read, whatever stands in it."""

from datetime import UTC, date, datetime, timedelta
from itertools import islice, pairwise

import pytest
import recurring_ical_events
import vobject
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planning.calendars import (
    OSLO,
    DueDay,
    Meeting,
    Method,
    clock_of_oslo,
    mail_address,
    on_one_line,
    published,
    to_one,
)
from planning.recurrence import occurrences
from tests.planning.calendar_reading import names_in, read

STAMP = datetime(2026, 11, 1, 12, tzinfo=UTC)
LASTS = timedelta(minutes=45)
HOSTILE = [
    "Team A\r\nATTENDEE:mailto:mallory@example.org",
    'Team, with; marks \\n \\, : " and ^n',
    "Brukarteam 👩‍⚕️ " + "æøå" * 40,
    "x" * 500,
    "\u2028line\u2029 \x00 \x07 \x7f bell",
    "BEGIN:VEVENT\nEND:VCALENDAR",
    "\u202eright to left",
]


def oslo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=OSLO)


def meeting(starts_at="2026-12-01 13:00", **fields) -> Meeting:
    return Meeting(
        **{
            "uid": "review-1@holdfast.example.org",
            "title": "Review meeting: Service F",
            "url": "https://holdfast.example.org/services/f/reviews/1/",
            "starts_at": oslo(starts_at) if isinstance(starts_at, str) else starts_at,
            "lasts": LASTS,
            **fields,
        }
    )


def feed(*entries) -> bytes:
    return published(entries, name="Holdfast", stamp=STAMP)


def for_kari(one: Meeting, method=Method.REQUEST, *, to="kari@example.org") -> bytes:
    return to_one(one, method=method, organizer="holdfast@example.org", attendee=to, stamp=STAMP)


# Read by two parsers


def test_m10_two_parsers_read_the_same_from_a_published_calendar():
    due = DueDay(uid="action-3@x", title="Due: an action", url="https://x/", day=date(2026, 12, 24))

    method, (first, second) = read(feed(meeting(sequence=2), due))

    assert method == "PUBLISH"
    assert first.title == "Review meeting: Service F"
    assert (first.starts, first.ends) == (oslo("2026-12-01 13:00"), oslo("2026-12-01 13:45"))
    assert (first.sequence, first.status) == (2, "CONFIRMED")
    assert (second.starts, second.ends) == (date(2026, 12, 24), date(2026, 12, 25))


def test_m10_a_published_calendar_has_no_organizer_and_no_attendee_and_says_how_often_to_look():
    content = feed(meeting())

    assert not names_in(content) & {"ORGANIZER", "ATTENDEE"}
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in content
    assert b"X-PUBLISHED-TTL:PT6H\r\n" in content


def test_m10_a_calendar_without_entries_is_still_one():
    assert read(feed()) == ("PUBLISH", [])


def test_m10_an_invitation_goes_to_one_person():
    content = for_kari(meeting())

    method, (event,) = read(content)
    (written,) = Calendar.from_ical(content).events
    assert (method, event.status) == ("REQUEST", "CONFIRMED")
    assert written["ORGANIZER"] == "mailto:holdfast@example.org"
    assert written["ATTENDEE"] == "mailto:kari@example.org"
    assert written["ATTENDEE"].params["RSVP"] == "FALSE"


def test_m10_a_cancelled_meeting_says_so_in_its_method_and_its_state():
    method, (event,) = read(for_kari(meeting(sequence=3, cancelled=True), Method.CANCEL))

    assert (method, event.status, event.sequence) == ("CANCEL", "CANCELLED", 3)


def test_m10_the_same_entries_are_the_same_bytes():
    assert feed(meeting(), meeting(uid="review-2@x")) == feed(meeting(), meeting(uid="review-2@x"))


# Hostile text


@pytest.mark.parametrize("text", HOSTILE)
def test_m11_a_hostile_title_stays_one_title(text):
    content = feed(meeting(title=text))

    _method, (event,) = read(content)
    assert event.title == on_one_line(text)
    assert not names_in(content) & {"ATTENDEE", "ORGANIZER"}
    assert content.count(b"\r\nBEGIN:VEVENT") == 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_m11_any_title_comes_back_as_it_went_in(text):
    _method, (event,) = read(feed(meeting(title=text)))

    assert event.title == on_one_line(text)


@pytest.mark.parametrize(
    "address",
    [
        "kari@example.org\r\nATTENDEE:mailto:all@example.org",
        "kari@example.org\n",
        "kari@example.org,ola@example.org",
        '"kari"@example.org',
        "kari@example.org;CN=Ola",
        "kari @example.org",
        "kari",
        "",
        "a@b@c",
    ],
)
def test_m11_an_address_that_says_more_than_itself_is_refused(address):
    with pytest.raises(ValueError, match="no mail address"):
        mail_address(address)
    with pytest.raises(ValueError, match="no mail address"):
        for_kari(meeting(), to=address)


# The clock


def changes_in(year: int) -> list[tuple[datetime, timedelta]]:
    """When the table of time zones changes the clock of Oslo in a year, in UTC, and the difference from then on."""
    hours = (datetime(year, 1, 1, tzinfo=UTC) + timedelta(hours=number) for number in range(366 * 24))
    offsets = [(hour, hour.astimezone(OSLO).utcoffset()) for hour in hours if hour.year == year]
    return [now for before, now in pairwise(offsets) if before[1] != now[1]]


@pytest.mark.parametrize("year", range(2024, 2038))
def test_m10_the_rules_of_the_clock_are_those_of_the_table_of_time_zones(year):
    written = []
    for part in clock_of_oslo().subcomponents:
        rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=part["DTSTART"].dt)
        (onset,) = rule.between(datetime(year, 1, 1), datetime(year, 12, 31))
        at = (onset - part["TZOFFSETFROM"].td).replace(tzinfo=UTC)  # told by the clock that ends with it
        written.append((at, part["TZOFFSETTO"].td))

    assert sorted(written) == changes_in(year)


@pytest.mark.parametrize(
    ("before", "after"),
    [("2027-03-26 13:00", "2027-03-29 13:00"), ("2027-10-29 13:00", "2027-11-01 13:00")],
    ids=["spring", "autumn"],
)
def test_m10_a_meeting_at_one_stays_at_one_on_both_sides_of_a_change_of_clocks(before, after):
    content = feed(meeting(before), meeting(after, uid="review-2@x"))

    _method, events = read(content)
    assert [event.starts for event in events] == [oslo(before), oslo(after)]
    # By the rules within the file alone, as a program without a table of time zones reads it.
    read_by_rules = [event.dtstart.value for event in vobject.readOne(content.decode()).vevent_list]
    assert [f"{moment:%H:%M}" for moment in read_by_rules] == ["13:00", "13:00"]
    assert [moment.astimezone(UTC) for moment in read_by_rules] == [oslo(before), oslo(after)]
    assert content.count(b"DTSTART;TZID=Europe/Oslo:") == 2


@pytest.mark.parametrize("day", ["2027-03-28", "2027-10-31"])
@pytest.mark.parametrize("hour", ["00:30", "03:30", "13:00", "23:30"])
def test_m10_times_on_the_days_of_the_change_are_right_too(day, hour):
    _method, (event,) = read(feed(meeting(f"{day} {hour}")))

    assert event.starts.astimezone(UTC) == oslo(f"{day} {hour}").astimezone(UTC)
    assert event.ends.astimezone(UTC) - event.starts.astimezone(UTC) == LASTS


# A series


@pytest.mark.parametrize(
    "rule", ["FREQ=WEEKLY;INTERVAL=4", "FREQ=MONTHLY;BYDAY=3TU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=WEEKLY;INTERVAL=2"]
)
def test_m10_each_date_of_a_series_is_one_event_as_a_calendar_program_counts_them(rule):
    dates = list(islice(occurrences(rule, oslo("2026-10-06 13:00")), 20))
    content = feed(*(meeting(one, uid=f"review-{number}@x") for number, one in enumerate(dates)))

    found = recurring_ical_events.of(Calendar.from_ical(content)).between(date(2026, 1, 1), date(2029, 1, 1))

    assert sorted(event.start for event in found) == dates
    assert b"\r\nRRULE:" not in content.partition(b"END:VTIMEZONE")[2]
