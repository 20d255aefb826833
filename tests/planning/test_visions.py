"""The vision: drafts, versions and what changed, reading it, its day."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from planning import visions
from planning.models import Vision, VisionAcknowledgement
from planning.snapshots import take_snapshot
from planning.visions import Horizon
from tests.factories import (
    make_adviser,
    make_expectation,
    make_leader,
    make_member,
    make_practitioner,
    make_service,
    make_vision,
)
from tests.planning.site import client_of, document, main_text

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 25)
DAY = timedelta(days=1)
PAGE = "/services/f/plan/vision/versions/"
FORM = "/services/f/plan/vision/"


@pytest.fixture
def leader(clock):
    return make_leader(make_service("f"))


def sent(**data):
    return {"submission": uuid.uuid4()} | data


def write(leader, text, **data):
    return client_of(leader).post(FORM, sent(text=text, horizon_on="2028-12-31", **data), follow=True)


def test_f04_a_draft_is_kept_by_a_plain_form_and_published_as_the_version_it_was(leader):
    assert "Only leaders see it until you publish it." in main_text(write(leader, "Soon.", as_draft="1"))
    assert "Only leaders" in main_text(write(leader, "Soon, and more.", as_draft="1"))
    assert visions.in_force(leader.service, on=TODAY) is None

    opened = document(client_of(leader).get(FORM))
    assert opened.xpath("string(//textarea[@name='text'])").strip() == "Soon, and more."
    write(leader, "Now.")

    vision = Vision.objects.get()
    assert (vision.version, vision.text, vision.published_on, vision.published_by) == (1, "Now.", TODAY, leader)
    assert list(AuditEvent.objects.filter(code__startswith="vision").values_list("code", flat=True)) == [
        "vision.drafted",
        "vision.drafted",
        "vision.published",
    ]


def test_a_draft_is_for_leaders_only_and_counts_nowhere(leader):
    write(leader, "Words of a draft", as_draft="1")

    assert "Words of a draft" in main_text(client_of(leader).get("/services/f/plan/"))
    assert "Words of a draft" in main_text(client_of(leader).get(PAGE))
    for reader in (make_practitioner(leader.service), make_adviser(leader.service)):
        for address in ("/services/f/", "/services/f/plan/", PAGE):
            assert "Words of a draft" not in main_text(client_of(reader).get(address))
    assert client_of(make_practitioner(leader.service)).get("/services/f/plan/vision/read/").status_code == 404
    assert take_snapshot(leader.service, TODAY).vision is None


def test_a_new_version_leaves_the_ones_before_it(leader):
    make_vision(leader.service, text="Two of us lead a group every spring.")
    write(leader, "Three of us lead a group every spring.")

    page = document(client_of(leader).get(PAGE))

    (del_,) = page.xpath("//main//del")
    (ins,) = page.xpath("//main//ins")
    assert " ".join(del_.text_content().split()) == "Taken out: Two (end)"
    assert " ".join(ins.text_content().split()) == "Put in: Three (end)"
    assert "Two of us lead a group every spring." in page.text_content()


def test_a_single_version_has_no_list_of_changes(leader):
    make_vision(leader.service)

    assert "what changed" not in main_text(client_of(leader).get(PAGE))


def test_f04_a_practitioner_reads_it_with_one_button(leader):
    vision = make_vision(leader.service, text="All who can use IMR.")
    nora = make_practitioner(leader.service, name="Nora Berg")
    client = client_of(nora)
    assert "Where we are going: read it" in main_text(client.get("/services/f/"))

    for _time in range(2):
        read = client.post("/services/f/plan/vision/read/", sent(version="1"), follow=True)

    assert "Noted: you have read it." in main_text(read)
    note = VisionAcknowledgement.objects.get()
    assert (note.vision, note.member, note.on) == (vision, nora, TODAY)
    assert AuditEvent.objects.filter(code="vision.acknowledged").count() == 1
    assert "read it" not in main_text(client.get("/services/f/"))
    assert "You read this on Wed 25 Nov." in main_text(client.get("/services/f/plan/"))


def test_f13_above_the_button_stands_who_sees_who_has_read_it(leader):
    make_vision(leader.service)
    nora = make_practitioner(leader.service, name="Nora Berg")
    make_practitioner(leader.service, name="Ola Vik")

    text = main_text(client_of(nora).get("/services/f/plan/vision/read/"))

    assert "Seen by Kari Nes." in text
    assert "Ola Vik" not in text


def test_leaders_see_who_has_read_it_and_others_how_many(leader):
    make_vision(leader.service)
    nora, ola = (make_practitioner(leader.service, name=name) for name in ("Nora Berg", "Ola Vik"))
    make_member(leader.service, name="Ada Lie", login=False)
    visions.acknowledge(nora, on=TODAY)

    seen = main_text(client_of(leader).get(PAGE))
    assert "Nora Berg read it on Wed 25 Nov" in seen
    assert "Ola Vik not yet" in seen
    assert "Ada Lie has no login: tell them in person" in seen
    for reader in (ola, make_adviser(leader.service)):
        text = main_text(client_of(reader).get(PAGE))
        assert "1 of 3 practitioners have read it." in text
        assert "Nora Berg" not in text


def test_a_new_version_is_unread_again(leader):
    make_vision(leader.service)
    nora = make_practitioner(leader.service)
    visions.acknowledge(nora, on=TODAY)

    write(leader, "Another one.")

    assert visions.unread_by(nora, on=TODAY).version == 2


@pytest.mark.parametrize("version", ["1", "", "7", "one", "-1", "2" * 5000])
def test_a_version_that_was_not_shown_is_not_noted_as_read(leader, version):
    make_vision(leader.service, text="The first one.")
    client = client_of(make_practitioner(leader.service))
    write(leader, "Quite another one.")

    answer = client.post("/services/f/plan/vision/read/", sent(version=version))

    assert not VisionAcknowledgement.objects.exists()
    assert "Quite another one." in main_text(answer)
    again = dict(document(answer).get_element_by_id("page-form").form_values())
    client.post("/services/f/plan/vision/read/", again | {"submission": uuid.uuid4()})
    assert VisionAcknowledgement.objects.get().vision.version == 2


def test_f09_it_is_said_why_a_version_that_was_not_shown_is_not_noted(leader):
    make_vision(leader.service, text="The first one.")
    client = client_of(make_practitioner(leader.service))
    opened = dict(document(client.get("/services/f/plan/vision/read/")).get_element_by_id("page-form").form_values())
    write(leader, "Quite another one.")

    answer = client.post("/services/f/plan/vision/read/", opened)

    assert "A new version was published after you opened this page." in main_text(answer)


def test_f19_a_draft_is_kept_without_its_day_and_not_published_without_it(leader):
    client = client_of(leader)

    assert "Draft saved." in main_text(client.post(FORM, sent(text="Half.", horizon_on="", as_draft="1"), follow=True))
    refused = client.post(FORM, sent(text="Half.", horizon_on=""))

    draft = Vision.objects.get()
    assert (draft.text, draft.horizon_on, draft.published_on) == ("Half.", None, None)
    assert [str(line.message) for line in refused.context["form"].summary] == [
        "Give the date by which you want to be there, or keep the vision as a draft."
    ]
    assert "Without a date yet. Only leaders see it until you publish it." in main_text(client.get(PAGE))
    with pytest.raises(IntegrityError), transaction.atomic():
        make_vision(leader.service, version=2, horizon_on=None)


def test_without_a_vision_there_is_nothing_to_read(leader):
    with pytest.raises(visions.NoVision):
        visions.acknowledge(make_practitioner(leader.service), on=TODAY)


@pytest.mark.parametrize(
    ("horizon_on", "near"),
    [
        ("2026-11-24", Horizon.PAST),
        ("2026-11-25", Horizon.NEAR),
        ("2027-02-25", Horizon.NEAR),
        ("2027-02-26", Horizon.AHEAD),
    ],
)
def test_the_day_of_a_vision_is_near_or_past(leader, horizon_on, near):
    vision = make_vision(leader.service, horizon_on=date.fromisoformat(horizon_on))

    assert visions.horizon(vision, on=TODAY) == near
    for address in (PAGE, "/services/f/plan/"):
        text = main_text(client_of(leader).get(address))
        assert ("The day of this vision comes" in text) == (near == Horizon.NEAR)
        assert ("The day of this vision is past" in text) == (near == Horizon.PAST)


# What is expected: its drafts


def test_a_draft_of_what_is_expected_is_for_leaders_only_and_counts_nowhere(leader):
    form, page = "/services/f/plan/expectations/new/", "/services/f/plan/expectations/"
    make_expectation(leader.service, text="Two patients each.")

    client_of(leader).post(form, sent(text="Three patients each.", as_draft="1"))

    opened = document(client_of(leader).get(form))
    assert opened.xpath("string(//textarea[@name='text'])").strip() == "Three patients each."
    assert "Three patients each." in main_text(client_of(leader).get(page))
    for reader in (make_practitioner(leader.service), make_adviser(leader.service)):
        for address in ("/services/f/", "/services/f/plan/", page):
            assert "Three patients" not in main_text(client_of(reader).get(address))
    snapshot = take_snapshot(leader.service, TODAY)
    assert snapshot.expectation.published_on == TODAY - 60 * DAY
    assert "Three patients" not in main_text(client_of(leader).get("/services/f/record/"))
    client_of(leader).post(form, sent(text="Four patients each."))
    changed = document(client_of(leader).get(page)).xpath("//main//ins")
    assert [" ".join(one.text_content().split()) for one in changed] == ["Put in: Four (end)"]
