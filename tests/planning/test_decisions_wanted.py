"""Decisions wanted of the next level: asked, answered in one click, changed, taken back; and what follows from each."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.access import Permission, may
from accounts.models import AuditEvent, Role
from planning import decisions_wanted
from planning.decisions_wanted import AskedAlready, NotOpen
from planning.lateness import GRACE_DAYS
from planning.models import Confirmation, Decision, DecisionWanted
from planning.risks import assess
from planning.risks.answer import Status
from planning.snapshots import take_snapshot
from planning.standing import standing
from planning.wording.entries import TEXTS
from tests.factories import (
    make_decision_wanted,
    make_leader,
    make_member,
    make_service,
    make_sponsor,
    make_user,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
Subject, Answer = DecisionWanted.Subject, DecisionWanted.Answer


@pytest.fixture
def service():
    return make_service("f")


@pytest.fixture
def leader(service):
    return make_leader(service)


@pytest.fixture
def sponsor(service):
    return make_sponsor(service)


def ask(leader, subject=Subject.PRIORITY, *, on=TODAY, **fields) -> DecisionWanted:
    question = DecisionWanted(subject=subject, question="Yes or no?", wanted_by=on + 14 * DAY, **fields)
    return decisions_wanted.ask(question, by=leader, on=on)


def answer(question, given, by, on=TODAY, **words) -> DecisionWanted:
    return decisions_wanted.answer(question, given, by=by, on=on, **words)


def status_of(service, key: str, on=TODAY) -> Status:
    return next(one.status for one in assess(take_snapshot(service, on)) if one.key == key)


def trail() -> list[str]:
    return list(AuditEvent.objects.exclude(code="session.started").order_by("pk").values_list("code", flat=True))


def send(client, question, given: str, **data):
    """Press one of the buttons on the first page, as its form would send it."""
    page = document(client.get("/services/f/"))
    (form,) = page.xpath(f"//form[@action='/services/f/record/decisions-wanted/{question.pk}/answer/']")
    return client.post(form.get("action"), dict(form.form_values()) | {"answer": given} | data)


# ------------------------------------------------------------------------------------------------
# The two that the catalogue reads
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "confirmed"), [(Answer.YES, True), (Answer.NO, False)])
def test_the_priority_is_one_row_from_the_question_to_its_answer(leader, sponsor, given, confirmed):
    question = ask(leader, on=TODAY - 9 * DAY)

    (asked,) = Confirmation.objects.all()
    assert (asked.asked_on, asked.answered_on, asked.confirmed) == (TODAY - 9 * DAY, None, None)

    answer(question, given, sponsor)

    (answered,) = Confirmation.objects.all()
    assert answered.pk == asked.pk
    assert (answered.asked_on, answered.answered_on, answered.confirmed) == (TODAY - 9 * DAY, TODAY, confirmed)


def test_an_asked_question_counts_as_asked_and_its_answer_as_given(service, leader, sponsor):
    long_ago = TODAY - 400 * DAY
    question = ask(leader, on=long_ago)
    assert status_of(service, "leader-unbacked") is Status.FLAGGED

    answer(question, Answer.YES, sponsor)

    assert status_of(service, "leader-unbacked") is Status.CLEAR


def test_a_yes_to_going_on_is_a_decision_without_a_basis(service, leader, sponsor):
    answer(ask(leader, Subject.CONTINUE), Answer.YES, sponsor, words="Until 2028.")

    decision = Decision.objects.get()
    assert (decision.kind, decision.decided_by, decision.decided_on) == ("continue", "next_level", TODAY)
    assert (decision.text, decision.basis, decision.patients) == ("Until 2028.", "", None)
    assert decision.question.answer == "yes"
    assert status_of(service, "undecided-future") is Status.CLEAR


def test_a_no_to_going_on_stops_nothing_until_the_leader_records_it(service, leader, sponsor):
    question = answer(ask(leader, Subject.CONTINUE), Answer.NO, sponsor)
    assert not Decision.objects.exists()
    assert decisions_wanted.wants_stop(question)

    decisions_wanted.record_stop(question, by=leader)

    decision = Decision.objects.get()
    assert (decision.kind, decision.decided_by, decision.decided_on) == ("stop", "next_level", TODAY)
    with pytest.raises(ValidationError):
        decisions_wanted.record_stop(question, by=leader)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("subject", [Subject.MONEY, Subject.OTHER])
def test_other_answers_are_only_kept(leader, sponsor, subject):
    question = answer(ask(leader, subject), Answer.YES, sponsor, words=" Half a post. ")

    assert (question.answer, question.words, question.answered_on) == ("yes", "Half a post.", TODAY)
    assert not Decision.objects.exists()
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("subject", Subject.values)
def test_wanting_to_talk_keeps_it_open(service, leader, sponsor, subject):
    question = answer(ask(leader, subject), Answer.TALK, sponsor)

    assert question.is_open
    assert list(service.decisions_wanted.open()) == [question]
    assert not Decision.objects.exists()
    assert not Confirmation.objects.filter(answered_on__isnull=False).exists()
    later = answer(question, Answer.YES, sponsor, on=TODAY + 3 * DAY)
    assert (later.answer, later.answered_on) == ("yes", TODAY + 3 * DAY)


def test_what_the_catalogue_reads_is_asked_once_at_a_time(leader, sponsor):
    first = ask(leader)
    with pytest.raises(AskedAlready):
        ask(leader)
    ask(leader, Subject.MONEY)
    ask(leader, Subject.MONEY)

    answer(first, Answer.NO, sponsor)

    assert ask(leader).is_open


# ------------------------------------------------------------------------------------------------
# Twice, too late, otherwise
# ------------------------------------------------------------------------------------------------


def test_of_two_who_answer_the_first_one_counts_and_the_second_is_told(leader, sponsor):
    question, other = ask(leader, Subject.CONTINUE), make_sponsor(leader.service, name="Bo Lie")
    answer(question, Answer.YES, sponsor)

    with pytest.raises(NotOpen, match=r"Siri Moe has answered this already, on 25 November 2026: Yes"):
        answer(question, Answer.NO, other)

    assert DecisionWanted.objects.get().answer == "yes"
    assert Decision.objects.count() == 1


def test_f06_the_same_answer_again_changes_nothing(leader, sponsor):
    question = ask(leader)
    answer(question, Answer.YES, sponsor)
    before = trail()

    answer(question, Answer.YES, sponsor)

    assert trail() == before


def test_an_answer_can_be_changed_the_same_day_with_all_that_followed(leader, sponsor):
    going_on, priority = ask(leader, Subject.CONTINUE), ask(leader)
    for question in (going_on, priority):
        answer(question, Answer.YES, sponsor)

    for question in (going_on, priority):
        answer(question, Answer.NO, sponsor)

    assert not Decision.objects.exists()
    assert Confirmation.objects.get().confirmed is False
    answer(priority, Answer.TALK, sponsor)
    assert (Confirmation.objects.get().confirmed, Confirmation.objects.get().answered_on) == (None, None)


def test_the_next_day_or_once_somebody_acted_on_it_an_answer_stands(leader, sponsor):
    money = answer(ask(leader, Subject.MONEY), Answer.YES, sponsor)
    going_on = answer(ask(leader, Subject.CONTINUE), Answer.NO, sponsor)
    decisions_wanted.record_stop(going_on, by=leader)

    with pytest.raises(NotOpen):
        answer(going_on, Answer.YES, sponsor)
    with pytest.raises(NotOpen):
        answer(money, Answer.NO, sponsor, on=TODAY + DAY)
    assert Decision.objects.get().kind == "stop"


def test_a_decision_that_the_leader_filled_in_is_not_taken_away_by_another_answer(leader, sponsor):
    question = answer(ask(leader, Subject.CONTINUE), Answer.YES, sponsor)
    Decision.objects.update(look_again_on=TODAY + 90 * DAY)

    with pytest.raises(NotOpen):
        answer(question, Answer.NO, sponsor)


def test_a_question_taken_back_is_neither_asked_nor_answered(service, leader, sponsor):
    question = ask(leader)

    decisions_wanted.take_back(question, by=leader, on=TODAY)
    decisions_wanted.take_back(question, by=leader, on=TODAY + DAY)

    question.refresh_from_db()
    assert question.withdrawn_on == TODAY
    assert not Confirmation.objects.exists()
    assert decisions_wanted.to_answer([sponsor], on=TODAY) == []
    with pytest.raises(NotOpen, match="taken back"):
        answer(question, Answer.YES, sponsor)


def test_an_answered_question_cannot_be_taken_back(leader, sponsor):
    question = answer(ask(leader), Answer.YES, sponsor)

    with pytest.raises(NotOpen):
        decisions_wanted.take_back(question, by=leader, on=TODAY)


# ------------------------------------------------------------------------------------------------
# Whose it is, and when it is late
# ------------------------------------------------------------------------------------------------


def test_a_question_to_somebody_is_theirs_until_they_have_left(service, leader, sponsor):
    other = make_sponsor(service, name="Bo Lie")
    question = ask(leader, Subject.MONEY, asked_of=other)

    assert decisions_wanted.to_answer([sponsor], on=TODAY) == []
    assert [one for _member, one in decisions_wanted.to_answer([other], on=TODAY)] == [question]

    other.leaves_on = TODAY - DAY
    other.save()

    assert [one for _member, one in decisions_wanted.to_answer([sponsor], on=TODAY)] == [question]


def test_s01_only_sponsors_decide(service, leader):
    ask(leader, Subject.MONEY)

    for role in Role.values:
        member = make_member(service, role=role)
        assert may(member, Permission.DECIDE) == (role == Role.SPONSOR)
        assert bool(decisions_wanted.to_answer([member], on=TODAY)) == (role == Role.SPONSOR)


@pytest.mark.parametrize(("days", "late"), [(0, False), (GRACE_DAYS, False), (GRACE_DAYS + 1, True)])
def test_b09_late_is_the_day_it_was_wanted_by_and_the_grace(days, late):
    question = make_decision_wanted(wanted_by=TODAY - days * DAY)

    assert question.is_late(TODAY) is late
    question.answer = Answer.TALK
    assert question.is_late(TODAY) is late
    question.answer = Answer.NO
    assert question.is_late(TODAY) is False


def test_s09_the_trail_says_who_asked_and_answered_and_nothing_of_the_words(leader, sponsor):
    question = ask(leader)
    answer(question, Answer.YES, sponsor, words="A secret word")

    assert trail() == ["record.added", "decision_wanted.asked", "record.changed", "decision_wanted.answered"]
    last = AuditEvent.objects.latest("pk")
    assert (last.actor, last.details) == (sponsor.user.audit_id, {"answer": "yes"})
    assert "secret" not in str(list(AuditEvent.objects.values()))


# ------------------------------------------------------------------------------------------------
# The pages
# ------------------------------------------------------------------------------------------------


def test_f04_a_sponsor_answers_in_one_click_and_can_change_it(leader, sponsor):
    question, client = ask(leader), client_of(sponsor)

    response = send(client, question, "yes")

    assert response.url == "/services/f/"
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == ("yes", sponsor)
    text = main_text(client.get("/services/f/"))
    assert "Saved: Yes. You can change the answer today." in text
    assert "You answered today: Yes" in text

    send(client, question, "no", words="Not this year")

    question.refresh_from_db()
    assert (question.answer, question.words) == ("no", "Not this year")


def test_f06_the_same_click_twice_is_one_answer(leader, sponsor):
    question, client = ask(leader), client_of(sponsor)
    page = document(client.get("/services/f/"))
    (form,) = page.xpath("//article//form")
    data = dict(form.form_values()) | {"answer": "yes"}

    client.post(form.get("action"), data)
    client.post(form.get("action"), data | {"answer": "no"})

    question.refresh_from_db()
    assert question.answer == "yes"
    assert trail().count("decision_wanted.answered") == 1


def test_the_second_sponsor_reads_what_the_first_one_said(leader, sponsor):
    question = ask(leader, Subject.MONEY)
    late_comer = client_of(make_sponsor(leader.service, name="Bo Lie"))
    opened = document(late_comer.get("/services/f/")).xpath("//article//form")[0]
    answer(question, Answer.NO, sponsor)

    response = late_comer.post(opened.get("action"), dict(opened.form_values()) | {"answer": "yes"})

    assert "Siri Moe has answered this already" in main_text(response)
    question.refresh_from_db()
    assert question.answer == "no"


def test_a_sponsor_reads_why_in_words_of_themes_and_nothing_of_the_record(service, leader, sponsor):
    make_decision_wanted(service, subject="continue", question="May IMR go on?", asked_by=leader)

    text = main_text(client_of(sponsor).get("/services/f/"))

    assert "May IMR go on?" in text
    assert "Kari Nes asks" in text
    flagged = sum(entry.theme == 3 for entry in standing(service, TODAY).entries if entry.status is Status.FLAGGED)
    assert f"Long-term priorities now: {flagged} flagged" in text
    assert [entry.title for entry in TEXTS.values() if str(entry.title) in text] == []
    assert client_of(sponsor).get("/services/f/record/decisions-wanted/").status_code == 403


def test_r02_a_sponsor_of_several_services_reads_everything_in_one_place_with_as_many_queries():
    user, queries = make_user(), []
    for services in (3, 12):
        while (there := user.memberships.count()) < services:
            sponsor = make_sponsor(make_service(), user=user)
            make_decision_wanted(sponsor.service, subject="priority", question=f"Is it a priority, {there}?")
        client = client_of(sponsor)

        with CaptureQueriesContext(connection) as asked:
            text = main_text(client.get("/"))

        queries.append(len(asked))
        assert text.count("Yes No Let us talk about it") == services
    assert queries[0] == queries[1]


def test_answering_from_several_services_leads_back_to_all_of_them(leader, sponsor):
    question = ask(leader, Subject.MONEY)
    make_sponsor(make_service("g"), user=sponsor.user)

    response = client_of(sponsor).post(f"/services/f/record/decisions-wanted/{question.pk}/answer/", {"answer": "talk"})

    assert response.url == "/"
    assert "Siri Moe wants to talk about it, said on Wed 25 Nov." in main_text(client_of(sponsor).get("/"))


def test_the_leader_asks_reads_the_answers_and_records_one_given_in_a_talk(service, leader, sponsor):
    client = client_of(leader)
    client.post(
        "/services/f/record/decisions-wanted/new/",
        {"subject": "money", "question": "Will the half post stay?", "wanted_by": "2026-12-09", "asked_of": sponsor.pk},
    )
    question = DecisionWanted.objects.get()
    assert (question.asked_of, question.asked_by, question.asked_on) == (sponsor, leader, TODAY)
    assert "Will the half post stay?" in main_text(client.get("/services/f/record/decisions-wanted/"))

    address = f"/services/f/record/decisions-wanted/{question.pk}/answered/"
    wrong = client.post(address, {"answer": "yes", "answered_on": "2026-11-24"})
    assert "Give a day from the one on which you asked until today." in main_text(wrong)
    client.post(address, {"answer": "yes", "answered_on": "2026-11-25", "words": "In the corridor"})

    text = main_text(client.get("/services/f/record/decisions-wanted/"))
    assert "Yes on 25 November 2026 · recorded by Kari Nes" in text
    assert "“In the corridor”" in text


def test_the_list_tells_open_answered_and_taken_back_and_what_to_do(service, leader):
    make_decision_wanted(service, question="Late one?", wanted_by=TODAY - 9 * DAY)
    no = make_decision_wanted(
        service, subject="continue", question="Go on?", answer="no", answered_on=TODAY, answered_by=leader
    )
    make_decision_wanted(service, question="Taken back?", withdrawn_on=TODAY)

    page = client_of(leader).get("/services/f/record/decisions-wanted/")

    text = main_text(page)
    assert text.index("Late one?") < text.index("Answered") < text.index("Go on?") < text.index("Taken back?")
    assert "Late since Mon 16 Nov" in text
    assert f"/services/f/record/decisions-wanted/{no.pk}/stop/" in page.content.decode()


def test_the_word_of_the_next_level_is_not_given_past_its_open_question(service, leader, sponsor):
    question, client = ask(leader), client_of(leader)
    address = f"/services/f/record/next-level/{question.confirmation.pk}/"
    listed = client.get("/services/f/record/next-level/")
    assert "see “Decisions wanted”" in main_text(listed)
    assert address not in listed.content.decode()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}remove/").status_code == 404

    answer(question, Answer.YES, sponsor)

    assert client.get(address).status_code == 200
