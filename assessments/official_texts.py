"""The exact words of an instrument's items, entered by a service from a form that it may use.

They are words for what will be asked: a wave keeps a copy of those it asked by, and a result keeps which wording it
had, so that entering, changing or taking out a text never changes a result.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import transaction

from accounts import audit
from accounts.models import Member, Service
from assessments.instruments import Instrument
from assessments.models import OfficialText

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def texts_of(service: Service, instrument: Instrument, language: str) -> dict[str, str]:
    """The texts of a version in a language, by item; only of items that it has."""
    kept = service.official_texts.filter(instrument=instrument.key, version=instrument.version, language=language)
    found = dict(kept.values_list("item", "text"))
    return {item: found[item] for item in instrument.items if item in found}


def by_language(service: Service, instruments: Iterable[Instrument]) -> dict[str, dict[str, dict[str, str]]]:
    """All there is of these versions: {"nb": {"ils": {"plan": "..."}}}, as a wave keeps it."""
    wanted = list(instruments)
    found = {language: {one.key: texts_of(service, one, language) for one in wanted} for language in LANGUAGES}
    return {
        language: {key: texts for key, texts in of_one.items() if texts}
        for language, of_one in found.items()
        if any(of_one.values())
    }


@transaction.atomic
def keep(instrument: Instrument, language: str, texts: Mapping[str, str], *, by: Member) -> None:
    """Make these the texts of a version in a language; an empty one is taken out."""
    mine = {"service": by.service, "instrument": instrument.key, "version": instrument.version, "language": language}
    for item in instrument.items:
        if text := texts.get(item, "").strip():
            OfficialText.objects.update_or_create(**mine, item=item, defaults={"text": text})
        else:
            OfficialText.objects.filter(**mine, item=item).delete()
    audit.record(
        code="official_texts.kept",
        by=by.user,
        service=by.service,
        instrument=instrument.key,
        version=instrument.version,
        language=language,
    )
