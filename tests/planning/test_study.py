"""The nine services of the study: what is loaded, and that the catalogue then gives the study's picture."""

import copy
import itertools
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta
from django.core.management import call_command

from accounts.models import AuditEvent, Member, Service
from assessments.models import FidelityRating
from planning import study
from planning.dossiers.errors import DossierError
from planning.dossiers.reading import Dossier
from planning.models import Observation
from planning.risks import ENTRIES, assess
from planning.risks.answer import Reason, Status
from planning.snapshots import take_snapshots
from planning.study import validation
from planning.study.reported import OF_SERVICES

TODAY = date(2027, 3, 31)
NINE = "ABCDEFGHI"
AWKWARD_DAYS = [
    date(2027, 1, 1),
    date(2027, 3, 28),  # the clock changes
    date(2027, 3, 31),  # last month is shorter
    date(2027, 12, 31),
    date(2028, 2, 29),
]


def answers_on(day: date) -> dict[str, dict]:
    """The catalogue's answers on a day, by service and entry."""
    services = list(Service.objects.filter(key__in=NINE))
    snapshots = take_snapshots(services, day)
    return {service.key: {one.key: one for one in assess(snapshots[service.pk])} for service in services}


@pytest.fixture
def picture(db):
    study.load_study(today=TODAY)
    return answers_on(TODAY)


def flagged(answers: dict, themes=range(1, 6)) -> set[str]:
    return {one.key for one in answers.values() if one.status is Status.FLAGGED and one.theme in themes}


def clear(answers: dict, themes=range(1, 6)) -> set[str]:
    return {one.key for one in answers.values() if one.status is Status.CLEAR and one.theme in themes}


# The study's picture


def test_c_has_strengths_in_themes_1_to_3_and_its_risks_in_theme_4_only(picture):
    strong = picture["C"]

    assert all(clear(strong, [theme]) for theme in (1, 2, 3))
    speaking = {one.theme for one in strong.values() if one.status in (Status.FLAGGED, Status.WATCH)}
    assert speaking == {4}
    assert flagged(strong) == {"programme-burden"}


def test_a_is_flagged_in_theme_3_with_the_very_same_fidelity_as_c(picture):
    totals = dict(FidelityRating.objects.filter(service__key__in="AC").values_list("service__key", "total"))

    assert totals["A"] == totals["C"]
    assert flagged(picture["A"], [3]) == {"no-vision", "no-goals", "expansion-without-plan"}
    assert not flagged(picture["C"], [3])


def test_false_security_speaks_where_a_good_score_hides_trouble(picture):
    states = {key: answers["false-security"].status for key, answers in picture.items()}

    speaking = {key for key, status in states.items() if status in (Status.FLAGGED, Status.WATCH)}
    assert speaking == set("ABDFG")


def test_without_a_score_nothing_is_said_of_false_security(picture):
    assert picture["E"]["false-security"].status is Status.UNKNOWN
    assert picture["E"]["fidelity-low"].status is Status.UNKNOWN
    assert picture["E"]["fidelity-unknown"].status is Status.FLAGGED


@pytest.mark.parametrize(
    ("key", "entries"),
    [
        ("A", {"no-vision", "no-goals", "expansion-without-plan", "monitoring-fatigue", "false-security"}),
        ("B", {"crowded-out", "fading-time", "unprepared-start", "unplanned-adaptation", "false-security"}),
        ("C", {"programme-burden"}),
        ("D", {"bottom-up", "no-goals", "picked-in-passing", "leaving-soon", "false-security"}),
        (
            "E",
            {"leader-unconvinced", "unanswered-conflicts", "no-recruitment", "supervision-lapsed", "fidelity-unknown"},
        ),
        (
            "F",
            {
                "own-time",
                "passive-support",
                "no-vision",
                "no-goals",
                "expansion-without-plan",
                "unprepared-start",
                "judged-by-few",
                "false-security",
            },
        ),
        ("G", {"leader-unconvinced", "unanswered-conflicts", "undecided-future", "false-security"}),
        ("H", {"lone-champion"}),
        ("I", set()),
    ],
)
def test_flags_are_what_is_reported_of_the_service_itself(picture, key, entries):
    assert flagged(picture[key]) == entries


