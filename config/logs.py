"""What may stand in a log."""

import logging
import re

# Addresses that open something by themselves: what comes after these words is a secret.
SECRET = re.compile(r"(/(?:calendar|invitation|answer|mail/stop|accounts/password/reset/key)/)[^/\s?\"']+")


class WithoutSecrets(logging.Filter):
    """Keeps secret addresses out of every line, also of those that say that there is no such page."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with the secrets in it left out."""
        record.msg = without_secrets(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(map(without_secrets, record.args))
        return True


def without_secrets(value):
    """A text with "..." in the place of each secret; anything else as it is."""
    return SECRET.sub(r"\1...", value) if isinstance(value, str) else value
