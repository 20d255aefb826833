"""The record in one page: every list with its latest day, those of assessments among them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.factories import (
    make_closed_wave,
    make_domain_means,
    make_leader,
    make_rated_visit,
    make_service,
    make_sustainment_rating,
)
from tests.planning.site import client_of, document, main_text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def lines(leader) -> dict[str, str]:
    """What stands beside each list, by its name."""
    found = {}
    for line in document(client_of(leader).get("/services/f/record/")).xpath("//main//ul[@class='rows']/li"):
        label, said = line.xpath("./a")[0].text_content(), line.xpath("./span")[0].text_content()
        assert label not in found
        found[label] = said
    return found


def test_every_kind_of_assessment_is_on_the_record_with_its_latest_day():
    leader = make_leader(make_service("f"))
    names = (
        "Is IMR still used?",
        "Surveys of the staff",
        "Sustainability tools",
        "Fidelity visits that raters agreed on",
    )
    assert {lines(leader)[name] for name in names} == {"nothing yet"}

    make_sustainment_rating(leader.service, rated_on=date(2026, 11, 2))
    wave = make_closed_wave(leader.service, 2, 2, 2, 2, 2, at=timezone.now() - timedelta(days=10))
    make_domain_means(leader.service, rated_on=date(2026, 11, 4))
    make_rated_visit(leader.service)

    said = lines(leader)
    assert said["Is IMR still used?"] == "latest Sun 15 Nov", "the survey's result, after what was typed in"
    assert said["Sustainability tools"] == "latest Wed 4 Nov"
    assert said["Surveys of the staff"] == f"latest {wave.opened_at:%a} {wave.opened_at.day} Nov"
    assert said["Fidelity visits that raters agreed on"] == "nothing yet", "raters have not agreed yet"


def test_a_survey_stands_among_the_other_assessments():
    leader = make_leader(make_service("f"))
    make_closed_wave(leader.service, 2, 2, 2, 2, 2)

    assert "Surveys of the staff latest Wed 25 Nov" in main_text(client_of(leader).get("/services/f/fidelity/"))