def test_b01_group_evidence_never_flags(picture):
    everything = [one for answers in picture.values() for one in answers.values()]

    group = [evidence for one in everything for evidence in one.evidence if evidence.kind == "group"]
    assert group
    assert {evidence.status for evidence in group} == {Status.WATCH}
    for one in everything:
        if {evidence.kind for evidence in one.evidence} == {"group"}:
            assert one.status is Status.WATCH, one.key


def test_what_the_paper_does_not_say_stays_unknown(picture):
    decided_by_figures = {"fidelity-unknown", "fidelity-low", "false-security", "picked-in-passing"}

    for key, answers in picture.items():
        said = set(Observation.objects.filter(service__key=key).values_list("entry", flat=True))
        for one in answers.values():
            if one.key not in said | decided_by_figures:
                assert one.status is Status.UNKNOWN, (key, one.key)
                assert one.reason in (Reason.MISSING, Reason.NOT_APPLICABLE), (key, one.key)


def test_of_i_nothing_of_its_own_is_reported(picture):
    assert not Observation.objects.filter(service__key="I", of_group=False).exists()
    assert not flagged(picture["I"])
    assert clear(picture["I"]) <= {"fidelity-low", "fidelity-unknown"}


def test_the_leader_who_came_late_to_h_counts_from_the_interview_on(picture):
    assert picture["H"]["no-leader"].status is Status.CLEAR

    before = TODAY - relativedelta(months=2)
    assert answers_on(before)["H"]["no-leader"].status is Status.FLAGGED


def test_before_the_interviews_nothing_of_them_is_known(picture):
    before = TODAY - relativedelta(months=2)

    for key, answers in answers_on(before).items():
        evidence = {one.key for one in answers.values() if any(e.kind != "measured" for e in one.evidence)}
        assert evidence == ({"no-leader"} if key == "H" else set())


# What is loaded


def test_members_are_the_26_practitioners_of_the_papers_table(picture):
    members = Member.objects.filter(service__key__in=NINE)

    per_service = [members.filter(service__key=key).count() for key in NINE]
    assert per_service == [3, 2, 5, 3, 2, 3, 2, 3, 3]
    per_discipline = [members.filter(discipline=code).count() for code in Member.Discipline.values]
    assert per_discipline == [14, 6, 5, 1, 0]
    assert members.filter(role="practitioner", guest=False, user=None, experience_years__gte=4).count() == 26
    assert set(members.filter(how_chosen="jointly").values_list("service__key", flat=True)) == {"C"}
    assert list(members.filter(how_chosen="in_passing").values_list("name", flat=True)) == ["David"]
    assert members.exclude(how_chosen="").count() == 6


def test_fidelity_is_as_the_paper_prints_it(picture):
    totals = dict(FidelityRating.objects.values_list("service__key", "total"))

    printed = {"A": "4.69", "B": "4.77", "C": "4.69", "D": "4.77", "F": "4.62", "G": "4.62", "H": "4.46", "I": "4.23"}
    assert totals == {key: Decimal(mean) for key, mean in printed.items()}


def test_services_are_described_and_never_joined(picture):
    services = Service.objects.filter(key__in=NINE)

    assert services.filter(described=True, joined_on=None, practice="IMR", language="en").count() == 9
    assert set(services.filter(setting="specialised").values_list("key", flat=True)) == set("EG")


@pytest.mark.parametrize("today", AWKWARD_DAYS)
def test_interviews_were_last_month_and_a_year_after_the_start(db, today):
    study.load_study(today=today)

    last_month = today.replace(day=1) - relativedelta(months=1)
    for service in Service.objects.filter(key__in=NINE):
        interviews = set(service.observations.filter(source="focus_group", of_group=True).values_list("on", flat=True))
        assert [day.replace(day=1) for day in interviews] == [last_month]
        assert service.started_on.replace(day=1) == last_month - relativedelta(years=1)
        assert not service.observations.filter(on__gt=today).exists()
        assert set(service.fidelity_ratings.values_list("rated_on", flat=True)) <= interviews


