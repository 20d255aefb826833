"""Production's settings with short times, for tests that break things and wait for them to mend.

Each line keeps its relation to the others: the visibility timeout stays above twice the hard limit, the limits of
waiting for the mail server and the broker below the soft one. What is measured in minutes in the code itself is
shortened in `tests.ops.quick.apps`.
"""

import os
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from config.settings import *  # noqa: F403
from config.settings import CELERY_BEAT_SCHEDULE, CELERY_BROKER_TRANSPORT_OPTIONS, INSTALLED_APPS

# A clock that jumps: seconds it is ahead, in a file that the test writes.
CLOCK_AHEAD = Path(os.environ["HOLDFAST_DATA"]) / "clock-ahead"
_true_now = timezone.now


def _now():
    ahead = CLOCK_AHEAD.read_text() if CLOCK_AHEAD.exists() else ""
    return _true_now() + timedelta(seconds=int(ahead or 0))


timezone.now = _now


class _NoMigrations:
    """The tables as the models say, without the way there."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None


MIGRATION_MODULES = _NoMigrations()
INSTALLED_APPS = [*INSTALLED_APPS, "tests.ops.quick"]
CELERY_BEAT_SCHEDULE = {
    "tick": {**CELERY_BEAT_SCHEDULE["tick"], "schedule": 1.0, "options": {"expires": 10}}  # production: 60 and 55
}
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT = 3, 4  # production: 20 and 30
CELERY_BROKER_TRANSPORT_OPTIONS |= {
    "visibility_timeout": 8,  # production: 90
    "unacked_restore_interval": 1,  # production: 5
    "socket_timeout": 2,  # production: 5
    "health_check_interval": 2,  # production: 10
}
EMAIL_TIMEOUT = 1  # production: 15
QUIET_HOURS = False  # a fault is mended at whatever hour the tests run
