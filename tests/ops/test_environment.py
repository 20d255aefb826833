"""Values of the environment: which are used, which stop the start, and with what words."""

import socket
import subprocess
import sys

import pytest

from config.environment import (
    PRODUCTION_VARIABLES,
    SECRET_KEY_LENGTH,
    CannotStart,
    cache_location,
    missing_production_variables,
    read_environment,
)
from tests.ops.installation import ROOT, clean_environment

PRODUCTION = {
    "DATABASE_URL": "postgres://holdfast:secret@db:5432/holdfast",
    "REDIS_URL": "redis://cache:6379/0",
    "EMAIL_URL": "smtp+tls://user:secret@mail:587",
    "SECRET_KEY": "a-key-for-this-test-alone-0123456789-abcdefghijklmnopq",
    "ALLOWED_HOSTS": "holdfast.example.org",
}


def manage(*words: str, **environment: str) -> subprocess.CompletedProcess:
    """Django's command line itself, without the script before it."""
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def complaint(**changed: str) -> str:
    with pytest.raises(CannotStart) as stopped:
        read_environment(PRODUCTION | changed)
    return str(stopped.value)


def test_without_a_production_variable_it_is_embedded():
    found = read_environment({"HOLDFAST_PORT": "", "PATH": "/bin"})
    assert (found.embedded, found.port, found.trusted_proxies) == (True, 8000, 0)


def test_a_complete_production_environment_is_read():
    found = read_environment(PRODUCTION | {"HOLDFAST_PORT": "8123", "TRUSTED_PROXIES": "2"})
    assert (found.embedded, found.port, found.trusted_proxies) == (False, 8123, 2)
    assert found.database_url == PRODUCTION["DATABASE_URL"]
    assert found.redis_url == PRODUCTION["REDIS_URL"]
    assert found.secret_key == PRODUCTION["SECRET_KEY"]
    assert (found.mail["EMAIL_HOST"], found.mail["EMAIL_PORT"]) == ("mail", 587)


@pytest.mark.parametrize("name", PRODUCTION_VARIABLES)
def test_what_is_missing_is_named(name):
    rest = {key: value for key, value in PRODUCTION.items() if key != name}
    assert missing_production_variables(rest) == [name]
    with pytest.raises(CannotStart, match=f"{name} is not set; give it"):
        read_environment(rest)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("SECRET_KEY", "k" * (SECRET_KEY_LENGTH - 1), "at least 32 characters"),
        ("ALLOWED_HOSTS", ",", "holds no name"),
        ("ALLOWED_HOSTS", " , ", "holds no name"),
        ("ALLOWED_HOSTS", "*", "links in mails need one"),
        ("ALLOWED_HOSTS", "holdfast.example.org,*", "links in mails need one"),
        ("ALLOWED_HOSTS", "*.example.org", ".example.org stands for all names below it"),
        ("ALLOWED_HOSTS", "https://holdfast.example.org", "without https://"),
        ("ALLOWED_HOSTS", "holdfast.example.org:8000", "without https://"),
        ("ALLOWED_HOSTS", ".", "without https://"),
        ("DATABASE_URL", "rubbish", "begin with postgres://"),
        ("DATABASE_URL", "postgres:holdfast", "begin with postgres://"),
        ("DATABASE_URL", "mysql://me:secret@db/holdfast", "begin with postgres://"),
        ("DATABASE_URL", "sqlite://:memory:", "cannot be read"),
        ("DATABASE_URL", "postgres://me:secret@db", "the name of the database"),
        ("DATABASE_URL", "postgres://me:sec#ret@db/holdfast", "written as %2F %3F %23"),
        ("DATABASE_URL", "postgres://me:sec/ret@db/holdfast", "written as %2F %3F %23"),
        ("DATABASE_URL", "postgres://db:99999/holdfast", "port cannot be read"),
        ("DATABASE_URL", "postgres://[db/holdfast", "cannot be read"),
        ("REDIS_URL", "rubbish", "begin with redis://"),
        ("REDIS_URL", "redis://", "begin with redis://"),
        ("REDIS_URL", "https://cache/0", "begin with redis://"),
        ("REDIS_URL", "redis://x/abc", "the number of a database"),
        ("REDIS_URL", "redis://x/0/1", "the number of a database"),
        ("REDIS_URL", "redis://x:abc/0", "port cannot be read"),
        ("REDIS_URL", "redis+socket://", "redis+socket:///path"),
        ("EMAIL_URL", "smtp://h:99999", "port cannot be read"),
        ("EMAIL_URL", "smtp://h:0", "between 1 and 65535"),
        ("EMAIL_URL", "smtp://me:sec#ret@mail", "cannot be read"),
        ("EMAIL_URL", "smtp://mail/inbox", "ends with the host"),
        ("EMAIL_URL", "https://mail", "begin with smtp, "),
        ("HOLDFAST_PORT", "abc", "between 1 and 65535"),
        ("HOLDFAST_PORT", "0", "between 1 and 65535"),
        ("HOLDFAST_PORT", "65536", "between 1 and 65535"),
        ("HOLDFAST_PORT", "²", "between 1 and 65535"),
        ("TRUSTED_PROXIES", "one", "the number of proxies"),
        ("TRUSTED_PROXIES", "-1", "the number of proxies"),
    ],
)
def test_what_cannot_be_used_is_named_with_the_way_out(name, value, reason):
    words = complaint(**{name: value})
    assert words.startswith(f"Holdfast cannot start: {name} is not usable; give it ")
    assert reason in words
    assert "secret@" not in words
    assert "sec#ret" not in words


