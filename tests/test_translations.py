"""Bokmål is complete, and what is compiled is what is written."""

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

SOURCES = ("accounts", "assessments", "config", "planning", "templates", "locale")
CATALOGUE = Path("locale/nb/LC_MESSAGES/django.po")


def run(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> Path:
    """The catalogue as the strings of the code would make it today, in a copy of the tree."""
    copy = tmp_path_factory.mktemp("tree")
    for name in SOURCES:
        shutil.copytree(settings.BASE_DIR / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(settings.BASE_DIR / "manage.py", copy)
    options = ("--locale=nb", "--no-location", "--no-wrap", "--verbosity=0")
    environment = os.environ | {"HOLDFAST_DATA": str(copy / "var"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "manage.py", "makemessages", *options],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return copy


@pytest.mark.parametrize("kind", ["untranslated", "only-fuzzy"])
def test_a06_every_string_of_the_code_is_written_in_bokmaal(extracted, kind):
    missing = run("msgattrib", f"--{kind}", "--no-obsolete", "--no-wrap", str(CATALOGUE), cwd=extracted)

    assert [line for line in missing.splitlines() if line.startswith("msgid ") and line != 'msgid ""'] == []


def test_a06_the_compiled_translations_are_those_that_are_written(tmp_path):
    written = tmp_path / "django.mo"
    run("msgfmt", "--check", "-o", str(written), str(CATALOGUE), cwd=settings.BASE_DIR)

    with open(written, "rb") as expected, open(settings.BASE_DIR / CATALOGUE.with_suffix(".mo"), "rb") as kept:
        texts = [gettext.GNUTranslations(file)._catalog for file in (kept, expected)]
    for catalogue in texts:
        catalogue.pop("")  # the header, which each tool writes in its own way
    assert texts[0] == texts[1]
