"""Nothing of the record is forgotten: every row and every field leaves, or it is said here that it stays."""

import pytest
from django.apps import apps

from accounts.models import Member, Service
from planning.dossiers import lists, schema
from planning.models import ConflictsOfWeek, HoursOfWeek, Review

# What stays behind, with why.
STAYING_MODELS = {
    "AgendaItem": "what is to be talked about: it names other rows of this record by their number",
    "Invitation": "a way to sign in",
    "Document": "an issued document",
    "DocumentFile": "an issued document",
    "LinkOnly": "how mail goes out here",
    "Message": "mail",
    "OptIn": "mail",
    "OptOut": "mail",
    "HoursShown": "a person's consent, given here and for here",
    "LeaderAct": "what a leader looks back on; the action itself leaves",
    "EffortOfDay": "what the forms cost, not what the service did",
    "FirstPlanPutAway": "what a leader wants to see on the first page",
    "WeekCheckIn": "a single person's week: its total leaves",
    "PriorityConflict": "a single entry: its week's total leaves",
    "ConflictAnswer": "leaves within its week's total",
    "Visit": "how a rating came about: the rating leaves, with its items and what was advised",
    "Rater": "who rated: of a visit only what the two agreed on leaves",
    "RaterItem": "what one of the two rated alone",
    "AgreedItem": "leaves within its rating",
    "Wave": "how the answers of staff came about: the result leaves",
    "WaveInvitation": "who was asked, and whether they answered, is nobody else's to know",
    "WaveAnswer": "a single person's answers: gone once the survey is closed, and nobody's to see before",
}
STAYING_FIELDS = {
    Member: {"user_id"},
    Service: set(),
    # The agenda names other rows by their number, and the minutes are made of what leaves; what was said to calendars
    # was said to people here.
    Review: {"held_agenda", "sequence", "told_at"},
}
TOTALS = (HoursOfWeek, ConflictsOfWeek)


def all_shapes(shapes=lists.LISTS):
    for one in shapes:
        yield one
        yield from all_shapes(one.below)


SHAPES = list(all_shapes())


@pytest.mark.parametrize("one", SHAPES, ids=lambda one: one.name)
def test_every_field_of_a_row_leaves(one):
    columns = {field.attname for field in one.model._meta.concrete_fields} - {"id", f"{one.parent}_id"}
    if one.parent != "service":
        columns -= {"service_id"}

    assert {field.attribute for field in one.fields} == columns - STAYING_FIELDS.get(one.model, set())


def test_every_field_of_the_service_leaves():
    assert {field.attribute for field in lists.SERVICE_FIELDS} == {
        field.attname for field in Service._meta.concrete_fields
    } - {"id"}


def belonging_to(covered: set) -> set:
    """The other models whose rows hang on rows of these, or on rows that do."""
    behind: set = set()
    while more := {
        model
        for model in apps.get_models()
        if model not in covered | behind
        for field in model._meta.get_fields()
        if field.concrete and (field.many_to_one or field.one_to_one) and field.related_model in covered | behind
    }:
        behind |= more
    return behind


def test_every_row_of_a_service_leaves_or_is_said_to_stay():
    covered = {one.model for one in SHAPES} | {Service, *TOTALS}

    assert {model.__name__ for model in belonging_to(covered)} == set(STAYING_MODELS)


def test_only_reviews_have_lists_of_people():
    assert {one.model for one in SHAPES if one.model._meta.many_to_many} == {Review}


def test_the_schema_and_the_lists_name_the_same_fields():
    def fields_of(one, part) -> None:
        below = {inner.name for inner in one.below} | ({"attendees"} if one.model is Review else set())
        own = {field.name for field in one.fields} | ({"ref"} if one.prefix else set())
        properties = part["items"]["properties"]
        assert set(properties) == own | below, one.name
        for inner in one.below:
            fields_of(inner, properties[inner.name])

    assert {one.name for one in lists.LISTS} | {"hours", "conflicts"} == set(schema.lists())
    for one in lists.LISTS:
        fields_of(one, schema.lists()[one.name])
