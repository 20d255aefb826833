"""What the tests of the record share: a clock that stands still, and a service whose conflict log is open."""

import copy

import pytest
import time_machine
from django.db import transaction

from planning import digest
from tests.factories import make_agreement, make_leader, make_practitioner, make_service
from tests.planning.site import full_site, oslo


@pytest.fixture
def clock():
    """Half past nine on Wednesday 25 November 2026, until it is moved."""
    with time_machine.travel(oslo("2026-11-25T09:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="module")
def full_site_of_module(django_db_setup, django_db_blocker):
    """A full service that stands in the database while the tests of a module run, each in a savepoint of its own.

    It takes longer to make than most tests take to run. Not for modules with tests that need transactions.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel(oslo("2026-11-25T09:30"), tick=False):
            site = full_site()
        with django_db_blocker.block():
            yield site
        transaction.set_rollback(True)


@pytest.fixture
def site(full_site_of_module, db):
    """A full service as it was made on Wednesday 25 November 2026, half past nine; its objects are this test's own."""
    return copy.deepcopy(full_site_of_module)


@pytest.fixture
def author(clock):
    """A practitioner of a service whose log is open, with a leader and two colleagues."""
    service = make_service("f")
    make_agreement(service)
    make_leader(service)
    make_practitioner(service, name="Asta Ro")
    make_practitioner(service, name="Odd Vang")
    return make_practitioner(service)


@pytest.fixture
def no_digest(monkeypatch):
    """Without the Monday digest, which goes to anybody to whom something is due: for tests of another kind of mail."""
    monkeypatch.setattr(digest, "plan", lambda at: 0)
