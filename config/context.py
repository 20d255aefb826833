"""What every page knows besides its own context."""

from django.conf import settings


def site(request) -> dict:
    """`embedded`: whether this is the installation on one's own machine, with its mail folder."""
    return {"embedded": settings.EMBEDDED}
