"""A flag that a leader lives with for a time: what it needs, how long it holds, where it is shown."""

import json
import uuid
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import audit
from accounts.forms import SUBMISSION
from accounts.models import AuditEvent
from planning import acceptances, agendas
from planning.documents.plan_check import parts
from planning.documents.plan_content import plan_content
from planning.models import Acceptance
from planning.risks.answer import Answer, Reason, Status
from planning.standing import standing
from tests.factories import (
    make_acceptance,
    make_adviser,
    make_goal,
    make_leader,
    make_observation,
    make_pause,
    make_practitioner,
    make_service,
    make_sponsor,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
REASON = "Two of us are on leave until the new year."
ENTRY = "programme-burden"  # reported only: its severity is how many have said so


@pytest.fixture
def service():
    """A service that joined today, of which one flag is reported."""
    service = make_service("f", joined_on=TODAY)
    make_observation(service, entry=ENTRY, on=TODAY)
    return service


@pytest.fixture
def leader(service):
    return make_leader(service)


def answer(status=Status.FLAGGED, severity="3", **fields) -> Answer:
    severity = Decimal(severity) if severity is not None else None
    return Answer(key=ENTRY, theme=1, status=status, severity=severity, **fields)


def sent(**data) -> dict:
    return {name: str(value) for name, value in data.items()} | {SUBMISSION: str(uuid.uuid4())}


def made(leader, **changes) -> Acceptance:
    """Accepted today until ten days from now."""
    values = {"reason": REASON, "until": TODAY + 10 * DAY, "on": TODAY, "answer": answer()} | changes
    return acceptances.accept(ENTRY, by=leader, **values)


def in_force(service, on=TODAY, now=None) -> bool:
    return bool(acceptances.in_force(acceptances.running(service, on=on), [now or answer()]))


# What it needs


@pytest.mark.parametrize(
    ("reason", "taken"),
    [("", False), ("x" * 19, False), (" " + "x" * 18 + "  ", False), ("x" * 20, True), ("x" * 500, True)],
)
def test_b05_the_reason_has_at_least_twenty_characters(leader, reason, taken):
    client = client_of(leader)

    response = client.post(f"/services/f/standing/{ENTRY}/accept/", sent(reason=reason, until=TODAY + 10 * DAY))

    assert (response.status_code == 302) == taken
    assert Acceptance.objects.count() == taken
    if not taken:
        with pytest.raises(ValidationError):
            made(leader, reason=reason)


@pytest.mark.parametrize(
    ("days", "taken"), [(-1, False), (0, False), (1, True), (179, True), (180, True), (181, False)]
)
def test_b05_the_end_lies_at_most_180_days_ahead(leader, days, taken):
    until = TODAY + days * DAY

    response = client_of(leader).post(f"/services/f/standing/{ENTRY}/accept/", sent(reason=REASON, until=until))

    assert (response.status_code == 302) == taken
    assert [one.until for one in Acceptance.objects.all()] == ([until] if taken else [])
    if not taken:
        assert "Give a day after today, at most 180 days ahead." in main_text(response)
        with pytest.raises(ValidationError):
            made(leader, until=until)


def test_b05_the_form_names_the_last_possible_day(leader):
    shown = main_text(client_of(leader).get(f"/services/f/standing/{ENTRY}/accept/"))

    assert "24 May 2027 is the last possible day." in shown


def test_b05_it_has_a_name_and_keeps_how_the_flag_stood(leader):
    acceptance = made(leader, answer=answer(severity="33.3333333333333333"))

    acceptance.refresh_from_db()
    assert acceptance.by == leader
    assert (acceptance.status, acceptance.severity) == ("flagged", Decimal("33.333333"))
    assert (acceptance.accepted_on, acceptance.until) == (TODAY, TODAY + 10 * DAY)
    event = AuditEvent.objects.get()
    assert (event.code, event.details) == ("acceptance.made", {"entry": ENTRY, "until": "2026-12-05"})


@pytest.mark.parametrize(
    ("status", "taken"),
    [(Status.FLAGGED, True), (Status.WATCH, True), (Status.CLEAR, False), (Status.UNKNOWN, False)],
)
def test_b05_only_a_flag_or_a_watch_can_be_accepted(leader, status, taken):
    if taken:
        assert made(leader, answer=answer(status)).status == status
    else:
        with pytest.raises(acceptances.NothingToAccept):
            made(leader, answer=answer(status))


def test_b05_on_the_page_too_only_a_flag_or_a_watch_can_be_accepted(leader):
    client = client_of(leader)

    response = client.post("/services/f/standing/no-vision/accept/", sent(reason=REASON, until=TODAY + DAY))

    assert "This is not flagged now, so there is nothing to accept." in main_text(response)
    assert not Acceptance.objects.exists()
    assert "Accept it for a time" not in main_text(client.get("/services/f/standing/no-vision/"))
    assert client.get("/services/f/standing/no-such-entry/accept/").status_code == 404


def test_without_the_line_in_the_trail_nothing_is_accepted(leader, monkeypatch):
    def fail(**_kwargs):
        raise OSError("no room")

    monkeypatch.setattr(audit, "record", fail)

    with pytest.raises(OSError, match="no room"):
        made(leader)
    assert not Acceptance.objects.exists()


# How long it holds


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, True), (9, True), (10, True), (11, False)])
def test_b05_it_holds_until_its_day_that_day_included(service, leader, days, holds):
    made(leader, until=TODAY + 10 * DAY)

    assert in_force(service, on=TODAY + days * DAY) == holds


