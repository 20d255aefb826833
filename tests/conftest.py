"""What all tests share. Tests of one app have their own conftest beside them."""

import os

import pytest
from django.utils import translation

from tests import figures


def pytest_configure(config):
    """Words are tested as they are in the sources now; with several processes the first one compiles."""
    if not hasattr(config, "workerinput"):
        from config.catalogs import compile_catalogs

        compile_catalogs()


def pytest_terminal_summary(terminalreporter):
    """Before the closing line come the figures."""
    figures.tell(terminalreporter)


def on_postgres() -> bool:
    return os.environ.get("HOLDFAST_TEST_DATABASE") == "postgres"


def uses_database(item) -> bool:
    return bool(item.get_closest_marker("django_db")) or bool(
        {"db", "transactional_db", "django_db_setup", "live_server"} & set(getattr(item, "fixturenames", ()))
    )


BY_THE_CLOCK = ("browser", "processes")
ONLY_ONCE = (*BY_THE_CLOCK, "once")


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what the database can change is run a second time.

    What waits for a browser or for processes gets a second try: on a busy machine a wait may be too short. A test that
    needed it is counted in the closing line, so that it can be mended.
    """
    for item in items:
        if any(item.get_closest_marker(name) for name in BY_THE_CLOCK):
            item.add_marker(pytest.mark.flaky(reruns=1))
    if not on_postgres():
        return
    again = [
        item for item in items if uses_database(item) and not any(item.get_closest_marker(name) for name in ONLY_ONCE)
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(again)])
    items[:] = again


@pytest.fixture(autouse=True)
def settings_language():
    """A request activates its reader's language and leaves it so; the next test starts from the settings' own."""
    yield
    translation.deactivate()


@pytest.fixture(scope="session")
def postgres_url(request):
    """The address of a PostgreSQL server: the one `./holdfast test` started, or one of our own."""
    if url := os.environ.get("HOLDFAST_TEST_POSTGRES_URL"):
        yield url
        return
    from tests.postgres import PostgresServer

    with PostgresServer() as server:
        yield server.url
