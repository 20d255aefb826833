"""Short words: states, reasons, themes; days and figures as each language writes them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from planning.risks.answer import Reason, Status
from planning.wording import figures, labels

LANGUAGES = pytest.mark.parametrize("language", ["en", "nb"])


def test_b06_each_state_has_a_word_and_a_shape_of_its_own():
    with translation.override("en"):
        words = {status: labels.status_word(status) for status in Status}

    assert words == {
        Status.FLAGGED: "Flagged",
        Status.WATCH: "Watch",
        Status.CLEAR: "Strength",
        Status.UNKNOWN: "Not known",
    }
    assert len({labels.shape(status) for status in Status}) == 4


def test_b06_each_shape_can_be_drawn():
    drawn = (Path(settings.BASE_DIR) / "templates" / "components" / "shape.html").read_text()

    for status in Status:
        assert f'shape == "{labels.shape(status)}"' in drawn


@LANGUAGES
def test_every_state_and_reason_has_words(language):
    with translation.override(language):
        assert len({labels.status_word(status) for status in Status}) == 4
        assert len({labels.reason_sentence(reason) for reason in Reason}) == 4
        assert all(labels.reason_sentence(reason).endswith(".") for reason in Reason)
        assert [str(name) for name in labels.THEMES.values()] == list(dict.fromkeys(map(str, labels.THEMES.values())))
        assert set(labels.KINDS) == {"measured", "reported", "group"}


def test_the_five_themes():
    with translation.override("en"):
        assert {number: str(name) for number, name in labels.THEMES.items()} == {
            1: "Priorities",
            2: "Leader engagement",
            3: "Long-term priorities",
            4: "Patient reception",
            5: "Fidelity in its place",
        }


@pytest.mark.parametrize(
    ("total", "shown"),
    [
        ("4.692307692", "4.69 of 5: high"),
        ("4", "4.00 of 5: high"),
        ("3.996", "3.996 of 5: moderate"),
        ("3.99999", "3.999 of 5: moderate"),
        ("3.994", "3.99 of 5: moderate"),
        ("3", "3.00 of 5: moderate"),
        ("2.995", "2.995 of 5: low"),
        ("1.005", "1.01 of 5: low"),
    ],
)
def test_a_rating_never_speaks_for_itself(total, shown):
    with translation.override("en"):
        note = labels.fidelity_note(Decimal(total))

    assert shown in note
    assert "alone" in note


def test_days_and_figures_as_each_language_writes_them():
    with translation.override("en"):
        english = (
            figures.day(date(2026, 10, 12)),
            figures.plain(Decimal("7.50")),
            figures.plain(Decimal("1E+1")),
            figures.limit(Decimal(2)),
            figures.rating(Decimal("4.6")),
        )
    with translation.override("nb"):
        norwegian = (figures.plain(Decimal("7.50")), figures.limit(Decimal(2)), figures.rating(Decimal("4.6")))

    assert english == ("12 October 2026", "7.5", "10", "2.0", "4.60")
    assert norwegian == ("7,5", "2,0", "4,60")
