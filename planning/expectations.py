"""What is expected of practitioners: written in versions, published, and taken note of by each of them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import Member, Role, Service
from planning.models import Acknowledgement, Expectation


class NothingIsExpected(ValidationError):
    """No text is published, so there is nothing to take note of."""

    def __init__(self):
        super().__init__(_("Nothing is published yet, so there is nothing to take note of."), code="no_expectation")


class NewVersion(ValidationError):
    """What was shown is not in force any more: another version was published while the page was open."""

    def __init__(self):
        super().__init__(
            _("A new version was published after you opened this page. It is shown here now: read it first."),
            code="new_version",
        )


def in_force(service: Service, *, on: date) -> Expectation | None:
    """The published text that counts on that day."""
    return service.expectations.in_force(on).first()


def draft_of(service: Service) -> Expectation | None:
    """The version that is being written, for leaders alone."""
    return service.expectations.filter(published_on__isnull=True).order_by("-version").first()


def _row_to_write(service: Service) -> Expectation:
    """The draft, or a new version; call it with the service locked, so that two at once get two numbers."""
    if draft := draft_of(service):
        return draft
    last = service.expectations.aggregate(last=Max("version"))["last"] or 0
    return Expectation(service=service, version=last + 1)


@transaction.atomic
def keep_draft(*, service: Service, text: str, by: Member) -> Expectation:
    """Keep what is written of the next version; there is one draft at a time."""
    Service.objects.select_for_update().get(pk=service.pk)
    expectation = _row_to_write(service)
    expectation.text = text
    expectation.save()
    audit.record(code="expectation.drafted", by=by.user, service=service, obj=expectation, version=expectation.version)
    return expectation


@transaction.atomic
def publish(*, service: Service, text: str, by: Member, on: date) -> Expectation:
    """Publish a new version, out of the draft if there is one.

    The ones before it stay as they were, and nobody has taken note of the new one yet.
    """
    Service.objects.select_for_update().get(pk=service.pk)
    expectation = _row_to_write(service)
    expectation.text, expectation.published_on, expectation.published_by = text, on, by
    expectation.save()
    audit.record(
        code="expectation.published", by=by.user, service=service, obj=expectation, version=expectation.version
    )
    return expectation


def acknowledge(member: Member, *, on: date, shown: int | None = None) -> Acknowledgement:
    """Note that the member has read the text in force on that day; the first time counts.

    `shown`: the number of the version that they had before them, where that is known. Raises `NewVersion` when it is
    another one than that in force, and `NothingIsExpected` when no text is published.
    """
    return _take_note(member, how=Acknowledgement.How.READ, on=on, by=member, shown=shown)


def record_told(member: Member, *, on: date, by: Member) -> Acknowledgement:
    """Note that the member was told in person, on that day, what the text then in force says; the first time counts.

    Raises `NothingIsExpected` when no text was published by that day.
    """
    return _take_note(member, how=Acknowledgement.How.TOLD, on=on, by=by)


@transaction.atomic
def _take_note(member: Member, *, how: str, on: date, by: Member, shown: int | None = None) -> Acknowledgement:
    expectation = in_force(member.service, on=on)
    if expectation is None:
        raise NothingIsExpected
    if shown is not None and shown != expectation.version:
        raise NewVersion
    taken, new = Acknowledgement.objects.get_or_create(
        expectation=expectation, member=member, defaults={"how": how, "on": on}
    )
    if new:
        audit.record(code="expectation.acknowledged", by=by.user, service=member.service, obj=taken, how=how)
    return taken


def note_of(member: Member, expectation: Expectation, *, on: date) -> Acknowledgement | None:
    """The member's own note of this version, if there is one by that day."""
    return expectation.acknowledgements.filter(member=member, on__lte=on).first()


def unread_by(member: Member, *, on: date) -> Expectation | None:
    """The text in force, as long as the member has not taken note of it; None afterwards, and without a text."""
    notes = Acknowledgement.objects.filter(expectation=OuterRef("pk"), member=member)
    published = Expectation.objects.in_force(on).filter(service=member.service).annotate(noted=Exists(notes))
    expectation = published.first()
    return None if expectation is None or expectation.noted else expectation


def concerned(service: Service, *, on: date):
    """Whom it concerns on that day, by name: the service's practitioners who are there and have not stopped.

    The same people as in the rule `expectations-unspoken` (`planning.risks.people.active_practitioners`).
    """
    return (
        service.members.of_record()
        .present(on)
        .filter(Q(stopped_on__isnull=True) | Q(stopped_on__gt=on), role=Role.PRACTITIONER)
        .exclude(started_on__gt=on)
        .order_by("name", "pk")
    )


def without_note(expectation: Expectation, *, on: date):
    """Who of those concerned has not taken note of this version, by name."""
    return concerned(expectation.service, on=on).exclude(acknowledgements__expectation=expectation)
