"""All tests, with the servers they need: what `./holdfast test` runs. Further words go to pytest.

Two passes: what touches the database on PostgreSQL, then everything on SQLite. Either failing fails
the run, and the last line is then the closing line of a pass that failed.
"""

import os
import signal
import subprocess
import sys

from tests.postgres import PostgresServer

ONLY_LOOKING = {"-h", "--help", "--version", "-V", "--collect-only", "--co", "--fixtures", "--markers", "--setup-plan"}
NOT_IN_PARALLEL = {"--pdb", "--trace", "-s", "--capture=no"}
NOTHING_COLLECTED = 5


def pytest_words(words: list[str]) -> list[str]:
    """pytest's command: on all cores, unless the words ask for something that cannot be shared out."""
    command = [sys.executable, "-m", "pytest"]
    chosen = any(word in NOT_IN_PARALLEL or word.startswith(("-n", "--numprocesses", "--dist")) for word in words)
    if not chosen and not ONLY_LOOKING & set(words):
        # In the order of the files: the few long files of the browser must not come last, when one core is left alone.
        command += ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile", "--no-loadscope-reorder"]
    return command + words


def run_and_remember(command: list[str], environment: dict) -> tuple[int, str]:
    """Run with the output shown as it comes; returns the exit code and the last line that says something."""
    last = b""
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        unfinished = b""
        while chunk := process.stdout.read1(65536):
            sys.stdout.buffer.write(chunk)
            sys.stdout.buffer.flush()
            *lines, unfinished = (unfinished + chunk).split(b"\n")
            last = next((line for line in reversed(lines) if line.strip()), last)
        last = unfinished if unfinished.strip() else last
    return process.returncode, last.decode(errors="replace")


def main(words: list[str]) -> int:
    """Returns pytest's exit code: of the pass on SQLite, or of the other one if only that failed."""
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    command = pytest_words(words)
    if ONLY_LOOKING & set(words):
        return subprocess.run(command, check=False).returncode
    with PostgresServer() as server:
        environment = {**os.environ, "HOLDFAST_TEST_POSTGRES_URL": server.url}
        colour = ["--color=yes"] if sys.stdout.isatty() else []
        print("The tests that use the database, on PostgreSQL", flush=True)
        on_postgres, closing_line = run_and_remember(
            [*command, *colour], {**environment, "HOLDFAST_TEST_DATABASE": "postgres"}
        )
        if on_postgres == 2:  # interrupted, or the tests could not even be read
            return on_postgres
        print("\nAll tests, on SQLite", flush=True)
        on_sqlite = subprocess.run(command, env=environment, check=False).returncode
    if on_postgres in (0, NOTHING_COLLECTED):
        return on_sqlite
    if on_sqlite == 0:
        print(f"\nOn PostgreSQL they failed:\n{closing_line}")
    return on_sqlite or on_postgres


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
