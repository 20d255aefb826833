"""The words of the catalogue: no gap, nothing that blames or foretells, the same in both languages."""

import re
from dataclasses import FrozenInstanceError, fields

import pytest
from django.utils import translation
from django.utils.functional import Promise

from planning.risks.answer import Status
from planning.wording.entries import (
    CLEARS_REPORTED,
    STUDY_CITATION,
    STUDY_DOI,
    STUDY_LIMITS,
    TEXTS,
    Act,
    Source,
    Strength,
)

KEYS = [
    "unprotected-time",
    "own-time",
    "crowded-out",
    "fading-time",
    "expectations-unspoken",
    "no-leader",
    "leader-unconvinced",
    "passive-support",
    "leader-knows-little",
    "unanswered-conflicts",
    "self-image-gap",
    "bottom-up",
    "lone-champion",
    "no-vision",
    "no-goals",
    "undecided-future",
    "expansion-without-plan",
    "picked-in-passing",
    "leaving-soon",
    "unprepared-start",
    "no-recruitment",
    "no-regular-review",
    "alone-in-the-system",
    "supervision-lapsed",
    "no-outcome-monitoring",
    "judged-by-few",
    "unplanned-adaptation",
    "monitoring-fatigue",
    "use-stopping",
    "fidelity-unknown",
    "fidelity-low",
    "feedback-unused",
    "organisation-weak",
    "false-security",
    "money-undecided",
    "hands-lost",
    "low-reach",
    "leader-unbacked",
    "programme-burden",
]

TITLES = ("title", "title_clear", "title_unknown")
PROSE = (*TITLES, "why", "limits", "clears", "record")
PAGES = {
    "vision",
    "goals",
    "time",
    "conflicts",
    "reviews",
    "actions",
    "people",
    "fidelity",
    "observations",
    "decisions",
    "readiness",
    "caseload",
    "supports",
    "supervision",
    "expectations",
    "week",
    "adaptations",
    "outcomes",
    "leadership",
    "organisation",
    "recommendations",
    "funding",
    "confirmations",
}
ROLES = {"leader", "stand_in", "practitioner", "adviser", "sponsor"}
BEHAVIOURS = {"proactive", "knowledgeable", "supportive", "perseverant"}
SECTIONS = ("Introduction", "Methods", "Results", "Discussion", "Implications")

# Who is to blame, what will happen, how sure we are: the product says none of it.
FORBIDDEN = re.compile(
    r"anonym|prov(en|es|ed)\b|probab|likely|guarantee|ensure|fault|blame|fail|lazy|neglect|must improve|"
    r"bevis|sannsynlig|garanter|sikrer at|skyld|svikt|forsøm",
    re.IGNORECASE,
)

LANGUAGES = pytest.mark.parametrize("language", ["en", "nb"])


def all_texts():
    """Every text a reader may see, as (where, lazy text)."""
    for key, text in TEXTS.items():
        for name in PROSE:
            yield f"{key}.{name}", getattr(text, name)
        for number, act in enumerate(text.acts):
            yield f"{key}.acts[{number}]", act.text
    yield "limits", STUDY_LIMITS
    yield "clears_reported", CLEARS_REPORTED
    yield from ((f"strength.{strength}", strength.label) for strength in Strength)


def test_b01_every_entry_has_its_text_in_the_catalogues_order():
    assert list(TEXTS) == KEYS
    assert len(TEXTS) == 39


@LANGUAGES
def test_b01_no_text_is_empty(language):
    with translation.override(language):
        empty = [where for where, text in all_texts() if not str(text).strip()]
    assert empty == []


def test_b01_every_text_is_read_in_the_language_of_the_reader():
    assert [where for where, text in all_texts() if not isinstance(text, Promise | str)] == []
    assert [where for where, text in all_texts() if isinstance(text, str) and "strength" not in where] == []


@LANGUAGES
def test_b01_titles_are_short_and_tell_the_entries_apart(language):
    with translation.override(language):
        titles = [str(getattr(text, name)) for text in TEXTS.values() for name in TITLES]
    assert [title for title in titles if len(title) > 60] == []
    assert [title for title in titles if title.endswith(".")] == []
    assert len(set(titles)) == len(titles)


def test_b01_the_title_follows_the_status():
    text = TEXTS["own-time"]
    with translation.override("en"):
        assert text.title_for(Status.FLAGGED) == "Preparation happens in people's own time"
        assert text.title_for(Status.WATCH) == "Preparation happens in people's own time"
        assert text.title_for(Status.CLEAR) == "IMR fits into working hours"
        assert text.title_for(Status.UNKNOWN) == "Time to prepare"


def test_b01_why_is_two_or_three_sentences_a_tired_reader_gets_through():
    with translation.override("en"):
        whys = {key: str(text.why) for key, text in TEXTS.items()}
    sentences = {key: len(re.findall(r"[.?!](?=\s|$)", why)) for key, why in whys.items()}
    assert {key: count for key, count in sentences.items() if not 2 <= count <= 3} == {}
    assert {key: len(why) for key, why in whys.items() if len(why) > 310} == {}


