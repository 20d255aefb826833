"""Compiling the translations without the gettext tools."""

import gettext
import os

import pytest

from config.catalogs import compile_catalogs, stale_catalogs

SOURCE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "action"
msgstr "tiltak"

msgctxt "month"
msgid "May"
msgstr "mai"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "%(n)s dag"
msgstr[1] "%(n)s dager"

msgid "%(n)s week"
msgid_plural "%(n)s weeks"
msgstr[0] "%(n)s uke"
msgstr[1] ""

msgid "Not written yet"
msgstr ""

#, fuzzy
msgid "goal"
msgstr "vurdering"
"""


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "nb" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(SOURCE)
    return path


def test_what_is_not_written_comes_out_in_the_source_language(source, tmp_path):
    assert compile_catalogs(tmp_path) == 1
    with source.with_suffix(".mo").open("rb") as file:
        words = gettext.GNUTranslations(file)
    assert words.gettext("action") == "tiltak"
    assert words.pgettext("month", "May") == "mai"
    assert words.ngettext("%(n)s day", "%(n)s days", 2) == "%(n)s dager"
    assert words.ngettext("%(n)s week", "%(n)s weeks", 2) == "%(n)s weeks"
    assert words.gettext("Not written yet") == "Not written yet"
    assert words.gettext("goal") == "goal"


def test_only_what_is_older_than_its_source_is_compiled(source, tmp_path):
    assert stale_catalogs(tmp_path) == [source]
    compile_catalogs(tmp_path)
    assert stale_catalogs(tmp_path) == []
    later = source.with_suffix(".mo").stat().st_mtime + 10
    os.utime(source, (later, later))
    assert stale_catalogs(tmp_path) == [source]
    assert [path.name for path in source.parent.iterdir() if path.suffix not in (".po", ".mo")] == []
