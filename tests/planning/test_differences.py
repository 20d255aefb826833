"""What became of a text from one version to the next."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.differences import Piece, differences

WORDS = st.lists(st.sampled_from(["we", "offer", "IMR", "to", "all", "who", "can", "use", "it.", "\n"]), max_size=25)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(piece.change, piece.text) for piece in differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Two of us lead a group.", "Two of us lead a group.", [("same", "Two of us lead a group.")]),
        ("", "A vision.", [("added", "A vision.")]),
        ("A vision.", "", [("removed", "A vision.")]),
        (
            "Two of us lead a group.",
            "Three of us lead a group.",
            [("removed", "Two"), ("added", "Three"), ("same", " of us lead a group.")],
        ),
        (
            "IMR is offered to everybody.",
            "IMR is offered to everybody. Two of us lead a group.",
            [("same", "IMR is offered to everybody."), ("added", " Two of us lead a group.")],
        ),
        # one word that stands in both by chance does not break a change in two
        (
            "Everybody is offered a group by us in spring.",
            "Nobody waits for a place with others in spring.",
            [
                ("removed", "Everybody is offered a group by us"),
                ("added", "Nobody waits for a place with others"),
                ("same", " in spring."),
            ],
        ),
    ],
)
def test_a_change_is_told_in_whole_words(before, after, pieces):
    assert told(before, after) == pieces


@given(WORDS, WORDS)
def test_what_is_told_is_the_whole_of_both_texts(old, new):
    before, after = " ".join(old), " ".join(new)

    pieces = differences(before, after)

    assert "".join(piece.text for piece in pieces if piece.change != "added") == before
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == after


@given(WORDS, WORDS)
def test_no_two_pieces_of_a_kind_stand_side_by_side(old, new):
    pieces = differences(" ".join(old), " ".join(new))

    assert all(one.change != other.change for one, other in itertools.pairwise(pieces))


@given(st.text(max_size=60))
def test_a_text_does_not_differ_from_itself(text):
    assert differences(text, text) == ((Piece("same", text),) if text else ())