@pytest.mark.parametrize(
    ("stored", "now", "holds"),
    [
        ("3", "2.999999", True),
        ("3", "3", True),
        ("3", "3.000001", False),
        ("3", "4", False),
        ("3", None, True),
        ("0", "0", True),
        (None, None, True),
        (None, "0", True),  # written by hand, without a figure: only the status tells that it got worse
        ("33.3333333333333333", "33.3333333333333333", True),  # what the record cuts off is no change
        ("66.6666666666666666", "66.6666666666666666", True),
        ("66.6666666666666666", "66.67", False),
    ],
)
def test_b05_it_ends_when_the_severity_passes_the_stored_one(service, leader, stored, now, holds):
    made(leader, answer=answer(severity=stored))

    assert in_force(service, now=answer(severity=now)) == holds


@pytest.mark.parametrize(
    ("accepted", "now", "holds"),
    [
        (Status.FLAGGED, Status.FLAGGED, True),
        (Status.FLAGGED, Status.WATCH, True),
        (Status.WATCH, Status.WATCH, True),
        (Status.WATCH, Status.FLAGGED, False),
        (Status.FLAGGED, Status.CLEAR, False),
        (Status.WATCH, Status.UNKNOWN, False),
    ],
)
def test_b05_it_ends_when_the_status_is_worse_and_says_nothing_where_nothing_is_flagged(
    service, leader, accepted, now, holds
):
    made(leader, answer=answer(accepted))
    reason = Reason.MISSING if now is Status.UNKNOWN else None

    assert in_force(service, now=answer(now, "1", reason=reason)) == holds


def test_it_can_be_taken_back_and_made_anew(service, leader):
    first = made(leader)
    acceptances.take_back(first, by=leader, on=TODAY + DAY)
    acceptances.take_back(first, by=leader, on=TODAY + 2 * DAY)

    assert first.ended_on == TODAY + DAY
    assert in_force(service, on=TODAY)
    assert not in_force(service, on=TODAY + DAY)
    assert AuditEvent.objects.filter(code="acceptance.ended").count() == 1
    made(leader, on=TODAY + DAY, until=TODAY + 20 * DAY)
    assert in_force(service, on=TODAY + DAY)


def test_a_new_one_takes_the_place_of_the_running_one(service, leader):
    first = made(leader)
    second = made(leader, reason="It has become three of us who are on leave.", answer=answer(severity="5"))

    first.refresh_from_db()
    assert first.ended_on == TODAY
    assert acceptances.running(service, on=TODAY) == [second]
    assert in_force(service, now=answer(severity="4"))


