"""A service becomes a dossier: what is known of it today, those facts included that are dated later.

What does not leave: logins and addresses, the audit trail, messages, issued documents, single conflicts and single
check-ins, and what a leader has not shared. People without a part in the record are not named in it either.
"""

import json
from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts import audit
from accounts.models import Member, Role, Service, User
from planning.dossiers import lists, schema, totals
from planning.dossiers.fields import Context, Ref
from planning.dossiers.shape import Shape
from planning.models import Review


def export_dossier(service: Service, *, as_of: date, with_names: bool) -> str:
    """The service's record as the text of a dossier, the same bytes for the same record and day.

    Without names people are only m1, m2 and so on. What people wrote leaves as they wrote it, names in it included.
    """
    return as_text(_content(service, as_of=as_of, with_names=with_names))


def note(service: Service, *, with_names: bool, by: User | None) -> None:
    """Write into the trail that the record leaves, and whether with names."""
    audit.record(code="dossier.exported", by=by, service=service, obj=service, with_names=with_names)


@transaction.atomic
def hand_out(service: Service, *, as_of: date, with_names: bool, by: User | None) -> str:
    """The same, with its line in the trail."""
    note(service, with_names=with_names, by=by)
    return export_dossier(service, as_of=as_of, with_names=with_names)


def as_text(content: dict) -> str:
    """A dossier's content as a file says it: in the schema's order, indented, with a line break at the end."""
    return json.dumps(_in_order(content, schema.schema()), ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def _in_order(value, part: dict):
    """The value with the fields of its objects in the schema's order."""
    part = schema.resolved(part)
    if isinstance(value, list):
        return [_in_order(one, part["items"]) for one in value]
    if isinstance(value, dict):
        return {name: _in_order(value[name], below) for name, below in part["properties"].items() if name in value}
    return value


Rows = dict[str, list]  # of each list


def _content(service: Service, *, as_of: date, with_names: bool) -> dict:
    context = Context(with_names=with_names)
    rows: Rows = {one.name: list(_rows(one, service, as_of)) for one in lists.LISTS}
    rows["members"] = _members_of_record(service, rows)
    content = {
        "format": schema.version(),
        "as_of": as_of.isoformat(),
        "service": _item(lists.SERVICE_FIELDS, service, context),
    }
    for one in lists.LISTS:
        _name_rows(one, rows[one.name], context)
    for one in lists.LISTS:
        content[one.name] = [_written(one, row, context) for row in rows[one.name]]
    content["hours"] = totals.hours(service, as_of)
    content["conflicts"] = totals.conflicts(service, as_of)
    return {name: value for name, value in content.items() if value != []}


def _rows(one: Shape, service: Service, as_of: date):
    rows = one.rows(service, as_of)
    if one.model is Review:
        rows = rows.prefetch_related("attendees")
    return rows.prefetch_related(*(below.related for below in one.below))


def _below(one: Shape, row) -> list:
    return sorted(getattr(row, one.related).all(), key=lambda below: below.pk)


def _members_of_record(service: Service, rows: Rows) -> list[Member]:
    """The service's people and its supervisors from outside, and whoever else the record names."""
    named = {attendee.pk for review in rows["reviews"] for attendee in review.attendees.all()}
    for one in lists.LISTS:
        if one.model is not Member:
            named |= _named_in(one, rows[one.name])
    own = Q(pk__in=Member.objects.of_record()) | Q(role=Role.ADVISER, supervises=True)
    members = {member.pk: member for member in service.members.order_by("pk")}
    chosen = set(service.members.filter(own).values_list("pk", flat=True)) | named
    while heirs := {members[pk].successor_id for pk in chosen} - chosen - {None}:
        chosen |= heirs
    return [member for pk, member in members.items() if pk in chosen]


def _named_in(one: Shape, rows: list) -> set[int]:
    """The keys of the members that rows of a list, and of the lists within it, refer to."""
    fields = [field for field in one.fields if isinstance(field, Ref) and field.to == "members"]
    named = {getattr(row, field.attribute) for field in fields for row in rows} - {None}
    for below in one.below:
        for row in rows:
            named |= _named_in(below, _below(below, row))
    return named


def _name_rows(one: Shape, rows: list, context: Context) -> None:
    """Give the rows of a list their refs, m1, m2 and so on in the order in which they leave."""
    if one.prefix:
        context.refs[one.name] = {row.pk: f"{one.prefix}{number}" for number, row in enumerate(rows, start=1)}
    for below in one.below:
        _name_rows(below, [item for row in rows for item in _below(below, row)], context)


def _written(one: Shape, row, context: Context) -> dict:
    """One row with the lists within it."""
    item = _item(one.fields, row, context)
    if one.prefix:
        item["ref"] = context.refs[one.name][row.pk]
    if one.model is Review:
        item["attendees"] = [context.refs["members"][pk] for pk in sorted(member.pk for member in row.attendees.all())]
    for below in one.below:
        item[below.name] = [_written(below, below_row, context) for below_row in _below(below, row)]
    return {name: value for name, value in item.items() if value != []}


def _item(fields, row, context: Context) -> dict:
    """The fields of a row that are known."""
    written = {field.name: field.to_file(row, context) for field in fields}
    return {name: value for name, value in written.items() if value is not None}
