"""Out and in again: the same bytes, the same flags, the same plan."""

import json
from datetime import date

import pytest
import time_machine
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Service
from planning import study
from planning.documents.plan_content import plan_content
from planning.dossiers import exporting
from planning.dossiers.checks import refuse_what_cannot_be
from planning.dossiers.schema import refuse_what_does_not_fit
from tests.factories import (
    make_check_in,
    make_goal,
    make_leader,
    make_practitioner,
    make_service,
    make_vision,
)
from tests.planning.dossiers.samples import bring_in, rich, risks_of, take_out
from tests.planning.dossiers.services import lived
from tests.planning.site import full_site, oslo

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
# Clock changes, the last day of a leap February, both ends of a year, midnight.
MOMENTS = (
    "2026-11-25T09:30",
    "2027-03-28T03:30",
    "2027-10-31T02:30",
    "2028-02-29T23:59",
    "2027-12-31T00:00",
    "2028-01-01T00:00",
)


def whole(service: Service, on: date) -> tuple[str, str, list]:
    """What must be the same before and after: the dossier, the risks as JSON, the plan in both languages."""
    plans = [plan_content(service, on, language) for language in ("en", "nb")]
    return take_out(service, on), risks_of(service, on), plans


def comes_back_whole(service: Service, on: date) -> None:
    """Take it out, remove it, bring it in: nothing tells the two apart."""
    before = whole(service, on)
    content = json.loads(before[0])
    refuse_what_does_not_fit(content)
    refuse_what_cannot_be(content)
    nameless = take_out(service, on, with_names=False)
    service.delete()

    again = bring_in(before[0].encode())

    assert whole(again, on) == before
    assert take_out(again, on, with_names=False) == nameless
    again.delete()
    assert take_out(bring_in(nameless.encode()), on, with_names=False) == nameless


def test_what_a_dossier_says_is_what_an_export_says(clock):
    content = rich()

    service = bring_in(content)

    assert json.loads(take_out(service, TODAY)) == content
    assert take_out(service, TODAY) == exporting.as_text(content)


@pytest.mark.once
@given(seed=st.integers(min_value=0, max_value=10**6))
@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_services_as_they_might_have_lived(seed):
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False):
        service = lived(seed, TODAY)

        comes_back_whole(service, TODAY)

        Service.objects.all().delete()


def test_two_peoples_words_on_one_day_and_a_draft_without_its_day_come_back(clock):
    nora = make_practitioner(make_service("f"))
    goal = make_goal(nora.service)
    for by in (nora, make_leader(nora.service), None, None):
        make_check_in(goal, on=TODAY, by=by)
    make_vision(nora.service, version=1, horizon_on=None, published_on=None, looked_at_on=None)

    said = json.loads(take_out(nora.service, TODAY))

    assert [one.get("by") for one in said["goals"][0]["check_ins"]] == ["m1", "m2", None, None]
    assert said["visions"] == [{"version": 1, "text": nora.service.visions.get().text}]
    comes_back_whole(nora.service, TODAY)


@pytest.mark.parametrize("moment", MOMENTS)
def test_l10_a_service_with_something_on_every_page(moment):
    with time_machine.travel(oslo(moment), tick=False):
        comes_back_whole(full_site("whole").service, timezone.localdate())


@pytest.mark.parametrize("moment", MOMENTS[2:4])
def test_l10_the_studys_nine(moment):
    with time_machine.travel(oslo(moment), tick=False):
        today = timezone.localdate()
        study.load_study(today=today)

        for service in Service.objects.order_by("key"):
            comes_back_whole(service, today)
