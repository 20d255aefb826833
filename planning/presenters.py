"""What the pages' components need besides the thing itself: addresses, by what the reader may do."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.access import Permission, may
from accounts.models import LEADING_ROLES, Member, Service
from planning import proposals
from planning.models import Action, Review
from planning.origins import fetch_origins, origin_of, with_origins
from planning.proposals import Proposal
from planning.risks.answer import Status
from planning.standing import ShownEntry, Standing


@dataclass(frozen=True)
class TakeUp:
    """What one click opens: the act with who and by when, and the address to send it to."""

    proposal: Proposal
    url: str


def take_up_of(proposal: Proposal, address: str, *, back: str) -> TakeUp:
    """A proposal with the address that opens it and then leads back to where the reader is."""
    return TakeUp(proposal, f"{address}?{urlencode({'back': back})}" if back else address)


@dataclass(frozen=True)
class FlagLink:
    """An entry with the way to it, what is under way, and what the reader can do about it from here."""

    entry: ShownEntry
    url: str
    acts: tuple[tuple[str, str], ...]  # (label, address), the most useful first
    said: str = ""  # what somebody saw, in their words, where that is the first piece of evidence
    take_up: TakeUp | None = None  # none where something is under way, or the reader may not
    under_way: tuple["ActionRow", ...] = ()


def observed_words(entries, *, service: Service) -> dict[int, str]:
    """What was written in the observations that the entries' first pieces of evidence stand on."""
    numbers = {number for entry in entries for number in _observations_behind(entry)}
    return dict(service.observations.filter(pk__in=numbers).values_list("pk", "text"))


def _observations_behind(entry: ShownEntry) -> list[int]:
    headline = entry.headline_evidence
    records = headline.evidence.records if headline else ()
    return [record.number for record in records if record.kind == "observation"]


def flag_links(
    entries, *, member: Member, today: date, next_review: Review | None = None, back: str = ""
) -> list[FlagLink]:
    """Entries as the reader can act on them; buttons only for those who may open actions.

    `back`: the page that they are shown on, to come back to.
    """
    key = member.service.key
    acting = may(member, Permission.EDIT_RECORD)
    words = observed_words(entries, service=member.service)
    people = proposals.people_of(member.service, on=today) if acting and entries else []
    under_way = open_by_entry(entries, member=member, today=today)
    links = []
    for entry in entries:
        acts, take_up = [], None
        if acting and not under_way[entry.key]:
            proposal = proposals.of_act(entry.key, 0, people=people, on=today)
            take_up = take_up_of(proposal, reverse("action_take_up", args=[key, entry.key, 0]), back=back)
        if acting and next_review:
            # Translators: on a button, followed by a day such as "1 Dec".
            when = date_format(timezone.localtime(next_review.starts_at), _("j M"))
            address = f"{reverse('review_observe', args=[key, next_review.pk])}?entry={entry.key}"
            acts.append((_("Talk about it on %(day)s") % {"day": when}, address))
        said = next((words[number] for number in _observations_behind(entry) if number in words), "")
        links.append(
            FlagLink(
                entry,
                reverse("entry", args=[key, entry.key]),
                tuple(acts),
                said,
                take_up,
                tuple(under_way[entry.key]),
            )
        )
    return links


def open_by_entry(entries, *, member: Member, today: date) -> dict[str, list["ActionRow"]]:
    """The open actions that are to clear each of the entries, the first due first."""
    opened = member.service.actions.open().filter(entry__in={entry.key for entry in entries}).select_related("owner")
    found: dict[str, list[ActionRow]] = defaultdict(list)
    for action in opened.order_by("due_on", "pk"):
        found[action.entry].append(_row(action, member=member, today=today))
    return found


@dataclass(frozen=True)
class ShownAct:
    """A recommended act as the reader can take it up."""

    text: str
    owner: str
    days: int
    take_up: TakeUp | None  # none for those who may not, and where it is under way
    under_way: "ActionRow | None"


def shown_acts(
    entry: ShownEntry, *, member: Member, today: date, rows: list["ActionRow"], back: str = ""
) -> list[ShownAct]:
    """The entry's recommended acts; a button only for those who may open actions, and not for what is open already.

    `rows`: the actions that are to clear the entry.
    """
    acting = may(member, Permission.EDIT_RECORD)
    opened = {row.action.title: row for row in rows if row.action.state == Action.State.OPEN}
    acts = []
    for number, act in enumerate(entry.text.acts):
        proposal = proposals.of_act(entry.key, number, people=(), on=today)  # who is left open: the role is shown
        under_way = opened.get(proposal.title)
        address = reverse("action_take_up", args=[member.service.key, entry.key, number])
        acts.append(
            ShownAct(
                text=str(act.text),
                owner=str(Member(role=act.owner_role).get_role_display()),
                days=act.days,
                take_up=take_up_of(proposal, address, back=back) if acting and not under_way else None,
                under_way=under_way,
            )
        )
    return acts


@dataclass(frozen=True)
class FlagNote:
    """Which flag an action is to clear, and how that stands now.

    `says`: "open", "cleared" or "unknown" for an open action; "done_cleared", "done_stays" or "done_unknown" for one
    that is done; "dropped".
    """

    title: str
    url: str
    status: Status
    says: str


@dataclass(frozen=True)
class ActionRow:
    """An action with where it came from, what it is to clear, and what the reader can do with it."""

    action: Action
    late: bool
    url: str
    done_url: str
    origin: str = ""
    origin_url: str = ""
    flag: FlagNote | None = None


def action_rows(actions, *, member: Member, today: date, standing: Standing | None = None) -> list[ActionRow]:
    """Actions as rows: leaders change any, everybody marks their own as done.

    `standing`: how the service stands, for whether the flags have cleared; without it that is left unsaid.
    """
    actions = with_origins(actions) if isinstance(actions, QuerySet) else fetch_origins(list(actions))
    return [_row(action, member=member, today=today, standing=standing, from_where=True) for action in actions]


def _row(
    action: Action, *, member: Member, today: date, standing: Standing | None = None, from_where: bool = False
) -> ActionRow:
    key = member.service.key
    leading = may(member, Permission.EDIT_RECORD)
    closing = leading or (may(member, Permission.CHECK_IN_GOAL) and action.owner_id == member.pk)
    origin = origin_of(action, on=today, leading=member.role in LEADING_ROLES) if from_where else None
    return ActionRow(
        action=action,
        late=action.is_late(today),
        url=reverse("action_change", args=[key, action.pk]) if leading else "",
        done_url=reverse("action_state", args=[key, action.pk, Action.State.DONE]) if closing else "",
        origin=origin.text if origin else "",
        origin_url=reverse(origin.page, args=[key, *origin.parts]) if origin and origin.page else "",
        flag=flag_note(action, standing, service_key=key) if standing and action.entry else None,
    )


def flag_note(action: Action, standing: Standing, *, service_key: str) -> FlagNote | None:
    """How the flag that an action is to clear stands now; None for an entry that the catalogue has no more."""
    entry = next((one for one in standing.entries if one.key == action.entry), None)
    if entry is None:
        return None
    now = {Status.CLEAR: "cleared", Status.UNKNOWN: "unknown"}.get(entry.status, "open")
    if action.state == Action.State.DROPPED:
        says = "dropped"
    elif action.state == Action.State.DONE:
        says = {"cleared": "done_cleared", "unknown": "done_unknown", "open": "done_stays"}[now]
    else:
        says = now
    return FlagNote(str(entry.text.title), reverse("entry", args=[service_key, entry.key]), entry.status, says)
