"""What a schema cannot say: each a place and a sentence, and nothing of it in the database."""

from dataclasses import replace

import pytest

from assessments import instruments
from assessments.instruments import GOI, IMR_FIDELITY
from planning.dossiers.errors import DossierError, path_of
from planning.dossiers.reading import understand
from tests.planning.dossiers.samples import as_bytes, place_in, place_of, rich, sparse

GONE = object()
MEASURED_IN = {"fidelity": IMR_FIDELITY.version, "organisation": GOI.version}

# (where in the rich dossier, what is put there, how what is said begins: with the place, if it is said of another)
WRONG = [
    # Days
    ("as_of", "2026-02-30", '"2026-02-30" is no day of the calendar; give one that exists.'),
    ("as_of", "9999-12-31", '"9999-12-31" is too far away; give a year from 1900 to 2199.'),
    ("as_of", "0000-01-01", '"0000-01-01" is no day of the calendar;'),
    ("service.joined_on", "2025-02-29", '"2025-02-29" is no day of the calendar;'),
    ("goals.0.due_on", "1899-12-31", '"1899-12-31" is too far away;'),
    ("goals.0.check_ins.1.on", "2026-13-01", ""),
    (
        "hours.0.week",
        "2026-11-03",
        '$.hours[0].week: "2026-11-03" is no Monday; the Monday of that week is 2026-11-02.',
    ),
    ("conflicts.0.released_on", "2026-11-01", ""),
    ("caseload.0.month", "2026-13", '"2026-13" is no month of the calendar;'),
    ("caseload.0.month", "9999-01", '"9999-01-01" is too far away;'),
    ("reviews.0.starts_at", "2026-02-30T12:00", ""),
    ("reviews.0.starts_at", "2026-10-14T24:00", '"24:00" is no time of day; write it from'),
    (
        "reviews.3.starts_at",
        "2027-03-28T02:30",
        '$.reviews[3].starts_at: "2027-03-28T02:30" did not happen: the clocks',
    ),
    # Names within the file
    (
        "goals.0.owner",
        "m9",
        '$.goals[0].owner: nothing in members has the ref "m9"; add it there, or leave this field out.',
    ),
    ("reviews.0.attendees.1", "kari", "nothing in members has the ref"),
    ("reviews.0.series", "s9", "nothing in review_series has the ref"),
    ("observations.0.review", "m1", "nothing in reviews has the ref"),
    ("decisions.1.review", "m1", "nothing in reviews has the ref"),
    (
        "reviews.3.cancelled_because",
        "Away",
        "$.reviews[3].cancelled_because: does not go with a planned review; leave it out.",
    ),
    ("actions.1.recommendation", "f9", "nothing in fidelity has the ref"),
    (
        "expectations.0.acknowledgements.0.member",
        "m9",
        "$.expectations[0].acknowledgements[0].member: nothing in members",
    ),
    ("members.1.ref", "m1", '"m1" is taken by another; give each a ref of its own.'),
    ("fidelity.0.recommendations.1.ref", "f1", ""),
    ("members.0.successor", "m1", "nobody takes over from themselves; name somebody else."),
    # Days in relation
    (
        "members.0.leaves_on",
        "2023-12-31",
        "$.members[0].leaves_on: 2023-12-31 is before started_on, which is 2024-01-01;",
    ),
    ("members.2.away_until", "2026-10-31", ""),
    ("members.2.away_from", GONE, "is missing beside away_until; add it, or leave both out."),
    ("visions.0.looked_at_on", "2024-02-01", ""),
    ("visions.0.published_on", GONE, "is missing beside looked_at_on;"),
    (
        "visions.0.horizon_on",
        GONE,
        "$.visions[0].horizon_on: is missing beside published_on; add it, or leave both out.",
    ),
    ("goals.1.ended_on", "2024-12-31", "2024-12-31 is before stated_on, which is 2025-01-01;"),
    ("goals.1.ended_on", GONE, "is missing: state is reached; add the day it became so."),
    ("goals.0.ended_on", "2026-11-01", "does not go with state, which is active;"),
    ("acceptances.0.until", "2026-10-01", "2026-10-01 is not after accepted_on,"),
    ("acceptances.0.until", "2027-03-31", "is more than 180 days after accepted_on;"),
    ("acceptances.1.ended_on", "2026-05-31", ""),
    ("acceptances.0.reason", "For a while.", "is shorter than 20 characters;"),
    ("acceptances.0.reason", {"en": "x" * 20, "nb": "kort"}, "is shorter than 20 characters;"),
    ("adaptations.1.in_use_until", "2025-01-31", ""),
    ("allocations.1.ends_on", "2025-12-31", ""),
    (
        "reviews.1.closed_on",
        "2026-08-31",
        "$.reviews[1].closed_on: 2026-08-31 is before starts_at, which is 2026-09-01;",
    ),
    ("reviews.3.closed_on", "2026-12-08", "does not go with a planned review; leave it out."),
    ("reviews.0.series", GONE, "is missing beside slot_at;"),
    ("actions.1.closed_on", "2026-06-30", ""),
    ("actions.1.closed_on", GONE, "is missing: state is done;"),
    ("actions.0.closed_on", "2026-11-01", "does not go with state, which is open;"),
    ("support.1.answered_on", "2026-08-31", ""),
    ("support.1.answered_on", GONE, "is missing: answer is agreed;"),
    ("support.1.answer", GONE, "$.support[1].answered_on: does not go with answer, which is not given;"),
    ("confirmations.0.confirmed", GONE, "is missing beside answered_on;"),
    ("confirmations.0.answered_on", GONE, "is missing beside confirmed;"),
    ("confirmations.0.answered_on", "2026-02-28", ""),
    ("funding.0.until", "2023-12-31", ""),
    ("funding.0.until", GONE, "is missing: start-up money ends; add its last day."),
    ("pauses.0.restarted_on", "2025-07-01", "2025-07-01 is not after paused_on,"),
    ("own_leadership.0.shared_on", "2026-09-29", ""),
    ("outcomes.0.fed_back_on", "2026-09-14", ""),
    ("outcomes.0.better", GONE, "$.outcomes[0].better: is missing beside worse; add it, or leave both out."),
    ("outcomes.0.same", GONE, "is missing beside better; add it, or leave both out."),
    ("outcomes.0.worse", GONE, "is missing beside same; add it, or leave both out."),
    ("outcomes.0.mean", GONE, "is missing beside sd; add it, or leave both out."),
    # Nothing twice
    ("visions.1.version", 1, "1 is the number of another; give each its own."),
    ("visions.0.version", 2, "$.visions[1].version: 2 is the number of another;"),
    (
        "expectations.0.acknowledgements.1.member",
        "m3",
        '$.expectations[0].acknowledgements[1].member: "m3" is there already;',
    ),
    (
        "goals.0.check_ins.2.by",
        "m3",
        '$.goals[0].check_ins[2].by: "2026-08-31" and "m3" is there already; keep one of the two.',
    ),
    (
        "acceptances.1.ended_on",
        GONE,
        '$.acceptances[1].ended_on: is missing: another one of "crowded-out" is without it;',
    ),
    ("capacity.1.name", "session_individual", ""),
    ("caseload.1.month", "2026-09", ""),
    ("hours.1.week", "2026-11-02", ""),
    ("conflicts.1.released_on", "2026-11-02", ""),
    ("review_series.1.ended_on", GONE, "is missing: another one is without it; add it."),
    ("reviews.2.slot_at", "2026-10-13T13:00", '"s1" and "2026-10-13T13:00" is there already;'),
    ("supervision.1.held_on", "2026-11-03", ""),
    ("readiness.1.item", "eligible", "$.readiness[1].on: "),
    ("fidelity.1.rated_on", "2025-03-01", ""),
    ("outcomes.1.form", "patient", ""),
    ("sustainment.1.rated_on", "2026-09-30", ""),
    ("domain_means.1.tool", "psat", '"2026-06-01" and "psat" is there already;'),
    ("official_texts.1.language", "en", '$.official_texts[1].item: "ils" and "2014.1" and "en" and "plan" is there'),
    ("confirmed_empty.1.list", "expansions", "$.confirmed_empty[1].on: "),
    # Special to one list
    (
        "decisions.0.hours_behind",
        True,
        "$.decisions[0].hours_behind: is asked of an expansion only, and kind is continue;",
    ),
    ("hours.0.kept", 12.5, "12.5 is more than set_aside, which is 12; put one of the two right."),
    ("hours.1.week", "2026-11-23", "this week was not over on 2026-11-25, the dossier's as_of;"),
    (
        "conflicts.1.released_on",
        "2026-11-30",
        "$.conflicts[1].released_on: lies after 2026-11-25, the dossier's as_of;",
    ),
    ("conflicts.0.answers.0.on", "2026-11-01", "2026-11-01 is not between released_on,"),
    ("conflicts.0.answers.0.on", "2026-11-26", "2026-11-26 is not between released_on,"),
    (
        "conflicts.0.reasons",
        {"staff": 1},
        "$.conflicts[0].answers[1]: is one too many: reasons add up to 1;",
    ),
    ("own_leadership.0.shared_on", "2026-11-26", "lies after 2026-11-25, the dossier's as_of; leave the rating out."),
    ("outcomes.1.mean", 3, "is of fewer than 5 patients and could tell of one; leave it out."),
    # What only the instruments can say
    (
        "fidelity.0.version",
        "2005.2",
        '"2005.2" is no version of imr_fidelity that this Holdfast has; write 2005.1, or bring Holdfast up to date.',
    ),
    ("fidelity.1.version", "2009.1", '"2009.1" is no version of imr_fidelity that'),
    ("organisation.0.version", "2005.1", '"2005.1" is no version of goi that this Holdfast has; write 2009.1, or'),
    ("leadership.1.version", "2021.1", '"2021.1" is no version of ils that'),
    ("own_leadership.0.version", "2013.1", '"2013.1" is no version of ils that'),
    ("sustainment.1.version", "2014.1", '"2014.1" is no version of press that'),
    ("outcomes.0.version", "2014.1", '"2014.1" is no version of imrs that'),
    ("official_texts.0.version", "2015.1", '"2015.1" is no version of ils that this Holdfast has; write 2014.1, or'),
    (
        "fidelity.0.recommendations.0.about",
        "ils:plan",
        'a visit does not rate "ils"; write imr_fidelity or goi before the colon.',
    ),
    ("fidelity.0.recommendations.0.about", "goi:cbt", 'goi has no item "cbt"; write philosophy,'),
    ("own_leadership.0.proactive", 3.011, "3.011 is not the mean of its items, 3.00; put one of them right."),
    (
        "sustainment.1.minimum",
        4,
        "$.sustainment[1].answers: 3 is fewer than minimum, which is 4, and could tell of one; leave the rating out.",
    ),
    ("sustainment.1.invited", 2, "2 is fewer than answers, which is 3; put one of the two right."),
    ("leadership.1.invited", 5, "5 is fewer than answers, which is 6; put one of the two right."),
    (
        "outcomes.0.same",
        7,
        "$.outcomes[0].better: makes 13 together with same and worse, and patients is 12; put one of them right.",
    ),
    (
        "outcomes.0",
        {"measured_on": "2026-09-15", "form": "patient", "patients": 12, "better": 1, "same": 2, "worse": 1},
        "$.outcomes[0].better: makes 4 together with same and worse: fewer than 5 patients, and could tell of one;",
    ),
    (
        "outcomes.1",
        {"measured_on": "2026-09-15", "form": "practitioner", "patients": 4, "better": 1, "same": 2, "worse": 1},
        "$.outcomes[1].better: is of fewer than 5 patients and could tell of one; leave it out.",
    ),
    ("domain_means.0.means.outcomes", 4, "is no domain of psat; leave it out, or put tool right."),
    ("domain_means.1.means.funding", 4, "is no domain of csat; leave it out, or put tool right."),
    ("official_texts.0.instrument", "wcq6", '"wcq6" is no instrument here; write goi, ils, imr_fidelity, imrs or'),
    ("official_texts.0.item", "routine", 'ils 2014.1 has no item "routine"; write plan, obstacles, standards,'),
]


