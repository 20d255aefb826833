"""What a snapshot holds of support, money and posts, of preparations, and of lists said to be empty."""

from datetime import date

from planning.models import Confirmation, ConfirmedEmpty, Funding, ReadinessCheck, Support
from planning.risks import snapshot as frozen
from planning.snapshots.gathering import grouped, until


def supports(pks, as_of: date) -> dict[int, tuple[frozen.Support, ...]]:
    """The support that was asked for, and when it was agreed."""
    asked = Support.objects.filter(service__in=pks, asked_on__lte=as_of).defer("wanted").order_by("asked_on", "pk")
    return grouped(
        (
            support.service_id,
            frozen.Support(
                number=support.pk,
                asked_on=support.asked_on,
                agreed_on=until(support.answered_on, as_of) if support.answer == Support.Answer.AGREED else None,
            ),
        )
        for support in asked
    )


def confirmations(pks, as_of: date) -> dict[int, tuple[frozen.Confirmation, ...]]:
    """When the next level up was asked, and what it had said by then."""
    asked = Confirmation.objects.filter(service__in=pks, asked_on__lte=as_of).order_by("asked_on", "pk")
    return grouped(
        (
            confirmation.service_id,
            frozen.Confirmation(
                number=confirmation.pk,
                asked_on=confirmation.asked_on,
                answered_on=until(confirmation.answered_on, as_of),
                confirmed=confirmation.confirmed if until(confirmation.answered_on, as_of) else None,
            ),
        )
        for confirmation in asked
    )


def fundings(pks, as_of: date) -> dict[int, tuple[frozen.Funding, ...]]:
    """The money and posts that were decided; until when may lie ahead or behind."""
    decided = Funding.objects.filter(service__in=pks, decided_on__lte=as_of).order_by("decided_on", "pk")
    return grouped(
        (
            funding.service_id,
            frozen.Funding(number=funding.pk, kind=funding.kind, decided_on=funding.decided_on, until=funding.until),
        )
        for funding in decided
    )


def readiness(pks, as_of: date) -> dict[int, tuple[frozen.ReadinessCheck, ...]]:
    """The latest that was said of each preparation."""
    latest: dict[tuple[int, str], frozen.ReadinessCheck] = {}
    for check in ReadinessCheck.objects.filter(service__in=pks, on__lte=as_of).order_by("item", "on", "pk"):
        latest[check.service_id, check.item] = frozen.ReadinessCheck(item=check.item, done=check.done, on=check.on)
    return grouped((service_pk, check) for (service_pk, _item), check in latest.items())


def confirmed_empty(pks, as_of: date) -> dict[int, tuple[frozen.ConfirmedEmpty, ...]]:
    """Every time somebody said that there is nothing to record in a list."""
    said = ConfirmedEmpty.objects.filter(service__in=pks, on__lte=as_of).order_by("on", "list")
    return grouped((one.service_id, frozen.ConfirmedEmpty(list=one.list, on=one.on)) for one in said)
