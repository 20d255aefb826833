"""Shortens what the code measures in minutes, in each process of the quick installation."""

import os
import signal
import time
from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings

MAKING_SECONDS = 0.2


def make_file(document):
    """Takes a moment, as the making does; what the content says may kill whoever makes it, or never end."""
    from planning.documents.pages import Made

    if document.content.get("poison") == "kills":
        os.kill(os.getpid(), signal.SIGKILL)
    while document.content.get("poison") == "hangs":
        time.sleep(0.1)
    time.sleep(MAKING_SECONDS)
    return Made(pdf=b"%PDF-1.7 plan", page_one=b"%PDF-1.7 page", pages=1)


class QuickConfig(AppConfig):
    """Only in the installation that is broken on purpose."""

    name = "tests.ops.quick"

    def ready(self):
        """The models are there by now, and so the modules can be."""
        from planning import mailing, tasks
        from planning.documents import making

        making.make_file = make_file
        making.UNHEARD_AFTER = timedelta(seconds=2)  # production: 2 minutes
        making.STUCK_AFTER = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 1)  # production: 30 + 10
        mailing.CLAIM_LASTS = timedelta(seconds=6)  # production: 15 minutes
        mailing.WAITS = tuple(timedelta(seconds=seconds) for seconds in (1, 2, 3))  # production: 1 minute to 6 hours
        tasks.BELL_LASTS = 10  # production: 55
