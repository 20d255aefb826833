"""Audit events in words. The trail stores codes; sentences are made when somebody reads them."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent, Member, Role, Service, User
from accounts.sheet_pages import title_of

# One line for every code of every app: this is the place to look up what can be in the trail.
SENTENCES = {
    "acceptance.ended": _("Took back the acceptance of a flag"),
    "acceptance.made": _("Accepted a flag for a time"),
    "action.changed": _("Changed an action"),
    "action.done": _("Marked an action as done"),
    "action.dropped": _("Dropped an action"),
    "action.open": _("Opened an action again"),
    "action.opened": _("Added an action"),
    "agreement.recorded": _("Recorded what conflict logging is for"),
    "allocation.set": _("Set aside time for a person"),
    "calendar.ended": _("Ended the own calendar address"),
    "calendar.made": _("Made an own calendar address"),
    "conflict.answered": _("Answered a conflict"),
    "conflict.changed": _("Changed a conflict"),
    "conflict.logged": _("Logged a conflict"),
    "conflict.visibility": _("Changed who sees a conflict"),
    "conflict.withdrawn": _("Withdrew a conflict"),
    "decision_wanted.answered": _("Answered a decision that was wanted"),
    "decision_wanted.asked": _("Asked the next level for a decision"),
    "decision_wanted.taken_back": _("Took back a question to the next level"),
    "dossier.exported": _("Took out the record as a file"),
    "expectation.acknowledged": _("Noted who has taken note of what is expected"),
    "expectation.drafted": _("Kept a draft of what is expected"),
    "expectation.published": _("Published what is expected"),
    "fidelity.changed": _("Changed a fidelity rating"),
    "fidelity.rated": _("Recorded a fidelity rating"),
    "fidelity.removed": _("Took out a fidelity rating"),
    "first_plan.put_away": _("Put away the steps to a first plan"),
    "goal.changed": _("Changed a goal"),
    "goal.checked_in": _("Checked in on a goal"),
    "goal.ended": _("Ended a goal"),
    "goal.stated": _("Stated a goal"),
    "hours_shown.off": _("Took back that the hours of a small team are shown"),
    "hours_shown.on": _("Agreed that the hours of a small team are shown"),
    "leader_act.chosen": _("Chose the leader's act of a month"),
    "leader_act.looked_at": _("Looked back on the leader's act of a month"),
    "list.taken_out": _("Took out a list as a spreadsheet: %(list)s"),
    "member.added": _("Added a person"),
    "member.changed": _("Changed what is known of a person"),
    "member.invited": _("Sent an invitation to sign in"),
    "member.joined": _("Took up an invitation"),
    "member.role_changed": _("Gave a person another role"),
    "message.address_works": _("Said that an address takes mail again"),
    "message.attached": _("Had the plan attached to mail"),
    "message.link_only": _("Had mail carry only the link to the plan"),
    "message.sent_again": _("Had a mail sent again"),
    "message.started_again": _("Switched a kind of mail on again"),
    "message.stopped": _("Switched off a kind of mail"),
    "observation.recorded": _("Recorded an observation"),
    "official_texts.kept": _("Changed the official wording of an instrument"),
    "overview.taken_out": _("Took out several services side by side as a spreadsheet"),
    "own_rating.removed": _("Took out a shared rating of the own leadership"),
    "own_rating.shared": _("Shared a rating of the own leadership"),
    "phone.forgotten": _("Had a phone forgotten that was remembered for logging"),
    "phone.remembered": _("Had a phone remembered for logging"),
    "documents.taken_out": _("Took documents of this and other services out as one file"),
    "plan.issued": _("Issued an action plan"),
    "plan.retried": _("Had an action plan made again"),
    "plan.cancelled": _("Stopped the making of an action plan"),
    "memo.issued": _("Issued a memo to the next level"),
    "memo.retried": _("Had a memo made again"),
    "memo.cancelled": _("Stopped the making of a memo"),
    "handover.issued": _("Issued a handover pack"),
    "handover.retried": _("Had a handover pack made again"),
    "handover.cancelled": _("Stopped the making of a handover pack"),
    "fidelity.issued": _("Issued a fidelity report"),
    "fidelity.retried": _("Had a fidelity report made again"),
    "fidelity.cancelled": _("Stopped the making of a fidelity report"),
    "record.added": _("Added to the record: %(kind)s"),
    "record.changed": _("Changed in the record: %(kind)s"),
    "record.empty": _("Said that a list of the record is empty"),
    "record.removed": _("Took out of the record: %(kind)s"),
    "review.closed": _("Closed a review"),
    "review.moved": _("Moved a review"),
    "review.planned": _("Planned a review"),
    "review.skipped": _("Left a review out"),
    "review_series.started": _("Set the rhythm of reviews"),
    "service.changed": _("Changed the settings of the service"),
    "service.created": _("Set up the service"),
    "service.imported": _("Brought the service in with its record"),
    "session.started": _("Signed in"),
    "topic.added": _("Put something on the agenda of a review"),
    "topic.removed": _("Took something off the agenda of a review"),
    "vision.acknowledged": _("Noted having read the vision"),
    "vision.confirmed": _("Noted that the vision still holds"),
    "vision.drafted": _("Kept a draft of the vision"),
    "vision.published": _("Published a vision"),
    "wave.closed": _("Closed a survey of the staff"),
    "wave.invitation_taken_back": _("Took back an invitation to a survey of the staff"),
    "wave.opened": _("Opened a survey of the staff"),
    "wave.reminded": _("Had those reminded who had not answered a survey"),
    "wave.replied": _("Said what will come of a survey of the staff"),
    "visit.agreed": _("Agreed on the result of a fidelity visit"),
    "visit.cancelled": _("Cancelled a fidelity visit"),
    "visit.changed": _("Changed a fidelity visit"),
    "visit.planned": _("Planned a fidelity visit"),
    "visit.rated": _("Finished rating a fidelity visit"),
    "visit.taken_back": _("Took back the result of a fidelity visit"),
    "visit.told": _("Noted when the service was told of a fidelity visit"),
    "week.counted": _("Made the total of a week's check-ins"),
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
    """Whether the event is of what somebody did without their name being told."""
    return event.actor is None and event.code.startswith(("conflict.", "hours_shown."))


def who(event: AuditEvent, names: dict) -> str:
    """The person's name in the service; accounts are erased, their events stay."""
    if event.actor:
        return names.get(event.actor) or gettext("Somebody who has left")
    return gettext("Without a name") if without_name(event) else "Holdfast"


def what(event: AuditEvent) -> str:
    """The event in a few words; the code itself for one that has no words yet."""
    if event.code == "member.role_changed":
        roles = dict(Role.choices)
        return gettext("Changed a person's role from %(before)s to %(after)s") % {
            "before": roles.get(event.details.get("role_before"), "?"),
            "after": roles.get(event.details.get("role"), "?"),
        }
    if event.code == "list.taken_out":
        return str(SENTENCES[event.code]) % {"list": title_of(event.details.get("list", "?"), event.service_key)}
    if event.code.startswith("record.") and event.code in SENTENCES:
        return str(SENTENCES[event.code]) % {"kind": kind_of(event)}
    return str(SENTENCES.get(event.code, event.code))


def kind_of(event: AuditEvent) -> str:
    """What kind of thing the event is about, in words; the stored name for a kind that is gone."""
    kinds = {model._meta.model_name: model._meta.verbose_name for model in apps.get_models()}
    return str(kinds.get(event.object_kind, event.object_kind))
