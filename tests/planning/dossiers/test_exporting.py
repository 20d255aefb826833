"""What leaves with a dossier, and what does not."""

import json
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from planning import weeks
from planning.clock import monday_of
from planning.dossiers import exporting
from planning.dossiers.reading import understand
from tests.factories import (
    make_action,
    make_adviser,
    make_agreed_item,
    make_allocation,
    make_answer,
    make_conflict,
    make_goal,
    make_invitation,
    make_leader,
    make_leadership_rating,
    make_member,
    make_observation,
    make_own_leadership_rating,
    make_practitioner,
    make_rater,
    make_rater_item,
    make_review,
    make_service,
    make_sponsor,
    make_visit_row,
    make_wave_answer,
    make_wave_row,
)
from tests.planning.dossiers.samples import bring_in, rich, take_out
from tests.planning.site import full_site, oslo

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)  # a Wednesday
DAY = timedelta(days=1)


def out(service, *, on=TODAY, with_names=True) -> dict:
    """What a dossier of the service says."""
    return json.loads(take_out(service, on, with_names=with_names))


def test_a_service_of_which_nothing_is_known():
    service = make_service("x", name="X", joined_on=None)

    assert take_out(service, TODAY) == (
        "{\n"
        '  "format": "holdfast-dossier/1",\n'
        '  "as_of": "2026-11-25",\n'
        '  "service": {\n'
        '    "key": "x",\n'
        '    "name": "X",\n'
        '    "practice": "IMR",\n'
        '    "language": "en"\n'
        "  }\n"
        "}\n"
    )


def test_letters_leave_as_letters():
    assert '"name": "Ærlig «talt»"' in take_out(make_service(name="Ærlig «talt»"), TODAY)


def test_what_is_dated_later_leaves_with_the_rest(clock):
    service = make_service()
    make_goal(service, due_on=TODAY + 90 * DAY)
    make_review(service, starts_at=oslo("2027-03-28T09:00"))

    content = out(service)

    assert content["goals"][0]["due_on"] == "2027-02-23"
    assert content["reviews"] == [{"ref": "r1", "starts_at": "2027-03-28T09:00", "state": "planned"}]


# People


def test_only_people_with_a_part_in_the_record_are_in_it(clock):
    service = make_service()
    leader, practitioner = make_leader(service), make_practitioner(service)
    make_sponsor(service, name="Nobody Here")
    make_adviser(service, name="Looks In")
    make_member(service, name="A Guest", guest=True)
    make_adviser(service, name="The Supervisor", supervises=True)
    make_action(service, owner=make_adviser(service, name="The Owner"))
    make_observation(service, by=make_sponsor(service, name="The Observer"))
    review = make_review(service)
    review.attendees.set([leader, make_member(service, name="Visitor", guest=True)])
    practitioner.successor = make_adviser(service, name="The Heir")
    practitioner.save()

    names = [member["name"] for member in out(service)["members"]]

    assert names == ["Kari Nes", "Per Dahl", "The Supervisor", "The Owner", "The Observer", "Visitor", "The Heir"]


def test_without_names_nobody_is_named():
    content = rich()
    names = [member["name"] for member in content["members"]]

    text = take_out(bring_in(content), TODAY, with_names=False)

    assert not [name for name in [*names, "Shop steward"] if name in text]
    assert [next(iter(member)) for member in json.loads(text)["members"]] == ["ref"] * 6
    understand(text.encode())


def test_no_login_and_no_address_leaves(clock):
    site = full_site()
    make_invitation(site.without_login, email="invited@example.org")

    text = take_out(site.service, TODAY)

    for member in site.service.members.exclude(user=None):
        assert member.user.email not in text
        assert str(member.user.audit_id) not in text
    assert "example.org" not in text
    assert "password" not in text


# What is nobody else's business


