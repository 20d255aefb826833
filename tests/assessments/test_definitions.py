"""The files that define the instruments: sound, in both languages, and never changed once they are published."""

import hashlib
import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils import translation

from assessments import instruments, wording
from assessments.definition_files import DefinitionError, refuse_unsound
from assessments.definitions import FOLDER, files
from assessments.instruments import GOI, ILS, IMR_FIDELITY, IMRS, PRESS, definition, definitions
from assessments.models import SUBSCALES, LeadershipRating, OwnLeadershipRating
from tests.assessments.second_wave import SECOND_WAVE

# Never change a line of this: what was rated points to these files as they are. A new version is a new line.
PUBLISHED = {
    "goi-2009.1.json": "0b79eaf24d2eea7ac5e5a2fc3748381052617a766e0b3c3faf916da1420ed32a",
    "ils-2014.1.json": "bb3eef0ac501f99a2c6d5783fd599a1c56f1fb446acebb2d8d60cbd717a570df",
    "imr_fidelity-2005.1.json": "852dc9d8c7f85daef11cf9c408409eeeb70810c04f682b22ee13cb89edc398a5",
    "imrs-2007.1.json": "102e08937cd67be5a73dbf435bac3019975c10aa8bd95dcd16a829b099b6e4d2",
    "press-2021.1.json": "2b5158040fe235934b08e32695a6978f7864e18de383072150e47b47e1d6e34a",
}


def test_a_published_definition_is_never_changed_and_a_new_one_is_named_here():
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files()} == PUBLISHED


def test_the_files_that_are_shipped_are_sound():
    refuse_unsound()


def test_instruments_of_the_second_wave_are_files_like_the_others():
    refuse_unsound(SECOND_WAVE)

    assert {path.name for path in files(SECOND_WAVE)} == {
        "ics_no14-2022.1.json",
        "nhs_sm-2010.1.json",
        "wcq6-1996.1.json",
    }


# The registry


def test_an_instrument_is_found_by_its_key_in_its_latest_version_or_in_a_named_one():
    assert [one.key for one in definitions()] == ["goi", "ils", "imr_fidelity", "imrs", "press"]
    assert definition("ils") is definition("ils", "2014.1") is ILS
    for key, version in (("ils", "2014.2"), ("kindness", None)):
        with pytest.raises(LookupError, match=key):
            definition(key, version)


def test_the_tenth_edition_comes_after_the_ninth(tmp_path, monkeypatch):
    for edition in ("2014.9", "2014.10"):
        write(tmp_path, content(version=edition))
    refuse_unsound(tmp_path)
    monkeypatch.setattr(instruments, "files", lambda: files(tmp_path))
    definitions.cache_clear()

    try:
        assert definition("ils").version == "2014.10"
        assert definition("ils", "2014.9").version == "2014.9"
    finally:
        definitions.cache_clear()


# What the reference says of each


@pytest.mark.parametrize(
    ("instrument", "items", "lowest", "highest", "method", "fewest", "kind"),
    [
        (IMR_FIDELITY, 13, 1, 5, "mean", 12, "rating"),
        (GOI, 12, 1, 5, "mean", 11, "rating"),
        (ILS, 12, 0, 4, "mean_of_subscales", 4, "questionnaire"),
        (PRESS, 3, 0, 4, "mean", 3, "questionnaire"),
        (IMRS, 15, 1, 5, "mean", 12, "group_results"),
    ],
)
def test_each_has_the_items_the_scale_and_the_smallest_number_of_the_reference(
    instrument, items, lowest, highest, method, fewest, kind
):
    assert (len(instrument.items), instrument.lowest, instrument.highest) == (items, lowest, highest)
    assert (instrument.total.method, instrument.total.fewest, instrument.kind) == (method, fewest, kind)


def test_what_no_text_confirms_carries_the_note_to_check_it():
    unconfirmed = [item.key for item in IMR_FIDELITY.described if item.anchors.confidence.needs_checking]
    assert unconfirmed == list(IMR_FIDELITY.items[4:])
    assert all(item.anchors.confidence.needs_checking for item in GOI.described)
    assert GOI.bands_confidence.needs_checking
    assert not IMR_FIDELITY.bands_confidence.needs_checking

    first, fifth = IMR_FIDELITY.described[0].anchors.confidence, IMR_FIDELITY.described[4].anchors.confidence
    assert (wording.note_on(first), wording.note_on(fifth)) == ("", "Check against the official form.")
    with translation.override("nb"):
        assert wording.note_on(fifth) == "Kontroller mot det offisielle skjemaet."
    assert not any(part.published for part in GOI.subscales)


def test_a_questionnaire_is_official_in_all_of_its_words_only_and_a_scale_for_assessors_in_ours():
    every = dict.fromkeys(ILS.items, "The exact words.")

    assert ILS.wording({}) == ILS.wording(every | {"reacts": " "}) == "paraphrase"
    assert ILS.wording(every) == "official"
    assert IMR_FIDELITY.wording({}) == GOI.wording({}) == IMRS.wording({}) == "official"


def test_norms_are_hidden_beside_a_paraphrase():
    (norm,) = ILS.norms_for("official")

    assert ILS.norms_for("paraphrase") == ()
    assert (str(norm.means["total"]), str(norm.sds["supportive"])) == ("2.39", "0.96")