def with_one_thing_wrong(way: str, value) -> dict:
    """The rich dossier with this put in one place of it, or taken out."""
    content = rich()
    container, key = place_in(content, way)
    if value is GONE:
        del container[key]
    else:
        container[key] = value
    return content


@pytest.mark.parametrize(("way", "value", "message"), WRONG)
def test_what_cannot_be_is_named_with_its_place_and_the_way_out(way, value, message):
    with pytest.raises(DossierError) as refusal:
        understand(as_bytes(with_one_thing_wrong(way, value)))

    said = str(refusal.value)
    assert said.startswith(message if message.startswith("$") else f"{path_of(place_of(way))}: {message}")
    assert said.endswith(".")
    assert "\n" not in said


def test_a_mean_that_its_items_do_not_have():
    content = rich()
    content["fidelity"][0]["items"] = dict.fromkeys(IMR_FIDELITY.items, 4)

    content["fidelity"][0]["mean"] = 4.01
    understand(as_bytes(content))
    content["fidelity"][0]["mean"] = 4.02
    with pytest.raises(DossierError, match=r"^\$\.fidelity\[0\]\.mean: 4\.02 is not the mean of its items, 4\.00;"):
        understand(as_bytes(content))


@pytest.mark.parametrize(
    ("name", "items", "mean", "other"),
    [
        ("fidelity", dict.fromkeys(IMR_FIDELITY.items[:12], 4), 4.01, 4.02),  # twelve are enough of thirteen
        ("organisation", dict.fromkeys(GOI.items[:11], 3), 3, 3.1),  # and eleven of twelve
        ("organisation", dict.fromkeys(GOI.items, 3), 2.99, 2.98),
    ],
)
def test_a_mean_that_the_items_of_its_version_do_not_have(name, items, mean, other):
    rating = {"rated_on": "2026-06-01", "items": items, "version": MEASURED_IN[name], "mean": mean}

    understand(as_bytes(sparse(**{name: [rating]})))
    with pytest.raises(DossierError, match=rf"^\$\.{name}\[0\]\.mean: {other} is not the mean of its items, [34]\.00;"):
        understand(as_bytes(sparse(**{name: [rating | {"mean": other}]})))


