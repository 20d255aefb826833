"""The made-up service: always the same, labelled as what it is, and something on every page."""

from datetime import date

import pytest
from django.core.management import call_command

from accounts.models import AuditEvent, Service
from assessments.control_limits import FEWEST_POINTS
from assessments.models import SUBSCALES
from planning.dossiers.exporting import export_dossier
from planning.dossiers.measured import MEASURED_WITH
from planning.dossiers.reading import understand
from planning.made_up import KEY, load_made_up
from planning.risks import assess
from planning.risks.answer import Status
from planning.snapshots import take_snapshot
from tests.factories import make_service

pytestmark = [pytest.mark.django_db, pytest.mark.once]

TODAY = date(2027, 3, 30)  # two days after the clocks changed


def test_b03_the_same_day_gives_the_same_service_to_the_byte():
    first = export_dossier(load_made_up(today=TODAY), with_names=True, as_of=TODAY)
    Service.objects.get(key=KEY).delete()

    again = export_dossier(load_made_up(today=TODAY), with_names=True, as_of=TODAY)

    assert again == first


def test_it_is_labelled_leaves_others_alone_and_fades_after_a_good_start():
    other = make_service("other")

    service = load_made_up(today=TODAY)
    now = {one.key: one.status for one in assess(take_snapshot(service, TODAY))}
    earlier = {one.key: one.status for one in assess(take_snapshot(service, date(2026, 8, 3)))}

    assert "made up" in service.name
    assert load_made_up(today=TODAY) is None
    assert set(Service.objects.values_list("key", flat=True)) == {KEY, other.key}
    assert not AuditEvent.objects.filter(service_key="other").exists()
    assert now["fading-time"] is Status.FLAGGED
    assert earlier["fading-time"] is not Status.FLAGGED
    assert set(now.values()) == set(Status)
    assert sum(status is not Status.UNKNOWN for status in now.values()) >= 34  # nearly all are decided


def test_what_is_measured_in_it_has_its_version_its_items_and_both_sides():
    service = load_made_up(today=TODAY)
    text = export_dossier(service, with_names=True, as_of=TODAY)

    content = understand(text.encode()).content  # its means are those of its items, its versions are known

    for name in MEASURED_WITH:
        assert all("version" in one for one in content[name]), name
    assert [len(visit["items"]) for visit in content["fidelity"]] == [13, 13]
    assert [len(visit["items"]) for visit in content["organisation"]] == [12, 12]
    assert all("about" in advice for visit in content["fidelity"] for advice in visit["recommendations"])
    rounds = content["outcomes"]
    assert [one["form"] for one in rounds] == ["patient", "practitioner"] * 3
    assert [("better" in one, "sd" in one) for one in rounds] == [(False, True)] * 2 + [(True, True)] * 4
    assert content["own_leadership"][0]["rated_on"] < content["leadership"][0]["rated_on"]
    (survey,) = content["leadership"]
    assert [f"{survey[side]:.2f}" for side in SUBSCALES] == ["2.08", "2.42", "3.25", "1.88"]  # kind, and less active
    assert (survey["answers"], survey["invited"], survey["differs"]) == (8, 14, False)
    assert f"{content['sustainment'][0]['mean']:.2f}" == "2.54"
    assert len(content["caseload"]) >= FEWEST_POINTS


@pytest.mark.parametrize("today", [date(2028, 2, 29), date(2026, 12, 31)], ids=str)
def test_l10_it_can_be_made_on_any_day(today):
    service = load_made_up(today=today)

    assert service.conflicts.exists()
    assert not service.reviews.held().filter(starts_at__date__gt=today).exists()


def test_the_command_makes_it_in_bokmal_and_says_what_was_there(capsys):
    call_command("load_made_up", language="nb")
    call_command("load_made_up", language="nb")

    said = capsys.readouterr()
    assert said.out == "Made up: nordvik, Nordvik (oppdiktet).\n"
    assert said.err == "nordvik is already there and left as it is.\n"
    service = Service.objects.get(key=KEY)
    assert service.name == "Nordvik (oppdiktet)"
    assert service.visions.get().text.startswith("Alle i Nordvik")
