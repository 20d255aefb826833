"""What the script's environment means for commands: embedded on one's own machine, or production."""

import http.client
import json
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from tests.ops.installation import Running, free_port, run

pytestmark = [pytest.mark.processes, pytest.mark.timeout(180)]


@pytest.fixture
def production(postgres_url, tmp_path):
    """The environment of a complete production installation with an empty database of its own."""
    name = "production_of_" + tmp_path.name.replace("-", "_").lower()
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        yield {
            "HOLDFAST_DATA": str(tmp_path),
            "DATABASE_URL": postgres_url.rsplit("/", 1)[0] + "/" + name,
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "EMAIL_URL": "smtp://127.0.0.1:1",
            "SECRET_KEY": "a-key-for-this-test-alone-0123456789-abcdefghijklmnopq",
            "ALLOWED_HOSTS": "holdfast.example.org",
        }
        server.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def test_production_refuses_example_accounts(production):
    assert run("manage", "migrate", "-v", "0", **production).returncode == 0
    loaded = run("manage", "load_study", **production)
    assert loaded.returncode == 0, loaded.stderr
    done = run("manage", "create_example_accounts", **production)
    assert done.returncode == 1
    assert "published password" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    count = "from accounts.models import User; print(User.objects.count())"
    assert run("manage", "shell", "-v", "0", "-c", count, **production).stdout == "0\n"


def test_production_passes_djangos_own_checks_for_it(production):
    done = run("manage", "check", "--deploy", "--fail-level", "WARNING", **production)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def redis_server(tmp_path):
    """The address of a Redis server outside Holdfast's care."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    port = free_port()
    words = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(tmp_path), "--save", ""]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        for line in server.stdout:
            if "eady to accept connections" in line:
                break
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


def test_production_starts_nothing_that_it_was_given(production, redis_server):
    data = Path(production.pop("HOLDFAST_DATA"))
    with Running(data, **{**production, "REDIS_URL": redis_server}) as running:
        assert {running.child("web"), running.child("worker")} == set(running.children())
        connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=20)
        connection.request("GET", "/", headers={"Host": "holdfast.example.org"})
        response = connection.getresponse()
        assert (response.status, response.headers["Location"]) == (301, "https://holdfast.example.org/")
        response.read()
        connection.request("GET", "/", headers={"Host": "holdfast.example.org", "X-Forwarded-Proto": "https"})
        response = connection.getresponse()
        assert response.status in (200, 302)
        assert response.headers["Strict-Transport-Security"].startswith("max-age=31")
        assert "camera=()" in response.headers["Permissions-Policy"]
        connection.close()
        assert running.end(signal.SIGTERM) == 0
        assert "example" not in running.output.lower().replace("holdfast.example.org", "")
        assert not running.alive()
    assert {path.name for path in data.iterdir()} >= {"static"}
    assert not list(data.glob("*.sqlite3*"))


def test_standard_output_is_json_and_nothing_else(tmp_path):
    """With no server running, and in a folder that has to be set up first."""
    data = {"HOLDFAST_DATA": str(tmp_path / "data")}
    loaded = run("manage", "load_study", **data)
    assert loaded.returncode == 0, loaded.stderr
    done = run("manage", "risks", "F", "--format", "json", **data)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["service"] == "F"
    unknown = run("manage", "risks", "nobody", "--format", "json", **data)
    assert (unknown.returncode, unknown.stdout) == (1, "")
    assert "Traceback" not in unknown.stderr
