"""The lists of pages as tables for a spreadsheet: what the page tells its reader, and nothing more.

Each is told who reads; who may read at all is the page's to say. Texts are in the active language.
"""

from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.access import Permission, may
from accounts.models import Member, Service
from accounts.spreadsheets import Table
from planning import conflicts
from planning.conflicts import SeenConflict
from planning.models import Action, Goal, Review, Work


def labels(model, *names: str) -> list[str]:
    """The words of a model's fields."""
    return [str(model._meta.get_field(name).verbose_name) for name in names]


def goals(reader: Member) -> Table:
    """The goals with their latest check-in; drafts for those alone who may write them."""
    found = reader.service.goals.select_related("owner").prefetch_related("check_ins")
    if not may(reader, Permission.EDIT_RECORD):
        found = found.exclude(state=Goal.State.DRAFT)
    texts = ("doing_measure", "result_measure", "baseline", "target", "first_step", "if_obstacle", "then_plan")
    rows = []
    for goal in found.order_by("stated_on", "pk"):
        latest = max(goal.check_ins.all(), key=lambda check_in: (check_in.on, check_in.pk), default=None)
        rows.append(
            [
                goal.outcome,
                goal.get_state_display(),
                goal.owner.name if goal.owner else None,
                goal.due_on,
                *(getattr(goal, name) for name in texts),
                goal.check_in_on,
                goal.ended_on,
                *((latest.on, latest.get_progress_display(), latest.value) if latest else (None, None, None)),
            ]
        )
    headings = [
        _("Goal"),
        _("State"),
        *labels(Goal, "owner", "due_on", *texts, "check_in_on"),
        _("Ended on"),
        _("Latest check-in"),
        _("How it goes"),
        _("Figure"),
    ]
    return Table.of(headings, rows)


def actions(service: Service) -> Table:
    """Who does what by when."""
    rows = [
        [
            action.title,
            action.owner.name if action.owner else None,
            action.due_on,
            action.get_state_display(),
            action.closed_on,
        ]
        for action in service.actions.select_related("owner").order_by("-state", "due_on", "pk")
    ]
    return Table.of([*labels(Action, "title", "owner", "due_on", "state"), _("Done or dropped on")], rows)


def allocations(reader: Member, *, on: date) -> Table:
    """The time set aside that holds on that day, by kind of work; for leaders by person, with what begins later."""
    in_force = reader.service.allocations.in_force(on)
    if not may(reader, Permission.SEE_ALLOCATIONS):
        hours = dict.fromkeys(Work, 0)
        for allocation in in_force:
            hours[Work(allocation.work)] += allocation.hours_per_week
        return Table.of((_("For what"), _("Hours a week")), [(work.label, total) for work, total in hours.items()])
    later = reader.service.allocations.filter(starts_on__gt=on)
    rows = [
        [one.member.name, one.get_work_display(), one.hours_per_week, one.starts_on, one.ends_on]
        for one in (in_force | later).select_related("member").order_by("member__name", "work", "starts_on", "pk")
    ]
    return Table.of((_("Who"), _("For what"), _("Hours a week"), _("From"), _("Until")), rows)


def conflicts_seen(reader: Member, *, on: date) -> Table:
    """The entries as the reader may know them; counts by reason for those who may see no single ones.

    An entry without a name is its week, its reason and what was displaced: no day, no hours, nothing to tell
    who or when (quality point F14).
    """
    if not may(reader, Permission.SEE_CONFLICTS):
        counts = conflicts.counts_by_reason(reader.service, on=on)
        return Table.of((_("Reason"), _("Entries in the last 90 days")), counts)
    headings = (
        _("Week"),
        _("Reason"),
        _("Displaced"),
        _("Whose"),
        _("Day"),
        _("Hours"),
        _("What would help"),
        _("Note"),
        _("Answer"),
        _("What was answered"),
        _("Action"),
        _("Action by"),
        _("Answered on"),
    )
    return Table.of(headings, [_conflict_row(entry) for entry in conflicts.list_for(reader, on=on)])


def _conflict_row(entry: SeenConflict) -> list:
    answer, action = entry.answer, entry.action
    year, week, _day = entry.week.isocalendar()
    return [
        f"{year}-W{week:02}",
        entry.reason_label,
        entry.displaced_label,
        _whose(entry),
        None if entry.own else entry.happened_on,
        entry.hours,
        entry.help_label,
        entry.note,
        answer.get_state_display() if answer else None,
        answer.text if answer else None,
        action.title if action else None,
        action.due_on if action else None,
        entry.answered_on,
    ]


def _whose(entry: SeenConflict) -> str | None:
    """The author where the reader may know the name; nothing otherwise."""
    if entry.own:
        return _("yours, with your name to the leader") if entry.named else _("yours, without your name")
    return entry.author


def own_weeks(check_ins) -> Table:
    """What somebody said of their own weeks: nobody else's to have."""
    rows = [
        [
            one.week,
            one.set_aside_hours,
            one.get_kept_display() if one.set_aside_hours else None,
            one.own_time_hours,
        ]
        for one in check_ins
    ]
    headings = (_("Week from"), _("Hours set aside"), _("How much was kept"), _("Hours in own time"))
    return Table.of(headings, rows)


def reviews(service: Service) -> Table:
    """The meetings, the latest first, with the minutes of those that were held."""
    rows = [
        [
            review.starts_at,
            review.get_state_display(),
            get_text_list([member.name for member in review.attendees.all()], _("and")),
            review.minutes if review.state == Review.State.HELD else "",  # a draft is nobody else's to read
        ]
        for review in service.reviews.exclude(state=Review.State.CANCELLED)
        .prefetch_related("attendees")
        .order_by("-starts_at", "-pk")
    ]
    return Table.of(labels(Review, "starts_at", "state", "attendees", "minutes"), rows)