@pytest.mark.parametrize("today", AWKWARD_DAYS)
def test_the_picture_is_the_same_whatever_day_it_is_loaded(db, today):
    study.load_study(today=today)

    states = {key: [one.status for one in answers.values()] for key, answers in answers_on(today).items()}
    assert states == {key: [one.status for one in answers] for key, answers in validation.answers().items()}


def test_a_second_load_changes_nothing(picture):
    before = list(Observation.objects.order_by("pk").values())

    again = study.load_study(today=TODAY + relativedelta(months=3))

    assert again == study.Loaded(created=(), left_alone=tuple(NINE))
    assert list(Observation.objects.order_by("pk").values()) == before


def test_a_key_that_is_taken_is_left_alone_and_the_others_come(db):
    own = Service.objects.create(key="C", name="Ours")

    loaded = study.load_study(today=TODAY)

    assert loaded == study.Loaded(created=tuple("ABDEFGHI"), left_alone=("C",))
    own.refresh_from_db()
    assert (own.name, own.described, own.members.count()) == ("Ours", False, 0)


def test_all_or_nothing(db, monkeypatch):
    first, second = study.dossiers()[:2]
    broken = copy.deepcopy(second.content)
    broken["observations"][-1]["effect"] = "perhaps"
    monkeypatch.setattr(study, "dossiers", lambda: (first, Dossier(broken)))

    with pytest.raises(DossierError, match=r"^\$\.observations\[\d+\]\.effect: .*perhaps"):
        study.load_study(today=TODAY)

    assert not Service.objects.exists()
    assert not Member.objects.exists()
    assert not AuditEvent.objects.exists()


def test_each_service_leaves_a_trace_in_the_audit_trail(picture):
    assert sorted(AuditEvent.objects.values_list("service_key", "code")) == [(key, "service.imported") for key in NINE]


# The files


def texts():
    """Every (service, observation) of the nine files."""
    return [(one.key, observation) for one in study.dossiers() for observation in one.content["observations"]]


def test_there_are_nine_files_in_order():
    assert [one.key for one in study.dossiers()] == list(NINE)


def test_every_observation_is_in_both_languages_and_names_its_section():
    for key, observation in texts():
        english, norwegian = observation["text"]["en"], observation["text"]["nb"]
        assert english != norwegian
        assert english[-1] == norwegian[-1] == "."
        assert observation["passage"].startswith(("Results, ", "Methods, ", "Discussion")), key


def test_no_observation_names_a_person():
    names = {member["name"] for one in study.dossiers() for member in one.content["members"]}

    for _, observation in texts():
        for text in observation["text"].values():
            assert not names & set(text.replace(",", " ").replace(".", " ").split())


def test_what_is_said_of_the_group_is_said_alike_of_every_service():
    by_entry = {}
    for key, observation in texts():
        if observation.get("of_group"):
            assert by_entry.setdefault(observation["entry"], observation) == observation, key
            assert observation["effect"] == "hinders"


def test_what_is_said_of_all_but_c_is_not_said_of_c():
    said_of_group = {o["entry"] for key, o in texts() if o.get("of_group") and key == "C"}

    assert said_of_group == {"no-outcome-monitoring", "judged-by-few"}


def test_bokmal_is_loaded_when_asked_for(db):
    study.load_study(today=TODAY, language="nb")

    assert Service.objects.get(key="A").name == "Tjeneste A"
    assert set(Service.objects.values_list("language", flat=True)) == {"nb"}
    assert Observation.objects.filter(service__key="H", text="En ny leder var kommet.").exists()


