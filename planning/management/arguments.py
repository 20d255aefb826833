"""What commands take: services by key, and days. What is wrong ends a command with one sentence and exit code 1."""

from datetime import date

from django.core.management import CommandError

from accounts.models import Service
from planning import clock


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
    return day
