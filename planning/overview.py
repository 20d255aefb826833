"""The services somebody advises or leads, side by side: for each the five themes, the next review, the last plan.

For looking, not for ranking: nothing is added up, no figure stands for a service, and in the order of a theme those
in the same state stand by name. No hours and no shares of them are shown at all (quality point F15 would want five
people behind each).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.access import Permission, may, memberships_of
from accounts.models import Service, User
from accounts.spreadsheets import Table
from planning import pauses
from planning.models import Document, Review
from planning.risks.answer import Status
from planning.theme_words import ThemeWords, theme_words
from planning.wording import labels

# In the order of a theme: what is not known stands before what is shown to be fine, as it is not.
STATES = (Status.FLAGGED, Status.WATCH, Status.UNKNOWN, Status.CLEAR)


@dataclass(frozen=True)
class ServiceRow:
    """One service. `plan`: number and day of the last plan whose document is there."""

    service: Service
    themes: tuple[ThemeWords, ...]
    paused_since: date | None
    stopped: bool
    next_review: datetime | None
    plan: tuple[int, datetime] | None

    @property
    def since(self) -> date | None:
        """The day of the oldest flag of any theme."""
        return min((theme.since for theme in self.themes if theme.since), default=None)

    @property
    def known(self) -> bool:
        """Whether the record decides anything at all; if not, that nothing is flagged says nothing."""
        return any(theme.status is not Status.UNKNOWN for theme in self.themes)


@dataclass(frozen=True)
class Column:
    """What the table can be ordered by: its word in the address, its heading, what finds the value in a row."""

    name: str
    label: str
    value: Callable[[ServiceRow], object]


def _state(number: int) -> Callable[[ServiceRow], int]:
    return lambda row: STATES.index(row.themes[number - 1].status)


COLUMNS = (
    Column("service", gettext_lazy("Service"), lambda row: ""),  # names decide wherever nothing else does
    *(Column(f"theme-{number}", name, _state(number)) for number, name in labels.THEMES.items()),
    Column("since", gettext_lazy("Oldest flag since"), lambda row: row.since),
    Column("review", gettext_lazy("Next review"), lambda row: row.next_review),
    Column("plan", gettext_lazy("Last plan"), lambda row: row.plan and row.plan[1]),
)


def side_by_side(user: User, *, at: datetime, on: date) -> list[ServiceRow]:
    """A row for each service, by name; the number of queries does not grow with them."""
    reviews = Review.objects.upcoming(at).filter(service=OuterRef("service"))
    plans = Document.objects.plans().ready().filter(service=OuterRef("service")).order_by("-number")
    members = memberships_of(user, on=on).annotate(
        paused_since=pauses.paused_since(on),
        next_review=Subquery(reviews.values("starts_at")[:1]),
        plan_number=Subquery(plans.values("number")[:1]),
        plan_issued_at=Subquery(plans.values("issued_at")[:1]),
    )
    members = [member for member in members if may(member, Permission.COMPARE_SERVICES)]
    themes = theme_words((member.service for member in members), on)
    stopped = pauses.stopped((member.service_id for member in members), on=on)
    return [
        ServiceRow(
            service=member.service,
            themes=themes[member.service_id],
            paused_since=member.paused_since,
            stopped=member.service_id in stopped,
            next_review=member.next_review,
            plan=(member.plan_number, member.plan_issued_at) if member.plan_number else None,
        )
        for member in members
    ]


def ordered(rows: Iterable[ServiceRow], by: str) -> list[ServiceRow]:
    """Rows in the order of a column, with a minus before its name the other way round.

    Rows of the same value stand by name, always from A; those without a value last, either way. An order that is not
    known is that of the names.
    """
    backwards = by.startswith("-")
    column = {column.name: column for column in COLUMNS}.get(by.removeprefix("-"), COLUMNS[0])
    named = sorted(rows, key=lambda row: (row.service.name.casefold(), row.service.pk))
    if column is COLUMNS[0]:
        return named[::-1] if backwards else named
    valued = [row for row in named if column.value(row) is not None]
    without = [row for row in named if column.value(row) is None]
    return sorted(valued, key=column.value, reverse=backwards) + without


def table(rows: Iterable[ServiceRow]) -> Table:
    """The same for a spreadsheet."""
    return Table.of(
        [*(column.label for column in COLUMNS), _("Paused since"), _("Stopped")],
        [
            [
                row.service.name,
                *(
                    ", ".join(labels.state_count(status, count) for status, count in theme.states)
                    for theme in row.themes
                ),
                row.since,
                row.next_review,
                row.plan and row.plan[1],
                row.paused_since,
                row.stopped,
            ]
            for row in rows
        ],
    )
