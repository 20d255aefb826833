"""How a memo is fitted to its page, without laying it out: what is shown and what is left out is everything."""

from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from planning.documents.memo_pages import ROOM_ON_SCREEN, ROOMS, _context
from tests.planning import memo_samples

LARGEST = memo_samples.largest()
COUNTS = st.integers(min_value=0, max_value=30)


@given(wanted=COUNTS, promised=COUNTS, asked_for=COUNTS, done=COUNTS, to=COUNTS, room=st.sampled_from(ROOMS))
def test_shown_and_left_out_are_everything_and_nothing_is_longer_than_its_room(
    wanted, promised, asked_for, done, to, room
):
    content = LARGEST | {
        "wanted": LARGEST["wanted"][:wanted],
        "promised": LARGEST["promised"][:promised],
        "asked_for": LARGEST["asked_for"][:asked_for],
        "done": LARGEST["done"] | {"named": LARGEST["done"]["named"][:done]},
        "to": LARGEST["to"][:to],
    }

    with translation.override("en"):
        context = _context(content, room)

    assert len(context["wanted"]) + context["wanted_left_out"] == len(content["wanted"])
    assert len(context["wanted"]) <= room.wanted
    assert len(context["to"]) + context["to_left_out"] == to
    for part, limit in (("promised", room.listed), ("asked_for", room.listed), ("done", room.done)):
        shown = context[part]["shown"]
        total = len(content["done"]["named"] if part == "done" else content[part])
        assert len(shown) + context[part]["left_out"] == total
        assert len(shown) <= limit
        assert all(len(one["text"]) <= room.line for one in shown)
    for one in context["wanted"]:
        assert all(len(one[part]) <= getattr(room, part) for part in ("text", "known", "cost"))


def test_what_is_wanted_first_is_never_what_is_left_out():
    for room in ROOMS:
        with translation.override("en"):
            shown = _context(LARGEST, room)["wanted"]

        assert [one["wanted_on"] for one in shown] == [one["wanted_on"] for one in LARGEST["wanted"][: len(shown)]]


def test_on_a_screen_everything_has_room():
    with translation.override("en"):
        context = _context(LARGEST, ROOM_ON_SCREEN)

    left_out = [context[part]["left_out"] for part in ("promised", "asked_for", "done")]
    assert [*left_out, context["wanted_left_out"], context["to_left_out"]] == [0] * 5
    assert [one["text"] for one in context["wanted"]] == [one["text"] for one in LARGEST["wanted"]]
