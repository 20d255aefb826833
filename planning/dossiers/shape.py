"""What a list of a dossier is made of: the rows it stands for, their fields, and what a file may leave out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import Member, Role, Service
from planning.dossiers.fields import Context, DayOfMoment, Field
from planning.models import Review


@dataclass(frozen=True)
class Shape:
    """One list: its rows' model, their fields, and the lists within each of them.

    `related`: the manager that leads from the service, or from the row above, to the rows. `prefix`: of the refs that
    an export gives the rows. `complete` fills in what the file may leave out because something else says it.
    """

    name: str
    model: type[Model]
    related: str
    fields: tuple[Field, ...]
    prefix: str = ""
    parent: str = "service"
    below: tuple["Shape", ...] = ()
    complete: Callable[[dict, int, Context], None] | None = None

    def rows(self, service: Service, as_of: date) -> QuerySet:
        """The rows of a service that leave it, in the order in which they were made."""
        return getattr(service, self.related).order_by("pk")


class SharedOnly(Shape):
    """Own ratings leave once they are shared; before that they are nobody else's to see."""

    def rows(self, service, as_of):
        """Those shared by that day."""
        return super().rows(service, as_of).filter(shared_on__lte=as_of)


class PublishedOnly(Shape):
    """What is expected leaves once it is published: a draft of it binds nobody, and counts nowhere."""

    def rows(self, service, as_of):
        """Every version but a draft."""
        return super().rows(service, as_of).filter(published_on__isnull=False)


# What a file may leave out


def number_versions(row: dict, number: int, context: Context) -> None:
    """A version without a number has that of its place."""
    row.setdefault("version", number + 1)


def complete_vision(row: dict, number: int, context: Context) -> None:
    """What is published was looked at on that day."""
    number_versions(row, number, context)
    if "published_on" in row:
        row.setdefault("looked_at_on", row["published_on"])


def complete_review(row: dict, number: int, context: Context) -> None:
    """A held review was closed when it began, unless on a later day."""
    if row["state"] == Review.State.HELD:
        closed_at = row.get("closed_at", row["starts_at"])
        row["closed_at"] = max(closed_at, row["starts_at"])


def complete_agreement(row: dict, number: int, context: Context) -> None:
    """Whom it was discussed with stays behind where names do."""
    with translation.override(context.language):
        row.setdefault("discussed_with", gettext("Not named"))


def name_unnamed(members: list[Member], *, language: str) -> None:
    """Call everybody without a name by role and number: "Practitioner 2"."""
    counts: dict[str, int] = {}
    with translation.override(language):
        for member in members:
            counts[member.role] = counts.get(member.role, 0) + 1
            if not member.name:
                member.name = f"{str(Role(member.role).label).partition(' (')[0]} {counts[member.role]}"


class SameDay(DayOfMoment):
    """The day a review was closed; not said when it is the day it began."""

    def to_file(self, row, context):
        """The day, if another."""
        closed_on = super().to_file(row, context)
        return None if closed_on == f"{row.on}" else closed_on
