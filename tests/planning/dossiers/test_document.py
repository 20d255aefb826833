"""docs/dossier.md: its tables are current, and what it shows works as it says."""

import json
import re
from datetime import date

import pytest
from django.core.management import call_command

from planning.dossiers import document, schema
from planning.dossiers.errors import DossierError
from tests.planning.dossiers.samples import bring_in, risks_of, take_out

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
