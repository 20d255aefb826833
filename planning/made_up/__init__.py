"""One made-up service that lives through fourteen months, so that every page has something to show.

Nothing in it happened anywhere. It is made by the functions that the pages use, day by day, from a fixed seed: the
same day and language give the same record. Its name says that it is made up.
"""

from datetime import date

from django.db import transaction
from django.utils import translation

from accounts.models import Service
from planning.made_up.life import KEY, Life
from planning.made_up.story import live


@transaction.atomic
def load_made_up(*, today: date, language: str = "en") -> Service | None:
    """The made-up service as it stands today; None when one with its key is there already, and is left as it is."""
    if Service.objects.filter(key=KEY).exists():
        return None
    with translation.override(language):
        return live(Life(today=today, language=language))
