"""Audit events in words. The trail stores codes; sentences are made when somebody reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, Member, Role, Service, User

# One line for every code of every app: this is the place to look up what can be in the trail.
SENTENCES = {
    "account.changed": _("Changed their own name or language"),
    "member.added": _("Added a person"),
    "member.changed": _("Changed what is known of a person"),
    "member.invited": _("Sent an invitation to sign in"),
    "member.joined": _("Took up an invitation"),
    "member.role_changed": _("Gave a person another role"),
    "service.created": _("Set up the service"),
    "session.started": _("Signed in"),
}


@dataclass(frozen=True)
class Line:
    """One event as it is read. `day_only`: its moment is a release day, not a time."""

    at: datetime
    who: str
    what: str
    day_only: bool


def lines(events: list[AuditEvent], *, service: Service) -> list[Line]:
    """The events in words, with two questions to the database however many there are."""
    actors = {event.actor for event in events if event.actor}
    names = {user.audit_id: user.get_full_name() for user in User.objects.filter(audit_id__in=actors)} | dict(
        Member.objects.filter(service=service, user__audit_id__in=actors).values_list("user__audit_id", "name")
    )
    return [
        Line(at=event.at, who=who(event, names), what=what(event), day_only=without_name(event)) for event in events
    ]


def without_name(event: AuditEvent) -> bool:
    """Whether the event is of an entry that somebody made without their name."""
    return event.actor is None and event.code.startswith("conflict.")


def who(event: AuditEvent, names: dict) -> str:
    """The person's name in the service; accounts are erased, their events stay."""
    if event.actor:
        return names.get(event.actor) or _t("Somebody who has left")
    return _t("Without a name") if without_name(event) else "Holdfast"


def what(event: AuditEvent) -> str:
    """The event in a few words; the code itself for one that has no words yet."""
    if event.code == "member.role_changed":
        roles = dict(Role.choices)
        return _t("Changed a person's role from %(before)s to %(after)s") % {
            "before": roles.get(event.details.get("role_before"), "?"),
            "after": roles.get(event.details.get("role"), "?"),
        }
    return str(SENTENCES.get(event.code, event.code))
