"""The agenda of a review: what the record gives on the day, what was put there, what is carried over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Member, Service
from planning.clock import moment
from planning.data_news import DataNews, data_news
from planning.models import Action, AgendaItem, DecisionWanted, Goal, PriorityConflict, Review
from planning.risks.answer import Status
from planning.standing import ShownEntry, Standing
from planning.wording.data_news import of_source

# What an agenda goes through, in this order: what was left over first, then what people brought, then the record.
SECTIONS = {
    "carried": _("Carried over"),
    "topics": _("Brought up by the team"),
    "data": _("What our data say"),
    "flags": _("Flags"),
    "conflicts": _("Conflicts without an answer"),
    "actions": _("Late actions"),
    "goals": _("Goals past their date or to be looked at again"),
    "wanted": _("Decisions wanted of the next level"),
}

# The framework of the study's interview guide (Methods, Table 2), as questions to go round the table with.
GUIDE = (
    _("How is it to use IMR at present?"),
    _("Who uses it, who is to use it next, and how are they chosen?"),
    _("Is training and supervision enough?"),
    _("What did the last fidelity visit say, and what came of it?"),
    _("What does the service do to make room for IMR?"),
    _("What do the outcome figures say, and what do we decide from them?"),
    _("Whose support outside the service do we need?"),
    _("What will the leader do before the next review?"),
    _("What else hinders, and what helps?"),
)


class ReviewIsClosed(ValidationError):
    """A review that was held and closed is not changed again, nor is one that was left out."""

    def __init__(self, *, left_out: bool = False):
        super().__init__(
            _("This review was left out meanwhile. Plan it again, or keep what you wrote for the next one.")
            if left_out
            else _("This review is closed. What was recorded stands as it is."),
            code="closed",
        )


@dataclass(frozen=True)
class Row:
    """One thing to go through.

    `subject`: the flag, action, goal or question; a count of conflicts; what is new in the data; a topic's words.
    """

    code: str
    section: str
    subject: ShownEntry | Action | Goal | DecisionWanted | DataNews | int | str
    item: AgendaItem | None = None  # its row in this review, once it has one

    @property
    def kind(self) -> str:
        """What it is about: flag, action, goal, wanted, conflicts, data or topic."""
        return self.code.partition(":")[0]

    @property
    def slug(self) -> str:
        """Its code as part of an address or of a field's name."""
        return self.code.replace(":", "-")

    @property
    def title(self) -> str:
        """What it is called."""
        match self.subject:
            case ShownEntry() | Action():
                return str(self.subject.title)
            case Goal():
                return self.subject.outcome
            case DecisionWanted():
                return self.subject.question
            case int():
                return str(SECTIONS["conflicts"])
            case DataNews():
                return str(SECTIONS["data"])
        return self.subject

    @property
    def sentences(self) -> list[str]:
        """What is new in the data, a sentence for each source; empty for anything else."""
        return [of_source(one.source, one.on) for one in self.subject.new] if self.kind == "data" else []

    @property
    def entry(self) -> str:
        """The catalogue entry that an action from it is to clear; empty for none."""
        match self.subject:
            case ShownEntry():
                return self.subject.key
            case Action():
                return self.subject.entry
            case int():
                return "unanswered-conflicts"
        return ""

    @property
    def settled(self) -> bool:
        """Whether it is marked as dealt with."""
        return self.item is not None and self.item.settled

    @property
    def carried_from(self) -> date | None:
        """The day of the review it comes from."""
        return self.item.carried_from.on if self.item and self.item.carried_from else None

    @property
    def first_on(self) -> date | None:
        """The day of the review it first stood in, where that was an earlier one than it is carried from."""
        return self.item.first_on if self.carried_from and self.item.first_on < self.carried_from else None

    def goes_on(self, review: Review) -> bool:
        """Whether it belongs into the next review if it is not dealt with in this one.

        What is left out of here comes up again by the record itself as long as it is so: conflicts, goals, late
        actions that were opened elsewhere; of the data, what is new then.
        """
        if self.settled:
            return False
        match self.subject:
            case ShownEntry():
                return is_open(self.subject)
            case Action():
                mine = self.subject.review_id == review.pk or self.carried_from is not None
                return mine and self.subject.state == Action.State.OPEN
            case DecisionWanted():
                return self.subject.is_open
            case str():
                return True
        return False


def is_open(entry: ShownEntry) -> bool:
    """Whether a flag still asks for something: flagged or to watch, and nobody lives with it for a time."""
    return entry.status in (Status.FLAGGED, Status.WATCH) and not entry.accepted


