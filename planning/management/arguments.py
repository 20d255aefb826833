"""What commands take: services by key, days, moments. What is wrong ends one with a sentence and exit code 1."""

import re
from datetime import date, datetime, time

from django.core.management import CommandError
from django.utils import timezone

from accounts.models import Service
from planning import clock
from planning.clock import YEARS


def service_called(key: str) -> Service:
    """The service with this key. Raises CommandError, naming the services there are."""
    service = Service.objects.filter(key=key).first()
    if service is not None:
        return service
    keys = list(Service.objects.order_by("key").values_list("key", flat=True))
    if not keys:
        raise CommandError(
            f'There is no service "{key}", nor any other yet. Make one with create_service, '
            "or load the study's nine with load_study."
        )
    raise CommandError(f'There is no service "{key}". Those there are: {", ".join(keys)}.')


def day_of(text: str | None) -> date:
    """The day written as YYYY-MM-DD; today in Oslo when none is given. Raises CommandError for anything else."""
    if text is None:
        return clock.today()
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    # fromisoformat also takes week dates and undivided digits, which nobody should have to decipher.
    if day is None or day.isoformat() != text:
        raise CommandError(f'"{text}" is not a day that exists. Write it as YYYY-MM-DD, for instance 2027-03-31.')
    return near_enough(day)


def month_of(text: str | None) -> date:
    """The first day of the month written as YYYY-MM; of this one when none is given. Raises CommandError."""
    if text is None:
        return clock.today().replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01") if re.fullmatch(r"\d{4}-\d\d", text) else None
    except ValueError:
        first = None
    if first is None:
        raise CommandError(f'"{text}" is not a month that exists. Write it as YYYY-MM, for instance 2027-03.')
    return near_enough(first)


def near_enough(day: date) -> date:
    """The day, if the rules can count from it. Raises CommandError for one at an end of the calendar."""
    if day.year not in YEARS:
        raise CommandError(f"{day.year:04} is too far away: give a year from {YEARS[0]} to {YEARS[-1]}.")
    return day


def moment_of(text: str | None) -> datetime:
    """The moment written as a day or as day and time; now when none is given. Raises CommandError for anything else.

    Without an offset it is the wall clock of Europe/Oslo. A day alone means its end, so that
    everything that was due on it is.
    """
    if text is None:
        return timezone.now()
    try:
        moment = datetime.fromisoformat(text) if re.match(r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)", text) else None
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(
            f'"{text}" is not a moment that exists. Write it as YYYY-MM-DD or YYYY-MM-DDTHH:MM, '
            "for instance 2027-03-31T08:00."
        )
    near_enough(moment)
    if len(text) == len("YYYY-MM-DD"):
        moment = datetime.combine(moment, time.max)
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
