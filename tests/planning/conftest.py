"""What the tests of the record share: a clock that stands still, and a service whose conflict log is open."""

import pytest
import time_machine

from tests.factories import make_agreement, make_leader, make_practitioner, make_service
from tests.planning.site import oslo


@pytest.fixture
def clock():
    """Half past nine on Wednesday 25 November 2026, until it is moved."""
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def author(clock):
    """A practitioner of a service whose log is open, with a leader and two colleagues."""
    service = make_service("f")
    make_agreement(service)
    make_leader(service)
    make_practitioner(service, name="Asta Ro")
    make_practitioner(service, name="Odd Vang")
    return make_practitioner(service)
