"""The leader's month: choosing an act, doing it, looking back; and its pages."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts.models import AuditEvent
from planning import actions, leader_month
from planning.leader_month import AlreadyChosen, NotYet
from planning.leadership_acts import BEHAVIOURS
from planning.models import Action, LeaderAct
from planning.risks.answer import Status
from planning.standing import standing
from planning.wording.leader_acts import BANK, BY_CODE, MEANING, acts_for
from tests.factories import (
    at_noon,
    make_action,
    make_answer,
    make_conflict,
    make_leader,
    make_leader_act,
    make_leadership_rating,
    make_practitioner,
    make_review,
    make_service,
    make_stand_in,
)
from tests.planning.site import client_of, document, main_text

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
HERE = "/services/f/leader/"


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel("2026-11-25T09:30:00+01:00", tick=False):
        yield


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


# The bank


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_each_behaviour_has_at_least_five_acts_and_a_meaning(behaviour):
    assert len(acts_for(behaviour)) >= 5
    assert MEANING[behaviour]


def test_the_bank_is_sound():
    assert len(BY_CODE) == len(BANK)
    longest = Action._meta.get_field("title").max_length
    for language in ("en", "nb"):
        with translation.override(language):
            texts = [str(act.text) for act in BANK]
            assert len(set(texts)) == len(texts)
            assert all(text.endswith(".") and len(text) <= longest for text in texts)
    assert all(7 <= act.days <= 30 for act in BANK)
    assert all(len(act.code) <= LeaderAct._meta.get_field("code").max_length for act in BANK)


# The functions


@pytest.mark.django_db
def test_choosing_opens_an_action_of_the_leader_with_a_date(leader):
    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)

    action = act.action
    assert (act.service, act.month, act.code) == (leader.service, date(2026, 11, 1), "rota")
    assert (action.title, action.behaviour, action.owner) == (str(BY_CODE["rota"].text), "proactive", leader)
    assert (action.opened_on, action.due_on, action.moved_by) == (TODAY, TODAY + 14 * DAY, leader)
    codes = list(AuditEvent.objects.order_by("pk").values_list("code", flat=True))
    assert codes == ["action.opened", "leader_act.chosen"]


@pytest.mark.django_db
def test_one_act_a_month_is_enough(leader):
    leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)

    with pytest.raises(AlreadyChosen):
        leader_month.choose(BY_CODE["ask-each"], by=make_stand_in(leader.service), on=TODAY)
    assert Action.objects.count() == 1
    assert leader_month.choose(BY_CODE["ask-each"], by=leader, on=date(2026, 12, 1)).month == date(2026, 12, 1)


@pytest.mark.django_db
def test_one_that_was_dropped_leaves_room_for_another_and_stays_as_what_it_was(leader):
    first = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)
    actions.set_state(first.action, Action.State.DROPPED, by=leader, on=TODAY)
    assert leader_month.act_of_month(leader.service, on=TODAY) is None

    second = leader_month.choose(BY_CODE["ask-each"], by=leader, on=TODAY + DAY)

    first.refresh_from_db()
    assert (first.month, first.replaced_on, first.action.state) == (second.month, TODAY + DAY, "dropped")
    assert second.replaced_on is None
    assert leader_month.act_of_month(leader.service, on=TODAY) == second
    assert leader_month.earlier_acts(leader.service, on=date(2026, 12, 1)) == [second]
    actions.set_state(first.action, Action.State.OPEN, by=leader, on=TODAY + DAY)
    with pytest.raises(AlreadyChosen):
        leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY + DAY)
    assert leader_month.act_of_month(leader.service, on=TODAY) == second


@pytest.mark.django_db
def test_one_that_is_opened_again_is_the_act_of_its_month_again(leader):
    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)
    actions.set_state(act.action, Action.State.DROPPED, by=leader, on=TODAY)
    actions.set_state(act.action, Action.State.OPEN, by=leader, on=TODAY)

    assert leader_month.act_of_month(leader.service, on=TODAY) == act
    with pytest.raises(AlreadyChosen):
        leader_month.choose(BY_CODE["ask-each"], by=leader, on=TODAY)


@pytest.mark.django_db
def test_a_second_act_in_force_for_a_month_is_refused_by_the_database(leader):
    make_leader_act(leader.service, replaced_on=TODAY)
    make_leader_act(leader.service, replaced_on=TODAY)
    make_leader_act(leader.service)

    with pytest.raises(IntegrityError, match=r"one_leader_act_per_month|leaderact\.month"), transaction.atomic():
        make_leader_act(leader.service)


@pytest.mark.django_db
def test_the_one_just_dropped_is_not_offered_again_at_once(leader):
    offered = leader_month.offers(leader.service, "proactive", on=TODAY)
    act = leader_month.choose(offered[0], by=leader, on=TODAY)
    actions.set_state(act.action, Action.State.DROPPED, by=leader, on=TODAY)

    assert offered[0] not in leader_month.offers(leader.service, "proactive", on=TODAY)


@pytest.mark.django_db
def test_one_looks_back_in_the_next_month_and_may_correct_it(leader):
    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)
    with pytest.raises(NotYet):
        leader_month.look_back(act, LeaderAct.Helped.YES, by=leader, on=date(2026, 11, 30))

    leader_month.look_back(act, LeaderAct.Helped.YES, by=leader, on=date(2026, 12, 1))
    leader_month.look_back(act, LeaderAct.Helped.PARTLY, by=leader, on=date(2026, 12, 2))

    act.refresh_from_db()
    assert (act.helped, act.looked_at_on) == ("partly", date(2026, 12, 2))


@pytest.mark.django_db
def test_dated_acts_are_tagged_actions_of_leaders_answers_and_reviews(leader):
    service, per = leader.service, make_practitioner(leader.service)
    make_action(service, owner=leader, behaviour="supportive", opened_on=TODAY - 5 * DAY)
    make_action(service, owner=leader, behaviour="proactive", state="done", closed_on=TODAY - 2 * DAY)
    make_action(service, owner=leader, behaviour="proactive", state="dropped", closed_on=TODAY)
    make_action(service, owner=per, behaviour="knowledgeable")
    make_action(service, owner=leader)
    make_answer(make_conflict(per, released_on=TODAY - 9 * DAY), answered_on=TODAY - DAY, by=leader)
    make_review(service, closed_at=at_noon(TODAY - 8 * DAY), looked_at_outcomes=True)
    make_review(service)
    make_action(make_service(), behaviour="knowledgeable", owner=make_leader(make_service()))

    found = {(act.kind, act.on, act.behaviour) for act in leader_month.dated_acts(service, on=TODAY)}

    assert found == {
        ("opened", TODAY - 5 * DAY, "supportive"),
        ("done", TODAY - 2 * DAY, "proactive"),
        ("answered", TODAY - DAY, ""),
        ("held", TODAY - 8 * DAY, ""),
        ("held_with_outcomes", TODAY - 8 * DAY, ""),
    }


@pytest.mark.django_db
def test_a_chosen_act_is_a_dated_act_of_the_leader_in_passive_support(leader):
    conflict = make_conflict(make_practitioner(leader.service), released_on=TODAY - 20 * DAY)
    assert standing(leader.service, TODAY).entry("passive-support").status is Status.FLAGGED

    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)
    assert standing(leader.service, TODAY).entry("passive-support").status is Status.CLEAR

    later = TODAY + 59 * DAY
    assert standing(leader.service, later).entry("passive-support").status is Status.CLEAR
    assert standing(leader.service, later + DAY).entry("passive-support").status is Status.FLAGGED
    actions.set_state(act.action, Action.State.DONE, by=leader, on=later)
    assert standing(leader.service, later + DAY).entry("passive-support").status is Status.CLEAR
    assert not hasattr(conflict, "answer")


# The pages


def buttons(response) -> dict[str, dict]:
    """What each form of one button on the page would send, by its address."""
    return {
        form.get("action"): {one.get("name"): one.get("value") for one in form.xpath(".//input")}
        for form in document(response).xpath("//main//form[contains(@class, 'one-click')]")
    }


@pytest.mark.django_db
def test_f04_f06_an_act_is_chosen_with_one_click_and_once(leader):
    make_leadership_rating(leader.service, rated_on=TODAY - 30 * DAY)
    client = client_of(leader)
    offered = buttons(client.get(HERE))
    assert len(offered) == 3
    address, sent = next(iter(offered.items()))

    response = client.post(address, sent, follow=True)
    again = client.post(address, sent)

    assert response.redirect_chain == [(HERE, 302)]
    assert again.status_code == 302
    act = LeaderAct.objects.get()
    text = main_text(response)
    assert "Chosen. It is among your actions, by" in text
    assert act.action.title in text
    assert act.action.title in main_text(client.get("/services/f/"))
    assert list(buttons(response)) == [f"/services/f/actions/{act.action.pk}/done/?back={HERE}"]


@pytest.mark.django_db
def test_it_is_done_with_one_click_from_the_month(leader):
    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY - 3 * DAY)
    client = client_of(leader)
    ((address, sent),) = buttons(client.get(HERE)).items()

    response = client.post(address, sent, follow=True)

    act.action.refresh_from_db()
    assert (act.action.state, act.action.closed_on) == ("done", TODAY)
    assert response.redirect_chain == [(HERE, 302)]
    assert "Done Wed 25 Nov" in main_text(response)


@pytest.mark.django_db
def test_the_page_says_where_it_knows_it_from(leader):
    client = client_of(leader)

    nothing = main_text(client.get(HERE))
    make_action(leader.service, owner=leader, behaviour="proactive", opened_on=TODAY)
    from_acts = main_text(client.get(HERE))
    make_leadership_rating(leader.service, rated_on=TODAY - 30 * DAY)
    from_rating = main_text(client.get(HERE))

    assert "Which side shows least is not known" in nothing
    assert "Perseverant is the side that shows least: 0 dated acts in the last 90 days." in from_acts
    assert "As little shows of: knowledgeable and supportive." in from_acts
    assert "is the side that staff see least of:" in from_rating
    assert "Rated by staff, 0 to 4" in from_rating


@pytest.mark.django_db
@pytest.mark.parametrize("helped", LeaderAct.Helped.values)
def test_f04_the_next_month_first_asks_whether_it_helped(leader, helped):
    act = make_leader_act(leader.service)
    client = client_of(leader)
    opened = document(client.get(HERE))
    assert opened.xpath("//main//h2")[0].text_content() == "Looking back: did it help?"
    (form,) = opened.xpath("//main//form[.//button[@name='helped']]")
    sent = {one.get("name"): one.get("value") for one in form.xpath(".//input")}

    response = client.post(form.get("action"), sent | {"helped": helped}, follow=True)

    act.refresh_from_db()
    assert (act.helped, act.looked_at_on) == (helped, TODAY)
    text = main_text(response)
    assert "did it help?" not in text
    assert act.get_helped_display() in text


@pytest.mark.django_db
def test_the_oldest_that_nobody_looked_back_on_is_asked_first(leader):
    make_leader_act(leader.service, code="ask-each")
    older = make_leader_act(leader.service, month=date(2026, 8, 1))

    (form,) = document(client_of(leader).get(HERE)).xpath("//main//form[.//button[@name='helped']]")

    assert form.get("action") == f"{HERE}{older.pk}/looking-back/"


@pytest.mark.django_db
def test_this_month_cannot_be_looked_back_on_yet(leader):
    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)

    response = client_of(leader).post(f"{HERE}{act.pk}/looking-back/", {"helped": "yes"})

    assert "Look back on it in the next one." in main_text(response)
    act.refresh_from_db()
    assert act.helped == ""


@pytest.mark.django_db
def test_practitioners_see_the_act_as_any_action_and_nothing_of_the_looking_back(leader):
    make_leader_act(leader.service, helped="no", looked_at_on=TODAY)
    client = client_of(make_practitioner(leader.service))

    listed = client.get("/services/f/actions/")

    assert "The leader's month, October 2026" in main_text(listed)
    assert document(listed).xpath(f"//main//a[@href='{HERE}']") == []
    assert client.get(HERE).status_code == 403
    for address in ("/services/f/", "/services/f/actions/?show=closed"):
        assert "It did not help" not in main_text(client.get(address))


@pytest.mark.django_db
def test_the_first_page_asks_for_an_act_until_one_is_chosen(leader):
    client = client_of(leader)
    asked = "No act of yours is chosen for this month."

    before = main_text(client.get("/services/f/"))
    leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)
    after = main_text(client.get("/services/f/"))

    assert asked in before
    assert asked not in after


@pytest.mark.django_db
def test_f04_another_act_is_chosen_when_the_first_was_dropped(leader):
    act = leader_month.choose(BY_CODE["rota"], by=leader, on=TODAY)
    actions.set_state(act.action, Action.State.DROPPED, by=leader, on=TODAY)
    client = client_of(leader)
    assert "No act of yours is chosen for this month." in main_text(client.get("/services/f/"))
    offered = buttons(client.get(HERE))
    assert len(offered) == 3
    address, sent = next(iter(offered.items()))

    response = client.post(address, sent, follow=True)

    chosen = LeaderAct.objects.get(replaced_on__isnull=True)
    assert chosen != act
    assert "Chosen. It is among your actions, by" in main_text(response)
    assert chosen.action.title in main_text(response)
    assert "No act of yours is chosen for this month." not in main_text(client.get("/services/f/"))
    text = main_text(client.get("/services/f/actions/?show=closed"))
    assert act.action.title in text
    assert "The leader's month, November 2026" in text


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["no-such-act", "x" * 60])
def test_an_act_that_is_not_in_the_bank_is_not_found(leader, code):
    client = client_of(leader)

    assert client.get(f"{HERE}choose/{code}/").status_code == 404
    assert client.post(f"{HERE}choose/{code}/", {}).status_code == 404
    assert not LeaderAct.objects.exists()
