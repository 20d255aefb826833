"""What the product counts of its own cost: where, for whom, and that counting never costs an entry."""

import threading
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Submission
from accounts.openings import OPENED, stamp
from planning import effort
from planning.models import Action, EffortOfDay, PriorityConflict
from planning.views.effort import form_name
from tests.factories import make_agreement, make_leader, make_practitioner, make_service, make_stand_in
from tests.planning.form_samples import FORM_PAGES
from tests.planning.site import client_of, document, main_text, oslo, tap

NOW = oslo("2026-11-25T09:30")
TODAY = date(2026, 11, 25)
ADD = "/services/f/actions/new/"


@pytest.fixture
def leader():
    return make_leader(make_service("f"))


def opened_form(client, url=ADD) -> dict:
    """What a browser would send back of a form as it opened."""
    form = document(client.get(url)).get_element_by_id("page-form")
    return {one.get("name"): one.get("value", "") for one in form.xpath(".//input[@type='hidden']")}


def sent(client, leader, *, after: int, **changes):
    """A form that is opened, and saved so many seconds later."""
    with time_machine.travel(NOW, tick=False):
        data = opened_form(client) | {"title": "Call", "owner": leader.pk, "due_on": "2026-12-09"} | changes
    with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
        return client.post(ADD, data)


@pytest.mark.django_db
def test_a_form_that_a_leader_saves_is_counted_for_the_day_and_the_service(leader):
    sent(client_of(leader), leader, after=40)
    sent(client_of(make_stand_in(leader.service)), leader, after=70)

    row = EffortOfDay.objects.get()
    assert (row.day, row.service, row.form) == (TODAY, leader.service, "action_add")
    assert (row.saved, row.fields, row.seconds) == (2, 4, {"45": 1, "90": 1})


@pytest.mark.django_db
@pytest.mark.parametrize("after", [-60, 30 * 60 + 1])
def test_what_lay_open_for_long_or_was_opened_tomorrow_is_not_counted(leader, after):
    assert sent(client_of(leader), leader, after=after).status_code == 302

    assert Action.objects.count() == 1
    assert not EffortOfDay.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spoilt",
    ["", "nonsense", "1:2:3", stamp(NOW)[:-1] + "~", None],
    ids=["empty", "nonsense", "colons", "changed", "missing"],
)
def test_a_missing_or_spoilt_moment_is_not_counted_and_no_error(leader, spoilt):
    client = client_of(leader)
    with time_machine.travel(NOW, tick=False):
        data = opened_form(client) | {"title": "Call", "owner": leader.pk, "due_on": "2026-12-09", OPENED: spoilt}
        data = {name: value for name, value in data.items() if value is not None}
        assert client.post(ADD, data).status_code == 302

    assert Action.objects.count() == 1
    assert not EffortOfDay.objects.exists()


@pytest.mark.django_db
def test_a_form_that_was_wrong_or_switched_its_language_counts_from_when_it_was_opened(leader):
    client = client_of(leader)
    with time_machine.travel(NOW, tick=False):
        data = opened_form(client)
    with time_machine.travel(NOW + timedelta(seconds=100), tick=False):
        wrong = document(client.post(ADD, data))
        switched = document(client.post(ADD, data | {"switch_language": "nb"}))

    for shown in (wrong, switched):
        assert shown.xpath(f"//*[@id='page-form']//input[@name='{OPENED}']/@value") == [data[OPENED]]
    assert not EffortOfDay.objects.exists()


@pytest.mark.django_db
def test_the_same_form_sent_twice_is_counted_once(leader):
    client = client_of(leader)
    with time_machine.travel(NOW, tick=False):
        data = opened_form(client) | {"title": "Call", "owner": leader.pk, "due_on": "2026-12-09"}
        client.post(ADD, data)
        client.post(ADD, data)

    assert EffortOfDay.objects.get().saved == 1


@pytest.mark.django_db
def test_f14_what_practitioners_save_is_counted_for_no_service(leader):
    make_agreement(leader.service)
    with time_machine.travel(NOW, tick=False):
        assert tap(client_of(make_practitioner(leader.service)), "f").status_code == 302

    row = EffortOfDay.objects.get()
    assert (row.service, row.form, row.saved) == (None, "conflict_log", 1)
    assert PriorityConflict.objects.count() == 1


@pytest.mark.django_db
def test_counting_that_goes_wrong_costs_nobody_their_entry(leader, monkeypatch, caplog):
    def fail(*_args, **_kwargs):
        EffortOfDay.objects.create(day=None, form="x")  # breaks the transaction it happens in

    monkeypatch.setattr("accounts.pages.AFTER_SAVING", [fail])

    assert sent(client_of(leader), leader, after=20).status_code == 302

    assert Action.objects.count() == Submission.objects.count() == 1
    assert "could not be counted" in caplog.text


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("known", [False, True], ids=["the first of the day", "more of the day"])
@pytest.mark.parametrize("of_all", [False, True])
def test_of_savings_at_the_same_time_none_is_lost(known, of_all):
    service = None if of_all else make_service("f")
    if known:
        effort.count("action_add", service=service, fields=4, seconds=7, on=TODAY)
    together, troubles = threading.Barrier(4), []

    def save():
        try:
            together.wait(20)
            effort.count("action_add", service=service, fields=4, seconds=25, on=TODAY)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=save) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert troubles == []
    row = EffortOfDay.objects.get()
    assert row.saved == 4 + known
    assert row.seconds == {"30": 4} | ({"10": 1} if known else {})


