"""A wave as the service sees it: opened with a sentence for what is wrong, watched without a count, closed."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import AuditEvent
from assessments import waves
from assessments.instruments import ILS, PRESS
from assessments.models import LeadershipRating, OfficialText, Wave
from tests.assessments.test_waves import enter
from tests.factories import (
    make_adviser,
    make_answers,
    make_closed_wave,
    make_leader,
    make_leadership_rating,
    make_own_leadership_rating,
    make_practitioner,
    make_service,
    make_stand_in,
    make_wave,
)
from tests.planning.site import client_of, main_text, oslo, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

HERE = "/services/f/assessments/waves/"
PEOPLE = [f"team{number}@example.org" for number in range(5)]
GOOD = {"emails": "\n".join(PEOPLE), "language": "nb", "closes_on": "2026-12-09", "minimum": "5"}


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


def errors(response) -> dict[str, str]:
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


# Opening


@pytest.mark.parametrize("who", [make_leader, make_stand_in, make_adviser])
def test_whoever_runs_it_opens_it_about_the_leader(who):
    service = make_service("f")
    leader = make_leader(service)
    member = leader if who is make_leader else who(service)

    response = client_of(member).post(f"{HERE}new/", GOOD | {"remind_on": "2026-12-02"}, follow=True)

    wave = Wave.objects.get()
    assert (wave.leader, wave.opened_by, wave.minimum, wave.invited) == (leader, member, 5, 5)
    assert (wave.closes_on, wave.remind_on) == (date(2026, 12, 9), date(2026, 12, 2))
    assert sorted(wave.invitations.values_list("email", "language")) == [(email, "nb") for email in PEOPLE]
    assert "Open until 9 December 2026. 5 people were asked." in main_text(response)
    assert AuditEvent.objects.get().code == "wave.opened"


@pytest.mark.parametrize("written", ["; ".join(PEOPLE), "\r\n\r\n".join(f"  <{one}> " for one in PEOPLE)])
def test_addresses_are_cleaned(leader, written):
    client_of(leader).post(f"{HERE}new/", GOOD | {"emails": written})

    assert sorted(Wave.objects.get().invitations.values_list("email", flat=True)) == PEOPLE


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"emails": "\n".join([*PEOPLE, "kari nes"])}, "emails", "This is not an e-mail address: kari nes."),
        ({"emails": "\n".join([*PEOPLE, "Team1@example.org"])}, "emails", "Team1@example.org stands there twice."),
        ({"emails": PEOPLE[0], "minimum": "3"}, "emails", "from 2 to 60 addresses"),
        ({"emails": "\n".join(f"p{n}@example.org" for n in range(61))}, "emails", "from 2 to 60 addresses"),
        ({"emails": "\n".join(PEOPLE[:4])}, "emails", "You ask 4 people, and nothing is shown of fewer than 5."),
        ({"emails": ""}, "emails", "one on each line"),
        ({"minimum": "2"}, "minimum", "Choose one of the answers shown"),
        ({"minimum": ""}, "minimum", "Choose the smallest number"),
        (
            {"closes_on": "2026-11-25"},
            "closes_on",
            "between 26 November 2026, the next working day, and 24 January 2027",
        ),
        ({"closes_on": "2027-01-25"}, "closes_on", "the next working day, and 24 January 2027"),
        ({"remind_on": "2026-12-10"}, "remind_on", "the next working day, and the last day"),
    ],
)
def test_f09_what_is_wrong_is_said_and_nothing_is_opened(leader, wrong, field, words):
    response = client_of(leader).post(f"{HERE}new/", GOOD | wrong)

    assert words in errors(response)[field]
    assert not Wave.objects.exists()


@pytest.mark.parametrize("field", ["closes_on", "remind_on"])
def test_m03_no_day_is_taken_before_which_no_mail_leaves(leader, clock, field):
    clock.move_to(oslo("2026-11-27T17:30"))

    response = client_of(leader).post(f"{HERE}new/", GOOD | {field: "2026-11-29"})

    assert "30 November 2026, the next working day" in errors(response)[field]
    assert not Wave.objects.exists()


def test_the_leader_is_not_asked_about_the_leader(leader):
    response = client_of(leader).post(
        f"{HERE}new/", GOOD | {"emails": f"{GOOD['emails']}\n{leader.user.email.upper()}"}
    )

    assert "the leader's own address" in errors(response)["emails"]


def test_of_two_leaders_one_says_whom_it_is_about_and_without_one_nobody_is_asked():
    service = make_service("f")
    adviser = client_of(make_adviser(service))
    assert "no leader in post" in errors(adviser.post(f"{HERE}new/", GOOD))["__all__"]
    make_leader(service)
    other = make_leader(service, name="Bo Li")
    assert "Choose the leader" in errors(adviser.post(f"{HERE}new/", GOOD))["leader"]

    adviser.post(f"{HERE}new/", GOOD | {"leader": other.pk})

    assert Wave.objects.get().leader == other


def test_a_second_one_is_refused_while_one_is_open_or_a_result_is_fresh(leader):
    client = client_of(leader)
    wave = make_wave(leader.service, people=5)
    assert "open already" in errors(client.post(f"{HERE}new/", GOOD))["__all__"]
    make_answers(wave, 2, 2, 2, 2, 2)
    waves.close(wave, at=timezone.now())

    assert "can be opened on 24 January 2027" in errors(client.post(f"{HERE}new/", GOOD))["__all__"]
    assert "can be opened on 24 January 2027" in main_text(client.get(f"{HERE}new/"))
    assert Wave.objects.count() == 1


# While it is open


def looks(client, wave, *pages) -> list[str]:
    return [page(client.get(f"{HERE}{wave.pk}/{one}")) for one in ("", *pages)]


def test_while_it_is_open_the_page_tells_enough_or_not_and_no_count(leader):
    wave = make_wave(leader.service, people=8)
    client = client_of(leader)
    seen = []
    for _person in range(7):
        seen.append(looks(client, wave, "close/"))
        make_answers(wave, 2)

    assert all(look == seen[0] for look in seen[:5])
    assert "Not enough have answered yet" in seen[4][0]
    assert all(look == seen[5] for look in seen[5:])
    assert "Enough have answered" in seen[5][0]


def test_enough_for_one_part_is_enough_as_something_will_be_shown(leader):
    wave = make_wave(leader.service, people=5)
    for invitation in wave.invitations.all():
        assert waves.answer(invitation, leadership={}, sustainment=dict.fromkeys(PRESS.items, 2), at=timezone.now())

    page_of_wave, closing = looks(client_of(leader), wave, "close/")

    assert "Enough have answered" in page_of_wave
    assert "nothing is shown" not in closing


@pytest.mark.parametrize("had_answered", [True, False])
def test_taking_an_invitation_back_looks_the_same_whether_it_was_answered_or_not(leader, had_answered):
    wave = make_wave(leader.service, emails=[f"p{number}@example.org" for number in range(8)])
    make_answers(wave, 2, 2, 2, 2, 2, 2)
    invitation = wave.invitations.get(email="p0@example.org" if had_answered else "p7@example.org")
    client = client_of(leader)

    asked = main_text(client.get(f"{HERE}{wave.pk}/invitations/{invitation.pk}/take-back/"))
    response = client.post(f"{HERE}{wave.pk}/invitations/{invitation.pk}/take-back/", follow=True)

    assert asked.replace(invitation.email, "X").startswith(
        "Take the invitation back? X can then no longer answer and gets no more mail. If an answer has come in, it "
        "stays in the result; you are not told whether one has."
    )
    text = main_text(response)
    assert "Taken back." in text
    assert f"{invitation.email} taken back" in text
    assert "Enough have answered" in text
    assert client.get(f"{HERE}{wave.pk}/invitations/{invitation.pk}/take-back/").status_code == 404


def test_practitioners_see_that_it_is_open_and_not_who_was_asked(leader):
    wave = make_wave(leader.service)

    text = main_text(client_of(make_practitioner(leader.service)).get(f"{HERE}{wave.pk}/"))

    assert "6 people were asked" in text
    assert "@example.org" not in text
    assert "Close the survey" not in text


def test_a_reminder_goes_once(leader):
    wave = make_wave(leader.service)
    client = client_of(leader)

    client.post(f"{HERE}{wave.pk}/remind/")

    wave.refresh_from_db()
    assert wave.remind_on == date(2026, 11, 25)
    assert "Remind those" not in main_text(client.get(f"{HERE}{wave.pk}/"))
    assert "Once is enough" in errors(client.post(f"{HERE}{wave.pk}/remind/"))["__all__"]


def test_the_leadership_page_shows_the_open_survey_and_leads_to_it(leader):
    client = client_of(leader)
    assert "Ask the team" in main_text(client.get("/services/f/assessments/leadership/"))
    wave = make_wave(leader.service)

    response = client.get("/services/f/assessments/leadership/")

    assert "The team is being asked, until 9 December 2026." in main_text(response)
    assert f"{HERE}{wave.pk}/" in page(response)


# The result


def test_closing_by_hand_shows_the_result(leader):
    wave = make_wave(leader.service, people=6)
    make_answers(wave, *[{"supportive": 3, "proactive": 1}] * 5)
    client = client_of(leader)
    assert "kept as it is now" in main_text(client.get(f"{HERE}{wave.pk}/close/"))

    text = main_text(client.post(f"{HERE}{wave.pk}/close/", follow=True))

    assert "Closed on 25 November 2026. 5 of 6 invited answered." in text
    assert "the team sees most of “Supportive” (3.00 of 4) and least of “Proactive” (1.00)." in text
    assert "Support lies 1.50 above engagement" in text
    assert "This gap deserves a talk." in text
    assert "it does not show what anybody answered" in text
    assert "Asked in our own words" in text
    assert "Aarons and others 2014" in text
    assert "Moullin and others 2021" in text
    assert "Rate your own leadership to see it beside the team's" in text
    assert "2.39" not in text, "published figures hold for the exact words alone"


@pytest.mark.parametrize(("proactive", "talk"), [(1, False), (0, True)])
def test_the_gap_deserves_a_talk_above_one(leader, proactive, talk):
    steps = [{"supportive": 2, "proactive": proactive, "perseverant": 1}] * 4 + [
        {"supportive": 2, "proactive": 1, "perseverant": 1}
    ]
    wave = make_closed_wave(leader.service, *steps)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert ("This gap deserves a talk." in text) is (talk and "or more" not in text) or talk


def test_below_the_minimum_it_says_so_and_gives_no_count(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, people=9)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert "Fewer than 5 answered, so nothing is shown." in text
    assert "3" not in text.replace("Fewer than 5", "")
    assert "Fewer than 5 answered" in main_text(client_of(leader).get(HERE))


def test_a_bound_is_said_as_one_everywhere(leader):
    wave = make_closed_wave(leader.service, *[{"supportive": 4, "press": 0}] * 5)
    client = client_of(leader)

    text = main_text(client.get(f"{HERE}{wave.pk}/"))
    assert "3.13 or more" in text
    assert "0.87 or less" in text
    assert "2.28 or more" in text, "the total"
    assert "Supportive 3.13 or more" in main_text(client.get("/services/f/assessments/leadership/"))


def test_the_list_can_be_taken_out_and_the_figures_with_version_wording_and_n(leader):
    make_closed_wave(leader.service, *[{"supportive": 4, "proactive": 1}] * 5, people=8, minimum=4)

    lines = client_of(leader).post(f"{HERE}csv/").content.decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert "5 of 8 invited answered" in lines[1]
    rows = client_of(leader).post("/services/f/assessments/leadership/csv/").content.decode("utf-8-sig").splitlines()
    row = next(csv.DictReader(rows))
    means = [row[name] for name in ("Proactive", "Knowledgeable", "Supportive", "Supportive: limit", "Perseverant")]
    assert means == ["1.00", "2.00", "3.13", "this or more", "2.00"]
    assert (row["How many answered"], row["Version"], row["Wording"]) == ("5", "2014.1", "our own wording")


def test_earlier_results_stand_beside_it(leader):
    make_leadership_rating(leader.service, rated_on=date(2026, 5, 4), proactive=Decimal("1.23"))
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert "4 May 2026" in text
    assert "Proactive2.001.23" in text


def test_earlier_results_are_about_the_same_leader_and_of_enough_answers(leader):
    other = make_leader(leader.service)
    of_other = make_leadership_rating(leader.service, rated_on=date(2026, 3, 4), proactive=Decimal("1.11"))
    Wave.objects.create(
        service=leader.service,
        leader=other,
        closes_on=of_other.rated_on,
        closed_at=timezone.now() - timedelta(days=266),
        invited=9,
        leadership_version="2014.1",
        sustainment_version="2021.1",
        leadership=of_other,
    )
    make_leadership_rating(leader.service, rated_on=date(2026, 4, 4), proactive=Decimal("1.22"), answers=4)
    make_leadership_rating(leader.service, rated_on=date(2026, 5, 4), proactive=Decimal("1.33"))
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert wave.leader == leader
    assert "Proactive2.001.33" in text
    assert "1.11" not in text
    assert "1.22" not in text
    assert "The earlier results are of surveys about the same leader, or were typed in" in text


def test_four_limits_are_not_said_to_be_alike(leader):
    wave = make_closed_wave(leader.service, 4, 4, 4, 4, 4)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert "alike" not in text
    assert "The team rates each of the four sides of leading IMR at 3.13 or more of 4." in text


def test_four_sides_that_are_rated_the_same_are_said_to_be_alike(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert "The team rates all four sides of leading IMR alike: 2.00 of 4." in text


def test_published_figures_stand_beside_the_exact_words_alone(leader):
    for language in ("en", "nb"):
        enter(leader.service, ILS, language)
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert "Proactive2.002.05" in text
    assert "Asked in the exact words of the instrument." in text
    assert OfficialText.objects.exists()


def test_the_result_of_a_survey_made_here_can_neither_be_changed_nor_taken_out(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)
    client = client_of(leader)
    url = f"/services/f/assessments/leadership/{wave.leadership.pk}/"

    for method in (client.get, client.post):
        assert method(url).status_code == 404
        assert method(f"{url}remove/").status_code == 404
    assert url not in page(client.get("/services/f/assessments/leadership/"))
    assert f"{HERE}{wave.pk}/" in page(client.get("/services/f/assessments/leadership/"))
    assert LeadershipRating.objects.get().answers == 5


# Self beside team


def own_of(leader, *, days=0, shared=False, **means):
    today = timezone.localdate()
    figures = dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), Decimal(2)) | means
    return make_own_leadership_rating(
        leader, rated_on=today - timedelta(days=days), shared_on=today if shared else None, **figures
    )


@pytest.mark.parametrize(
    ("team", "own", "words"),
    [
        (2, "2.4", "agree that it is there"),
        (1, "1.4", "agree that it is missing"),
        (2, "2.5", "Staff see less of it than the leader does"),
        (2, "1.5", "Staff see more of it than the leader does"),
        (4, "3.5", "Too near the end of the scale to say more"),
    ],
)
def test_the_leader_sees_the_own_rating_beside_the_teams_with_its_label(leader, team, own, words):
    wave = make_closed_wave(leader.service, *[team] * 5)
    own_of(leader, **dict.fromkeys(("proactive", "knowledgeable", "supportive", "perseverant"), Decimal(own)))

    text = main_text(client_of(leader).get(f"{HERE}{wave.pk}/"))

    assert f"{Decimal(own):.2f}" in text
    assert words in text
    assert "Only you see your own rating here." in text


def test_f13_others_see_it_once_it_is_shared_and_the_link_never_does(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)
    own = own_of(leader, supportive=Decimal("3.77"))
    people = [make_stand_in(leader.service), make_practitioner(leader.service), make_adviser(leader.service)]

    assert not any("3.77" in page(client_of(one).get(f"{HERE}{wave.pk}/")) for one in people)
    own.shared_on = timezone.localdate()
    own.save()

    assert all("3.77" in page(client_of(one).get(f"{HERE}{wave.pk}/")) for one in people)
    link = client_of(leader).get(f"/answer/{waves.token(wave.invitations.first())}/")
    assert "3.77" not in page(link)


def test_an_own_rating_of_another_year_is_not_beside_it(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)
    own_of(leader, days=184, supportive=Decimal("3.77"))

    assert "3.77" not in page(client_of(leader).get(f"{HERE}{wave.pk}/"))


# The reply


def test_the_leader_replies_and_the_page_of_the_link_shows_it(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)
    client = client_of(leader)

    client.post(f"{HERE}{wave.pk}/reply/", {"reply": "We start with the rota."})

    link = client.get(f"/answer/{waves.token(wave.invitations.first())}/")
    for response in (client.get(f"{HERE}{wave.pk}/"), link):
        assert "We start with the rota." in main_text(response)
    assert client_of(make_adviser(leader.service)).get(f"{HERE}{wave.pk}/reply/").status_code == 403


def test_f12_no_national_id_in_a_reply(leader):
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2)

    response = client_of(leader).post(f"{HERE}{wave.pk}/reply/", {"reply": "15108695088 said so"})

    assert "national identity number" in errors(response)["reply"]
