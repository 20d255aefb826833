"""Whatever is rendered of a wave is the same for other answers that come to the same, and for other people answering.

`test_published_means.py` finds for everybody's answer another one that would have been published the same. Here two
such teams live through the same wave, and everything that anybody can open of it is compared.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import waves
from assessments.instruments import ILS
from assessments.models import WaveInvitation
from assessments.published_means import published
from planning import mailing, reminders
from planning.models import Message
from tests.assessments.test_published_means import other_worlds, teams
from tests.factories import make_service, make_wave
from tests.planning.site import client_of, make_people, page

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock"), pytest.mark.timeout(600)]

WAVE, LEADERSHIP = "assessments/waves/{wave}/", "assessments/leadership/"
PAGES = {  # a leader opens everything; of the others' pages those on which something of it stands
    "leader": (
        "",
        LEADERSHIP,
        "assessments/waves/",
        WAVE,
        "assessments/waves/{wave}/close/",
        "standing/",
        "standing/leader-unconvinced/",
        "standing/self-image-gap/",
        "outbox/",
        "audit/",
    ),
    "stand_in": (WAVE,),
    "adviser": (LEADERSHIP, WAVE),
    "practitioner": ("", LEADERSHIP, WAVE),
    "sponsor": ("",),
}
SHEETS = ("assessments/waves/csv/", "assessments/leadership/csv/")


def everything(service, wave, people) -> dict[tuple, str]:
    """What each role is shown on every page and in every file, with what the link and the mail say."""
    found = {}
    for role, names in PAGES.items():
        client = client_of(people[role])
        for name in names:
            response = client.get(f"/services/{service.key}/{name.format(wave=wave.pk)}")
            found[role, name] = f"{response.status_code} {page(response)}"
    leader = client_of(people["leader"])
    for name in SHEETS:
        found["leader", name] = leader.post(f"/services/{service.key}/{name}").content.decode()
    return found


class Undone(Exception):
    """The world is put back."""


def lived_through(service, people, answers, *, who, taken_back, early) -> tuple[dict, dict, dict]:
    """What is seen while it is open, after it closed, and by those who were asked; then nothing of it is left."""
    seen = []
    try:
        with transaction.atomic():
            opened, today = timezone.now() - timedelta(days=20), timezone.localdate()
            wave = make_wave(
                service,
                emails=[f"a{one}@example.org" for one in range(len(answers) + 2)],
                minimum=3,
                at=opened,
                closes_on=today + timedelta(days=5 if early else -1),
            )
            invitations = list(wave.invitations.order_by("pk"))
            for place, given_answers in zip(who, answers, strict=True):
                assert waves.answer(invitations[place], leadership=given_answers, sustainment={}, at=opened)
            for place in taken_back:
                waves.take_back(invitations[place], by=people["leader"], on=today)
            seen.append(everything(service, wave, people))
            if early:
                waves.close(wave, at=timezone.now(), by=people["leader"])
            else:
                waves.close_due(timezone.now())
            waves.reply(wave, text="Thank you.", by=people["leader"], on=today)
            seen.append(everything(service, wave, people))
            reminders.plan_due(timezone.now())
            seen.append(told(wave))
            raise Undone
    except Undone:
        return tuple(seen)


def told(wave) -> dict[tuple, str]:
    """What the links show and the mail says, but for whether one has answered oneself."""
    found = {}
    client = Client()
    for invitation in WaveInvitation.objects.filter(withdrawn_on__isnull=True).order_by("pk")[:4]:
        response = client.get(f"/answer/{waves.token(invitation)}/")
        found["link", invitation.pk] = page(response).replace("Thank you for answering. ", "")
        mail = Message.objects.filter(kind=Message.Kind.WAVE_RESULT, invitation=invitation).first()
        if mail:
            composed = mailing.compose(mail, at=timezone.now())
            found["mail", invitation.pk] = composed.subject + composed.body + composed.alternatives[0][0]
    return found


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(team=teams(), data=st.data())
def test_everything_anybody_opens_is_the_same_for_answers_that_come_to_the_same(team, data):
    counted = [one for one in team if published([one] * 3, ILS, minimum=3)][:12]
    result = published(counted, ILS, minimum=3)
    if result is None:
        counted = counted or [dict.fromkeys(ILS.items, 2)]
        other = [dict.fromkeys(ILS.items, 4)] * len(counted)  # nothing is shown: any answers will do
    else:
        viewer = data.draw(st.sampled_from([None, *range(len(counted))]))
        who = data.draw(st.sampled_from([place for place in range(len(counted)) if place != viewer]))
        subscale = data.draw(st.sampled_from(ILS.subscales))
        worlds = other_worlds(counted, who, viewer, subscale)
        other = next(one for one in worlds if one != counted and published(one, ILS, minimum=3) == result)
    places = list(range(len(counted) + 2))
    first, second = (data.draw(st.permutations(places))[: len(counted)] for _world in range(2))
    taken_back = data.draw(st.lists(st.sampled_from(places), max_size=2, unique=True))
    early = data.draw(st.booleans())
    with transaction.atomic():
        service = make_service("f")
        people = make_people(service)
        one_world = lived_through(service, people, counted, who=first, taken_back=taken_back, early=early)
        other_world = lived_through(service, people, other, who=second, taken_back=taken_back, early=early)
        transaction.set_rollback(True)

    for seen, seen_otherwise in zip(one_world[:2], other_world[:2], strict=True):
        assert seen == seen_otherwise
    both = one_world[2].keys() & other_world[2].keys()
    assert {key: one_world[2][key] for key in both} == {key: other_world[2][key] for key in both}
    assert both


def test_the_comparison_would_notice_another_result():
    """The test above compares something: another mean shows."""
    service = make_service("f")
    people = make_people(service)
    two, three = ([dict.fromkeys(ILS.items, step)] * 5 for step in (2, 3))

    one_world = lived_through(service, people, two, who=range(5), taken_back=[], early=True)
    other_world = lived_through(service, people, three, who=range(5), taken_back=[], early=True)

    assert one_world[0] == other_world[0], "while it is open nothing of it is seen"
    assert one_world[1]["leader", "assessments/leadership/"] != other_world[1]["leader", "assessments/leadership/"]
