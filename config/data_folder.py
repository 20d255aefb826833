"""The folder of an embedded installation: its secret key, and who may read what lies in it.

It holds the database and mails with links that let people in. A folder that Holdfast made is its owner's
alone. One that others use too, or that belongs to somebody else, keeps its mode; what Holdfast puts into it
is private in itself.
"""

import contextlib
import os
import secrets
import stat
import tempfile
from pathlib import Path

from config.environment import SECRET_KEY_LENGTH, CannotStart

DATABASE = "holdfast.sqlite3"
KEY = "secret-key"
MAIL = "mail"
# All that Holdfast puts into the folder; SQLite and the scheduler's clock add endings of their own.
OURS = {KEY, DATABASE, MAIL, "cache", "static", "logs", "broker", "beat-schedule", "example-accounts.txt"}
OURS |= {"prepare.lock", "prepared.json", "up.lock"}


def prepare(folder: Path) -> str:
    """Make the folder if need be, keep it private, and return its secret key.

    Raises CannotStart with a sentence when the folder or the key cannot be used.
    """
    path = concerned = folder / KEY
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            make_key(path)
        key = path.read_bytes().decode().strip()
        concerned = folder / DATABASE
        keep_private(folder)
    except UnicodeDecodeError:
        key = ""
    except OSError as problem:
        raise CannotStart(
            f"{concerned} cannot be used: {problem.strerror}. See to it that you may read and "
            f"write the folder {folder} and its files, or choose another folder with HOLDFAST_DATA."
        ) from None
    if len(key) < SECRET_KEY_LENGTH:
        raise CannotStart(
            f"{path} is damaged: it does not hold a secret key. Put back a copy of it, or delete it and start again. "
            "Then a new one is made: everybody has to sign in again, and links in mails that were sent may not work."
        )
    return key


def make_key(path: Path) -> None:
    """Write a new key, so that another process sees all of it or nothing; the first one's stays."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # for its owner alone
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(handle)
        try:
            os.link(name, path)
        except FileExistsError:
            pass  # another process was first
        except OSError:  # a file system without links
            os.rename(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def keep_private(folder: Path) -> None:
    """Take others' rights away from what is ours.

    The database's file is made here, as SQLite would let others read it; the files that SQLite puts beside
    it get its rights.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(folder / DATABASE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    if all(name.lstrip(".").startswith(tuple(OURS)) for name in os.listdir(folder)):
        tighten(folder)
    for name in (KEY, DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", MAIL):
        tighten(folder / name)


def tighten(path: Path) -> None:
    """Leave rights to the owner alone, if that is us and it is no folder for everybody, such as /tmp."""
    with contextlib.suppress(FileNotFoundError):  # not there yet, or gone meanwhile
        found = path.stat()
        open_to_others = found.st_mode & 0o077
        if open_to_others and found.st_uid == os.geteuid() and not found.st_mode & stat.S_ISVTX:
            path.chmod(stat.S_IMODE(found.st_mode) & 0o700)
