"""Whether this installation lives and is ready, for whoever watches it (quality point L08).

`/healthz`: the process answers; nothing else is asked. `/readyz`: every check of HEALTH_CHECKS passes, else 503. A
stranger hears only which of the two it is. Whoever sends the HEALTH_KEY in the header X-Health-Key hears of each check.
"""

import logging
from datetime import datetime

from celery import current_app
from django.conf import settings
from django.db import connection
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.decorators import method_decorator
from django.utils.module_loading import import_string
from django.views import View
from django.views.decorators.cache import never_cache

logger = logging.getLogger(__name__)

# Somebody waits for the answer: one short try, on a connection of its own.
BROKER_PATIENCE = {"socket_connect_timeout": 0.4, "socket_timeout": 0.4, "max_retries": 0}


def database(_at: datetime) -> str:
    """Empty when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def broker(_at: datetime) -> str:
    """Empty when the broker answers."""
    with current_app.connection_for_write(transport_options=BROKER_PATIENCE) as link:
        link.connect()
    return ""


def failing(at: datetime) -> dict[str, str]:
    """The checks that do not pass at that moment, with what is wrong; empty when the installation is ready."""
    found = {name: _outcome(name, path, at) for name, path in settings.HEALTH_CHECKS.items()}
    return {name: trouble for name, trouble in found.items() if trouble}


def _outcome(name: str, path: str, at: datetime) -> str:
    try:
        return import_string(path)(at)
    except Exception as trouble:  # whatever it is, it is the answer
        logger.warning("The check of %s failed: %s", name, trouble)
        return f"does not answer ({type(trouble).__name__})"


@method_decorator(never_cache, name="dispatch")
class Lives(View):
    """The process answers. It asks neither the database nor the broker, so that a restart is not tried for nothing."""

    unattended = True  # no sign that the person at a signed-in browser is still there

    def get(self, request):
        """Always the same two letters."""
        return HttpResponse("ok", content_type="text/plain")


@method_decorator(never_cache, name="dispatch")
class Ready(View):
    """Whether all that the installation needs is there: 200, or 503."""

    unattended = True

    def get(self, request):
        """One word for strangers; each check for whoever has the key."""
        found = failing(timezone.now())
        status = 503 if found else 200
        if has_key(request):
            checks = {name: found.get(name, "ok") for name in settings.HEALTH_CHECKS}
            return JsonResponse({"ready": not found, "checks": checks}, status=status)
        return HttpResponse("not ok" if found else "ok", content_type="text/plain", status=status)


def has_key(request) -> bool:
    """Whether the request carries the key of whoever runs this; without one set, nobody has it."""
    return bool(settings.HEALTH_KEY) and constant_time_compare(
        request.headers.get("X-Health-Key", ""), settings.HEALTH_KEY
    )
