"""The data folder: its secret key, made once and whole, and what others may read of it."""

import os
import stat
import subprocess
import sys

import pytest

from config import data_folder
from config.environment import CannotStart
from config.mail import FolderBackend
from tests.ops.installation import ROOT, clean_environment, run
from tests.ops.test_environment import manage


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_its_owners_alone(tmp_path):
    folder = tmp_path / "new" / "data"
    key = data_folder.prepare(folder)
    assert len(key) >= 60
    assert data_folder.prepare(folder) == key
    assert mode(folder) == 0o700
    assert {path.name: mode(path) for path in folder.iterdir()} == {"secret-key": 0o600, "holdfast.sqlite3": 0o600}


def test_a_folder_of_an_older_version_is_tightened(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "secret-key").write_text("k" * 64)
    for name in ("mail", "static"):
        (tmp_path / name).mkdir(mode=0o755)
    for name in ("holdfast.sqlite3", "holdfast.sqlite3-wal"):
        (tmp_path / name).write_bytes(b"kept")
        (tmp_path / name).chmod(0o644)
    assert data_folder.prepare(tmp_path) == "k" * 64
    assert mode(tmp_path) == mode(tmp_path / "mail") == 0o700
    assert mode(tmp_path / "holdfast.sqlite3") == mode(tmp_path / "holdfast.sqlite3-wal") == 0o600
    assert (tmp_path / "holdfast.sqlite3").read_bytes() == b"kept"


def test_a_folder_that_others_use_too_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "letters").mkdir()
    for _start in range(2):
        data_folder.prepare(tmp_path)
        assert mode(tmp_path) == 0o755
    assert mode(tmp_path / "secret-key") == mode(tmp_path / "holdfast.sqlite3") == 0o600


def test_a_folder_for_everybody_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o1777)
    data_folder.prepare(tmp_path)
    assert mode(tmp_path) == 0o1777


def test_somebody_elses_folder_keeps_its_mode(tmp_path, monkeypatch):
    tmp_path.chmod(0o775)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    data_folder.prepare(tmp_path)
    assert mode(tmp_path) == 0o775


@pytest.mark.parametrize("content", [b"", b"\n", b"short", b"\xff\xfe" * 40])
def test_a_damaged_key_gets_a_sentence(tmp_path, content):
    path = tmp_path / "secret-key"
    path.write_bytes(content)
    with pytest.raises(CannotStart) as stopped:
        data_folder.prepare(tmp_path)
    assert f"{path} is damaged" in str(stopped.value)
    assert "delete it" in str(stopped.value)
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_gets_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotStart, match="HOLDFAST_DATA"):
        data_folder.prepare(tmp_path / "file" / "data")
    with pytest.raises(CannotStart, match="HOLDFAST_DATA"):
        data_folder.prepare(tmp_path / "file")


def test_the_first_key_stays_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "secret-key"
    data_folder.make_key(path)
    first = path.read_text()
    data_folder.make_key(path)
    assert path.read_text() == first
    assert os.listdir(tmp_path) == ["secret-key"]


def test_a_file_system_without_links_gets_a_key_too(tmp_path, monkeypatch):
    def without_links(*_names):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", without_links)
    assert len(data_folder.prepare(tmp_path)) >= 60
    assert sorted(os.listdir(tmp_path)) == ["holdfast.sqlite3", "secret-key"]


@pytest.mark.processes
def test_processes_that_start_together_have_one_key(tmp_path):
    ask = f"from pathlib import Path; from config.data_folder import prepare; print(prepare(Path({str(tmp_path)!r})))"
    options = {"env": clean_environment(), "cwd": ROOT, "stdout": subprocess.PIPE, "text": True}
    together = [subprocess.Popen([sys.executable, "-c", ask], **options) for _ in range(4)]
    keys = {process.communicate(timeout=60)[0] for process in together}
    assert keys == {(tmp_path / "secret-key").read_text() + "\n"}


@pytest.mark.processes
def test_a_damaged_key_ends_a_command_with_a_sentence_alone(tmp_path):
    (tmp_path / "secret-key").write_bytes(b"")
    for done in (
        manage("check", HOLDFAST_DATA=str(tmp_path)),
        run("manage", "check", HOLDFAST_DATA=str(tmp_path)),
    ):
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith(f"Holdfast cannot start: {tmp_path / 'secret-key'} is damaged")
        assert done.stderr.count("\n") == 1


@pytest.mark.processes
def test_the_script_leaves_the_mode_of_a_folder_in_use(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "letters").mkdir()
    assert run("manage", "check", HOLDFAST_DATA=str(tmp_path)).returncode == 0
    assert mode(tmp_path) == 0o755


def test_messages_are_for_the_owner_alone(tmp_path, settings):
    from django.core.mail import EmailMessage

    settings.MAIL_FOLDER = tmp_path / "mail"
    FolderBackend().send_messages([EmailMessage("Welcome", "A link", "a@example.org", ["b@example.org"])])
    (message,) = settings.MAIL_FOLDER.iterdir()
    assert (mode(settings.MAIL_FOLDER), mode(message)) == (0o700, 0o600)
