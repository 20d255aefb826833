"""The task queue's application; its settings are the CELERY_ ones of config.settings."""

import gc
import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("holdfast")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def read_what_documents_need(**_):
    """Read the library of documents once, before the children are forked: else each takes three seconds over it.

    Nothing is drawn here: what drawing opens must not be shared by processes. What was read stays for good, so the
    search for garbage need not go through it in each child, which would also copy its memory.
    """
    import weasyprint  # noqa: F401

    gc.collect()
    gc.freeze()
