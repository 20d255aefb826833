"""A dossier becomes a new service: all of it or nothing, and nothing that is there changes."""

import io
import json
from datetime import date

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command, execute_from_command_line
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import AuditEvent, Member, Service
from planning.dossiers import importing
from planning.dossiers.errors import DossierError, path_of
from planning.dossiers.reading import Dossier, parsed
from planning.models import Goal, Observation, Review
from tests.factories import make_service
from tests.planning.dossiers.samples import as_bytes, bring_in, place_in, place_of, rich, sparse, take_out

pytestmark = pytest.mark.django_db


def everything() -> dict[str, int]:
    """How many rows there are of each model."""
    return {model.__name__: model._default_manager.count() for model in apps.get_models() if model is not Session}


@pytest.fixture
def file(tmp_path):
    """Writes what is given into a file; its name."""

    def write(content) -> str:
        path = tmp_path / "dossier.json"
        path.write_bytes(content if isinstance(content, bytes) else as_bytes(content))
        return str(path)

    return write


# What is made of it


def test_what_is_left_out_stays_unknown():
    service = bring_in(sparse(members=[{"role": "practitioner"}]))

    assert (service.joined_on, service.started_on, service.project_ends_on) == (None, None, None)
    assert (service.setting, service.described) == ("", False)
    member = service.members.get()
    values = {field.name: getattr(member, field.attname) for field in Member._meta.concrete_fields}
    assert {name for name, value in values.items() if value not in (None, "", False)} == {
        "id",
        "service",
        "role",
        "name",
    }


def test_people_without_names_are_called_by_role_and_number():
    somebody = {"role": "practitioner"}
    people = [somebody, {"role": "leader"}, somebody | {"name": "Asta"}, somebody]

    english = bring_in(sparse(members=people))
    norwegian = bring_in(sparse(members=people), key="y", language="nb")

    assert list(english.members.order_by("pk").values_list("name", flat=True)) == [
        "Practitioner 1",
        "Leader 1",
        "Asta",
        "Practitioner 3",
    ]
    assert norwegian.members.order_by("pk").first().name == "Behandler 1"


def test_figures_that_a_row_keeps_as_text_are_kept_as_they_are_written():
    rated = {"rated_on": "2026-06-01"}
    content = sparse(
        domain_means=[rated | {"tool": "psat", "means": {"funding": 4.1, "planning": 7, "capacity": 1.0000000001}}],
        organisation=[rated | {"mean": 3, "reached": {"receiving": 9, "against": 100.5, "estimated": False}}],
    )

    service = bring_in(as_bytes(content).replace(b"4.1", b"4.100"))

    assert service.domain_means.get().means == {"funding": "4.1", "planning": "7", "capacity": "1.0000000001"}
    assert service.organisation_ratings.get().reached == {"receiving": 9, "against": "100.5", "estimated": False}


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("domain_means.0.means.funding", 3.40000000001),
        ("organisation.0.reached.against", 33.60000000001),
        ("outcomes.0.sd", 0.55000000001),
        ("sustainment.0.mean", 2.66666666667),
    ],
)
def test_a_figure_of_what_was_measured_has_ten_decimals_at_most(way, value):
    content = rich()
    container, key = place_in(content, way)
    container[key] = value

    with pytest.raises(DossierError) as refusal:
        bring_in(content)

    assert str(refusal.value) == f"{path_of(place_of(way))}: {value} has more than 10 decimals; round it."


def test_a_file_from_before_there_were_versions_comes_in_as_it_is():
    new = {"version", "about", "reached", "wording", "invited", "bounded", "differs", "sd", "better", "same", "worse"}
    new |= {"missing"}
    older = rich()
    for name in ("sustainment", "domain_means", "official_texts"):
        del older[name]
    for name in ("fidelity", "organisation", "leadership", "own_leadership", "outcomes"):
        for one in older[name]:
            for field in new & set(one) | ({"items"} & set(one) if name != "fidelity" else set()):
                del one[field]
    for rating in older["fidelity"]:
        for advice in rating.get("recommendations", ()):
            advice.pop("about", None)

    service = bring_in(older)

    assert json.loads(take_out(service, date(2026, 11, 25))) == older
    assert service.leadership_ratings.first().differs is None
    assert set(service.fidelity_ratings.values_list("version", flat=True)) == {""}


def test_nobody_who_comes_in_can_sign_in():
    service = bring_in(rich())

    assert not service.members.filter(user__isnull=False).exists()


