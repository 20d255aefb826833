"""The minutes of a held review: what was gone through, kept as it stood, and how it is shown in years to come.

Kept are codes, days, figures and what people wrote; of people only who they are, so that somebody who is erased is
erased here, too. The words of the product around them come from `planning.wording` when they are read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Service
from planning.agendas import SECTIONS, Agenda, Row
from planning.data_news import DataNews
from planning.models import Action, Decision, DecisionWanted, Goal, Observation, Review
from planning.risks.answer import Status
from planning.standing import ShownEntry
from planning.wording.data_news import of_source
from planning.wording.entries import TEXTS

FORMAT = 1


def frozen(review: Review, agenda: Agenda) -> dict:
    """What is kept of a meeting that is being closed."""
    shown = {row.code for row in agenda.rows}  # what was opened here and is late already stands there
    return {
        "format": FORMAT,
        "rows": [_frozen_row(row, review) for row in agenda.rows],
        "accepted": [entry.key for entry in agenda.accepted],
        "unknown": [entry.key for entry in agenda.unknown],
        "observations": [
            {"entry": one.entry, "effect": one.effect, "text": one.text} for one in _as_made(review.observations.all())
        ],
        "decisions": [
            {"kind": one.kind, "text": one.text, "decided_by": one.decided_by}
            for one in _as_made(review.decisions.all())
        ],
        "actions": [
            _frozen_action(one) | {"goes_on": one.state == Action.State.OPEN and f"action:{one.pk}" not in shown}
            for one in sorted(review.actions.all(), key=lambda one: (one.due_on or date.max, one.pk))
        ],
    }


def _as_made(rows: Iterable) -> list:
    return sorted(rows, key=lambda one: one.pk)


def keep_from_the_record(reviews: list[Review]) -> None:
    """Keep of held reviews what the record says of them now: nothing that is changed later changes their minutes."""
    prefetch_related_objects(reviews, "observations", "decisions", "actions")
    for review in reviews:
        review.held_agenda = from_the_record(review)
    Review.objects.bulk_update(reviews, ["held_agenda"])


def _frozen_row(row: Row, review: Review) -> dict:
    kept = {
        "code": row.code,
        "section": row.section,
        "settled": row.settled,
        "goes_on": row.goes_on(review),
        "carried_from": _iso(row.carried_from),
        "first_on": _iso(row.first_on),
    }
    match row.subject:
        case ShownEntry() as entry:
            kept |= {"entry": entry.key, "status": entry.status.value, "since": _iso(entry.since)}
        case Action() as action:
            kept |= _frozen_action(action) | {"state": action.state}
        case Goal() as goal:
            kept |= {"title": goal.outcome, "owner": goal.owner_id, "due_on": _iso(goal.due_on)}
            kept |= {"look_again_on": _iso(goal.check_in_on) if goal.is_to_be_looked_at(review.on) else None}
        case DecisionWanted() as wanted:
            kept |= {"title": wanted.question, "due_on": _iso(wanted.wanted_by)}
        case int() as count:
            kept |= {"count": count}
        case DataNews() as news:
            kept |= {"new": [{"source": one.source, "on": _iso(one.on)} for one in news.new]}
        case text:
            kept |= {"title": text, "by": row.item.added_by_id}
    return kept


def _frozen_action(action: Action) -> dict:
    return {"title": action.title, "owner": action.owner_id, "due_on": _iso(action.due_on)}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# Reading them


@dataclass(frozen=True)
class Line:
    """One thing that was gone through, agreed or carried over, ready to be shown."""

    title: str
    status: str = ""  # of a flag
    since: str = ""
    who: str = ""
    due_on: str = ""
    look_again_on: str = ""  # of a goal whose day to be looked at again had come
    mark: str = ""  # what became of it in the meeting
    carried_from: str = ""
    first_on: str = ""
    entry: str = ""
    effect: str = ""


@dataclass(frozen=True)
class Minutes:
    """A held review as it is read: as it was kept, or where nothing was, from the record."""

    sections: tuple[tuple[str, tuple[Line, ...]], ...]
    accepted: tuple[Line, ...]
    unknown: int
    observations: tuple[Line, ...]
    decisions: tuple[Line, ...]
    actions: tuple[Line, ...]
    carried: tuple[Line, ...]


def minutes_of(review: Review) -> Minutes:
    """The minutes of a held review."""
    kept = review.held_agenda or from_the_record(review)
    names = _names(review.service, kept)
    rows = [(row, _line(row, names)) for row in kept["rows"]]
    actions = tuple(_line(one, names) for one in kept["actions"])
    return Minutes(
        sections=tuple(
            (str(heading), tuple(line for row, line in rows if row["section"] == code))
            for code, heading in SECTIONS.items()
            if any(row["section"] == code for row, _line_of in rows)
        ),
        accepted=tuple(Line(title=str(TEXTS[key].title), entry=key) for key in kept["accepted"] if key in TEXTS),
        unknown=len(kept["unknown"]),
        observations=tuple(_observation(one) for one in kept["observations"]),
        decisions=tuple(_decision(one) for one in kept["decisions"]),
        actions=actions,
        carried=tuple(
            line for kept_one, line in [*rows, *zip(kept["actions"], actions, strict=True)] if kept_one["goes_on"]
        ),
    )


def from_the_record(review: Review) -> dict:
    """What the record still says of a meeting of which no agenda was kept: of one that comes from a dossier."""
    return frozen(review, Agenda(rows=(), accepted=(), unknown=()))


def _names(service: Service, kept: dict) -> dict[int, str]:
    numbers = {one.get(part) for one in [*kept["rows"], *kept["actions"]] for part in ("owner", "by")} - {None}
    return dict(service.members.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}


def _line(kept: dict, names: dict[int, str]) -> Line:
    entry = kept.get("entry", "")
    if entry:
        text = TEXTS.get(entry)
        title = str(text.title_for(Status(kept["status"]))) if text else entry
    elif "count" in kept:
        title = ngettext("%(count)s entry", "%(count)s entries", kept["count"]) % {"count": kept["count"]}
    elif "new" in kept:
        title = " ".join(of_source(one["source"], date.fromisoformat(one["on"])) for one in kept["new"])
        title = title or str(SECTIONS["data"])
    else:
        title = kept["title"]
    mark = ""
    if kept.get("settled"):
        mark = _("Dealt with")
    elif kept.get("goes_on"):
        mark = _("Carried over")
    elif kept.get("state", Action.State.OPEN) != Action.State.OPEN:
        mark = str(Action.State(kept["state"]).label)
    return Line(
        title=title,
        status=kept.get("status", ""),
        since=kept.get("since") or "",
        who=names.get(kept.get("owner") or kept.get("by"), ""),
        due_on=kept.get("due_on") or "",
        look_again_on=kept.get("look_again_on") or "",
        mark=mark,
        carried_from=kept.get("carried_from") or "",
        first_on=kept.get("first_on") or "",
        entry=entry,
    )


def _observation(kept: dict) -> Line:
    text = TEXTS.get(kept["entry"])
    return Line(
        title=kept["text"],
        entry=kept["entry"],
        effect=str(Observation.Effect(kept["effect"]).label),
        who=str(text.title_unknown) if text else kept["entry"],
    )


def _decision(kept: dict) -> Line:
    by = str(Decision.DecidedBy(kept["decided_by"]).label) if kept["decided_by"] else ""
    return Line(title=kept["text"], effect=str(Decision.Kind(kept["kind"]).label), who=by)


def observed(observations: Iterable[Observation]) -> list[Line]:
    """Observations of a meeting that is not closed, as its minutes will show them."""
    return [_observation({"entry": one.entry, "effect": one.effect, "text": one.text}) for one in observations]


def decided(decisions: Iterable[Decision]) -> list[Line]:
    """Decisions of a meeting that is not closed, as its minutes will show them."""
    return [_decision({"kind": one.kind, "text": one.text, "decided_by": one.decided_by}) for one in decisions]
