"""What stands in the log, and what never does."""

import logging

import pytest
from django.conf import settings

from config.logs import WithoutSecrets


@pytest.mark.parametrize(
    "path", ["/calendar/{}.ics", "/invitation/{}/", "/answer/{}/", "/mail/stop/{}/", "/accounts/password/reset/key/{}/"]
)
def test_secret_addresses_stay_out_of_the_log(path):
    secret = "s3cr3t-T0ken_of-43-letters"
    record = logging.makeLogRecord({"msg": "Not Found: %s", "args": (path.format(secret),)})

    assert WithoutSecrets().filter(record)

    assert secret not in record.getMessage()
    assert "Not Found: /" in record.getMessage()
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["no_secrets"]


def test_other_addresses_and_other_arguments_are_logged_as_they_are():
    record = logging.makeLogRecord({"msg": "%s took %d at %s", "args": ("/services/f/reviews/3/calendar/", 3, None)})

    assert WithoutSecrets().filter(record)

    assert record.getMessage() == "/services/f/reviews/3/calendar/ took 3 at None"