@pytest.mark.parametrize(
    ("options", "own", "language", "name"),
    [
        ({}, {}, "en", "East"),
        ({}, {"language": "nb"}, "nb", "Øst"),
        ({"language": "en"}, {"language": "nb"}, "en", "East"),
        ({"language": "nb"}, {}, "nb", "Øst"),
    ],
)
def test_one_language_is_chosen(options, own, language, name):
    service = bring_in(sparse(service={"name": {"en": "East", "nb": "Øst"}} | own), **options)

    assert (service.language, service.name) == (language, name)


def test_what_follows_from_the_rest_may_be_left_out():
    content = sparse(
        visions=[{"text": "Last.", "horizon_on": "2028-01-01", "published_on": "2026-01-01"}],
        expectations=[{"text": "One.", "published_on": "2026-01-01"}, {"text": "Two.", "published_on": "2026-02-01"}],
        reviews=[{"starts_at": "2026-05-04", "state": "held"}],
        support=[{"level": "other", "wanted": "A room", "asked_on": "2026-05-04"}],
    )

    service = bring_in(content)

    vision = service.visions.get()
    assert (vision.version, vision.looked_at_on) == (1, date(2026, 1, 1))
    assert list(service.expectations.order_by("pk").values_list("version", flat=True)) == [1, 2]
    review = service.reviews.get()
    assert (review.on, review.closed_at) == (date(2026, 5, 4), review.starts_at)
    assert service.supports.get().answer == "open"


def test_whom_the_log_was_discussed_with_need_not_be_named():
    agreement = rich()["logging_agreements"][0]
    del agreement["discussed_with"], agreement["recorded_by"]

    service = bring_in(sparse(logging_agreements=[agreement]), language="nb")

    with translation.override("nb"):
        assert service.logging_agreements.get().discussed_with == gettext("Not named")


def test_refs_lead_where_they_say():
    service = bring_in(rich())

    action = service.actions.get(title="Agree on cover with the day team")
    assert (action.owner.name, action.moved_by.name, action.review.minutes[:7]) == ("Kari Nes", "Kari Nes", "We went")
    assert service.actions.get(state="done").recommendation.text.startswith("Go back")
    assert service.members.get(name="Kari Nes").successor.name == "Svein Lie"
    assert service.members.get(name="Svein Lie").successor.name == "Kari Nes"
    attended = Review.objects.get(looked_at_outcomes=True).attendees.order_by("pk")
    assert list(attended.values_list("name", flat=True)) == ["Kari Nes", "Per Dahl", "Siri Moe"]


def test_it_leaves_one_line_in_the_trail():
    bring_in(rich())

    assert list(AuditEvent.objects.values_list("code", "service_key", "details")) == [("service.imported", "nord", {})]


# Never over what is there


@pytest.mark.parametrize("taken", ["nord", "NORD"])
def test_a_key_that_is_taken_is_refused_and_nothing_written(taken):
    make_service(taken)
    before = everything()

    with pytest.raises(DossierError) as refusal:
        bring_in(rich())

    assert str(refusal.value) == (
        '$.service.key: there is a service with the key "nord" already, and an import never overwrites; '
        "give another one with --key."
    )
    assert everything() == before
    assert bring_in(rich(), key="nord-2").key == "nord-2"


@pytest.mark.parametrize("key", ["a b", "-", "x" * 41, "øst", "a\n"])
def test_a_key_that_cannot_stand_in_an_address_is_refused(key):
    with pytest.raises(DossierError, match=r"^--key: .* will not do; use at most 40 letters a to z, digits"):
        bring_in(rich(), key=key)


def test_a_key_given_that_is_taken_is_refused_by_its_option():
    make_service("own")

    with pytest.raises(DossierError, match=r'^--key: there is a service with the key "own" already'):
        bring_in(rich(), key="own")


# All or nothing


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        (
            "allocations.1.hours_per_week",
            1.255,
            "$.allocations[1].hours_per_week: 1.255 has more than 2 decimals;",
        ),
        ("goals.0.check_ins.0.value", 0.001, "$.goals[0].check_ins[0].value: 0.001 has more than 2 decimals;"),
        ("hours.1.own_time", 1.255, "$.hours[1].own_time: 1.255 has more than 2 decimals;"),
        ("outcomes.0.mean", 3.12345678901, "$.outcomes[0].mean: 3.12345678901 has more than 10 decimals;"),
        ("acceptances.0.severity", 0.1234567, "$.acceptances[0].severity: 0.1234567 has more than 6 decimals;"),
    ],
)
def test_what_turns_out_late_takes_everything_back(way, value, message):
    content = rich()
    container, key = place_in(content, way)
    container[key] = value
    before = everything()

    with pytest.raises(DossierError) as refusal:
        bring_in(content)

    assert str(refusal.value).startswith(message)
    assert everything() == before