@dataclass(frozen=True)
class Agenda:
    """What a review is to go through, taken from the record on the day it is read."""

    rows: tuple[Row, ...]  # each thing once, in the order of the sections
    accepted: tuple[ShownEntry, ...]  # flags that somebody lives with for a time
    unknown: tuple[ShownEntry, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to talk about but the questions."""
        return not (self.rows or self.accepted or self.unknown)

    @property
    def sections(self) -> list[tuple[str, str, list[tuple[str, list[Row]]]]]:
        """(code, heading, parts) of each section that has something; a part is (heading, rows): a theme's, or none."""
        shown = []
        for code, rows in groupby(self.rows, key=lambda row: row.section):
            parts = groupby(rows, key=lambda row: row.subject.theme_name if row.section == "flags" else "")
            shown.append((code, str(SECTIONS[code]), [(str(name), list(part)) for name, part in parts]))
        return shown

    def of(self, section: str) -> list[Row]:
        """The rows of a section."""
        return [row for row in self.rows if row.section == section]


def agenda(service: Service, standing: Standing, review: Review | None = None, *, also: Collection[str] = ()) -> Agenda:
    """The agenda as the record fills it, with what stands in `review` besides.

    `also`: codes of what a page shows that was opened earlier, so that nothing vanishes while somebody writes beside
    it; a topic that was taken off is gone.
    """
    items = {}
    if review:
        kept = review.agenda_items.select_related("carried_from", "added_by")
        own = {item.code: item for item in kept}
        items = {code: as_carried(item, into=review) for code, item in left_over(review, on=standing.as_of).items()}
        items = dict(sorted((items | own).items(), key=lambda pair: (pair[1].first_on, pair[1].pk or 0)))
    found: dict[str, Row] = {}
    for section, subjects in _subjects(service, standing, items, also).items():
        for code, subject in subjects.items():
            item = items.get(code)
            carried = item is not None and item.carried_from_id is not None
            found[code] = Row(code, "carried" if carried else section, subject, item)
    order = list(SECTIONS)
    waited = {code: number for number, code in enumerate(items)}  # carried ones: the oldest first

    def place(row: Row) -> tuple:
        return order.index(row.section), waited[row.code] if row.section == "carried" else 0

    return Agenda(rows=tuple(sorted(found.values(), key=place)), accepted=standing.accepted, unknown=standing.unknown)


def _subjects(service: Service, standing: Standing, items: dict, also: Collection[str]) -> dict[str, dict[str, object]]:
    """What each section holds, by code: what the record gives on the day, and what has a row in the review."""
    on = standing.as_of
    kept = [*items, *also]
    numbers = {kind: _numbers(kept, kind) for kind in ("action", "goal", "wanted")}
    flags = {entry.key: entry for entry in standing.entries}
    open_keys = [entry.key for entry in standing.do_now + standing.also_open]
    kept_keys = [code.partition(":")[2] for code in kept if code.startswith("flag:")]
    keys = [key for key in dict.fromkeys(open_keys + kept_keys) if key in flags]
    # Everybody reads the agenda, and the minutes keep it: it counts what everybody may know, for leaders too.
    unanswered = PriorityConflict.objects.filter(service=service).known_to_everybody(on).unanswered().count()
    late = service.actions.late(on) | service.actions.filter(pk__in=numbers["action"])
    due = service.goals.overdue(on) | service.goals.to_look_at(on) | service.goals.filter(pk__in=numbers["goal"])
    news = data_news(service, on=on)
    wanted = service.decisions_wanted.open() | service.decisions_wanted.filter(pk__in=numbers["wanted"])
    return {
        "topics": {code: item.text for code, item in items.items() if code.startswith("topic:")},
        "data": {"data": news} if news.new or "data" in kept else {},
        "flags": {f"flag:{key}": flags[key] for key in sorted(keys, key=lambda key: flags[key].theme)},
        "conflicts": {"conflicts": unanswered} if unanswered or "conflicts" in kept else {},
        "actions": {f"action:{one.pk}": one for one in late.select_related("owner").order_by("due_on", "pk")},
        "goals": {f"goal:{one.pk}": one for one in due.select_related("owner").order_by("due_on", "pk")},
        "wanted": {f"wanted:{one.pk}": one for one in wanted.order_by("wanted_by", "pk")},
    }


def _numbers(codes: list[str], kind: str) -> list[int]:
    return [int(code.partition(":")[2]) for code in codes if code.startswith(f"{kind}:")]


# Topics


@transaction.atomic
def add_topic(review: Review, text: str, *, by: Member) -> AgendaItem:
    """Put something of one's own on the agenda of a planned review; raises `ReviewIsClosed` for another one."""
    Service.objects.select_for_update().get(pk=review.service_id)  # two at once get two numbers
    review = Review.objects.get(pk=review.pk)
    if review.state != Review.State.PLANNED:
        raise ReviewIsClosed
    codes = AgendaItem.objects.topics().filter(review__service=review.service_id).values_list("code", flat=True)
    number = max((int(code.partition(":")[2]) for code in codes), default=0) + 1
    item = AgendaItem.objects.create(review=review, code=f"topic:{number}", text=text, first_on=review.on, added_by=by)
    audit.record(code="topic.added", by=by.user, service=by.service, obj=review)
    return item


@transaction.atomic
def remove_topic(item: AgendaItem, *, by: Member) -> None:
    """Take one's topic off the agenda again, before the meeting."""
    audit.record(code="topic.removed", by=by.user, service=by.service, obj=item.review)
    item.delete()


# Carrying over


@transaction.atomic
def gather(service: Service, *, after: datetime) -> None:
    """See that each open item stands in the first review planned from that moment on, once, since its first day.

    Called whenever a review is closed, planned, moved or left out; may run any number of times. Without a planned
    review the items wait.
    """
    Service.objects.select_for_update().get(pk=service.pk)
    target = service.reviews.upcoming(after).first()
    if target is None:
        return
    mine = AgendaItem.objects.filter(review__service=service).select_related("review", "carried_from")
    for item in mine.waiting().order_by("first_on", "pk"):
        held = item.review.state == Review.State.HELD
        _stand_in(target, item, item.review if held else item.carried_from or item.review)
        item.passed_on = True
        item.save(update_fields=["passed_on"])
    too_late = mine.filter(review__in=service.reviews.upcoming(target.starts_at).exclude(pk=target.pk))
    for item in too_late.filter(settled=False, carried_from__isnull=False).order_by("first_on", "pk"):
        _stand_in(target, item, item.carried_from)
        item.delete()


def keep_agreed(review: Review) -> None:
    """Give what was agreed in a meeting that is left out a row in it, so that it goes into the next one from here."""
    codes = [f"action:{number}" for number in review.actions.open().order_by("pk").values_list("pk", flat=True)]
    shown = review.agenda_items.filter(code__in=codes)
    new = set(codes) - set(shown.values_list("code", flat=True))
    shown.filter(carried_from__isnull=True, settled=False).update(carried_from=review)
    AgendaItem.objects.bulk_create(
        AgendaItem(review=review, code=code, first_on=review.on, carried_from=review) for code in codes if code in new
    )


def take_back_agreed(review: Review) -> None:
    """Take it out of the next one again, as the meeting takes place after all: there it is agreed, not carried."""
    codes = [f"action:{number}" for number in review.actions.values_list("pk", flat=True)]
    mine = AgendaItem.objects.filter(carried_from=review, code__in=codes, settled=False)
    mine.filter(review__state=Review.State.PLANNED).delete()


def _stand_in(target: Review, item: AgendaItem, came_from: Review) -> None:
    """Let the item stand in `target`; where it does already, its first day is the earlier of the two."""
    carried_from = None if came_from == target else came_from  # left out, and planned again
    there, new = AgendaItem.objects.get_or_create(
        review=target,
        code=item.code,
        defaults={
            "text": item.text,
            "first_on": item.first_on,
            "added_by_id": item.added_by_id,
            "carried_from": carried_from,
        },
    )
    if not new:
        there.first_on = min(there.first_on, item.first_on)
        there.carried_from = there.carried_from or carried_from
        there.passed_on = False  # it may have gone on from here, before this meeting was moved
        there.save(update_fields=["first_on", "carried_from", "passed_on"])


def left_over(review: Review, *, on: date) -> dict[str, AgendaItem]:
    """Open items by code that stand in an earlier meeting whose day went by and which nobody closed.

    They come up in this one too, or a meeting that fell out without a word would keep them for good.
    """
    earlier = review.service.reviews.planned().filter(starts_at__lt=min(review.starts_at, moment(on, time.min)))
    open_ones = AgendaItem.objects.put_there().filter(review__in=earlier, settled=False, passed_on=False)
    items = open_ones.select_related("review", "added_by").order_by("review__starts_at", "pk")
    return {item.code: item for item in items}


def as_carried(item: AgendaItem, *, into: Review) -> AgendaItem:
    """The item as it stands in a later review; not saved."""
    return AgendaItem(
        review=into,
        code=item.code,
        text=item.text,
        first_on=item.first_on,
        added_by=item.added_by,
        carried_from=item.review,
    )


def keep_in_view(review: Review, codes: list[str], *, settled: set[str], on: date) -> None:
    """Give each thing that the agenda of that day shows a row in the review, marked or not as dealt with."""
    there = set(review.agenda_items.values_list("code", flat=True))
    left = left_over(review, on=on)
    new = [code for code in dict.fromkeys(codes) if code not in there]
    AgendaItem.objects.bulk_create(
        as_carried(left[code], into=review)
        if code in left
        else AgendaItem(review=review, code=code, first_on=review.on)
        for code in new
    )
    AgendaItem.objects.filter(pk__in=[left[code].pk for code in codes if code in left]).update(passed_on=True)
    shown = review.agenda_items.filter(code__in=codes)
    shown.filter(code__in=settled, settled=False).update(settled=True)
    shown.exclude(code__in=settled).filter(settled=True).update(settled=False)
