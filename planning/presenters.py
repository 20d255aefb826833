"""What the pages' components need besides the thing itself: addresses, by what the reader may do."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.access import Permission, may
from accounts.models import Member, Service
from planning.models import Action, Review
from planning.standing import ShownEntry


@dataclass(frozen=True)
class FlagLink:
    """An entry with the way to it, and what the reader can do about it from here."""

    entry: ShownEntry
    url: str
    acts: tuple[tuple[str, str], ...]  # (label, address), the most useful first
    said: str = ""  # what somebody saw, in their words, where that is the first piece of evidence


def observed_words(entries, *, service: Service) -> dict[int, str]:
    """What was written in the observations that the entries' first pieces of evidence stand on."""
    numbers = {number for entry in entries for number in _observations_behind(entry)}
    return dict(service.observations.filter(pk__in=numbers).values_list("pk", "text"))


def _observations_behind(entry: ShownEntry) -> list[int]:
    headline = entry.headline_evidence
    records = headline.evidence.records if headline else ()
    return [record.number for record in records if record.kind == "observation"]


def flag_links(entries, *, member: Member, next_review: Review | None = None) -> list[FlagLink]:
    """Entries as the reader can act on them; buttons only for those who may open actions."""
    key = member.service.key
    acting = may(member, Permission.EDIT_RECORD)
    words = observed_words(entries, service=member.service)
    links = []
    for entry in entries:
        acts = []
        if acting:
            acts.append((_("Make it an action"), f"{reverse('action_add', args=[key])}?entry={entry.key}&act=0"))
            if next_review:
                # Translators: on a button, followed by a day such as "1 Dec".
                when = date_format(timezone.localtime(next_review.starts_at), _("j M"))
                address = f"{reverse('review_observe', args=[key, next_review.pk])}?entry={entry.key}"
                acts.append((_("Talk about it on %(day)s") % {"day": when}, address))
        said = next((words[number] for number in _observations_behind(entry) if number in words), "")
        links.append(FlagLink(entry, reverse("entry", args=[key, entry.key]), tuple(acts), said))
    return links


@dataclass(frozen=True)
class ShownAct:
    """A recommended act as the reader can take it up."""

    text: str
    owner: str
    days: int
    url: str


def shown_acts(entry: ShownEntry, *, member: Member) -> list[ShownAct]:
    """The entry's recommended acts; an address only for those who may open actions."""
    acting = may(member, Permission.EDIT_RECORD)
    address = reverse("action_add", args=[member.service.key])
    return [
        ShownAct(
            text=str(act.text),
            owner=str(Member(role=act.owner_role).get_role_display()),
            days=act.days,
            url=f"{address}?entry={entry.key}&act={number}" if acting else "",
        )
        for number, act in enumerate(entry.text.acts)
    ]


@dataclass(frozen=True)
class ActionRow:
    """An action with what the reader can do with it."""

    action: Action
    late: bool
    url: str
    done_url: str


def action_rows(actions, *, member: Member, today: date) -> list[ActionRow]:
    """Actions as rows: leaders change any, everybody marks their own as done."""
    key = member.service.key
    leading = may(member, Permission.EDIT_RECORD)
    closing = may(member, Permission.CHECK_IN_GOAL)
    return [
        ActionRow(
            action=action,
            late=action.state == Action.State.OPEN and action.due_on is not None and action.due_on < today,
            url=reverse("action_change", args=[key, action.pk]) if leading else "",
            done_url=reverse("action_state", args=[key, action.pk, Action.State.DONE])
            if leading or (closing and action.owner_id == member.pk)
            else "",
        )
        for action in actions
    ]
