"""What the environment asks for, checked before anything starts.

Pure functions over a mapping of variables. What cannot be used is told in sentences that name the
variable and the way out, all of them at once. A value is never repeated: it may hold a password.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

PRODUCTION_VARIABLES = {
    "DATABASE_URL": "the address of the PostgreSQL database, as in postgres://user:password@host:5432/holdfast",
    "REDIS_URL": "the address of the Redis server, as in redis://host:6379/0",
    "EMAIL_URL": "the address of the mail server, as in smtp+tls://user:password@host:587",
    "SECRET_KEY": "a long random secret, as in the output of: openssl rand -base64 48",
    "ALLOWED_HOSTS": "the host names of the site, separated by commas, as in holdfast.example.org",
}
NUMBERS = {
    "HOLDFAST_PORT": "a port number between 1 and 65535, as in 8000",
    "TRUSTED_PROXIES": "the number of proxies in front of the site, as in 1",
}
SEPARATORS = set('@:,"')  # between addresses in a header: in a name they make mail programs see several
SWITCHES = {"on": True, "off": False}
SECRET_KEY_LENGTH = 32  # characters, at least
POSTGRES_SCHEMES = ("postgres", "postgresql", "pgsql", "psql")
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "submission": 587, "smtp+ssl": 465, "smtps": 465}
# What Django takes as a host, with or without the dot that stands for all names below it.
HOST = re.compile(r"\.?[a-z0-9][a-z0-9.-]*|\[[a-f0-9]*:[a-f0-9.:]+\]", re.IGNORECASE)
ENCODE = "Characters such as / ? # @ : in a name or password are written as %2F %3F %23 %40 %3A."


class Unusable(ValueError):
    """A value that cannot be used; the text is a sentence that says why."""


class CannotStart(SystemExit):
    """Ends the program with exit code 1 and the sentences on standard error, without a traceback."""

    def __init__(self, sentences: str):
        super().__init__(f"Holdfast cannot start: {sentences}")


@dataclass(frozen=True)
class Environment:
    """The variables as the settings use them; the later ones are empty when embedded."""

    embedded: bool
    port: int
    trusted_proxies: int
    quiet_hours: bool = True
    sender: str = ""
    secret_key: str = ""
    allowed_hosts: list[str] = field(default_factory=list)
    database_url: str = ""
    redis_url: str = ""
    mail: dict = field(default_factory=dict)


def missing_production_variables(environ: Mapping[str, str]) -> list[str]:
    """Names that are still to be set, in a stable order; empty when embedded or complete."""
    given = [name for name in PRODUCTION_VARIABLES if environ.get(name)]
    return [name for name in PRODUCTION_VARIABLES if given and name not in given]


def read_environment(environ: Mapping[str, str]) -> Environment:
    """The checked variables. Raises CannotStart with a sentence for each that is missing or unusable."""
    embedded = not any(environ.get(name) for name in PRODUCTION_VARIABLES)
    missing = missing_production_variables(environ)
    sentences = [f"{name} is not set; give it {PRODUCTION_VARIABLES[name]}." for name in missing]

    def read(name: str, reader: Callable, wanted: str, default: str = ""):
        """What `reader` makes of a variable; its complaint joins the sentences."""
        try:
            return reader(environ.get(name) or default)
        except Unusable as reason:
            sentences.append(f"{name} is not usable; give it {wanted}. {reason}".strip())
            return None

    values = {
        "port": read("HOLDFAST_PORT", port, NUMBERS["HOLDFAST_PORT"], "8000"),
        "trusted_proxies": read("TRUSTED_PROXIES", count, NUMBERS["TRUSTED_PROXIES"], "0"),
        "sender": read("EMAIL_FROM", sender, "a plain name and an address, as in Holdfast <holdfast@example.org>"),
        "quiet_hours": read("HOLDFAST_QUIET_HOURS", switch, "on or off", "on"),
    }
    if not embedded:
        readers = {
            "database_url": ("DATABASE_URL", postgres_address),
            "redis_url": ("REDIS_URL", redis_address),
            "mail": ("EMAIL_URL", mail_server),
            "secret_key": ("SECRET_KEY", secret_key),
            "allowed_hosts": ("ALLOWED_HOSTS", host_names),
        }
        values |= {
            field_name: read(name, reader, PRODUCTION_VARIABLES[name])
            for field_name, (name, reader) in readers.items()
            if name not in missing
        }
    if sentences:
        raise CannotStart(" ".join(sentences))
    return Environment(embedded=embedded, **values)


def count(value: str) -> int:
    """A whole number from 0. Raises Unusable."""
    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise Unusable("")
    return int(value)


def sender(value: str) -> str:
    """From whom mail comes, or nothing. Raises Unusable."""
    if any(ord(letter) < 32 for letter in value):
        raise Unusable("It has to be one line.")
    name, address = parseaddr(value)
    plain = not set(name) & SEPARATORS and value == (f"{name} <{address}>" if name else address)
    if value and not (plain and re.fullmatch(r"[^@\s]+@[^@\s]+", address)):
        raise Unusable('The name holds no @ : , or ".')
    return value


def switch(value: str) -> bool:
    """On or off. Raises Unusable."""
    if value not in SWITCHES:
        raise Unusable("")
    return SWITCHES[value]


def port(value: str) -> int:
    """A port that can be listened on. Raises Unusable."""
    number = count(value)
    if not 0 < number < 65536:
        raise Unusable("")
    return number


def secret_key(value: str) -> str:
    """A key nobody guesses, as far as its length tells. Raises Unusable."""
    if len(value) < SECRET_KEY_LENGTH:
        raise Unusable(f"It has to have at least {SECRET_KEY_LENGTH} characters.")
    return value


def host_names(value: str) -> list[str]:
    """The names the site answers to; the first one is in the links of mails. Raises Unusable."""
    names = [name.strip() for name in value.split(",") if name.strip()]
    if not names:
        raise Unusable("It holds no name.")
    if any("*" in name for name in names):
        raise Unusable("A * is not a name, and links in mails need one; .example.org stands for all names below it.")
    if not all(HOST.fullmatch(name) for name in names):
        raise Unusable("Names are given alone, without https://, port or path.")
    return names


def split(url: str) -> SplitResult:
    """The parts of an address, its port among them a possible one. Raises Unusable."""
    try:
        parts = urlsplit(url)
        number = parts.port
    except ValueError:
        raise Unusable(f"Its host or port cannot be read. {ENCODE}") from None
    if number == 0:
        raise Unusable("Its port has to be between 1 and 65535.")
    return parts


def postgres_address(url: str) -> str:
    """The address of a database, with a scheme dj-database-url knows. Raises Unusable.

    SQLite is let through for trying out production's settings; it is not offered.
    """
    if url.startswith("sqlite:///"):
        return url
    parts = split(url)
    if parts.scheme not in POSTGRES_SCHEMES or not url.lower().startswith(f"{parts.scheme}://"):
        raise Unusable("It has to begin with postgres://.")
    if parts.fragment or (not parts.path.strip("/") and "service" not in parse_qs(parts.query)):
        raise Unusable(f"It has to end with the name of the database. {ENCODE}")
    return "postgres" + url[url.index("://") :]


def redis_address(url: str) -> str:
    """The address of a Redis server: TCP, TLS or a socket. Raises Unusable."""
    parts = split(url)
    if parts.scheme == "redis+socket" and parts.path.startswith("/"):
        return url
    if parts.scheme not in ("redis", "rediss") or not parts.hostname:
        raise Unusable("It has to begin with redis:// or rediss:// and a host, or be redis+socket:///path.")
    if parts.fragment or not re.fullmatch(r"/?|/[0-9]{1,5}", parts.path):
        raise Unusable(f"After the host it can only have the number of a database. {ENCODE}")
    return url


def mail_server(url: str) -> dict:
    """Django's settings for the mail server at this address. Raises Unusable."""
    parts = split(url)
    if parts.scheme not in MAIL_PORTS or not parts.hostname:
        raise Unusable(f"It can begin with {', '.join(MAIL_PORTS)}.")
    if parts.fragment or parts.query or parts.path.strip("/"):
        raise Unusable(f"It ends with the host and its port. {ENCODE}")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme in ("smtp+tls", "submission"),  # begins open, then STARTTLS
        "EMAIL_USE_SSL": parts.scheme in ("smtp+ssl", "smtps"),  # closed from the first byte
    }


def cache_location(broker_url: str) -> str:
    """The broker's server with its next database number: counters kept apart from the queue."""
    parts = urlsplit(broker_url)
    if parts.scheme == "redis+socket":
        return f"unix://{parts.path}?db=1"
    number = parts.path.strip("/")
    return parts._replace(path=f"/{int(number or 0) + 1}").geturl()
