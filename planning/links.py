"""Addresses of pages as they leave the product: whole, with the name of the installation."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse


def link(name: str, **kwargs) -> str:
    """The whole address of a page, as it goes into mail and calendars."""
    return settings.SITE_URL.rstrip("/") + reverse(name, kwargs=kwargs)


def domain() -> str:
    """The name of this installation, which makes ids its own wherever they go."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"