def test_f14_conflicts_leave_as_totals_of_weeks_that_are_known(clock):
    service = make_service()
    author = make_practitioner(service)
    for logged_at, named, note in (
        ("2026-11-10T09:00", False, "Secret of Tuesday"),
        ("2026-11-12T15:30", True, "Secret of Thursday"),
        ("2026-11-24T08:00", True, "Known to the leader alone"),
        ("2026-11-23T08:00", False, "Known to nobody yet"),
    ):
        conflict = make_conflict(
            author, logged_at=oslo(logged_at), named=named, note=note, show_note=True, hours=3, displaced="session"
        )
        if named:
            make_answer(conflict, answered_on=conflict.released_on, text="Words of the leader", state="planned")

    content = out(service)

    assert content["conflicts"] == [
        {"released_on": "2026-11-16", "reasons": {"acute": 2}, "answers": [{"on": "2026-11-16", "state": "planned"}]}
    ]
    text = json.dumps(content)
    assert "Secret" not in text
    assert "Known" not in text
    assert "Words" not in text
    assert "session" not in text


def test_f14_a_conflict_that_is_withdrawn_leaves_nothing(clock):
    conflict = make_conflict(make_practitioner(), logged_at=oslo("2026-11-10T09:00"))
    assert out(conflict.service)["conflicts"]

    conflict.delete()

    assert "conflicts" not in out(conflict.service)


@pytest.mark.parametrize("people", [1, 2, 3, 4])
def test_f16_hours_leave_as_totals_of_three_and_more_once_the_week_is_over(clock, people):
    service = make_service()
    team = [make_practitioner(service, name=f"Per {number}") for number in range(people)]
    this_week = monday_of(TODAY)
    for week in (this_week - 7 * DAY, this_week):
        for number, member in enumerate(team):
            if week == this_week - 7 * DAY:
                make_allocation(member, hours_per_week=2, starts_on=week - 30 * DAY)
            weeks.save(member, week=week, kept=number, own_time_hours=0, on=week)

    content = out(service)

    if people < 3:
        assert "hours" not in content
    else:
        assert [(week["week"], week["reported"]) for week in content["hours"]] == [("2026-11-16", people)]
        assert set(content["hours"][0]) == {"week", "reported", "set_aside", "kept", "own_time"}
    assert [week["week"] for week in out(service, on=this_week + 7 * DAY).get("hours", [])] == (
        ["2026-11-16", "2026-11-23"] if people >= 3 else []
    )


@pytest.mark.parametrize(("shared_on", "leaves"), [(None, False), (TODAY + DAY, False), (TODAY, True)])
def test_an_own_rating_leaves_once_it_is_shared(clock, shared_on, leaves):
    rating = make_own_leadership_rating(rated_on=TODAY - DAY, shared_on=shared_on)

    assert ("own_leadership" in out(rating.service)) is leaves


def test_f15_a_visit_and_a_survey_under_way_change_nothing_that_leaves(clock):
    service = make_service()
    leader = make_leader(service)
    before = take_out(service, TODAY)

    visit = make_visit_row(service, covers="Only the day team")
    for number, name in ((1, "Ada Vik"), (2, "Bo Vik")):
        make_rater_item(make_rater(visit, make_adviser(service, name=name), number=number), note="Rated alone")
    make_agreed_item(visit, note="Agreed on")
    wave = make_wave_row(leader, addresses=8, reply="More time on Tuesdays")
    for _ in range(7):
        make_wave_answer(wave)

    assert take_out(service, TODAY) == before


def test_f15_of_a_closed_survey_only_its_means_and_counts_leave(clock):
    leader = make_leader()
    kept = {"rated_on": TODAY, "version": "2014.1", "wording": "paraphrase", "invited": 8, "differs": False}
    result = make_leadership_rating(leader.service, **kept, bounded={"supportive": "most"})
    make_wave_row(leader, addresses=8, leadership=result, closed_at=timezone.now(), reply="Nobody else's to read")

    content = out(leader.service)

    assert set(content) == {"format", "as_of", "service", "members", "leadership"}
    assert content["leadership"] == [
        {
            "rated_on": "2026-11-25",
            "answers": 9,
            "minimum": 5,
            "proactive": 2.1,
            "knowledgeable": 2.4,
            "supportive": 3.2,
            "perseverant": 2.3,
            "version": "2014.1",
            "wording": "paraphrase",
            "invited": 8,
            "bounded": {"supportive": "most"},
            "differs": False,
        }
    ]