def test_everything_wrong_is_told_at_once():
    words = complaint(SECRET_KEY="short", ALLOWED_HOSTS="*", EMAIL_URL="", HOLDFAST_PORT="abc")
    assert [name in words for name in ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL is not set", "HOLDFAST_PORT")] == [
        True
    ] * 4


def test_numbers_are_checked_when_embedded_too():
    with pytest.raises(CannotStart, match="TRUSTED_PROXIES is not usable"):
        read_environment({"TRUSTED_PROXIES": "many"})


@pytest.mark.parametrize(
    ("url", "used"),
    [
        ("postgresql://db/holdfast", "postgres://db/holdfast"),
        ("psql://me:a%40b@db/holdfast?sslmode=require", "postgres://me:a%40b@db/holdfast?sslmode=require"),
        ("pgsql://%2Frun%2Fpostgresql/holdfast", "postgres://%2Frun%2Fpostgresql/holdfast"),
        ("postgres:///holdfast", "postgres:///holdfast"),
        ("postgres://?service=holdfast", "postgres://?service=holdfast"),
        ("sqlite:////srv/trial.sqlite3", "sqlite:////srv/trial.sqlite3"),
    ],
)
def test_addresses_of_databases(url, used):
    assert read_environment(PRODUCTION | {"DATABASE_URL": url}).database_url == used


@pytest.mark.parametrize(
    ("url", "cache"),
    [
        ("redis://cache", "redis://cache/1"),
        ("redis://cache:6379/3", "redis://cache:6379/4"),
        ("rediss://:secret@cache/0?ssl_cert_reqs=required", "rediss://:secret@cache/1?ssl_cert_reqs=required"),
        ("redis+socket:///run/redis.sock", "unix:///run/redis.sock?db=1"),
    ],
)
def test_counters_are_kept_apart_from_the_queue(url, cache):
    assert cache_location(read_environment(PRODUCTION | {"REDIS_URL": url}).redis_url) == cache


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("a.example.org, b.example.org,", ["a.example.org", "b.example.org"]),
        (".example.org", [".example.org"]),
        ("Holdfast.example.org,[::1]", ["Holdfast.example.org", "[::1]"]),
    ],
)
def test_host_names(value, names):
    assert read_environment(PRODUCTION | {"ALLOWED_HOSTS": value}).allowed_hosts == names


@pytest.mark.processes
def test_an_unusable_value_ends_a_command_with_sentences_alone(tmp_path):
    bad = {"DATABASE_URL": "rubbish", "REDIS_URL": "redis://x/abc", "HOLDFAST_PORT": "abc"}
    done = manage("check", HOLDFAST_DATA=str(tmp_path), **PRODUCTION | bad)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Holdfast cannot start: ")
    assert done.stderr.count("\n") == 1
    assert all(f"{name} is not usable" in done.stderr for name in bad)


@pytest.mark.processes
def test_mail_links_have_a_host_where_all_names_below_one_are_allowed(tmp_path):
    ask = "from django.conf import settings as s; print(s.SITE_URL, s.EMAIL_FROM, s.ALLOWED_HOSTS)"
    given = PRODUCTION | {"ALLOWED_HOSTS": ".example.org"}
    done = manage("shell", "-v", "0", "--no-imports", "-c", ask, HOLDFAST_DATA=str(tmp_path), **given)
    assert done.stdout == "https://example.org Holdfast <holdfast@example.org> ['.example.org']\n", done.stderr


ASK_CACHE = """
import time
from django.core.cache import cache
begin = time.monotonic()
print(cache.get("word", "nothing"), time.monotonic() - begin < 5)
"""


@pytest.mark.processes
def test_a_silent_redis_does_not_keep_a_request_waiting(tmp_path):
    with socket.socket() as silent:  # takes connections, says nothing
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        given = PRODUCTION | {"REDIS_URL": f"redis://127.0.0.1:{silent.getsockname()[1]}/0"}
        done = manage("shell", "-v", "0", "--no-imports", "-c", ASK_CACHE, HOLDFAST_DATA=str(tmp_path), **given)
    assert done.stdout == "nothing True\n", done.stderr
    assert "The cache does not answer" in done.stderr
