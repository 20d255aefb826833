"""L06: signing in works while Redis is away, does not wait for it, and is still counted."""

import socket
import time

import pytest
from django.core.cache import caches
from django.test import Client
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import cache as config_cache
from config.cache import RedisOrOwnMemory
from tests.factories import PASSWORD, make_leader

OPTIONS = {"socket_connect_timeout": 0.4, "socket_timeout": 0.4, "retry": Retry(NoBackoff(), 0)}


@pytest.fixture(params=["nobody listens", "frozen"])
def away(request, settings, monkeypatch):
    """A Redis that refuses, or takes connections and never answers."""
    monkeypatch.setattr(RedisOrOwnMemory, "away_until", 0.0)
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        if request.param == "frozen":
            server.listen(8)
        settings.CACHES = {
            "default": {
                "BACKEND": "config.cache.RedisOrOwnMemory",
                "LOCATION": f"redis://127.0.0.1:{server.getsockname()[1]}/0",
                "OPTIONS": OPTIONS,
            }
        }
        yield caches["default"]
        caches["default"]._own.clear()


def test_l06_only_one_question_waits_for_a_cache_that_is_away(away, caplog):
    started = time.monotonic()
    away.set("a", 1)
    first = time.monotonic() - started
    started = time.monotonic()
    answers = [away.get("a"), away.add("a", 2), away.incr("a"), away.get_many(["a", "b"]), away.delete("a")]
    others = time.monotonic() - started

    assert first < 1
    assert others < 0.4
    assert answers == [1, False, 2, {"a": 2}, True]
    assert caplog.text.count("The cache does not answer") == 1


def test_l06_it_is_asked_again_after_a_while(away, monkeypatch, caplog):
    monkeypatch.setattr(config_cache, "ASKED_AGAIN_AFTER", -1)

    away.get("a")
    away.get("a")

    assert caplog.text.count("The cache does not answer") == 2


@pytest.mark.django_db
def test_l06_people_sign_in_while_redis_is_away_and_guessing_is_slowed_down(away):
    leader = make_leader()

    def sign_in(password):
        return Client().post("/accounts/login/", {"login": leader.user.email, "password": password})

    assert sign_in(PASSWORD).status_code == 302
    for _guess in range(5):
        assert sign_in("a wrong guess of it").status_code == 200

    assert sign_in(PASSWORD).status_code != 302, "five guesses in a quarter of an hour, then nobody comes in"
