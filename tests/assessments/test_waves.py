"""A wave from its opening to its closing: what is kept of whom, and what is not."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.models import AuditEvent
from assessments import waves
from assessments.instruments import ILS, PRESS
from assessments.models import (
    LeadershipRating,
    OfficialText,
    SustainmentRating,
    Wave,
    WaveAnswer,
    WaveInvitation,
)
from tests.factories import (
    make_answers,
    make_closed_wave,
    make_leader,
    make_leadership_rating,
    make_service,
    make_wave,
)
from tests.planning.site import oslo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TWO = dict.fromkeys(ILS.items, 2)
STILL = dict.fromkeys(PRESS.items, 2)


def answered(invitation, leadership=TWO, sustainment=STILL) -> bool:
    return waves.answer(invitation, leadership=leadership, sustainment=sustainment, at=timezone.now())


# Opening


@pytest.mark.parametrize(("people", "minimum", "opens"), [(5, 5, True), (4, 5, False), (3, 3, True), (2, 3, False)])
def test_nobody_is_asked_where_fewer_are_invited_than_have_to_answer(people, minimum, opens):
    if opens:
        assert make_wave(people=people, minimum=minimum).invited == people
        return
    with pytest.raises(ValueError, match="fewer people"):
        make_wave(people=people, minimum=minimum)
    assert not Wave.objects.exists()


def test_the_same_address_is_asked_once_however_it_is_written():
    with pytest.raises(ValueError, match="twice"):
        make_wave(emails=["a@example.org", "A@example.org", "b@example.org"], minimum=3)


def test_a_later_minimum_is_refused_by_the_database_too():
    wave = make_wave()

    with pytest.raises(Exception, match="wave_minimum_between_3_and_5"):
        Wave.objects.filter(pk=wave.pk).update(minimum=2)


# Answering


def test_an_answer_says_nothing_of_whom_or_when_it_is():
    wave = make_wave()
    invitation = wave.invitations.first()

    assert answered(invitation)

    (answer,) = WaveAnswer.objects.values()
    assert set(answer) == {"id", "wave_id", "leadership", "sustainment"}
    assert answer["id"].version == 4, "drawn at random"
    assert {field.name for field in apps.get_model("assessments", "WaveInvitation")._meta.get_fields()} == {
        "id",
        "wave",
        "email",
        "language",
        "answered",
        "withdrawn_on",
        "messages",
    }


def test_f06_a_link_is_used_once_also_by_two_who_had_read_it_unused():
    wave = make_wave()
    first, second = (WaveInvitation.objects.get(pk=wave.invitations.first().pk) for _time in range(2))

    assert [answered(first), answered(second)] == [True, False]

    assert wave.answers.count() == 1


def test_if_the_answer_cannot_be_kept_the_link_is_not_used(monkeypatch):
    wave = make_wave()
    invitation = wave.invitations.first()
    monkeypatch.setattr(WaveAnswer.objects, "create", lambda **_fields: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        answered(invitation)

    invitation.refresh_from_db()
    assert not invitation.answered


@pytest.mark.parametrize(("at", "taken"), [("2026-12-09T23:59", True), ("2026-12-10T00:00", False)])
def test_the_last_day_is_one_of_oslo(clock, at, taken):
    wave = make_wave(closes_on=date(2026, 12, 9))
    clock.move_to(oslo(at))

    assert answered(wave.invitations.first()) is taken


def test_whose_invitation_was_taken_back_cannot_answer_and_whose_answer_was_in_stays_in():
    wave = make_wave(people=6)
    make_answers(wave, 2, 2, 2, 2, 2)
    leader = wave.leader
    of_answer, of_none = wave.invitations.filter(answered=True).first(), wave.invitations.get(answered=False)

    for invitation in (of_answer, of_none):
        assert waves.take_back(invitation, by=leader, on=date(2026, 11, 25))
        invitation.refresh_from_db()

    assert not answered(of_none)
    waves.close(wave, at=timezone.now())
    wave.refresh_from_db()
    assert wave.leadership.answers == 5
    events = AuditEvent.objects.filter(code="wave.invitation_taken_back")
    assert [(event.object_kind, event.object_id, event.details) for event in events] == [("wave", str(wave.pk), {})] * 2


# Closing


def test_closing_keeps_the_means_and_deletes_the_answers():
    wave = make_closed_wave(None, {"supportive": 4, "press": 1}, 2, 2, {"proactive": 1}, 2, 1, people=9, minimum=4)

    assert not WaveAnswer.objects.exists()
    rating = wave.leadership
    assert (rating.answers, rating.minimum, rating.invited) == (6, 4, 9)
    assert (rating.version, rating.wording, rating.rated_on) == (ILS.version, "paraphrase", date(2026, 11, 25))
    assert rating.supportive == Decimal("2.1666666667")
    assert rating.proactive == Decimal("1.6666666667")
    assert (rating.bounded, rating.differs) == ({}, False)
    assert wave.sustainment.mean == Decimal("1.6666666667")
    assert wave.sustainment.version == PRESS.version


def test_a_mean_too_near_an_end_is_kept_as_its_bound():
    rating = make_closed_wave(None, *[{"supportive": 4, "proactive": 0}] * 5).leadership

    assert rating.bounded == {"supportive": "most", "proactive": "least"}
    assert rating.supportive == Decimal("3.1333333333")
    assert rating.proactive == Decimal("0.8666666667")
    assert waves.means_of(rating, ["knowledgeable"])["knowledgeable"].figure == Fraction(2)


def test_below_the_minimum_nothing_is_kept_at_all():
    wave = make_closed_wave(None, 2, 2, 2, 2, people=7)

    assert (wave.leadership, wave.sustainment) == (None, None)
    assert not WaveAnswer.objects.exists()
    assert not LeadershipRating.objects.exists()
    assert not SustainmentRating.objects.exists()


def test_figures_of_each_instrument_are_of_those_who_answered_it_whole():
    wave = make_wave(people=6)
    for invitation in wave.invitations.order_by("pk")[:5]:
        assert answered(invitation)
    assert answered(wave.invitations.order_by("pk")[5], sustainment={"routine": 4})

    waves.close(wave, at=timezone.now())

    assert LeadershipRating.objects.get().answers == 6
    assert (SustainmentRating.objects.get().answers, SustainmentRating.objects.get().mean) == (5, 2)


def test_the_clock_closes_at_the_end_of_the_last_day_and_once(clock):
    wave = make_wave(closes_on=date(2026, 12, 9), people=5)
    make_answers(wave, 2, 2, 2, 2, 2)
    closed = {}
    for moment in ("2026-12-09T23:59", "2026-12-10T00:00", "2026-12-10T00:01"):
        clock.move_to(oslo(moment))
        closed[moment] = waves.close_due(timezone.now())

    assert list(closed.values()) == [0, 1, 0]
    assert LeadershipRating.objects.count() == 1
    assert AuditEvent.objects.get(code="wave.closed").actor is None


def test_closing_twice_at_once_makes_one_result():
    wave = make_wave(people=5)
    make_answers(wave, 2, 2, 2, 2, 2)
    stale = Wave.objects.get(pk=wave.pk)

    assert [waves.close(wave, at=timezone.now()), waves.close(stale, at=timezone.now())] == [True, False]
    assert LeadershipRating.objects.count() == 1


def test_after_the_closing_nobody_can_answer():
    wave = make_closed_wave(None, 2, 2, 2, 2, 2, people=6)

    assert not answered(wave.invitations.get(answered=False))
    assert not WaveAnswer.objects.exists()


def test_a_result_typed_in_of_the_same_day_does_not_stop_the_closing():
    service = make_service()
    make_leadership_rating(service, rated_on=date(2026, 11, 25))

    wave = make_closed_wave(service, 2, 2, 2, 2, 2)

    assert wave.leadership.rated_on == date(2026, 11, 24)


# Not two results so near each other that they can be subtracted


@pytest.mark.parametrize(("days", "again"), [(0, date(2027, 1, 24)), (59, date(2027, 1, 24)), (60, None)])
def test_the_next_wave_waits_sixty_days_after_a_result(days, again):
    service = make_closed_wave(None, 2, 2, 2, 2, 2).service

    assert waves.opens_again(service, on=date(2026, 11, 25) + timedelta(days=days)) == again


def test_after_a_wave_that_showed_nothing_another_may_be_opened_at_once():
    service = make_closed_wave(None, 2, 2, people=5).service

    assert waves.opens_again(service, on=date(2026, 11, 25)) is None


# Words and links


def enter(service, instrument, language, *, leave_out=()):
    for item in set(instrument.items) - set(leave_out):
        OfficialText.objects.create(
            service=service,
            instrument=instrument.key,
            version=instrument.version,
            language=language,
            item=item,
            text=f"EXACT {item} {language}",
        )


@pytest.mark.parametrize(
    ("entered", "leave_out", "offered", "wording"),
    [
        ((), (), ["en", "nb"], "paraphrase"),
        (("nb",), (), ["nb"], "official"),
        (("nb", "en"), (), ["en", "nb"], "official"),
        (("nb",), ("plan",), ["en", "nb"], "paraphrase"),
        (("en",), (), ["en", "nb"], "paraphrase"),
    ],
)
def test_it_is_official_only_where_everybody_read_the_exact_words(entered, leave_out, offered, wording):
    service = make_service()
    for language in entered:
        enter(service, ILS, language, leave_out=leave_out)
    wave = make_wave(service, language="nb", people=5)
    OfficialText.objects.all().delete()  # what is changed later changes nothing

    assert sorted(waves.languages(wave, "nb")) == offered
    make_answers(wave, 2, 2, 2, 2, 2)
    waves.close(wave, at=timezone.now())

    assert LeadershipRating.objects.get().wording == wording
    assert SustainmentRating.objects.get().wording == "paraphrase"


def test_a_link_is_the_same_each_time_and_holds_for_us_alone():
    wave = make_wave()
    first, second = wave.invitations.order_by("pk")[:2]

    assert waves.token(first) == waves.token(first) != waves.token(second)
    assert waves.read(waves.token(first)) == first
    signature = waves.token(first).partition(":")[2]
    payload = waves.token(second).partition(":")[0]
    for wrong in (f"{payload}:{signature}", waves.token(first)[:-1], "x", "", "::"):
        assert waves.read(wrong) is None


def test_who_was_asked_is_forgotten_half_a_year_after_the_closing():
    wave = make_closed_wave(None, 2, 2, 2, 2, 2)
    closed = wave.closed_at

    assert waves.forget_addresses(closed + timedelta(days=179)) == 0
    assert waves.forget_addresses(closed + timedelta(days=180)) == 5
    assert not wave.invitations.exists()
    assert LeadershipRating.objects.exists()


def test_they_are_reminded_once():
    wave = make_wave()
    leader = wave.leader
    today = date(2026, 11, 25)

    assert [waves.remind(wave, by=leader, on=today), waves.remind(wave, by=leader, on=today)] == [True, False]

    other = make_wave(make_leader().service, remind_on=today + timedelta(days=3))
    assert waves.remind(other, by=other.leader, on=today), "now instead of on the day that was set"
    assert not waves.remind(other, by=other.leader, on=today + timedelta(days=3))
