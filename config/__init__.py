"""Wiring: settings, addresses, the task queue. Nothing about the product lives here."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
