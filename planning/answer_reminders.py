"""The reminder that entries of the log wait for an answer: after 7 and after 14 days, to those who may answer them.

Source: quality point F17. What waits and since when is for `planning.unanswered` to say.
"""

from datetime import date, datetime, time

from django.db import transaction

from accounts.access import Permission, roles_with
from planning import unanswered
from planning.clock import moment
from planning.ledger import MORNING, day_in_oslo, keep, recipients
from planning.models import Message, OptOut


def plan(at: datetime) -> int:
    """Remind those who answer conflicts that some have waited for 7 or for 14 days; what is due on a day in one mail.

    Everybody who may answer alike, whoever wrote the entries: the outbox shows to whom a reminder goes, and one that
    the stand-in does not get would tell who wrote. Returns how many rows are new or came back.
    """
    due = unanswered.steps_due(on=day_in_oslo(at))
    return _plan(due, at=at) if due else 0


@transaction.atomic
def _plan(due: dict[int, list[unanswered.Step]], *, at: datetime) -> int:
    """Plan one mail to each person for what they were not reminded of.

    Nobody is reminded twice of one step: not while a mail is on its way, which counts what waits when it leaves, and
    not of what one that has left had counted.
    """
    today = day_in_oslo(at)
    kind = Message.Kind.CONFLICTS_WAITING
    people = recipients(due, on=today).filter(role__in=roles_with(Permission.ANSWER_CONFLICT))
    # One clock at a time: what is planned depends on what was planned before.
    people = list(people.select_for_update(of=["self"], no_key=True))
    stopped = set(OptOut.objects.filter(kind=kind).values_list("member_id", flat=True))
    lately = moment(today - unanswered.NEWS_LASTS, time.min)
    rows = Message.objects.filter(kind=kind, recipient__in=people, expires_at__gt=lately)
    planned: dict[int, list[Message]] = {}
    for row in rows:
        planned.setdefault(row.recipient_id, []).append(row)
    wanted = {}
    for member in people:
        before = planned.get(member.pk, [])
        if member.pk in stopped or any(_on_its_way(row, at=at) for row in before):
            continue
        new = [step for step in due[member.service_id] if not any(_has_told(row, step) for row in before)]
        if new:
            period = unanswered.period(new)
            wanted[member.pk, period] = Message(
                service_id=member.service_id,
                kind=kind,
                recipient=member,
                period=period,
                not_before=moment(today, MORNING),
                expires_at=moment(max(step.reached_on for step in new) + unanswered.NEWS_LASTS, time.min),
            )
    return keep(wanted, rows, at=at)


def _on_its_way(message: Message, *, at: datetime) -> bool:
    """Whether the mail is still to leave."""
    waits = message.state == Message.State.PLANNED and message.expires_at > at
    return waits or message.state == Message.State.CLAIMED


def _has_told(message: Message, step: unanswered.Step) -> bool:
    """Whether a mail was about that step, or counted its entries when it left; one that was given up told nothing."""
    if message.state == Message.State.EXPIRED:
        return False
    left_at = message.handed_over_at
    return unanswered.is_about(message.period, step) or (
        left_at is not None and step.reached_on <= day_in_oslo(left_at)
    )


def why_moot(message: Message, *, on: date) -> str:
    """Why a reminder of entries that wait is no longer true on that day; empty when it is."""
    may_answer = message.recipient.role in roles_with(Permission.ANSWER_CONFLICT)
    waits = may_answer and unanswered.still_wait(message.service_id, message.period)
    waits = waits and unanswered.waiting(message.service_id, on=on)[0] > 0  # a pause may have been recorded meanwhile
    return "" if waits else Message.Reason.NOTHING_WAITS