def test_issued_plans_mail_and_the_trail_stay(clock):
    site = full_site()

    text = take_out(site.service, TODAY)

    assert site.service.documents.plans().exists()
    assert set(json.loads(text)) <= set(rich())
    assert "plan_ready" not in text
    assert not any(event.code in text for event in AuditEvent.objects.all())


# The bytes


def test_the_same_record_gives_the_same_bytes(clock):
    service = full_site().service

    assert take_out(service, TODAY) == take_out(service, TODAY)


def test_another_service_is_not_in_it(clock):
    text = take_out(bring_in(rich()), TODAY)

    full_site()

    assert take_out(bring_in(rich() | {"service": rich()["service"] | {"key": "b"}}), TODAY) == text.replace(
        '"key": "nord"', '"key": "b"'
    )


def test_the_number_of_questions_does_not_grow_with_the_record(clock):
    service = bring_in(rich())
    few = questions(service)
    for _ in range(20):
        goal = make_goal(service)
        goal.check_ins.create(on=TODAY, progress="slow")
        make_review(service).attendees.set(service.members.all())
        make_conflict(service.members.first(), logged_at=timezone.now() - 30 * DAY)

    assert questions(service) == few


def questions(service) -> int:
    """How many questions to the database an export takes."""
    with CaptureQueriesContext(connection) as captured:
        take_out(service, TODAY)
    return len(captured)


# Handing it out


@pytest.mark.parametrize("with_names", [True, False])
def test_s09_handing_it_out_leaves_a_line_in_the_trail(clock, with_names):
    leader = make_leader()

    text = exporting.hand_out(leader.service, as_of=TODAY, with_names=with_names, by=leader.user)

    assert text == take_out(leader.service, TODAY, with_names=with_names)
    event = AuditEvent.objects.get(code="dossier.exported")
    assert (event.service_key, event.actor) == (leader.service.key, leader.user.audit_id)
    assert event.details == {"with_names": with_names}


def test_the_command_writes_to_standard_output(clock, capsys):
    service = bring_in(rich())

    call_command("export_dossier", "nord")
    nameless = capsys.readouterr()
    call_command("export_dossier", "nord", "--with-names")

    assert nameless.out == take_out(service, TODAY, with_names=False)
    assert nameless.err == ""
    assert capsys.readouterr().out == take_out(service, TODAY)
    assert list(AuditEvent.objects.filter(code="dossier.exported").values_list("actor", flat=True)) == [None, None]


def test_the_command_writes_a_file(clock, capsys, tmp_path):
    service = bring_in(rich())

    call_command("export_dossier", "nord", "--out", str(tmp_path / "nord.json"))

    assert (tmp_path / "nord.json").read_bytes().decode() == take_out(service, TODAY, with_names=False)
    assert [path.name for path in tmp_path.iterdir()] == ["nord.json"]
    assert capsys.readouterr().out == ""


def test_a_place_that_cannot_be_written_ends_with_a_sentence_and_no_line_in_the_trail(clock, tmp_path):
    bring_in(rich())

    with pytest.raises(CommandError, match=r"is a folder\. .* for instance \S+/nord\.json\.$"):
        call_command("export_dossier", "nord", "--out", str(tmp_path))
    assert not AuditEvent.objects.filter(code="dossier.exported").exists()


def test_an_unknown_service_ends_with_a_sentence():
    with pytest.raises(CommandError, match='There is no service "z"'):
        call_command("export_dossier", "z")
