"""Pages that belong to no app: what people see when something went wrong."""

from django.shortcuts import render


def csrf_failure(request, reason=""):
    """403 for a form whose protection token is missing or old: usually a page left open too long."""
    return render(request, "403_csrf.html", status=403)
