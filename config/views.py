"""Pages that belong to no app: what people see when something went wrong.

They know no more than the address and the request's reference, so that they work without a database.
"""

import logging

from django.db import DatabaseError
from django.shortcuts import render

logger = logging.getLogger(__name__)


def signed_in(request) -> bool:
    """Whether somebody is signed in, as far as that can be told now: no database, no."""
    try:
        return bool(request.user.is_authenticated)
    except (AttributeError, DatabaseError):  # before the sign-in was looked at, or no database
        return False


def explain(request, template: str, status: int, **context):
    """A page that says what went wrong, what to do next, and the reference to ask with."""
    return render(request, template, {"reference": getattr(request, "reference", ""), **context}, status=status)


def bad_request(request, exception=None):
    """400: what was sent cannot be understood."""
    return explain(request, "400.html", 400)


def permission_denied(request, exception=None):
    """403: a member without the right, or somebody who came by a wrong way."""
    return explain(request, "403.html", 403, signed_in=signed_in(request))


def csrf_failure(request, reason=""):
    """403 for a form whose protection token is missing or old: usually a page left open too long."""
    return explain(request, "403_csrf.html", 403)


def page_not_found(request, exception=None):
    """404: no such page, or none for this person; which of the two is not told."""
    return explain(request, "404.html", 404, signed_in=signed_in(request))


def too_many_requests(request, exception=None):
    """429: slowed down; allauth answers with it, too."""
    return explain(request, "429.html", 429)


def server_error(request):
    """500: our fault. Asks the database nothing, not even who is signed in."""
    logger.error("The page failed; its reference is %s", getattr(request, "reference", ""))
    return explain(request, "500.html", 500)
