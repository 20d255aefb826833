"""The embedded settings, made quick and private to one test process.

The database is a SQLite file with the product's own options; with HOLDFAST_TEST_DATABASE set to
`postgres` it is the PostgreSQL server at HOLDFAST_TEST_POSTGRES_URL.
"""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="holdfast-test-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["HOLDFAST_DATA"] = _data
for _name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "SECRET_KEY", "ALLOWED_HOSTS", "HOLDFAST_BROKER_URL"):
    os.environ.pop(_name, None)

from config.settings import *  # noqa: E402, F403
from config.settings import ALLOWED_HOSTS, DATA_DIR, DATABASES, STORAGES, env  # noqa: E402

if os.environ.get("HOLDFAST_TEST_DATABASE") == "postgres":
    DATABASES["default"] = env.dj_db_url("HOLDFAST_TEST_POSTGRES_URL")
else:
    # A file, not memory: a live server's threads then have connections of their own, as in real use.
    DATABASES["default"]["TEST"] = {"NAME": DATA_DIR / "test.sqlite3"}

ALLOWED_HOSTS += ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Messages to the queue go nowhere: a test that wants a worker starts a real one.
CELERY_BROKER_URL = BROKER_URL = "memory://"
# Tests send mail at whatever hour they run; those of the quiet hours switch them on.
QUIET_HOURS = False
# WhiteNoise warns when nothing was collected; the test server finds static files by itself.
(DATA_DIR / "static").mkdir(exist_ok=True)
