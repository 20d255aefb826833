"""docs/dossier.md: its tables are current, and what it shows works as it says."""

import json
import re
from datetime import date

import pytest
from django.core.management import call_command

from planning.dossiers import document, schema
from planning.dossiers.errors import DossierError
from tests.planning.dossiers.samples import bring_in, risks_of, sparse, take_out

PAGE = document.PAGE.read_text(encoding="utf-8")
EXAMPLES = [json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
CLAIMS = re.findall(r"^\| `([a-z-]+)` \| (flagged|watch|clear|unknown) \|", PAGE, re.MULTILINE)


def test_the_tables_are_current():
    assert document.put_into(PAGE, document.tables()) == PAGE, "Run: ./holdfast manage dossier_doc --write"


def test_every_field_is_in_the_tables():
    rows = re.findall(r"^\| `([^`]+)` \|", document.tables(), re.MULTILINE)

    def names(part):
        for name, below in part.get("properties", {}).items():
            below = schema.resolved(below)
            yield name
            if not document._is_plain(below):
                yield from names(below)
            yield from names(below.get("items", {}))

    assert set(names(schema.schema())) <= set(rows)
    assert "None" not in document.tables()


def test_there_is_a_smallest_and_a_worked_example():
    smallest, worked = EXAMPLES

    assert set(smallest) == {"format", "as_of", "service"}
    assert len(worked) > 10
    assert len(CLAIMS) == 9


@pytest.mark.django_db
@pytest.mark.parametrize("content", EXAMPLES)
def test_the_examples_come_in_at_the_first_try(content):
    service = bring_in(content)

    risks = json.loads(risks_of(service, date.fromisoformat(content["as_of"])))["risks"]
    if content is EXAMPLES[0]:
        assert {risk["status"] for risk in risks} == {"unknown"}
    else:
        answers = {risk["key"]: risk["status"] for risk in risks}
        assert {key: answers[key] for key, _ in CLAIMS} == dict(CLAIMS)


@pytest.mark.django_db
def test_what_is_left_out_of_the_example_stays_out():
    worked = EXAMPLES[1]

    content = json.loads(take_out(bring_in(worked), date(2026, 11, 25)))

    assert set(content) == set(worked)
    assert set(content["service"]) == {*worked["service"], "practice"}


def test_the_refusal_that_is_shown_is_the_one_that_comes():
    content = json.loads(json.dumps(EXAMPLES[1]))
    content["goals"][0]["owner"] = "lene"

    with pytest.raises(DossierError) as refusal:
        bring_in(content)

    assert f"\n    {refusal.value}\n" in PAGE


def test_the_command_prints_the_tables_or_writes_them_into_the_page(capsys, tmp_path, monkeypatch):
    page = tmp_path / "dossier.md"
    page.write_text(f"Before\n\n{document.BEGIN}\nstale\n{document.END}\n\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(document, "PAGE", page)

    call_command("dossier_doc")
    assert capsys.readouterr().out == document.tables() + "\n"
    call_command("dossier_doc", "--write")

    assert page.read_text(encoding="utf-8") == (
        f"Before\n\n{document.BEGIN}\n\n{document.tables()}\n\n{document.END}\n\nAfter\n"
    )


@pytest.mark.parametrize("marks", ["", document.BEGIN, document.END])
def test_a_page_without_its_marks_is_not_written(marks):
    with pytest.raises(ValueError, match="needs the lines"):
        document.put_into(f"Page {marks}", "tables")


STOPPED = {
    "service": {"described": True, "started_on": "2022-06-01", "project_ends_on": "2025-05-31"},
    "members": [
        {"ref": "old", "role": "leader", "started_on": "2021-01-01", "leaves_on": "2025-04-15", "successor": "new"},
        {"ref": "new", "role": "leader", "started_on": "2025-04-16"},
        {"role": "practitioner", "how_chosen": "appointed"},
        {"role": "practitioner", "how_chosen": "volunteered"},
    ],
    "decisions": [{"kind": "stop", "decided_on": "2025-06-15"}],
    "funding": [{"kind": "start_up", "decided_on": "2022-03-01", "until": "2025-05-31"}],
    "confirmed_empty": [{"list": name, "on": "2025-06-01"} for name in ("supervision", "confirmations")],
}


@pytest.mark.django_db
def test_a_service_that_stopped_is_seen_as_it_stood_the_day_before():
    service = bring_in(sparse(**STOPPED))

    def statuses(day):
        return {risk["key"]: (risk["status"], risk["reason"]) for risk in json.loads(risks_of(service, day))["risks"]}

    before, after = statuses(date(2025, 6, 14)), statuses(date(2025, 6, 15))

    assert {key for key, (status, _) in before.items() if status == "flagged"} == {
        "hands-lost",
        "leader-unbacked",
        "money-undecided",
        "picked-in-passing",
        "supervision-lapsed",
        "undecided-future",
    }
    assert {key for key, answer in after.items() if answer != ("unknown", "paused")} == {"judged-by-few"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entry", "written", "left_out"),
    [
        ("leaving-soon", {"members": [{"role": "leader", "leaves_on": "2027-03-01"}]}, "leaves_on"),
        (
            "unplanned-adaptation",
            {
                "adaptations": [
                    {
                        "what": "Shorter",
                        "in_use_from": "2026-01-01",
                        "reason": "Time",
                        "evidence": "Advice",
                        "decided_on": "2026-01-01",
                    }
                ]
            },
            "adaptations",
        ),
        (
            "monitoring-fatigue",
            {"outcomes": [{"measured_on": "2026-09-01", "form": "patient", "patients": 9}]},
            "outcomes",
        ),
        (
            "feedback-unused",
            {"fidelity": [{"rated_on": "2026-06-01", "mean": 4, "recommendations": [{"text": "Meet"}]}]},
            "recommendations",
        ),
        ("unanswered-conflicts", {"conflicts": [{"released_on": "2026-10-05", "reasons": {"staff": 3}}]}, "conflicts"),
        (
            "money-undecided",
            {"funding": [{"kind": "start_up", "decided_on": "2026-01-01", "until": "2026-12-31"}]},
            "funding",
        ),
    ],
)
def test_what_came_of_a_line_counts_as_nothing_when_it_is_left_out(entry, written, left_out):
    def status(content, key):
        content["service"] |= {"key": key, "described": True}
        found = json.loads(risks_of(bring_in(content), date(2026, 11, 25)))["risks"]
        return next(risk["status"] for risk in found if risk["key"] == entry)

    assert status(sparse(**written), "there") == "flagged"
    for lines in list(written.values()):
        lines[0].pop(left_out, None)
    written.pop(left_out, None)
    assert status(sparse(**written), "gone") == "unknown"


@pytest.mark.django_db
def test_an_acceptance_written_by_hand_holds_until_the_status_is_worse():
    accepted = {
        "entry": "picked-in-passing",
        "reason": "They have come to like it since.",
        "accepted_on": "2026-11-01",
        "until": "2027-02-01",
        "status": "flagged",
    }
    content = sparse(members=[{"role": "practitioner", "how_chosen": "appointed"}], acceptances=[accepted])

    def until(day=date(2026, 11, 25)):
        found = json.loads(risks_of(bring_in(content), day))["risks"]
        return next(risk["accepted_until"] for risk in found if risk["key"] == "picked-in-passing")

    assert until() == "2027-02-01"
    accepted["status"] = "watch"
    content["service"]["key"] = "y"
    assert until() is None
    assert "by hand leave it out, and then only a worse status ends the acceptance" in PAGE