@LANGUAGES
def test_b01_what_is_shown_beside_a_flag_is_short(language):
    with translation.override(language):
        long = [
            (key, name, len(str(getattr(text, name))))
            for key, text in TEXTS.items()
            for name in ("limits", "clears", "record")
            if len(str(getattr(text, name))) > 200
        ]
        acts = [(key, act.text) for key, text in TEXTS.items() for act in text.acts if len(str(act.text)) > 120]
    assert long == []
    assert acts == []


@pytest.mark.parametrize("key", KEYS)
def test_b01_every_entry_has_one_to_three_acts_with_role_and_days(key):
    acts = TEXTS[key].acts
    assert 1 <= len(acts) <= 3
    for act in acts:
        assert act.owner_role in ROLES
        assert 1 <= act.days <= 90
        leads = act.owner_role in {"leader", "stand_in"}
        assert (act.behaviour in BEHAVIOURS) if leads else (act.behaviour is None)
    assert len({str(act.text) for act in acts}) == len(acts)
    assert any(act.owner_role == "leader" for act in acts), "a leader must be able to do something"


@pytest.mark.parametrize("key", KEYS)
def test_b01_every_entry_names_its_source_and_what_it_rests_on(key):
    text = TEXTS[key]
    sources = (text.passage, *text.others)
    for source in sources:
        assert re.fullmatch(r"10\.\d{4,5}/\S+", source.doi)
        assert source.url == f"https://doi.org/{source.doi}"
        if source.doi == STUDY_DOI:
            assert str(source.section).startswith(SECTIONS)
    assert len(set(map(str, sources))) == len(sources)
    others = [source for source in sources if source.doi != STUDY_DOI]
    if text.strength is Strength.STUDY:
        assert text.passage.doi == STUDY_DOI
        assert others == []
    elif text.strength is Strength.STUDY_AND_OTHERS:
        assert text.passage.doi == STUDY_DOI
        assert others
    elif text.strength is Strength.PUBLISHED:
        assert others


@pytest.mark.parametrize("key", KEYS[-5:])
def test_b01_the_entries_from_other_work_do_not_lean_on_the_study_alone(key):
    assert TEXTS[key].strength in {Strength.PUBLISHED, Strength.STUDY_AND_OTHERS}


def test_b01_a_work_named_in_a_sentence_is_among_the_sources_of_its_entry():
    with translation.override("en"):
        for key, text in TEXTS.items():
            names = {str(source.name) for source in (text.passage, *text.others)}
            told = re.findall(r"([A-Z]\w+ and (?:others|[A-Z]\w+) \d{4})", f"{text.why} {text.limits}")
            assert set(told) <= names, key


def test_b01_the_page_to_record_on_exists_for_every_entry():
    assert {text.record_page for text in TEXTS.values()} <= PAGES


@LANGUAGES
def test_f18_no_text_blames_foretells_or_promises(language):
    with translation.override(language):
        found = [(where, match.group()) for where, text in all_texts() if (match := FORBIDDEN.search(str(text)))]
    assert found == []


def test_b01_the_limits_of_the_study_and_its_reference_are_complete():
    with translation.override("en"):
        for fact in ("26 practitioners", "nine", "own will", "fidelity was high", "interviewed", "below"):
            assert fact in str(STUDY_LIMITS)
        assert STUDY_DOI in str(STUDY_CITATION)
        assert "CC BY 4.0" in str(STUDY_CITATION)


def test_b01_every_text_is_put_into_norwegian():
    with translation.override("en"):
        english = {where: str(text) for where, text in all_texts()}
    with translation.override("nb"):
        norwegian = {where: str(text) for where, text in all_texts()}
    assert [where for where, text in english.items() if norwegian[where] == text] == []


def test_b01_both_languages_name_the_same_numbers():
    def numbers(text):
        return sorted(re.findall(r"\d+(?:\.\d)?", re.sub(r"(\d),(\d)", r"\1.\2", text)))

    for where, text in all_texts():
        with translation.override("en"):
            english = str(text)
        with translation.override("nb"):
            norwegian = str(text)
        assert numbers(norwegian) == numbers(english), where


def test_b01_texts_cannot_be_changed_by_a_reader():
    text = TEXTS["no-vision"]
    for thing in (text, text.acts[0], text.passage):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, fields(thing)[0].name, "other")
    assert isinstance(text.acts[0], Act)


def test_b01_a_source_reads_as_work_and_section():
    with translation.override("en"):
        assert str(TEXTS["no-leader"].passage) == "Egeland and others 2019, Results, Leader Engagement"
        assert str(Source(name="Bond and others 2014", section="", doi="10.1/x")) == "Bond and others 2014"