def unchecked(way: str, value) -> Dossier:
    """The rich dossier with one thing changed that no check has seen."""
    content = rich()
    container, key = place_in(content, way)
    container[key] = value
    return Dossier(parsed(as_bytes(content)))


def test_what_a_model_does_not_take_is_named_with_its_place():
    with pytest.raises(DossierError) as refusal:
        importing.import_dossier(unchecked("observations.1.effect", "perhaps"))

    assert str(refusal.value) == (
        "$.observations[1].effect: cannot be kept: value 'perhaps' is not a valid choice; put it right."
    )
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("way", "value", "message"),
    [
        (
            "goals.1.ended_on",
            "2024-01-01",
            "$.goals[1]: does not fit the record, whose rule is: goal ended after stated; put it right.",
        ),
        (
            "supervision.1.held_on",
            "2026-11-03",
            "$.supervision[1]: does not fit the record, whose rule is:",
        ),
        ("hours.1.week", "2026-11-17", "$.hours[1]: does not fit the record, whose rule is: hours week is a monday;"),
        (
            "conflicts.0.released_on",
            "2026-11-03",
            "$.conflicts[0]: does not fit the record, whose rule is: conflicts released on a monday;",
        ),
    ],
)
def test_what_the_database_does_not_take_is_named_with_its_place(way, value, message):
    before = everything()

    with pytest.raises(DossierError) as refusal:
        importing.import_dossier(unchecked(way, value))

    assert str(refusal.value).startswith(message)
    assert everything() == before


def test_a_database_that_refuses_the_rows_together_only_is_named_by_its_list(monkeypatch):
    def refuse(self, rows, **options):
        raise IntegrityError("no more today")

    monkeypatch.setattr(type(Goal.objects), "bulk_create", refuse)

    with pytest.raises(DossierError, match=r"^\$\.goals: does not fit the record"):
        bring_in(rich())


# The command


def test_the_command_says_what_it_made(file, capsys):
    call_command("import_dossier", file(rich()))

    assert capsys.readouterr().out == 'Imported "North team – Øst" as the new service nord.\n'
    assert Service.objects.get().key == "nord"


def test_the_command_reads_standard_input(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(as_bytes(rich()))))

    call_command("import_dossier", "-", "--key", "other", "--language", "nb", "--as-of", "2028-02-29")

    said = capsys.readouterr().out
    assert "as the new service other.\nDays were moved so that 2026-11-25 falls on 2028-02-29: " in said
    assert "weeks by whole weeks, so that Mondays stay Mondays" in said
    assert Service.objects.get(key="other").observations.order_by("pk").first().on == date(2028, 1, 18)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (sparse(colour="blue"), "$.colour: the format has no such field here;"),
        (sparse(goals=[{"outcome": "x", "state": "active", "stated_on": "2026-02-30"}]), "$.goals[0].stated_on: "),
        (b"\xff\xfe", "$: the file is not UTF-8"),
        (b"[" * 10_000_000, "$: the file is nested"),
        (b" " * (20 * 1024 * 1024 + 1), "$: the file is larger than 20 MB;"),
    ],
)
def test_what_is_refused_ends_with_1_and_a_sentence(file, capsys, content, message):
    path = file(content)
    before = everything()

    with pytest.raises(CommandError):
        call_command("import_dossier", path)
    assert everything() == before
    with pytest.raises(SystemExit) as ended:
        execute_from_command_line(["manage.py", "import_dossier", path])

    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.out == ""
    assert printed.err.startswith(f"CommandError: {message}")
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err


@pytest.mark.parametrize("path", ["missing.json", "."])
def test_a_file_that_cannot_be_read_ends_with_a_sentence(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)

    with pytest.raises(
        CommandError, match=r"^\S+ cannot be read: .*\. Give the name of a dossier, or - for standard input\.$"
    ):
        call_command("import_dossier", path)


def test_a_day_that_is_none_ends_with_a_sentence(file):
    with pytest.raises(CommandError, match="is not a day that exists"):
        call_command("import_dossier", file(rich()), "--as-of", "2027-02-30")


def test_the_number_of_questions_does_not_grow_with_the_length_of_a_list():
    def questions(many: int) -> int:
        content = rich()
        content["service"]["key"] = f"n{many}"
        content["observations"] = [content["observations"][1]] * many
        content["goals"] = [content["goals"][0]] * many
        with CaptureQueriesContext(connection) as captured:
            bring_in(content)
        return len(captured)

    assert questions(2) == questions(40)
    assert Observation.objects.count() == 42
