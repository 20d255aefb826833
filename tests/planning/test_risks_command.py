"""The command that prints the catalogue's answer for one service."""

import json
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command, execute_from_command_line
from django.utils import translation

from accounts.models import Service
from planning import risk_report
from planning.risks import CATALOGUE_VERSION, ENTRIES
from planning.study import load_study

TODAY = date(2027, 3, 31)


@pytest.fixture
def nine(db):
    load_study(today=TODAY)


def answer(capsys, *words) -> dict:
    """What the command prints as JSON, parsed; nothing but that may be on standard output."""
    call_command("risks", *words, "--format", "json")
    printed = capsys.readouterr()
    assert printed.err == ""
    return json.loads(printed.out)


def test_json_is_one_object_in_the_catalogues_order(nine, capsys):
    content = answer(capsys, "F", "--as-of", TODAY.isoformat())

    assert list(content) == ["service", "as_of", "catalogue", "risks"]
    assert (content["service"], content["as_of"], content["catalogue"]) == ("F", "2027-03-31", CATALOGUE_VERSION)
    assert [risk["key"] for risk in content["risks"]] == [entry.key for entry in ENTRIES]
    assert len(content["risks"]) == 39
    for risk in content["risks"]:
        assert list(risk) == ["key", "theme", "status", "reason", "since", "evidence", "accepted_until"]
        assert risk["theme"] in range(1, 6)
        assert risk["status"] in ("flagged", "watch", "clear", "unknown")
        assert (risk["reason"] is None) == (risk["status"] != "unknown")
        assert risk["accepted_until"] is None
        for evidence in risk["evidence"]:
            assert list(evidence) == ["kind", "text", "values"]
            assert evidence["kind"] in ("measured", "reported", "group")
            assert evidence["text"]


def test_evidence_is_our_sentence_and_never_what_people_wrote(nine, capsys):
    service = Service.objects.get(key="F")
    content = json.dumps(answer(capsys, "F", "--as-of", TODAY.isoformat()), ensure_ascii=False)

    for observation in service.observations.all():
        assert observation.text not in content
    for member in service.members.all():
        assert member.name not in content


def test_flags_carry_the_day_since_when(nine, capsys):
    risks = {risk["key"]: risk for risk in answer(capsys, "F", "--as-of", TODAY.isoformat())["risks"]}

    assert (risks["no-vision"]["status"], risks["no-vision"]["since"]) == ("flagged", "2027-02-28")
    assert {evidence["kind"] for evidence in risks["no-vision"]["evidence"]} == {"reported", "group"}
    assert (risks["crowded-out"]["status"], risks["crowded-out"]["evidence"][0]["kind"]) == ("watch", "group")
    assert (risks["low-reach"]["status"], risks["low-reach"]["since"]) == ("unknown", None)


@pytest.mark.parametrize("key", "ABCDEFGHI")
@pytest.mark.parametrize("format", ["json", "text"])
def test_b03_the_same_input_gives_the_same_bytes(nine, capsys, key, format):
    printed = []
    for _ in range(2):
        call_command("risks", key, "--as-of", "2027-03-31", "--format", format)
        printed.append(capsys.readouterr().out.encode())

    assert printed[0] == printed[1]


def test_today_in_oslo_is_the_default(nine, capsys):
    with time_machine.travel("2027-03-31T22:30:00+00:00", tick=False):  # half past midnight in Oslo
        assert answer(capsys, "A")["as_of"] == "2027-04-01"


def test_what_is_dated_later_is_dropped(nine, capsys):
    risks = {risk["key"]: risk for risk in answer(capsys, "F", "--as-of", "2027-02-27")["risks"]}

    assert {risk["status"] for risk in risks.values()} == {"unknown"}
    assert not any(evidence["kind"] != "measured" for risk in risks.values() for evidence in risk["evidence"])


def test_text_is_in_the_language_asked_for(nine, capsys):
    english = answer(capsys, "C", "--as-of", "2027-03-31")
    norwegian = answer(capsys, "C", "--as-of", "2027-03-31", "--language", "nb")

    assert [risk["status"] for risk in english["risks"]] == [risk["status"] for risk in norwegian["risks"]]
    pairs = [
        (ours["text"], theirs["text"])
        for one, other in zip(english["risks"], norwegian["risks"], strict=True)
        for ours, theirs in zip(one["evidence"], other["evidence"], strict=True)
    ]
    assert pairs
    assert all(ours != theirs for ours, theirs in pairs)


def test_the_active_language_does_not_matter_to_the_default(nine, capsys):
    plain = answer(capsys, "C", "--as-of", "2027-03-31")

    with translation.override("nb"):
        assert answer(capsys, "C", "--as-of", "2027-03-31") == plain


def test_the_terminal_gets_themes_with_the_worst_first(nine, capsys):
    call_command("risks", "F", "--as-of", "2027-03-31")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Service F on 31 March 2027")
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5."]
    assert all(len(line) <= risk_report.WIDTH for line in lines)
    for entry in ENTRIES:
        assert sum(f"[{entry.key}]" in line for line in lines) == 1
    places = {
        word: next(i for i, line in enumerate(lines) if f"[{word}]" in line) for word in ("no-vision", "low-reach")
    }
    assert places["no-vision"] < places["low-reach"]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (Decimal("4.5"), 4.5),
        (Decimal("4.0"), 4),
        (Decimal("1E+2"), 100),
        (date(2027, 3, 31), "2027-03-31"),
        ("five", "five"),
        (5, 5),
        (None, None),
    ],
)
def test_values_are_plain_json(value, plain):
    assert risk_report._plain(value) == plain
    assert type(risk_report._plain(value)) is type(plain)


def test_an_unknown_service_ends_with_1_and_lists_those_there_are(nine, capsys):
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "risks", "Z", "--format", "json"])

    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.out == ""
    assert 'There is no service "Z". Those there are: A, B, C, D, E, F, G, H, I.' in printed.err


def test_without_any_service_it_says_how_to_get_one(db):
    with pytest.raises(CommandError, match="create_service"):
        call_command("risks", "A")


@pytest.mark.parametrize("text", ["2027-02-30", "yesterday", "20270331", "2027-W13-3", ""])
def test_a_day_that_is_none_ends_with_1_and_a_sentence(nine, capsys, text):
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "risks", "A", f"--as-of={text}"])

    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.out == ""
    assert f'"{text}" is not a day that exists.' in printed.err


@pytest.mark.parametrize("command", [("risks", "A"), ("run_due",)])
@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31"])
def test_a_day_at_the_end_of_the_calendar_ends_with_a_sentence(nine, command, text):
    with pytest.raises(CommandError, match="is too far away: give a year from 1900 to 2199"):
        call_command(*command, "--as-of", text)
