"""`./holdfast up` as a person meets it: real processes, a real broker, real signals.

The data folder lies so deep that the broker's socket needs a short folder elsewhere.
"""

import http.client
import os
import shutil
import signal
import time
from pathlib import Path

import pytest
import redis

from tests.ops.installation import Running, free_port, run

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]

SECOND_START_SECONDS = 10


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder that has been started once; each test starts it again."""
    folder = tmp_path_factory.mktemp("installation") / ("deep-" * 20) / "data"
    with Running(folder) as first:
        folder.parent.joinpath("first-output").write_text(first.output)
    return folder


def broker_of(running: Running) -> redis.Redis:
    words = dict(part.split("=", 1) for part in worker_environment(running) if "=" in part)
    return redis.Redis(unix_socket_path=words["HOLDFAST_BROKER_URL"].removeprefix("redis+socket://"))


def worker_environment(running: Running) -> list[str]:
    return Path(f"/proc/{running.child('worker')}/environ").read_text().split("\0")


def test_the_first_start_shows_the_address_and_who_can_sign_in(data):
    output = data.parent.joinpath("first-output").read_text()
    assert "Loading the example" in output
    assert "http://localhost:" in output
    assert "@" in output.split("http://localhost:")[1], "nobody to sign in as"


def test_a_second_start_answers_soon(data):
    """The quickest of three counts: other tests want the same cores."""
    taken = []
    while len(taken) < 3 and min(taken, default=SECOND_START_SECONDS) >= SECOND_START_SECONDS:
        begin = time.monotonic()
        with Running(data):
            taken.append(time.monotonic() - begin)
    assert min(taken) < SECOND_START_SECONDS, taken


def test_a_signal_ends_everything(data):
    with Running(data) as running:
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
        connection.request("GET", "/")
        assert connection.getresponse().status in (200, 302)
        connection.close()
        with broker_of(running) as broker:
            l04_kept_on_disk = broker.config_get("appendonly", "appendfsync", "maxmemory-policy", "port")
            socket_path = Path(broker.connection_pool.connection_kwargs["path"])
        assert socket_path.parent.stat().st_mode & 0o777 == 0o700
        assert running.end(signal.SIGINT) == 0
        assert "Holdfast has stopped." in running.output
        assert "Loading the example" not in running.output
        assert not running.alive()
    assert l04_kept_on_disk == {
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "port": "0",
    }
    assert not socket_path.parent.exists()


@pytest.mark.parametrize("part", ["web", "worker", "broker"])
def test_the_death_of_one_ends_all(data, part):
    with Running(data) as running:
        os.kill(running.child(part), signal.SIGKILL)
        assert running.await_end() == 1
        assert f"The {part} process was ended by signal SIGKILL, so everything else is stopped too." in running.output
        assert not running.alive()


def test_nothing_is_left_when_it_is_killed_itself(data):
    with Running(data) as running:
        assert running.alive()
        running.end(signal.SIGKILL)
        running.await_all_gone(30)


def test_a_second_one_on_the_same_folder_is_refused_and_one_beside_it_is_not(data, tmp_path):
    shutil.copytree(data, tmp_path / "other")  # has been started once, too
    with Running(data) as running:
        refused = run("up", HOLDFAST_DATA=str(data), HOLDFAST_PORT=str(free_port()))
        assert refused.returncode == 1
        assert f"already runs on the data folder {data} (process {running.process.pid})" in refused.stderr
        with Running(tmp_path / "other") as other:
            assert other.port != running.port
            with broker_of(running) as one, broker_of(other) as two:
                assert one.info()["process_id"] != two.info()["process_id"]
