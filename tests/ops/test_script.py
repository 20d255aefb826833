"""The script itself: what it says when something is missing, and what it leaves alone."""

import ast
import importlib.machinery
import importlib.util
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import PRODUCTION_VARIABLES
from tests.ops.installation import ROOT, SCRIPT, free_port, run

PRODUCTION = {
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "SECRET_KEY": "a-key-for-this-test-alone-0123456789-abcdefghijklmnopq",
    "ALLOWED_HOSTS": "holdfast.example.org",
}


@pytest.fixture
def script(monkeypatch, tmp_path):
    """The script as a module, for an installation in a folder of this test's own."""
    monkeypatch.setenv("HOLDFAST_DATA", str(tmp_path))
    loader = importlib.machinery.SourceFileLoader("holdfast_script", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("holdfast_script", loader))
    loader.exec_module(module)
    return module


def test_no_or_wrong_words_print_help():
    for words in ([], ["start"], ["up", "now"]):
        done = run(*words)
        assert done.returncode == 2
        assert done.stdout == ""
        assert all(command in done.stderr for command in ("up ", "test ", "manage ", "HOLDFAST_DATA", "HOLDFAST_PORT"))


def test_help_is_no_error():
    done = run("--help")
    assert done.returncode == 0
    assert "Usage: ./holdfast" in done.stdout


def test_older_pythons_can_read_it_far_enough_to_be_told():
    ast.parse(SCRIPT.read_text(), feature_version=(3, 8))
    pretend = (
        f"import runpy, sys; sys.version_info = (3, 9, 2); sys.argv = ['holdfast']; runpy.run_path({str(SCRIPT)!r})"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], env={"PATH": ""}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr == "Holdfast needs Python 3.11 or newer, and this is Python 3.9. Install a newer one.\n"


