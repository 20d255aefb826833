"""What the tests of the assessments share: a clock that stands still."""

import pytest
import time_machine

from tests.planning.site import oslo


@pytest.fixture
def clock():
    """Half past nine on Wednesday 25 November 2026, until it is moved."""
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False) as traveller:
        yield traveller
