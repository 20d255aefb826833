"""A dossier becomes a new service: all of it or nothing. Nothing that is there is ever overwritten."""

import re
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model

from accounts import audit
from accounts.models import Member, Service
from accounts.services import KEY, KEY_LENGTH
from planning.dossiers import lists, totals
from planning.dossiers.checks import refuse_what_cannot_be
from planning.dossiers.dates import moved
from planning.dossiers.errors import DossierError, Place, shown
from planning.dossiers.fields import Context, Field, Ref
from planning.dossiers.reading import Dossier
from planning.dossiers.shape import Shape, name_unnamed
from planning.minutes import keep_from_the_record
from planning.models import Review

LANGUAGE = "en"  # where neither the file nor whoever imports it says one

Placed = tuple[Place, Model]


@transaction.atomic
def import_dossier(
    dossier: Dossier, *, key: str = "", language: str = "", as_of: date | None = None, by=None
) -> Service:
    """The dossier as a new service, under another key if one is given.

    `language`: of texts that the file has in two, and of the service's documents; else the file's own, else English.
    `as_of`: the day that the dossier's own is moved to, and all others with it. `by`: the user who does it, if
    somebody does. Raises DossierError, and then nothing was written.
    """
    content = dossier.content if as_of is None else _moved(dossier.content, to=as_of)
    context = Context(language=language or content["service"].get("language", LANGUAGE))
    service = _service(content, context, key=key)
    for one in lists.LISTS:
        items = [((one.name, number), item, service) for number, item in enumerate(content.get(one.name, ()))]
        _write(one, items, service, context)
    _write_attendees(content, context)
    keep_from_the_record([review for review in context.rows["reviews"] if review.state == Review.State.HELD])
    _create(totals.hours_rows(content.get("hours", ()), service))
    _create(totals.conflict_rows(content.get("conflicts", ()), service))
    audit.record(code="service.imported", by=by, service=service, obj=service)
    return service


def _moved(content: dict, *, to: date) -> dict:
    anew = moved(content, to=to)
    try:
        refuse_what_cannot_be(anew, moved=True)
    except DossierError as problem:
        raise DossierError(problem.path, f"with all days moved so that as_of is {to}, {problem.sentence}") from problem
    return anew


def _service(content: dict, context: Context, *, key: str) -> Service:
    values = _values(lists.SERVICE_FIELDS, content["service"], ("service",), context)
    service = Service(**values | {"language": context.language})
    place: Place | str = ("service", "key")
    if key:
        service.key, place = key, "--key"
        if len(key) > KEY_LENGTH or not KEY.fullmatch(key):
            raise DossierError(
                place,
                f"{shown(key)} will not do; use at most {KEY_LENGTH} letters a to z, digits, hyphens and underscores, "
                "a letter or digit first.",
            )
    if Service.objects.filter(key__iexact=service.key).exists():
        raise DossierError(
            place,
            f"there is a service with the key {shown(service.key)} already, and an import never overwrites; "
            "give another one with --key.",
        )
    _checked(service, ("service",), lists.SERVICE_FIELDS)
    _create([(place, service)])
    return service


def _values(fields: Iterable[Field], item: dict, place: tuple, context: Context) -> dict:
    """The attributes of a row, of the fields that the item has."""
    values: dict = {}
    for field in fields:
        if field.name in item:
            values |= field.to_row(item[field.name], (*place, field.name), context)
    return values


def _write(one: Shape, items: list[tuple[tuple, dict, Model]], service: Service, context: Context) -> None:
    """The rows of one list: (place, item, the row above it) each; then the lists within them."""
    within = [field for field in one.fields if isinstance(field, Ref) and field.to == one.name]
    made = []
    for number, (place, item, above) in enumerate(items):
        values = _values([field for field in one.fields if field not in within], item, place, context)
        if one.complete:
            one.complete(values, number, context)
        made.append((place, one.model(**{one.parent: above}, **values)))
    if one.model is Member:
        name_unnamed([row for _, row in made], language=context.language)
    for place, row in made:
        _checked(row, place, one.fields)
    _create(made)
    context.rows[one.name] = [row for _, row in made]
    context.refs[one.name] = {
        item["ref"]: row.pk for (_, item, _), (_, row) in zip(items, made, strict=True) if "ref" in item
    }
    for field in within:  # they refer to each other, so all of them have to be there first
        named = []
        for (place, item, _), (_, row) in zip(items, made, strict=True):
            if field.name in item:
                for name, value in field.to_row(item[field.name], (*place, field.name), context).items():
                    setattr(row, name, value)
                named.append(row)
        one.model.objects.bulk_update(named, [field.name])
    for below in one.below:
        rows = [
            ((*place, below.name, number), item, row)
            for (place, above, _), (_, row) in zip(items, made, strict=True)
            for number, item in enumerate(above.get(below.name, ()))
        ]
        _write(below, rows, service, context)


def _write_attendees(content: dict, context: Context) -> None:
    """Who was at which review."""
    through = Review.attendees.through
    through.objects.bulk_create(
        through(review=row, member_id=context.refs["members"][ref])
        for row, review in zip(context.rows["reviews"], content.get("reviews", ()), strict=True)
        for ref in review.get("attendees", ())
    )


def _checked(row: Model, place: tuple, fields: Iterable[Field]) -> None:
    """Raise DossierError for a value that the model does not take; what leads to other rows is known to be right."""
    relations = [field.name for field in row._meta.fields if field.is_relation]
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as problem:
        name, messages = next(iter(problem.message_dict.items()))
        written = next((field.name for field in fields if field.attribute == name), name)
        sentence = messages[0][:1].lower() + messages[0][1:]
        raise DossierError((*place, written), f"cannot be kept: {sentence.rstrip('.')}; put it right.") from problem


def _create(rows: Iterable[Placed]) -> None:
    """Save rows of one model in the order given. Raises DossierError with the place of one that is not taken."""
    rows = list(rows)
    if not rows:
        return
    model = type(rows[0][1])
    try:
        with transaction.atomic():
            model._default_manager.bulk_create(row for _, row in rows)
    except DatabaseError as problem:
        raise _refused(rows, problem) from problem


def _refused(rows: list[Placed], problem: DatabaseError) -> DossierError:
    """Which of the rows it was that the database did not take, tried one by one."""
    for place, row in rows:
        try:
            with transaction.atomic():
                row.pk = None
                row.save(force_insert=True)
        except DatabaseError as one:
            return DossierError(place, f"does not fit the record, whose rule is: {_rule(row, one)}; put it right.")
    return DossierError(rows[0][0][:1], f"does not fit the record, whose rule is: {_rule(rows[0][1], problem)}.")


def _rule(row: Model, problem: DatabaseError) -> str:
    """The telling name of the constraint that was broken, in words."""
    for constraint in row._meta.constraints:
        if re.search(rf"\b{constraint.name}\b", str(problem)):
            return constraint.name.replace("_", " ")
    return "every value has its kind and size"
