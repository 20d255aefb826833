"""The documents of a service as a shelf for each kind: the latest first, which of them are in force, how to add one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from accounts.access import Permission
from accounts.models import Service
from assessments.models import Visit
from planning.documents.kinds import KINDS
from planning.models import Document

VISITS_OFFERED = 3  # the latest that have no report yet


@dataclass(frozen=True)
class Shelf:
    """One kind. `new_url`: where a new one is issued; `visits`: those a report can be written of. Both for who may."""

    kind: Document.Kind
    documents: list[Document]
    in_force: frozenset[int]  # their keys: one, or for reports one of each visit
    new_url: str = ""
    visits: tuple[Visit, ...] = ()


def shelves(service: Service, *, may: Callable[[Permission], bool]) -> list[Shelf]:
    """A shelf for each kind that the reader may read, in the order of the kinds."""
    shown = [kind for kind in Document.Kind if kind in KINDS and may(KINDS[kind].read)]
    found = list(
        service.documents.filter(kind__in=shown)
        .select_related("issued_by", "visit")
        .defer("content")
        .order_by("-number")
    )
    by_kind = {kind: [document for document in found if document.kind == kind] for kind in shown}
    return [_shelf(service, kind, by_kind[kind], may_issue=may(KINDS[kind].issue)) for kind in shown]


def _shelf(service: Service, kind: Document.Kind, documents: list[Document], *, may_issue: bool) -> Shelf:
    """The shelf of one kind."""
    latest: dict[int | None, int] = {}
    for document in documents:
        if document.state == Document.State.READY:
            latest.setdefault(document.visit_id, document.pk)
    shelf = Shelf(kind, documents, frozenset(latest.values()))
    if not may_issue:
        return shelf
    if kind == Document.Kind.FIDELITY_REPORT:
        return Shelf(kind, documents, shelf.in_force, visits=tuple(_without_report(service)[:VISITS_OFFERED]))
    return Shelf(kind, documents, shelf.in_force, new_url=issue_url(service, kind))


def issue_url(service: Service, kind: Document.Kind) -> str:
    """Where a document about the service as a whole is issued; a plan is checked part by part first."""
    if kind == Document.Kind.ACTION_PLAN:
        return reverse("plan_check", args=[service.key])
    return reverse("document_new", args=[service.key, kind])


def _without_report(service: Service) -> QuerySet[Visit]:
    """The visits agreed on of which no report was issued, the latest first."""
    agreed = service.visits.filter(agreed_on__isnull=False, documents__isnull=True)
    return agreed.order_by("-planned_on", "-pk")
