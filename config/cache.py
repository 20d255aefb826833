"""The cache of a production site: Redis and, while it does not answer, the memory of each process.

What lies in it are counters of attempts to sign in. Without Redis nobody is locked out, and nobody may try without end:
each web process then counts for itself.
"""

import logging
import time

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as NoConnection
from redis.exceptions import TimeoutError as NoAnswer

logger = logging.getLogger(__name__)

ASKED_AGAIN_AFTER = 10  # seconds; until then no request waits for it


class RedisOrOwnMemory(RedisCache):
    """Asks Redis; the one request that finds it away waits for the timeout of a socket, the next ones do not."""

    away_until = 0.0  # of the whole process, on the clock that only goes forward

    def __init__(self, server, params):
        super().__init__(server, params)
        self._own = LocMemCache("while-redis-is-away", {**params, "OPTIONS": {}})

    def _ask(self, name: str, *words, **named):
        if time.monotonic() >= RedisOrOwnMemory.away_until:
            try:
                return getattr(super(), name)(*words, **named)
            except (NoConnection, NoAnswer) as trouble:
                RedisOrOwnMemory.away_until = time.monotonic() + ASKED_AGAIN_AFTER
                logger.warning("The cache does not answer, so each process counts for itself: %s", trouble)
        return getattr(self._own, name)(*words, **named)


def _asking(name: str):
    def ask(self, *words, **named):
        return self._ask(name, *words, **named)

    ask.__name__ = name
    return ask


for _name in (
    "add",
    "get",
    "set",
    "touch",
    "delete",
    "get_many",
    "has_key",
    "incr",
    "set_many",
    "delete_many",
    "clear",
):
    setattr(RedisOrOwnMemory, _name, _asking(_name))
