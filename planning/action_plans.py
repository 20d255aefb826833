"""Action plans: issued, made, tried again, told from a superseded one.

The row is the request: it is written in the transaction of issuing, and a message to the queue is only
a bell. `make` may run any number of times and in several processes at once. An attempt is counted
before its work starts, by one conditional UPDATE; the document is made outside of any transaction; and
what came of it is written only if the row still belongs to that attempt. So a worker that is killed
leaves no half document, and `sweep` has its work done again.
"""

import logging
import secrets
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import Member, Service
from planning import reminders
from planning.models import Plan, PlanFile
from planning.plan_content import plan_content
from planning.plan_document import TEMPLATE_VERSION, make_document

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 3
UNHEARD_AFTER = timedelta(minutes=2)  # a plan that waits longer is rung for again
# No attempt runs longer than the hard limit of a task; the rest is for clocks that differ.
STUCK_AFTER = timedelta(seconds=settings.CELERY_TASK_TIME_LIMIT + 10)


class NotFailed(Exception):
    """Only a plan that has failed can be tried again."""


@transaction.atomic
def issue_plan(*, service: Service, by: Member, language: str, as_of: date, at: datetime | None = None) -> Plan:
    """Number the plan, freeze what it says and ask for its document; the caller rings for it after commit.

    Two at once get two numbers: the second waits for the first one's transaction.
    """
    at = at or timezone.now()
    Service.objects.select_for_update().get(pk=service.pk)
    number = (service.plans.aggregate(last=Max("number"))["last"] or 0) + 1
    content = plan_content(service, as_of, language)
    content["issue"] = {
        "number": number,
        "issued_on": timezone.localdate(at).isoformat(),
        "owner": by.name,
        "verify": settings.SITE_URL.rstrip("/") + reverse("plan_verify", args=[service.key, number]),
    }
    plan = Plan.objects.create(
        service=service,
        number=number,
        language=language,
        as_of=as_of,
        template_version=TEMPLATE_VERSION,
        content=content,
        issued_at=at,
        issued_by=by,
    )
    audit.record(code="plan.issued", by=by.user, service=service, obj=plan, number=number)
    return plan


def draft_content(service: Service, *, as_of: date, language: str, on: date) -> dict:
    """What a plan would say, without number and issuer: for a look at it before it is issued."""
    content = plan_content(service, as_of, language)
    content["issue"] = {"number": None, "issued_on": on.isoformat(), "owner": content["leader"], "verify": ""}
    return content


def make(plan_id: int, *, at: datetime) -> bool:
    """Make the document of a plan that waits for it; True when this call made it.

    False also when there is nothing to do: it is made, being made, given up, or no longer there.
    """
    waits = Q(state=Plan.State.QUEUED) | Q(state=Plan.State.MAKING, started_at__lt=at - STUCK_AFTER)
    claimed = Plan.objects.filter(waits, pk=plan_id, attempts__lt=MAX_ATTEMPTS).update(
        state=Plan.State.MAKING, attempts=F("attempts") + 1, started_at=at
    )
    if not claimed:
        return False
    plan = Plan.objects.get(pk=plan_id)
    try:
        made = make_document(plan.content)
    except Exception:  # whatever it is, the row must say so; a worker's time limit is an exception, too
        _note_failure(plan)
        return False
    with transaction.atomic():
        if not _still_ours(plan).update(state=Plan.State.READY, made_at=timezone.now()):
            logger.warning("Plan %s was finished by an attempt that no longer counts.", plan_id)
            return False
        PlanFile.objects.create(plan=plan, pdf=made.pdf, page_one=made.page_one, sha256=made.sha256, pages=made.pages)
        plan.refresh_from_db()
        reminders.plan_ready(plan)
    return True


def _still_ours(plan: Plan):
    """The row, as long as the attempt that `plan` was read in is the one that counts."""
    return Plan.objects.filter(pk=plan.pk, state=Plan.State.MAKING, attempts=plan.attempts)


def _note_failure(plan: Plan) -> None:
    """Log what happened under a reference; give up after the last attempt, else leave it to the sweep."""
    reference = new_reference()
    logger.exception("Plan %s: attempt %s failed, reference %s", plan.pk, plan.attempts, reference)
    if plan.attempts >= MAX_ATTEMPTS:
        _still_ours(plan).update(state=Plan.State.FAILED, reference=reference)
    else:
        _still_ours(plan).update(state=Plan.State.QUEUED)


def new_reference() -> str:
    """Eight characters that a page shows and the log carries."""
    return secrets.token_hex(4)


def sweep(at: datetime) -> list[int]:
    """The plans to ring for again; those whose last attempt died are given up here.

    A worker that was killed cannot say that it failed, so this is told by the time that has passed.
    """
    stuck = Plan.objects.filter(state=Plan.State.MAKING, started_at__lt=at - STUCK_AFTER)
    for plan in stuck.filter(attempts__gte=MAX_ATTEMPTS):
        reference = new_reference()
        if _still_ours(plan).update(state=Plan.State.FAILED, reference=reference):
            logger.error("Plan %s: its last attempt never ended, reference %s", plan.pk, reference)
    unheard = Plan.objects.filter(state=Plan.State.QUEUED, issued_at__lt=at - UNHEARD_AFTER)
    waiting = stuck.filter(attempts__lt=MAX_ATTEMPTS) | unheard
    return list(waiting.order_by("issued_at", "pk").values_list("pk", flat=True))


@transaction.atomic
def try_again(plan: Plan, *, by: Member) -> Plan:
    """Have a failed plan made after all; raises `NotFailed` when it has not failed (any more)."""
    again = Plan.objects.filter(pk=plan.pk, state=Plan.State.FAILED).update(
        state=Plan.State.QUEUED, attempts=0, started_at=None, reference=""
    )
    if not again:
        raise NotFailed
    audit.record(code="plan.retried", by=by.user, service=plan.service, obj=plan, number=plan.number)
    plan.refresh_from_db()
    return plan
