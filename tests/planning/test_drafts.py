"""The draft of a meeting that several people write: nobody's words and ticks are lost."""

import itertools
import json
import random

import pytest

from planning.drafts import Draft, Opened, SavedMeanwhile, mark_of


def draft(minutes="", attendees=(), settled=(), looked=False) -> Draft:
    return Draft(minutes, frozenset(attendees), frozenset(settled), looked)


def page_of(shown: Draft) -> Opened:
    """A page that was opened when this was kept."""
    return Opened(mark_of(shown.minutes), shown.attendees, shown.settled, shown.looked_at_outcomes)


def test_b08_with_nobody_else_at_it_what_is_sent_is_kept_as_it_is():
    opened = draft("We began", [1, 2], ["flag:no-vision"], True)
    mine = draft("", [2], ["topic:1"])

    assert mine.on_top_of(opened, opened=page_of(opened)) == mine


def test_b08_ticks_of_two_people_are_put_together_each_way():
    opened = draft("", [1, 2], ["topic:1", "topic:2"])
    theirs = draft("", [2, 3], ["topic:2", "topic:3"], True)
    mine = draft("", [1, 2, 4], ["topic:1"])

    assert mine.on_top_of(theirs, opened=page_of(opened)) == draft("", [2, 3, 4], ["topic:3"], True)


@pytest.mark.parametrize("shown", list(itertools.product([True, False], repeat=3)))
def test_b08_whoever_changed_whether_outcomes_were_looked_at_decides(shown):
    opened, theirs, mine = shown

    together = draft(looked=mine).on_top_of(draft(looked=theirs), opened=page_of(draft(looked=opened)))

    assert together.looked_at_outcomes == (theirs if mine == opened else mine)


def test_b08_minutes_left_as_they_were_take_what_somebody_else_wrote():
    assert draft("A").on_top_of(draft("A and B"), opened=page_of(draft("A"))).minutes == "A and B"


def test_b08_minutes_that_two_changed_replace_nobodys():
    with pytest.raises(SavedMeanwhile):
        draft("A and C").on_top_of(draft("A and B"), opened=page_of(draft("A")))
    assert draft("A and B").on_top_of(draft("A and B"), opened=page_of(draft("A"))).minutes == "A and B"


def test_b08_minutes_that_one_emptied_and_another_wrote_replace_nobodys():
    with pytest.raises(SavedMeanwhile):
        draft("").on_top_of(draft("A and B"), opened=page_of(draft("A")))


def test_b08_what_is_closed_was_seen_by_whoever_closes_it():
    with pytest.raises(SavedMeanwhile):
        draft("A").on_top_of(draft("A and B"), opened=page_of(draft("A")), closing=True)
    read = page_of(draft("A")).having_read("A and B")
    assert draft("A").on_top_of(draft("A and B"), opened=read, closing=True).minutes == "A"


def test_b08_in_whatever_order_two_pages_are_saved_no_tick_is_lost():
    chance = random.Random(20261125)
    for _turn in range(200):
        people = range(5)
        opened, mine, theirs = (frozenset(chance.sample(people, chance.randint(0, 5))) for _which in range(3))
        page = page_of(draft(attendees=opened))

        first = draft(attendees=mine).on_top_of(draft(attendees=opened), opened=page)
        together = draft(attendees=theirs).on_top_of(first, opened=page).attendees

        for one in people:
            changed = {one in now for now in (mine, theirs) if (one in now) != (one in opened)}
            assert (one in together) == (changed.pop() if changed else one in opened)


def test_the_ends_of_lines_do_not_make_another_text():
    assert mark_of("One\r\nTwo\r\n") == mark_of("One\nTwo")
    assert mark_of("One\nTwo") != mark_of("One Two")


def test_a_page_carries_how_it_was_opened():
    opened = Opened(mark_of("A"), frozenset([3, 1]), frozenset(["flag:no-vision"]), True, ("topic:2", "conflicts"))

    assert Opened.read(opened.carried) == opened


@pytest.mark.parametrize(
    "carried",
    [
        "",
        "nonsense",
        "null",
        "[]",
        "3",
        "{}",
        "[" * 100_000,
        json.dumps({"minutes": "x", "attendees": 3, "settled": [], "looked_at_outcomes": True, "rows": []}),
        '{"minutes": "x", "attendees": [Infinity], "settled": [], "looked_at_outcomes": true, "rows": []}',
    ],
)
def test_f09_a_page_that_says_nothing_readable_counts_as_opened_before_anything_was_saved(carried):
    assert Opened.read(carried) == Opened() == page_of(draft())


def test_only_what_can_stand_on_an_agenda_is_read_as_a_row():
    codes = [
        "flag:no-vision",
        "action:12",
        "action:99999999999999999999",
        "action:x",
        "flag:",
        "secret",
        "conflicts",
        "goal:1\n",
    ]
    said = {"minutes": "", "attendees": [], "settled": [], "looked_at_outcomes": False, "rows": codes}

    assert Opened.read(json.dumps(said)).rows == ("flag:no-vision", "action:12", "conflicts")