@pytest.mark.django_db
def test_a_month_is_its_days_and_no_others_and_a_service_its_own_savings():
    service, other = make_service("f"), make_service("g")
    for day in ("2026-10-31", "2026-11-01", "2026-11-30", "2026-12-01"):
        effort.count("goal_add", service=service, fields=9, seconds=200, on=date.fromisoformat(day))
    effort.count("goal_add", service=other, fields=9, seconds=20, on=TODAY)
    effort.count("conflict_log", service=None, fields=1, seconds=3, on=TODAY)

    (of_service,) = effort.of_service(service, month=TODAY)
    of_all = effort.of_month(TODAY)

    assert (of_service.form, of_service.saved, of_service.buckets) == ("goal_add", 2, {"240": 2})
    assert [(one.form, one.saved) for one in of_all] == [("goal_add", 3), ("conflict_log", 1)]
    assert effort.minutes_of(service, on=TODAY) == 7
    assert effort.minutes_of(service, on=date(2026, 8, 1)) is None


# The pages and the command


@pytest.mark.django_db
def test_the_leader_sees_on_the_first_page_about_how_many_minutes_it_took(leader):
    client = client_of(leader)
    with time_machine.travel(NOW, tick=False):
        assert "IMR planning took" not in main_text(client.get("/services/f/"))
        effort.count("review_move", service=leader.service, fields=3, seconds=1300, on=TODAY)
        effort.count("action_add", service=leader.service, fields=4, seconds=25, on=TODAY)

        first_page = main_text(client.get("/services/f/"))
        response = client.get("/services/f/leader/effort/")
    page, cells = main_text(response), document(response).xpath("//tbody//td/text()")

    assert "IMR planning took about 25 minutes this month, of the 30 it may take." in first_page
    assert "November 2026 About 25 minutes, of the 30 it may take." in page
    assert "October 2026 Not known: no form was counted in this month." in page
    assert "nobody's name" in page
    assert cells == ["Move the review", "1", "3", "1500", "New action", "1", "4", "25"]


@pytest.mark.django_db
def test_nobody_but_leaders_is_told_of_it(leader):
    effort.count("review_move", service=leader.service, fields=3, seconds=1300, on=TODAY)
    client = client_of(make_practitioner(leader.service))

    with time_machine.travel(NOW, tick=False):
        assert "IMR planning took" not in main_text(client.get("/services/f/"))
        assert client.get("/services/f/leader/effort/").status_code == 403


def test_every_form_has_a_name_that_people_can_read():
    names = {name: form_name(name) for name in FORM_PAGES}

    assert not [name for name, words in names.items() if words == name or not words]
    assert form_name("gone") == "gone"
    assert names["decision_remove"] == "Take out: Decision"


def told(*arguments) -> str:
    out = StringIO()
    call_command("effort", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_command_prints_a_line_for_each_form():
    for service in (make_service("f"), None):
        effort.count("goal_check_in", service=service, fields=3, seconds=25, on=TODAY)

    assert told("--month", "2026-11").splitlines() == [
        "Form           Saved  Fields  Median seconds",
        "goal_check_in      2       3              25",
        "In all about 1 minutes in 2026-11.",
    ]
    with time_machine.travel(NOW, tick=False):
        assert told() == told("--month", "2026-11")
    assert told("--month", "2026-10") == "No form was counted in 2026-10.\n"


@pytest.mark.parametrize("wrong", ["2026", "2026-13", "2026-1", "november", "2026-11-25", "²026-11"])
def test_a_month_that_does_not_exist_is_said_in_a_sentence(wrong):
    with pytest.raises(CommandError) as refusal:
        told("--month", wrong)

    assert str(refusal.value) == (f'"{wrong}" is not a month that exists. Write it as YYYY-MM, for instance 2027-03.')


def test_a_month_at_the_end_of_the_calendar_is_too_far_away():
    with pytest.raises(CommandError, match="too far away"):
        told("--month", "9999-12")


@pytest.mark.django_db
@pytest.mark.usefixtures("clock")
def test_the_entry_on_monitoring_shows_what_it_cost_last_month_and_decides_nothing_by_it(leader):
    address = "/services/f/standing/monitoring-fatigue/"
    before = main_text(client_of(leader).get(address))
    assert "took leaders" not in before

    for form in ("outcome_round_add", "outcome_round_add", "action_add"):
        effort.count(form, service=leader.service, fields=4, seconds=240, on=date(2026, 10, 20))
    effort.count("fidelity_add", service=leader.service, fields=4, seconds=1800, on=TODAY)

    after = main_text(client_of(leader).get(address))
    words = (
        "In October 2026 the forms of the assessments took leaders about 7 minutes; all forms together may take 30. "
        "This stands here to be talked about and decides nothing. (computed)"
    )
    assert words in after
    assert " ".join(after.replace(words, "").split()) == " ".join(before.split())
    assert "took leaders" not in main_text(client_of(make_practitioner(leader.service)).get(address))