def test_one_that_ran_out_does_not_stand_in_the_way(service, leader):
    made(leader, until=TODAY + DAY)

    again = made(leader, on=TODAY + 5 * DAY, until=TODAY + 20 * DAY)

    assert acceptances.running(service, on=TODAY + 5 * DAY) == [again]


def test_that_of_another_service_says_nothing(service):
    make_acceptance(entry=ENTRY)

    assert not in_force(service)


# Where it is shown


@pytest.fixture
def lived_with(service, leader):
    """The one flag of the service, accepted as it stands."""
    return acceptances.accept(
        ENTRY,
        reason=REASON,
        until=TODAY + 10 * DAY,
        by=leader,
        on=TODAY,
        answer=standing(service, TODAY).entry(ENTRY).answer,
    )


def test_b05_it_leaves_do_now_and_also_open_and_stays_listed_as_flagged(service, lived_with):
    stands = standing(service, TODAY)
    theme = next(theme for theme in stands.themes if theme.number == stands.entry(ENTRY).theme)

    assert ENTRY not in {entry.key for entry in stands.do_now + stands.also_open}
    assert [entry.key for entry in stands.accepted] == [ENTRY]
    assert stands.entry(ENTRY).status is Status.FLAGGED
    assert stands.entry(ENTRY).accepted == lived_with
    assert (Status.FLAGGED, 1) in theme.states
    assert theme.status is Status.FLAGGED
    assert [entry.key for entry in theme.accepted] == [ENTRY]
    assert ENTRY not in {entry.key for entry in theme.open}
    assert f"flag:{ENTRY}" not in {row.code for row in agendas.agenda(service, stands).rows}


def test_b05_on_the_day_after_its_end_it_is_to_do_again(service, lived_with):
    stands = standing(service, TODAY + 11 * DAY)

    assert [entry.key for entry in stands.do_now] == [ENTRY]
    assert stands.accepted == stands.outgrown == ()


def test_b05_when_the_evidence_worsens_it_is_to_do_again_and_the_page_says_why(service, leader, lived_with):
    client = client_of(leader)
    assert "has accepted this until Sat 5 Dec" in main_text(client.get(f"/services/f/standing/{ENTRY}/"))

    make_observation(service, entry=ENTRY, on=TODAY, text="Now a second one says so")

    stands = standing(service, TODAY)
    assert [entry.key for entry in stands.do_now] == [ENTRY]
    assert stands.accepted == ()
    assert stands.outgrown == (lived_with,)
    shown = main_text(client.get(f"/services/f/standing/{ENTRY}/"))
    assert "This was accepted until Sat 5 Dec. It has got worse since, so the acceptance does not hold." in shown
    assert "Accept it for a time" in shown


def test_b05_what_is_clear_or_rests_is_not_shown_as_accepted(service, lived_with):
    pause = make_pause(service, paused_on=TODAY)
    assert standing(service, TODAY).accepted == ()
    pause.delete()
    service.observations.all().delete()

    stands = standing(service, TODAY)

    assert stands.accepted == ()
    assert stands.entry(ENTRY).accepted is None


@pytest.mark.parametrize("address", ["standing/", "standing/themes/{theme}/", f"standing/{ENTRY}/"])
@pytest.mark.parametrize("make", [make_leader, make_practitioner, make_adviser])
def test_b05_every_reader_sees_reason_name_and_end_where_the_flag_would_stand(service, lived_with, make, address):
    theme = standing(service, TODAY).entry(ENTRY).theme
    reader = make(service, name="A reader")

    shown = main_text(client_of(reader).get(f"/services/f/{address.format(theme=theme)}"))

    assert REASON in shown
    assert lived_with.by.name in shown
    assert "until Sat 5 Dec" in shown
    assert ("Take it back" in shown) == (make is make_leader and address.endswith(f"{ENTRY}/"))


