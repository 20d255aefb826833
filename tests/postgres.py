"""A PostgreSQL server of the tests' own: in a temporary folder, on a unix socket, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

INITDB_OPTIONS = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")


def server_programs() -> Path | None:
    """The folder with initdb and postgres, the newest if there are several; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


class PostgresServer:
    """Use as a context manager; `url` is the address of its maintenance database.

    PostgreSQL refuses to run as root, so root hands it to the user `postgres`, which Debian's
    package makes. Nothing is synced to disk: the data need not outlive a crash.
    """

    def __init__(self):
        self.programs = server_programs()
        if self.programs is None:
            raise RuntimeError("The tests need PostgreSQL's server programs. Install them: apt-get install postgresql")
        self.folder = Path(tempfile.mkdtemp(prefix="hf-pg-", dir="/tmp"))
        self.process = None

    @property
    def url(self) -> str:
        return f"postgres://postgres@{quote(str(self.folder), safe='')}/postgres"

    def __enter__(self):
        as_user = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        options = {"cwd": self.folder, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}, **as_user}
        self.options = options
        self.log = self.folder / "log"
        self.log.touch(mode=0o666)
        self.log.chmod(0o666)
        try:
            with self.log.open("ab") as output:
                subprocess.run(
                    [self.programs / "initdb", "--pgdata", self.folder / "data", *INITDB_OPTIONS],
                    check=True,
                    stdout=output,
                    stderr=output,
                    **options,
                )
            self.start()
        except BaseException as problem:
            problem.add_note("PostgreSQL said: " + self.log.read_text(errors="replace")[-2000:])
            self.__exit__()
            raise
        return self

    def start(self) -> None:
        """Start the server and wait until it takes connections."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.folder),
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": "60",
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", *words],
                stdout=output,
                stderr=output,
                **self.options,
            )
        self._wait(self.options)

    def stop(self) -> None:
        """End the server and every session with it, if it runs."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)  # fast shutdown: open sessions are ended
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _wait(self, options):
        """Until it takes connections; raises RuntimeError when it ends or takes longer than a minute."""
        for _attempt in range(60):
            if self.process.poll() is not None:
                raise RuntimeError("PostgreSQL ended at its start.")
            ready = subprocess.run(
                [self.programs / "pg_isready", "-q", "-h", self.folder, "-t", "1"], check=False, **options
            )
            if ready.returncode == 0:
                return
            if self.process.poll() is None:
                try:
                    self.process.wait(0.5)
                except subprocess.TimeoutExpired:
                    continue
        raise RuntimeError("PostgreSQL did not answer within its first minute.")

    def __exit__(self, *_exc):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
