"""Hours set aside: by kind of work for everybody, by person for who sets them and for oneself."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine

from accounts.models import AuditEvent
from planning.models import Allocation, Work
from planning.views.time import hours_by_work
from tests.factories import (
    make_adviser,
    make_allocation,
    make_leader,
    make_practitioner,
    make_service,
    make_sponsor,
    make_stranger,
)
from tests.planning.site import client_of, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


def test_hours_are_summed_by_kind_of_work_and_every_kind_is_shown():
    allocations = [
        Allocation(work="session", hours_per_week=Decimal("2")),
        Allocation(work="session", hours_per_week=Decimal("1.5")),
        Allocation(work="travel", hours_per_week=Decimal("0.25")),
    ]

    assert [hours for _label, hours in hours_by_work(allocations)] == [Decimal("3.5"), 0, 0, 0, Decimal("0.25")]
    assert [label for label, _hours in hours_by_work([])] == Work.labels


def test_only_hours_in_force_today_count(leader):
    practitioner = make_practitioner(leader.service)
    make_allocation(practitioner, hours_per_week="2", starts_on=TODAY, ends_on=TODAY)
    make_allocation(practitioner, hours_per_week="1.5", work="preparation", starts_on=TODAY - DAY)
    make_allocation(practitioner, hours_per_week="8", starts_on=TODAY - 9 * DAY, ends_on=TODAY - DAY)
    make_allocation(practitioner, hours_per_week="9", starts_on=TODAY + DAY)

    text = main_text(client_of(leader).get("/services/f/time/"))

    assert "Sessions2" in text.replace(" ", "")
    assert "Preparationandnotes1.5" in text.replace(" ", "")
    assert "Together3.5" in text.replace(" ", "")
    assert "9 h a week from Thu 26 Nov" in text


def test_hours_of_single_people_are_for_leaders_and_oneself(leader):
    practitioner, colleague = make_practitioner(leader.service), make_practitioner(leader.service, name="Asta Ro")
    make_allocation(practitioner, hours_per_week="2")
    make_allocation(colleague, hours_per_week="3.25", work="supervision")
    make_allocation(colleague, hours_per_week="4", starts_on=TODAY + DAY)

    seen = {
        member: main_text(client_of(member).get("/services/f/time/"))
        for member in (leader, practitioner, make_adviser(leader.service))
    }

    assert "Only leaders see this table" in seen[leader]
    assert "Asta Ro" in seen[leader]
    assert "YoursSessions: 2 h a week" in seen[practitioner]
    for member, text in seen.items():
        assert "Together" in text
        if member != leader:
            assert "Asta Ro" not in text
            assert "By person" not in text
            assert "later day" not in text
            assert "Change" not in text


def test_f04_time_is_set_and_changed_by_plain_forms(leader):
    practitioner = make_practitioner(leader.service)
    client = client_of(leader)
    data = {"member": practitioner.pk, "work": "session", "hours_per_week": "2", "starts_on": "2026-12-01"}

    added = client.post("/services/f/time/new/", data, follow=True)
    allocation = Allocation.objects.get()
    changed = client.post(
        f"/services/f/time/{allocation.pk}/", data | {"hours_per_week": "3", "ends_on": "2027-06-30"}, follow=True
    )

    allocation.refresh_from_db()
    assert "Time set aside." in main_text(added)
    assert "Time changed." in main_text(changed)
    assert (allocation.service, allocation.member) == (leader.service, practitioner)
    assert (allocation.hours_per_week, allocation.ends_on) == (3, date(2027, 6, 30))
    events = AuditEvent.objects.filter(code="allocation.set")
    assert [event.details for event in events] == [{"work": "session"}] * 2


def test_time_is_set_for_the_services_own_people_only(leader):
    service = leader.service
    others = [make_sponsor(service), make_adviser(service), make_practitioner(service, guest=True)]
    gone = make_practitioner(service, leaves_on=TODAY - DAY)

    for member in (*others, gone, make_stranger()):
        response = client_of(leader).post(
            "/services/f/time/new/",
            {"member": member.pk, "work": "session", "hours_per_week": "2", "starts_on": "2026-12-01"},
        )
        assert "Choose one of the answers shown for “Who”." in main_text(response)
    assert not Allocation.objects.exists()


def test_the_time_of_another_service_is_not_there(leader):
    allocation = make_allocation(make_stranger())

    assert client_of(leader).get(f"/services/f/time/{allocation.pk}/").status_code == 404


def test_in_bokmaal_hours_have_a_decimal_comma(leader):
    make_allocation(make_practitioner(leader.service), hours_per_week="1.5")

    assert "1,5" in main_text(client_of(leader, language="nb").get("/services/f/time/"))
