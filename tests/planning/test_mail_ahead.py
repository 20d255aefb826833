"""What will be sent: what the preview says is what the planning does when nothing changes."""

from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Role
from planning import addresses, ledger, reminders
from planning.clock import monday_of
from planning.mail_ahead import mail_ahead
from planning.models import LinkOnly, Message, OptOut
from planning.risks.months import add_months
from tests.factories import make_action, make_conflict, make_expectation, make_pause
from tests.planning.mail_samples import a_member, a_review, a_service, oslo
from tests.planning.site import main_text

pytestmark = pytest.mark.django_db
K = Message.Kind
AT = oslo("2026-11-24 12:00")
DAY = timedelta(days=1)
TITLES = {
    K.REVIEW_SOON: "Review on",
    K.REVIEW_TOMORROW: "Review on",
    K.CONFLICTS_WAITING: "Conflicts without an answer",
    K.TO_READ: "Something to read",
    K.VISIT_DUE: "Fidelity visit due",
    K.DIGEST: "What is due this week",
    K.RESTART_DUE: "Planned restart",
    K.REVIEW_INVITATION: "For your calendar",
}


@pytest.fixture
def service(settings, time_machine):
    settings.QUIET_HOURS = True
    time_machine.move_to(AT, tick=False)
    service = a_service(started_on=add_months(AT.date() + 9 * DAY, -6))
    a_member(service, name="Kari Nes")
    nora = a_member(service, Role.PRACTITIONER, name="Nora")
    stopped = a_member(service, Role.PRACTITIONER, name="Ola")
    OptOut.objects.create(member=stopped, kind=K.REVIEW_SOON)
    for day in ("2026-12-07", "2026-12-10", "2026-12-28"):
        a_review(service, f"{day} 13:00")
    for day in ("2027-01-30", "2027-02-02", "2027-02-28"):  # sixty days before: on 1, 4 (a Friday) and 30 December
        a_review(service, f"{day} 06:00", told_at=AT - DAY)
    make_action(service, owner=nora, due_on=AT.date() + 3 * DAY)  # in each Monday's digest from then on
    make_action(service, owner=service.members.get(name="Kari Nes"), due_on=AT.date() + 3 * DAY)
    make_action(service, owner=stopped, due_on=AT.date() + 3 * DAY)
    make_conflict(nora, named=True, logged_at=AT - 2 * DAY)
    make_expectation(service, published_on=AT.date() - 3 * DAY)
    return service


def simulated(service, time_machine) -> set:
    """What the planning itself does on each morning of the thirty days: (day, what, name)."""
    found = set()
    Message.objects.create(  # the clock did not stand still on this Monday
        service=(other := a_service("other")),
        kind=K.DIGEST,
        recipient=a_member(other),
        period="digest:2026-11-23",
        state=Message.State.HANDED_OVER,
        expires_at=AT,
    )
    for number in range(1, 31):
        at = oslo(f"{AT.date() + number * DAY} 07:00")
        time_machine.move_to(at, tick=False)
        reminders.plan_due(at)
        for row in Message.objects.filter(service=service).select_related("recipient"):
            found.add((ledger.day_in_oslo(row.not_before), TITLES[row.kind], row.recipient.name))
    ahead = {one for one in found if AT.date() < one[0] <= AT.date() + 30 * DAY}
    of_conflicts = {one for one in ahead if one[1] == TITLES[K.CONFLICTS_WAITING]}
    return ahead - of_conflicts | {(monday_of(day), title, name) for day, title, name in of_conflicts}


def foreseen(service) -> set:
    titles = sorted(TITLES.values(), key=len, reverse=True)
    return {
        (one.day, next(title for title in titles if one.about.startswith(title)), name)
        for one in mail_ahead(service, at=AT)
        for name in one.names
    }


def test_the_preview_is_what_the_planning_does_if_nothing_changes(service, time_machine):
    before = foreseen(service)

    assert before == simulated(service, time_machine)
    assert len(before) > 20


def test_looking_ahead_writes_nothing(service):
    mail_ahead(service, at=AT)

    assert not Message.objects.exists()


def test_while_the_practice_rests_only_the_end_of_the_pause_is_to_come(service, time_machine):
    make_pause(service, paused_on=AT.date() - 9 * DAY, restart_planned_on=AT.date() + 11 * DAY)

    before = foreseen(service)

    assert {(day.isoformat(), title) for day, title, _name in before} == {("2026-12-07", "Planned restart")}
    assert before <= simulated(service, time_machine)


def test_the_page_says_what_depends_on_what_and_shows_nothing_private(service):
    client = Client()
    client.force_login(service.members.get(name="Kari Nes").user)

    page = main_text(client.get("/services/f/outbox/ahead/"))

    assert "Review on Thursday 10 December 2026 To Kari Nes, Nora If it is not moved" in page
    assert "Nobody can know today what is logged" in page
    for kind in Message.PRIVATE:
        assert str(K(kind).label) not in page


def test_m02_the_page_says_whom_nothing_reaches_and_of_conflicts_no_more_than_the_week(service):
    nora = service.members.get(name="Nora")
    addresses.refused(nora.user, message_id="<1@x>", said="550 no", at=AT)
    client = Client()
    client.force_login(service.members.get(name="Kari Nes").user)

    page = main_text(client.get("/services/f/outbox/ahead/"))

    assert "Nothing goes to Nora while the address refuses mail." in page
    assert page.count("Conflicts without an answer") == page.count("In the week from Mon") > 0


def test_m06_the_page_says_whether_mail_brings_the_plan_or_its_link_alone(service):
    client = Client()
    client.force_login(service.members.get(name="Kari Nes").user)

    attached = main_text(client.get("/services/f/outbox/ahead/"))
    LinkOnly.objects.create(service=service)
    linked = main_text(client.get("/services/f/outbox/ahead/"))

    assert "come with the plan on a page" in attached
    assert "Mail carries only the link to the plan." in linked
