"""What the catalogue answers to a few facts, from the file to the JSON, as somebody would try it from outside."""

import json
from collections import Counter

import pytest
import time_machine
from django.core.management import call_command

from planning.risks import ENTRIES
from tests.planning.dossiers.sparse import AS_OF, fidelity, leadership, long_term, priorities, reception
from tests.planning.site import oslo

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CASES = [*priorities.CASES, *leadership.CASES, *long_term.CASES, *reception.CASES, *fidelity.CASES]


def answers(content: dict, tmp_path, capsys) -> dict[str, dict]:
    """What `risks --format json` prints once the dossier is brought in, by entry."""
    path = tmp_path / "sparse.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    call_command("import_dossier", str(path))
    capsys.readouterr()
    call_command("risks", content["service"]["key"], "--as-of", AS_OF.isoformat(), "--format", "json")
    return {risk["key"]: risk for risk in json.loads(capsys.readouterr().out)["risks"]}


@pytest.mark.parametrize("one", CASES, ids=lambda one: f"{one.entry}: {one.says}")
def test_b02_the_definition_says(one, tmp_path, capsys):
    found = answers(one.dossier, tmp_path, capsys)[one.entry]

    if one.answer in ("flagged", "watch", "clear"):
        assert found["status"] == one.answer, found
    else:
        assert found["status"] == "unknown", found
        assert one.answer in ("", found["reason"]), found


def test_every_entry_has_cases_that_flag_and_that_do_not():
    answers_of = {entry.key: Counter() for entry in ENTRIES}
    for one in CASES:
        answers_of[one.entry][one.answer] += 1

    for key, counted in answers_of.items():
        assert counted["flagged"], key
        assert counted["clear"], key
        assert counted.total() - counted["flagged"] - counted["clear"] - counted["watch"], key


def test_an_acceptance_is_told_and_changes_no_status(tmp_path, capsys):
    accepted = {
        "entry": "no-vision",
        "reason": "The board decides in January.",
        "accepted_on": "2026-11-01",
        "until": "2027-02-01",
        "status": "flagged",
    }
    content = {
        "format": "holdfast-dossier/1",
        "as_of": AS_OF.isoformat(),
        "service": {"key": "sparse", "name": "Sparse"},
        "confirmed_empty": [{"list": "vision", "on": "2026-10-01"}],
        "acceptances": [accepted],
    }

    found = answers(content, tmp_path, capsys)["no-vision"]

    assert (found["status"], found["since"], found["accepted_until"]) == ("flagged", "2026-10-01", "2027-02-01")


@pytest.mark.parametrize("moment", ["2026-11-25T00:00", "2027-03-28T02:59", "2028-02-29T23:59"])
def test_l10_the_day_it_is_asked_on_does_not_matter(moment, tmp_path, capsys):
    one = next(one for one in CASES if one.entry == "crowded-out" and one.answer == "flagged")

    with time_machine.travel(oslo(moment), tick=False):
        assert answers(one.dossier, tmp_path, capsys)["crowded-out"]["status"] == "flagged"