def test_too_few_items_have_no_mean_to_be_held_against():
    rating = {"rated_on": "2026-06-01", "mean": 2, "items": dict.fromkeys(GOI.items[:10], 5), "version": GOI.version}

    understand(as_bytes(sparse(organisation=[rating])))


def test_an_item_that_the_version_does_not_have(monkeypatch):
    shorter = replace(IMR_FIDELITY, version="2030.1", described=IMR_FIDELITY.described[:9])
    monkeypatch.setattr(instruments, "definitions", lambda: (IMR_FIDELITY, shorter))
    rating = {"rated_on": "2031-06-01", "mean": 4, "items": {"cbt": 4}, "version": "2005.1"}

    understand(as_bytes(sparse(fidelity=[rating])))
    with pytest.raises(DossierError) as refusal:
        understand(as_bytes(sparse(fidelity=[rating | {"version": "2030.1"}])))

    assert str(refusal.value) == (
        "$.fidelity[0].items.cbt: imr_fidelity 2030.1 has no such item; leave it out, or give the version it was "
        "rated by."
    )


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("as_of", "2028-02-29"),
        ("members.1.successor", "m1"),  # people may take over from each other
        ("members.0.leaves_on", "2024-01-01"),
        ("acceptances.0.until", "2027-03-30"),
        ("reviews.0.starts_at", "2026-10-25T02:30"),  # twice on the clock: the first time is meant
        ("reviews.3.starts_at", "2026-12-08"),
        ("goals.0.owner", GONE),
        ("visions.1.version", GONE),
        ("visions.1.horizon_on", GONE),  # a draft
        ("goals.0.check_ins.1.on", "2026-08-31"),  # nobody says whose it is
        ("goals.0.check_ins.2.by", "m4"),
        ("goals.0.check_ins.2.by", GONE),
        ("reviews.1.closed_on", GONE),
        ("support.0.answer", GONE),
        ("conflicts.0.answers.1.on", "2026-11-25"),
        ("outcomes.0.same", 6),  # all twelve
        ("outcomes.0.better", 0),  # five of them
        ("leadership.1.invited", 6),
        ("leadership.0.answers", 4),  # fewer than agreed: known to be too few
        ("sustainment.0.answers", 5),
        ("own_leadership.0.proactive", 3.01),
        ("own_leadership.0.knowledgeable", 1),  # of it no item is known
        ("fidelity.0.mean", 1),  # nor of most of the scale
        ("fidelity.0.recommendations.0.about", "goi:training"),
        ("domain_means.1.rated_on", "2026-06-02"),
        ("hours.1.week", "2026-11-09"),
    ],
)
def test_what_can_be_is_taken(way, value):
    understand(as_bytes(with_one_thing_wrong(way, value)))


def test_refs_are_names_of_the_writers_choice():
    content = rich()
    text = as_bytes(content).replace(b'"m1"', b'"Kari.N-1_x"').replace(b'"r1"', b'"2026"')

    understand(text)
