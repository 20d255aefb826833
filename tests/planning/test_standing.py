"""The catalogue's answers in order: what to do now, what else is open, what is handled, what is not known."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import Service
from planning.risks.answer import Status
from planning.risks.snapshot import Observation, Snapshot
from planning.standing import CONSEQUENCE, DO_NOW, standing, standing_of
from planning.study import load_study
from planning.wording.entries import TEXTS
from tests.factories import make_leader, make_observation, make_service
from tests.planning.site import main_text, page

TODAY = date(2026, 11, 25)


def reported(*keys: str, effect: str = "hinders") -> Snapshot:
    return Snapshot(
        as_of=TODAY,
        described=True,
        observations=tuple(
            Observation(number=number, entry=key, effect=effect, on=TODAY, source="review")
            for number, key in enumerate(keys)
        ),
    )


def test_every_entry_is_shown_once_and_belongs_to_its_theme():
    stands = standing_of(reported("own-time", "no-vision"))

    assert [entry.key for entry in stands.entries] == list(TEXTS)
    assert sorted(entry.key for theme in stands.themes for entry in entries_of(theme)) == sorted(TEXTS)
    assert all(entry.theme == theme.number for theme in stands.themes for entry in entries_of(theme))


def entries_of(theme):
    return theme.flagged + theme.watched + theme.strengths + theme.unknown


@pytest.mark.parametrize("flags", [0, 1, 2, 3, 4, 10])
def test_b04_at_most_three_flags_are_to_do_now_and_the_rest_is_also_open(flags):
    keys = [key for key in TEXTS if key != "false-security"][:flags]

    stands = standing_of(reported(*keys))

    assert len(stands.do_now) == min(flags, DO_NOW)
    assert sorted(entry.key for entry in stands.do_now + stands.also_open) == sorted(keys)


def test_b04_flags_come_before_watches_and_in_order_of_consequence():
    stands = standing_of(reported("programme-burden", "no-goals", "no-leader", "own-time", "no-vision"))

    assert [entry.key for entry in stands.do_now] == ["no-leader", "own-time", "no-vision"]
    assert [entry.key for entry in stands.also_open] == ["no-goals", "programme-burden"]


def test_the_order_of_consequence_names_entries_of_the_catalogue_once_each():
    assert len(set(CONSEQUENCE)) == len(CONSEQUENCE)
    assert set(CONSEQUENCE) <= set(TEXTS)


def test_a_theme_has_its_worst_known_state_as_a_word():
    stands = standing_of(reported("own-time", "no-vision"))

    assert [theme.status for theme in stands.themes] == [
        Status.FLAGGED,
        Status.UNKNOWN,
        Status.FLAGGED,
        Status.UNKNOWN,
        Status.UNKNOWN,
    ]


def test_what_does_not_apply_is_not_asked_for():
    stands = standing_of(Snapshot(as_of=TODAY, described=True, started_on=TODAY))

    assert "fidelity-unknown" not in [entry.key for entry in stands.unknown]


@pytest.mark.django_db
def test_b04_with_nothing_flagged_the_page_says_what_was_checked_and_when():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        service = make_service(joined_on=TODAY)
        client = Client()
        client.force_login(make_leader(service).user)
        stands = standing(service, TODAY)

        shown = main_text(client.get(f"/services/{service.key}/standing/"))

    assert not stands.do_now
    checked = f"On Wed 25 Nov the record decided {stands.known} entr"
    assert f"Nothing is flagged. {checked}" in shown
    assert f"of the catalogue; {len(stands.unknown)} are not known." in shown
    assert stands.known + len(stands.unknown) <= len(TEXTS)


@pytest.mark.django_db
def test_a_flag_shows_what_was_seen_in_the_words_of_whoever_saw_it():
    service = make_service(joined_on=timezone.localdate())
    make_observation(service, entry="own-time", text="We read the manual at home", on=timezone.localdate())
    client = Client()
    client.force_login(make_leader(service).user)

    shown = page(client.get(f"/services/{service.key}/standing/"))

    assert "We read the manual at home" in shown


@pytest.mark.django_db
def test_b06_a_state_is_told_by_a_word_and_a_shape():
    load_study(today=TODAY, language="en")
    service = Service.objects.get(key="C")
    client = Client()
    client.force_login(make_leader(service, guest=True).user)

    shown = page(client.get("/services/C/standing/"))

    for shape, word in (("square", "flagged"), ("diamond", "to watch"), ("check", "strengths"), ("ring", "not known")):
        assert f"shape-{shape}" in shown
        assert word in shown


@pytest.mark.django_db
@pytest.mark.parametrize("key", list(TEXTS))
def test_b01_every_entry_has_a_page(key, django_assert_max_num_queries):
    service = make_service()
    client = Client()
    client.force_login(make_leader(service).user)

    with django_assert_max_num_queries(43):
        shown = client.get(f"/services/{service.key}/standing/{key}/")

    assert shown.status_code == 200