def test_a_file_that_is_not_understood_is_named(tmp_path, monkeypatch):
    content = study.dossiers()[0].content | {"colour": "blue"}
    (tmp_path / "A.json").write_text(json.dumps(content, default=float), encoding="utf-8")
    monkeypatch.setattr(study, "SERVICES", tmp_path)

    with pytest.raises(DossierError, match=r"^A\.json, \$\.colour: "):
        study.dossiers.__wrapped__()


# The commands and the documentation


def test_load_study_says_what_it_loaded_and_what_was_there(db, capsys):
    Service.objects.create(key="C", name="Ours")

    call_command("load_study")
    first = capsys.readouterr()
    call_command("load_study")
    second = capsys.readouterr()

    assert first.out == "Loaded from the study: A, B, D, E, F, G, H, I.\n"
    assert first.err == "Already there and left as they were: C.\n"
    assert (second.out, second.err) == ("", "Already there and left as they were: A, B, C, D, E, F, G, H, I.\n")


def test_the_table_in_the_documentation_is_current(db):
    page = validation.PAGE.read_text(encoding="utf-8")

    assert validation.put_into(page, validation.page_part()) == page, "Run: ./holdfast manage validation --write"


def test_making_the_table_changes_nothing(picture, capsys):
    call_command("validation")

    assert "| `no-vision` |" in capsys.readouterr().out
    assert Service.objects.count() == 9
    assert AuditEvent.objects.count() == 9


def test_the_table_can_be_written_into_its_page(db, tmp_path, monkeypatch):
    page = tmp_path / "validation.md"
    page.write_text(f"Before\n\n{validation.BEGIN}\nstale\n{validation.END}\n\nAfter\n", encoding="utf-8")
    monkeypatch.setattr(validation, "PAGE", page)

    call_command("validation", "--write")

    written = page.read_text(encoding="utf-8")
    assert written.startswith("Before\n")
    assert written.endswith("After\n")
    assert "stale" not in written
    assert validation.page_part() in written


@pytest.mark.parametrize("marks", ["", validation.BEGIN, validation.END])
def test_a_page_without_its_marks_is_not_written(marks):
    with pytest.raises(ValueError, match="needs the lines"):
        validation.put_into(f"Page {marks}", "table")


def test_the_table_tells_strengths_and_flags_apart_from_what_is_said_of_the_group(db):
    lines = validation.table(validation.answers()).splitlines()[4:]
    rows = {row.split("|")[2].strip(" `"): row.split("|")[3:-1] for row in lines}
    marked = {key: dict(zip(NINE, (cell.strip() for cell in cells), strict=True)) for key, cells in rows.items()}

    assert marked["no-vision"] == {key: {"A": "**F** r", "F": "**F** r", "C": "S r"}.get(key, "W g") for key in NINE}
    assert marked["undecided-future"]["G"] == "**F** r"
    assert marked["leader-knows-little"] == dict.fromkeys(NINE, "·")
    assert len(list(itertools.chain.from_iterable(rows.values()))) == 39 * 9


def test_every_expectation_names_an_entry_and_every_service_is_there():
    keys = {entry.key for entry in ENTRIES}

    assert list(OF_SERVICES) == list(NINE)
    assert {key for reports in OF_SERVICES.values() for report in reports for key, _ in report.expects} <= keys


def test_what_differs_is_said_and_counted(db):
    """An answer turned round shows as a disagreement, in the table of its service and in the numbers."""
    found = validation.answers()["I"]
    turned = tuple(
        replace(answer, status=Status.FLAGGED) if answer.key == "fidelity-low" else answer for answer in found
    )

    compared = validation.compare("I", turned)

    assert "| `fidelity-low` | strength | flagged | **differs** |" in validation.section("I", compared)
    assert "| I | 2 | 1 | 1 |" in validation.summary({"I": compared})


def test_the_nine_keep_the_papers_picture(db):
    for service, found in validation.answers().items():
        assert all(one.agrees for one in validation.compare(service, found).compared), service
        assert not validation.compare(service, found).unasked, service