def test_no_exact_words_are_shipped_and_every_item_has_their_place():
    for path in (*files(), *files(SECOND_WAVE)):
        for item in json.loads(path.read_text())["items"]:
            assert item["official_text"] == {"en": "", "nb": ""}


@pytest.mark.parametrize("language", ["en", "nb"])
def test_the_sides_of_leadership_are_those_of_the_definition(language):
    assert tuple(part.key for part in ILS.subscales) == SUBSCALES
    with translation.override(language):
        for model in (LeadershipRating, OwnLeadershipRating):
            for part in ILS.subscales:
                assert str(model._meta.get_field(part.key).verbose_name) == str(wording.said(part.name))


def test_each_definition_names_everything_in_both_languages():
    for one in definitions():
        for language in ("en", "nb"):
            names = [getattr(item.name, language) for item in one.described]
            assert len(set(names)) == len(names)
        assert all(item.name.en != item.name.nb for item in one.described)
        assert one.licence.en != one.licence.nb
        assert one.citation.en.endswith(".")


# What is wrong with a file is said in one sentence


def content(**changes) -> dict:
    return json.loads((FOLDER / "ils-2014.1.json").read_text()) | changes


def write(folder, written: dict) -> None:
    (folder / f"{written['key']}-{written['version']}.json").write_text(json.dumps(written))


def with_(place: str, value) -> dict:
    """The definition with another value in one place; None takes it out."""
    changed = content()
    *way, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    part = changed
    for step in way:
        part = part[step]
    if value is None:
        del part[last]
    else:
        part[last] = value
    return changed


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        ("items.3.name", None, "at $.items[3] the schema is not met: 'name' is a required property."),
        ("items.3.name.nb", " ", r"at $.items[3].name.nb the schema is not met: ' ' does not match '\\S'."),
        ("items.3.confidence", "S?", "at $.items[3].confidence the schema is not met"),
        ("items.3.official_text.nb", "Ordrett.", "at $.items[3].official_text.nb the schema is not met: '' was exp"),
        ("items.3.reversed", True, "at $.items[3] the schema is not met: Additional properties are not allowed"),
        ("version", "2014", "at $.version the schema is not met"),
        ("total.method", "median", "at $.total.method the schema is not met: 'median' is not one of"),
        ("scale.max", 5, "at $.scale.labels each step of the scale needs its label"),
        ("scale", None, "at $.scale there is a scale exactly when"),
        ("scale.max", 0, "at $.scale the highest step does not lie above the lowest."),
        ("items.3.key", "plan", "at $.items two items have the key plan."),
        ("items.3.levels", {"A": "1", "B": "0"}, "at $.items[3] an item has levels exactly when"),
        ("items.3.anchors", {"texts": [], "confidence": "S"}, "at $.items[3].anchors.texts the scale has 5 steps"),
        (
            "items.3.ladder",
            {"of": "largest_group", "use": "propose", "passes": "above", "limits": ["1"]},
            "at $.items[3].ladder.limits the scale has 5 steps",
        ),
        ("subscales.1.key", "proactive", "at $.subscales two sub-scales have the key proactive."),
        ("subscales.1.items.0", "kindness", "at $.subscales[1].items there is no item kindness."),
        ("subscales.1.at_least", 4, "at $.subscales[1].at_least it needs more items than it has."),
        ("contrasts.0.of", "kind", "at $.contrasts[0] there is no sub-scale kind."),
        ("norms.0.means.kind", "2", "at $.norms[0] there is no sub-scale kind."),
        ("total.at_least", 5, "at $.total.at_least it needs more than the 4 there are."),
        ("bands", [{"key": "all", "from": "0"}], "at $.bands_confidence it is said of bands"),
    ],
)
def test_a_file_that_will_not_do_is_named_with_the_place_and_what_is_wrong(tmp_path, place, value, sentence):
    write(tmp_path, with_(place, value))

    with pytest.raises(DefinitionError) as refused:
        refuse_unsound(tmp_path)

    said = str(refused.value)
    assert said.startswith(f"{tmp_path}/ils-")
    assert sentence in said
    assert said.endswith(".")
    assert "\n" not in said


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (["3", "4", "0"], "at $.bands each band has to begin below the one before."),
        (["4", "3"], "at $.bands the last band has to begin at the lowest figure there is."),
    ],
)
def test_bands_go_down_to_the_lowest_figure(tmp_path, limits, sentence):
    bands = [{"key": f"band_{limit}", "from": limit} for limit in limits]
    write(tmp_path, content(bands=bands, bands_confidence="P"))

    with pytest.raises(DefinitionError, match="bands") as refused:
        refuse_unsound(tmp_path)

    assert sentence in str(refused.value)


def test_a_file_under_another_name_and_one_that_is_no_json_are_refused(tmp_path):
    (tmp_path / "ils-2014.2.json").write_text(json.dumps(content()))
    with pytest.raises(DefinitionError, match=r"\$\.key the file says ils in version 2014\.1, and its name does not"):
        refuse_unsound(tmp_path)

    (tmp_path / "ils-2014.2.json").write_text("{")
    with pytest.raises(DefinitionError, match=r"at \$ there is no JSON"):
        refuse_unsound(tmp_path)


def test_the_files_are_looked_at_when_holdfast_starts_before_anything_is_made_of_them():
    program = """
import sys
from assessments import definition_files
definition_files.refuse_unsound = lambda: print("looked at, made of them:", "assessments.instruments" in sys.modules)
import django
django.setup()
"""
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines() == ["looked at, made of them: False"]
