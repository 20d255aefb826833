"""The log on a phone's home screen: the app's manifest, and what is kept there for moments without a connection.

Kept is one page of each language that is the same for everybody (the shell) and what it is drawn with. It is rendered
without a request, so that nobody's name can be in it. What waits to be sent is kept by `static/js/quick.js`.
"""

import hashlib
import json
import re

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import Member
from planning.models import PriorityConflict

SALT = "planning.quick_page"
GROUND = "#FBF8F3"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
# Icons: file, its side in pixels, whether a phone may cut its corners as it likes.
ICONS = (("icon-192.png", 192, "any"), ("icon-512.png", 512, "any"), ("icon-maskable-512.png", 512, "maskable"))


def mark_of(member: Member) -> str:
    """What tells on a phone whose entries wait there, without telling who that is."""
    return salted_hmac(SALT, str(member.pk)).hexdigest()[:32]


def shell(language: str) -> str:
    """The page that opens without a connection: the reasons as buttons, and nothing of anybody."""
    with translation.override(language):
        context = {"title": _("What took the time from IMR?"), "reasons": PriorityConflict.Reason.choices}
        return render_to_string("planning/quick_shell.html", context)


def assets_of(page: str) -> list[str]:
    """The addresses of the files that a page is drawn with."""
    found = re.findall(rf'(?:href|src)="({re.escape(settings.STATIC_URL)}[^"]+)"', page)
    return list(dict.fromkeys(found))


def worker(language: str) -> str:
    """The script that keeps the shell on the phone; another shell or another file makes it another script."""
    page = shell(language)
    assets = assets_of(page)
    version = hashlib.sha256("\n".join([page, *assets]).encode()).hexdigest()[:12]
    known = {
        "cache": f"holdfast-log-{language}-{version}",
        "shell": reverse("quick_shell", args=[language]),
        "assets": assets,
    }
    return render_to_string("planning/worker.js", {"known": json.dumps(known)})


def manifest(language: str) -> dict:
    """What a phone needs to know to put the log on its home screen."""
    with translation.override(language):
        start = reverse("quick_log")
        return {
            "id": start,
            "lang": language,
            "name": _("Holdfast: log a conflict"),
            "short_name": "Holdfast",
            "description": _("One tap when something takes the time from IMR."),
            "start_url": start,
            "scope": "/",
            "display": "standalone",
            "background_color": GROUND,
            "theme_color": GROUND,
            "icons": [
                {"src": static(f"img/{name}"), "sizes": f"{side}x{side}", "type": "image/png", "purpose": purpose}
                for name, side, purpose in ICONS
            ],
        }
