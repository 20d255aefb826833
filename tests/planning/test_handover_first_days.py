"""The first ten days, from any pack: in order, each with a chapter, whatever is recorded and whatever is not."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from planning.documents.handover_first_days import steps
from planning.documents.handover_pages import _chapters
from tests.planning import handover_samples

PACKS = [make() for make in handover_samples.SAMPLES.values()]
MIXED = st.fixed_dictionaries({part: st.sampled_from([pack[part] for pack in PACKS]) for part in PACKS[0]})


def of(content: dict) -> list[dict]:
    with translation.override("en"):
        return steps(content)


@given(MIXED)
def test_from_any_pack_they_go_from_the_first_day_to_the_tenth_and_lead_to_a_chapter(content):
    found = of(content)

    days = [step["day"] for step in found]
    assert days == sorted(days)
    assert (days[0], days[-1]) == (1, 10)
    assert all(step["text"].endswith(".") and "%" not in step["text"] for step in found)
    assert {step["chapter"] for step in found} <= set(_chapters())


def test_with_nothing_recorded_they_are_still_a_way_to_begin():
    texts = [step["text"] for step in of(handover_samples.empty())]

    assert texts[1].startswith("There is no vision.")
    assert "No hours are set aside in the record. Agree on them with each practitioner." in texts
    assert "No review is planned. Set a day, and how often you will meet." in texts


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pauses": {"running": {"since_on": "2026-11-01", "until_on": None}}}, "IMR rests now."),
        ({"pauses": {"running": None, "stopped": True}}, "IMR rests now."),
        ({"waiting": [{"waiting": 1}]}, "1 priority conflict waits for an answer."),
        ({"promises": [{}]}, "1 answer to the staff says “planned”."),
        ({"supports": [{"answered_on": None}]}, "1 request for support is not answered."),
        ({"accepted": [{"until_on": "2027-01-19"}]}, "1 acceptance of a flag ends soon."),
        ({"fundings": [{"until_on": "2027-01-19"}]}, "Money or posts end soon."),
        ({"decisions": [{"look_again_on": "2027-01-19"}]}, "1 decision is to be looked at again soon."),
        ({"agreement": {"evaluate_on": "2027-01-19"}}, "The agreement on logging is to be looked at again."),
    ],
)
def test_what_is_recorded_adds_its_step(change, said):
    texts = " ".join(step["text"] for step in of(handover_samples.empty() | change))

    assert said in texts
    assert said not in " ".join(step["text"] for step in of(handover_samples.empty()))


@pytest.mark.parametrize("change", [{"fundings": [{"until_on": "2027-01-20"}]}, {"fundings": [{"until_on": None}]}])
def test_what_ends_later_than_in_sixty_days_or_never_adds_none(change):
    assert of(handover_samples.empty() | change) == of(handover_samples.empty())


def test_many_names_are_counted_after_three():
    content = handover_samples.typical()
    content["people"]["left_open"] = [handover_samples.left(name) for name in ("Ane", "Bo", "Cai", "Dan", "Eli")]

    texts = " ".join(step["text"] for step in of(content))

    assert "handed over: Ane, Bo, Cai and 2 more." in texts