def test_the_themes_say_how_many_of_their_flags_are_accepted(service, lived_with):
    for reader, address in (
        (make_practitioner(service), "/services/f/standing/"),
        (make_sponsor(service), "/services/f/"),
    ):
        shown = main_text(client_of(reader).get(address))
        assert "1 flagged" in shown
        assert "1 of them accepted for a time" in shown
    home = main_text(client_of(lived_with.by).get("/services/f/"))
    assert "Nothing else is flagged." in home
    assert "Accepted: 1" in home
    assert REASON not in main_text(client_of(make_sponsor(service)).get("/services/f/"))


def test_a_leader_accepts_from_the_entry_and_takes_it_back_there(service, leader):
    client = client_of(leader)
    entry = document(client.get(f"/services/f/standing/{ENTRY}/"))
    (way,) = entry.xpath("//main//a[text()='Accept it for a time']/@href")

    accepted = client.post(way, sent(reason=REASON, until=TODAY + 10 * DAY), follow=True)

    assert "Accepted until 5 December 2026." in main_text(accepted)
    assert document(accepted).xpath("//main//a[text()='Accept it for a time']") == []
    (back,) = document(accepted).xpath("//main//a[text()='Take it back']/@href")
    taken_back = client.post(back, sent(), follow=True)
    assert "Taken back." in main_text(taken_back)
    assert Acceptance.objects.get().ended_on == TODAY
    assert [entry.key for entry in standing(service, TODAY).do_now] == [ENTRY]


def test_only_leaders_are_offered_to_accept(service):
    for make in (make_practitioner, make_adviser):
        shown = main_text(client_of(make(service)).get(f"/services/f/standing/{ENTRY}/"))
        assert "Accept it for a time" not in shown


def test_the_json_has_the_end_and_never_the_reason(lived_with, capsys):
    def risks() -> str:
        call_command("risks", "f", "--as-of", TODAY.isoformat(), "--format", "json")
        return capsys.readouterr().out

    printed = risks()
    until = {risk["key"]: risk["accepted_until"] for risk in json.loads(printed)["risks"]}
    status = {risk["key"]: risk["status"] for risk in json.loads(printed)["risks"]}

    assert {key: day for key, day in until.items() if day} == {ENTRY: "2026-12-05"}
    assert status[ENTRY] == "flagged"
    assert REASON not in printed
    assert lived_with.by.name not in printed
    call_command("risks", "f", "--as-of", TODAY.isoformat())
    assert "accepted until 5 December 2026" in " ".join(capsys.readouterr().out.split())


def test_p02_the_plan_lists_it_with_reason_and_end_and_asks_for_nothing(service, leader, lived_with):
    content = plan_content(service, TODAY, "en")

    (accepted,) = content["accepted"]
    assert (accepted["key"], accepted["status"], accepted["reason"]) == (ENTRY, "flagged", REASON)
    assert (accepted["by"], accepted["accepted_on"], accepted["until_on"]) == (leader.name, "2026-11-25", "2026-12-05")
    assert ENTRY not in [entry["key"] for entry in content["open"]]
    assert accepted["title"] not in [matter["title"] for matter in content["matters"]]
    theme = next(one for one in content["themes"] if one["accepted"])
    assert {"status": "flagged", "count": 1} in theme["states"]
    assert json.loads(json.dumps(content)) == content
    standing_part = next(part for part in parts(content) if part.label == "How it stands")
    assert standing_part.given == "0 flags, 0 to watch, 1 accepted for a time"


def test_r02_acceptances_cost_one_query_however_many_there_are(service, leader):
    counted = []
    for entries in ((), ("no-goals", "no-vision"), ("own-time", "crowded-out", "no-leader")):
        for entry in entries:
            make_acceptance(service, entry=entry, by=leader)
            make_goal(service)
        with CaptureQueriesContext(connection) as queries:
            [entry.accepted.by for entry in standing(service, TODAY).accepted]
        counted.append(len(queries))

    assert len(set(counted)) == 1
