"""Whatever is rendered of a wave is the same for other answers that come to the same, and for other people answering.

`test_published_means.py` finds for everybody's answer another one that would have been published the same. Here two
such teams live through the same wave, and everything that anybody can open of it is compared.
"""

from datetime import timedelta
from itertools import permutations

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments import waves
from assessments.instruments import ILS, PRESS
from assessments.models import WaveInvitation
from assessments.published_means import published
from planning import mailing, reminders
from planning.dossiers.exporting import export_dossier
from planning.models import Message
from tests.assessments.test_published_means import other_worlds, teams
from tests.factories import make_review, make_service, make_wave
from tests.planning.site import client_of, make_people, page

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("clock"), pytest.mark.timeout(600)]

MOST_PEOPLE = 25
WAVE, LEADERSHIP, SUSTAINMENT = "assessments/waves/{wave}/", "assessments/leadership/", "assessments/sustainment/"
RESULTS, DATA = "assessments/results/", "data/"
PAGES = {  # a leader opens everything; of the others' pages those on which something of it stands
    "leader": (
        "",
        LEADERSHIP,
        SUSTAINMENT,
        RESULTS,
        DATA,
        "fidelity/",
        "record/",
        "assessments/waves/",
        WAVE,
        "assessments/waves/{wave}/close/",
        "leader/",
        "reviews/{review}/",
        "documents/new/",
        "standing/",
        "standing/leader-unconvinced/",
        "standing/self-image-gap/",
        "outbox/",
        "audit/",
    ),
    "stand_in": (WAVE,),
    "adviser": (LEADERSHIP, WAVE, DATA),
    "practitioner": ("", LEADERSHIP, SUSTAINMENT, WAVE, DATA),
    "sponsor": ("",),
}
SHEETS = (
    "assessments/waves/csv/",
    "assessments/leadership/csv/",
    "assessments/sustainment/csv/",
    "assessments/results/csv/",
)
DOSSIER = "the record as a file"


def everything(service, wave, people) -> dict[tuple, str]:
    """What each role is shown on every page and in every file, with what the link and the mail say."""
    found = {}
    review = service.reviews.get()
    for role, names in PAGES.items():
        client = client_of(people[role])
        for name in names:
            response = client.get(f"/services/{service.key}/{name.format(wave=wave.pk, review=review.pk)}")
            found[role, name] = f"{response.status_code} {page(response)}"
    leader = client_of(people["leader"])
    for name in SHEETS:
        found["leader", name] = leader.post(f"/services/{service.key}/{name}").content.decode()
    found["leader", DOSSIER] = export_dossier(service, as_of=timezone.localdate(), with_names=True)
    return found


class Undone(Exception):
    """The world is put back."""


def lived_through(service, people, answers, *, keeping, who, taken_back, early) -> tuple[dict, dict, dict]:
    """What is seen while it is open, after it closed, and by those who were asked; then nothing of it is left.

    `answers`, `keeping`: what each answered on the leadership, and on whether IMR is still used.
    """
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
            for place, leading, kept in zip(who, answers, keeping, strict=True):
                assert waves.answer(invitations[place], leadership=leading, sustainment=kept, at=opened)
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


def kept_up(draw, people: int) -> list[dict]:
    """What so many people answer on whether IMR is still used: some nothing, and whole teams near an end of it."""
    steps = draw(st.sampled_from([st.integers(0, 4), st.just(4), st.just(0), st.sampled_from([4, 4, 4, 4, 3])]))
    whole = st.fixed_dictionaries(dict.fromkeys(PRESS.items, steps))
    return draw(st.lists(st.one_of(whole, whole, whole, st.just({})), min_size=people, max_size=people))


def kept_up_otherwise(people: list[dict]) -> list[dict]:
    """Other answers to the same that come to the same; nothing is shown of too few, so that any others will do."""
    result = published(people, PRESS, minimum=3)
    if result is None:
        return [{item: 4 - step for item, step in one.items()} for one in people]
    whole = [place for place, one in enumerate(people) if one]
    for up, down in permutations(whole, 2):
        for item in PRESS.items:
            other = [dict(one) for one in people]
            other[up][item], other[down][item] = min(other[up][item] + 1, 4), max(other[down][item] - 1, 0)
            if other != people and published(other, PRESS, minimum=3) == result:
                return other
    raise AssertionError("somebody's answer could be worked out")


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(team=teams(), data=st.data())
def test_everything_anybody_opens_is_the_same_for_answers_that_come_to_the_same(team, data):
    counted = [one for one in team if published([one] * 3, ILS, minimum=3)][:MOST_PEOPLE]
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
    keeping = kept_up(data.draw, len(counted))
    places = list(range(len(counted) + 2))
    first, second = (data.draw(st.permutations(places))[: len(counted)] for _world in range(2))
    taken_back = data.draw(st.lists(st.sampled_from(places), max_size=2, unique=True))
    early = data.draw(st.booleans())
    with transaction.atomic():
        service = make_service("f")
        people = make_people(service)
        make_review(service)
        same = {"taken_back": taken_back, "early": early}
        one_world = lived_through(service, people, counted, keeping=keeping, who=first, **same)
        other_world = lived_through(service, people, other, keeping=kept_up_otherwise(keeping), who=second, **same)
        transaction.set_rollback(True)

    for seen, seen_otherwise in zip(one_world[:2], other_world[:2], strict=True):
        assert seen == seen_otherwise
    both = one_world[2].keys() & other_world[2].keys()
    assert {key: one_world[2][key] for key in both} == {key: other_world[2][key] for key in both}
    assert both


BOTH = {RESULTS, DATA, WAVE, DOSSIER, "assessments/results/csv/"}
OF_LEADING = BOTH | {LEADERSHIP, "assessments/leadership/csv/", "leader/"}
OF_KEEPING = BOTH | {SUSTAINMENT, "assessments/sustainment/csv/"}


@pytest.mark.parametrize(("instrument", "pages"), [(ILS, OF_LEADING), (PRESS, OF_KEEPING)])
def test_the_comparison_would_notice_another_result(instrument, pages):
    """The test above compares something: another mean shows, wherever it stands."""
    service = make_service("f")
    people = make_people(service)
    make_review(service)

    def world(step):
        leading, keeping = ([dict.fromkeys(one.items, step if one is instrument else 1)] * 5 for one in (ILS, PRESS))
        return lived_through(service, people, leading, keeping=keeping, who=range(5), taken_back=[], early=True)

    one_world, other_world = world(2), world(3)

    assert one_world[0] == other_world[0], "while it is open nothing of it is seen"
    assert {name for name in pages if one_world[1]["leader", name] == other_world[1]["leader", name]} == set()
