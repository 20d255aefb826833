"""The JSON Schema: that it is one, that it fits the record, and what is said when a file does not fit it."""

import json
import re
from decimal import Decimal

import pytest
from django.db import models
from jsonschema import Draft202012Validator

from assessments.domains import DOMAINS
from assessments.instruments import GOI, ILS, IMR_FIDELITY, definitions
from assessments.models import SUBSCALES
from planning.capacity import PARAMETERS
from planning.dossiers import schema
from planning.dossiers.errors import DossierError
from planning.dossiers.fields import Number
from planning.models import ConfirmedEmpty, ConflictAnswer, PriorityConflict
from planning.risks import ENTRIES
from tests.planning.dossiers.samples import rich, sparse
from tests.planning.dossiers.test_lists import SHAPES


def test_it_is_a_schema_of_draft_2020_12():
    content = json.loads(schema.FILE.read_text(encoding="utf-8"))

    assert content["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(content)
    assert content["properties"]["format"] == {"const": "holdfast-dossier/1"} | content["properties"]["format"]


def test_any_validator_takes_what_we_take():
    plain = Draft202012Validator(json.loads(schema.FILE.read_text(encoding="utf-8")))

    for content in (rich(), sparse()):
        assert list(plain.iter_errors(content)) == []


def parts(part=None, way="$"):
    """Every part of the schema with the way to it, definitions included."""
    if part is None:
        yield from parts(schema.schema())
        for name, one in schema.schema()["$defs"].items():
            yield from parts(one, f"$defs.{name}")
        return
    yield way, part
    for name, below in part.get("properties", {}).items():
        yield from parts(below, f"{way}.{name}")
    if "items" in part:
        yield from parts(part["items"], f"{way}[]")
    for below in part.get("anyOf", ()):
        yield from parts(below, way)


def test_every_field_is_described_and_every_object_closed():
    for way, part in parts():
        if part.get("type") == "object" and "$defs" not in way:
            assert part["additionalProperties"] is False, way
        for name, below in part.get("properties", {}).items():
            if "$defs" not in way:
                assert below.get("description", "").endswith((".", ")")), f"{way}.{name}"


def test_every_pattern_is_anchored_or_looks_for_one_character():
    for way, part in parts():
        if "pattern" in part:
            assert part["pattern"] == r"\S" or (part["pattern"][0], part["pattern"][-1]) == ("^", "$"), way


def fields():
    """(field, its part of the schema, the model's field) of everything in the lists of a dossier."""
    for shape in SHAPES:
        items = find(shape.name)["items"]["properties"]
        for field in shape.fields:
            column = shape.model._meta.get_field(field.attr or field.name)
            yield pytest.param(field, schema.resolved(items[field.name]), column, id=f"{shape.name}.{field.name}")


def find(name):
    """The part of the schema for a list, wherever it is."""
    for way, found in parts():
        if way.rpartition(".")[2] == name and found.get("type") == "array":
            return found
    raise LookupError(name)


@pytest.mark.parametrize(("field", "part", "column"), list(fields()))
def test_what_the_schema_takes_fits_the_column(field, part, column):
    if isinstance(column, models.CharField | models.TextField) and column.choices:
        assert set(part["enum"]) == set(dict(column.flatchoices))
    elif isinstance(column, models.CharField | models.TextField) and column.max_length and "anyOf" in part:
        assert schema.resolved(part["anyOf"][0])["maxLength"] == column.max_length
    elif isinstance(column, models.DecimalField):
        assert isinstance(field, Number)
        assert field.places == column.decimal_places
        most = Decimal(10) ** (column.max_digits - column.decimal_places)
        assert -most < part["minimum"] <= part["maximum"] < most
    elif isinstance(column, models.PositiveSmallIntegerField):
        assert (max(part["enum"]) if "enum" in part else part["maximum"]) <= 32767
    elif isinstance(column, models.PositiveIntegerField):
        assert part["minimum"] >= 0


def codes(*way) -> list:
    """The codes a field takes; the last of the way is the field."""
    part = find(way[0])
    for name in way[1:]:
        part = schema.resolved(part["items"]["properties"][name] if "items" in part else part["properties"][name])
    return part.get("enum") or list(part["properties"])


def test_lists_of_codes_are_the_codes_of_the_product():
    assert schema.schema()["$defs"]["entry"]["enum"] == [entry.key for entry in ENTRIES]
    assert codes("capacity", "name") == list(PARAMETERS)
    assert codes("conflicts", "reasons") == PriorityConflict.Reason.values
    assert codes("answers", "state") == ConflictAnswer.State.values
    assert codes("confirmed_empty", "list") == ConfirmedEmpty.List.values
    assert codes("fidelity", "items") == list(IMR_FIDELITY.items)
    assert codes("organisation", "items") == list(GOI.items)
    assert codes("own_leadership", "items") == list(ILS.items)
    assert codes("leadership", "bounded") == list(SUBSCALES)
    assert codes("domain_means", "means") == [domain for tool in DOMAINS.values() for domain in tool]


def test_the_format_takes_the_versions_and_keys_of_every_instrument_there_is():
    def takes(kind: str, value: str) -> bool:
        return re.search(schema.schema()["$defs"][kind]["pattern"], value) is not None

    for one in definitions():
        assert takes("version", one.version)
        assert takes("instrument", one.key)
        assert all(takes("item", item) for item in one.items)
        assert all(takes("rated_item", f"{one.key}:{item}") for item in one.items)


def test_the_kinds_that_are_read_are_the_kinds_there_are():
    texts = {name for name in schema.schema()["$defs"] if name.startswith(("text_", "words_"))}

    assert set(schema.schema()["$defs"]) - texts == {
        "day",
        "monday",
        "month",
        "moment",
        "ref",
        "member_ref",
        "series_ref",
        "review_ref",
        "recommendation_ref",
        "decision_ref",
        "confirmation_ref",
        "entry",
        "version",
        "instrument",
        "item",
        "rated_item",
        "mean_1_5",
        "mean_1_7",
        "mean_0_4",
    }


# What is said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "$: a list will not do; write an object in braces."),
        (3, "$: 3 will not do; write an object in braces."),
        ({}, '$.format: is missing; add "holdfast-dossier/1".'),
        (sparse(colour="blue"), "$.colour: the format has no such field here; it has format, as_of, service, members,"),
        (sparse(goal=[]), "$.goal: the format has no such field here; did you mean goals?"),
        (
            sparse(format="holdfast-dossier/2"),
            '$.format: this Holdfast reads "holdfast-dossier/1", and this is "holdfast-dossier/2"; export it anew, or '
            "bring Holdfast up to date.",
        ),
        (sparse(format=1), '$.format: this Holdfast reads "holdfast-dossier/1", and this is 1;'),
        (
            {"format": "holdfast-dossier/1", "as_of": "2026-11-25", "service": {"key": "x"}},
            "$.service.name: is missing; add a name of at most 100 characters, on one line.",
        ),
        (sparse(as_of="today"), '$.as_of: "today" will not do; write a day, written YYYY-MM-DD, such as 2027-03-31.'),
        (sparse(as_of="2026-11-25\n"), '$.as_of: "2026-11-25�" will not do; write a day'),
        (sparse(service={"key": "a b"}), '$.service.key: "a b" will not do; write a key: at most 40 letters'),
        (sparse(service={"name": " "}), "$.service.name: the text is empty; write it, or leave the field out."),
        (
            sparse(service={"name": "Two\nlines"}),
            '$.service.name: "Two�lines" will not do; write a name of at most 100 characters, on one line.',
        ),
        (
            sparse(service={"name": 7}),
            "$.service.name: 7 will not do; write a text in quotes, or one in each language:",
        ),
        (
            sparse(service={"name": {"en": "Only"}}),
            "$.service.name.nb: is missing; add a name of at most 100 characters, on one line.",
        ),
        (
            sparse(service={"name": {"en": "A", "nb": "B", "sv": "C"}}),
            "$.service.name.sv: the format has no such field",
        ),
        (
            sparse(service={"name": "x" * 101}),
            "$.service.name: the text has 101 characters, and at most 100 are taken; shorten it.",
        ),
        (sparse(service={"described": "yes"}), '$.service.described: "yes" will not do; write true or false.'),
        (sparse(members={}), "$.members: an object will not do; write a list in brackets."),
        (sparse(members=[None]), "$.members[0]: null will not do; write an object in braces."),
        (
            sparse(members=[{"role": "boss"}]),
            '$.members[0].role: "boss" is none of the words for it; write leader, stand_in, practitioner, adviser or '
            "sponsor.",
        ),
        (
            sparse(members=[{"role": "leader", "experience_years": -1}]),
            "$.members[0].experience_years: -1 will not do; write a whole number from 0 to 80.",
        ),
        (
            sparse(members=[{"role": "leader", "experience_years": True}]),
            "$.members[0].experience_years: true will not do; write a whole number from 0 to 80.",
        ),
        (
            sparse(fidelity=[{"rated_on": "2026-01-01", "mean": 5.5}]),
            "$.fidelity[0].mean: 5.5 will not do; write a number from 1 to 5, with at most ten decimals.",
        ),
        (
            sparse(fidelity=[{"rated_on": "2026-01-01", "mean": 5, "items": {}}]),
            "$.fidelity[0].items: is empty; fill it in, or leave the field out.",
        ),
        (
            sparse(reviews=[{"starts_at": "2026-01-01", "state": "held", "attendees": ["m1", "m1"]}]),
            "$.reviews[0].attendees: names the same twice; keep one of the two.",
        ),
        (
            sparse(observations=[{"entry": "no-visions"}]),
            "$.observations[0].effect: is missing; add hinders or helps.",
        ),
        (
            sparse(acceptances=[{"entry": "no-visions"} | rich()["acceptances"][0] | {"entry": "no-visions"}]),
            '$.acceptances[0].entry: the catalogue has no entry "no-visions"; did you mean no-vision?',
        ),
        (
            sparse(actions=[rich()["actions"][1] | {"entry": "¤¤¤"}]),
            '$.actions[0].entry: the catalogue has no entry "¤¤¤"; docs/dossier.md lists its keys.',
        ),
        (
            sparse(review_series=[rich()["review_series"][0] | {"rule": "FREQ=SECONDLY"}]),
            '$.review_series[0].rule: "FREQ=SECONDLY" will not do; write a rhythm such as FREQ=WEEKLY;INTERVAL=4',
        ),
        (
            sparse(hours=[rich()["hours"][0] | {"reported": 2}]),
            "$.hours[0].reported: 2 will not do; write a whole number from 3 to 1000.",
        ),
        ({"b\u001b[31m": 1} | sparse(), '$["b�[31m"]: the format has no such field here;'),
    ],
)
def test_what_does_not_fit_is_named_with_its_place_and_the_way_out(content, message):
    with pytest.raises(DossierError) as refusal:
        schema.refuse_what_does_not_fit(content)

    said = str(refusal.value)
    assert said.startswith(message)
    assert said.endswith((".", "?"))
    assert "\n" not in said


def test_a_limit_is_met_exactly():
    week = rich()["hours"][0] | {"set_aside": Decimal("9999.99")}

    schema.refuse_what_does_not_fit(sparse(hours=[week]))
    with pytest.raises(DossierError, match=r"from 0 to 9999\.99"):
        schema.refuse_what_does_not_fit(sparse(hours=[week | {"set_aside": Decimal("9999.991")}]))
