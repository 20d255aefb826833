"""The sheet of the time set aside: a row is one person's hours for one kind of work from a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, partial

from django.conf import settings
from django.utils import translation
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.models import Member
from planning.models import Allocation, Work

from .cells import CellError, day, hours, quoted, refuse_formula
from .columns import Column, Present, Recorded, Sheet, Values

LEAST_HOURS, MOST_HOURS = Decimal("0.25"), Decimal(40)  # a week, as on the form
EXAMPLE_NAME = "Kari Nordmann"


def person(text: str, *, numbers: Mapping[str, list[int]]) -> int:
    """The number of the one person of that name. Raises CellError."""
    refuse_formula(text)
    found = numbers.get(text.casefold(), [])
    if not found:
        raise CellError(_("nobody in the service is called %(name)s.") % {"name": quoted(text)})
    if len(found) > 1:
        raise CellError(_("more than one person is called %(name)s. Use the page.") % {"name": quoted(text)})
    return found[0]


def work(text: str) -> str:
    """The kind of work, by its name in any language or its code. Raises CellError."""
    refuse_formula(text)
    if (found := work_names().get(text.casefold())) is None:
        raise CellError(
            _("%(cell)s is no kind of work. Write one of these: %(works)s.")
            % {"cell": quoted(text), "works": get_text_list([str(label) for label in Work.labels], _("or"))}
        )
    return found


def day_text(value: date) -> str:
    """A day as people here write it."""
    return f"{value:%d.%m.%Y}"


@cache
def work_names() -> Mapping[str, str]:
    """Codes of the kinds of work by their names in every language, and by themselves."""
    names = {code: code for code in Work.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            names |= {str(label).casefold(): code for code, label in Work.choices}
    return names


def hours_text(value: Decimal) -> str:
    """Hours without noughts at the end, with the language's decimal sign."""
    return number_format(value.normalize() if value % 1 else value.quantize(Decimal(1)))


def order(values: Values) -> tuple[str, str] | None:
    """Until is not before from."""
    if values.get("ends_on") and values["ends_on"] < values["starts_on"]:
        return "ends_on", _("the last day is before the first.")
    return None


def besides(values: Values, present: Present) -> str:
    """That hours for the same person and work are set aside already in the same time: they add up."""
    starts_on, ends_on = values["starts_on"], values.get("ends_on") or date.max
    others = [
        one.values
        for (member, kind, _since), recorded_rows in present.items()
        if (member, kind) == (values["member"], values["work"])
        for one in recorded_rows
        if one.values["starts_on"] <= ends_on and (one.values["ends_on"] or date.max) >= starts_on
    ]
    if not others:
        return ""
    return _(
        "Comes on top of %(hours)s h a week that are set aside already. Give those a last day if they are to end."
    ) % {"hours": hours_text(sum(one["hours_per_week"] for one in others))}


def sheet(*, today: date, people: Iterable[Member], gone: Iterable[Member] = ()) -> Sheet:
    """The sheet as it is taken today, for the people whose time can be set aside.

    `gone`: those who have left, of whom hours are on record: they are known by name, and get no new ones.
    """
    names = {member.pk: member.name for member in (*people, *gone)}
    left = {member.pk for member in gone}
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, name in names.items():
        numbers[" ".join(name.split()).casefold()].append(number)

    def refuse_new(values: Values) -> str:
        if values["member"] not in left:
            return ""
        return _("%(name)s has left the service.") % {"name": names[values["member"]]}

    of = Allocation._meta.get_field
    columns = (
        Column(
            "member", of("member").verbose_name, partial(person, numbers=dict(numbers)), names.__getitem__, needed=True
        ),
        Column("work", of("work").verbose_name, work, lambda code: str(Work(code).label), needed=True),
        Column(
            "hours_per_week",
            of("hours_per_week").verbose_name,
            partial(hours, least=LEAST_HOURS, most=MOST_HOURS),
            hours_text,
            needed=True,
            number_format="0.##",
        ),
        Column("starts_on", of("starts_on").verbose_name, day, day_text, needed=True, number_format="dd.mm.yyyy"),
        Column("ends_on", of("ends_on").verbose_name, day, day_text, number_format="dd.mm.yyyy"),
    )
    return Sheet(
        name="allocations",
        columns=columns,
        key=("member", "work", "starts_on"),
        title=lambda values: f"{names[values['member']]}: {Work(values['work']).label}",
        example={
            "member": EXAMPLE_NAME,
            "work": Work.SESSION,
            "hours_per_week": Decimal(2),
            "starts_on": today.replace(day=1),
            "ends_on": None,
        },
        check=order,
        refuse_new=refuse_new,
        note=besides,
        fill={"ends_on": None},
    )


def recorded(allocations: Iterable[Allocation]) -> Present:
    """What is set aside, by the keys."""
    found = defaultdict(list)
    for one in allocations:
        found[one.member_id, one.work, one.starts_on].append(Recorded(one.pk, values_of(one)))
    return dict(found)


def values_of(one: Allocation) -> Values:
    """What an allocation on record says."""
    return {
        "member": one.member_id,
        "work": one.work,
        "hours_per_week": one.hours_per_week,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
    }
