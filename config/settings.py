"""All settings in one file; what differs by place comes from the environment.

Two ways to run, told apart by the environment alone:

* *embedded*: none of the production variables is set. SQLite, a broker started beside the
  program, mail into a folder, bound to loopback. Made by ``./holdfast up``.
* *production*: any of them is set. Then all of them must be, and one that is missing or cannot be used
  stops the start with a sentence that says what to do.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from environs import Env
from kombu import Queue
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import data_folder
from config.environment import cache_location, read_environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Env()

given = read_environment(os.environ)

EMBEDDED = given.embedded
DATA_DIR = Path(os.environ.get("HOLDFAST_DATA") or BASE_DIR / "var").resolve()
PORT = given.port

DEBUG = False
SECRET_KEY = data_folder.prepare(DATA_DIR) if EMBEDDED else given.secret_key
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"] if EMBEDDED else given.allowed_hosts
SITE_NAME = ALLOWED_HOSTS[0].lstrip(".")
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}" if EMBEDDED else f"https://{SITE_NAME}")
CSRF_TRUSTED_ORIGINS = [] if EMBEDDED else [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS]

# Example people with a known password: only where nobody but this machine can come in.
EXAMPLE_ACCOUNTS_ALLOWED = EMBEDDED

INSTALLED_APPS = [
    "accounts",
    "assessments",
    "planning",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "heroicons",
]

MIDDLEWARE = [
    "config.middleware.RequestReference",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionEnds",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.PreferredLanguage",
    "accounts.middleware.NoStoreWhenSignedIn",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "config.context.site",
            ],
        },
    },
]

if EMBEDDED:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA_DIR / data_folder.DATABASE,
            "OPTIONS": {
                # Several processes write: readers must not block them, and a transaction that will
                # write takes its lock at the start instead of failing half way.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    }
else:
    DATABASES = {"default": dj_database_url.parse(given.database_url, conn_max_age=60, conn_health_checks=True)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL = env.str("HOLDFAST_BROKER_URL", "redis://127.0.0.1:6399/0") if EMBEDDED else given.redis_url

if EMBEDDED:
    # Shared by all processes, and there also when no broker runs: the commands need no server.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "config.cache.RedisOrOwnMemory",
            "LOCATION": cache_location(BROKER_URL),
            # Seconds, and one try: a server that does not answer must not keep a request waiting.
            "OPTIONS": {"socket_connect_timeout": 0.4, "socket_timeout": 0.4, "retry": Retry(NoBackoff(), 0)},
        }
    }

# Accounts

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ContextWordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_FORMS = {
    "login": "accounts.login_forms.SignInForm",
    "reset_password": "accounts.login_forms.AskForPasswordForm",
    "reset_password_from_key": "accounts.login_forms.NewPasswordForm",
    "change_password": "accounts.login_forms.ChangePasswordForm",
    "set_password": "accounts.login_forms.SetPasswordForm",
    "reauthenticate": "accounts.login_forms.ConfirmPasswordForm",
    "add_email": "accounts.login_forms.AddEmailForm",
}
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation link proves the address; nobody signs up alone
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # the password again before an address is added or changed
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Only failures are few: a whole department may sign in from one address. The address is counted first,
# so that one that is out of attempts cannot use up those of other people's accounts.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/15m/ip,5/15m/key", "calendar_missed": "20/m/ip"}
# Addresses are taken from the connection; a proxy in front must say how many there are.
ALLAUTH_TRUSTED_PROXY_COUNT = given.trusted_proxies

# Languages and time

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("nb", _("Norwegian Bokmål"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

# Static files

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Compressing takes ten seconds: worth it where many come, not on one's own machine.
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Forms

CRISPY_ALLOWED_TEMPLATE_PACKS = ["bootstrap5", "holdfast"]
CRISPY_TEMPLATE_PACK = "holdfast"
CRISPY_FAIL_SILENTLY = False

# Mail

EMAIL_FROM = given.sender or f"Holdfast <holdfast@{'localhost' if EMBEDDED else SITE_NAME}>"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = EMAIL_FROM
MAIL_FOLDER = DATA_DIR / data_folder.MAIL
if EMBEDDED:
    EMAIL_BACKEND = "config.mail.FolderBackend"
else:
    # Django's own backend cannot say whether a message was on its way when it failed; ours can.
    EMAIL_BACKEND = "config.mail.SmtpBackend"
    globals().update(given.mail)
# Reminders keep to the hours of work in Norway; off, they go out at once, as a trial at any hour of the day wants it.
QUIET_HOURS = given.quiet_hours
# The addresses of those who run the installation: they see how mail stands in all services.
OPERATORS = [one.strip().lower() for one in env.str("HOLDFAST_OPERATORS", "").split(",") if one.strip()]
EMAIL_TIMEOUT = 15  # seconds a word of the server; below the soft limit of a task

# Background work. The row is the request, the message only rings the bell.

CELERY_BROKER_URL = BROKER_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_TASK_QUEUES = [Queue("holdfast")]
CELERY_TASK_DEFAULT_QUEUE = "holdfast"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 50
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 512 * 1024  # KiB; a child that ever took more is replaced after its task
CELERY_TASK_SOFT_TIME_LIMIT = 20
CELERY_TASK_TIME_LIMIT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: a worker that gave up would take the pages along
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 90,  # three hard limits: no task that still runs is handed out again
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "health_check_interval": 10,
    "max_retries": 1,
}
CELERY_BROKER_TRANSPORT_OPTIONS["retry_policy"] = {"max_retries": 0}
CELERY_TASK_PUBLISH_RETRY = False  # the sweep rings again; no request waits for the broker
CELERY_BEAT_SCHEDULE = {"tick": {"task": "planning.tasks.tick", "schedule": 60.0, "options": {"expires": 55}}}
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

# What /readyz asks, by name: functions of a moment that say what is wrong, or nothing.
HEALTH_CHECKS = {
    "database": "config.health.database",
    "broker": "config.health.broker",
    "jobs": "planning.health.jobs",
    "tick": "planning.health.tick",
    "sending": "planning.health.sending",
}
HEALTH_KEY = env.str("HEALTH_KEY", "")  # whoever sends it hears of each check; empty: nobody does

# Security

SECURE_SSL_REDIRECT = not EMBEDDED
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from beside the proxy, without HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if not EMBEDDED else None
SECURE_HSTS_SECONDS = 0 if EMBEDDED else 366 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not EMBEDDED
SECURE_HSTS_PRELOAD = not EMBEDDED
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not EMBEDDED
SESSION_COOKIE_NAME = "sessionid" if EMBEDDED else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if EMBEDDED else "__Host-csrftoken"
CSRF_FAILURE_VIEW = "config.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 3600  # accounts.sessions says when a session ends; no cookie outlives it
REMEMBERED_PHONE_COOKIE = "phone" if EMBEDDED else "__Host-phone"
X_FRAME_OPTIONS = "DENY"
UNUSED_FEATURES = "accelerometer camera display-capture geolocation gyroscope magnetometer microphone midi payment usb"
PERMISSIONS_POLICY = {feature: [] for feature in UNUSED_FEATURES.split()}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],  # keeps the quick page on the phone
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_secrets": {"()": "config.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_secrets"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"weasyprint.progress": {"level": "WARNING"}},  # else each page of a document is a line
}