def test_a_port_in_use_gets_a_sentence(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = run("up", HOLDFAST_PORT=str(port), HOLDFAST_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is in use by another program.")
    assert "HOLDFAST_PORT=" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("value", ["abc", "0", "65536", "-1"])
def test_a_port_that_is_none_gets_a_sentence(value, tmp_path):
    done = run("up", HOLDFAST_PORT=value, HOLDFAST_DATA=str(tmp_path / "data"))
    assert done.returncode == 1
    assert "HOLDFAST_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_used_gets_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    done = run("manage", "check", HOLDFAST_DATA=str(tmp_path / "file" / "data"))
    assert done.returncode == 1
    assert "HOLDFAST_DATA" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("missing", PRODUCTION_VARIABLES)
def test_a_missing_production_variable_stops_the_start_with_a_sentence(missing, tmp_path):
    given = {name: value for name, value in PRODUCTION.items() if name != missing}
    done = run("up", HOLDFAST_DATA=str(tmp_path), HOLDFAST_PORT=str(free_port()), **given)
    assert done.returncode == 1
    assert f"{missing} is not set; give it" in done.stderr
    assert not any(f"{name} is not set" in done.stderr for name in given)
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_one_production_variable_asks_for_all_the_others(tmp_path):
    done = run("manage", "check", HOLDFAST_DATA=str(tmp_path), SECRET_KEY=PRODUCTION["SECRET_KEY"])
    assert done.returncode == 1
    assert [name for name in PRODUCTION_VARIABLES if f"{name} is not set" in done.stderr] == [
        "DATABASE_URL",
        "REDIS_URL",
        "EMAIL_URL",
        "ALLOWED_HOSTS",
    ]


def test_production_leaves_the_embedded_database_alone(tmp_path):
    done = run("manage", "check", HOLDFAST_DATA=str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "holdfast.sqlite3").exists()
    assert not (tmp_path / "secret-key").exists()


def test_a_new_data_folder_is_migrated_before_a_command(tmp_path):
    data = tmp_path / "new" / "data"
    done = run("manage", "shell", "-v", "0", "-c", "print([])", HOLDFAST_DATA=str(data))
    assert (done.returncode, done.stdout) == (0, "[]\n"), done.stderr
    assert done.stderr == "Setting up the database\n"
    assert data.stat().st_mode & 0o777 == 0o700
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    again = run("manage", "migrate", "--check", HOLDFAST_DATA=str(data))
    assert (again.returncode, again.stderr) == (0, "")


def test_changed_migrations_are_applied_to_an_older_data_folder(script, monkeypatch):
    ran = []
    monkeypatch.setattr(script, "django", lambda *words: ran.append(words[0]))
    monkeypatch.setattr(script, "database_has_tables", lambda: True)
    notes = {"migrations": "of an older version"}
    script.migrate(notes)
    script.migrate(notes)
    assert ran == ["migrate"]


def test_relative_file_names_are_meant_from_where_the_person_stands(tmp_path):
    (tmp_path / "here.txt").write_text("found")
    done = run("manage", "shell", "-v", "0", "-c", "print(open('here.txt').read())", cwd=tmp_path, HOLDFAST_DATA="data")
    assert done.stdout == "found\n", done.stderr
    assert (tmp_path / "data" / "holdfast.sqlite3").exists()


def test_without_root_the_exact_line_is_printed_and_the_exit_code_is_3(script, monkeypatch):
    monkeypatch.setattr(script, "NATIVE_LIBRARIES", ("libnobody-has-this.so.7",))
    monkeypatch.setattr(script.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(script.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(script.Stop) as stop:
        script.require()
    assert stop.value.code == 3
    assert (
        "sudo sh -c 'apt-get update && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0'"
        in str(stop.value)
    )


def test_where_there_is_no_apt_the_packages_are_named(script, monkeypatch):
    monkeypatch.setattr(script.shutil, "which", lambda name: None)
    with pytest.raises(script.Stop, match="qpdf") as stop:
        script.install_system_packages(["qpdf"])
    assert stop.value.code == 3


def test_test_programs_are_asked_for_by_their_packages(script, monkeypatch):
    asked = []
    monkeypatch.setattr(script, "program_exists", lambda name: name == "qpdf")
    monkeypatch.setattr(script, "install_system_packages", asked.extend)
    monkeypatch.setattr(script, "environment_is_current", lambda development: True)
    script.require(development=True)
    assert asked == ["chromium", "poppler-utils", "gettext", "postgresql", "redis-server"]


def test_a_deep_data_folder_gets_a_short_socket(script, monkeypatch, tmp_path):
    assert script.broker_socket() == tmp_path / "broker" / "broker.sock"
    monkeypatch.setattr(script, "DATA", tmp_path / ("deep" * 30))
    short = script.broker_socket()
    assert len(os.fsencode(short)) < 60
    monkeypatch.setattr(script, "DATA", tmp_path / ("other" * 30))
    assert script.broker_socket() != short
    monkeypatch.setattr(script, "DATA", tmp_path / "a folder? 100%")
    assert script.broker_socket().parent.parent == Path("/tmp")


def test_a_broker_given_by_the_environment_wins(script, monkeypatch):
    assert script.environment()["HOLDFAST_BROKER_URL"] == f"redis+socket://{script.broker_socket()}"
    monkeypatch.setenv("HOLDFAST_BROKER_URL", "redis://127.0.0.1:6390/3")
    assert script.environment()["HOLDFAST_BROKER_URL"] == "redis://127.0.0.1:6390/3"


def test_settings_of_another_project_do_not_leak_in(script, monkeypatch):
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "other.settings")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    assert not {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"} & set(script.environment())


def test_the_environment_is_remade_when_its_python_is_gone(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "VENV", tmp_path)
    monkeypatch.setattr(script, "PYTHON", tmp_path / "bin" / "python")
    assert not script.environment_works()
    (tmp_path / "bin").mkdir()
    (tmp_path / "python3.11").touch()
    (tmp_path / "bin" / "python").symlink_to(tmp_path / "python3.11")
    assert not script.environment_works()
    (tmp_path / "lib" / "python3.11").mkdir(parents=True)
    assert script.environment_works()


def test_a_changed_lock_asks_for_another_install(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "STAMP", tmp_path / "stamp.json")
    assert not script.environment_is_current(development=False)
    script.STAMP.write_text(json.dumps({"requirements.txt": script.digest([ROOT / "requirements.txt"])}))
    assert script.environment_is_current(development=False)
    assert not script.environment_is_current(development=True)
    script.STAMP.write_text('{"requirements.txt": "something else"}')
    assert not script.environment_is_current(development=False)


def test_every_locked_package_has_a_hash_and_every_direct_one_a_version():
    for name in ("requirements", "requirements-dev"):
        for line in (ROOT / f".{name}.in").read_text().splitlines():
            if line and not line.startswith(("#", "-r")):
                assert "==" in line, line
        lock = (ROOT / f"{name}.txt").read_text().replace("\\\n", " ")
        pinned = [line for line in lock.splitlines() if line and not line.lstrip().startswith("#")]
        assert pinned
        assert all("==" in line and "--hash=sha256:" in line for line in pinned)


def test_ci_runs_the_tests_and_nothing_else():
    lines = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec ./holdfast test"]


def test_each_chosen_package_has_its_reason():
    reasons = (ROOT / "docs" / "dependencies.md").read_text().lower()
    for name in (".requirements.in", ".requirements-dev.in"):
        for line in (ROOT / name).read_text().splitlines():
            if "==" in line:
                package = line.split("==")[0].split("[")[0].lower()
                assert package in reasons, f"{package} of {name} has no line in docs/dependencies.md"
